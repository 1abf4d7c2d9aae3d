"""The annexes of a letter that urges: who has reported and when, who is asked again, how often so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from notifications.wording import sentence
from obligations.days_of_ours import binding_day
from obligations.reckoning import Share
from obligations.reminders import NONE, Reminders
from obligations.words import alphabetical, count, day, day_month
from store.reminders import reminders
from tasks_lib.duties.our_days import day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of, place_name, quarter_of, title
from tasks_lib.papers.order import Desk
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import LONGEST_HELD, glued

REPORTED = (Share.IN_TIME, Share.LATE, Share.AHEAD)
FITTING = 24
"""Letters of a name that a line of Phụ lục II holds."""
DIRECT = "Sở, ban, ngành và đơn vị gửi thẳng"
Subject = tuple[str, str, str]


def subject_of(line: StandingLine) -> Subject:
    """Return what is owed: the same of several units is one line of the letter."""
    return line.kind, line.item or "", str(line.period)


def named(house: House, line: StandingLine) -> str:
    """Name what is owed as a letter does."""
    name = title(house, line.kind, line.item, line.period, line.event).rstrip(".")
    again = quarter_of(house, line.item, line.period)
    return f'Nhiệm vụ {line.item} "{name}"{f" ({again})" if again else ""}' if line.item else name


def shortly(house: House, line: StandingLine) -> str:
    """Name what is owed in a cell of a table."""
    item = house.plan.item(line.item) if line.item else None
    if item is None:
        return title(house, line.kind, line.item, line.period, line.event)
    again = quarter_of(house, line.item, line.period)
    event = f" ({line.event})" if line.event else ""
    return f"{line.item}. {item.short or item.title}{f' - {again}' if again else ''}{event}"


def by_subject(lines: Iterable[StandingLine]) -> dict[Subject, list[StandingLine]]:
    """Group what is owed, what fell due first standing first."""
    found: dict[Subject, list[StandingLine]] = defaultdict(list)
    for line in lines:
        found[subject_of(line)].append(line)
    return dict(sorted(found.items(), key=lambda pair: (pair[1][0].last_day, pair[0])))


def reported_rows(house: House, lines: Iterable[StandingLine]) -> list[dict[str, str]]:
    """Return the rows of the first annex: by subject and place, who has reported on which day."""
    rows: list[dict[str, str]] = []
    for found in by_subject(lines).values():
        done: dict[str, list[StandingLine]] = defaultdict(list)
        owing: dict[str, int] = defaultdict(int)
        for line in found:
            area = house.agency(line.agency_id).area or ""
            owing[area] += 1
            if line.share in REPORTED:
                done[area].append(line)
        rows.append({"group": sentence(named(house, found[0]))[:-1]})
        if not done:
            rows.append({"group": "", "n": "", "area": "Chưa có đơn vị nào", "count": "", "units": ""})
        areas = sorted(done, key=lambda key: (key == "", key and alphabetical(house.agency(key).name)))
        for number, area in enumerate(areas, start=1):
            rows.append(
                {
                    "group": "",
                    "n": str(number),
                    "area": place_name(house.agency(area)) if area else DIRECT,
                    "count": f"{count(len(done[area]))}/{count(owing[area])}",
                    "units": "; ".join(_reported_unit(house, line) for line in done[area]),
                }
            )
    return rows


def _reported_unit(house: House, line: StandingLine) -> str:
    agency = house.agency(line.agency_id)
    on = (
        f" ({day_month(line.done_on)}{', sau hạn' if line.share is Share.LATE else ''})"
        if line.done_on
        else ""
    )
    # A name breaks between its words, or else inside one, where it and its day are longer than the column.
    return f"{glued(agency.short_name or agency.name, LONGEST_HELD - len(on))}{glued(on)}"


def asked_rows(desk: Desk, asked: Sequence[StandingLine], each: Mapping[int, int]) -> list[dict[str, str]]:
    """Return the rows of the second annex: by place, who is asked for what, how late, for how many times."""
    house, ids = desk.house, {line.obligation_id for line in asked}
    told = reminders(desk.connection, ids, desk.on + timedelta(days=1))
    papers = read_papers(desk.connection, house, ids)
    order = {key: place for place, key in enumerate(house.configuration.agencies)}
    by_area: dict[str, list[StandingLine]] = defaultdict(list)
    for line in sorted(asked, key=lambda line: (order.get(line.agency_id, len(order)), line.last_day)):
        by_area[house.agency(line.agency_id).area or ""].append(line)
    rows: list[dict[str, str]] = []
    number = 0
    for area, lines in by_area.items():
        units = len({line.agency_id for line in lines})
        name = name_of(house, area) if area else DIRECT
        rows.append({"group": f"{name}: {count(units)} đơn vị, {count(len(lines))} nội dung"})
        for line in lines:
            number += 1
            last = binding_day(day_of(house, line, line.obligation_id, papers, desk.on), desk.on)
            rows.append(
                {
                    "group": "",
                    "n": str(number),
                    "unit": glued(name_of(house, line.agency_id), FITTING),
                    "what": shortly(house, line),
                    "day": day(last),
                    "late": count(-house.calendar.between(desk.on, last)),
                    "told": told_days(told.get(line.obligation_id, NONE)),
                    "turn": str(each[line.obligation_id]),
                }
            )
    return rows


def told_days(found: Reminders) -> str:
    """Name the days of the mails that arrived; what did not arrive is held against nobody."""
    return ", ".join(day_month(on) for on in found.arrived) or "chưa nhận được"
