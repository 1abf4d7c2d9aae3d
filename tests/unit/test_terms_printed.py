"""How values of the language of days print themselves, and what is said of one that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms import Before, By, Life, Term, Unit, Within
from obligations.terms_again import Continuous, Each, Every
from obligations.terms_open import LONGEST_COUNT, AfterEvent, AfterSigning, Directed, Goal, Step, Steps
from obligations.terms_parts import At, Part


@pytest.mark.parametrize(
    ("term", "printed"),
    [
        (Each(every=Every.WEEK), "Hằng tuần"),
        (Each(every=Every.WEEK, number=5), "Hằng tuần, chậm nhất thứ Sáu"),
        (Each(every=Every.WEEK, number=7, counts=False), "Hằng tuần, trước chủ nhật"),
        (Each(every=Every.MONTH, number=25, counts=False), "Hằng tháng, trước ngày 25"),
        (Each(every=Every.MONTH, number=5), "Hằng tháng, chậm nhất ngày 05"),
        (Each(every=Every.MONTH, number=5, month=1), "Hằng tháng, chậm nhất ngày 05"),
        (Each(every=Every.MONTH, number=3, month=2), "Hằng tháng, chậm nhất ngày 03 tháng sau"),
        (Each(every=Every.MONTH, month=1), "Hằng tháng, trong tháng này"),
        (Each(every=Every.MONTH, month=2), "Hằng tháng, trong tháng sau"),
        (Each(every=Every.QUARTER, month=1), "Hằng quý, trong tháng đầu quý"),
        (Each(every=Every.QUARTER, number=9, month=1), "Hằng quý, chậm nhất ngày 09 tháng đầu quý"),
        (Each(every=Every.QUARTER, number=15, month=2), "Hằng quý, chậm nhất ngày 15 tháng thứ 2 của quý"),
        (
            Each(every=Every.QUARTER, number=15, month=3, counts=False),
            "Hằng quý, trước ngày 15 tháng cuối quý",
        ),
        (Each(every=Every.QUARTER, number=10, month=4), "Hằng quý, chậm nhất ngày 10 tháng đầu quý sau"),
        (Each(every=Every.HALF, number=10, month=6), "Định kỳ 6 tháng, chậm nhất ngày 10 tháng cuối kỳ"),
        (Each(every=Every.HALF, month=7), "Định kỳ 6 tháng, trong tháng đầu kỳ sau"),
        (Each(every=Every.HALF, running=True), "Định kỳ 6 tháng và năm"),
        (Each(every=Every.QUARTER, running=True), "Định kỳ quý, 6 tháng, 9 tháng và năm"),
        (Each(every=Every.QUARTER, by_rule=True), "Hằng quý, theo quy định"),
        (Each(every=Every.YEAR, number=30, month=11), "Hằng năm, chậm nhất ngày 30/11"),
        (Each(every=Every.YEAR, number=5, month=1), "Hằng năm, chậm nhất ngày 05/01"),
        (Each(every=Every.YEAR, number=15, month=12, counts=False), "Hằng năm, trước ngày 15/12"),
        (Each(every=Every.YEAR, number=15, month=13), "Hằng năm, chậm nhất ngày 15/01 năm sau"),
        (Each(every=Every.YEAR, month=6), "Hằng năm, trong tháng 06"),
        (Each(every=Every.YEAR, month=12), "Hằng năm, trong tháng 12"),
        (Each(every=Every.YEAR, month=13), "Hằng năm, trong tháng 01 năm sau"),
        (Each(every=Every.YEAR, part="H1"), "Hằng năm, trong 6 tháng đầu năm"),
        (Each(every=Every.MONTH, since=Period("2026-Q2")), "Hằng tháng, từ Quý II/2026"),
        (At(part=Part.START, of=Period("2026-Q2")), "Đầu Quý II/2026"),
        (At(part=Part.MIDDLE, of=Period("2026-05")), "Giữa tháng 05/2026"),
        (At(part=Part.END, of=Period("2026-Y")), "Cuối năm 2026"),
        (Goal(term=By(on=date(2026, 9, 30))), "Phấn đấu chậm nhất ngày 30/9/2026"),
        (Goal(term=Within(period=Period("2026-Q3"))), "Phấn đấu Quý III/2026"),
    ],
    ids=str,
)
def test_a_value_prints_itself(term: Term, printed: str) -> None:
    assert term.printed == printed


@pytest.mark.parametrize(
    ("at", "last"),
    [("2026-Q2", date(2026, 5, 15)), ("2026-H1", date(2026, 3, 31)), ("2026-H2", date(2026, 9, 30))],
)
def test_the_middle_of_a_quarter_and_of_a_half_year_is_by_analogy(at: str, last: date) -> None:
    assert At(part=Part.MIDDLE, of=Period(at))._middle() == last


def test_what_waits_for_an_event_says_what_it_is_counted_from() -> None:
    bare = AfterEvent(event="Luật có hiệu lực")
    counted = AfterEvent(event="Luật có hiệu lực", number=5, unit=Unit.WORKING)
    assert bare.waits == (
        "chờ ghi nhận sự kiện; kế hoạch không ghi bao nhiêu ngày sau đó, không bị coi là quá hạn"
    )
    assert counted.waits == "chờ ghi nhận sự kiện; ngày của sự kiện không tính, cộng 05 ngày làm việc"


def test_milestones_that_wait_are_named_by_their_numbers() -> None:
    steps = Steps(
        steps=(
            Step(term=By(on=date(2026, 3, 1))),
            Step(term=Directed(said="Theo chỉ đạo")),
            Step(term=Continuous()),
        )
    )
    assert steps.waits == (f"mốc 2: {Directed(said='Theo chỉ đạo').waits}; mốc 3: {Continuous().waits}")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda: AfterEvent(event=" "), "event: thiếu sự kiện"),
        (lambda: Directed(said=" "), "as_directed: thiếu lời ghi"),
        (lambda: Steps(steps=()), "steps: thiếu các mốc"),
        (lambda: Steps(steps=(Step(term=Steps(steps=(_STEP,))),)), "steps: mốc không chia thành mốc nữa"),
        (lambda: Steps(steps=(_STEP, _STEP)), "steps: hai mốc như nhau"),
        (lambda: Goal(term=Continuous()), "goal: không có ngày để phấn đấu"),
        (lambda: Goal(term=Steps(steps=(_STEP,))), "goal: không có ngày để phấn đấu"),
        (lambda: Goal(term=Each(every=Every.QUARTER, by_rule=True)), "goal: không có ngày để phấn đấu"),
        (lambda: At(part=Part.END, of=Period("once")), "of: cần một tháng, quý, nửa năm hoặc năm"),
        (lambda: Before(at=Period("once")), "before: cần một tháng, quý, nửa năm hoặc năm"),
        (lambda: Within(period=Period("e-0001")), "within: cần một tháng, quý, nửa năm hoặc năm"),
        (lambda: AfterSigning(number=0), "days: không có thời hạn 0"),
        (lambda: AfterSigning(number=LONGEST_COUNT + 1), f"days: không có thời hạn {LONGEST_COUNT + 1}"),
        (lambda: AfterEvent(event="Luật có hiệu lực", number=0), "days: không có thời hạn 0"),
        (
            lambda: Continuous(since=date(2026, 5, 2), until=date(2026, 5, 1)),
            "to: sớm hơn lúc bắt đầu",
        ),
        (lambda: Each(every=Every.WEEK, month=1), "month: hằng tuần không có tháng thứ 1"),
        (lambda: Each(every=Every.HALF, month=8), "month: định kỳ 6 tháng không có tháng thứ 8"),
        (lambda: Each(every=Every.MONTH, month=0), "month: hằng tháng không có tháng thứ 0"),
        (lambda: Each(every=Every.QUARTER, number=5), "month: chưa rõ ngày của tháng nào trong kỳ"),
        (lambda: Each(every=Every.MONTH, running=True), "running: chỉ dùng cho quý và 6 tháng"),
        (lambda: Each(every=Every.QUARTER, by_rule=True, month=2), "by_rule: chỉ dùng cho cả quý"),
        (lambda: Each(every=Every.YEAR, part="H1", month=2), "in: đã ghi tháng"),
        (
            lambda: Each(every=Every.YEAR, part="H1", number=2, month=1),
            "in: chỉ dùng cho một quý hoặc 6 tháng của mỗi năm",
        ),
        (lambda: Each(every=Every.WEEK, number=8), "by: không có ngày 8"),
        (lambda: Each(every=Every.MONTH, number=0), "by: không có ngày 0"),
        (lambda: Each(every=Every.MONTH, number=32, counts=False), "before: không có ngày 32"),
        (
            lambda: Each(every=Every.QUARTER, number=1, month=1, counts=False),
            "before: trước ngày đầu của kỳ thì kỳ chưa bắt đầu",
        ),
    ],
)
def test_what_contradicts_itself_says_which_field_and_why(broken: Callable[[], Term], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        broken()
    assert str(refused.value).startswith(said)


def test_a_count_and_a_day_at_the_edge_are_taken() -> None:
    """A month has 31 days, a week ends on its seventh; before the first of the next month is a day."""
    assert Each(every=Every.MONTH, number=31).number == 31
    assert Each(every=Every.WEEK, number=7).number == 7
    assert Each(every=Every.MONTH, number=1).number == 1
    assert Each(every=Every.MONTH, number=1, month=2, counts=False).month == 2
    assert Each(every=Every.MONTH, number=2, month=1, counts=False).number == 2
    assert AfterSigning(number=LONGEST_COUNT).number == LONGEST_COUNT
    assert Continuous(since=date(2026, 5, 1), until=date(2026, 5, 1)).since == date(2026, 5, 1)


def test_goes_on_is_told_in_a_cycle_that_touches_its_first_or_its_last_day() -> None:
    stretch = Continuous(since=date(2026, 4, 10), until=date(2026, 9, 10))
    asked = {
        (4, date(2026, 4, 1), date(2026, 4, 9)): False,
        (4, date(2026, 4, 1), date(2026, 4, 10)): True,
        (9, date(2026, 9, 10), date(2026, 9, 14)): True,
        (9, date(2026, 9, 11), date(2026, 9, 14)): False,
    }
    assert {cycle: stretch.told_in(*cycle) for cycle in asked} == asked
    weekly = Continuous(report=Every.WEEK)
    assert weekly.told_in(5, date(2026, 5, 1), date(2026, 5, 14))


@pytest.mark.parametrize(
    ("each", "first", "last", "owed"),
    [
        (Each(every=Every.MONTH), date(2026, 1, 31), date(2026, 2, 28), ["2026-01", "2026-02"]),
        (Each(every=Every.MONTH), date(2026, 2, 1), date(2026, 2, 27), []),
        (Each(every=Every.MONTH, number=5), date(2026, 2, 5), date(2026, 3, 5), ["2026-02", "2026-03"]),
        (Each(every=Every.MONTH, number=5), date(2026, 2, 6), date(2026, 3, 4), []),
        (
            Each(every=Every.MONTH, since=date(2026, 2, 1), until=date(2026, 2, 28)),
            date(2026, 1, 1),
            date(2026, 12, 31),
            ["2026-02"],
        ),
        (
            Each(every=Every.MONTH, since=date(2026, 3, 1)),
            date(2026, 4, 1),
            date(2026, 4, 30),
            ["2026-04"],
        ),
    ],
)
def test_it_is_owed_from_the_first_day_to_the_last(
    calendar: WorkingCalendar, each: Each, first: date, last: date, owed: list[str]
) -> None:
    assert [t.period for t in each.turns(Life(first=first, last=last, calendar=calendar))] == owed


@pytest.mark.parametrize(
    ("each", "opens", "last", "why"),
    [
        (
            Each(every=Every.WEEK, number=5, counts=False),
            date(2026, 1, 12),
            date(2026, 1, 15),
            "tuần 3 năm 2026: Thứ Sáu không tính",
        ),
        (
            Each(every=Every.QUARTER, month=2),
            date(2026, 2, 1),
            date(2026, 2, 28),
            "Quý I/2026: ngày cuối cùng của tháng 2",
        ),
        (
            Each(every=Every.QUARTER, number=30, month=2),
            date(2026, 1, 1),
            date(2026, 2, 28),
            "Quý I/2026: ngày 30/2, tính cả ngày này",
        ),
        (
            Each(every=Every.QUARTER, number=31, month=2, counts=False),
            date(2026, 1, 1),
            date(2026, 2, 28),
            "Quý I/2026: ngày 31/2 không tính",
        ),
        (
            Each(every=Every.QUARTER, number=15, month=2, counts=False),
            date(2026, 1, 1),
            date(2026, 2, 14),
            "Quý I/2026: ngày 15/2 không tính",
        ),
        (
            Each(every=Every.YEAR, part="H1"),
            date(2026, 1, 1),
            date(2026, 6, 30),
            "ngày cuối cùng của 6 tháng đầu năm 2026",
        ),
    ],
)
def test_a_stretch_opens_ends_and_says_why(
    calendar: WorkingCalendar, each: Each, opens: date, last: date, why: str
) -> None:
    found = each.turns(Life(first=date(2026, 1, 1), last=date(2026, 12, 31), calendar=calendar))
    turn = next(turn for turn in found if turn.last == last)
    assert (turn.opens, turn.counted, turn.reason) == (opens, last, why)


_STEP = Step(term=By(on=date(2026, 3, 1)))
