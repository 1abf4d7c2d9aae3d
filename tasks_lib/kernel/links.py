"""Who may come in: signed links that open one agency's pages, and one-time links that sign somebody in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.model import Agency
from obligations.nearest import meant
from obligations.rights import Seat, Visitor
from obligations.seats import guides_of, seats_of
from store import access
from store.engine import reading, writing
from store.journal import Happening, write
from store.ledger import find
from store.rows import Link
from store.rows.portal import NewLink, NewSession
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.places import NO_PORTAL
from tasks_lib.kernel.signing import Address, new_token, sign, unsign
from tasks_lib.kernel.succession import require_there


class Purpose(StrEnum):
    """What a link opens."""

    ANSWER = "answer"
    REVIEW = "review"
    APPROVE = "approve"
    LOGIN = "login"


SEAT_OF_LINK = {
    Purpose.ANSWER: Seat.ANSWER_LINK,
    Purpose.REVIEW: Seat.REVIEW_LINK,
    Purpose.APPROVE: Seat.APPROVE_LINK,
}
BY_HAND = timedelta(hours=24)
"""How long a login link that ops made can be used [ours]."""


@dataclass(frozen=True, kw_only=True)
class LostLink:
    """A link of ours that the database does not know, as its address tells it."""

    id: str
    purpose: str
    agency_id: str
    holder: str
    address: str = ""
    obligation_id: int | None = None


class LinkFault(Exception):
    """A link that opens nothing: why, and whose it was where that is known."""

    def __init__(self, why: str, row: Link | LostLink | None = None) -> None:
        super().__init__(why)
        self.why = why
        """forged, lost, expired, revoked, used or misplaced."""
        self.row = row


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A link that was made."""

    url: str
    signed: str
    expires: datetime

    def as_json(self) -> dict[str, str]:
        """Return the document scripts read."""
        return {"url": self.url, "expires": self.expires.isoformat()}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A link somebody is to get."""

    purpose: Purpose
    agency: str
    holder: str = ""
    """As the history names whoever opens it; the agency's name unless given."""
    address: str = ""
    obligation_id: int | None = None
    seat: Seat | None = None


def public_url(house: House) -> str:
    """Return what links begin with."""
    return (house.settings.public_url or NO_PORTAL).rstrip("/")


def issue(connection: Connection, house: House, wanted: Wanted, at: datetime, valid: timedelta) -> Issued:
    """Make a link in the transaction of whoever needs it."""
    row, issued = prepare(house, wanted, at, valid)
    access.write_link(connection, row)
    return issued


def prepare(house: House, wanted: Wanted, at: datetime, valid: timedelta) -> tuple[NewLink, Issued]:
    """Make a link without writing it, for a batch that writes many at once."""
    token = new_token()
    carried = Address(
        token=token, purpose=wanted.purpose, agency=wanted.agency, plan=house.plan.key, expires_at=at + valid
    )
    signed = sign(house.settings, carried)
    path = "dang-nhap" if wanted.purpose is Purpose.LOGIN else "l"
    row = NewLink(
        plan=house.plan.key,
        token=token,
        purpose=wanted.purpose,
        agency_id=wanted.agency,
        seat=wanted.seat,
        holder=wanted.holder or house.agency(wanted.agency).name,
        address=wanted.address,
        obligation_id=wanted.obligation_id,
        issued_at=at,
        expires_at=at + valid,
    )
    return row, Issued(url=f"{public_url(house)}/{path}/{signed}", signed=signed, expires=row.expires_at)


def answer_link(
    house: House, agency: str, at: datetime, *, obligation: str | None = None, review: bool = False
) -> Issued:
    """Make a link for scripts and for the telephone: what an agency answers, or what its desk reviews."""
    known(house, agency)
    with writing(house.engine) as connection:
        key = find(connection, house.plan.key, obligation).id if obligation else None
        purpose = Purpose.REVIEW if review else Purpose.ANSWER
        wanted = Wanted(purpose=purpose, agency=agency, obligation_id=key)
        write(connection, _happening(house, "link", agency, at, purpose=purpose))
        return issue(connection, house, wanted, at, timedelta(days=house.settings.link_days))


def login_link(house: House, seat: Seat, agency: str | None, at: datetime) -> Issued:
    """Make a one-time login link by hand; without an agency it is the focal one's or UBND tỉnh's seat."""
    chosen = agency or (house.plan.top if seat is Seat.READER else house.plan.focal)
    found = seats(house, known(house, chosen))
    if seat not in found:
        raise Refused(
            f"{house.agency(chosen).name} không có vai trò '{seat}' (có: {', '.join(found)}); chọn --agency"
        )
    with writing(house.engine) as connection:
        wanted = Wanted(purpose=Purpose.LOGIN, agency=chosen, seat=seat)
        write(connection, _happening(house, "login-link", chosen, at, seat=seat))
        return issue(connection, house, wanted, at, BY_HAND)


def session_mark(key: str) -> str:
    """Return what the journal calls a session; nobody gets into it by that."""
    return sha256(key.encode()).hexdigest()[:12]


