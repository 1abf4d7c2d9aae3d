"""Which roll-up an address asks for, and whether the visitor may see it.

The table of rights is asked about the place itself: a district's roll-up is its own product, drawn from what
its communes report. A single report opens only for whoever may see that unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from notifications.wording import clip, upper_first
from obligations.deadlines import COUNTED_BY_CYCLE
from obligations.errors import Invalid
from obligations.model import Agency
from obligations.rights import Act
from obligations.words import day
from tasks_lib.board.sight import districts
from tasks_lib.duties.closing import closes_on
from tasks_lib.rollup.consolidate import Line, Scope
from tasks_lib.rollup.roll_up_page import Subject, current_cycle, known_subjects, scope_of
from web.frame.ask import Ask, Forbidden

ROLL_UP = "/tong-hop"
ITEM_CLIP = 90


@dataclass(frozen=True)
class Chosen:
    """What a roll-up is asked for by its address."""

    place: Agency
    subject: Subject
    item: str
    """An item of a cycle; "" for all."""
    scope: Scope
    subjects: tuple[Subject, ...]

    def address(self, ask: Ask, page_of: str = "", **more: str) -> str:
        """Return an address of the same roll-up."""
        query = {"noi": self.place.id, "ky": self.subject.value, "muc": self.item, **more}
        return ask.url(f"{ROLL_UP}{page_of}?{urlencode({k: v for k, v in query.items() if v})}")


def choose(ask: Ask) -> Chosen:
    """Read what an address asks for; refuse what the visitor may not see."""
    known = known_subjects(ask.house)
    wanted = ask.query("ky")
    subject = next((s for s in known if s.value == wanted), None)
    if wanted and subject is None:
        raise Invalid(f"không có kỳ báo cáo, nhiệm vụ '{wanted}'")
    subject = subject or current_cycle(known, ask.on)
    item = "" if subject.item is not None else ask.query("muc")
    if item and ask.house.plan.item(item) is None:
        raise Invalid(f"kế hoạch không có nhiệm vụ '{item}'")
    scope = scope_of(subject, item)
    place = ask.query("noi") or _first_place(ask, scope.item)
    if place not in ask.house.configuration.agencies:
        raise Invalid(f"không có cơ quan '{place}'")
    if not ask.may_to(Act.ROLL_UP, place, scope.item):
        raise Forbidden
    return Chosen(ask.house.agency(place), subject, item, scope, known)


def _first_place(ask: Ask, item: str | None) -> str:
    found = places(ask, item)
    if not found:
        raise Forbidden
    return found[0][0]


def places(ask: Ask, item: str | None) -> list[tuple[str, str]]:
    """Return the places whose roll-up the visitor may see: the province, districts, their own agency."""
    house = ask.house
    heads = [a.id for a in districts(house)]
    own = ask.agency.id if ask.agency.id != house.plan.top else house.plan.focal
    wanted = dict.fromkeys((house.plan.focal, *sorted(heads), own))
    return [
        (key, upper_first(house.plan.levels.top.whole) if key == house.plan.focal else house.agency(key).name)
        for key in wanted
        if ask.may_to(Act.ROLL_UP, key, item)
    ]


def items(ask: Ask, chosen: Chosen) -> list[tuple[str, str]]:
    """Return the items a cycle can be narrowed to."""
    found = [
        (item.key, clip(f"{item.key}. {item.title}", ITEM_CLIP))
        for item in ask.house.plan.items
        if item.deadline.wording in COUNTED_BY_CYCLE and ask.may_to(Act.ROLL_UP, chosen.place.id, item.key)
    ]
    return [("", "Tất cả nhiệm vụ"), *found]


def place_words(ask: Ask, chosen: Chosen) -> str:
    """Return how a page calls the place."""
    whole = ask.house.plan.levels.top.whole
    return whole if chosen.place.id == ask.house.plan.focal else chosen.place.name


def subject_words(chosen: Chosen, line: Line | None) -> str:
    """Return how a page calls what is consolidated."""
    return chosen.subject.words if line is None else f"{line.item.key}. {line.item.title}"


def closing(ask: Ask, chosen: Chosen) -> str:
    """Return "Số liệu chốt đến ngày …" of a cycle."""
    if chosen.scope.is_task:
        return ""
    until = closes_on(ask.house, chosen.place, chosen.scope.period)
    return f"Số liệu chốt đến ngày {day(until)}."


def see(ask: Ask, agency: str, item: str | None, obligation: str) -> str:
    """Return a report's address for whoever may see it; "" for others."""
    return ask.url(f"/nhiem-vu/{obligation}") if ask.may_to(Act.SEE, agency, item) else ""
