"""The record of reminders (bảng tổng hợp các lần nhắc việc, đôn đốc) of one unit, or of one duty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from obligations.deeds import CALL, DIRECTIVE
from store.engine import reading
from tasks_lib.desk.queue import named
from tasks_lib.desk.sql import dossier as stored
from tasks_lib.desk.timeline import Moment, told
from tasks_lib.kernel.bootstrap import House

BY_PEOPLE = (CALL, DIRECTIVE)
"""What people do to remind somebody, beside the machine's mails."""


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """One line of the record."""

    key: str
    name: str
    """The duty's number and title."""
    moment: Moment


def reminders_of(house: House, agency: str, key: str | None = None) -> tuple[Reminded, ...]:
    """Return when a unit was reminded of what, oldest first; of one duty only, if its key is given."""
    plan = house.plan.key
    with reading(house.engine) as connection:
        notices = stored.notices_about(connection, plan, agency)
        deeds = stored.said_about(connection, plan, agency, BY_PEOPLE)
    about: dict[str, tuple[list[stored.SaidRow], list[stored.ToldRow]]] = defaultdict(lambda: ([], []))
    for deed in deeds:
        about[deed.key][0].append(deed)
    for notice in notices:
        about[notice.key][1].append(notice)
    found = [
        Reminded(key=one, name=named(house, (done or said)[0]), moment=moment)
        for one, (done, said) in about.items()
        if key in (None, one)
        for moment in told(house, done, said, agency)
        if moment.is_reminder or moment.sort in BY_PEOPLE
    ]
    return tuple(sorted(found, key=lambda line: line.moment.at))
