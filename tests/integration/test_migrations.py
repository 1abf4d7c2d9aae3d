"""The migrations lead to the tables the code knows, on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, Inspector, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from store import schema
from store.door import all_of
from store.engine import open_engine
from store.migrate import HERE, is_laid_out, lay_out
from store.replies import replies_of
from store.rows import Leg
from store.schema import (
    Legs,
    Messages,
    Notices,
    agencies,
    legs,
    messages,
    notices,
    obligations,
    plans,
    schedules,
)

pytestmark = pytest.mark.both

metadata = schema.links.metadata
"""All tables: those of the engine and those of the portal."""


@pytest.fixture
def empty(any_empty_url: str) -> Iterator[Engine]:
    """An empty database."""
    engine = open_engine(any_empty_url)
    yield engine
    engine.dispose()


def test_the_newest_revision_equals_the_tables_of_the_code(empty: Engine) -> None:
    lay_out(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_laying_out_again_changes_nothing(empty: Engine) -> None:
    assert not is_laid_out(empty)
    lay_out(empty)
    tables = set(inspect(empty).get_table_names())
    lay_out(empty)
    assert is_laid_out(empty)
    assert set(inspect(empty).get_table_names()) == tables == set(metadata.tables) | {"alembic_version"}


def test_partial_indexes_cover_open_rows_only(empty: Engine) -> None:
    """The idle sweep rests on them: without the condition they would hold every leg and notice."""
    lay_out(empty)
    dialect = empty.dialect.name
    for table, name in [("legs", "ix_legs_next_on"), ("notices", "ix_notices_unsent")]:
        (index,) = [i for i in inspect(empty).get_indexes(table) if i["name"] == name]
        assert "where" in str(index["dialect_options"]), (dialect, name)


def test_whatever_points_to_a_duty_is_found_by_an_index(empty: Engine) -> None:
    """A duty that is laid out anew is deleted: without an index each table would be read through for each."""
    lay_out(empty)
    looked = inspect(empty)
    found = {
        (table, column): [names for names in _indexed(looked, table) if names[0] == column]
        for table in metadata.tables
        for key in looked.get_foreign_keys(table)
        if key["referred_table"] == "obligations"
        for column in key["constrained_columns"]
    }
    assert len(found) > 10
    assert [pointing for pointing, indexes in found.items() if not indexes] == []


def _indexed(looked: Inspector, table: str) -> Iterator[list[str]]:
    for index in looked.get_indexes(table):
        yield [str(name) for name in index["column_names"]]
    for unique in looked.get_unique_constraints(table):
        yield list(unique["column_names"])
    yield list(looked.get_pk_constraint(table)["constrained_columns"])


def _sent_at_revision_3(engine: Engine, address: str) -> None:
    """Lay out the tables as they were and send one mail."""
    sent = datetime(2022, 7, 7, 0, 30, tzinfo=UTC)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0003")
        connection.execute(insert(plans).values(key="kh", number="1/KH", fingerprint=""))
        whom = {"id": "xa", "name": "UBND xã", "tier": "commune", "mail_to_id": "xa", "invited": False}
        connection.execute(insert(agencies).values(whom))
        connection.execute(
            insert(messages).values(
                plan="kh",
                recipient_id="xa",
                mail_on=date(2022, 7, 7),
                state="sent",
                message_id="<1@x>",
                addresses=[address],
                accepted=[],
                attempts=1,
                next_try_at=sent,
                sent_at=sent,
            )
        )


def test_mail_sent_before_answers_were_kept_counts_as_accepted(empty: Engine) -> None:
    _sent_at_revision_3(empty, "xa@laocai.example")
    lay_out(empty)
    with empty.connect() as connection:
        ((row,),) = replies_of(connection, [1]).values()
    assert (row.address, row.accepted, row.code) == ("xa@laocai.example", True, None)
    assert "trước khi câu trả lời được lưu" in row.text


NAMES = {
    "lead": "lead",
    "request": "request",
    "correction-1": "correction",
    "correction-12": "correction",
    "review-1": "review",
    "extension-2": "extension",
    "moved-1": "moved",
    "reopened-1": "reopened",
}


DUTY = {
    "id": 1,
    "plan": "kh",
    "key": "1.2/xa/once",
    "kind": "task",
    "item": "1.2",
    "agency_id": "xa",
    "reviewer_id": "huyen",
    "period": "once",
    "part": "lead",
    "judged": "completion",
    "why": "",
    "schedule_id": 1,
    "work_state": "open",
    "version": 0,
    "updated_late": False,
    **dict.fromkeys(("opened_on", "last_day", "first_day", "plan_day", "target"), date(2022, 7, 14)),
}


def _climbs_at(revision: str, connection: Connection, names: Iterable[str]) -> None:
    """Lay out the tables as they were, with a duty that climbs ladders of some names and a notice of each."""
    day, key = date(2022, 7, 14), {"plan": "kh", "obligation_id": 1}
    command.upgrade(_config(connection), revision)
    connection.execute(insert(plans).values(key="kh", number="1/KH", fingerprint=""))
    whom = {"id": "xa", "name": "UBND xã", "tier": "commune", "mail_to_id": "xa", "invited": False}
    connection.execute(insert(agencies).values(whom))
    connection.execute(insert(schedules).values(id=1, fingerprint="s"))
    connection.execute(insert(obligations).values(**DUTY))
    connection.execute(
        insert(messages).values(
            id=1,
            plan="kh",
            recipient_id="xa",
            mail_on=day,
            state="sent",
            message_id="<1@x>",
            addresses=["x@x"],
            accepted=[],
            attempts=1,
            next_try_at=datetime(2022, 7, 14, tzinfo=UTC),
        )
    )
    for number, name in enumerate(names, start=1):
        climbs = {"id": number, "obligation_id": 1, "name": name, "schedule_id": 1, "starts_on": day}
        connection.execute(insert(legs).values(**climbs, last_seq=0, next_on=day if number == 1 else None))
        connection.execute(
            insert(notices).values(
                **key,
                leg_id=number,
                step="-1",
                role="self",
                recipient_id="xa",
                meant_for_id="xa",
                fires_on=day,
                recorded_on=day,
                mail_on=day,
                template="remind",
                missed="",
                streak=0,
                state="sent",
                message_id=1,
            )
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def test_a_legs_kind_is_read_out_of_its_name_and_goes_back_into_it(empty: Engine) -> None:
    with empty.begin() as connection:
        _climbs_at("0012", connection, NAMES)
    lay_out(empty)
    with empty.begin() as connection:
        assert {leg.name: leg.kind for leg in all_of(connection, Leg, select(legs))} == NAMES
        assert {leg.next_on for leg in all_of(connection, Leg, select(legs))} == {date(2022, 7, 14), None}
        command.downgrade(_config(connection), "0012")
        assert "kind" not in {column["name"] for column in inspect(connection).get_columns("legs")}
        assert set(connection.scalars(select(legs.c.name))) == set(NAMES)
        assert connection.scalar(select(func.count()).select_from(notices)) == len(NAMES)
        (index,) = [i for i in inspect(connection).get_indexes("legs") if i["name"] == "ix_legs_next_on"]
        assert "where" in str(index["dialect_options"])


@pytest.mark.parametrize("revision", ["0003", "0008", "0012"])
def test_tables_that_others_refer_to_come_up_from_any_revision(empty: Engine, revision: str) -> None:
    with empty.begin() as connection:
        _climbs_at(revision, connection, ["lead", "review-1"])
    lay_out(empty)
    with empty.begin() as connection:
        told = select(Notices.step, Legs.kind, Messages.message_id).join(Legs).join(Messages)
        assert set(connection.execute(told)) == {("-1", "lead", "<1@x>"), ("-1", "review", "<1@x>")}
    with pytest.raises(IntegrityError), empty.begin() as connection:  # what refers to it is asked again
        connection.execute(legs.delete())


def test_what_was_counted_by_a_rule_of_ours_says_so(empty: Engine) -> None:
    with empty.begin() as connection:
        _climbs_at("0013", connection, [])
        why = "Có phương án: ngày 20/7/2022 không tính, cộng 20 ngày (Quy ước của chương trình: niêm yết)"
        connection.execute(insert(obligations).values(**DUTY | {"id": 2, "key": "2.5/xa/e-1", "why": why}))
    lay_out(empty)
    with empty.begin() as connection:
        ours = select(obligations.c.id, obligations.c.ours).order_by(obligations.c.id)
        assert [tuple(row) for row in connection.execute(ours)] == [(1, False), (2, True)]
        command.downgrade(_config(connection), "0013")


def test_a_leg_of_no_known_kind_is_not_guessed_at(empty: Engine) -> None:
    with empty.begin() as connection:
        _climbs_at("0012", connection, ["lead", "other-1"])
    with pytest.raises(IntegrityError, match=r"kind"):
        lay_out(empty)
    assert "kind" not in {column["name"] for column in inspect(empty).get_columns("legs")}
