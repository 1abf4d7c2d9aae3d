"""A plan ends and the next goes on: figures since 1 January run on, the closed board stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config.load import Configuration, load_configuration
from obligations.model import Kind
from obligations.period import Period
from obligations.rights import Seat, Visitor
from store.engine import reading
from store.plans import runs_on
from tasks_lib.answering.prefill import prefill
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.board.overview import overview
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.plan_life import end, start
from tasks_lib.rollup.consolidate import Scope, consolidate
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import of_every_plan
from tests.support.houses.smaller_plans import KEY as SECOND
from tests.support.houses.smaller_plans import of_few_items, two_plans
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SO_NOI_VU, UBND_TINH, morning

FIRST, THIRD = "239-2022", "241-2022"
Q2, Q3 = "2022-Q2", "2022-Q3"


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    folder = two_plans(of_few_items(tmp_path_factory.mktemp("next") / "config", "2.3"), "2.3")
    file = folder / f"plan-{SECOND}.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[plan]\n", f'[plan]\npredecessor = "{FIRST}"\n', 1), encoding="utf-8")
    return load_configuration(folder)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """Three plans, each of which goes on from the one before."""
    folder = of_few_items(tmp_path_factory.mktemp("chain") / "config", "2.3")
    two_plans(folder, "2.3")
    two_plans(folder, "2.3", key=THIRD, number="241/KH-UBND")
    for key, before in ((SECOND, FIRST), (THIRD, SECOND)):
        file = folder / f"plan-{key}.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("[plan]\n", f'[plan]\npredecessor = "{before}"\n', 1), encoding="utf-8")
    return load_configuration(folder)


@pytest.fixture
def houses(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[list[House]]:
    with of_every_plan(configuration, any_empty_url, home=home) as found:
        yield found


def reports(house: House, agency: str, period: str, opinions: int, day: str) -> None:
    """A commune says how many opinions on its budget came in a quarter."""
    figures = {"a": "có", "b": "30", "c": str(opinions)}
    answer = Answer(text="Đã niêm yết", figures=figures, without="văn bản ký sau")
    submit(house, f"2.3/{agency}/{period}", agency, morning(day), answer)


def opinions(house: House, period: str, day: str) -> tuple[str, str]:
    """How many there are of the whole province: in the quarter, and since 1 January."""
    scope = Scope(kind=Kind.TASK, item="2.3", period=Period(period))
    line = consolidate(house, UBND_TINH, scope, morning(day)).line("2.3")
    assert line is not None
    (found,) = (figure for figure in line.figures if figure.figure.key == "c")
    return found.period.shown(), found.cumulative.shown()


def test_a_plan_ends_and_the_next_goes_on(houses: list[House]) -> None:
    first, second = houses
    start(first, date(2022, 7, 1), morning("2022-07-01"), although_ended=False)
    sweep(first, morning("2022-07-11"))
    reports(first, A_MU_SUNG, Q2, 5, "2022-07-11")
    reports(first, MUONG_VI, Q2, 2, "2022-07-12")
    sweep(first, morning("2022-10-03"))
    end(first, date(2022, 10, 4), morning("2022-10-03"), reason="Kế hoạch 240/KH-UBND thay thế")

    sweep(second, morning("2022-10-04"))
    key = f"2.3/{A_MU_SUNG}/{Q3}"
    (form,) = prefill(second, key, morning("2022-10-04")).rows
    (asked,) = (field for field in form.fields if field.figure.key == "c")
    assert asked.before.shown() == "5"
    assert form.last_text.startswith("Đã niêm yết")
    reports(second, A_MU_SUNG, Q3, 3, "2022-10-05")
    assert opinions(second, Q3, "2022-10-06") == ("3", "10")
    # Told again under the plan that goes on, it counts there alone.
    reports(second, A_MU_SUNG, Q2, 6, "2022-10-07")
    assert opinions(second, Q3, "2022-10-08") == ("3", "11")
    # What the first said of its own quarter is as it was.
    assert opinions(first, Q2, "2022-10-08") == ("7", "7")

    with reading(first.engine) as connection:
        assert [runs_on(connection, key, date(2022, 10, 4)) for key in (FIRST, SECOND)] == [False, False]
    who = Visitor(agency=SO_NOI_VU, seat=Seat.COORDINATOR, holder="")
    closed = overview(first, who, morning("2022-10-10"))
    assert closed.reckoned.in_time == 2
    assert closed.reckoned.overdue > 0


def test_figures_run_on_over_a_chain_of_three_plans(
    any_empty_url: str, chain: Configuration, home: Path
) -> None:
    with of_every_plan(chain, any_empty_url, home=home) as (first, second, third):
        sweep(first, morning("2022-07-11"))
        reports(first, A_MU_SUNG, Q2, 5, "2022-07-11")
        reports(first, MUONG_VI, Q2, 2, "2022-07-12")
        # Under the second only one has told its quarter anew; the other's word under the first still stands.
        sweep(second, morning("2022-07-13"))
        reports(second, A_MU_SUNG, Q2, 6, "2022-07-13")
        sweep(third, morning("2022-10-04"))

        def asked(agency: str) -> tuple[str, str]:
            (form,) = prefill(third, f"2.3/{agency}/{Q3}", morning("2022-10-04")).rows
            (field,) = (field for field in form.fields if field.figure.key == "c")
            return field.before.shown(), form.last_text.splitlines()[0]

        assert asked(A_MU_SUNG) == ("6", "Đã niêm yết")
        assert asked(MUONG_VI) == ("2", "Đã niêm yết")
        reports(third, A_MU_SUNG, Q3, 3, "2022-10-05")
        assert opinions(third, Q3, "2022-10-06") == ("3", "11")