def _happening(house: House, what: str, agency: str, at: datetime, **details: str) -> Happening:
    return Happening(at=at, plan=house.plan.key, what=what, subject=agency, details=details)


def known(house: House, agency: str) -> Agency:
    """Return an agency, or raise Invalid with what to look up."""
    try:
        return house.agency(agency)
    except KeyError:
        near = meant(agency, house.configuration.agencies)
        raise Invalid(
            f"không có cơ quan '{agency}'{f' ({near})' if near else ''}; xem 'dondoc agencies'"
        ) from None


def seats(house: House, agency: Agency) -> tuple[Seat, ...]:
    """Return the seats an agency has in the plan."""
    guides = any(agency.id in guides_of(item, house.roster) for item in house.plan.items)
    return seats_of(agency, house.plan, guides=guides)


def come_by_link(house: House, signed: str, at: datetime, *, what: str = "", client: str = "") -> Visitor:
    """Open a link and log what is done by it; raise LinkFault where it opens nothing."""
    with writing(house.engine) as connection:
        row, visitor = open_link(connection, house, signed, at)
        if what:
            access.log_use(connection, row.id, what, client, at)
    return visitor


def open_link(connection: Connection, house: House, signed: str, at: datetime) -> tuple[Link, Visitor]:
    """Return whoever comes by a link from a mail; raise LinkFault where it opens nothing."""
    row = _valid(connection, house, signed, at)
    if row.purpose == Purpose.LOGIN:
        raise LinkFault("misplaced", row)
    return row, Visitor(
        agency=row.agency_id,
        seat=SEAT_OF_LINK[Purpose(row.purpose)],
        holder=row.holder,
        address=row.address,
        obligation_id=row.obligation_id,
        link=signed,
    )


def look_at_login(house: House, signed: str, at: datetime) -> tuple[Link, Seat]:
    """Return a login link and the seat it gives, without using it up: mail scanners open links."""
    with reading(house.engine) as connection:
        return _login(_valid(connection, house, signed, at))


def sign_in(house: House, signed: str, at: datetime, client: str) -> str:
    """Use up a login link and return the new session's id; a second use is refused."""
    with writing(house.engine) as connection:
        row, seat = _login(_valid(connection, house, signed, at))
        if not access.use_up(connection, row.id, at):
            raise LinkFault("used", row)
        access.log_use(connection, row.id, "sign-in", client, at)
        key = secrets.token_urlsafe(32)
        entry = _happening(house, "sign-in", row.agency_id, at, seat=seat, session=session_mark(key))
        write(connection, replace(entry, by=row.agency_id, person=row.holder))
        access.write_session(
            connection,
            NewSession(
                id=key,
                plan=house.plan.key,
                agency_id=row.agency_id,
                seat=seat,
                holder=row.holder,
                address=row.address,
                started_at=at,
                expires_at=at + timedelta(hours=house.settings.session_hours),
            ),
        )
        return key


def _login(row: Link) -> tuple[Link, Seat]:
    if row.purpose != Purpose.LOGIN or row.seat is None:
        raise LinkFault("misplaced", row)
    return row, Seat(row.seat)


def _valid(connection: Connection, house: House, signed: str, at: datetime) -> Link:
    carried = unsign(house.settings, signed)
    row = access.link_of(connection, carried.token) if carried else None
    if row is None and carried is not None:
        _raise_lost(house, carried, at)
    if row is None or row.plan != house.plan.key or row.agency_id not in house.configuration.agencies:
        raise LinkFault("forged")
    require_there(house, row.agency_id, local_day(at))
    if row.revoked_at is not None:
        raise LinkFault("revoked", row)
    if row.used_at is not None:
        raise LinkFault("used", row)
    if row.expires_at <= at:
        raise LinkFault("expired", row)
    return row


def _raise_lost(house: House, carried: Address, at: datetime) -> None:
    """Raise LinkFault for a link that we signed and whose row is gone: a copy from before it was restored.

    It does not open: whether it was revoked meanwhile is lost too. It offers a new one to the unit's address.
    """
    if carried.plan != house.plan.key or carried.agency not in house.configuration.agencies:
        return
    if carried.purpose not in set(Purpose):
        return
    lost = LostLink(
        id=carried.token,
        purpose=carried.purpose,
        agency_id=carried.agency,
        holder=house.agency(carried.agency).name,
    )
    raise LinkFault("expired" if carried.expires_at <= at else "lost", lost)


def session_visitor(house: House, key: str, at: datetime) -> Visitor | None:
    """Return who is signed in under a session, or None when it has ended."""
    with reading(house.engine) as connection:
        row = access.session_of(connection, key)
    if row is None or row.expires_at <= at or row.plan != house.plan.key:
        return None
    if row.agency_id not in house.configuration.agencies:
        return None
    return Visitor(agency=row.agency_id, seat=Seat(row.seat), holder=row.holder, address=row.address)


def sign_out(house: House, key: str, at: datetime) -> None:
    """End a session."""
    with writing(house.engine) as connection:
        access.end_session(connection, key, at)
        write(connection, _happening(house, "sign-out", "", at, session=session_mark(key)))
