"""Delivery: bundles what has been recorded into messages and sends them, one held connection a run."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from notifications.outgoing import Outcome, Outgoing
from notifications.transport import Transport
from store.engine import writing, writing_on
from store.facts import drop_fact, fact, put_fact
from store.journal import Happening, write
from store.outbox import HELD, drop_content, mark_failed, mark_sent, put_back, uncount
from store.replies import keep_replies
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.delivering import (
    UNKNOWN_PAUSE,
    SendingHours,
    Tried,
    is_gone,
    lease_of,
    owner_name,
    transport_of,
)
from tasks_lib.kernel.keys import DELIVERY_DONE, DELIVERY_STOPPED, WELL, of_plan
from tasks_lib.kernel.mail_hold import mail_hold
from tasks_lib.mailing.bounces import take_returned
from tasks_lib.mailing.breaker import Breaker, Refused, is_address_fault
from tasks_lib.mailing.delivered import DeliveryReport
from tasks_lib.mailing.gather import BATCH, gather
from tasks_lib.mailing.logging_mail import Recorder, recording
from tasks_lib.mailing.mail_faults import explained, is_lost_database
from tasks_lib.mailing.ready import LOGIN, ready_to_send
from tasks_lib.mailing.sql.claims import Claim, Claimed, claim, let_go, renew

log = logging.getLogger(__name__)


def deliver(
    house: House,
    as_of: datetime,
    *,
    now: Callable[[], datetime] | None = None,
    transport: Transport | None = None,
    beside: Collection[str] = (),
) -> DeliveryReport:
    """Bundle and send what is due; nothing is sent twice, and what fails is tried again with growing pauses.

    What the plans `beside` have for the same recipients leaves in the same mails.

    `now` is the real clock for leases, which an entrance hands in; `as_of` serves where there is none.
    """
    held = SendingHours(house.calendar, house.settings).held_until(as_of)
    if held is not None:
        return DeliveryReport(as_of=as_of, held_until=held)
    take_returned(house, as_of)
    with writing(house.engine) as connection:
        hold = mail_hold(connection)
        if hold is not None:
            return DeliveryReport(as_of=as_of, on_hold=hold.since)
        bundled = gather(connection, house, as_of, beside=beside)
    report = send_waiting(house, as_of, now, transport, bundled=bundled)
    with writing(house.engine) as connection:
        if report.stopped is None:
            put_fact(connection, of_plan(DELIVERY_DONE, house.plan.key), WELL, as_of)
        _write_run(connection, house, report)
    return report


def deliver_all(
    houses: Sequence[House],
    as_of: datetime,
    *,
    now: Callable[[], datetime] | None = None,
    transport: Transport | None = None,
) -> DeliveryReport:
    """Deliver several plans one after another, an office's mails of all of them as one."""
    done = []
    for house in houses:
        beside = [other.plan.key for other in houses if other is not house]
        done.append(deliver(house, as_of, now=now, transport=transport, beside=beside))
    return DeliveryReport.of_all(done)


