"""Sample mails: the units and dates of the plan of 30/6/2022, no person named."""

from __future__ import annotations

# ruff: noqa: ANN401 - a builder takes any field of the value it changes
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from notifications.model import Line, Mail, NextStep, Section, Sender
from notifications.wording import LOCAL_ZONE
from obligations.day_words import Way
from obligations.model import Kind
from obligations.reminders import NONE, Reminders
from tests.support.houses.levels import COMMUNE, DISTRICT, PROVINCE

TITLE_1_2 = (
    "Tổ chức thông tin, tuyên truyền về Chỉ số PAPI, Pháp lệnh thực hiện dân chủ ở xã, phường, thị trấn"
)
TITLE_5_1 = "Niêm yết công khai danh mục thủ tục hành chính & phí, lệ phí tại trụ sở"
BAT_XAT = Sender(
    name="Phòng Nội vụ huyện Bát Xát",
    short="Phòng Nội vụ",
    officer="",
    phone="0214 000 001",
    reply_to="pnv-batxat@laocai.example",
)
SO_NOI_VU = Sender(name="Sở Nội vụ", officer="", phone="0214 000 002", reply_to="cchc@snv-laocai.example")

COMMUNE_NEXT = (
    NextStep(on=date(2022, 7, 20), step="+4", role="superior", mailed_on=date(2022, 7, 20)),
    NextStep(on=date(2022, 7, 21), step="+5", role="focal", mailed_on=date(2022, 7, 25)),
    NextStep(on=date(2022, 7, 28), step="list", role="list", mailed_on=date(2022, 7, 28)),
)
REMIND_NEXT = (
    NextStep(on=date(2022, 7, 13), step="-1", role="self", mailed_on=date(2022, 7, 13)),
    NextStep(on=date(2022, 7, 18), step="+2", role="self", mailed_on=date(2022, 7, 18)),
    *COMMUNE_NEXT,
)


def at(day: date) -> datetime:
    """The moment the day's mails are rendered."""
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=LOCAL_ZONE)


TO_THE_DISTRICT = Way(
    "cấp xã", "UBND cấp huyện", desk="Phòng Nội vụ", head="Chủ tịch", body="UBND", short="huyện"
)


def line(**changes: Any) -> Line:
    """Item 1.2 of a commune, five working days before its last day."""
    return replace(
        Line(
            obligation="1.2/x02719-2022/once",
            kind=Kind.TASK,
            item="1.2",
            title=TITLE_1_2,
            agency="UBND xã A Mú Sung",
            agency_short="xã A Mú Sung",
            level=COMMUNE,
            reports_to="huyện Bát Xát",
            way=TO_THE_DISTRICT,
            district="huyện Bát Xát",
            deadline_text="Trước ngày 15/7/2022",
            last_day=date(2022, 7, 14),
            why="'Trước ngày 15/7/2022' → ngày 15 không tính → Thứ Năm 14/7/2022",
            opened_on=date(2022, 6, 30),
            step="-5",
            missed=(),
            days_left=5,
            reminders=NONE,
            next_steps=REMIND_NEXT,
        ),
        **changes,
    )


def late_line(**changes: Any) -> Line:
    """The same two working days after its last day."""
    overdue: dict[str, Any] = {
        "step": "+2",
        "days_left": -2,
        "reminders": Reminders(arrived=(date(2022, 7, 7), date(2022, 7, 13))),
        "next_steps": COMMUNE_NEXT,
    }
    return line(**{**overdue, **changes})


def mail(template: str, *lines: Line, **changes: Any) -> Mail:
    """A mail to a commune from its district's desk, with one section."""
    sections = (Section(template=template, lines=lines),) if lines else ()
    return replace(
        Mail(
            plan_number="239/KH-UBND",
            plan_signed_on=date(2022, 6, 30),
            plan_issuer="UBND tỉnh Lào Cai",
            plan_short="KH 239",
            focal="Sở Nội vụ",
            focal_head="Giám đốc Sở Nội vụ",
            recipient="Ủy ban nhân dân xã A Mú Sung",
            recipient_short="UBND xã A Mú Sung",
            recipient_level=COMMUNE,
            through=None,
            invited=False,
            sender=BAT_XAT,
            as_of=at(date(2022, 7, 7)),
            sections=sections,
        ),
        **changes,
    )


def missing(number: int, name: str, **changes: Any) -> Line:
    """One of a district's communes that have not reported by 20/7/2022."""
    late: dict[str, Any] = {
        "obligation": f"1.2/x{number:05d}-2022/once",
        "agency": f"UBND {name}",
        "agency_short": name,
        "step": "+4",
        "days_left": -4,
        "reminders": Reminders(arrived=(date(2022, 7, 7), date(2022, 7, 13), date(2022, 7, 18))),
        "next_steps": COMMUNE_NEXT[1:],
    }
    return late_line(**{**late, **changes})


def to_district(section: Section, **changes: Any) -> Mail:
    """A mail to UBND huyện Bát Xát."""
    whom: dict[str, Any] = {
        "recipient": "Ủy ban nhân dân huyện Bát Xát",
        "recipient_short": "UBND huyện Bát Xát",
        "recipient_level": DISTRICT,
        "through": "qua Phòng Nội vụ",
        "as_of": at(date(2022, 7, 20)),
        "sections": (section,),
    }
    return mail("superior", **{**whom, **changes})


def to_focal(*sections: Section, **changes: Any) -> Mail:
    """A mail to Sở Nội vụ."""
    whom: dict[str, Any] = {
        "recipient": "Sở Nội vụ",
        "recipient_short": "Sở Nội vụ",
        "recipient_level": PROVINCE,
        "through": "Phòng Cải cách hành chính",
        "sender": SO_NOI_VU,
        "as_of": at(date(2022, 7, 25)),
        "sections": sections,
    }
    return mail("focal", **{**whom, **changes})


def report_line(**changes: Any) -> Line:
    """The commune's cycle report of Quý III."""
    report: dict[str, Any] = {
        "obligation": "report/x02719-2022/2022-Q3-report",
        "kind": Kind.REPORT,
        "item": None,
        "title": "Báo cáo Quý III năm 2022",
        "deadline_text": "Trước ngày 10/9/2022",
        "last_day": date(2022, 9, 9),
        "why": "Quý III: 'trước ngày 10' tháng 9/2022 → ngày 10 không tính → Thứ Sáu 09/9/2022",
        "next_steps": (),
        "ours": True,
        "plan_day": date(2022, 9, 14),
        "closes_on": date(2022, 9, 7),
    }
    return line(**{**report, **changes})


def plan_line(**changes: Any) -> Line:
    """The commune's own implementing plan."""
    plan: dict[str, Any] = {
        "obligation": "plan/x02719-2022/once",
        "kind": Kind.PLAN,
        "item": None,
        "title": "Kế hoạch triển khai thực hiện của đơn vị",
        "deadline_text": "",
        "why": "10 ngày làm việc kể từ ngày ký Kế hoạch",
        "ours": True,
    }
    return line(**{**plan, **changes})


def sheet_line(**changes: Any) -> Line:
    """The chairperson's sheet of July."""
    sheet: dict[str, Any] = {
        "obligation": "sheet/x02719-2022/2022-07",
        "kind": Kind.SHEET,
        "item": None,
        "title": "Theo dõi, đánh giá việc thực hiện tháng 7 năm 2022",
        "deadline_text": "Định kỳ hàng tháng (Mục III.2 của Kế hoạch)",
        "ours": True,
        "last_day": date(2022, 8, 10),
        "why": "",
        "next_steps": (),
    }
    return line(**{**sheet, **changes})
