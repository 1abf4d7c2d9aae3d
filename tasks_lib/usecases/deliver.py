"""Delivery: bundles what has been recorded into messages and sends them, one held connection a run."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from notifications.message import build
from notifications.model import Outcome, Outgoing
from notifications.transport import Transport
from obligations.calendar import ZONE
from store.access import LinkRow, write_links
from store.engine import writing, writing_on
from store.facts import put_fact
from store.journal import Happening, write
from store.ledger import AnyRow
from store.outbox import (
    CANCELLED,
    HELD,
    WAITING,
    Claim,
    bundle,
    claim,
    drop_content,
    keep_content,
    mark_failed,
    mark_sent,
    put_back,
    renew,
    still_true,
)
from store.replies import keep_replies
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.delivering import Refusals, SendingHours, is_gone, owner_name, transport_of
from tasks_lib.usecases.bounces import take_returned
from tasks_lib.usecases.compose import Batch, read_batch
from tasks_lib.usecases.hand_on import hand_on_given_up
from tasks_lib.usecases.initialise import require_initialised
from tasks_lib.usecases.logging_mail import Recorder, recording
from tasks_lib.usecases.mail_hold import mail_hold
from tasks_lib.usecases.wording_first import Unworded, first_words
from tasks_lib.watch.keys import DELIVERY_DONE, WELL, of_plan

log = logging.getLogger(__name__)

BATCH = 50
LOGIN = "login"
"""The sort of note whose bytes are a key, and are not kept once it is sent."""


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """What a delivery did; on a day off or out of hours nothing, and until when it holds."""

    as_of: datetime
    bundled: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0
    held_until: datetime | None = None
    stopped: str | None = None
    """Why the run stopped early: the server refused three different recipients the same way."""
    on_hold: datetime | None = None
    """Since when all mail is held because a copy was restored; then nothing is sent."""

    def as_json(self) -> dict[str, Any]:
        """Return the document scripts read."""
        return {
            "as_of": self.as_of.isoformat(),
            "bundled": self.bundled,
            "sent": self.sent,
            "failed": self.failed,
            "dead": self.dead,
            "held_until": self.held_until.isoformat() if self.held_until else None,
            "stopped": self.stopped,
            "on_hold": self.on_hold.astimezone(ZONE).isoformat() if self.on_hold else None,
        }


def deliver(
    house: House,
    as_of: datetime,
    *,
    now: Callable[[], datetime] | None = None,
    transport: Transport | None = None,
) -> DeliveryReport:
    """Bundle and send what is due; nothing is sent twice, and what fails is tried again with growing pauses.

    `now` is the real clock for leases, which an entrance hands in; `as_of` serves where there is none.
    """
    require_initialised(house)
    held = SendingHours(house.calendar, house.settings).held_until(as_of)
    if held is not None:
        return DeliveryReport(as_of=as_of, held_until=held)
    take_returned(house, as_of)
    with writing(house.engine) as connection:
        hold = mail_hold(connection)
        if hold is not None:
            return DeliveryReport(as_of=as_of, on_hold=hold.since)
        domain = house.settings.mail_from.rpartition("@")[2]
        hand_on_given_up(connection, house, as_of)
        bundled = bundle(connection, house.plan.key, local_day(as_of), as_of, domain)
    report = send_waiting(house, as_of, now, transport, bundled=bundled)
    with writing(house.engine) as connection:
        if report.stopped is None:
            put_fact(connection, of_plan(DELIVERY_DONE, house.plan.key), WELL, as_of)
        _write_run(connection, house, report)
    return report


def _write_run(connection: Connection, house: House, report: DeliveryReport) -> None:
    """Write one row of the journal for a run that had something to send."""
    done = {name: getattr(report, name) for name in ("bundled", "sent", "failed", "dead", "stopped")}
    if any(done.values()):
        write(connection, Happening(at=report.as_of, plan=house.plan.key, what="deliver", details=done))


def send_waiting(
    house: House,
    as_of: datetime,
    now: Callable[[], datetime] | None,
    transport: Transport | None,
    *,
    notes_only: bool = False,
    bundled: int = 0,
) -> DeliveryReport:
    """Send what is ready, all of it or the notes alone, and say what became of it."""
    with recording(house, as_of) as recorder, transport or transport_of(house.settings) as opened:
        run = _Run(house, as_of, now or (lambda: as_of), recorder, notes_only=notes_only)
        run.send_all(opened)
    return DeliveryReport(
        as_of=as_of,
        bundled=bundled,
        sent=run.sent,
        failed=run.failed,
        dead=run.dead,
        stopped=run.stopped,
    )


class _Run:
    """One pass over the messages that are ready."""

    def __init__(
        self,
        house: House,
        as_of: datetime,
        now: Callable[[], datetime],
        recorder: Recorder,
        *,
        notes_only: bool = False,
    ) -> None:
        self.house = house
        self.as_of = as_of
        self.now = now
        self.recorder = recorder
        self.notes_only = notes_only
        self.hours = SendingHours(house.calendar, house.settings)
        self.sent = self.failed = self.dead = 0
        self.stopped: str | None = None
        self._refusals = Refusals()
        self._renew_at = now()
        self._owner = owner_name()

    def send_all(self, transport: Transport) -> None:
        """Claim and send batch after batch until nothing is ready, or the server refuses everybody."""
        while ready := self._claim():
            waiting = deque(ready)
            with self.house.engine.connect() as line:
                self._send_batch(transport, line, waiting)
            if self.stopped:
                return

    def _send_batch(
        self, transport: Transport, line: Connection, waiting: deque[tuple[AnyRow, Outgoing]]
    ) -> None:
        while waiting and not self.stopped:
            self._keep_lease(waiting)
            if waiting:
                self._send(transport, line, *waiting.popleft())
        if waiting:
            with writing_on(line) as connection:
                put_back(connection, [row.id for row, _ in waiting], WAITING)

    def _keep_lease(self, waiting: deque[tuple[AnyRow, Outgoing]]) -> None:
        """Prolong the claim while a slow server takes its time, and let go of what another has taken over."""
        if self.now() < self._renew_at:
            return
        claiming = self._claiming()
        self._renew_at = claiming.now + claiming.lease / 3
        with writing(self.house.engine) as connection:
            mine = renew(connection, claiming, [row.id for row, _ in waiting])
        kept = [pair for pair in waiting if pair[0].id in mine]
        waiting.clear()
        waiting.extend(kept)

    def _claim(self) -> list[tuple[AnyRow, Outgoing]]:
        """Claim a batch and render what has not been rendered; the bytes are kept before anything is sent."""
        while True:
            with writing(self.house.engine) as connection:
                claiming = self._claiming()
                claimed = claim(connection, claiming, BATCH)
                self._renew_at = claiming.now + claiming.lease / 3
                rows = self.recorder.unsent(connection, claimed)
                ready = ready_to_send(connection, self.house, rows, self.as_of)
            # A batch that was cancelled as a whole is no reason to stop.
            if ready or not claimed:
                return ready

    def _claiming(self) -> Claim:
        return Claim(
            plan=self.house.plan.key,
            owner=self._owner,
            on=local_day(self.as_of),
            at=self.as_of,
            now=self.now(),
            lease=timedelta(seconds=self.house.settings.mail_lease_seconds),
            is_gone=is_gone,
            notes_only=self.notes_only,
        )

    def _send(self, transport: Transport, line: Connection, row: AnyRow, outgoing: Outgoing) -> None:
        outcome = transport.send(outgoing)
        try:
            self.recorder.accepted(row, outcome)
        except OSError as fault:
            self.stopped = f"không ghi được nhật ký thư: {fault.strerror}"
        if not outcome.ok:
            log.warning("thư %s chưa gửi được: %s", row.message_id, outcome.reason)
        with writing_on(line) as connection:
            keep_replies(
                connection, [vars(r) | {"message_id": row.id, "at": self.as_of} for r in outcome.replies]
            )
            if outcome.ok:
                mark_sent(connection, row.id, self.as_of)
                if row.note == LOGIN:
                    drop_content(connection, row.id)
                self.sent += 1
            else:
                self._mark_failed(connection, row, outcome)
        if self._refusals.note(row.recipient_id, outcome):
            self.stopped = outcome.reason

    def _mark_failed(self, connection: Connection, row: AnyRow, outcome: Outcome) -> None:
        again = self.hours.next_try(
            self.as_of, row.attempts, temporary=outcome.temporary, any_hour=row.note is not None
        )
        taken = [reply.address for reply in outcome.replies if reply.accepted]
        mark_failed(connection, row.id, outcome.reason, again, [*row.accepted, *taken])
        self.failed += again is not None
        self.dead += again is None


def ready_to_send(
    connection: Connection, house: House, rows: list[AnyRow], as_of: datetime
) -> list[tuple[AnyRow, Outgoing]]:
    """Return the messages with their bytes: kept as they were, or rendered from what is valid now."""
    fresh = [row for row in rows if row.content is None]
    batch = read_batch(connection, house, fresh, as_of) if fresh else None
    kept = [row.id for row in rows if row.content is not None]
    # What has been answered since it was rendered is no longer true, and stays here.
    true = still_true(connection, kept, as_of) if kept else set()
    put_back(connection, (key for key in kept if key not in true), CANCELLED)
    for row in rows:
        if row.note == LOGIN and row.id not in true:
            drop_content(connection, row.id)
    ready = []
    links: list[LinkRow] = []
    for row in rows:
        outgoing = _kept(house, row) if row.id in true else None
        if row.content is None and batch is not None:
            outgoing = _render_first(connection, house, row, batch, links)
        if outgoing is not None:
            ready.append((row, outgoing))
    write_links(connection, links)
    return ready


def _kept(house: House, row: AnyRow) -> Outgoing:
    """Return a message as it was rendered, for the addresses that have not taken it yet."""
    addresses = tuple(a for a in row.addresses if a not in row.accepted)
    return Outgoing(
        message_id=row.message_id,
        envelope_from=house.settings.mail_from,
        addresses=addresses,
        content=row.content,
    )


def _render_first(
    connection: Connection, house: House, row: AnyRow, batch: Batch, links: list[LinkRow]
) -> Outgoing | None:
    """Return a message as it is worded now, its bytes kept, and add the links that it carries."""
    try:
        worded = first_words(connection, house, row, batch)
    except Unworded as fault:
        put_back(connection, [row.id], HELD, str(fault))
        return None
    if worded is None:
        put_back(connection, [row.id], CANCELLED)
        return None
    outgoing = build(
        worded.draft.mail,
        worded.rendered,
        message_id=worded.draft.message_id,
        addresses=worded.draft.addresses,
        mail_from=house.settings.mail_from,
        redirect=house.settings.mail_redirect,
    )
    links.extend(worded.draft.links)
    keep_content(connection, row.id, worded.rendered.subject, outgoing.addresses, outgoing.content)
    return outgoing
