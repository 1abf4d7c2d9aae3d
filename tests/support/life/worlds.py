"""Random small worlds: agencies of one to four levels, their duties, ladders, pauses, what happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from config.load import OWN_DIRECTORY, load_configuration
from obligations.levels import Levels
from obligations.model import (
    Agency,
    Cycle,
    Judged,
    Kind,
    Ladder,
    LadderRole,
    LadderStep,
    Plan,
    Planned,
    Rhythm,
    Role,
    StepRule,
)
from obligations.period import ONCE, Period
from tests.support.houses.trees import FOCAL, HOLDERS, TOP, trees

CONFIGURATION = load_configuration(OWN_DIRECTORY)
CALENDAR = CONFIGURATION.calendar
REVIEW = "review"
BARE = replace(
    CONFIGURATION.plan(),
    key="thu",
    signed_on=date(2022, 8, 15),
    focal=FOCAL,
    top=TOP,
    contents=(),
    items=(),
    duties=(),
    cycles=(),
    regulations=(),
)
# Six weeks with the holidays of 1-2/9/2022, so narrow that what happens meets.
DAYS_END = date(2022, 9, 23)
DAYS = st.dates(date(2022, 8, 12), DAYS_END)


QUARTER = Period("2022-Q3-report")


def third_quarter(levels: Levels) -> Cycle:
    """Return a cycle whose figures have closed before the worlds' days begin."""
    days = dict.fromkeys((*levels.keys, "focal"), 15)
    return Cycle(key="Q3", name="Quý III", month=8, before_day=days, close_day=dict.fromkeys(days, 1))


@dataclass(frozen=True)
class Sweep:
    """A sweep of a day, over everything or one item."""

    on: date
    item: str | None = None


@dataclass(frozen=True)
class Submit:
    """A unit hands in, if it can."""

    number: int
    on: date


@dataclass(frozen=True)
class Reopen:
    """What was handed in is closed and opened again."""

    number: int
    on: date


Happening = Sweep | Submit | Reopen


@dataclass(frozen=True)
class Stop:
    """A pause of a place."""

    place: str
    from_day: date
    to_day: date


@dataclass(frozen=True)
class World:
    """A plan's small world and its story."""

    plan: Plan
    agencies: dict[str, Agency]
    duties: tuple[Planned, ...]
    pauses: tuple[Stop, ...]
    story: tuple[Happening, ...]

    def ladder(self, key: str | None) -> Ladder:
        """Return a ladder of the world."""
        return next(ladder for ladder in self.plan.ladders if ladder.key == key)


roles = st.lists(
    st.builds(LadderRole, role=st.sampled_from(Role), min_streak=st.integers(0, 5)),
    min_size=1,
    max_size=3,
    unique_by=lambda to: to.role,
).map(tuple)
rules = st.one_of(
    st.tuples(st.just(StepRule.OFFSET), st.integers(-12, 12)),
    st.tuples(st.just(StepRule.UP_TO_DAY), st.integers(1, 28)),
    st.tuples(st.just(StepRule.AFTER_LAST_DAY), st.just(0)),
    st.tuples(st.just(StepRule.OPENING), st.just(0)),
)


@st.composite
def ladders(draw: st.DrawFn, key: str) -> Ladder:
    """Draw a ladder; its last step may enter the list of proposals."""
    drawn = draw(st.lists(st.tuples(rules, roles, st.sampled_from(Rhythm)), min_size=1, max_size=6))
    steps = [
        LadderStep(code=f"s{n}", rule=rule, days=days, to=to, rhythm=rhythm, template=f"t{n}")
        for n, ((rule, days), to, rhythm) in enumerate(drawn)
    ]
    if draw(st.booleans()):
        steps[-1] = replace(steps[-1], code="list")
    if draw(st.booleans()):
        again = LadderStep(
            code="repeat",
            rule=StepRule.REPEAT,
            days=0,
            to=draw(roles),
            rhythm=draw(st.sampled_from(Rhythm)),
            template="overdue",
        )
        steps.append(again)
    # Of what is handed in only the review of a cycle's report has a ladder.
    kind = Kind.REPORT if key == REVIEW else Kind.TASK
    return Ladder(key=key, kind=kind, steps=tuple(steps), leg=key)


