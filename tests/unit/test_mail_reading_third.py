"""A half-year's mails read once more as their recipients would: what was not quite true in them."""

from __future__ import annotations

from datetime import date, datetime

from notifications.alarm import Fault, News, worded
from notifications.headlines import holders_counted
from notifications.model import Mail, Section
from notifications.render import render
from notifications.wording import LOCAL_ZONE
from tests.support.houses.levels import DISTRICT, PROVINCE
from tests.support.mailing import mails


def words(mail: Mail) -> str:
    """The text part on one line."""
    return " ".join(render(mail).text.split())


def test_of_many_reports_those_that_so_noi_vu_reviews_itself_stand_first() -> None:
    theirs = tuple(
        mails.report_line(agency=f"UBND xã số {n}", obligation=f"report/x{n}", handed_in_on=date(2022, 12, 7))
        for n in range(10)
    )
    own = mails.report_line(
        agency="Sở Du lịch", obligation="report/so", reports_to="", handed_in_on=date(2022, 12, 13)
    )
    text = words(mails.to_focal(Section(template="review", lines=(*theirs, own))))
    assert (
        "Việc: Xem xét, tiếp nhận báo cáo Quý III năm 2022 của Sở Du lịch; theo dõi việc xem xét 10 báo cáo"
        in text
    )
    assert text.index("- Sở Du lịch:") < text.index("- UBND xã số 0:")
    assert "Bảng trên nêu 10 báo cáo; danh sách đầy đủ tại tệp Excel kèm theo." in text


def test_so_noi_vu_reads_of_units_by_what_they_are() -> None:
    towns = [mails.late_line(agency=f"UBND xã {n}", agency_short=f"xã {n}") for n in "ABC"]
    town = mails.late_line(agency="UBND phường Sa Pả", agency_short="phường Sa Pả")
    above = [
        mails.late_line(agency=f"UBND {name}", agency_short=name, level=DISTRICT, reports_to="")
        for name in ("huyện Bắc Hà", "thị xã Sa Pa", "huyện Bảo Yên")
    ]
    assert holders_counted([*towns, town]) == "04 xã, phường"
    assert holders_counted(above) == "03 huyện, thị xã"
    bodies = [
        mails.late_line(agency=name, agency_short=name, level=PROVINCE, reports_to="")
        for name in ("Sở Y tế", "Ban Dân tộc")
    ]
    assert holders_counted([*bodies, above[0]]) == "02 sở, ban, 01 huyện"
    assert (
        holders_counted(
            [mails.late_line(agency=n, agency_short=n, level=PROVINCE) for n in ("Thanh tra tỉnh",)]
        )
        == "01 sở, ban, ngành"
    )


def test_a_subject_says_since_when_where_not_all_were_due_on_one_day() -> None:
    first, later = (
        mails.late_line(item=i, last_day=d)
        for i, d in (("1.2", date(2022, 7, 14)), ("5.3", date(2022, 9, 29)))
    )
    assert render(mails.mail("overdue", first, later)).subject.startswith("[KH 239] Quá hạn từ 14/7: ")
    assert render(mails.mail("overdue", first)).subject.startswith("[KH 239] Quá hạn 14/7: ")


def test_a_pause_that_is_over_is_named_and_no_more_is_promised() -> None:
    """Its days excuse nothing any more: the duty is counted with what is overdue."""
    text = words(mails.mail("overdue", mails.late_line(excused=True)))
    assert "có thời gian tạm dừng theo địa bàn" in text.lower()
    assert "thống kê riêng" not in text


def test_a_month_seen_late_is_not_called_unseen_in_the_next_ones_reminder() -> None:
    """Months that were missed in a row may have been looked at since: too late, and yet seen."""
    september = mails.sheet_line(step="sheet", streak=2)
    said = words(mails.mail("sheet", september))
    assert "chưa ghi nhận ý kiến xem xét; đề nghị đồng chí Chủ tịch" in said
    assert "tháng liền" not in said


def test_an_alarm_has_its_parts_apart_and_says_of_what_is_over_since_when_it_was_wrong() -> None:
    since = datetime(2022, 10, 5, 9, 0, tzinfo=LOCAL_ZONE)
    one, two = (Fault(title=title, said="02 thư", since=since) for title in ("Thư chờ lâu", "Gửi thư"))
    news = News(
        at=since, plan_short="KH 239", system="Kế hoạch 239", begun=(one,), lasting=(two,), over=(two,)
    )
    _, text = worded(news)
    assert "- Thư chờ lâu: 02 thư\n\nCHƯA KHẮC PHỤC\n\n- Gửi thư: 02 thư (từ 09 giờ" in text
    assert "\n\nĐÃ TRỞ LẠI BÌNH THƯỜNG\n\n- Gửi thư (lỗi từ 09 giờ 00 phút ngày 05/10/2022)" in text


def test_the_mail_that_tells_of_an_event_names_it_in_full() -> None:
    event = "Quyết định số 3198/QĐ-UBND ngày 29/8/2022: Quy hoạch, kế hoạch sử dụng đất được phê duyệt"
    assert f"Sự kiện: {event} " in words(
        mails.mail("opening", mails.line(item="2.4", event=event, step="opening"))
    )
