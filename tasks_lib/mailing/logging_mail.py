"""Delivery beside the mail log: what is written there once a server has said yes, and what is read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from notifications.outgoing import Outcome
from store.engine import reading
from store.facts import fact
from store.outbox import WAITING, mark_sent, put_back
from store.said import Left, Said, Taken, mark_accepted, said_in, write_answers
from tasks_lib.duties.initialise import INSTANCE
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.mail_log import MailLog, by_message, lines_of, log_folder, open_log
from tasks_lib.mailing.sql.claims import Claimed


class Recorder:
    """Writes a run's accepted messages into the log, and knows from it what an interrupted run has sent."""

    def __init__(self, house: House, log: MailLog | None, as_of: datetime) -> None:
        self._house = house
        self._log = log
        self._as_of = as_of
        self._said: dict[int, Said] = {}

    def unsent(self, connection: Connection, rows: Sequence[Claimed]) -> list[Claimed]:
        """Return those of some claimed messages that no server has taken yet; the others are marked as sent.

        A run that died between "accepted" and "marked" left them: the log knows better than the database.
        """
        if self._log is None:
            return list(rows)
        again = {row.message_id for row in rows if row.content is not None and row.attempts > 1}
        known = by_message(self._lines(), again) if again else {}
        open_ones = [row for row in rows if not self._settle(connection, row, known.get(row.message_id, []))]
        self._said = said_in(connection, [row.id for row in open_ones])
        return open_ones

    def _lines(self) -> list[Left]:
        assert self._log is not None
        return lines_of([log_folder(self._house.settings)], self._log.instance)

    def _settle(self, connection: Connection, row: Claimed, left: list[Left]) -> bool:
        """Believe the log where it knows more than the database; return whether nothing is left to send."""
        new = [one for one in left if not {taken.address for taken in one.taken} <= set(row.accepted)]
        if not new:
            return False
        write_answers(connection, row.id, new)
        accepted = {*row.accepted, *(taken.address for one in new for taken in one.taken)}
        if accepted >= set(row.addresses):
            mark_sent(connection, row.id, new[-1].at)
            return True
        # Claimed again in a moment, for the other addresses only.
        mark_accepted(connection, row.id, accepted)
        put_back(connection, [row.id], WAITING)
        return True

    def accepted(self, row: Claimed, outcome: Outcome) -> None:
        """Write down what a server has just accepted; raises OSError where the disk does not take it."""
        taken = tuple(
            Taken(address=r.address, stage=r.stage, text=r.text, code=r.code, enhanced=r.enhanced)
            for r in outcome.replies
            if r.accepted
        )
        if self._log is None or not taken:
            return
        self._log.write(
            Left(
                at=self._as_of,
                plan=row.plan,
                message_id=row.message_id,
                recipient=row.recipient_id,
                on=row.mail_on,
                taken=taken,
                note=row.note,
                said=self._said.get(row.id, Said()),
            )
        )


@contextmanager
def recording(house: House, as_of: datetime) -> Iterator[Recorder]:
    """Open the log for the time of a run."""
    with reading(house.engine) as connection:
        known = fact(connection, INSTANCE)
    with open_log(house.settings, known.value if known else "", as_of) as log:
        yield Recorder(house, log, as_of)
