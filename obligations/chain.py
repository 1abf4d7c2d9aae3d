"""The reporting chain: who belongs to whom, who reviews, who may act for whom (domain part 4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from obligations.deadlines import FOCAL
from obligations.model import Agency, Plan, Role, Tier


@dataclass(frozen=True)
class Roster:
    """The agencies of a plan and what its groups expand to."""

    agencies: Mapping[str, Agency]
    expand: Callable[[str], tuple[str, ...]]

    def members(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Expand groups to agencies, in order and each once."""
        return tuple(dict.fromkeys(member for ref in refs for member in self.expand(ref)))


def level_of(agency: Agency, plan: Plan) -> str:
    """Return the level whose cycle days bind this agency: its tier, or `focal` for the collator itself."""
    return FOCAL if agency.id == plan.focal else agency.tier


def reviewer_of(agency: Agency, plan: Plan) -> str:
    """Return who reviews what this agency reports: the district over communes, else the focal agency.

    The focal agency's own work is confirmed by its director, that is within the agency.
    """
    if agency.tier is Tier.COMMUNE and agency.superior is not None:
        return agency.superior
    return plan.focal


def recipient_of(role: Role, agency: Agency, reviewer: str, plan: Plan) -> str | None:
    """Return the agency a step's role means for an obligation; None where there is nobody to write to.

    Nothing above the focal agency leaves by machine (domain part 6), so the plan's top body is never meant.
    """
    found = {
        Role.SELF: agency.id,
        Role.SUPERIOR: agency.superior,
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
