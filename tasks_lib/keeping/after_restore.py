"""After a restore: what has left since the copy, what would leave, and letting mail go again."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.calendar import ZONE
from obligations.errors import Refused
from store.counts import swept_on
from store.engine import reading, writing
from store.facts import fact, put_fact
from store.journal import Happening, write
from store.said import Left
from tasks_lib.duties.initialise import INSTANCE
from tasks_lib.keeping.lost_answers import Lost, lost_answers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.mail_hold import Hold, mail_hold, release_mail
from tasks_lib.kernel.wording import name_of
from tasks_lib.mailing.mail_log import lines_of, log_folder
from tasks_lib.mailing.sql.left import forget_waiting, free_notes, known_as_sent, would_leave, write_left
from tasks_lib.rounds.sweep import sweep

RESTORED = "restored"
"""The fact that keeps what the last restore found in the mail log."""
MAY_HAVE_LEFT = "có thể đã gửi trước khi khôi phục; không gửi lại"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a restored database stands: whether mail is held, what left since the copy, what would leave."""

    hold: Hold | None
    messages: int = 0
    """How many messages the mail log knew that the copy did not."""
    first: str | None = None
    last: str | None = None
    would_leave: tuple[tuple[str, str, int], ...] = ()
    """(agency, its name, notices) of whoever would get mail once it is let go."""
    lost: Lost = field(default_factory=Lost)
    """Whose answers are gone, while mail is held."""
    lost_of: tuple[str, ...] = ()
    """The names of their agencies, in the same order."""

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        hold = self.hold
        return {
            "mail_hold": hold is not None,
            "copied_at": hold.copied_at.astimezone(ZONE).isoformat() if hold else None,
            "held_since": hold.since.astimezone(ZONE).isoformat() if hold else None,
            "left_since": {"messages": self.messages, "first": self.first, "last": self.last},
            "would_leave": [
                {"recipient": key, "name": name, "notices": count} for key, name, count in self.would_leave
            ],
            "answered_since": [
                {
                    "obligation": one.obligation,
                    "agency": one.agency,
                    "name": name,
                    "at": one.at.astimezone(ZONE).isoformat() if one.at else None,
                }
                for one, name in zip(self.lost.answers, self.lost_of, strict=True)
            ],
            "compared": self.lost.compared,
        }


def apply_log(house: House) -> int:
    """Write into the database what the mail log knows to have left and it does not; return how many messages.

    The days on which mail left are swept again in their order, so that the notices are there which it told,
    and no later letter calls them missed. Run again, it adds nothing.
    """
    with reading(house.engine) as connection:
        lines = _log(house, connection)
    with reading(house.engine) as connection:
        known = known_as_sent(connection, {line.message_id for line in lines})
    unknown = [line for line in lines if line.message_id not in known]
    for plan in house.configuration.plans:
        _apply(house.of(plan), [line for line in unknown if line.plan == plan.key])
    if unknown:
        _remember(house, unknown)
    return len({line.message_id for line in unknown})


def _log(house: House, connection: Connection) -> list[Left]:
    """Return what the mail log of the home knows of this database and its copies."""
    own = fact(connection, INSTANCE)
    return lines_of([log_folder(house.settings)], own.value) if own else []


def _apply(house: House, lines: list[Left]) -> None:
    days: dict[date, list[Left]] = defaultdict(list)
    for line in lines:
        days[line.at.astimezone(ZONE).date()].append(line)
    for day in sorted(days):
        with reading(house.engine) as connection:
            before = swept_on(connection, house.plan.key)
        told = any(line.said.notices or line.said.weekly for line in days[day])
        if told and (before is None or before <= day):
            sweep(house, days[day][0].at)
        with writing(house.engine) as connection:
            for line in days[day]:
                write_left(connection, line)


def _remember(house: House, lines: list[Left]) -> None:
    with writing(house.engine) as connection:
        before = fact(connection, RESTORED)
        hold = mail_hold(connection)
        # The same restore, gone on with after it was cut short, adds to what it found first.
        count = json.loads(before.value)["messages"] if before and hold and before.at == hold.since else 0
        found = {
            "messages": count + len({line.message_id for line in lines}),
            "first": lines[0].at.astimezone(ZONE).isoformat(),
            "last": lines[-1].at.astimezone(ZONE).isoformat(),
        }
        at = hold.since if hold else lines[-1].at
        put_fact(connection, RESTORED, json.dumps(found), at)


def standing(house: House) -> Standing:
    """Return what a person has to see before mail is let go."""
    with reading(house.engine) as connection:
        hold, before = mail_hold(connection), fact(connection, RESTORED)
        rows = would_leave(connection, house.plan.key)
        lost = lost_answers(connection, house, hold, _log(house, connection)) if hold else Lost()
    is_of_this = before is not None and hold is not None and before.at == hold.since
    found = json.loads(before.value) if before is not None and is_of_this else {}
    return Standing(
        hold=hold,
        **found,
        would_leave=tuple((row.recipient, house.agency(row.recipient).name, row.notices) for row in rows),
        lost=lost,
        lost_of=tuple(name_of(house, one.agency) for one in lost.answers),
    )


def release(house: House, at: datetime, *, forget: bool = False) -> Standing:
    """Let mail leave again, and return how it stands; with `forget` what waits is cancelled, not sent."""
    with reading(house.engine) as connection:
        if mail_hold(connection) is None:
            raise Refused("thư không bị giữ: không có gì để cho gửi")
    apply_log(house)
    with writing(house.engine) as connection:
        if forget:
            forget_waiting(connection, house.plan.key, MAY_HAVE_LEFT)
        free_notes(connection, at)
        release_mail(connection)
        details = {"forgotten": forget}
        write(connection, Happening(at=at, plan=house.plan.key, what="mail-release", details=details))
    return standing(house)
