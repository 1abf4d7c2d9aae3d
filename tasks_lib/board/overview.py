"""The home page's numbers: the four totals, what changed, what waits at whom, the contents, the places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from obligations.board import Holder, Only
from obligations.model import Content, Kind, YearScores
from obligations.period import Period
from obligations.reckoning import NOTHING, PAST, Reckoning, Share, reckoned
from obligations.rights import Act, Seat, Visitor, may
from store.clauses import DATED
from tasks_lib.board.chosen import PART_THREE, WEEK
from tasks_lib.board.counted import home_counts
from tasks_lib.board.sight import area_of, day_of, is_wide, sight_of, unit_order
from tasks_lib.board.sql import board_counts as counts
from tasks_lib.board.sql.board import Day
from tasks_lib.board.sql.board_counts import Continuous, Counted, Stretch
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.wording import title
from tasks_lib.mailing.sql import digest


@dataclass(frozen=True, kw_only=True)
class CycleCount:
    """Continuous work of one cycle: how many rows, and how many are in."""

    period: Period
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class ContentLine:
    """One content, or what stands in none: how the work stands, and the scores it is done for."""

    key: str
    """As a list's filter takes it."""
    content: Content | None
    reckoned: Reckoning
    """Of its dated work."""
    cycle: CycleCount | None
    scores: tuple[tuple[int, float], ...]
    """(year, score), oldest first."""


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """A district or a body of the province with anything late, by the plan or against a proposed day."""

    agency: str
    units: int
    """How many agencies there, itself among them, are late by the plan."""
    late: int
    asked: int
    """What is past a day that is only proposed."""


@dataclass(frozen=True, kw_only=True)
class DueLine:
    """What falls due before this week ends."""

    kind: Kind
    item: str | None
    period: Period
    title: str
    last_day: date
    done: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the home page shows."""

    since: date
    before: date
    sunday: date
    reckoned: Reckoning
    """Of dated work."""
    cycle: CycleCount | None
    """Continuous work of the cycle at hand, its leads' rows."""
    news: dict[Only, int]
    fresh_before: int
    """What became late in the week before."""
    holders: Counter[Holder]
    sheets_missed: int
    """Past their day, of all months."""
    sheets: CycleCount | None
    """The sheets of the newest month that has opened: how many have been looked over."""
    special: dict[Only, int]
    """Not supplied, waiting for guidance, waiting for those below."""
    contents: tuple[ContentLine, ...]
    areas: tuple[AreaLine, ...]
    due: tuple[DueLine, ...]
    failed_mail: int | None
    """None for those who do not look after the mail."""
    proposed: int | None
    wide: bool = field(default=True)


def overview(house: House, visitor: Visitor, as_of: datetime) -> Overview:
    """Return what the home page shows to a visitor."""
    on = local_day(as_of)
    day, sight = day_of(house, on), sight_of(house, visitor)
    stretch = Stretch(before=on - 2 * WEEK, since=on - WEEK, sunday=on + timedelta(days=6 - on.weekday()))
    found = home_counts(house, day, sight, stretch)
    failed, proposed = _of_the_focal(house, visitor.seat, day)
    cube, rows = found.cube, found.rows
    dated = [row for row in cube if row.kind in DATED]
    lately = [row for row in dated if row.share in (Share.OVERDUE, Share.LATE)]
    news = {**found.news, Only.NEWLY_LATE: sum(row.fresh for row in lately)}
    return Overview(
        since=stretch.since,
        before=stretch.before,
        sunday=stretch.sunday,
        reckoned=_reckoned(dated),
        cycle=_cycle(house, rows),
        news=news,
        fresh_before=sum(row.fresh_both for row in lately) - news[Only.NEWLY_LATE],
        holders=_holders(dated),
        sheets_missed=_sheets_missed(cube),
        sheets=_newest_sheets(cube),
        special={
            Only.WAITS_BELOW: found.below,
            Only.WAITS_GUIDANCE: sum(row.unguided for row in dated),
            Only.NOT_SUPPLIED: sum(row.unsupplied for row in rows),
        },
        contents=_contents(house, dated, rows, on),
        areas=_areas(house, found.late),
        due=_due(house, dated),
        failed_mail=failed,
        proposed=proposed,
        wide=is_wide(house, sight),
    )


def _of_the_focal(house: House, seat: Seat, day: Day) -> tuple[int | None, int | None]:
    """Count the mails that failed and the units proposed, each for those who look after it; else None."""
    ops, proposes = may(seat, Act.OPS), may(seat, Act.PROPOSE)
    if not (ops or proposes):
        return None, None
    with reading_on(house, day.on) as connection:
        # What became of mails is in no journal: it is never kept.
        return (
            counts.failed_mail(connection, day.plan) if ops else None,
            digest.proposed_units(connection, day.plan) if proposes else None,
        )


