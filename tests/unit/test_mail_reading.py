"""What was found when a half-year's mails were read again as their recipients read them, each a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.load import Configuration
from notifications import headlines
from notifications.headlines import SUBJECT_WIDTH
from notifications.model import Mail, Section, Upcoming
from notifications.notes import Letter, NoteTask, render_note
from notifications.render import render
from notifications.week import FallsDue
from obligations.model import Kind
from obligations.reminders import Reminders
from tests.support.houses.levels import COMMUNE, DISTRICT, PROVINCE
from tests.support.mailing import mails, model_mails

YEAR = {"title": "Báo cáo năm 2022", "last_day": date(2022, 12, 9), "plan_day": date(2022, 12, 14)}


def words(mail: Mail) -> str:
    return " ".join(render(mail).text.split())


def owed_by(agency: str, short: str) -> tuple[Mail, ...]:
    """What is to be handed on to a unit: a task, a year's report, a sheet, several at once."""
    whose = {"agency": agency, "agency_short": short, "forwarded_for": agency}
    task, report, sheet = mails.line(**whose), mails.report_line(**YEAR, **whose), mails.sheet_line(**whose)
    return tuple(
        mails.to_district(Section(template=template, lines=lines))
        for template, lines in (
            ("remind", (task,)),
            ("remind", (report,)),
            ("sheet", (sheet,)),
            ("remind", (task, report)),
        )
    )


def test_what_is_to_be_handed_on_names_the_unit_and_fits_whatever_its_name(
    configuration: Configuration,
) -> None:
    communes = [a for a in configuration.agencies.values() if a.level == COMMUNE]
    longest = sorted(communes, key=lambda agency: -len(agency.name))[:12]
    for agency in longest:
        for mail in owed_by(agency.name, agency.short_name or agency.name):
            subject = render(mail).subject
            assert len(subject) <= SUBJECT_WIDTH
            assert subject.startswith("[KH 239] Nhờ chuyển ")
            assert (agency.short_name or agency.name) in subject


def test_who_hands_on_is_not_asked_to_answer_in_the_units_place() -> None:
    told = Reminders(passed_on=(date(2022, 7, 7),))
    own = mails.plan_line(agency="UBND huyện Bát Xát", agency_short="Bát Xát", level=DISTRICT, reports_to="")
    theirs = mails.line(
        agency="UBND xã Y Tý", forwarded_for="UBND xã Y Tý", reminders=told, link="https://x.example/y"
    )
    mail = replace(
        mails.to_district(
            Section(template="remind", lines=(own, theirs)), links={"answer": "https://x.example/own"}
        ),
        recipient_short="UBND huyện Bát Xát",
    )
    rendered = render(mail)
    text = " ".join(rendered.text.split())
    assert rendered.subject == "[KH 239] Chậm nhất 14/7: kế hoạch - UBND huyện Bát Xát"
    assert "Đã gửi nhờ UBND huyện chuyển ngày 07/7/2022." in text
    assert "đề nghị UBND xã Y Tý cập nhật" in text
    # The button opens the district's own form: it stands with the district's own duty alone.
    own_part, _, handed_on = text.partition("NHỜ CHUYỂN ĐẾN ĐƠN VỊ")
    assert "https://x.example/own" in own_part
    assert "UBND xã Y Tý" not in own_part
    assert "https://x.example/y" in handed_on
    assert "https://x.example/own" not in handed_on
    assert text.count("Đã có văn bản") == 1


def test_a_passed_on_sheet_is_for_that_units_chairperson() -> None:
    sheet = mails.sheet_line(agency="UBND xã Y Tý", agency_short="xã Y Tý", forwarded_for="UBND xã Y Tý")
    assert "đồng chí Chủ tịch UBND xã Y Tý" in words(
        mails.to_district(Section(template="sheet", lines=(sheet,)))
    )


def test_a_years_report_is_called_so_however_long_the_name() -> None:
    for name in ("UBND phường Lào Cai", "UBND thị trấn Nông trường Phong Hải"):
        subject = render(mails.mail("remind", mails.report_line(**YEAR), recipient_short=name)).subject
        assert "báo cáo năm" in subject or "BC năm" in subject


