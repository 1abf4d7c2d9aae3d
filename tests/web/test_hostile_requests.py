"""Whatever is sent to whichever page by whomever: an answer below 500, on both databases."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.load import Configuration
from obligations.rights import Seat, may
from tasks_lib.board.chosen import PARAMS
from tests.support.databases.databases import Cluster
from tests.support.pages.hostile import HOSTILE, anything, asked_of, field_names
from tests.support.pages.seats import Visits, people
from web.board.filters import LIST
from web.frame.ask import Page
from web.routes import PAGES

pytestmark = pytest.mark.both

VISITORS = (
    ("officer", "so-tu-phap"),
    ("leader", "so-tu-phap"),
    ("chairperson", "x02686-2022"),
    ("district-desk", "h082-2022"),
    ("guide", "so-tu-phap"),
    ("coordinator", "so-noi-vu"),
    ("director", "so-noi-vu"),
    ("reader", "ubnd-tinh"),
    ("ops", "so-noi-vu"),
    ("answer-link", "x02686-2022"),
    ("answer-link", "h082-2022"),
    ("review-link", "h082-2022"),
    ("approve-link", "x02686-2022"),
)
OWNERS = ("x02686-2022", "h082-2022", "so-tu-phap", "so-noi-vu")
NAMED = re.compile(r"\{(\w+)(?::\w+)?\}")
REHEARSED = ("/thu-hom-nay", "/bat-dau", "/danh-muc/du-thao")
UNAVAILABLE = 503
LOCKED = "database is locked"
"""All that may keep a page from being answered here: somebody else writes for half a minute."""
SHORT, LONG = 50, 2100


@pytest.fixture(scope="module")
def on_sqlite(
    configuration: Configuration, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visits]:
    home = tmp_path_factory.mktemp("hostile")
    shutil.copyfile(sqlite_template, home / "dondoc.db")
    with people(configuration, home) as found:
        yield found


@pytest.fixture(scope="module")
def on_postgres(
    configuration: Configuration,
    postgres: Cluster,
    postgres_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visits]:
    home = tmp_path_factory.mktemp("hostile")
    with postgres.database(postgres_template) as url, people(configuration, home, url) as found:
        yield found


@pytest.fixture(params=["on_sqlite", "on_postgres"], ids=["sqlite", "postgresql"])
def visits(request: pytest.FixtureRequest) -> Visits:
    found: Visits = request.getfixturevalue(request.param)
    return found


class Attack:
    """One request put together from what the pages ask for and what nobody should send."""

    def __init__(self, visits: Visits, data: st.DataObject) -> None:
        self._visits = visits
        self._data = data

    def send(self) -> tuple[str, httpx.Response]:
        """Send it; return what it was and what came back."""
        page = self._data.draw(st.sampled_from(PAGES))
        seat, agency = self._data.draw(st.sampled_from(VISITORS))
        path = self._path(page)
        if page.method == "GET":
            asked = self._fields(field_names(), {})
            path = f"{path}?{urlencode(asked)}" if asked else path
            return path, self._visits.answer(seat, agency, "GET", path)
        form = self._visits.form(seat, agency, path)
        fields = self._fields((*form, *field_names()), form)
        return f"{path} {fields}", self._visits.answer(seat, agency, "POST", path, fields)

    def _path(self, page: Page) -> str:
        def named(found: re.Match[str]) -> str:
            if self._data.draw(st.booleans()):
                return quote_from_bytes(self._data.draw(anything), safe="")
            owner = self._data.draw(st.sampled_from(OWNERS))
            real = {
                "key": lambda: quote(self._visits.owed(owner, None)),
                "agency": lambda: owner,
                "number": lambda: str(self._visits.file_of(owner, None)),
                "item": lambda: "1.2",
            }
            return real.get(found.group(1), lambda: "1")()

        return NAMED.sub(named, page.path)

    def _fields(self, names: tuple[str, ...], form: dict[str, list[str]]) -> list[tuple[str, bytes]]:
        """Draw what is sent: the page's own form with some of its fields spoilt, or any fields at all."""
        kept = [(name, value.encode()) for name, values in form.items() for value in values]
        spoilt = self._data.draw(st.lists(st.tuples(st.sampled_from(names), anything), max_size=6))
        changed = {name for name, _ in spoilt}
        return [*(pair for pair in kept if pair[0] not in changed), *spoilt]


def _told_500(visits: Visits, data: st.DataObject, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    what, response = Attack(visits, data).send()
    _answered(what, response, caplog)


def _answered(what: str, response: httpx.Response, caplog: pytest.LogCaptureFixture) -> None:
    """Fail a request that broke a page, or that was told to come again for another reason than a lock."""
    if response.status_code == UNAVAILABLE:
        assert LOCKED in caplog.text, (what, caplog.text)
    else:
        assert response.status_code < 500, what


TRIED = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@settings(max_examples=SHORT, **TRIED)
@given(data=st.data())
def test_no_request_breaks_a_page(
    visits: Visits, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    _told_500(visits, data, caplog)


@pytest.mark.soak
@settings(max_examples=LONG, **TRIED)
@given(data=st.data())
def test_no_request_of_thousands_breaks_a_page(
    visits: Visits, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    _told_500(visits, data, caplog)


def test_every_page_that_is_read_takes_a_hostile_value_in_each_of_its_places(
    on_sqlite: Visits, caplog: pytest.LogCaptureFixture
) -> None:
    """One after another and always the same, so that no page is left to chance.

    A view that stands at two addresses is tried at one; the board's filters, read in one place, at its list.
    """
    values = cycle(HOSTILE)
    pages = {page.view: page for page in PAGES if page.method == "GET"}
    for view, page in pages.items():
        seat, agency = _who_may(page)
        path = _named(on_sqlite, page, agency)
        names = (*asked_of(view, frozenset(pages)), *(PARAMS.values() if page.path == LIST else ()))
        fields = [{name: next(values)} for name in names]
        if page.path.startswith(REHEARSED):  # what takes seconds is tried once, with all of them
            fields = [{name: value for one in fields for name, value in one.items()}]
        asked = [f"{path}?{urlencode(one)}" for one in fields]
        spoilt = [
            page.path.replace(found.group(), quote_from_bytes(next(values), safe=""))
            for found in NAMED.finditer(page.path)
        ]
        for address in (*(asked or [path]), *spoilt):
            caplog.clear()
            _answered(address, on_sqlite.answer(seat, agency, "GET", address), caplog)


def _who_may(page: Page) -> tuple[str, str]:
    """Return the first visitor whose seat has the page's act; whoever comes first where it has none."""
    seats = (who for who in VISITORS if page.act is None or may(Seat(who[0]), page.act))
    return next(who for who in seats if page.link or "link" not in who[0])


def _named(visits: Visits, page: Page, agency: str) -> str:
    """Return the page's address with something of the visitor's own in each of its places."""
    own: dict[str, Callable[[], str]] = {
        "key": lambda: quote(visits.owed(agency, None)),
        "agency": lambda: agency,
        "item": lambda: "1.2",
        "number": lambda: str(visits.file_of(agency, None)),
    }
    return NAMED.sub(lambda found: own.get(found.group(1), lambda: "1")(), page.path)
