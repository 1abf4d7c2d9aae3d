"""Who a mail goes to and in whose name: addresses of an agency, and the sender by level (domain part 6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from notifications.model import Section, Sender
from obligations.model import Agency, Contact, Tier
from tasks_lib.bootstrap import House

DESK_ROLES = frozenset({"superior", "reviewer", "desk", "focal"})
MOST_ADDRESSES = 3
ABOVE = frozenset({"superior"})

Contacts = Mapping[str, tuple[Contact, ...]]


def address_book(
    recipient: Agency, roles: Collection[str], contacts: Contacts, *, weekly: bool
) -> tuple[str, ...]:
    """Return one to three addresses of one agency: the unit, its desk or director as the roles ask.

    A substitute stands in where the unit has no address of its own.
    """
    known = {c.role: c.address for c in reversed(contacts.get(recipient.id, ())) if c.address}
    wanted = ["unit" if "unit" in known else "substitute"]
    if weekly or DESK_ROLES & set(roles):
        wanted.append("desk")
    if "director" in roles:
        wanted.append("director")
    found = [known[role] for role in wanted if role in known]
    return tuple(dict.fromkeys(found or known.values()))[:MOST_ADDRESSES]


def sender_for(house: House, recipient: Agency, sections: Sequence[Section], contacts: Contacts) -> Sender:
    """Return the desk in whose name a mail goes.

    To communes, and to a district about its communes, that is Phòng Nội vụ; to the rest Sở Nội vụ.
    """
    focal = house.agency(house.plan.focal)
    if recipient.tier is Tier.COMMUNE and recipient.superior is not None:
        return desk_of(house.agency(recipient.superior), contacts)
    about_communes = not sections or all(s.template in ABOVE for s in sections)
    if recipient.tier is Tier.DISTRICT and about_communes:
        return desk_of(recipient, contacts)
    return desk_of(focal, contacts, name=focal.name)


def desk_of(agency: Agency, contacts: Contacts, name: str | None = None) -> Sender:
    """Return an agency's desk as a mail's sender: its name, who is called, where replies go."""
    found = contacts.get(agency.id, ())
    desk = next((c for c in found if c.role == "desk"), None) or next(iter(found), Contact(role="desk"))
    return Sender(
        name=name or agency.desk or agency.name,
        officer=desk.name,
        phone=desk.phone,
        reply_to=desk.address,
    )


def through(house: House, recipient: Agency) -> str | None:
    """Name the office an agency's mail goes through: "qua Phòng Nội vụ"."""
    if recipient.desk is None or recipient.tier is Tier.COMMUNE:
        return None
    return recipient.desk if recipient.id == house.plan.focal else f"qua {recipient.desk.split(' huyện')[0]}"