def test_what_is_equally_late_is_said_once() -> None:
    late = [mails.missing(2701, "xã Y Tý", item=f"5.{n}", obligation=f"5.{n}/x/once") for n in (1, 2, 3)]
    text = words(mails.to_district(Section(template="superior", lines=tuple(late))))
    assert "UBND xã Y Tý: nhiệm vụ 5.1, 5.2, 5.3 (quá hạn 04 ngày làm việc);" in text
    assert "chỉ đạo UBND xã Y Tý hoàn thành" in text
    assert ") (" not in text


def test_noughts_are_left_out_of_how_a_place_stands() -> None:
    mail = model_mails.m3()
    (section,) = mail.sections
    area = replace(section.areas[0], done_late=0, awaiting_review=0)
    text = words(replace(mail, sections=(replace(section, areas=(area,)),)))
    assert "16/21 đã báo cáo (đúng hạn 16)." in text


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (("phường Sa Pa", "phường Phan Si Păng"), "02 phường"),
        (("phường Sa Pa", "xã Bản Hồ"), "02 xã, phường"),
        (("xã Y Tý", "xã A Lù"), "02 xã"),
    ],
)
def test_units_are_counted_by_what_they_are(names: tuple[str, ...], called: str) -> None:
    lines = tuple(mails.missing(n, name) for n, name in enumerate(names))
    assert headlines.units(lines)[0] == called


def test_a_subject_counts_what_the_mail_counts() -> None:
    lines = (
        mails.line(item="3.1", obligation="3.1/x/once"),
        mails.line(item="2.5", obligation="2.5/x/e-1", event="dự án A"),
        mails.line(item="2.5", obligation="2.5/x/e-2", event="dự án B"),
        mails.plan_line(),
    )
    rendered = render(mails.mail("remind", *lines))
    assert "04 nội dung" in rendered.subject
    assert "04 nội dung" in rendered.text


def test_what_is_past_a_day_of_ours_is_counted_apart_from_what_is_overdue() -> None:
    text = words(mails.mail("overdue", mails.late_line(), mails.plan_line(days_left=-2)))
    assert "Hệ thống chưa ghi nhận kết quả 01 nội dung quá hạn, 01 nội dung đã qua ngày đề nghị." in text


def test_how_often_it_is_told_is_said_once() -> None:
    again = [mails.late_line(step="repeat-2", item=f"5.{n}", obligation=f"5.{n}/x/once") for n in (1, 2)]
    text = words(mails.mail("overdue", *again))
    assert text.lower().count("đôn đốc lần 02") == 1


def test_reports_that_wait_in_districts_are_not_asked_of_so_noi_vu() -> None:
    waits = mails.report_line(handed_in_on=date(2022, 9, 8))
    mail = mails.to_focal(
        Section(template="review", lines=(waits,)),
        links={"review": "https://x.example/r", "details": "https://x.example/r"},
    )
    rendered = render(mail)
    text = " ".join(rendered.text.split())
    assert "đề nghị Phòng Cải cách hành chính trao đổi với UBND huyện Bát Xát" in text
    assert "xem xét, tiếp nhận hoặc đề nghị đơn vị bổ sung" not in text
    assert "Xem chi tiết: https://x.example/r" in text


def test_so_noi_vu_is_asked_by_its_office_and_not_by_itself() -> None:
    for mail in (model_mails.same_day(), model_mails.missed_sheets()):
        text = words(mail)
        assert "Đề nghị Phòng Cải cách hành chính" in text
        assert "ề nghị Sở Nội vụ" not in text


def test_an_opening_letter_counts_its_parts_from_one() -> None:
    later = (Upcoming(title="Báo cáo năm 2022", item=None, last_day=date(2022, 12, 14), deadline_text=""),)
    text = words(
        replace(
            model_mails.opening(),
            sections=(Section(template="opening", lines=(mails.plan_line(),)),),
            upcoming=later,
        )
    )
    assert "1. Kế hoạch của đơn vị, báo cáo" in text
    assert "2. Chủ trì thường xuyên" in text


