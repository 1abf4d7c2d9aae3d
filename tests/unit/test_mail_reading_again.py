"""What was found when forty mails were read a third time, each a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notifications.model import Mail, Section
from notifications.phrases import listing
from notifications.render import render
from obligations.reminders import Reminders
from tests.support.houses.levels import PROVINCE
from tests.support.mailing import mails, model_mails


def words(mail: Mail) -> str:
    return " ".join(render(mail).text.split())


def to_director(**changes: object) -> str:
    mail = model_mails.director()
    (own,) = mail.sections[0].lines
    return words(
        replace(mail, sections=(Section(template="director", lines=(replace(own, **changes),)),))  # type: ignore[arg-type]
    )


def test_a_director_who_was_told_before_is_asked_to_set_a_day() -> None:
    assert "Kính đề nghị đồng chí chỉ đạo bộ phận được phân công" in to_director()
    for late in ({"step": "repeat-3", "days_left": -40}, {"days_left": -20}):
        text = to_director(**late)
        assert "Kính đề nghị đồng chí trực tiếp chỉ đạo, ấn định ngày hoàn thành" in text
        assert "bộ phận được phân công" not in text


def test_a_director_reads_of_no_delay_against_a_day_of_ours() -> None:
    assert "Nội dung chậm của cơ quan" in to_director()
    assert "chậm của cơ quan" not in to_director(ours=True, step="+1")


def test_several_events_of_a_unit_are_late_each() -> None:
    both = [
        mails.missing(
            2719,
            "xã Mường Vi",
            item="2.5",
            obligation=f"2.5/x/e-{n}",
            event=f"Dự án {name}",
            ours=True,
            last_day=date(2022, 8, 1),
        )
        for n, name in enumerate(("đường Mường Vi - Bản Xèo", "kè suối Ngòi Phát"))
    ]
    text = words(mails.to_district(Section(template="superior", lines=tuple(both))))
    assert (
        "UBND xã Mường Vi: nhiệm vụ 2.5 (Dự án đường Mường Vi - Bản Xèo); nhiệm vụ 2.5 (Dự án kè suối"
        " Ngòi Phát), đều đề nghị 01/8, đã qua 04 ngày làm việc;" in text
    )


def test_nobody_was_urged_to_a_day_of_ours() -> None:
    often = Reminders(arrived=tuple(date(2022, 7, day) for day in (7, 13, 18, 28)))
    assert "Đã nhắc việc, đôn đốc 04 lần" in words(mails.mail("overdue", mails.late_line(reminders=often)))
    text = words(mails.mail("overdue", mails.plan_line(days_left=-12, reminders=often)))
    assert "Đã nhắc việc 04 lần, từ 07/7/2022 đến 28/7/2022." in text
    assert "đôn đốc" not in text.lower().replace("đôn đốc thực hiện", "")


def test_several_duties_begin_with_a_box_what_is_overdue_before_all() -> None:
    late = mails.late_line()
    plan = mails.plan_line(days_left=-12, last_day=date(2022, 7, 1))
    box, _, _ = words(mails.mail("overdue", late, plan)).partition("Đến ")
    assert "Việc: 02 nội dung" in box
    assert "Hạn cuối: sớm nhất thứ Năm, ngày 14/7/2022 (quá hạn 02 ngày làm việc)" in box
    assert "Gửi: UBND huyện qua Phòng Nội vụ" in box
    both = (mails.line(), mails.line(item="2.3", obligation="2.3/x/2022-Q2"))
    box, _, _ = words(mails.mail("remind", *both)).partition("Đến ")
    assert "Việc: 02 nhiệm vụ (1.2, 2.3)" in box
    assert "Hạn cuối: thứ Năm, ngày 14/7/2022" in box


def waiting(template: str, **changes: object) -> Mail:
    handed_in = mails.report_line(handed_in_on=date(2022, 9, 7))
    return mails.to_district(
        Section(template=template, lines=(handed_in,)),
        links={"review": "https://x.example/r"},
        awaiting_review=1,
        **changes,
    )


def test_a_review_mail_begins_with_its_box_and_button() -> None:
    text = words(waiting("review"))
    box, _, _ = text.partition("Đến ")
    assert "Việc: Xem xét, tiếp nhận báo cáo Quý III năm 2022 của UBND xã A Mú Sung" in box
    assert "Đã gửi: ngày 07/9/2022" in box
    assert "Xem xét báo cáo: https://x.example/r" in box


def test_a_review_mail_says_once_what_waits() -> None:
    assert "đang chờ" not in words(waiting("review"))
    more = words(replace(waiting("review"), awaiting_review=3, awaiting_oldest=date(2022, 9, 5)))
    assert more.count("đang chờ") == 1
    assert "Tổng số báo cáo đang chờ Phòng Nội vụ xác nhận: 03" in more


def test_so_noi_vu_reads_in_a_box_who_owes_what_since_when() -> None:
    mail = replace(model_mails.same_day(), links={"details": "https://x.example/d"})
    box, _, _ = words(mail).partition("Đến ")
    assert "Việc: Liên hệ UBND huyện Bát Xát và UBND huyện Văn Bàn, nắm nguyên nhân" in box
    assert "Chưa có: nhiệm vụ 3.5" in box
    assert "Hạn cuối: thứ Sáu, ngày 30/9/2022" in box
    assert "Xem chi tiết: https://x.example/d" in box


def test_so_noi_vus_own_task_is_completed_by_its_office_and_not_by_itself() -> None:
    survey = mails.line(
        item="III.3.a",
        obligation="III.3.a/so-noi-vu/once",
        agency="Sở Nội vụ",
        level=PROVINCE,
        reports_to="",
        ours=True,
        asked="Nêu rõ nguyên nhân.",
        handed_in_on=date(2022, 11, 28),
    )
    text = words(mails.to_focal(Section(template="correction", lines=(survey,))))
    assert "Giám đốc Sở Nội vụ đã xem báo cáo gửi ngày 28/11/2022, đề nghị bộ phận được phân công" in text
    assert "đề nghị Sở Nội vụ" not in text


@pytest.mark.parametrize("item", ["III.1", "3.4"])
def test_an_invited_body_is_named_and_part_three_is_a_section(item: str) -> None:
    mail = model_mails.request()
    (section,) = mail.sections
    asked = replace(section.lines[0], item=item, agency_short="UBMTTQ tỉnh")
    rendered = render(
        replace(
            mail,
            recipient_short="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
            sections=(replace(section, lines=(asked,)),),
        )
    )
    called = "mục" if item == "III.1" else "nội dung"
    assert rendered.subject == f"[KH 239] Đề nghị phối hợp, 09/9: {called} {item} - UBMTTQ tỉnh"


def test_a_districts_twelve_items_are_listed_uncut() -> None:
    called = "Tích hợp TTHC lên Cổng dịch vụ công"
    assert called in listing([(f"8.{n}", called) for n in range(12)])
