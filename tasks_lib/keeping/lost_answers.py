"""After a restore: who answered after the copy, as far as anything beside the database still knows it.

Their answers are gone, and nobody but they can give them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from obligations.model import LegKind
from store.engine import sqlite_file
from store.said import Left
from tasks_lib.keeping.sql.lost import Answered, answers, answers_in_file, still_awaited
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.home import replaced
from tasks_lib.kernel.mail_hold import Hold


@dataclass(frozen=True, kw_only=True)
class LostAnswer:
    """One answer that came in after the copy and has not been given again."""

    obligation: str
    agency: str
    at: datetime | None
    """When it came in; None where only a mail to its desk tells of it."""


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What is known of answers that are gone."""

    answers: tuple[LostAnswer, ...] = ()
    compared: bool = False
    """Whether the database that was moved aside could be read: then these are all."""


def lost_answers(connection: Connection, house: House, hold: Hold, lines: Iterable[Left]) -> Lost:
    """Compare with the database that was moved aside, and with mails that asked a desk to look."""
    before = _moved_aside(house, hold)
    given: dict[str, int] = {}
    for one in answers(connection, house.plan.key):
        given[one.key] = max(one.version, given.get(one.key, 0))
    gone = {one.key: one for one in before or () if one.version > given.get(one.key, 0)}
    found = [LostAnswer(obligation=a.key, agency=a.agency_id, at=a.entered_at) for a in gone.values()]
    told = _told_of(house, hold, lines) - gone.keys()
    awaited = still_awaited(connection, house.plan.key, told)
    found += [LostAnswer(obligation=key, agency=awaited[key], at=None) for key in sorted(awaited)]
    return Lost(answers=tuple(found), compared=before is not None)


def _moved_aside(house: House, hold: Hold) -> list[Answered] | None:
    path = sqlite_file(house.engine)
    if path is None:
        return None
    return answers_in_file(path.parent / replaced(hold.since) / path.name, house.plan.key)


def _told_of(house: House, hold: Hold, lines: Iterable[Left]) -> set[str]:
    """Return the obligations whose report a desk was asked to look at since the copy."""
    return {
        key
        for line in lines
        if line.plan == house.plan.key and line.at >= hold.copied_at
        for key, leg, _ in line.said.notices
        if leg.startswith(LegKind.REVIEW)
    }
