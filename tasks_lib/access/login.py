"""Passwordless: a one-time login link, or a fresh link for one that has run out, to a registered contact."""

from __future__ import annotations

from datetime import datetime, timedelta

from obligations.model import Contact
from obligations.seats import seat_of_contact
from store.access import contacts_at
from store.engine import writing
from store.journal import Happening, write
from store.people import contacts_of
from store.rows import Link
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import LostLink, Purpose, Wanted, issue
from tasks_lib.kernel.succession import ended_by
from tasks_lib.mailing.notes import Note, post


def request_login(house: House, address: str, at: datetime) -> int:
    """Mail a login link for every seat registered under an address; return how many.

    UBND tỉnh is written to by no machine: its reading link is made by hand (`dondoc login-link`).
    """
    written = 0
    valid = timedelta(minutes=house.settings.login_link_minutes)
    with writing(house.engine) as connection:
        for row in contacts_at(connection, address):
            agency = house.configuration.agencies.get(row.agency_id)
            seat = seat_of_contact(row.role, agency, house.plan) if agency else None
            if agency is None or seat is None or ended_by(house, agency.id, local_day(at)):
                continue
            wanted = Wanted(
                purpose=Purpose.LOGIN,
                agency=agency.id,
                holder=row.name or agency.name,
                address=row.address,
                seat=seat,
            )
            link = issue(connection, house, wanted, at, valid)
            note = Note(
                sort="login",
                recipient=agency.id,
                addresses=(row.address,),
                links={"login": link.url},
            )
            post(connection, house, note, at, expires_at=link.expires)
            asked = {"seat": seat, "address": row.address}
            write(
                connection,
                Happening(at=at, plan=house.plan.key, what="login-ask", subject=agency.id, details=asked),
            )
            written += 1
    return written


def renew(house: House, row: Link | LostLink, at: datetime) -> str:
    """Mail a fresh link to the contacts registered for its agency; return their addresses, half hidden.

    Never to whom the old link was: it may have been passed on.
    """
    with writing(house.engine) as connection:
        addresses = _registered(contacts_of(connection, [row.agency_id]).get(row.agency_id, ()), row)
        if not addresses:
            return ""
        wanted = Wanted(
            purpose=Purpose(row.purpose),
            agency=row.agency_id,
            holder=row.holder,
            address=addresses[0],
            obligation_id=row.obligation_id,
        )
        link = issue(connection, house, wanted, at, timedelta(days=house.settings.link_days))
        renewed = {"purpose": row.purpose, "addresses": list(addresses)}
        write(
            connection,
            Happening(at=at, plan=house.plan.key, what="link-renew", subject=row.agency_id, details=renewed),
        )
        post(
            connection,
            house,
            Note(sort="renewed", recipient=row.agency_id, addresses=addresses, links={row.purpose: link.url}),
            at,
        )
    return ", ".join(half_hidden(address) for address in addresses)


def _registered(contacts: tuple[Contact, ...], row: Link | LostLink) -> tuple[str, ...]:
    """Return where a fresh link goes: the contact the old one was for while registered, else the unit."""
    known = {c.address: c.role for c in contacts if c.address}
    if row.address in known:
        return (row.address,)
    unit = tuple(a for a, role in known.items() if role in ("unit", "desk"))
    return unit or tuple(known)[:1]


def half_hidden(address: str) -> str:
    """Return an address that its owner knows and nobody else can use: x0…@laocai.example."""
    name, _, domain = address.partition("@")
    return f"{name[:2]}…@{domain}"
