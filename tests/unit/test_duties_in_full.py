"""One duty of each sort as plan 239 foresees it, to the last field: whose, when, why, by which ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.foresee import due_after_report, foresee, foresee_event
from obligations.model import Judged, Kind, Plan, Planned
from obligations.period import Period

COMMUNE, DISTRICT, HEALTH, FOCAL = "x02719-2022", "h082-2022", "so-y-te", "so-noi-vu"
COURT, PAPER, OFFICE = "toa-an-nhan-dan-tinh", "bao-lao-cai", "van-phong-ubnd-tinh"
CENTRE = "trung-tam-phuc-vu-hanh-chinh-cong-tinh"
SIGNED = date(2022, 6, 30)


def on(duty: Planned, day: date, why: str, **differing: object) -> Planned:
    """The same with another day, which is the plan's own and a working day where nothing else is said."""
    days: dict[str, object] = {"last_day": day, "plan_day": day, "target": day}
    return replace(duty, why=why, **(days | differing))  # type: ignore[arg-type]


JULY_14, JULY_29 = date(2022, 7, 14), date(2022, 7, 29)
ONE_TWO = Planned(
    key=f"1.2/{COMMUNE}/once",
    kind=Kind.TASK,
    item="1.2",
    agency=COMMUNE,
    period="once",
    opened_on=SIGNED,
    last_day=JULY_14,
    plan_day=JULY_14,
    target=JULY_14,
    judged=Judged.COMPLETION,
    why="'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022",
    ladder="commune-task",
    parent=None,
    previous=None,
    waits_for=None,
    waits_until=None,
    part="lead",
    ours=False,
)
THREE_ONE = on(
    ONE_TWO,
    JULY_29,
    "'Báo cáo kết quả về Sở Nội vụ trước ngày 30/7/2022' → ngày 30 không tính → Thứ Sáu 29/7/2022",
    key=f"3.1/{DISTRICT}/once",
    item="3.1",
    agency=DISTRICT,
    judged=Judged.ARRIVAL,
    ladder="upper-task-district",
)
TASKS = [
    ONE_TWO,
    on(
        ONE_TWO,
        date(2022, 7, 4),
        "'Trước ngày 5/7/2022' → ngày 5 không tính → Thứ Hai 04/7/2022",
        key=f"1.1/{FOCAL}/once",
        item="1.1",
        agency=FOCAL,
        ladder="focal-task",
    ),
    THREE_ONE,
    on(
        THREE_ONE,
        date(2022, 7, 26),
        f"{THREE_ONE.why} là ngày báo cáo đến cơ quan đầu mối tổng hợp; cấp xã gửi UBND cấp huyện"
        " trước 03 ngày làm việc → Thứ Ba 26/7/2022",
        key=f"3.1/{COMMUNE}/once",
        agency=COMMUNE,
        plan_day=JULY_29,
        ladder="commune-report-before",
    ),
    on(
        ONE_TWO,
        date(2022, 10, 17),
        "'Định kỳ hàng quý' → Quý III/2022 hết ngày 30/9/2022, cộng 15 ngày"
        " (Nghị định 163/2016/NĐ-CP Điều 49) → Thứ Bảy 15/10/2022 là ngày nghỉ,"
        " chuyển sang ngày làm việc tiếp theo → Thứ Hai 17/10/2022",
        key=f"2.3/{COMMUNE}/2022-Q3",
        item="2.3",
        period="2022-Q3",
        opened_on=date(2022, 7, 1),
    ),
    on(
        ONE_TWO,
        date(2022, 9, 30),
        "'Quý III/2022' → ngày cuối cùng của Quý III/2022 → Thứ Sáu 30/9/2022",
        key=f"3.5/{DISTRICT}/2022-Q3",
        item="3.5",
        agency=DISTRICT,
        period="2022-Q3",
        opened_on=date(2022, 7, 1),
        ladder="upper-task-district",
    ),
    on(
        ONE_TWO,
        date(2022, 12, 31),
        "'Quý IV/2022' → ngày cuối cùng của Quý IV/2022 → Thứ Bảy 31/12/2022"
        " (ngày nghỉ; phấn đấu hoàn thành Thứ Sáu 30/12/2022)",
        key=f"4.2/{HEALTH}/2022-Q4",
        item="4.2",
        agency=HEALTH,
        period="2022-Q4",
        opened_on=date(2022, 10, 1),
        target=date(2022, 12, 30),
        ladder="upper-task-province",
        waits_for=f"III.3.a/{FOCAL}/once",
        waits_until=date(2022, 11, 30),
    ),
    on(
        ONE_TWO,
        date(2022, 11, 30),
        "'Kế hoạch không ghi thời hạn' → tính cả ngày này → Thứ Tư 30/11/2022",
        key=f"III.3.a/{FOCAL}/once",
        item="III.3.a",
        agency=FOCAL,
        ladder="focal-task",
    ),
]

