"""Whatever the ladder and the days: at most one step a day, each once, the highest first."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from config.load import OWN_DIRECTORY, load_configuration
from tests.support.houses.ladders import Leg, every_day, steps_of, walk

VIETNAM = load_configuration(OWN_DIRECTORY).calendar
LAST_DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
OFFSETS = st.sets(st.integers(-12, 12).filter(bool), min_size=1, max_size=7)


@st.composite
def legs(draw: st.DrawFn) -> Leg:
    last_day = draw(LAST_DAYS)
    steps = steps_of({f"{d:+d}": d for d in draw(OFFSETS)}, last_day, VIETNAM)
    starts_on = last_day + timedelta(days=draw(st.integers(-30, 20)))
    return Leg(steps=steps, starts_on=starts_on, calendar=VIETNAM)


@st.composite
def legs_with_days(draw: st.DrawFn) -> tuple[Leg, list[date]]:
    leg = draw(legs())
    around = leg.steps[0].fires_on
    offsets = draw(st.sets(st.integers(-10, 60), max_size=40))
    return leg, [around + timedelta(days=n) for n in sorted(offsets)]


def all_days(leg: Leg) -> list[date]:
    return every_day(leg.steps[0].fires_on - timedelta(days=3), leg.steps[-1].fires_on + timedelta(days=20))


@given(legs())
def test_day_by_day_each_step_fires_on_its_own_day_or_is_outrun(leg: Leg) -> None:
    fired = walk(leg, all_days(leg))
    for on, fire in fired:
        assert on == fire.step.fires_on
        same_day = [s.code for s in leg.steps if s.fires_on == on and s.seq < fire.step.seq]
        assert list(fire.missed) == same_day
    told = {fire.step.code for _, fire in fired} | {code for _, fire in fired for code in fire.missed}
    assert told == {step.code for step in leg.steps if step.fires_on >= leg.starts_on}


@given(legs_with_days())
def test_on_any_days_each_step_is_told_once_at_most(given_: tuple[Leg, list[date]]) -> None:
    leg, days = given_
    fired = walk(leg, days)
    codes = [fire.step.code for _, fire in fired]
    told = codes + [code for _, fire in fired for code in fire.missed]
    assert len(told) == len(set(told))
    assert [fire.step.seq for _, fire in fired] == sorted({fire.step.seq for _, fire in fired})
    assert len({on for on, _ in fired}) == len(fired)


@given(legs_with_days())
def test_the_same_day_swept_twice_adds_nothing(given_: tuple[Leg, list[date]]) -> None:
    leg, days = given_
    assert walk(leg, sorted(days + days)) == walk(leg, days)


@given(legs_with_days())
def test_the_highest_wins_and_only_on_working_days(given_: tuple[Leg, list[date]]) -> None:
    leg, days = given_
    for on, fire in walk(leg, days):
        assert VIETNAM.is_working(on)
        due = [s for s in leg.steps if leg.starts_on <= s.fires_on <= on]
        assert fire.step.seq == max(step.seq for step in due)


@given(legs_with_days())
def test_gaps_lose_nothing_but_the_steps_outrun(given_: tuple[Leg, list[date]]) -> None:
    """However few the days, a last working day after all steps brings the leg to its end."""
    leg, days = given_
    end = VIETNAM.next_working(max([leg.steps[-1].fires_on, *days]) + timedelta(days=1))
    fired = walk(leg, [*days, end])
    whole = walk(leg, all_days(leg))
    assert ({fire.step.seq for _, fire in fired[-1:]}) == ({fire.step.seq for _, fire in whole[-1:]})
