"""A plan of 2026 and the one carried over into 2027, on two levels: swept over 31/12, right on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from config.carry_over import CarryOver
from config.load import Configuration, load_configuration
from obligations.model import Kind
from obligations.period import Period
from obligations.rights import Seat, Visitor
from store.engine import reading
from store.plans import runs_on
from store.schema import notices, obligations
from tasks_lib.answering.prefill import prefill
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.board.overview import overview
from tasks_lib.desk.dossier import dossier
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.plan_life import end, start
from tasks_lib.rollup.consolidate import Scope, consolidate
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import of_every_plan
from tests.support.houses.smaller_plans import of_few_items
from tests.support.life.stories import SO_NOI_VU, UBND_TINH, days, leave_only, morning

TREE, OLD, NEW = "laocai-2025", "239-2026", "239-2027"
PROMPT, SILENT = "x02647-2025", "x02671-2025"
Q3, Q4, NEXT_Q1 = "2026-Q3", "2026-Q4", "2027-Q1"


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """One quarterly item of plan 239 as of 2026, its last quarter owed in January, and the next plan."""
    folder = tmp_path_factory.mktemp("years")
    first = load_configuration(of_few_items(folder / "2022", "2.3"))
    CarryOver(first, first.plan(), 2026, TREE).write(folder / "office")
    plan = _rewritten(
        folder / "office" / "plan.toml",
        ("draft = true\n", ""),
        ("owed_after_validity = false", "owed_after_validity = true"),
    )
    second = load_configuration(folder / "office")
    CarryOver(second, second.plan(), 2027, TREE).write(folder / "office")
    signed = ("signed_on = 2027-06-30", "signed_on = 2027-01-05")
    _rewritten(plan.with_name(f"plan-{NEW}.toml"), ("draft = true\n", ""), signed)
    return load_configuration(folder / "office")


def _rewritten(path: Path, *changes: tuple[str, str]) -> Path:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def houses(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[list[House]]:
    with of_every_plan(configuration, any_empty_url, home=home) as found:
        assert [house.plan.key for house in found] == [OLD, NEW]
        yield found


def key(agency: str, period: str) -> str:
    return f"2.3/{agency}/{period}"


def reports(house: House, period: str, opinions: int, day: str) -> None:
    figures = {"a": "có", "b": "30", "c": str(opinions)}
    answer = Answer(text=f"Đã niêm yết {period}", figures=figures, without="văn bản ký sau")
    submit(house, key(PROMPT, period), PROMPT, morning(day), answer)


def opinions(house: House, period: str, day: str) -> tuple[str, str]:
    """How many there are of the whole province: in the quarter, and since 1 January of its year."""
    scope = Scope(kind=Kind.TASK, item="2.3", period=Period(period))
    line = consolidate(house, UBND_TINH, scope, morning(day)).line("2.3")
    assert line is not None
    (found,) = (figure for figure in line.figures if figure.figure.key == "c")
    return found.period.shown(), found.cumulative.shown()


def owed(house: House) -> set[tuple[str, str, str]]:
    o = obligations.c
    query = select(o.kind, o.agency_id, o.period).where(o.plan == house.plan.key)
    with reading(house.engine) as connection:
        return {(str(kind), str(agency), str(period)) for kind, agency, period in connection.execute(query)}


def told(house: House) -> Counter[tuple[str, str, str]]:
    """Each notice of a duty by step and recipient."""
    o, n = obligations.c, notices.c
    query = select(o.key, n.step, n.recipient_id).join_from(notices, obligations, n.obligation_id == o.id)
    with reading(house.engine) as connection:
        rows = connection.execute(query.where(o.plan == house.plan.key, o.agency_id == SILENT))
        return Counter((str(k), str(step), str(who)) for k, step, who in rows)


def test_a_year_ends_and_the_next_goes_on(houses: list[House]) -> None:
    old, new = houses
    # No quarter, cycle, month or own plan of one unit is owed under both plans.
    assert not owed(old) & {line for line in owed(new) if line[2] != "once"}
    for house, year in ((old, "2026"), (new, "2027")):
        assert {period[:4] for kind, _, period in owed(house) if kind == Kind.REPORT} == {year}
    for house in houses:
        leave_only(house, *(key(who, q) for who in (PROMPT, SILENT) for q in (Q3, Q4, NEXT_Q1)))
    start(old, date(2026, 7, 1), morning("2026-07-01"), although_ended=False)
    sweep(old, morning("2026-10-05"))
    reports(old, Q3, 5, "2026-10-06")
    for day in days("2026-12-28", "2027-01-05"):
        sweep(old, morning(day))
    start(new, date(2027, 1, 5), morning("2027-01-05"), although_ended=False)
    for day in days("2027-01-06", "2027-01-22"):
        if day == "2027-01-08":
            reports(old, Q4, 3, day)
        for house in houses:
            sweep(house, morning(day))

    # Since 1 January of the year the figures are of: the old year's last quarter counts in the old year.
    assert opinions(old, Q4, "2027-01-20") == ("3", "8")
    silent = dossier(old, key(SILENT, Q4), morning("2027-01-22"))
    assert (str(silent.row.last_day), str(silent.row.opened_on)) == ("2027-01-15", "2026-10-01")
    late = overview(old, WHO, morning("2027-01-22")).reckoned
    assert (late.in_time, late.overdue) == (2, 2)
    # Nobody is told a thing twice, and nobody is late for the same quarter under the next plan.
    assert set(told(old).values()) == {1}
    assert overview(new, WHO, morning("2027-01-22")).reckoned.overdue == 0
    assert [(duty, step) for duty, step, _ in told(new)] == [(key(SILENT, NEXT_Q1), "opening")]

    before = told(old)
    end(old, date(2027, 1, 23), morning("2027-01-22"), reason="Kế hoạch năm 2027 thay thế")
    with reading(new.engine) as connection:
        assert [runs_on(connection, plan, date(2027, 2, 1)) for plan in (OLD, NEW)] == [False, True]
    for day in ("2027-04-01", "2027-04-16", "2027-04-20"):
        sweep(new, morning(day))
        if day == "2027-04-01":
            (form,) = prefill(new, key(PROMPT, NEXT_Q1), morning(day)).rows
            (asked,) = (field for field in form.fields if field.figure.key == "c")
            # The last report is at hand over the year's end; what has been this year begins at nought.
            assert asked.before.shown() == ""
            assert form.last_text.startswith(f"Đã niêm yết {Q4}")
            reports(new, NEXT_Q1, 2, "2027-04-02")
    # A new year begins at nought; the old one says what it said.
    assert opinions(new, NEXT_Q1, "2027-04-20") == ("2", "2")
    assert opinions(old, Q4, "2027-04-20") == ("3", "8")
    assert overview(new, WHO, morning("2027-04-20")).reckoned.overdue == 1
    # The ended plan is closed: nothing more is told, and its board and histories are read as they stood.
    assert told(old) == before
    closed = overview(old, WHO, morning("2027-04-20")).reckoned
    assert (closed.in_time, closed.overdue) == (2, 2)
    (version,) = dossier(old, key(PROMPT, Q4), morning("2027-04-20")).versions
    assert version.text.startswith(f"Đã niêm yết {Q4}")


WHO = Visitor(agency=SO_NOI_VU, seat=Seat.COORDINATOR, holder="")
