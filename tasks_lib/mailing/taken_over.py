"""What a mail says of duties that were taken over, and which of a mail's notices say it already."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.model import TakenOver
from obligations.deeds import HAND_OVER
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.sql.mail_data import Telling
from tasks_lib.mailing.sql.taken_over import TakenFrom


def taken_over(house: House, rows: Sequence[TakenFrom]) -> TakenOver | None:
    """Name of whom a duty was taken over, from which day and by what."""
    if not rows:
        return None
    names = tuple(dict.fromkeys(house.agency(row.from_id).name for row in rows))
    return TakenOver(of=names, on=rows[0].on, resolution=rows[0].resolution)


def told_once(notices: Sequence[Telling]) -> list[Telling]:
    """Leave out what a mail says of a duty beside telling that it was taken over: that says how it stands."""
    over = {n.obligation_id: n.recipient_id for n in notices if n.template == HAND_OVER}
    return [
        n
        for n in notices
        if n.template == HAND_OVER
        or over.get(n.obligation_id) != n.recipient_id
        or n.meant_for_id != n.agency_id
    ]
