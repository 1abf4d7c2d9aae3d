"""One duty of each sort as plan 239 foresees it, to the last field: whose, when, why, by which ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.foresee import due_after_report, foresee, foresee_event
from obligations.model import Kind, Plan, Planned
from obligations.period import Period
from tests.support.life.duties import (
    CENTRE,
    COMMUNE,
    COURT,
    DISTRICT,
    FOCAL,
    HEALTH,
    OF_NO_ITEM,
    OFFICE,
    ONE_TWO,
    PAPER,
    REPORTS,
    ROWS,
    TASKS,
    on,
)


@pytest.fixture(scope="module")
def few(roster: Roster) -> Roster:
    """The plan's agencies as if there were no others than those named here."""
    named = {COMMUNE, DISTRICT, HEALTH, FOCAL, COURT, PAPER, OFFICE, CENTRE}

    def expand(ref: str, on: date) -> tuple[str, ...]:
        return tuple(a for a in roster.expand(ref, on) if a in named)

    return replace(roster, expand=expand)


@pytest.fixture(scope="module")
def foreseen(plan: Plan, few: Roster, calendar: WorkingCalendar) -> dict[str, Planned]:
    return {planned.key: planned for planned in foresee(plan, few, calendar)}


@pytest.mark.parametrize("duty", [*TASKS, *REPORTS, *ROWS, *OF_NO_ITEM], ids=lambda duty: duty.key)
def test_a_duty_is_foreseen_whole(foreseen: dict[str, Planned], duty: Planned) -> None:
    assert foreseen[duty.key] == duty


EVENT = on(
    ONE_TWO,
    date(2022, 9, 9),
    "Quy hoạch, kế hoạch sử dụng đất được phê duyệt, điều chỉnh: ngày 10/8/2022 không tính, cộng 30 ngày"
    " (Luật Đất đai 2013 Điều 48) → Thứ Sáu 09/9/2022",
    key=f"2.4/{DISTRICT}/e-0003",
    item="2.4",
    agency=DISTRICT,
    period="e-0003",
    opened_on=date(2022, 8, 10),
    ladder="upper-task-district",
)
OPENED = [
    EVENT,
    # Twenty days are the program's own rule, no law's.
    on(
        EVENT,
        date(2022, 8, 30),
        "Có phương án bồi thường, hỗ trợ, tái định cư phải niêm yết công khai: ngày 10/8/2022 không tính,"
        " cộng 20 ngày (Quy ước của chương trình: niêm yết công khai 20 ngày) → Thứ Ba 30/8/2022",
        key=f"2.5/{COMMUNE}/e-0003",
        item="2.5",
        agency=COMMUNE,
        ladder="commune-task",
        ours=True,
    ),
    on(
        EVENT,
        date(2023, 1, 1),
        "UBND tỉnh ban hành bảng giá đất: ngày 10/8/2022 → công khai từ ngày 01 tháng 01"
        " (Luật Đất đai 2013 Điều 114) → Chủ nhật 01/01/2023"
        " (ngày nghỉ; phấn đấu hoàn thành Thứ Sáu 30/12/2022)",
        key=f"2.6/{OFFICE}/e-0003",
        item="2.6",
        agency=OFFICE,
        target=date(2022, 12, 30),
        ladder="upper-task-province",
    ),
    on(
        EVENT,
        date(2022, 8, 22),
        "Có kết luận thanh tra, kiểm tra việc sử dụng ngân sách nhà nước: ngày 10/8/2022 không tính,"
        " cộng 10 ngày (Pháp luật về thanh tra: kết luận được công khai trong 10 ngày) → Thứ Bảy 20/8/2022"
        " là ngày nghỉ, chuyển sang ngày làm việc tiếp theo → Thứ Hai 22/8/2022",
        key=f"4.5/{HEALTH}/e-0003",
        item="4.5",
        agency=HEALTH,
        ladder="upper-task-province",
    ),
]


@pytest.mark.parametrize("opened", OPENED, ids=lambda duty: duty.key)
def test_what_an_event_opens_is_foreseen_whole(
    plan: Plan, roster: Roster, calendar: WorkingCalendar, opened: Planned
) -> None:
    item = plan.item(str(opened.item))
    assert item is not None
    agency = roster.agencies[opened.agency]
    assert foresee_event(plan, item, agency, on=date(2022, 8, 10), number=3, calendar=calendar) == opened


def test_a_plan_without_ladders_chases_nobody_and_owes_all_the_same(
    plan: Plan, few: Roster, calendar: WorkingCalendar, foreseen: dict[str, Planned]
) -> None:
    found = foresee(replace(plan, ladders=()), few, calendar)
    assert {planned.key for planned in found} == set(foreseen)
    assert {planned.ladder for planned in found} == {None}


def test_a_report_tells_what_is_due_up_to_the_day_it_is_sent_and_not_what_follows(
    plan: Plan, roster: Roster, calendar: WorkingCalendar
) -> None:
    def after(sent: date, period: str = "2022-Q3-report", place: str = DISTRICT) -> dict[date, list[str]]:
        return due_after_report(plan, roster, calendar, place=place, period=Period(period), sent=sent)

    last = {date(2022, 9, 30): ["3.5"]}
    assert after(date(2022, 9, 28)) == {date(2022, 9, 29): ["4.6", "5.1", "5.2", "5.3", "6.4"], **last}
    assert after(date(2022, 9, 29)) == last
    assert after(date(2022, 9, 30)) == {}
    # What falls due after the period is of the next report: III.3.b on its last day, III.3.a not.
    assert after(date(2022, 9, 29), place=FOCAL) == {date(2022, 9, 30): ["3.5", "III.3.b"]}
    assert after(date(2022, 9, 14), place=HEALTH) == {date(2022, 9, 29): ["6.2"]}
    # A department that leads 4.2 alone hears of no district's work.
    assert after(date(2022, 12, 14), "2022-year-report", HEALTH) == {date(2022, 12, 31): ["4.2"]}


@pytest.mark.parametrize(
    ("signed", "first", "opened"),
    [
        (date(2022, 8, 10), "2022-07", date(2022, 8, 10)),
        # On the day after a sheet's last it is too late for that month: the next one is the first.
        (date(2022, 8, 11), "2022-08", date(2022, 9, 1)),
    ],
)
def test_the_first_sheet_is_that_of_the_first_month_still_due_at_signing(
    plan: Plan, few: Roster, calendar: WorkingCalendar, signed: date, first: str, opened: date
) -> None:
    found = foresee(replace(plan, signed_on=signed), few, calendar)
    sheets = [p for p in found if p.kind is Kind.SHEET and p.agency == COMMUNE]
    assert (sheets[0].key, sheets[0].previous, sheets[0].opened_on) == (
        f"sheet/{COMMUNE}/{first}",
        None,
        opened,
    )
    assert [p.previous for p in sheets[1:]] == [p.key for p in sheets[:-1]]
    assert sheets[-1].key == f"sheet/{COMMUNE}/2022-12"