@st.composite
def duties(draw: st.DrawFn, number: int, ladder_keys: list[str]) -> Planned:
    """Draw one duty, which may follow on an earlier one or wait for it."""
    last_day = draw(st.dates(date(2022, 8, 18), date(2022, 9, 16)))
    kind = draw(st.sampled_from([Kind.TASK, Kind.REPORT, Kind.REPORT, Kind.SHEET, Kind.PLAN, Kind.ROW]))
    earlier = st.sampled_from([None, key_of(number - 1), key_of(number - 1), key_of(0)] if number else [None])
    awaited = draw(earlier)
    return Planned(
        key=key_of(number),
        kind=kind,
        item=draw(st.sampled_from(["1.2", "3.1", None])),
        agency=draw(st.sampled_from(HOLDERS)),
        period=QUARTER if kind is Kind.REPORT else ONCE,
        opened_on=last_day - timedelta(days=draw(st.integers(-5, 20))),
        last_day=last_day,
        plan_day=last_day + timedelta(days=draw(st.sampled_from([0, 0, 4, 15]))),
        target=last_day,
        judged=Judged.COMPLETION,
        why="",
        ladder=draw(st.sampled_from(ladder_keys)),
        previous=draw(earlier),
        waits_for=awaited,
        waits_until=draw(DAYS) if awaited else None,
        ours=draw(st.booleans()),
    )


def key_of(number: int) -> str:
    """Return the key of a world's duty."""
    return f"duty-{number}"


SWEEPS = st.builds(Sweep, on=DAYS, item=st.sampled_from([None, None, None, "1.2"]))


def happenings(count: int) -> st.SearchStrategy[Happening]:
    """Draw what happens, mostly sweeps."""
    numbers = st.integers(0, count - 1)
    return st.one_of(SWEEPS, SWEEPS, st.builds(Submit, numbers, DAYS), st.builds(Reopen, numbers, DAYS))


@st.composite
def answers(draw: st.DrawFn, count: int) -> list[Happening]:
    """Draw how one duty is answered and opened again, with sweeps between: chance alone seldom does."""
    number = draw(st.integers(0, count - 1))
    days = sorted(draw(st.lists(DAYS, min_size=5, max_size=5)))
    first, handed_in, told, again, last = days
    return [Sweep(first), Submit(number, handed_in), Sweep(told), Reopen(number, again), Sweep(last)]


@st.composite
def stories(draw: st.DrawFn, count: int) -> tuple[Happening, ...]:
    """Draw what happens, day by day; sometimes a day that has gone by is swept again among it."""
    story = draw(st.lists(happenings(count), min_size=1, max_size=12))
    for answered in draw(st.lists(answers(count), max_size=2)):
        story += answered
    story.sort(key=lambda happening: happening.on)
    if draw(st.integers(0, 4)) == 0:
        for again in draw(st.lists(SWEEPS, min_size=1, max_size=4)):
            story.insert(draw(st.integers(0, len(story))), again)
    return tuple(story)


@st.composite
def pauses(draw: st.DrawFn) -> Stop:
    """Draw a pause of a place; none begins before the plan was signed."""
    start = draw(st.dates(BARE.signed_on, DAYS_END))
    return Stop(draw(st.sampled_from(HOLDERS)), start, start + timedelta(days=draw(st.integers(0, 12))))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world; its story mostly goes forward in time, and sometimes a day is swept again."""
    keys = ["a", "b"]
    drawn = [draw(ladders(key)) for key in (*keys, REVIEW)]
    tree = draw(trees())
    plan = replace(BARE, levels=tree.levels, ladders=tuple(drawn), cycles=(third_quarter(tree.levels),))
    count = draw(st.integers(1, 8))
    return World(
        plan=plan,
        agencies=tree.agencies,
        duties=tuple(draw(duties(number, keys)) for number in range(count)),
        pauses=tuple(draw(st.lists(pauses(), max_size=3))),
        story=draw(stories(count)),
    )