def test_mondays_box_adds_up_to_its_subject_and_asks_for_days_of_ours() -> None:
    due = (
        FallsDue("Kế hoạch triển khai của đơn vị", date(2022, 7, 29), 2, 9, ours=True),
        FallsDue("nhiệm vụ 2.5 (dự án A)", date(2022, 7, 29), 0, 1),
    )
    refused = (("UBND xã Y Tý", "y-ty@laocai.example: 550 5.1.1 hop thu khong ton tai, từ 07/7/2022"),)
    rendered = render(
        mails.to_focal(digest=replace(model_mails.digest(), due_this_week=due, undelivered=refused))
    )
    text = " ".join(rendered.text.split())
    assert "04 chờ Sở" in rendered.subject
    assert (
        "03 báo cáo chờ tiếp nhận; 01 đề nghị điều chỉnh thời hạn; 01 nội dung đề xuất báo cáo UBND tỉnh"
        in text
    )
    assert "kế hoạch triển khai của đơn vị (đề nghị 29/7, đã có 02/09)" in text
    assert "nhiệm vụ 2.5 (dự án A; 29/7, đã có 00/01)" in text
    assert "UBND xã Y Tý (y-ty@laocai.example)" in text
    assert "550" not in text


def test_missed_sheets_name_what_is_known_and_no_more() -> None:
    two = mails.sheet_line(agency="UBND xã Y Tý", agency_short="xã Y Tý", step="missed", streak=2)
    six = replace(two, agency="UBND xã A Lù", agency_short="xã A Lù", streak=6)
    rendered = render(mails.to_district(Section(template="sheet", lines=(two, six))))
    assert "từ 02 tháng" in rendered.subject
    assert "(huyện Bát Xát)" not in rendered.text
    alone = words(mails.to_district(Section(template="sheet", lines=(two,))))
    assert "Chủ tịch UBND xã Y Tý" in alone
    assert "các đơn vị" not in alone


def test_a_day_of_ours_says_what_it_was_reckoned_from() -> None:
    plan = mails.plan_line(deadline_text="trong 10 ngày làm việc kể từ ngày ký Kế hoạch")
    assert "; đề nghị trong 10 ngày làm việc kể từ ngày ký Kế hoạch." in words(mails.mail("remind", plan))
    event = mails.line(
        item="2.5",
        event="dự án A",
        ours=True,
        asked_day=date(2022, 8, 1),
        last_day=date(2022, 8, 1),
        why="Có phương án: ngày 12/7/2022 không tính, cộng 20 ngày (Quy ước) → Thứ Hai 01/8/2022",
    )
    assert "Kế hoạch không ghi ngày; đề nghị 20 ngày sau 12/7/2022." in words(mails.mail("remind", event))


def test_a_cycles_day_is_told_in_words() -> None:
    report = mails.report_line(
        ours=False,
        plan_day=None,
        level=PROVINCE,
        reports_to="",
        last_day=date(2022, 12, 14),
        why="Năm: 'trước ngày 15' tháng 12/2022 → ngày 15 không tính → Thứ Tư 14/12/2022",
    )
    text = words(mails.mail("remind", report))
    assert (
        "Kế hoạch 239/KH-UBND ghi gửi báo cáo năm “trước ngày 15” tháng 12/2022; ngày 15 không tính." in text
    )


def test_what_could_not_be_sent_names_no_cause_that_nobody_knows() -> None:
    text = words(mails.mail("overdue", mails.late_line(missed=("-5", "-1"))))
    assert "Trước đó Hệ thống chưa gửi được thư nhắc việc trước hạn 05 ngày làm việc" in text
    assert "gián đoạn" not in text
    fresh = mails.line(item="2.4", event="quy hoạch", missed=("opening",))
    assert "Trước đó" not in words(mails.mail("remind", fresh))


def test_what_the_portal_mails_at_once_asks_for_a_day_of_ours() -> None:
    plan = NoteTask(
        item=None,
        title="Kế hoạch",
        agency="UBND xã A Mú Sung",
        last_day=date(2022, 7, 14),
        kind=Kind.PLAN,
        ours=True,
    )
    letter = Letter(sort="passed", mail=mails.mail("remind", mails.line()), tasks=(plan,))
    text = " ".join(render_note(letter).text.split())
    assert "Kế hoạch của đơn vị: đề nghị chậm nhất thứ Năm, ngày 14/7/2022." in text
    assert "hạn cuối" not in text
