"""Completion by week against what was due: the curve, its plot, and small curves of many items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from obligations.reckoning import DUE, MISSING, Share
from obligations.words import count, day_month
from tasks_lib.pictures.shapes import Dot, Drawing, Field, Line, Point, Shape, Tone, Words
from tasks_lib.pictures.sql.counted import Days

MOST_WEEKS = 27
"""Half a year and the week it begins in."""
WIDTH, HEIGHT = 460.0, 190.0
LEFT, RIGHT, TOP, FOOT = 40.0, 124.0, 12.0, 24.0
IN_TIME = (Share.IN_TIME, Share.AHEAD)
STEPS = (1, 2, 5)
FEW = 7
"""So many words under an axis can be read."""


@dataclass(frozen=True, kw_only=True)
class Week:
    """How it stood at the end of a week, by the days known now: due = done + missing."""

    until: date
    due: int
    done: int
    ahead: int
    """Done before its day: not due yet, and in neither of the two."""

    @property
    def missing(self) -> int:
        """Fallen due and not done."""
        return self.due - self.done


def curve(rows: Sequence[Days], on: date) -> tuple[Week, ...]:
    """Return the weeks up to a day; the last ends on it, and says what the reckoning says."""
    due = [row for row in rows if row.share in DUE]
    if not due:
        return ()
    first = min(row.last_day for row in due)
    sunday = first + timedelta(days=6 - first.weekday())
    ends = []
    while sunday < on:
        ends.append(sunday)
        sunday += timedelta(days=7)
    early = [row for row in rows if row.share in IN_TIME]
    past = [_past(due, early, end) for end in ends[1 - MOST_WEEKS :]]
    return (*past, _now(rows, due, on))


def _past(due: Sequence[Days], early: Sequence[Days], end: date) -> Week:
    by_then = [row for row in due if row.last_day <= end]
    return Week(
        until=end,
        due=_total(by_then),
        done=_total(row for row in by_then if row.share not in MISSING and _done_by(row, end)),
        ahead=_total(row for row in early if row.last_day > end and _done_by(row, end)),
    )


def _now(rows: Sequence[Days], due: Sequence[Days], on: date) -> Week:
    return Week(
        until=on,
        due=_total(due),
        done=_total(row for row in due if row.share not in MISSING),
        ahead=_total(row for row in rows if row.share is Share.AHEAD),
    )


def _done_by(row: Days, end: date) -> bool:
    return row.done_on is not None and row.done_on <= end


def _total(rows: Iterable[Days]) -> int:
    return sum(row.total for row in rows)


def plot(weeks: Sequence[Week]) -> Drawing:
    """Draw both lines, what is missing between them hatched, and their last numbers at their ends."""
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - FOOT
    most = max((week.due for week in weeks), default=0) or 1

    def at(number: int, value: int) -> Point:
        wide = across / max(len(weeks) - 1, 1)
        return LEFT + number * wide, TOP + down * (1 - value / most)

    due = tuple(at(n, week.due) for n, week in enumerate(weeks))
    done = tuple(at(n, week.done) for n, week in enumerate(weeks))
    shapes: list[Shape] = _grid(most, down)
    shapes += _days_below(weeks, [x for x, _ in due])
    if any(week.missing for week in weeks):
        shapes.append(Field(points=(*due, *reversed(done)), tone=Tone.LATE))
    shapes += [Line(points=due, tone=Tone.INK, dashed=True), Line(points=done, tone=Tone.OK)]
    shapes += [
        Dot(
            x=x, y=y, tone=Tone.INK, square=True, said=f"đến hết {day_month(w.until)}: đến hạn {count(w.due)}"
        )
        for (x, y), w in zip(due, weeks, strict=True)
    ]
    shapes += [
        Dot(x=x, y=y, tone=Tone.OK, said=f"đến hết {day_month(w.until)}: đã xong {count(w.done)}")
        for (x, y), w in zip(done, weeks, strict=True)
    ]
    return Drawing(width=WIDTH, height=HEIGHT, shapes=(*shapes, *_ends(weeks, due[-1], done[-1])))


def _ends(weeks: Sequence[Week], due: Point, done: Point) -> list[Shape]:
    """Say at the ends of both lines what they are, apart even where they end together."""
    last, gap = weeks[-1], 28.0
    low = max(done[1], due[1] + gap)
    high = min(due[1], low - gap)
    x = due[0] + 8
    low, high = (HEIGHT - FOOT, min(high, HEIGHT - FOOT - gap)) if low > HEIGHT - FOOT else (low, high)
    return [
        Words(x=x, y=high + 4, text=f"■ đến hạn {count(last.due)}", bold=True),
        Words(x=x, y=low + 1, text=f"● đã xong {count(last.done)}", bold=True, tone=Tone.OK),
        Words(x=x, y=low + 13, text=f"▨ còn {count(last.missing)}", size=11, tone=Tone.LATE),
    ]


def _grid(most: int, down: float) -> list[Shape]:
    step = _step(most)
    shapes: list[Shape] = []
    for value in range(0, most + 1, step):
        y = TOP + down * (1 - value / most)
        shapes.append(Line(points=((LEFT, y), (WIDTH - RIGHT, y)), tone=Tone.LINE, thin=True))
        shapes.append(Words(x=LEFT - 5, y=y + 4, text=count(value), anchor="end", size=11, tone=Tone.QUIET))
    return shapes


def _step(most: int) -> int:
    """Return a round number of which two to five make the whole."""
    power = 1
    while True:
        for step in STEPS:
            if most <= step * power * 5:
                return step * power
        power *= 10


def _days_below(weeks: Sequence[Week], places: Sequence[float]) -> list[Shape]:
    every = -(-len(weeks) // FEW)
    last = len(weeks) - 1
    shown = [n for n in range(len(weeks)) if n == last or (n % every == 0 and last - n >= every)]
    return [
        Words(
            x=places[n],
            y=HEIGHT - 8,
            text=day_month(weeks[n].until),
            anchor="middle",
            size=11,
            tone=Tone.QUIET,
        )
        for n in shown
    ]
