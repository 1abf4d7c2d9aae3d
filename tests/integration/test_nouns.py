"""Rows come out of the database as nouns: the fields are the columns, and a misspelt one is found."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from subprocess import run
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import Connection, select

from obligations.obligation import Obligation
from store import rows, schema
from store.door import all_of, one_of, sole, whole
from store.engine import reading
from store.rows import Draft
from store.schema import drafts, obligations
from store.schema.base import Base
from tasks_lib.kernel.bootstrap import House

ROOT = Path(__file__).parents[2]
TABLE_OF: dict[type[Any], type[Base]] = {
    Obligation: schema.Obligations,
    rows.AddressMark: schema.AddressMarks,
    rows.Assignment: schema.Assignments,
    rows.Bounce: schema.Bounces,
    rows.Campaign: schema.Campaigns,
    rows.ContactProposal: schema.ContactProposals,
    rows.DayDocument: schema.DayDocuments,
    rows.Grade: schema.Grades,
    rows.Draft: schema.Drafts,
    rows.HistoryRow: schema.History,
    rows.JournalRow: schema.Journal,
    rows.KeptBack: schema.Holds,
    rows.Leg: schema.Legs,
    rows.Link: schema.Links,
    rows.Message: schema.Messages,
    rows.MessageReply: schema.MessageReplies,
    rows.MovedDay: schema.Extensions,
    rows.Notice: schema.Notices,
    rows.SignedDocument: schema.Documents,
    rows.Paper: schema.Papers,
    rows.PauseRow: schema.Pauses,
    rows.Proposal: schema.Proposals,
    rows.RecordedEvent: schema.Events,
    rows.Report: schema.Reports,
    rows.Session: schema.Sessions,
    rows.StoredPlan: schema.Plans,
}


def test_every_noun_of_a_whole_row_is_known_here() -> None:
    assert {noun.__name__ for noun in TABLE_OF} == {"Obligation", *rows.__all__}


@pytest.mark.parametrize("noun", TABLE_OF, ids=lambda noun: noun.__name__)
def test_a_noun_has_the_fields_of_its_table_and_no_others(noun: type[Any]) -> None:
    columns = TABLE_OF[noun].__table__.columns
    assert [field.name for field in fields(noun)] == [column.name for column in columns]


@pytest.mark.parametrize("noun", TABLE_OF, ids=lambda noun: noun.__name__)
def test_a_field_may_be_none_exactly_where_its_column_may(noun: type[Any]) -> None:
    hints = get_type_hints(noun)
    columns = TABLE_OF[noun].__table__.columns
    assert {name for name, hint in hints.items() if NoneType in get_args(hint)} == {
        column.name for column in columns if column.nullable
    }


@pytest.mark.parametrize("noun", TABLE_OF, ids=lambda noun: noun.__name__)
def test_a_field_is_of_its_columns_type(noun: type[Any]) -> None:
    mapped = get_type_hints(TABLE_OF[noun])
    for name, hint in get_type_hints(noun).items():
        (column,) = get_args(mapped[name])
        assert _bare(hint) == _bare(column), name


def _bare(hint: Any) -> Any:  # noqa: ANN401 - any annotation
    """The type itself, without None beside it."""
    if isinstance(hint, UnionType) or NoneType in get_args(hint):
        (hint,) = [part for part in get_args(hint) if part is not NoneType]
    return get_origin(hint) or hint


@dataclass(frozen=True, kw_only=True, slots=True)
class WithDraft(Obligation):
    """An obligation, with what is being written of it."""

    draft: Draft | None


def test_a_noun_within_a_noun_is_none_where_nothing_was_joined(house: House) -> None:
    with reading(house.engine) as connection:
        found = one_of(connection, WithDraft, _first())
    assert found is not None
    assert (found.draft, found.plan) == (None, house.plan.key)


def test_one_of_finds_nothing_or_one_and_refuses_two(house: House) -> None:
    with reading(house.engine) as connection:
        assert one_of(connection, Obligation, select(obligations).where(obligations.c.id == 0)) is None
        for door in (one_of, sole):
            with pytest.raises(ValueError, match="too many values"):
                door(connection, Obligation, select(obligations).limit(2))
        with pytest.raises(ValueError, match="not enough values"):
            sole(connection, Obligation, select(obligations).where(obligations.c.id == 0))


def test_a_query_that_lacks_a_field_or_has_one_more_is_refused(house: House) -> None:
    def ask(connection: Connection, *columns: Any) -> None:  # noqa: ANN401 - columns and tables
        all_of(connection, Obligation, select(*columns).limit(1))

    with reading(house.engine) as connection:
        with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'period'"):
            ask(connection, *(column for column in obligations.c if column.name != "period"))
        with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
            ask(connection, obligations, obligations.c.id.label("other"))


def _first() -> Any:  # noqa: ANN401 - a statement
    draft = drafts.c.obligation_id == obligations.c.id
    query = select(obligations, *whole("draft", drafts)).outerjoin(drafts, draft)
    return query.order_by(obligations.c.id).limit(1)


SLIPS = """
from obligations.obligation import Obligation
from store.rows import Leg
from store.schema import Obligations


def read(row: Obligation, leg: Leg) -> object:
    return row.wrok_state, leg.nxet_on


ASKED = Obligations.wrok_state
TYPED: int = Obligations.last_day
"""


def test_mypy_finds_a_misspelt_column(tmp_path: Path) -> None:
    slips = tmp_path / "slips.py"
    slips.write_text(SLIPS, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), str(slips)]
    done = run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert set(re.findall(r'has no attribute "(\w+)"', done.stdout)) == {"wrok_state", "nxet_on"}
    assert done.stdout.count('"wrok_state"') == 2, done.stdout
    assert "Incompatible types in assignment" in done.stdout
