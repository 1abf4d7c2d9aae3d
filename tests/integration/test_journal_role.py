"""On PostgreSQL the portal runs under a role that does its work and cannot alter what has been written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cli.main import run
from obligations.errors import Refused
from store.engine import open_engine, writing
from store.grants import grant
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.keeping.proof import Wanted, read, verify
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.preview import preview
from tests.support.databases.databases import Cluster
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SIGNED, at, morning, replay, reports_in, row

ROLE = "dondoc_portal"
OF_A_MU_SUNG = f"1.2/{A_MU_SUNG}/once"
FORBIDDEN = (
    "UPDATE journal SET what = 'khác'",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "DROP TRIGGER dondoc_journal_update ON journal",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "ALTER TABLE journal ADD COLUMN more int",
    "DROP TABLE journal",
    "SET session_replication_role = replica",
    "UPDATE history SET why = 'khác'",
    "DELETE FROM reports",
    "UPDATE evidence SET sha256 = 'khác'",
    "CREATE OR REPLACE FUNCTION dondoc_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
)


@pytest.fixture
def portal(
    postgres_house: House, postgres_url: str, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """The same house as the portal's role sees it."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", postgres_url)
    replay(postgres_house, SIGNED, "2022-07-07")
    with postgres_house.engine.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {ROLE}"))
        connection.execute(text(f"CREATE ROLE {ROLE} LOGIN"))
    assert run(["init", "--grant", ROLE]) == 0
    (granted,) = read(postgres_house, Wanted(limit=1))
    assert (granted["what"], granted["subject"], granted["channel"]) == ("grant", ROLE, "command")
    url = postgres_house.engine.url.set(username=ROLE)
    engine = open_engine(url.render_as_string(hide_password=False))
    try:
        yield replace(postgres_house, engine=engine)
    finally:
        engine.dispose()
        with postgres_house.engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {ROLE}"))
            connection.execute(text(f"DROP ROLE {ROLE}"))


def test_the_role_runs_a_whole_answer_and_cannot_alter_it(portal: House) -> None:
    reports_in(portal, OF_A_MU_SUNG, "2022-07-08")
    accept(portal, Decision(key=OF_A_MU_SUNG, by=BAT_XAT, as_of=at("2022-07-08T15:00")))
    preview(portal, morning("2022-07-13").date())
    assert row(portal, OF_A_MU_SUNG).work_state == "accepted"
    for statement in FORBIDDEN:
        with pytest.raises(DBAPIError), portal.engine.begin() as connection:
            connection.execute(text(statement))
    assert verify(portal).ok


def test_a_role_that_rules_the_tables_is_no_role_for_the_portal(postgres_house: House) -> None:
    owner = str(postgres_house.engine.url.username)
    with pytest.raises(Refused, match="cần tài khoản khác"), writing(postgres_house.engine) as connection:
        grant(connection, owner)
    with pytest.raises(Refused, match="không có tài khoản"), writing(postgres_house.engine) as connection:
        grant(connection, "khong-co")


def test_sqlite_has_no_roles(house: House) -> None:
    with pytest.raises(Refused, match="PostgreSQL"), writing(house.engine) as connection:
        grant(connection, ROLE)