def _reckoned(rows: Sequence[Counted]) -> Reckoning:
    found: Counter[Share] = Counter()
    for row in rows:
        found[Share(row.share)] += row.total
    return reckoned(found)


def _holders(dated: Sequence[Counted]) -> Counter[Holder]:
    found: Counter[Holder] = Counter()
    for row in dated:
        if row.holder is not None:
            found[Holder(row.holder)] += row.total
    return found


def _sheets_missed(cube: Sequence[Counted]) -> int:
    return sum(r.total for r in cube if r.is_sheet and r.share in PAST)


def _newest_sheets(cube: Sequence[Counted]) -> CycleCount | None:
    months = {row.period for row in cube if row.is_sheet}
    if not months:
        return None
    mine = [row for row in cube if row.is_sheet and row.period == max(months)]
    return CycleCount(
        period=max(months), done=sum(row.done for row in mine), total=sum(row.total for row in mine)
    )


def _cycle(house: House, rows: Sequence[Continuous]) -> CycleCount | None:
    """Count the leads' rows of the cycle at hand: the last that has opened anywhere."""
    leads = [row for row in rows if row.part.leads]
    period = current_cycle(house, {row.period for row in leads})
    mine = [row for row in leads if row.period == period]
    if period is None:
        return None
    return CycleCount(period=period, done=sum(r.done for r in mine), total=sum(r.total for r in mine))


def current_cycle(house: House, periods: set[Period]) -> Period | None:
    """Return the last of some cycles' periods ("2022-Q3-report"); None where there is none."""

    def when(period: Period) -> tuple[int, int]:
        cycle = house.plan.cycle(period.cycle)
        return period.year or 0, cycle.month if cycle else 0

    return max(periods, key=when, default=None)


def in_order(house: House) -> tuple[Content, ...]:
    """Return the contents as boards show them, the weak ones first (domain part 7)."""
    return tuple(sorted(house.plan.contents, key=lambda content: (not content.weak, content.number)))


def _contents(
    house: House, dated: Sequence[Counted], rows: Sequence[Continuous], on: date
) -> tuple[ContentLine, ...]:
    known = tuple(scores for scores in house.plan.scores if scores.year < on.year)
    lines: list[Content | None] = [*in_order(house), None]
    found = [_content(house, content, dated, rows, known) for content in lines]
    return tuple(line for line in found if line.cycle is not None or line.reckoned != NOTHING)


def _content(
    house: House,
    content: Content | None,
    dated: Sequence[Counted],
    rows: Sequence[Continuous],
    known: tuple[YearScores, ...],
) -> ContentLine:
    number = content.number if content else None
    items = {item.key for item in house.plan.items if number is not None and item.content == number}
    mine = [row for row in dated if (row.item in items if content else _in_none(house, row.item))]
    scores = tuple((s.year, score) for s in known if number and (score := s.score(number)) is not None)
    return ContentLine(
        key=str(number) if number else PART_THREE,
        content=content,
        reckoned=_reckoned(mine),
        cycle=_cycle(house, [row for row in rows if row.item in items]),
        scores=scores,
    )


def _in_none(house: House, item: str | None) -> bool:
    found = house.plan.item(item) if item else None
    return found is None or found.content is None


def _areas(house: House, late: Mapping[str, Reckoning]) -> tuple[AreaLine, ...]:
    """Gather what is late by district and by body of the province, where most is overdue first.

    A body that is never ranked stands behind them all.
    """
    units: Counter[str] = Counter()
    duties: dict[str, Reckoning] = defaultdict(Reckoning)
    for agency, found in late.items():
        area = area_of(house, house.agency(agency))
        units[area] += found.overdue > 0
        duties[area] += found

    def order(area: str) -> tuple[bool, int, int, object]:
        found = duties[area]
        return not house.agency(area).ranked, -found.overdue, -found.asked_open, unit_order(house, area)

    return tuple(
        AreaLine(agency=area, units=units[area], late=duties[area].overdue, asked=duties[area].asked_open)
        for area in sorted(duties, key=order)
    )


def _due(house: House, dated: Sequence[Counted]) -> tuple[DueLine, ...]:
    done: Counter[tuple[date, Kind, Period, str | None]] = Counter()
    total: Counter[tuple[date, Kind, Period, str | None]] = Counter()
    for row in dated:
        if row.due is not None:
            key = (row.due, row.kind, row.period, row.item)
            done[key] += row.done
            total[key] += row.total
    return tuple(
        DueLine(
            kind=kind,
            item=item,
            period=period,
            title=title(house, kind, item, period),
            last_day=due,
            done=done[due, kind, period, item],
            total=number,
        )
        for (due, kind, period, item), number in sorted(total.items(), key=lambda pair: str(pair[0]))
    )


def is_district(house: House, key: str) -> bool:
    """Whether a unit stands for a whole district."""
    return house.agency(key).heads
