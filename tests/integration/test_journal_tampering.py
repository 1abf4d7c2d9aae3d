"""Whatever somebody alters in the database past the program is found: a column, a row, two swapped, a cut."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.load import Configuration
from store.guards import guard
from store.reports import Document
from store.sealing import SEALED
from tasks_lib.bootstrap import House
from tasks_lib.usecases.pausing import Pause, pause
from tasks_lib.usecases.proof import verify
from tasks_lib.usecases.review import Decision, accept, ask_more
from tasks_lib.usecases.revoke import revoke
from tasks_lib.usecases.submit import Answer, record_document
from tests.support.houses import opened
from tests.support.stories import (
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
Tampering = Callable[[sqlite3.Connection, random.Random], str]


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


def tamper(path: Path, chance: random.Random) -> str:
    """Alter one thing as somebody with a database tool would, the triggers put aside; say what it was."""
    connection = sqlite3.connect(path)
    try:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        ways: tuple[Tampering, ...] = (_column, _column, _column, _row_gone, _swapped, _tail, _copied)
        said = chance.choice(ways)(connection, chance)
        connection.commit()
        return said
    finally:
        connection.close()


def _table(connection: sqlite3.Connection, chance: random.Random) -> str:
    names = [
        name for name in (*SEALED, "journal", "notices")
        if connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 1
    ]  # fmt: skip
    return chance.choice(names)


def _row(connection: sqlite3.Connection, chance: random.Random, table: str) -> int:
    ids = [key for (key,) in connection.execute(f"SELECT id FROM {table}")]
    return chance.choice(ids)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    names = [found[1] for found in connection.execute(f"PRAGMA table_info({table})")]
    return [n for n in names if n in TOLD] if table == "notices" else names


def _column(connection: sqlite3.Connection, chance: random.Random) -> str:
    table = _table(connection, chance)
    row, name = _row(connection, chance, table), chance.choice(_columns(connection, table))
    (old,) = connection.execute(f'SELECT "{name}" FROM {table} WHERE id = ?', (row,)).fetchone()
    others = [
        value
        for (value,) in connection.execute(f'SELECT DISTINCT "{name}" FROM {table} LIMIT 50')
        if value not in (old, None)
    ]
    if name == "id":
        new = connection.execute(f"SELECT max(id) + 7 FROM {table}").fetchone()[0]
    elif others and chance.random() < 0.7:
        new = chance.choice(others)
    else:
        new = old + 1 if isinstance(old, int) else f"{old or ''}x"
    try:
        connection.execute(f'UPDATE {table} SET "{name}" = ? WHERE id = ?', (new, row))
    except sqlite3.IntegrityError:
        return _column(connection, chance)
    return f"{table}.{name} of {row}: {old!r} → {new!r}"


def _row_gone(connection: sqlite3.Connection, chance: random.Random) -> str:
    table = _table(connection, chance)
    row = _row(connection, chance, table)
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
    return f"{table} {row} deleted"


def _swapped(connection: sqlite3.Connection, chance: random.Random) -> str:
    table = _table(connection, chance)
    one, two = _row(connection, chance, table), _row(connection, chance, table)
    if one == two:
        return _swapped(connection, chance)
    for old, new in ((one, -1), (two, one), (-1, two)):
        connection.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, old))
    return f"{table} {one} and {two} swapped"


def _tail(connection: sqlite3.Connection, chance: random.Random) -> str:
    last = connection.execute("SELECT max(id) FROM journal").fetchone()[0]
    kept = last - chance.randint(1, min(5, last - 1))
    connection.execute("DELETE FROM journal WHERE id > ?", (kept,))
    return f"journal cut behind {kept}"


def _copied(connection: sqlite3.Connection, chance: random.Random) -> str:
    table = _table(connection, chance)
    row = _row(connection, chance, table)
    names = [found[1] for found in connection.execute(f"PRAGMA table_info({table})") if found[1] != "id"]
    quoted = ", ".join(f'"{name}"' for name in names)
    new = connection.execute(f"SELECT max(id) + 1 FROM {table}").fetchone()[0]
    try:
        connection.execute(
            f"INSERT INTO {table} (id, {quoted}) SELECT ?, {quoted} FROM {table} WHERE id = ?", (new, row)
        )
    except sqlite3.IntegrityError:
        return _copied(connection, chance)
    return f"{table} {row} copied to {new}"


def unnoticed(written: Path, configuration: Configuration, times: int, seed: int) -> list[str]:
    """Tamper so often, each time with what was written, and return what `verify` did not find."""
    chance = random.Random(seed)
    kept = written.with_name("kept.db")
    shutil.copyfile(written, kept)
    missed = []
    for _ in range(times):
        for end in ("-wal", "-shm"):
            written.with_name(written.name + end).unlink(missing_ok=True)
        shutil.copyfile(kept, written)
        said = tamper(written, chance)
        with opened(configuration) as house:
            with house.engine.begin() as connection:
                guard(connection)  # the triggers are put back, as somebody careful would
            if verify(house).ok:
                missed.append(said)
    return missed


def test_forty_tamperings_of_forty_are_found(written: Path, configuration: Configuration) -> None:
    assert unnoticed(written, configuration, 40, seed=239) == []


@pytest.mark.soak
def test_a_thousand_tamperings_of_a_thousand_are_found(written: Path, configuration: Configuration) -> None:
    assert unnoticed(written, configuration, 1000, seed=2022) == []
