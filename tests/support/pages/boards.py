"""A province with a few months behind it, and the numbers of a page of its board with their lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from config.load import Configuration
from config.settings import Settings
from obligations.reasons import DelayReason
from store.engine import open_engine
from tasks_lib.answering.explain import Explanation, explain
from tasks_lib.desk.listing import Filter, obligations
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.pausing import Pause, pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.simulation.simulate import simulate
from tests.support.life.stories import SA_PA, SIGNED, SO_NOI_VU, at, morning, replay, reports_in

TODAY = "2022-09-20"
"""The first cycle's last days have gone by, the next has opened; nobody answered since July."""
LIST = "/danh-sach"


@contextmanager
def lived(configuration: Configuration, folder: Path) -> Iterator[House]:
    """Open a province that worked until 26/7, was silent until TODAY, and then moved a little."""
    settings = Settings(home=folder, mail_transport="memory")
    engine = open_engine(settings.database_url, lasting=False, journalled=False)
    try:
        quick = House(settings, configuration, configuration.plan(), engine)
        simulate(quick, date.fromisoformat(SIGNED), date(2022, 7, 26), "mixed", 1, deliver=False)
        replay(quick, "2022-09-15", "2022-09-16")
        _last_days(quick)
        replay(quick, TODAY, TODAY)
        yield quick
    finally:
        engine.dispose()


def _last_days(house: House) -> None:
    """Let a few units move in the days before TODAY, so that everything that can be new is there."""
    late = [x for x in obligations(house, morning("2022-09-16"), Filter(overdue=True)) if x["kind"] == "task"]
    for number, x in enumerate(late[:3]):
        wish = date(2022, 10, 28) if number == 0 else None
        told = Explanation(reason=DelayReason.GUIDANCE, note="xin ý kiến Sở", ask_until=wish)
        explain(house, x["id"], x["agency"], at("2022-09-19T09:00"), told)
    for x in late[3:8]:
        reports_in(house, x["id"], "2022-09-19T10:00")
    for x in late[3:5]:
        reviewer = house.agency(x["agency"]).superior if x["agency"].startswith("x") else SO_NOI_VU
        accept(house, Decision(key=x["id"], by=reviewer or SO_NOI_VU, as_of=at("2022-09-19T15:00")))
    stop = Pause(place=SA_PA, from_day=date(2022, 9, 19), to_day=date(2022, 9, 23), reason="mưa lũ")
    pause(house, stop, SO_NOI_VU, at("2022-09-19T08:00"))


@dataclass(frozen=True)
class Counted:
    """A number on a page and the list it leads to."""

    number: int
    href: str


class _Numbers(HTMLParser):
    """Reads the numbers behind links to lists: within the link, or in bold right after it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Counted] = []
        self._href = ""
        self._words = ""
        self._inside = False
        self._bold = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            href = dict(attrs).get("href") or ""
            self._href = href if urlsplit(href).path.endswith(LIST) else ""
            self._words, self._inside = "", bool(self._href)
        self._bold += tag == "b"

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._inside = False
        if tag == "b":
            self._bold -= 1
        if tag in ("a", "b", "p", "li", "td") and self._href and not self._inside:
            self._take(tag)

    def handle_data(self, data: str) -> None:
        if self._inside or (self._href and self._bold):
            self._words += data

    def _take(self, tag: str) -> None:
        last = next((w for w in reversed(self._words.split()) if any(c.isdigit() for c in w)), "")
        first = next((w for w in self._words.split() if w.replace(".", "").isdigit()), "")
        shown = (first or last).rpartition("/")[2].replace(".", "")
        if shown.isdigit():
            self.found.append(Counted(int(shown), self._href))
            self._href = ""
        elif tag in ("p", "li", "td"):
            self._href = ""


def numbers(html: str) -> list[Counted]:
    """Return the numbers of a page that lead to a list."""
    reader = _Numbers()
    reader.feed(html)
    return reader.found
