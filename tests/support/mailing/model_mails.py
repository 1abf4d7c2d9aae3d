"""The model mails and one of every kind, made of the sample lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from notifications.model import AreaCount, Digest, Line, Mail, NextStep, Section, TakenOver, Upcoming
from notifications.week import FallsDue, Place
from obligations.model import Kind
from obligations.reckoning import Compared, Reckoning
from obligations.reminders import Reminders
from tests.support.houses.levels import COMMUNE, DISTRICT, PROVINCE
from tests.support.mailing.mails import (
    TITLE_1_2,
    at,
    late_line,
    line,
    mail,
    missing,
    plan_line,
    report_line,
    sheet_line,
    to_district,
    to_focal,
)


def m1() -> Mail:
    """Model mail 1: a reminder before the last day."""
    return mail("remind", line())


def m2() -> Mail:
    """Model mail 2: after the last day, to the unit."""
    return mail("overdue", late_line(), as_of=at(date(2022, 7, 18)))


def taken_over() -> Mail:
    """What a commune took over of two, late at one of them."""
    names = ("UBND xã Nậm Chạc", "UBND xã A Mú Sung")
    over = TakenOver(of=names, on=date(2022, 7, 19), resolution="Nghị quyết số 01")
    return mail("hand-over", late_line(taken_over=over), as_of=at(date(2022, 7, 19)))


def m3() -> Mail:
    """Model mail 3: to the district, all its communes in one."""
    lines = (
        missing(2719, "xã A Mú Sung"),
        missing(2722, "xã Nậm Chạc"),
        missing(2725, "xã Y Tý", reason="chờ hướng dẫn"),
    )
    area = AreaCount(
        item="1.2",
        title=TITLE_1_2,
        deadline_text="Trước ngày 15/7/2022",
        last_day=date(2022, 7, 14),
        area="huyện Bát Xát",
        total=21,
        done_in_time=16,
        done_late=2,
        awaiting_review=4,
        missing=lines,
    )
    return to_district(Section(template="superior", lines=lines, areas=(area,)))


def digest(*rows: Line) -> Digest:
    """What Monday's table says on 25/7/2022."""
    return Digest(
        reckoned=Reckoning(in_time=430, late=16, overdue=10, running=800, ahead=36),
        continuous=3156,
        long_overdue=10,
        overdue_by_level=((PROVINCE, 0), (DISTRICT, 0), (COMMUNE, 10)),
        compared=Compared(since=date(2022, 7, 18), now=10, then=12, fresh=10, done=11, otherwise=1),
        areas=(
            Place(name="Văn Bàn", reckoned=Reckoning(overdue=4), late_units=4),
            Place(name="Bát Xát", reckoned=Reckoning(overdue=3), late_units=3),
            Place(name="Bảo Yên", reckoned=Reckoning(overdue=3), late_units=3),
        ),
        departments=(),
        awaiting_focal=3,
        extension_requests=1,
        new_reasons=2,
        proposals=1,
        proposed_units=1,
        due_this_week=(FallsDue("nhiệm vụ 3.1", date(2022, 7, 29), 2, 9),),
        sheets_missed=(),
        sheets_overdue=0,
        not_supplied=(("Bảo hiểm xã hội tỉnh", "Quý III năm 2022"),),
        undelivered=(("UBND xã Y Tý", "550 hộp thư không tồn tại"),),
        without_address=("UBND xã Nậm Chạc",),
        rows=rows,
    )


def m4(rows: int = 10) -> Mail:
    """Model mail 4: Monday's table to Sở Nội vụ."""
    lines = tuple(missing(3000 + n, f"xã Thứ {n}", days_left=-7 - n % 3) for n in range(rows))
    return to_focal(Section(template="focal", lines=lines[:3]), digest=digest(*lines))


def opening() -> Mail:
    """The opening letter of a commune on 04/7/2022."""
    plan = plan_line(last_day=date(2022, 7, 14))
    later = (
        Upcoming(
            title="Tăng cường tiếp nhận hồ sơ",
            item="5.2",
            last_day=date(2022, 9, 29),
            deadline_text="Trước ngày 30/9/2022",
        ),
        Upcoming(
            title="Báo cáo Quý III năm 2022",
            item=None,
            last_day=date(2022, 9, 9),
            deadline_text="",
            closes_on=date(2022, 9, 7),
            ours=True,
        ),
        Upcoming(
            title="Báo cáo năm 2022", item=None, last_day=date(2022, 12, 9), deadline_text="", ours=True
        ),
    )
    return mail(
        "opening",
        line(step="opening", days_left=8),
        plan,
        as_of=at(date(2022, 7, 4)),
        upcoming=later,
        continuous=(
            ("1.3", "Tiếp tục nâng cao chất lượng, hiệu quả công tác tiếp xúc cử tri"),
            ("2.2", "Rà soát hộ nghèo"),
        ),
        implements=(("2.1", "Tổ chức thông tin, tuyên truyền"), ("8.3", "Đồng bộ hóa, tích hợp TTHC")),
        sheet_day=10,
        cooperates=(("4.2", "Khảo sát sự hài lòng của người dân đối với dịch vụ y tế"),),
    )


