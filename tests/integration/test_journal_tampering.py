"""Whatever somebody alters in the database past the program is found: a column, a row, two swapped, a cut."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from config.load import Configuration
from obligations.answers import Document
from store.guards import guard, unguard
from store.sealing import SEALED
from tasks_lib.access.revoke import revoke
from tasks_lib.answering.submit import Answer, record_document
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.duties.pausing import Pause, pause
from tasks_lib.keeping.proof import verify
from tasks_lib.kernel.bootstrap import House
from tests.support.databases.databases import Cluster
from tests.support.houses.houses import opened
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    Y_TY,
    at,
    replay,
    reports_in,
)

TOLD = ("id", "leg_id", "step", "recipient_id", "meant_for_id", "fires_on", "recorded_on", "mail_on", "plan")


@dataclass(frozen=True)
class Altered:
    """What somebody did, and what has to be named for it: a table, and a row of it."""

    said: str
    table: str
    rows: tuple[int, ...]


Tampering = Callable[[Connection, random.Random], Altered]


def half_a_month(house: House) -> None:
    """Something of every kind is written."""
    replay(house, SIGNED, "2022-07-07")
    reports_in(house, f"1.2/{A_MU_SUNG}/once", "2022-07-08", Answer(text="Đã tuyên truyền"))
    reports_in(house, f"1.2/{Y_TY}/once", "2022-07-08")
    accept(house, Decision(key=f"1.2/{A_MU_SUNG}/once", by=BAT_XAT, as_of=at("2022-07-09T09:00")))
    ask_more(house, Decision(key=f"1.2/{Y_TY}/once", by=BAT_XAT, as_of=at("2022-07-09T09:00"), reason="số"))
    paper = Document(number="15/BC-UBND", signed_on=date(2022, 7, 9))
    record_document(house, (f"1.2/{MUONG_VI}/once",), MUONG_VI, at("2022-07-10T09:00"), paper)
    stop = Pause(place=SA_PA, from_day=date(2022, 7, 11), to_day=date(2022, 7, 15), reason="mưa lũ")
    pause(house, stop, SO_NOI_VU, at("2022-07-10T10:00"))
    revoke(house, A_MU_SUNG, SO_NOI_VU, at("2022-07-10T11:00"))
    replay(house, "2022-07-11", "2022-07-22")


@pytest.fixture
def written(home: Path, configuration: Configuration, sqlite_template: Path) -> Path:
    """A database in which half a month was written, closed again."""
    shutil.copyfile(sqlite_template, home / "dondoc.db")
    with opened(configuration) as house:
        half_a_month(house)
        assert verify(house).ok
    return home / "dondoc.db"


def tamper(url: str, chance: random.Random) -> Altered:
    """Alter one thing as somebody with a database tool would, the triggers put aside."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            unguard(connection)
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))  # keys of other tables too
            ways: tuple[Tampering, ...] = (_column, _column, _column, _row_gone, _swapped, _tail, _copied)
            return chance.choice(ways)(connection, chance)
    finally:
        engine.dispose()


def _table(connection: Connection, chance: random.Random) -> str:
    names = [
        name
        for name in (*SEALED, "journal", "notices")
        if (connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0) > 1
    ]
    return chance.choice(names)


def _row(connection: Connection, chance: random.Random, table: str) -> int:
    return chance.choice(sorted(connection.scalars(text(f"SELECT id FROM {table}"))))


def _columns(connection: Connection, table: str) -> list[str]:
    names = [str(found["name"]) for found in inspect(connection).get_columns(table)]
    return [n for n in names if n in TOLD] if table == "notices" else names


def _done(connection: Connection, statement: str, **values: object) -> bool:
    """Run a statement unless the database refuses it."""
    try:
        with connection.begin_nested():
            connection.execute(text(statement), values)
    except DBAPIError:
        return False
    return True


def _column(connection: Connection, chance: random.Random) -> Altered:
    table = _table(connection, chance)
    row, name = _row(connection, chance, table), chance.choice(_columns(connection, table))
    old = connection.scalar(text(f'SELECT "{name}" FROM {table} WHERE id = :row'), {"row": row})
    some = connection.scalars(text(f'SELECT "{name}" FROM {table} ORDER BY id LIMIT 50'))
    others = sorted({value for value in some if value not in (old, None)}, key=str)
    if name == "id":
        new = connection.scalar(text(f"SELECT max(id) + 7 FROM {table}"))
    elif others and chance.random() < 0.7:
        new = chance.choice(others)
    else:
        new = old + 1 if isinstance(old, int) else f"{old or ''}x"
    if not _done(connection, f'UPDATE {table} SET "{name}" = :new WHERE id = :row', new=new, row=row):
        return _column(connection, chance)
    return Altered(f"{table}.{name} of {row}: {old!r} → {new!r}", table, (row,))


