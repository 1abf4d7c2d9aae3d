"""Agencies and contacts as they are written down, and who receives the mail of whom none reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from config.addresses import is_usable
from obligations.chain import forwarding_desk
from obligations.model import INSIDE, Agency, Contact, Plan
from store.marks import marks
from store.people import contacts_of, direct_mail, replace_contacts, write_agencies


def sync_agencies(connection: Connection, known: Mapping[str, Agency], plan: Plan) -> None:
    """Write the configured agencies and contacts, and whose mail goes where; what ops imported stays."""
    write_agencies(connection, known)
    point_mail(connection, known, plan)


def import_contacts(
    connection: Connection,
    given: Mapping[str, tuple[Contact, ...]],
    known: Mapping[str, Agency],
    plan: Plan,
) -> None:
    """Replace the contacts of the agencies in a list from ops, and point their mail anew."""
    replace_contacts(connection, given)
    point_mail(connection, known, plan)


def point_mail(connection: Connection, known: Mapping[str, Agency], plan: Plan) -> None:
    """Point the mail of agencies that none reaches at their superior's desk, or at the focal one."""
    bad = {(row.agency_id, row.address.lower()) for row in marks(connection)}
    reached = reachable(contacts_of(connection), bad)
    targets = {}
    for agency in known.values():
        if agency.id not in reached and agency.id != plan.top:
            desk = forwarding_desk(agency, plan)
            targets[agency.id] = desk if desk in reached else plan.focal
    direct_mail(connection, targets)


def reachable(contacts: Mapping[str, Iterable[Contact]], bad: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the agencies that mail reaches, by their contacts and the addresses that take none.

    Where an official address takes no mail, an officer's own is no answer: the desk above is asked.
    """
    marked = set(bad)
    broken = {agency for agency, _ in marked}
    return frozenset(
        agency
        for agency, found in contacts.items()
        if any(
            is_usable(contact.address)
            and (agency, contact.address.lower()) not in marked
            and not (agency in broken and contact.role in INSIDE)
            for contact in found
        )
    )
