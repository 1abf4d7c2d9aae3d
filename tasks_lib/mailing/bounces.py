"""Bounces: a mail that a server had taken and sent back did not arrive, and is told so everywhere."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from notifications.bounces import Raw, Report, Reported, Unreadable, parse, read_mailbox
from store.engine import writing
from store.journal import Happening, write
from store.outbox import SENT
from store.plans import lock
from tasks_lib.duties.initialise import require_initialised
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.hand_on import hand_on, mark_addresses
from tasks_lib.mailing.sql.bounces import (
    FAILED,
    NamedMessage,
    failed_addresses,
    keep_bounce,
    mark_bounced,
    message_named,
)

log = logging.getLogger(__name__)

DELAYED = "delayed"


@dataclass(kw_only=True)
class BounceReport:
    """What reading a mailbox did."""

    read: int = 0
    """Mails looked at."""
    bounced: int = 0
    """Addresses from which a mail came back."""
    delayed: int = 0
    """Addresses for which a server still tries."""
    unknown: int = 0
    """Mails that are no delivery report, or none of ours."""
    already: int = 0
    """Addresses of reports that were read before."""
    marked: int = 0
    """Addresses marked as taking no mail."""
    passed_on: int = 0
    """Notices that now go to the desk above."""

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return asdict(self)


def take_bounces(house: House, mails: Iterable[Raw], as_of: datetime) -> BounceReport:
    """Read delivery reports; one that cannot be read is named in a line and stops nothing."""
    require_initialised(house)  # where there is none to read, nothing else would look at the tables
    found = BounceReport()
    for name, report in _reports(mails, found):
        with writing(house.engine) as connection:
            _take(connection, house, name, report, as_of, found)
    return found


def _reports(mails: Iterable[Raw], found: BounceReport) -> Iterator[tuple[str, Report]]:
    for raw in mails:
        found.read += 1
        try:
            yield raw.name, parse(raw.content)
        except Unreadable as fault:
            found.unknown += 1
            log.warning("%s: bỏ qua: %s", raw.name, fault)


def take_returned(house: House, as_of: datetime, within: Connection | None = None) -> None:
    """Read the mailbox that the settings name, if they name one; a mailbox that is away stops no delivery.

    Within a transaction that somebody else ends when one is given: a rehearsal takes it back.
    """
    if house.settings.bounces is None:
        return
    try:
        mails = read_mailbox(house.settings.bounces)
        if within is None:
            take_bounces(house, mails, as_of)
            return
        found = BounceReport()
        for name, report in _reports(mails, found):
            _take(within, house, name, report, as_of, found)
    except OSError as fault:
        log.warning("DONDOC_BOUNCES: không đọc được %s: %s", house.settings.bounces, fault.strerror or fault)


def _take(
    connection: Connection, house: House, name: str, report: Report, as_of: datetime, found: BounceReport
) -> None:
    lock(connection, house.plan.key)
    message = message_named(connection, report.message_ids)
    if message is None or message.plan != house.plan.key:
        found.unknown += 1
        log.warning("%s: bỏ qua: không phải thư của Hệ thống", name)
        return
    failed: dict[str, str] = {}
    is_new = False
    for reported in report.recipients:
        address = _address_in(message, reported)
        if address is None:
            log.warning("%s: bỏ qua: địa chỉ không có trong thư %s", name, message.message_id)
            continue
        if not keep_bounce(connection, _row(message, address, reported, report, as_of)):
            found.already += 1
            continue
        is_new = True
        if reported.action == FAILED:
            failed[address] = " ".join(word for word in (reported.status, reported.text) if word)
        elif reported.action == DELAYED:
            found.delayed += 1
    if is_new:
        write(connection, _happening(message, failed, as_of))
    if failed:
        found.bounced += len(failed)
        found.marked += mark_addresses(connection, house, message.recipient_id, failed, as_of)
        found.passed_on += _came_back(connection, house, message, failed, as_of)


def _happening(message: NamedMessage, failed: dict[str, str], as_of: datetime) -> Happening:
    """Return the journal's row on a report that was read; of a delay it names no address."""
    details = {"message": message.message_id, "failed": failed}
    return Happening(
        at=as_of, plan=message.plan, what="mail-back", subject=message.recipient_id, details=details
    )


def _came_back(
    connection: Connection, house: House, message: NamedMessage, failed: dict[str, str], as_of: datetime
) -> int:
    """Mark a message that no address of the agency has any more, and hand it on."""
    back = failed_addresses(connection, message.id, message.sent_at)
    if message.state != SENT or {a.lower() for a in message.addresses} - back:
        return 0
    mark_bounced(connection, message.id, "; ".join(f"{a}: {why}" for a, why in failed.items()))
    return hand_on(connection, house, message, as_of)


def _address_in(message: NamedMessage, reported: Reported) -> str | None:
    """Return which of a message's addresses is meant; with a single one, a forwarded name is that one's."""
    mine = {address.lower(): address for address in message.addresses}
    named = next((mine[a.lower()] for a in reported.addresses if a.lower() in mine), None)
    return named or (message.addresses[0] if len(mine) == 1 else None)


def _row(
    message: NamedMessage, address: str, reported: Reported, report: Report, as_of: datetime
) -> dict[str, object]:
    return {
        "message_id": message.id,
        "address": address,
        "action": reported.action,
        "status": reported.status,
        "text": reported.text,
        "report": report.digest,
        "read_at": as_of,
    }
