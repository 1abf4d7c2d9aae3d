"""What would leave on a day, to whom and why: the run itself, rehearsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from notifications.outgoing import Outgoing
from notifications.read_again import read_unsent
from store.holds import holds_on
from store.rows import Message
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import name_of
from tasks_lib.mailing.gather import gather
from tasks_lib.mailing.mail_reasons import cause
from tasks_lib.mailing.rehearsal import Rehearsed, Run, rehearsed, runs_from
from tasks_lib.mailing.sql.claims import Claimed
from tasks_lib.mailing.sql.letters import Reason, reasons_in, waiting_for
from tasks_lib.mailing.together import read_together
from tasks_lib.mailing.wording_first import Unworded, Worded, first_words

UNWORDED = "(không soạn được thư)"
WEEKLY = "weekly"
"""The sort of a mail that no notice stands behind: a weekly line, a digest."""


@dataclass(frozen=True, kw_only=True)
class PreviewedMail:
    """One mail that would leave: to whom, what it says, and which notices are the reason."""

    recipient: str
    name: str
    addresses: tuple[str, ...]
    sender: str
    subject: str
    text: str
    why: tuple[str, ...]
    """Obligation and step of each line."""
    sort: str = WEEKLY
    """The template of what it speaks of most."""
    held: str = ""
    """Why a coordinator keeps it back that day; empty where it leaves."""


@dataclass(frozen=True, kw_only=True)
class Parked:
    """A mail that would stay back for a fault of its own, and the fault."""

    recipient: str
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All that would leave on a day."""

    on: date
    held_until: datetime | None
    mails: tuple[PreviewedMail, ...]
    parked: tuple[Parked, ...] = ()
    on_hold: datetime | None = None
    """Since when all mail waits after a restore: none of it leaves."""

    @property
    def leaving(self) -> tuple[PreviewedMail, ...]:
        """The mails that nobody keeps back."""
        return tuple(mail for mail in self.mails if not mail.held)


def preview(house: House, on: date, since: date | None = None, now: datetime | None = None) -> Preview:
    """Rehearse the run from `since` (by default `on` alone) to `on`, and show what leaves on it."""
    with rehearsed(house, on, since, now) as found:
        return shown(house, on, found)


def preview_from(house: House, on: date, today: date, now: datetime | None = None) -> Preview:
    """Do the same for an engine that runs every day from today on."""
    return preview(house, on, runs_from(house, today, on), now)


def preview_of_all(houses: Sequence[House], on: date, today: date, now: datetime | None = None) -> Preview:
    """Do the same for plans that run and send together: an office has one mail of all of them."""
    first, *others = houses
    beside = [Run(house=other, since=runs_from(other, today, on)) for other in others]
    with rehearsed(first, on, runs_from(first, today, on), now, beside) as found:
        seen = [shown(house, on, found, leaving=house is first) for house in houses]
        return replace(seen[0], mails=tuple(mail for one in seen for mail in one.mails))


def first_mails(house: House, starts: date, at: datetime) -> Preview:
    """Show the first mails of a plan that is started on a day: of that day, or of the next with any."""
    found = preview(house, starts, starts, at)
    if found.held_until is None:
        return found
    return preview(house, local_day(found.held_until), starts, at)


def shown(house: House, on: date, found: Rehearsed, *, leaving: bool = True) -> Preview:
    """Return what a rehearsed day sends, or only what a plan's coordinator keeps back."""
    pairs = found.leaving if leaving else []
    reasons = reasons_in(found.connection, [row.id for row, _ in pairs])
    mails = [_leaving(house, row, outgoing, reasons.get(row.id, [])) for row, outgoing in pairs]
    nothing = found.held_until is not None or found.on_hold is not None
    return Preview(
        on=on,
        held_until=found.held_until,
        mails=(*mails, *(() if nothing else _kept_back(house, on, found))),
        parked=tuple(
            Parked(recipient=r.recipient_id, name=name_of(house, r.recipient_id), why=r.error or "")
            for r in found.parked
        ),
        on_hold=found.on_hold.since if found.on_hold else None,
    )


def _leaving(house: House, row: Claimed, outgoing: Outgoing, reasons: Sequence[Reason]) -> PreviewedMail:
    ready = read_unsent(outgoing.content)
    return PreviewedMail(
        recipient=row.recipient_id,
        name=name_of(house, row.recipient_id),
        addresses=outgoing.addresses,
        sender=ready.sender,
        subject=ready.subject,
        text=ready.text,
        why=tuple(cause(line.key, line.template, line.step, proposed=line.proposed) for line in reasons),
        sort=_sort(line.template for line in reasons),
    )


def _kept_back(house: House, on: date, found: Rehearsed) -> list[PreviewedMail]:
    """Word what a coordinator keeps back that day: it is shown beside what leaves."""
    connection = found.connection
    held = {row.recipient_id: row.reason for row in holds_on(connection, house.plan.key, on)}
    if not held:
        return []
    gather(connection, house, found.at, although_held=True)
    rows = waiting_for(connection, house.plan.key, sorted(held))
    read = read_together(connection, house, rows, found.at)
    mails = []
    for row in rows:
        try:
            worded = first_words(connection, row, read)
        except Unworded as fault:
            mails.append(_unworded(house, row, str(fault), held[row.recipient_id]))
            continue
        if worded is not None:
            mails.append(_held(house, row, worded, held[row.recipient_id]))
    return mails


def _held(house: House, row: Message, worded: Worded, reason: str) -> PreviewedMail:
    draft = worded.draft
    lines = [(section.template, line) for section in draft.mail.sections for line in section.lines]
    return PreviewedMail(
        recipient=row.recipient_id,
        name=name_of(house, row.recipient_id),
        addresses=draft.addresses,
        sender=draft.mail.sender.name,
        subject=worded.rendered.subject,
        text=worded.rendered.text,
        why=tuple(
            cause(line.obligation, template, line.step, proposed=line.ours) for template, line in lines
        ),
        sort=_sort(template for template, _ in lines),
        held=reason,
    )


def _unworded(house: House, row: Message, fault: str, reason: str) -> PreviewedMail:
    return PreviewedMail(
        recipient=row.recipient_id,
        name=name_of(house, row.recipient_id),
        addresses=(),
        sender="",
        subject=UNWORDED,
        text=fault,
        why=(),
        held=reason,
    )


def _sort(templates: Iterable[str]) -> str:
    counted = Counter(templates)
    return counted.most_common(1)[0][0] if counted else WEEKLY
