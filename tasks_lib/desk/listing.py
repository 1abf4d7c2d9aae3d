"""What scripts and people list: obligations with their time state, notices, messages, a history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from obligations.model import Kind, TimeState, WorkState
from obligations.period import Period
from obligations.states import COMMANDS_SAY
from store.engine import reading
from store.holds import kept_back
from store.ledger import find
from store.outbox import HELD, RETRY, WAITING
from store.replies import last_replies
from store.rows import HistoryRow, Message
from tasks_lib.desk.sql import listing
from tasks_lib.desk.sql.dossier import history_rows, notice_rows
from tasks_lib.desk.sql.listing import ListedObligation, NoticeRow, Wanted
from tasks_lib.desk.timeline import Moment, told
from tasks_lib.duties.our_days import day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day, morning_of
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.rollup.sign_off import Below, waits_for_below


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which obligations are listed; None wants all."""

    item: str | None = None
    agency: str | None = None
    state: str | None = None
    """A work state or a time state."""
    kind: str | None = None
    overdue: bool = False


class ListedDuty(TypedDict):
    """An obligation as scripts read it; days are written YYYY-MM-DD."""

    id: str
    item: str | None
    kind: Kind
    agency: str
    period: Period
    event: str
    opened_on: str
    last_day: str
    plan_day: str
    proposed: bool
    done_on: str | None
    doubted_on: str | None
    work_state: WorkState
    time_state: str
    holder: str | None
    superior: str | None
    waits_for_below: bool
    updated_late: bool
    held: str | None
    set_by: str | None
    """The document that sets its day."""


class ListedNotice(TypedDict):
    """A recorded notice as scripts read it."""

    obligation: str
    item: str | None
    agency: str
    leg: str
    proposed: bool
    step: str
    role: str
    recipient: str
    fires_on: str
    recorded_on: str
    state: str
    message: int | None


class ListedMail(TypedDict):
    """A message of the outbox as scripts read it."""

    id: int
    recipient: str
    address: str
    subject: str | None
    state: str
    attempts: int
    message_id: str
    error: str | None
    reply: str | None
    held: str | None
    notices: list[dict[str, str]]


def obligations(house: House, as_of: datetime, chosen: Filter) -> list[ListedDuty]:
    """List obligations as they stand on a day; work states are today's."""
    on = local_day(as_of)
    soon = house.calendar.add(on, house.plan.settings.due_soon_working_days)
    wanted = Wanted(plan=house.plan.key, item=chosen.item, agency=chosen.agency, kind=chosen.kind)
    with reading_on(house, on) as connection:
        rows = listing.list_obligations(connection, wanted, on)
        below = waits_for_below(connection, house)
        held = listing.held_about(connection, house.plan.key)
        papers = read_papers(connection, house, [row.id for row in rows if row.last_day != row.first_day])
    found = []
    for row in rows:
        told = row.stands(on, soon)
        stands = COMMANDS_SAY.get(told, told)
        if chosen.overdue and stands is not TimeState.OVERDUE:
            continue
        if chosen.state in (None, row.work_state, stands, told):
            paper = day_of(house, row, row.id, papers, on).paper
            found.append(_obligation(row, stands, below, held, str(paper) if paper else None))
    return found


def _obligation(
    row: ListedObligation, stands: TimeState, below: Below, held: Mapping[int, str], set_by: str | None
) -> ListedDuty:
    return {
        "id": row.key,
        "item": row.item,
        "kind": row.kind,
        "agency": row.agency_id,
        "period": row.period,
        "event": row.event,
        "opened_on": row.opened_on.isoformat(),
        "last_day": row.last_day.isoformat(),
        "plan_day": row.plan_day.isoformat(),
        "proposed": row.proposed,
        "done_on": row.done_on.isoformat() if row.done_on else None,
        "doubted_on": row.doubted_on.isoformat() if row.doubted_on else None,
        "work_state": row.work_state,
        "time_state": str(stands),
        "holder": row.whose_word,
        "superior": row.superior_id,
        "waits_for_below": below.waits(row),
        "updated_late": bool(row.updated_late and row.done_on),
        "held": held.get(row.id),
        "set_by": set_by,
    }


def notices(house: House, wanted: Wanted) -> list[ListedNotice]:
    """List recorded notices."""
    with reading(house.engine) as connection:
        rows = listing.list_notices(connection, wanted)
    return [
        {
            "obligation": row.key,
            "item": row.item,
            "agency": row.agency_id,
            "leg": row.leg,
            "proposed": bool(row.proposed),
            "step": row.step,
            "role": row.role,
            "recipient": row.recipient_id,
            "fires_on": row.fires_on.isoformat(),
            "recorded_on": row.recorded_on.isoformat(),
            "state": row.state,
            "message": row.message_id,
        }
        for row in rows
    ]


def messages(house: House, state: str | None) -> list[ListedMail]:
    """List messages of the outbox."""
    with reading(house.engine) as connection:
        rows = listing.list_messages(connection, house.plan.key, state)
        carried = listing.notices_by_message(connection, house.plan.key)
        answers = last_replies(connection, house.plan.key)
        kept = kept_back(connection, house.plan.key)
    return [
        {
            "id": row.id,
            "recipient": row.recipient_id,
            "address": ", ".join(row.addresses),
            "subject": row.subject,
            "state": row.state,
            "attempts": row.attempts,
            "message_id": row.message_id,
            "error": row.error,
            "reply": answers[row.id].text if row.id in answers else None,
            "held": _held(row, kept),
            "notices": carried.get(row.id, []),
        }
        for row in rows
    ]


def _held(row: Message, kept: Mapping[tuple[str, date], str]) -> str | None:
    """Return why a mail stays back: a fault of its own, or the word of a coordinator for its day."""
    if row.state == HELD:
        return str(row.error or "")
    return kept.get((row.recipient_id, row.mail_on)) if row.state in (WAITING, RETRY) else None


def history(house: House, key: str) -> list[dict[str, object]]:
    """List all that happened to one obligation, its notices among it, oldest first."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        done = [_happened(entry) for entry in listing.history_of(connection, row.id)]
        wanted = Wanted(plan=house.plan.key, item=row.item, agency=row.agency_id)
        sent = [n for n in listing.list_notices(connection, wanted) if n.key == key]
    return sorted([*done, *(_noticed(n) for n in sent)], key=lambda entry: str(entry["at"]))


def told_of(house: House, key: str) -> list[Moment]:
    """Tell all that happened to one obligation in the words of an office, oldest first."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        deeds, notices = history_rows(connection, row.id), notice_rows(connection, row.id)
    return told(house, deeds, notices, row.agency_id)


def _happened(row: HistoryRow) -> dict[str, object]:
    return {
        "id": row.id,
        "at": row.at.astimezone(morning_of(row.at.date()).tzinfo).isoformat(),
        "by": row.by,
        "os_user": row.os_user,
        "what": row.what,
        "from": row.from_state,
        "to": row.to_state,
        "why": row.why,
    }


def _noticed(row: NoticeRow) -> dict[str, object]:
    missed = f"; chưa gửi được: {row.missed}" if row.missed else ""
    return {
        "id": None,
        "at": morning_of(row.recorded_on).isoformat(),
        "by": "system",
        "os_user": None,
        "what": "notice",
        "from": None,
        "to": None,
        "why": f"{row.step} → {row.recipient_id} ({row.role}, {row.state}){missed}",
    }
