"""What all tests stand on: a home of their own, houses on both databases, a real mail server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.model import Plan
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.kept_secret import kept_secret
from tasks_lib.kernel.signing import KEY_FILE
from tests.support.databases.databases import Cluster, cluster
from tests.support.databases.debian_postgres import DebianCluster, debian_cluster
from tests.support.houses.houses import MailServer, opened
from tests.support.mailing.mail_server import Postbox, running
from tests.support.running.skipped import told_of_skipped
from tests.support.running.turns import all_is_asked_for, give_turns, longest_first, turn_of

TEMPLATE = "dondoc_template"

# A busy machine is no fault of the code under test.
settings.register_profile("dondoc", deadline=None)
settings.load_profile("dondoc")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the turn of the long stories that is asked for."""
    parser.addoption("--turn", type=int, help="which of the long stories to tell; the commit's, if not said")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where all stories are asked for, tell one on one of the two databases and the long ones in turn."""
    if all_is_asked_for(config):
        give_turns(items, turn_of(config))
        longest_first(items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly at the very end what was not looked at, and for want of what."""
    for line in told_of_skipped(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_sep("=", line, yellow=True)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _no_settings_from_outside: None) -> Path:
    """A DONDOC_HOME of the test's own, with mail that stays in memory."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setenv("DONDOC_MAIL_TRANSPORT", "memory")
    return tmp_path


@pytest.fixture(scope="session")
def configuration() -> Configuration:
    """The real plan, agencies and calendar, read once."""
    return load_configuration(OWN_DIRECTORY)


@pytest.fixture(scope="session")
def calendar(configuration: Configuration) -> WorkingCalendar:
    """The working calendar of Việt Nam."""
    return configuration.calendar


@pytest.fixture(scope="session")
def plan(configuration: Configuration) -> Plan:
    """Plan 239."""
    return configuration.plan()


@pytest.fixture(scope="session")
def roster(configuration: Configuration, plan: Plan) -> Roster:
    """The plan's agencies as they stood on the day it was signed."""
    return Roster(configuration.agencies, configuration.members, plan.signed_on)


@pytest.fixture(scope="session")
def sqlite_template(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file into which the plan was initialised once; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "dondoc.db"
    with opened(configuration, f"sqlite:///{path}") as house:
        initialise(house)
    return path


@pytest.fixture(scope="session")
def key_of_houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key made as any home's is; houses from a template share it, so that they live alike."""
    path = tmp_path_factory.mktemp("key") / KEY_FILE
    kept_secret(path)
    return path


@pytest.fixture
def keyed_home(home: Path, key_of_houses: Path) -> Path:
    """A home that has its key already, as one in which the plan was initialised."""
    shutil.copy(key_of_houses, home)
    return home


@pytest.fixture
def house(keyed_home: Path, configuration: Configuration, sqlite_template: Path) -> Iterator[House]:
    """The plan freshly initialised on SQLite, in the test's own home."""
    shutil.copyfile(sqlite_template, keyed_home / "dondoc.db")
    with opened(configuration) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL server for the session."""
    with cluster() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster, configuration: Configuration) -> str:
    """The name of a database into which the plan was initialised once."""
    postgres.run(f"CREATE DATABASE {TEMPLATE}")
    with opened(configuration, postgres.url(TEMPLATE)) as house:
        initialise(house)
    return TEMPLATE


@pytest.fixture
def postgres_url(postgres: Cluster, postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database of the test's own, the plan freshly initialised in it."""
    with postgres.database(postgres_template) as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres: Cluster) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of the test's own."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def any_empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of the test's own, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'dondoc.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


@pytest.fixture
def postgres_house(keyed_home: Path, configuration: Configuration, postgres_url: str) -> Iterator[House]:
    """The plan freshly initialised on PostgreSQL; files go to the test's own home."""
    with opened(configuration, postgres_url) as fresh:
        yield fresh


@pytest.fixture(params=["house", "postgres_house"], ids=["sqlite", "postgresql"])
def any_house(request: pytest.FixtureRequest) -> House:
    """The plan freshly initialised, once on SQLite and once on PostgreSQL."""
    fresh: House = request.getfixturevalue(request.param)
    return fresh


@pytest.fixture(scope="session")
def debian_postgres() -> Iterator[DebianCluster]:
    """Debian's PostgreSQL, which Prefect's own server can live on; skips where it is missing."""
    with debian_cluster() as server:
        yield server


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    """A real SMTP server on the loopback; `smtp.serving(house)` sends a house's mail to it.

    `smtp.box.taken` is what it got; `box.refused`, `box.mail` and `box.data` say what it answers.
    """
    box = Postbox()
    with running(box) as (host, port):
        yield MailServer(box, host, port)
