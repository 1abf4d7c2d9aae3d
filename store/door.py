"""The door: what comes out of the database becomes a typed noun here, once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_type_hints

from sqlalchemy import ColumnElement, Connection, Executable, Label, RowMapping, Select, Table

N = TypeVar("N")
Values: TypeAlias = Mapping[str, object] | None
Query: TypeAlias = Select[*tuple[Any, ...]]
"""A statement; what its rows are is said by the noun that it is read into, at the door."""
Key: TypeAlias = tuple[Any, ...]
"""What counted rows are told apart by."""
AnyColumn: TypeAlias = ColumnElement[Any]
"""A column or expression of whatever type."""

_WITHIN = "__"
"""Between the field that holds another noun and a column of that noun."""


def whole(field: str, table: Table) -> list[Label[Any]]:
    """Return a joined table's columns for a field that holds its row, or None where nothing was joined."""
    return [column.label(f"{field}{_WITHIN}{column.name}") for column in table.c]


def all_of(connection: Connection, noun: type[N], query: Executable, values: Values = None) -> list[N]:
    """Return what a query finds; its columns are the noun's fields, by their names, no more and no fewer."""
    within = _nouns_in(cast("Hashable", noun))
    rows = connection.execute(query, values).mappings()
    if within:
        return [noun(**_gathered(row, within)) for row in rows]
    return [noun(**row) for row in rows]


def sole(connection: Connection, noun: type[N], query: Executable, values: Values = None) -> N:
    """Return the one thing that is there."""
    (only,) = all_of(connection, noun, query, values)
    return only


def one_of(connection: Connection, noun: type[N], query: Executable, values: Values = None) -> N | None:
    """Return the one thing a query finds, or None."""
    found = all_of(connection, noun, query, values)
    if not found:
        return None
    (only,) = found
    return only


def _gathered(row: RowMapping, within: Mapping[str, type[Any]]) -> dict[str, object]:
    """Put what belongs to a noun inside another into its field."""
    found: dict[str, object] = {name: value for name, value in row.items() if _WITHIN not in name}
    for field, noun in within.items():
        begins = f"{field}{_WITHIN}"
        own = {name.removeprefix(begins): value for name, value in row.items() if name.startswith(begins)}
        found[field] = noun(**own) if own["id"] is not None else None
    return found


@cache
def _nouns_in(noun: type[Any]) -> dict[str, type[Any]]:
    """Return the fields of a noun that hold another one."""
    found = {}
    for field, hint in get_type_hints(noun).items():
        for part in get_args(hint) or (hint,):
            if isinstance(part, type) and is_dataclass(part):
                found[field] = part
    return found
