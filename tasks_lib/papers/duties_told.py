"""What papers share about duties: whose an office may write of, how they are counted, and told in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import timedelta

from notifications.wording import upper_first
from obligations.days_of_ours import binding_day
from obligations.errors import Invalid
from obligations.levels import Level
from obligations.model import Agency
from obligations.places import in_full
from obligations.reckoning import PAST, Reckoning, Share, reckoned
from obligations.reminders import NONE
from obligations.words import count, day
from store.reminders import reminders
from tasks_lib.duties.our_days import day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of
from tasks_lib.papers.items import OPEN, TOLD
from tasks_lib.papers.order import Desk
from tasks_lib.papers.sql.standing import StandingLine, standing_lines
from tasks_lib.papers.urging_annexes import shortly, told_days
from tasks_lib.papers.words import glued

STATE_WORDS = dict((*TOLD, *OPEN))
Row = dict[str, str]


def is_below(house: House, by: str, agency: Agency) -> bool:
    """Whether an office writes to an agency: the collator to all but itself, a district its communes."""
    if agency.invited or agency.id in (by, house.plan.top):
        return False
    return by in (house.plan.focal, agency.next_desk)


def unit_meant(desk: Desk) -> Agency:
    """Return the unit below that a paper is about, or say that one has to be named."""
    key = desk.order.for_
    if key is None:
        raise Invalid("--for: ghi đơn vị mà văn bản nói đến")
    agency = desk.house.agency(key)
    if not is_below(desk.house, desk.order.by, agency):
        raise Invalid(f"--for: {desk.kind.name} của {desk.issuer.name} không nói đến {agency.name}")
    return agency


def within(desk: Desk) -> list[str]:
    """Return whose duties the papers of an office count: its own and of those that report to it."""
    house, by = desk.house, desk.order.by
    everybody = [a for a in house.agencies if not a.invited]
    if by == house.plan.focal:
        return [a.id for a in everybody]
    return [a.id for a in everybody if by in (a.id, a.next_desk)]


def owed(desk: Desk, agencies: Collection[str], items: Sequence[str] = ()) -> list[StandingLine]:
    """Return what some agencies owe on the day of the paper, each with its column."""
    found = standing_lines(desk.connection, desk.house.plan.key, desk.on, agencies, items)
    return [line for line in found if line.share is not Share.NOT_OWED]


def counted(lines: Iterable[StandingLine]) -> Reckoning:
    """Return how some duties stand, by the one reckoning."""
    return reckoned(Counter(line.share for line in lines))


def figures_of(found: Reckoning, of: str = "") -> dict[str, int]:
    """Return the figures a paper states of some duties, for what is compared later."""
    columns = {field.name: getattr(found, field.name) for field in fields(Reckoning)}
    named = f"{of}: " if of else ""
    return {f"{named}{name}": number for name, number in {"due": found.due, **columns}.items()}


def told_sum(found: Reckoning) -> str:
    """Say how much has fallen due and what became of it: the numbers add up."""
    rest = f", trong đó {count(found.excused)} tạm dừng theo địa bàn" if found.excused else ""
    return (
        f"đến hạn {count(found.due)}; hoàn thành đúng hạn {count(found.in_time)},"
        f" sau thời hạn {count(found.late)}, chưa hoàn thành {count(found.missing)}{rest}"
    )


def duty_rows(desk: Desk, lines: Sequence[StandingLine]) -> list[Row]:
    """Return duties as rows: of whom, what, until when, how it stands, how late, what reached the unit."""
    house, ids = desk.house, {line.obligation_id for line in lines}
    told = reminders(desk.connection, ids, desk.on + timedelta(days=1))
    papers = read_papers(desk.connection, house, ids)
    rows = []
    for number, line in enumerate(lines, start=1):
        last = binding_day(day_of(house, line, line.obligation_id, papers, desk.on), desk.on)
        past = line.share in PAST
        done = f", ngày {day(line.done_on)}" if line.done_on else ""
        rows.append(
            {
                "n": str(number),
                "unit": glued(name_of(house, line.agency_id)),
                "what": shortly(house, line),
                "day": day(last),
                "state": upper_first(STATE_WORDS[line.share]) + done,
                "late": count(-house.calendar.between(desk.on, last)) if past else "",
                "told": told_days(told.get(line.obligation_id, NONE)) if past else "",
                "reason": (line.delay_reason or ("chưa nêu" if past else "")),
            }
        )
    return rows


def together(level: Level) -> str:
    """Name all agencies of a level in a letter."""
    return upper_first(in_full(f"{level.body} các {level.plural}".strip()))
