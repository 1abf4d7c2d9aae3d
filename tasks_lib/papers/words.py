"""The words all papers share: letterhead, signature, what they belong to, how duties are named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce

from notifications.papers.fill import GLUE
from notifications.papers.widths import broken, rule
from notifications.wording import generic_name
from obligations.model import Agency
from obligations.papers import LETTER, Office, PaperKind
from obligations.places import COMMITTEE_IN_FULL, bare, initials, is_committee, named_in
from obligations.words import day, legible
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import head_called, place_name
from tasks_lib.papers.order import Desk

HEAD_ROOM = 6.1
"""Centimetres of the letterhead's left half."""
BLANK_NUMBER, BLANK_DAY = GLUE * 8, GLUE * 5
"""The clerk writes there."""
ABSTRACT_RULE_AS = "N" * 24
"""The rule below what a report is about is as long as that of a line so wide."""
LONGEST_HELD = 45
"""Letters of a name that is held together; a longer one fits no column and breaks between its words."""


def glued(name: str, longest: int = LONGEST_HELD) -> str:
    """Return a name that no line breaks, where it is short enough for one."""
    said = legible(name)
    return said.replace(" ", GLUE) if len(said) <= longest else said


def head(desk: Desk, about: str = "") -> dict[str, object]:
    """Return what stands at the head: number and day are blank until the clerk gives them."""
    above, name = letterhead(desk.house, desk.issuer)
    return {
        "above": above,
        "issuer": name,
        "rule": rule(name[-1]),
        "number": BLANK_NUMBER,
        "symbol": symbol(desk.kind, desk.office, desk.issuer),
        "about": about,
        "place": place(desk.house, desk.issuer),
        "day": day_of_paper(None, desk.on),
    }


def letterhead(house: House, issuer: Agency) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines over the issuing body and its own; a people's committee stands by itself."""
    if issuer.id == house.plan.top and not is_committee(issuer.name):
        return (), broken(issuer.name.upper(), HEAD_ROOM)
    if is_committee(issuer.name):
        return (), (COMMITTEE_IN_FULL.upper(), *broken(place_name(issuer).upper(), HEAD_ROOM))
    return broken(house.plan.issuer.upper(), HEAD_ROOM), broken(issuer.name.upper(), HEAD_ROOM)


def symbol(kind: PaperKind, office: Office, issuer: Agency) -> str:
    """Return what follows the number: "SNV-CCHC" of a letter, "BC-SNV" of a report."""
    name = initials(issuer.name)
    return f"{name}-{office.symbol}" if kind.sort == LETTER else f"{kind.sort}-{name}"


def place(house: House, issuer: Agency) -> str:
    """Return the place a paper is dated at."""
    if issuer.level.top:
        return named_in(house.plan.issuer)
    return bare(place_name(issuer))


def day_of_paper(signed: date | None, on: date) -> str:
    """Return the day at the head: "ngày 05 tháng 01 năm 2023", blank in a draft."""
    if signed is None:
        return f"ngày{BLANK_DAY}tháng{BLANK_DAY}năm {on.year}"
    written, _, year = day(signed).rpartition("/")
    number, month = written.split("/")
    return f"ngày {number} tháng {month} năm {year}"


def sign(desk: Desk, first: str = "Như trên", more: tuple[str, ...] = ()) -> dict[str, object]:
    """Return what stands at the end: who gets it and who signs."""
    issuer = desk.issuer
    authority = desk.order.authority or desk.kind.by[desk.office.key]
    lines = (first, *more, *(_filled(line, _called(issuer)) for line in desk.office.copies))
    return {
        "recipients": (*(f"- {line};" for line in lines), f"- Lưu: {desk.office.filed}."),
        "posts": posts_of(issuer, desk.office, authority),
        "name": "",
    }


def posts_of(issuer: Agency, office: Office, authority: str) -> tuple[str, ...]:
    """Return the lines over a signature by an authority, by the first there is where it has no such."""
    found = office.posts.get(authority, next(iter(office.posts.values())))
    mine = (line for line in found if "{committee}" not in line or is_committee(issuer.name))
    return tuple(_filled(line, _called(issuer)).upper() for line in mine)


def _called(issuer: Agency) -> Mapping[str, str]:
    return {
        "{head}": issuer.headed_by,
        "{called}": head_called(issuer),
        "{desk}": issuer.office,
        "{body}": issuer.level.body,
        "{committee}": COMMITTEE_IN_FULL,
    }


def _filled(line: str, called: Mapping[str, str]) -> str:
    return reduce(lambda text, name: text.replace(name, called[name]), called, line)


def belongs(desk: Desk, number: str = "", signed: date | None = None) -> str:
    """Say to which paper an annex belongs."""
    numbered = number or f"{BLANK_NUMBER}/{symbol(desk.kind, desk.office, desk.issuer)}"
    on = day(signed) if signed else f"{BLANK_DAY}/{BLANK_DAY}/{desk.on.year}"
    return f"{desk.kind.title} số {numbered} ngày {on} của {glued(desk.issuer.name)}"


def report_values(desk: Desk, abstract: str, *to: str) -> dict[str, object]:
    """Return what stands at the head and the end of every report: what it is about, and to whom it goes."""
    return {
        **letter_values(desk, "", *to),
        "kind": desk.kind.title.upper(),
        "abstract": abstract,
        "abstract_rule": rule(ABSTRACT_RULE_AS),
    }


def letter_values(desk: Desk, about: str, *to: str) -> dict[str, object]:
    """Return what stands at the head and the end of every letter."""
    return {
        "head": head(desk, about),
        "sign": sign(desk),
        "to": [*to],
        "plan": plan_words(desk.house),
        "issuer": glued(desk.issuer.name),
        "until": day(desk.on),
        "belongs": belongs(desk),
        "as_of": as_of_words(desk.on),
    }


def dated_plan(house: House) -> str:
    """Name the plan whole: its number, day, issuer and what it is about."""
    plan = house.plan
    about = plan.title.removeprefix("Kế hoạch mẫu: ").removeprefix("Kế hoạch ")
    return f"Kế hoạch số {plan.number} ngày {day(plan.signed_on)} của {glued(plan.issuer)} về {about}"


def plan_words(house: House) -> dict[str, object]:
    """Return how papers name the plan."""
    plan = house.plan
    return {
        "number": plan.number,
        "signed_on": day(plan.signed_on),
        "issuer": glued(plan.issuer),
        "short_issuer": generic_name(plan.issuer),
        "title": plan.title,
    }


def as_of_words(on: date) -> str:
    """Say of which day the figures are."""
    return f"Số liệu chốt đến ngày {day(on)}."