SEPTEMBER_14 = date(2022, 9, 14)
REPORT = Planned(
    key=f"report/{DISTRICT}/2022-Q3-report",
    kind=Kind.REPORT,
    item=None,
    agency=DISTRICT,
    period="2022-Q3-report",
    opened_on=SIGNED,
    last_day=SEPTEMBER_14,
    plan_day=SEPTEMBER_14,
    target=SEPTEMBER_14,
    judged=Judged.ARRIVAL,
    why="Quý III: 'trước ngày 15' tháng 9/2022 → ngày 15 không tính → Thứ Tư 14/9/2022",
    ladder="upper-report-district",
)
OF_THE_COMMUNE = on(
    REPORT,
    date(2022, 9, 9),
    "Quý III: 'trước ngày 10' tháng 9/2022 → ngày 10 không tính → Thứ Sáu 09/9/2022",
    key=f"report/{COMMUNE}/2022-Q3-report",
    agency=COMMUNE,
    plan_day=SEPTEMBER_14,
    ladder="commune-report",
)
REPORTS = [
    REPORT,
    OF_THE_COMMUNE,
    on(
        REPORT,
        date(2022, 9, 19),
        "Quý III: 'trước ngày 20' tháng 9/2022 → ngày 20 không tính → Thứ Hai 19/9/2022",
        key=f"report/{FOCAL}/2022-Q3-report",
        agency=FOCAL,
        ladder="focal-report",
    ),
    on(
        REPORT,
        date(2022, 12, 9),
        "Năm: 'trước ngày 10' tháng 12/2022 → ngày 10 không tính → Thứ Sáu 09/12/2022",
        key=f"report/{COMMUNE}/2022-year-report",
        agency=COMMUNE,
        period="2022-year-report",
        opened_on=date(2022, 9, 10),
        plan_day=date(2022, 12, 14),
        ladder="commune-report",
    ),
]

ROW = replace(
    REPORT,
    key=f"row/8.1/{HEALTH}/2022-Q3-report",
    kind=Kind.ROW,
    item="8.1",
    agency=HEALTH,
    ladder=None,
    parent=f"report/{HEALTH}/2022-Q3-report",
    part="implements",
)
LEADS = replace(ROW, part="lead", parent=None, ladder="request")
ROWS = [
    ROW,
    replace(
        OF_THE_COMMUNE,
        key=f"row/1.3/{COMMUNE}/2022-Q3-report",
        kind=Kind.ROW,
        item="1.3",
        ladder=None,
        parent=OF_THE_COMMUNE.key,
    ),
    # Its row stands in the report of the office it belongs to.
    replace(
        LEADS,
        key=f"row/4.1/{CENTRE}/2022-Q3-report",
        item="4.1",
        agency=CENTRE,
        ladder=None,
        parent=f"report/{OFFICE}/2022-Q3-report",
    ),
    # Invited bodies report to nobody: they are asked.
    replace(LEADS, key=f"row/3.4/{COURT}/2022-Q3-report", item="3.4", agency=COURT),
    replace(LEADS, key=f"row/III.5/{PAPER}/2022-Q3-report", item="III.5", agency=PAPER, part="asked"),
]

OWN_PLAN = replace(
    ONE_TWO,
    key=f"plan/{HEALTH}/once",
    kind=Kind.PLAN,
    item=None,
    agency=HEALTH,
    ladder="upper-plan-province",
    why="Kế hoạch ký ngày 30/6/2022, cộng 10 ngày làm việc → Thứ Năm 14/7/2022",
)
SHEET = on(
    replace(OWN_PLAN, kind=Kind.SHEET, judged=Judged.ARRIVAL),
    date(2022, 9, 10),
    "Theo dõi hằng tháng (III.2): tháng 8/2022 → Thứ Bảy 10/9/2022",
    key=f"sheet/{DISTRICT}/2022-08",
    agency=DISTRICT,
    period="2022-08",
    opened_on=date(2022, 9, 1),
    target=date(2022, 9, 9),
    ladder="district-sheet",
    previous=f"sheet/{DISTRICT}/2022-07",
)
DECEMBER = on(
    SHEET,
    date(2023, 1, 10),
    "Theo dõi hằng tháng (III.2): tháng 12/2022 → Thứ Ba 10/01/2023",
    key=f"sheet/{COMMUNE}/2022-12",
    agency=COMMUNE,
    period="2022-12",
    opened_on=date(2023, 1, 1),
    ladder="commune-sheet",
    previous=f"sheet/{COMMUNE}/2022-11",
)
OF_NO_ITEM = [
    OWN_PLAN,
    replace(OWN_PLAN, key=f"plan/{COMMUNE}/once", agency=COMMUNE, ladder="commune-plan"),
    SHEET,
    DECEMBER,
]


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