def same_day() -> Mail:
    """Two districts silent on 3.5 at +4: the same day to Sở Nội vụ."""
    lines = tuple(
        late_line(
            obligation=f"3.5/h{code}-2022/2022-Q3",
            item="3.5",
            title="Báo cáo kết quả giải quyết đơn thư",
            agency=f"UBND huyện {name}",
            level=DISTRICT,
            reports_to="",
            district=f"huyện {name}",
            deadline_text="Quý III/2022",
            last_day=date(2022, 9, 30),
            days_left=-4,
            weak=True,
            next_steps=(
                NextStep(on=date(2022, 10, 14), step="list", role="list", mailed_on=date(2022, 10, 14)),
            ),
        )
        for code, name in (("082", "Bát Xát"), ("089", "Văn Bàn"))
    )
    return to_focal(Section(template="focal", lines=lines), as_of=at(date(2022, 10, 6)))


def director() -> Mail:
    """Sở Nội vụ's own 1.1, one day late, to its Giám đốc."""
    own = late_line(
        obligation="1.1/so-noi-vu/once",
        item="1.1",
        agency="Sở Nội vụ",
        level=PROVINCE,
        reports_to="",
        district="",
        last_day=date(2022, 7, 4),
        deadline_text="Trước ngày 05/7/2022",
        why="“Trước ngày 05/7/2022” nên ngày 05 không tính",
        days_left=-1,
        reminders=Reminders(arrived=(date(2022, 7, 1),)),
        next_steps=(),
    )
    return to_focal(
        Section(template="director", lines=(own,)),
        recipient="Đồng chí Giám đốc Sở Nội vụ",
        through=None,
        as_of=at(date(2022, 7, 5)),
    )


def request() -> Mail:
    """The polite request to an invited body before a cycle."""
    asked = report_line(
        agency="Bảo hiểm xã hội tỉnh",
        agency_short="Bảo hiểm xã hội tỉnh",
        level=PROVINCE,
        reports_to="",
        district="",
        kind=Kind.ROW,
        item="6.1",
        title="Tuyên truyền chính sách bảo hiểm y tế",
        ours=False,
        figures=("Tỷ lệ bao phủ bảo hiểm y tế (số người tham gia/dân số)",),
    )
    return to_focal(
        Section(template="request", lines=(asked,)),
        recipient="Bảo hiểm xã hội tỉnh",
        recipient_short="Bảo hiểm xã hội tỉnh",
        through=None,
        invited=True,
    )


def missed_sheets() -> Mail:
    """Three months in a row without a chairperson's word: to the district."""
    lines = tuple(
        sheet_line(
            obligation=f"sheet/x{number}-2022/2022-09",
            agency=f"UBND {name}",
            agency_short=name,
            step="missed",
            title="Theo dõi, đánh giá việc thực hiện tháng 9 năm 2022",
            last_day=date(2022, 10, 10),
            days_left=-1,
            streak=3,
        )
        for number, name in (("02719", "xã A Mú Sung"), ("02722", "xã Nậm Chạc"))
    )
    return to_focal(Section(template="sheet", lines=lines), as_of=at(date(2022, 10, 11)))


def passed_on() -> tuple[Line, ...]:
    """What a commune without an address owes: a task and a sheet."""
    whose: dict[str, Any] = {
        "agency": "UBND xã Y Tý",
        "agency_short": "xã Y Tý",
        "forwarded_for": "UBND xã Y Tý",
    }
    return line(**whose), sheet_line(**whose)


def every_kind() -> dict[str, Mail]:
    """One mail of each template kind, and the weekly line alone."""
    handed_in = report_line(handed_in_on=date(2022, 9, 7))
    asked = line(asked="bổ sung biên bản hội nghị", handed_in_on=date(2022, 7, 12))
    listed = Section(template="list", lines=(missing(2719, "xã A Mú Sung"),))
    return {
        "opening": opening(),
        "hand-over": taken_over(),
        "remind": m1(),
        "overdue": m2(),
        "superior": m3(),
        "focal": m4(),
        "list": to_focal(listed),
        "director": director(),
        "review": to_district(Section(template="review", lines=(handed_in,))),
        "forwarded": to_district(Section(template="remind", lines=passed_on()), recipient_short="UBND huyện"),
        "correction": mail("correction", asked),
        "sheet": mail("sheet", sheet_line()),
        "missed": missed_sheets(),
        "request": request(),
        "awaiting": to_district(
            Section(template="superior", lines=()),
            sections=(),
            awaiting_review=4,
            awaiting_oldest=date(2022, 7, 13),
        ),
    }