def _write_run(connection: Connection, house: House, report: DeliveryReport) -> None:
    """Write one row of the journal for a run that had something to send."""
    done = {name: getattr(report, name) for name in ("bundled", "sent", "failed", "dead", "held", "stopped")}
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
    run.finish()
    return DeliveryReport(
        as_of=as_of,
        bundled=bundled,
        sent=run.sent,
        failed=run.failed,
        dead=run.dead,
        held=run.held,
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
        self.sent = self.failed = self.dead = self.held = 0
        self.breaker = Breaker()
        self._dead: set[int] = set()
        self._log_fault: str | None = None
        self._renew_at = now()
        self._owner = owner_name()

    @property
    def stopped(self) -> str | None:
        """Why the run has to stop, once it has: the server, or the log that must know what has left."""
        return self._log_fault or self.breaker.reason

    def send_all(self, transport: Transport) -> None:
        """Claim and send batch after batch until nothing is ready, or the server refuses everybody."""
        while ready := self._claim():
            waiting = deque(ready)
            with self.house.engine.connect() as line:
                self._send_batch(transport, line, waiting)
            if self.stopped:
                return

    def finish(self) -> None:
        """Take back the tries that were the server's fault, and write down whether delivery goes on."""
        self.breaker.finished()
        stopped = self.stopped
        if stopped is None and not self.breaker.works:
            return
        with writing(self.house.engine) as connection:
            if stopped is None:
                drop_fact(connection, DELIVERY_STOPPED)
                return
            unknown = [r.key for r in self.breaker.blamed if r.stage == "final" and not r.way[0]]
            known = [r.key for r in self.breaker.blamed if r.key not in unknown]
            uncount(connection, known, self.as_of)
            # The server may have kept them, so that each repeat may be one too many: those are rare.
            uncount(connection, unknown, self.as_of + UNKNOWN_PAUSE)
            before = fact(connection, DELIVERY_STOPPED)
            since = before.at if before else self.as_of
            put_fact(connection, DELIVERY_STOPPED, stopped, since)
        revived = self._dead & {r.key for r in self.breaker.blamed}
        self.dead -= len(revived)
        self.failed += len(revived)

    def _send_batch(
        self, transport: Transport, line: Connection, waiting: deque[tuple[Claimed, Outgoing]]
    ) -> None:
        while waiting and not self.stopped:
            self._keep_lease(waiting)
            if waiting:
                self._send(transport, line, *waiting.popleft())
        if waiting:
            with writing_on(line) as connection:
                let_go(connection, [row.id for row, _ in waiting])

    def _keep_lease(self, waiting: deque[tuple[Claimed, Outgoing]]) -> None:
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

    def _claim(self) -> list[tuple[Claimed, Outgoing]]:
        """Claim a batch and render what has not been rendered; the bytes are kept before anything is sent."""
        while True:
            with writing(self.house.engine) as connection:
                claiming = self._claiming()
                claimed = claim(connection, claiming, BATCH)
                self._renew_at = claiming.now + claiming.lease / 3
                rows = self.recorder.unsent(connection, claimed)
                ready = ready_to_send(connection, self.house, rows, self.as_of)
            self.held += ready.held
            # A batch that was cancelled or parked as a whole is no reason to stop.
            if ready.pairs or not claimed:
                return ready.pairs

    def _claiming(self) -> Claim:
        return Claim(
            plan=self.house.plan.key,
            owner=self._owner,
            on=local_day(self.as_of),
            at=self.as_of,
            now=self.now(),
            lease=lease_of(self.house.settings),
            is_gone=is_gone,
            notes_only=self.notes_only,
        )

    def _send(self, transport: Transport, line: Connection, row: Claimed, outgoing: Outgoing) -> None:
        try:
            outcome = transport.send(outgoing)
        except Exception as fault:
            if is_lost_database(fault):
                raise
            log.exception("thư %s: lỗi khi gửi", row.message_id)
            with writing_on(line) as connection:
                put_back(connection, [row.id], HELD, explained(fault))
            self.held += 1
            return
        try:
            self.recorder.accepted(row, outcome)
        except OSError as fault:
            self._log_fault = f"không ghi được nhật ký thư: {fault.strerror}"
        with writing_on(line) as connection:
            keep_replies(
                connection, [vars(r) | {"message_id": row.id, "at": self.as_of} for r in outcome.replies]
            )
            if outcome.ok:
                mark_sent(connection, row.id, self.as_of)
                if row.note == LOGIN:
                    drop_content(connection, row.id)
            else:
                self._mark_failed(connection, row, outcome)
        self._note(row, outcome)

    def _note(self, row: Claimed, outcome: Outcome) -> None:
        if outcome.ok or any(reply.accepted for reply in outcome.replies):
            self.breaker.taken()
        if outcome.ok:
            self.sent += 1
            return
        log.warning("thư %s chưa gửi được: %s", row.message_id, outcome.reason)
        refused = Refused(
            key=row.id,
            recipient=row.recipient_id,
            outcome=outcome,
            fresh=row.error is None,
            on_its_own=row.failing_since is not None,
        )
        if not any(reply.accepted for reply in outcome.replies):
            self.breaker.refused(refused)

    def _mark_failed(self, connection: Connection, row: Claimed, outcome: Outcome) -> None:
        tried = Tried(
            attempts=row.attempts,
            failing_since=row.failing_since or self.as_of,
            no_mailbox=is_address_fault(outcome),
            is_note=row.note is not None,
            expires_at=row.expires_at,
        )
        again = self.hours.next_try(self.as_of, tried)
        taken = [reply.address for reply in outcome.replies if reply.accepted]
        mark_failed(connection, row.id, outcome.reason, again, [*row.accepted, *taken], tried.failing_since)
        if again is None:
            self._dead.add(row.id)
        self.failed += again is not None
        self.dead += again is None