def _row_gone(connection: Connection, chance: random.Random) -> Altered:
    table = _table(connection, chance)
    row = _row(connection, chance, table)
    connection.execute(text(f"DELETE FROM {table} WHERE id = {row}"))
    return Altered(f"{table} {row} deleted", table, (row,))


def _swapped(connection: Connection, chance: random.Random) -> Altered:
    table = _table(connection, chance)
    one, two = _row(connection, chance, table), _row(connection, chance, table)
    if one == two:
        return _swapped(connection, chance)
    for old, new in ((one, -1), (two, one), (-1, two)):
        connection.execute(text(f"UPDATE {table} SET id = {new} WHERE id = {old}"))
    return Altered(f"{table} {one} and {two} swapped", table, (one, two))


def _tail(connection: Connection, chance: random.Random) -> Altered:
    last = connection.execute(text("SELECT max(id) FROM journal")).scalar_one()
    kept = last - chance.randint(1, min(5, last - 1))
    connection.execute(text(f"DELETE FROM journal WHERE id > {kept}"))
    return Altered(f"journal cut behind {kept}", "journal", (kept + 1,))


def _copied(connection: Connection, chance: random.Random) -> Altered:
    table = _table(connection, chance)
    row = _row(connection, chance, table)
    names = [str(found["name"]) for found in inspect(connection).get_columns(table)]
    quoted = ", ".join(f'"{name}"' for name in names if name != "id")
    new = connection.execute(text(f"SELECT max(id) + 1 FROM {table}")).scalar_one()
    copy = f"INSERT INTO {table} (id, {quoted}) SELECT {new}, {quoted} FROM {table} WHERE id = {row}"
    if not _done(connection, copy):
        return _copied(connection, chance)
    return Altered(f"{table} {row} copied to {new}", table, (new,))


def missed(configuration: Configuration, url: str, chance: random.Random) -> str | None:
    """Tamper once, and return what was done unless `verify` names the table and the first row of it."""
    altered = tamper(url, chance)
    with opened(configuration, url) as house:
        with house.engine.begin() as connection:
            guard(connection)  # the triggers are put back, as somebody careful would
        fault = verify(house).as_json()["fault"]
    if fault is None:
        return f"{altered.said}: not found"
    rows: tuple[int | None, ...] = altered.rows
    if altered.table == "journal":
        rows = (min(altered.rows),)
    elif altered.table == "notices":
        rows = (*altered.rows, None)  # new ones are sealed as a set, of which no row is named
    named = fault["table"] == altered.table and fault["row"] in rows
    return None if named else f"{altered.said}: named {fault}"


def unnoticed(written: Path, configuration: Configuration, times: int, seed: int) -> list[str]:
    """Tamper so often, each time with what was written, and return what was not found or named otherwise."""
    chance = random.Random(seed)
    kept = written.with_name("kept.db")
    shutil.copyfile(written, kept)
    found = []
    for _ in range(times):
        for end in ("-wal", "-shm"):
            written.with_name(written.name + end).unlink(missing_ok=True)
        shutil.copyfile(kept, written)
        found.append(missed(configuration, f"sqlite:///{written}", chance))
    return [said for said in found if said]


def test_forty_tamperings_of_forty_are_found_and_their_first_row_is_named(
    written: Path, configuration: Configuration
) -> None:
    assert unnoticed(written, configuration, 40, seed=239) == []


@pytest.mark.soak
def test_a_thousand_tamperings_of_a_thousand_are_found(written: Path, configuration: Configuration) -> None:
    assert unnoticed(written, configuration, 1000, seed=2022) == []


@pytest.mark.soak
def test_so_it_is_on_postgresql(
    postgres_house: House, postgres: Cluster, configuration: Configuration
) -> None:
    half_a_month(postgres_house)
    assert verify(postgres_house).ok
    name = str(postgres_house.engine.url.database)
    postgres_house.engine.dispose()
    chance = random.Random(239)
    found = []
    for _ in range(8):
        with postgres.database(name) as copy:
            found.append(missed(configuration, on_psycopg(copy), chance))
    assert [said for said in found if said] == []


def on_psycopg(url: str) -> str:
    """Name the driver that is installed."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
