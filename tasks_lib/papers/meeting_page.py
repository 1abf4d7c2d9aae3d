"""Báo cáo nhanh giao ban: one page that a meeting reads in black and white, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from textwrap import shorten

from notifications.papers.fill import GLUE
from obligations.reckoning import Reckoning, Share, added
from obligations.words import alphabetical, count, day
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.duties_told import counted, figures_of, owed, told_sum, within
from tasks_lib.papers.items import by_place
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.urging_annexes import by_subject, shortly
from tasks_lib.papers.words import glued, report_values, sign

BODIES = "Sở, ban, ngành"
OTHERS = "Các đơn vị còn lại"
MOST_ROWS = 22
"""More places than these no page holds: those with most that is late stand alone, the rest together."""
FEWEST_LINES, MOST_LINES, MUCH_FREE = 3, 4, 12
"""Of a list on a page that is full, and on one on which so many places more could stand."""
MOST_LETTERS = 110
"""Of one line of a list, so that it takes two on the page; twice as many where there is room."""
SIGNED_LINES, MOST_ROOM = 6, 5
"""From the post to the name on a page that is full, and what is left for signing at the most."""
WEEK = timedelta(days=7)
BAR = 33
SIGNS = ("\N{FULL BLOCK}", "\N{DARK SHADE}", "\N{LIGHT SHADE}")
"""In time, late, missing: told apart in black and white, and the numbers stand beside."""
Places = Mapping[str, list[StandingLine]]


def write_meeting_page(desk: Desk) -> Written:
    """Write the page: the whole in a line, places in a table with bars, what is late longest, what comes."""
    lines = owed(desk, within(desk))
    places = _places(desk, lines)
    whole = counted(lines)
    free = max(MOST_ROWS - len(places), 0)
    many, room = (MOST_LINES, 2 * MOST_LETTERS) if free >= MUCH_FREE else (FEWEST_LINES, MOST_LETTERS)
    abstract = f"Phục vụ giao ban: thực hiện Kế hoạch số {desk.house.plan.number} đến ngày {day(desk.on)}"
    return Written(
        title=f"Báo cáo nhanh đến ngày {day(desk.on)}",
        values={
            **report_values(desk, abstract, full_name(desk.issuer)),
            "sum": f"Nhiệm vụ có thời hạn: {told_sum(whole)}.",
            "room": _room(desk, free),
            "rows": [*_rows(desk, places), _row("Cộng", whole)],
            "legend": f"{SIGNS[0]} đúng hạn; {SIGNS[1]} sau thời hạn; {SIGNS[2]} chưa hoàn thành",
            "late": _late(desk, lines, room)[:many] or ["Không có."],
            "coming": _coming(desk, lines, room)[:many] or ["Không có."],
        },
        figures={
            **figures_of(whole),
            **{
                name: number
                for key, found in places.items()
                for name, number in figures_of(counted(found), key or BODIES).items()
            },
        },
    )


def _room(desk: Desk, free: int) -> list[str]:
    """Return the lines left for signing: as many as the posts leave, more where places leave any."""
    posts = sign(desk)["posts"]
    assert isinstance(posts, tuple)
    return [GLUE] * min(MOST_ROOM, SIGNED_LINES - 1 - len(posts) + free)


def _places(desk: Desk, lines: Iterable[StandingLine]) -> Places:
    """Group duties by the places a reader asks about: districts and bodies; of a district its units."""
    house, whole = desk.house, desk.order.by == desk.house.plan.focal
    found: dict[str, list[StandingLine]] = defaultdict(list)
    for line in lines:
        agency = house.agency(line.agency_id)
        alone = agency.id if not (whole and agency.level.top) else ""
        found[(agency.area or alone) if whole else agency.id].append(line)
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], alphabetical(_name(desk, pair[0])))))


def _name(desk: Desk, key: str) -> str:
    if not key:
        return BODIES
    agency = desk.house.agency(key)
    return agency.name if key == desk.order.by else (agency.short_name or agency.name)


def _rows(desk: Desk, places: Places) -> list[dict[str, str]]:
    sums = {key: counted(found) for key, found in places.items()}
    worst = sorted(sums, key=lambda key: -sums[key].overdue)
    shown = set(worst if len(worst) <= MOST_ROWS else worst[: MOST_ROWS - 1])
    rows = [_row(_name(desk, key), found) for key, found in sums.items() if key in shown]
    rest = [found for key, found in sums.items() if key not in shown]
    return [*rows, *([_row(f"{OTHERS} ({count(len(rest))})", added(rest))] if rest else [])]


def _row(name: str, found: Reckoning) -> dict[str, str]:
    return {
        "place": glued(name),
        "due": count(found.due),
        "in_time": count(found.in_time),
        "late": count(found.late),
        "overdue": count(found.overdue),
        "excused": count(found.excused),
        "running": count(found.running),
        "bar": bar(found.in_time, found.late, found.missing),
    }


def bar(*parts: int, width: int = BAR) -> str:
    """Draw numbers as a bar of signs: what is not nothing has one at least, and all bars are as long."""
    whole = sum(parts)
    if not whole:
        return ""
    lengths = [max(1, round(part * width / whole)) if part else 0 for part in parts]
    lengths[lengths.index(max(lengths))] += width - sum(lengths)
    return "".join(sign * length for sign, length in zip(SIGNS, lengths, strict=True))


def _late(desk: Desk, lines: Sequence[StandingLine], room: int) -> list[str]:
    """Name what is overdue longest, and by how many."""
    late = [line for line in lines if line.share is Share.OVERDUE]
    return [_about(desk, found, room) for found in list(by_subject(late).values())]


def _coming(desk: Desk, lines: Sequence[StandingLine], room: int) -> list[str]:
    """Name what falls due within seven days and is not done."""
    soon = [line for line in lines if line.share is Share.RUNNING and line.last_day <= desk.on + WEEK]
    return [_about(desk, found, room) for found in list(by_subject(soon).values())]


def _about(desk: Desk, found: Sequence[StandingLine], room: int) -> str:
    told = f" ({day(found[0].last_day)}): {count(len(found))} lượt"
    what = f"- {shorten(shortly(desk.house, found[0]), room - len(told), placeholder='…')}{told}"
    who = by_place(desk.house, dict.fromkeys(line.agency_id for line in found))
    return f"{what}: {who}." if len(what) + len(who) <= room else f"{what}."
