"""Duties of plan 239 written down whole, as a reader of its text would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from obligations.model import Judged, Kind, Part, Planned

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
    part=Part.LEAD,
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
    part=Part.IMPLEMENTS,
)
LEADS = replace(ROW, part=Part.LEAD, parent=None, ladder="request")
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
    replace(LEADS, key=f"row/III.5/{PAPER}/2022-Q3-report", item="III.5", agency=PAPER, part=Part.ASKED),
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
