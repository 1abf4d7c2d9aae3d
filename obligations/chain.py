"""The reporting chain: who belongs to whom, who reviews, who may act for whom (domain part 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from obligations.deadlines import FOCAL
from obligations.model import Agency, Plan, Role


@dataclass(frozen=True)
class Roster:
    """The agencies of a plan and what its groups expand to on a day: that of its signing, unless said."""

    agencies: Mapping[str, Agency]
    expand: Callable[[str, date], tuple[str, ...]]
    on: date

    def at(self, on: date) -> Roster:
        """Return the same on another day: who was founded since stands in it, who was dissolved does not."""
        return replace(self, on=on)

    def members(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Expand groups to agencies, in order and each once."""
        return tuple(dict.fromkeys(member for ref in refs for member in self.expand(ref, self.on)))


def settled(agencies: Mapping[str, Agency]) -> dict[str, Agency]:
    """Find for each agency the places its reports climb through and all that stand over it.

    Who reviews is data (`reports_to`); where nothing is said, it is the superior if that heads others, as a
    district does its communes, and else the collator.
    """
    reporting = {key: replace(agency, reports_to=_desk(agency, agencies)) for key, agency in agencies.items()}
    heads = {key for key, agency in agencies.items() if agency.heads}
    desks = {key: a.reports_to if a.reports_to in heads else None for key, a in reporting.items()}
    superiors = {key: agency.superior for key, agency in reporting.items()}
    return {
        key: replace(agency, desks=_line(key, desks), above=_line(key, superiors))
        for key, agency in reporting.items()
    }


def _desk(agency: Agency, agencies: Mapping[str, Agency]) -> str | None:
    if agency.reports_to is not None:
        return agency.reports_to
    superior = agencies.get(agency.superior or "")
    return superior.id if superior is not None and superior.heads else None


def _line(key: str, next_of: Mapping[str, str | None]) -> tuple[str, ...]:
    """Follow who comes next until there is nobody; a ring, which is a fault of the data, ends too."""
    found: list[str] = []
    after = next_of.get(key)
    while after is not None and after not in (*found, key):
        found.append(after)
        after = next_of.get(after)
    return tuple(found)


def level_of(agency: Agency, plan: Plan) -> str:
    """Return the level whose cycle days bind this agency: its own, or `focal` for the collator itself."""
    return FOCAL if agency.id == plan.focal else agency.level.key


def reviewer_of(agency: Agency, plan: Plan) -> str:
    """Return who reviews what this agency reports: the place it reports to, else the focal agency.

    The focal agency's own work is confirmed by its director, that is within the agency.
    """
    return agency.reports_to or plan.focal


def next_above(agency: Agency) -> str | None:
    """Return who stands next above: the place it reports to, else its superior."""
    return agency.next_desk or agency.superior


def recipient_of(role: Role, agency: Agency, reviewer: str, plan: Plan) -> str | None:
    """Return the agency a step's role means for an obligation; None where there is nobody to write to.

    Nothing above the focal agency leaves by machine (domain part 6), so the plan's top body is never meant.
    """
    found = {
        Role.SELF: agency.id,
        Role.SUPERIOR: next_above(agency),
        Role.UPPER: next(iter(agency.desks[1:]), None),
        Role.FOCAL: plan.focal,
        Role.DIRECTOR: plan.focal,
        Role.REVIEWER: reviewer,
        Role.DESK: reviewer,
    }[role]
    return None if found == plan.top else found


def forwarding_desk(agency: Agency, plan: Plan) -> str:
    """Return where a notice goes when its recipient has no address: the superior's desk, or the focal one."""
    return reviewer_of(agency, plan)


def may_answer(actor: str, agency: Agency, plan: Plan) -> bool:
    """Whether `actor` may hand in for `agency` itself: the unit, or who answers through it."""
    return actor in (agency.id, agency.reports_through) or (agency.invited and actor == plan.focal)


def may_record_document(actor: str, agency: Agency, plan: Plan) -> bool:
    """Whether `actor` may enter a signed document: the unit or the desk that received it (ghi nhận thay)."""
    return may_answer(actor, agency, plan) or actor in (reviewer_of(agency, plan), plan.focal)


def may_review(actor: str, agency: Agency, plan: Plan) -> bool:
    """Whether `actor` may accept or ask for more: only the reviewer; a district never acts for another."""
    return actor == reviewer_of(agency, plan)
