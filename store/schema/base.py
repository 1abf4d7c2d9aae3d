"""What the tables stand on: their common base, and the types of columns that are ours."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, TypeVar, cast

from sqlalchemy import DateTime, Dialect, ForeignKey, MetaData, String, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

from obligations.period import Period

E = TypeVar("E", bound=StrEnum)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An instant, kept in UTC; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn an aware datetime into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware datetime, also where the database keeps none (SQLite)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Named(TypeDecorator[E]):
    """One of an enumeration's values, kept as its text; what comes out is the member."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[E], length: int) -> None:
        """Keep values of `members` in a column of at most `length` characters."""
        super().__init__(length)
        self.members = members
        self.length = length

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """Give back the member."""
        return None if value is None else self.members(value)


_period = lru_cache(maxsize=4096)(Period)
"""A plan's whole life has some dozens of periods, and they are read ten thousand at a time."""


class Written(TypeDecorator[Period]):
    """A period, kept as it is written; statements may compare it with parts of its text."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keep the text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Period | None:  # noqa: ARG002
        """Give back the period."""
        return None if value is None else _period(value)


class Base(DeclarativeBase):
    """All tables; every key of a plan's rows carries the plan."""

    metadata = metadata
    type_annotation_map = {datetime: Instant(), str: Text(), Period: Written()}  # noqa: RUF012 - the base's own way


Number = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
"""A row's own number."""
PlanKey = Annotated[str, mapped_column(String(40), ForeignKey("plans.key"))]
AgencyId = Annotated[str, mapped_column(String(80), ForeignKey("agencies.id"))]
ObligationId = Annotated[int, mapped_column(ForeignKey("obligations.id"))]


def table_of(rows: type[Base]) -> Table:
    """Return a class's table, for statements that are put together from columns."""
    return cast("Table", rows.__table__)
