"""Whatever is sent to whichever page by whomever: an answer below 500, on both databases."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.load import Configuration
from tests.support.databases import Cluster
from tests.support.hostile import anything, field_names
from tests.support.seats import Visits, people
from web.ask import Page
from web.routes import PAGES

VISITORS = (
    ("officer", "so-tu-phap"), ("leader", "so-tu-phap"), ("chairperson", "x02686-2022"),
    ("district-desk", "h082-2022"), ("guide", "so-tu-phap"), ("coordinator", "so-noi-vu"),
    ("director", "so-noi-vu"), ("reader", "ubnd-tinh"), ("ops", "so-noi-vu"), ("answer-link", "x02686-2022"),
    ("answer-link", "h082-2022"), ("review-link", "h082-2022"), ("approve-link", "x02686-2022"),
)  # fmt: skip
OWNERS = ("x02686-2022", "h082-2022", "so-tu-phap", "so-noi-vu")
NAMED = re.compile(r"\{(\w+)(?::\w+)?\}")
TOLD = 503
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
    configuration: Configuration, postgres: Cluster, postgres_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visits]:  # fmt: skip
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
                "key": lambda: quote(self._visits.owed(owner, None)), "agency": lambda: owner,
                "number": lambda: str(self._visits.file_of(owner, None)), "item": lambda: "1.2",
            }  # fmt: skip
            return real.get(found.group(1), lambda: "1")()

        return NAMED.sub(named, page.path)

    def _fields(self, names: tuple[str, ...], form: dict[str, list[str]]) -> list[tuple[str, bytes]]:
        """Draw what is sent: the page's own form with some of its fields spoilt, or any fields at all."""
        kept = [(name, value.encode()) for name, values in form.items() for value in values]
        spoilt = self._data.draw(st.lists(st.tuples(st.sampled_from(names), anything), max_size=6))
        changed = {name for name, _ in spoilt}
        return [*(pair for pair in kept if pair[0] not in changed), *spoilt]


def _told_500(visits: Visits, data: st.DataObject) -> None:
    what, response = Attack(visits, data).send()
    assert response.status_code < 500 or response.status_code == TOLD, what


TRIED = {
    "deadline": None, "database": None,
    "suppress_health_check": list(HealthCheck),
}  # fmt: skip


@settings(max_examples=SHORT, **TRIED)
@given(data=st.data())
def test_no_request_breaks_a_page(visits: Visits, data: st.DataObject) -> None:
    _told_500(visits, data)


@pytest.mark.soak
@settings(max_examples=LONG, **TRIED)
@given(data=st.data())
def test_no_request_of_thousands_breaks_a_page(visits: Visits, data: st.DataObject) -> None:
    _told_500(visits, data)
