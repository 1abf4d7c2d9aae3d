"""What the opening letter says beside the dated tasks: what opens later, continuous work, whom it helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from notifications.model import Line, Section, Upcoming
from obligations.days_of_ours import is_proposed
from obligations.model import Agency, Kind, SecondRole, WorkState
from tasks_lib.duties.closing import closes_on
from tasks_lib.duties.our_days import Papers, day_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import deadline_text, quarter_of, title
from tasks_lib.mailing.sql.mail_data import OwnLine, agencys_own

TOLD_ONCE = frozenset({SecondRole.GUIDES, SecondRole.COOPERATES})


@dataclass(frozen=True, kw_only=True)
class OpeningParts:
    """The compact parts of an opening letter."""

    upcoming: tuple[Upcoming, ...] = ()
    continuous: tuple[tuple[str, str], ...] = ()
    implements: tuple[tuple[str, str], ...] = ()
    cooperates: tuple[tuple[str, str], ...] = ()
    sheet_day: int = 0


def opening_parts(
    connection: Connection,
    house: House,
    recipient: Agency,
    sections: Sequence[Section],
    on: date,
    papers: Papers,
) -> OpeningParts:
    """Return the compact parts, or nothing where the mail is no opening letter about the whole plan."""
    lines = [line for s in sections if s.template == "opening" for line in s.lines]
    if not _tells_all(lines):
        return OpeningParts()
    told = {line.obligation for line in lines}
    own = agencys_own(connection, house.plan.key, [recipient.id])[recipient.id]
    rows = [row for row in own if row.is_row]
    return OpeningParts(
        upcoming=tuple(
            _upcoming(house, recipient, row, papers, on)
            for row in own
            if row.kind not in (Kind.ROW, Kind.SHEET)
            and row.key not in told
            and row.last_day >= on
            and row.work_state in (WorkState.WAITING, WorkState.OPEN)
        ),
        continuous=_items(house, (row.item for row in rows if row.item and row.part.leads)),
        implements=_items(house, (row.item for row in rows if row.item and not row.part.leads)),
        cooperates=_cooperates(house, recipient),
        sheet_day=house.plan.settings.sheet_last_day if any(r.is_sheet for r in own) else 0,
    )


def _tells_all(lines: Sequence[Line]) -> bool:
    """Whether an opening letter is the one about everything, and not about an urgent task or an event."""
    return any(line.kind in (Kind.PLAN, Kind.REPORT) and not line.forwarded_for for line in lines)


def _upcoming(house: House, recipient: Agency, row: OwnLine, papers: Papers, on: date) -> Upcoming:
    day = day_of(house, row, row.obligation_id, papers, on)
    item = house.plan.item(row.item) if row.item else None
    return Upcoming(
        title=title(house, row.kind, row.item, row.period),
        item=row.item,
        short=item.short if item else "",
        quarter=quarter_of(house, row.item, row.period),
        last_day=row.last_day,
        deadline_text=deadline_text(house, row.kind, row.item, row.why),
        closes_on=closes_on(house, recipient, row.period) if row.is_cycle_report else None,
        ours=is_proposed(day, on),
        event=row.event,
    )


def _items(house: House, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return items in the order of the plan, each once, with what mails call them."""
    found = set(keys)
    return tuple((item.key, item.short or item.title) for item in house.plan.items if item.key in found)


def _cooperates(house: House, recipient: Agency) -> tuple[tuple[str, str], ...]:
    """Return what the recipient guides or cooperates in: it is told once and sees it."""
    return tuple(
        (item.key, item.title)
        for item in house.plan.items
        for second in item.second
        if second.role in TOLD_ONCE
        and second.has_account
        and recipient.id in house.roster.members((second.body,))
    )
