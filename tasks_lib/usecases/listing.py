"""What scripts and people list: obligations with their time state, notices, messages, a history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from obligations.model import Kind, TimeState, WorkState
from obligations.states import Standing, time_state
from store import listing
from store.dossier import history_rows, notice_rows
from store.engine import reading
from store.holds import kept_back
from store.ledger import AnyRow, find
from store.listing import Wanted
from store.outbox import HELD, RETRY, WAITING
from store.replies import last_replies
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day, morning_of
from tasks_lib.usecases.initialise import require_initialised
from tasks_lib.usecases.sign_off import Below, waits_for_below
from tasks_lib.usecases.timeline import Moment, told

HELD_BY_UNIT = (WorkState.WAITING, WorkState.OPEN, WorkState.MORE_ASKED)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which obligations are listed; None wants all."""

    item: str | None = None
    agency: str | None = None
    state: str | None = None
    """A work state or a time state."""
    kind: str | None = None
    overdue: bool = False


def obligations(house: House, as_of: datetime, chosen: Filter) -> list[dict[str, Any]]:
    """List obligations as they stand on a day; work states are today's."""
    require_initialised(house)
    on = local_day(as_of)
    soon = house.calendar.add(on, house.plan.settings.due_soon_working_days)
    wanted = Wanted(plan=house.plan.key, item=chosen.item, agency=chosen.agency, kind=chosen.kind)
    with reading(house.engine) as connection:
        rows = listing.list_obligations(connection, wanted, on)
        below = waits_for_below(connection, house)
        held = listing.held_about(connection, house.plan.key)
    found = [_obligation(row, time_state(standing(row, on), on, soon), below, held) for row in rows]
    return [
        entry
        for entry in found
        if (not chosen.overdue or entry["time_state"] == TimeState.OVERDUE)
        and chosen.state in (None, entry["work_state"], entry["time_state"])
    ]


def standing(row: AnyRow, on: date) -> Standing:
    """Return what a time state is derived from; looking back, what was done later was not done yet."""
    return Standing(
        kind=Kind(row.kind),
        work_state=WorkState(row.work_state),
        last_day=row.last_day,
        done_on=row.done_on if row.done_on and row.done_on <= on else None,
        paused=bool(row.paused),
        waits_until=row.waits_until if row.awaited else None,
    )


def _obligation(row: AnyRow, stands: TimeState, below: Below, held: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": row.key,
        "item": row.item,
        "kind": row.kind,
        "agency": row.agency_id,
        "period": row.period,
        "opened_on": row.opened_on.isoformat(),
        "last_day": row.last_day.isoformat(),
        "work_state": row.work_state,
        "time_state": str(stands),
        "holder": holder(row),
        "superior": row.superior_id,
        "waits_for_below": below.waits(row),
        "updated_late": bool(row.updated_late and row.done_on),
        "held": held.get(row.id),
    }


def holder(row: AnyRow) -> str | None:
    """Return who has the ball: the unit until it reports, then its reviewer, then nobody."""
    if row.work_state in HELD_BY_UNIT:
        return str(row.agency_id)
    return str(row.reviewer_id) if row.work_state == WorkState.SUBMITTED else None


def notices(house: House, wanted: Wanted) -> list[dict[str, Any]]:
    """List recorded notices."""
    require_initialised(house)
    with reading(house.engine) as connection:
        rows = listing.list_notices(connection, wanted)
    return [
        {
            "obligation": row.key,
            "item": row.item,
            "agency": row.agency_id,
            "leg": row.leg,
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


def messages(house: House, state: str | None) -> list[dict[str, Any]]:
    """List messages of the outbox."""
    require_initialised(house)
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


def _held(row: AnyRow, kept: Mapping[tuple[str, date], str]) -> str | None:
    """Return why a mail stays back: a fault of its own, or the word of a coordinator for its day."""
    if row.state == HELD:
        return str(row.error or "")
    return kept.get((row.recipient_id, row.mail_on)) if row.state in (WAITING, RETRY) else None


def history(house: House, key: str) -> list[dict[str, Any]]:
    """List all that happened to one obligation, its notices among it, oldest first."""
    require_initialised(house)
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        done = [_happened(entry) for entry in listing.history_of(connection, row.id)]
        wanted = Wanted(plan=house.plan.key, item=row.item, agency=row.agency_id)
        sent = [n for n in listing.list_notices(connection, wanted) if n.key == key]
    return sorted([*done, *(_noticed(n) for n in sent)], key=lambda entry: str(entry["at"]))


def told_of(house: House, key: str) -> list[Moment]:
    """Tell all that happened to one obligation in the words of an office, oldest first."""
    require_initialised(house)
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        deeds, notices = history_rows(connection, row.id), notice_rows(connection, row.id)
    return told(house, deeds, notices, row.agency_id)


def _happened(row: AnyRow) -> dict[str, Any]:
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


def _noticed(row: AnyRow) -> dict[str, Any]:
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
