"""Who a mail goes to and in whose name: addresses of an agency, and the sender by level (domain part 6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from config.addresses import is_usable
from notifications.model import Mail, Section, Sender
from notifications.wording import one_line
from obligations.chain import next_above
from obligations.model import Agency, Contact
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import director_of, full_name, head_of, place_name, plan_short

DESK_ROLES = frozenset({"superior", "reviewer", "desk", "focal"})
MOST_ADDRESSES = 3
ABOVE = frozenset({"superior"})
REPLIED_AT = ("desk", "unit", "substitute")
"""Whose address of an agency takes replies, the first that can be used."""

Contacts = Mapping[str, tuple[Contact, ...]]


def plain_mail(
    house: House, recipient: Agency, sender: Sender, at: datetime, *, personal: bool = False
) -> Mail:
    """Return a mail that says nothing yet: to an agency or in person to its director, in whose name."""
    return Mail(
        plan_number=house.plan.number,
        plan_signed_on=house.plan.signed_on,
        plan_issuer=house.plan.issuer,
        plan_short=plan_short(house.plan),
        focal=house.focal.name,
        focal_head=head_of(house.focal),
        recipient=director_of(recipient) if personal else full_name(recipient),
        recipient_short=recipient.name,
        recipient_level=recipient.level,
        through=None if personal else through(house, recipient),
        invited=recipient.invited,
        sender=sender,
        as_of=at,
        sections=(),
    )


def address_book(
    recipient: Agency, roles: Collection[str], contacts: Contacts, *, weekly: bool
) -> tuple[str, ...]:
    """Return one to three addresses of one agency: the unit, its desk or director as the roles ask.

    A substitute stands in where the unit has no address of its own; what is meant for the director alone
    goes to nobody else who has an address.
    """
    known = {c.role: c.address for c in reversed(contacts.get(recipient.id, ())) if is_usable(c.address)}
    if set(roles) == {"director"} and "director" in known and not weekly:
        return (known["director"],)
    wanted = ["unit" if "unit" in known else "substitute"]
    if weekly or DESK_ROLES & set(roles):
        wanted.append("desk")
    if "director" in roles:
        wanted.append("director")
    found = [known[role] for role in wanted if role in known]
    return tuple(dict.fromkeys(found or known.values()))[:MOST_ADDRESSES]


def sender_for(house: House, recipient: Agency, sections: Sequence[Section], contacts: Contacts) -> Sender:
    """Return the desk in whose name a mail goes.

    To communes, and to a district about its communes, that is Phòng Nội vụ; to the rest Sở Nội vụ: also to
    communes where no district stands between, and to a desk about what waits for it, for no desk writes to
    itself.
    """
    focal = house.focal
    about_others = bool(sections) and all(s.template in ABOVE for s in sections)
    if recipient.heads and about_others:
        return answering_desk(house, recipient, contacts)
    if recipient.next_desk is not None:
        return answering_desk(house, house.agency(recipient.next_desk), contacts)
    return answering_desk(house, focal, contacts, name=focal.name)


def answering_desk(house: House, agency: Agency, contacts: Contacts, name: str | None = None) -> Sender:
    """Return an agency's desk as a mail's sender, with an address at which somebody reads replies.

    Where the desk has none that can be used, the desk above it reads them, then the focal agency's, then
    whoever reads the system's own.
    """
    desk = desk_of(agency, contacts, name)
    if desk.reply_to:
        return desk
    for above in (next_above(agency), house.plan.focal):
        if above and above not in (agency.id, house.plan.top):
            stands_in = house.agency(above)
            if reply_to := _replies_go_to(contacts.get(above, ())):
                called = stands_in.name if above == house.plan.focal else stands_in.desk or stands_in.name
                return replace(desk, reply_to=reply_to, reply_name=called)
    return replace(desk, reply_to=house.settings.mail_from)


def desk_of(agency: Agency, contacts: Contacts, name: str | None = None) -> Sender:
    """Return an agency's desk as a mail's sender: its name, who is called, where replies go."""
    found = contacts.get(agency.id, ())
    desk = next((c for c in found if c.role == "desk"), None) or next(iter(found), Contact(role="desk"))
    return Sender(
        name=name or agency.desk or agency.name,
        short="" if name else agency.level.desk and agency.office,
        officer=_person(desk.name),
        phone=one_line(desk.phone),
        reply_to=_replies_go_to(found),
    )


def _person(name: str) -> str:
    """Return a person's name; "cán bộ phụ trách" names nobody, and no letter says "đồng chí" to it.

    A name that somebody pasted may hold characters that no HTML part can carry.
    """
    clean = one_line(name)
    return clean if clean[:1].isupper() else ""


def _replies_go_to(found: Sequence[Contact]) -> str:
    by_role = {c.role: c.address for c in reversed(found) if is_usable(c.address)}
    return next((by_role[role] for role in REPLIED_AT if role in by_role), "")


def through(house: House, recipient: Agency) -> str | None:
    """Name the office an agency's mail goes through: "qua Phòng Nội vụ"."""
    if recipient.desk is None or not (recipient.heads or recipient.level.top):
        return None
    if recipient.id == house.plan.focal:
        return recipient.desk
    return f"qua {recipient.desk.removesuffix(place_name(recipient)).rstrip()}"
