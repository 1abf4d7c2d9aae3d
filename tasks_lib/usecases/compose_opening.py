"""What the opening letter says beside the dated tasks: what opens later, continuous work, whom it helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from notifications.model import Section, Upcoming
from obligations.model import Agency, Kind, SecondRole, WorkState
from store.mail_data import agencys_own
from tasks_lib.bootstrap import House
from tasks_lib.wording import deadline_text, title

TOLD_ONCE = frozenset({SecondRole.GUIDES, SecondRole.COOPERATES})


@dataclass(frozen=True, kw_only=True)
class OpeningParts:
    """The compact parts of an opening letter."""

    upcoming: tuple[Upcoming, ...] = ()
    continuous: tuple[tuple[str, str], ...] = ()
    cooperates: tuple[tuple[str, str], ...] = ()


def opening_parts(
    connection: Connection, house: House, recipient: Agency, sections: Sequence[Section]
) -> OpeningParts:
    """Return the compact parts, or nothing where the mail is no opening letter."""
    told = {line.obligation for s in sections if s.template == "opening" for line in s.lines}
    if not told:
        return OpeningParts()
    own = agencys_own(connection, house.plan.key, [recipient.id])[recipient.id]
    rows = dict.fromkeys(row.item for row in own if row.kind == Kind.ROW)
    return OpeningParts(
        upcoming=tuple(
            Upcoming(
                title=title(house, row.kind, row.item, row.period),
                item=row.item,
                last_day=row.last_day,
                deadline_text=deadline_text(house, row.kind, row.item, row.why),
            )
            for row in own
            if row.kind != Kind.ROW
            and row.key not in told
            and row.work_state in (WorkState.WAITING, WorkState.OPEN)
        ),
        continuous=tuple((key, title(house, Kind.ROW, key, "")) for key in rows),
        cooperates=_cooperates(house, recipient),
    )


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
