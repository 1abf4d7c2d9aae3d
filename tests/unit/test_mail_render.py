"""Every kind of mail renders, in the right voice, safe from whatever its texts contain."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from notifications import bundle
from notifications.headlines import NEVER_WIDER, SUBJECT_WIDTH
from notifications.model import Section
from notifications.render import TEMPLATES, render
from tests.support.houses.levels import DISTRICT, PROVINCE
from tests.support.mailing import mails, model_mails
from tests.support.mailing.mails import COMMUNE_NEXT
from tests.support.mailing.words import NEVER, NEVER_TO_INVITED, words_of

KINDS = sorted(model_mails.every_kind())
MOST_WORDS = 120


def test_each_template_folder_has_its_three_parts_and_is_known() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()} - {"parts", "note", "alarm"}
    assert folders == {*bundle.ORDER, bundle.AWAITING} == set(KINDS)
    for folder in folders:
        assert {"subject.txt", "body.txt", "body.html"} <= {p.name for p in (TEMPLATES / folder).iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_who_it_is_from_and_how_to_answer(kind: str) -> None:
    mail = model_mails.every_kind()[kind]
    rendered = render(mail)
    assert rendered.subject.startswith("[KH 239] ")
    assert len(rendered.subject) <= SUBJECT_WIDTH
    assert not rendered.subject.removeprefix("[KH 239] ").startswith("Đôn đốc")
    for part in (" ".join(rendered.text.split()), words_of(rendered.html)):
        assert f"Kính gửi: {mail.recipient}" in part
        assert f"điện thoại {mail.sender.phone}" in part
        assert mail.sender.reply_to in part
        assert "không thay thế văn bản hành chính" in part
        assert "Không nhập, không đính kèm thông tin thuộc danh mục bí mật nhà nước" in part


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_tell_the_same_facts(kind: str) -> None:
    rendered = render(model_mails.every_kind()[kind])
    numbers = re.compile(r"\d[\d/.]*\d|\d")
    assert sorted(set(numbers.findall(rendered.text))) == sorted(
        set(numbers.findall(words_of(rendered.html)))
    )


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_offend_are_never_said(kind: str) -> None:
    mail = model_mails.every_kind()[kind]
    rendered = render(mail)
    said = f"{rendered.subject} {rendered.text}".lower()
    assert [word for word in NEVER if word in said] == []
    if mail.invited:
        assert [word for word in NEVER_TO_INVITED if word in said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_part_is_plain_and_narrow(kind: str) -> None:
    text = render(model_mails.every_kind()[kind]).text
    assert not re.search(r"<[a-z/!]|&[a-z]+;|\n{3}|[ \t]\n", text)
    assert max(map(len, text.splitlines())) <= 78


@pytest.mark.parametrize("kind", KINDS)
def test_the_html_part_reads_on_a_telephone_and_in_outlook(kind: str) -> None:
    html = render(model_mails.every_kind()[kind]).html
    assert '<html lang="vi">' in html
    assert "max-width:600px" in html
    assert min(map(int, re.findall(r"font-size:(\d+)px", html))) >= 15


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_mail_is_rendered_to_the_same_bytes(kind: str) -> None:
    assert render(model_mails.every_kind()[kind]) == render(model_mails.every_kind()[kind])


@pytest.mark.parametrize("maker", [mails.line, mails.report_line, mails.plan_line, mails.sheet_line])
@pytest.mark.parametrize("template", bundle.ORDER)
def test_every_template_copes_with_every_kind_of_duty(maker: object, template: str) -> None:
    assert callable(maker)
    for lines in ((maker(),), (maker(days_left=-3), maker(obligation="other", days_left=0))):
        assert render(mails.mail(template, *lines)).subject


def test_diacritics_and_ampersands_are_right_in_all_parts() -> None:
    title = "Niêm yết thủ tục & phí <b>tại trụ sở</b>"
    rendered = render(
        mails.mail("remind", mails.line(title=title), recipient_short="UBND xã A & B", recipient="Xã A & B")
    )
    assert "UBND xã A & B" in rendered.subject
    assert "thủ tục & phí <b>tại trụ sở</b>" in " ".join(rendered.text.split())
    assert "thủ tục &amp; phí &lt;b&gt;tại trụ sở&lt;/b&gt;" in rendered.html


def test_a_title_with_line_breaks_stays_text() -> None:
    rendered = render(
        mails.mail("remind", mails.report_line(title="Báo cáo\r\nBcc: ai@do.example\n/etc/hostname"))
    )
    assert "\n" not in rendered.subject
    assert "\nBcc" not in rendered.text
    assert "Báo cáo Bcc: ai@do.example /etc/hostname" in " ".join(rendered.text.split())


def test_the_late_ones_come_first_and_the_subject_counts_them() -> None:
    remind = Section(template="remind", lines=(mails.line(item="5.1", obligation="5.1/x/once"),))
    late = (mails.late_line(), mails.late_line(item="2.3", obligation="2.3/x/2022-Q2"))
    rendered = render(replace(model_mails.m1(), sections=(remind, Section(template="overdue", lines=late))))
    assert rendered.subject == "[KH 239] Quá hạn 14/7: nhiệm vụ 1.2, 2.3 - UBND xã A Mú Sung"
    assert (
        rendered.text.index("2.3 Tổ chức") < rendered.text.index("SẮP ĐẾN HẠN") < rendered.text.index("5.1")
    )
    assert rendered.text.count("Kính gửi") == rendered.text.count("Đầu mối hỗ trợ") == 1


def test_many_duties_are_counted_without_their_keys() -> None:
    late = [mails.late_line(item=f"5.{n}", obligation=f"5.{n}/x/once") for n in range(1, 7)]
    subject = render(mails.mail("overdue", *late)).subject
    assert subject == "[KH 239] Quá hạn 14/7: 06 nhiệm vụ - UBND xã A Mú Sung"


def test_a_reminder_that_fires_after_the_last_day_says_so() -> None:
    mail = mails.mail(
        "remind", mails.line(days_left=-3, missed=("-5", "-1")), as_of=mails.at(date(2022, 7, 19))
    )
    rendered = render(mail)
    text = " ".join(rendered.text.split())
    assert rendered.subject.startswith("[KH 239] Quá hạn 14/7: nhiệm vụ 1.2")
    assert "quá hạn 03 ngày làm việc" in text
    assert "chưa gửi được thư nhắc việc trước hạn 05 ngày làm việc" in text


def test_a_unit_without_an_address_is_reached_through_its_superior() -> None:
    passed_on = mails.line(agency="UBND xã Y Tý", forwarded_for="UBND xã Y Tý")
    rendered = render(mails.to_district(Section(template="remind", lines=(passed_on,))))
    assert rendered.subject == "[KH 239] Nhờ chuyển UBND xã Y Tý: hạn 14/7, nhiệm vụ 1.2"
    text = " ".join(rendered.text.split())
    assert "UBND xã Y Tý chưa có địa chỉ thư trên Hệ thống; kính đề nghị UBND huyện chuyển giúp" in text
    assert "đề nghị UBND xã Y Tý cập nhật" in text


def test_a_pause_is_named_beside_the_lateness() -> None:
    text = render(mails.mail("overdue", mails.late_line(excused=True))).text
    assert "Có thời gian tạm dừng theo địa bàn." in " ".join(text.split())


def test_links_become_buttons_and_replace_the_reply() -> None:
    links = {"answer": "https://dondoc.example/a?x=1&y=2"}
    rendered = render(replace(model_mails.m1(), links=links))
    assert 'href="https://dondoc.example/a?x=1&amp;y=2"' in rendered.html
    assert "https://dondoc.example/a?x=1&y=2" in rendered.text
    assert "phúc đáp thư này" not in rendered.text


def test_the_desks_weekly_line_may_be_the_whole_mail() -> None:
    rendered = render(model_mails.every_kind()["awaiting"])
    assert rendered.subject == "[KH 239] 04 báo cáo chờ xác nhận - UBND huyện Bát Xát"
    assert "xác nhận: 04 (báo cáo sớm nhất gửi ngày 13/7/2022)." in " ".join(rendered.text.split())


def test_the_weekly_line_joins_another_mail() -> None:
    text = " ".join(render(replace(model_mails.m3(), awaiting_review=4)).text.split())
    assert text.count("04 chờ Phòng Nội vụ xác nhận") == 1
    assert text.count("Báo cáo đang chờ Phòng Nội vụ xác nhận: 04.") == 1


def test_a_mail_without_content_is_refused() -> None:
    with pytest.raises(bundle.EmptyMail):
        render(mails.mail("remind"))


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("UBND xã A Mú Sung", "[KH 239] Hạn 14/7: nhiệm vụ 1.2 - UBND xã A Mú Sung"),
        (
            "UBND thị trấn Nông trường Phong Hải",
            "[KH 239] Hạn 14/7: 1.2 - UBND thị trấn Nông trường Phong Hải",
        ),
        # 62 characters with it: whose letter it is stands in its first line.
        ("Sở Nông nghiệp và Phát triển nông thôn", "[KH 239] Hạn 14/7: nhiệm vụ 1.2"),
    ],
)
def test_the_longer_the_name_the_shorter_the_rest_and_no_name_is_cut(name: str, subject: str) -> None:
    assert render(mails.mail("remind", mails.line(), recipient_short=name)).subject == subject


def test_a_title_nobody_could_read_ends_somewhere() -> None:
    nameless = mails.line(item=None, title="X" * 999)
    assert len(render(mails.mail("remind", nameless)).subject) == NEVER_WIDER


def test_the_sheets_subject_says_chairperson_where_there_is_room() -> None:
    def subject(name: str) -> str:
        return render(mails.mail("sheet", mails.sheet_line(), recipient_short=name)).subject

    assert subject("UBND xã Y Tý") == "[KH 239] Chậm nhất 10/8: Chủ tịch xem bảng tháng 7 - xã Y Tý"
    assert subject("UBND xã A Mú Sung") == "[KH 239] 10/8: Chủ tịch xem xét bảng tháng 7 - xã A Mú Sung"


def test_a_reminder_is_read_in_ten_seconds() -> None:
    rendered = render(replace(model_mails.m1(), links={"answer": "https://dondoc.example/a"}))
    letter = rendered.text.split("Đầu mối hỗ trợ")[0]
    assert len(letter.split()) <= MOST_WORDS
    box = letter.split("\n\n")[1]
    assert [row.partition(":")[0] for row in box.splitlines()] == ["Việc", "Hạn cuối", "Gửi"]
    assert letter.index("https://dondoc.example/a") < letter.index("chưa ghi nhận")


def test_no_arrow_and_no_straight_quote_is_read() -> None:
    for mail in model_mails.every_kind().values():
        rendered = render(mail)
        assert not set("→'\"") & set(rendered.text + words_of(rendered.html))


def test_a_day_of_ours_is_asked_for_and_never_overdue_by_the_plan() -> None:
    for maker in (mails.report_line, mails.plan_line):
        for days, template in ((3, "remind"), (-2, "overdue")):
            rendered = render(mails.mail(template, maker(days_left=days)))
            text = " ".join(rendered.text.split())
            assert "Đề nghị chậm nhất: " in text
            assert "Kế hoạch không ghi" in text
            assert "quá hạn" not in f"{rendered.subject} {text}".lower()
            assert "danh mục đề xuất" not in text
    report = " ".join(render(mails.mail("remind", mails.report_line(days_left=3))).text.split())
    assert "để UBND cấp huyện kịp gửi trước ngày 15/9/2022, đề nghị gửi sớm hơn" in report


def test_a_preheader_says_day_duty_and_where_to() -> None:
    html = render(model_mails.m1()).html
    hidden = html.partition("display:none")[2].partition("</div>")[0]
    assert "Hạn cuối thứ Năm, ngày 14/7/2022; 1.2 Tổ chức" in hidden
    assert "gửi UBND huyện qua Phòng Nội vụ" in hidden


def test_so_noi_vu_is_threatened_with_itself_by_nobody() -> None:
    """Neither by the mail about what waits for it, nor by the one about its own duty."""
    so_noi_vu: dict[str, Any] = {
        "recipient": "Sở Nội vụ",
        "recipient_short": "Sở Nội vụ",
        "recipient_level": PROVINCE,
        "sender": mails.SO_NOI_VU,
    }
    hears = zip(COMMUNE_NEXT, ("director", "focal", "list"), strict=True)
    steps = tuple(replace(step, role=role) for step, role in hears)
    own = mails.line(item="1.1", agency="Sở Nội vụ", level=PROVINCE, district="", next_steps=steps)
    waits = mails.line(
        agency="UBND huyện Bát Xát",
        level=DISTRICT,
        reports_to="",
        handed_in_on=date(2022, 7, 4),
        next_steps=steps,
    )
    asks = replace(own, asked="số lớp", handed_in_on=date(2022, 7, 4))
    for template, line in (("review", waits), ("remind", own), ("overdue", replace(own, days_left=-1))):
        text = " ".join(render(mails.mail(template, line, **so_noi_vu)).text.split())
        assert "bảng tổng hợp của Sở Nội vụ" not in text
        assert "danh mục đề xuất" not in text or template == "review"
    for lines in ((asks,), (asks, replace(asks, item="1.3"))):
        text = " ".join(render(mails.mail("correction", *lines, **so_noi_vu)).text.split())
        assert "đề nghị Sở Nội vụ bổ sung" not in text
        assert "đề nghị bộ phận được phân công bổ sung" in text
