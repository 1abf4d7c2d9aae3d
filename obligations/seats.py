"""Which seat somebody has, and how their agency stands to another."""

from __future__ import annotations

from obligations.chain import Roster, reviewer_of
from obligations.model import Agency, Item, Plan, SecondRole
from obligations.rights import Relation, Seat


def settles_contacts(seat: Seat, agency: Agency, plan: Plan) -> bool:
    """Whether what this seat enters as its own unit's contacts holds at once; else it is a proposal.

    A link never does: whoever holds it would make a login of it.
    """
    return seat in (Seat.LEADER, Seat.CHAIRPERSON) and agency.id != plan.focal


def sets_address(seat: Seat, agency: Agency, plan: Plan) -> bool:
    """Whether a seat with the right to it may set the official address of this agency.

    Nobody makes a director of the focal agency by its address but ops; UBND tỉnh gets no mail.
    """
    return agency.id != plan.top and (seat is Seat.OPS or agency.id != plan.focal)


def guides_of(item: Item, roster: Roster) -> tuple[str, ...]:
    """Return the agencies that guide an item (hướng dẫn, theo dõi)."""
    guiding = tuple(s.body for s in item.second if s.role is SecondRole.GUIDES and s.has_account)
    return roster.members(guiding)


def guides(guide: Agency, agency: Agency, item: Item, roster: Roster) -> bool:
    """Whether one agency guides another in an item; a district guides what stands below it alone."""
    if guide.id == agency.id or guide.id not in guides_of(item, roster):
        return False
    return not guide.heads or guide.id in agency.above


def relations(
    visitor: str, agency: Agency, item: Item | None, plan: Plan, roster: Roster
) -> frozenset[Relation]:
    """Return how the visitor's agency stands to another that owes something for an item, or for none."""
    found = set()
    if visitor in (agency.id, agency.reports_through):
        found.add(Relation.OWN)
    elif visitor == reviewer_of(agency, plan):
        found.add(Relation.BELOW)
    elif visitor != plan.top and agency.is_under(visitor):
        found.add(Relation.FAR_BELOW)
    if visitor in (plan.focal, plan.top):
        found.add(Relation.OVERSEEN)
    if (
        item is not None
        and Relation.OWN not in found
        and guides(roster.agencies[visitor], agency, item, roster)
    ):
        found.add(Relation.GUIDED)
    return frozenset(found or {Relation.FOREIGN})


def seat_of_contact(role: str, agency: Agency, plan: Plan) -> Seat | None:
    """Return the seat a registered contact takes when signing in; None for the body no machine writes to."""
    if agency.id == plan.top or agency.invited:
        return None
    if agency.id == plan.focal:
        return {"director": Seat.DIRECTOR, "leader": Seat.DIRECTOR}.get(role, Seat.COORDINATOR)
    if role == "leader":
        return Seat.LEADER if agency.level.top else Seat.CHAIRPERSON
    if role == "desk" and agency.heads:
        return Seat.DESK
    return Seat.OFFICER


def seats_of(agency: Agency, plan: Plan, *, guides: bool) -> tuple[Seat, ...]:
    """Return the seats an agency has, for a login link that ops makes by hand."""
    if agency.id == plan.top:
        return (Seat.READER,)
    if agency.id == plan.focal:
        return (Seat.COORDINATOR, Seat.DIRECTOR, Seat.OFFICER, Seat.OPS)
    own: tuple[Seat, ...] = (Seat.OFFICER, Seat.LEADER if agency.level.top else Seat.CHAIRPERSON)
    if agency.heads:
        own = (Seat.DESK, *own)
    return (*own, Seat.GUIDE) if guides else own
