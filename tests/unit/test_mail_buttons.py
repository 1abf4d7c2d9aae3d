"""Links in the ladder's mails: each once, named by what they open, and the text speaks of them."""

from dataclasses import replace

import pytest

from notifications.buttons import LABELS
from notifications.model import Section
from notifications.render import render
from tests.support.mailing import mails, model_mails

ANSWER = {"answer": "https://dondoc.example/l/a", "reason": "https://dondoc.example/l/a#ly-do"}
REVIEW = {
    "review": "https://dondoc.example/l/r",
    "details": "https://dondoc.example/l/r",
    "record": "https://dondoc.example/l/r#ghi-nhan",
    "directive": "https://dondoc.example/l/r#chi-dao",
}
SHEET = {"sheet": "https://dondoc.example/l/a/phieu/x"}
ALL = {**ANSWER, **REVIEW, **SHEET, "proposals": "https://dondoc.example/danh-muc"}


@pytest.mark.parametrize("kind", sorted(set(model_mails.every_kind()) - {"request"}))
def test_with_links_no_mail_asks_to_be_answered_by_reply(kind: str) -> None:
    rendered = render(replace(model_mails.every_kind()[kind], links=ALL))
    assert "phúc đáp" not in rendered.text
    for name, label in LABELS[kind] if kind != "focal" else (("proposals", "Xem, chỉnh sửa danh mục"),):
        assert f"{label}:\n  {ALL[name]}\n" in rendered.text
        assert f'href="{ALL[name]}"' in rendered.html


@pytest.mark.parametrize("kind", sorted(model_mails.every_kind()))
def test_without_links_nothing_is_to_be_pressed(kind: str) -> None:
    rendered = render(model_mails.every_kind()[kind])
    assert "http" not in rendered.text
    assert "href" not in rendered.html
    assert "đường dẫn" not in rendered.text


def test_an_invited_body_gets_nothing_to_press() -> None:
    assert "http" not in render(replace(model_mails.request(), links=ALL)).text


def test_each_link_stands_once_in_the_first_section_that_names_it() -> None:
    own = Section(template="overdue", lines=(mails.late_line(agency="UBND huyện Bát Xát"),))
    soon = Section(template="remind", lines=(mails.line(item="5.1", obligation="5.1/x/once"),))
    mail = replace(
        model_mails.m3(), sections=(*model_mails.m3().sections, own, soon), links={**ANSWER, **REVIEW}
    )
    text = render(mail).text
    for label in ("Xem chi tiết:", "Ghi ý kiến chỉ đạo:", "Cập nhật kết quả:", "Nêu lý do chậm:"):
        assert text.count(label) == 1
    # The district reads about its communes first and answers for itself where its own duty stands.
    assert text.index("Ghi ý kiến chỉ đạo:") < text.index("Cập nhật kết quả:") < text.index("SẮP ĐẾN HẠN")


def test_the_weekly_line_in_another_mail_can_be_opened() -> None:
    joined = render(replace(model_mails.m1(), awaiting_review=4, links={**ANSWER, **REVIEW}))
    assert joined.text.count("Xem xét báo cáo:") == 1
    alone = render(replace(model_mails.every_kind()["awaiting"], links=REVIEW))
    assert alone.text.count("Xem xét báo cáo:") == 1


def test_the_opening_letter_asks_for_the_contacts_at_the_link() -> None:
    text = " ".join(render(replace(model_mails.opening(), links=ANSWER)).text.split())
    assert "Đề nghị UBND xã cho biết đầu mối tại đường dẫn trên: lãnh đạo phụ trách" in text


def test_units_that_a_mail_is_passed_on_to_have_a_link_each() -> None:
    lines = tuple(
        mails.late_line(
            agency=f"UBND xã {name}",
            forwarded_for=f"UBND xã {name}",
            obligation=name,
            link=f"https://dondoc.example/l/{number}",
        )
        for number, name in enumerate(("Y Tý", "Nậm Chạc"))
    )
    rendered = render(mails.to_district(Section(template="overdue", lines=lines)))
    text = " ".join(rendered.text.split())
    assert "Đường dẫn cập nhật kết quả của UBND xã Y Tý: https://dondoc.example/l/0" in text
    assert '<a href="https://dondoc.example/l/1"' in rendered.html
    assert "phúc đáp" not in text


def test_mondays_table_opens_what_waits_only_when_something_waits() -> None:
    waiting = replace(model_mails.m4(), links=ALL)
    assert "Xem báo cáo chờ tiếp nhận:" in render(waiting).text
    assert waiting.digest is not None
    idle = replace(waiting, digest=replace(waiting.digest, awaiting_focal=0))
    assert "Xem báo cáo chờ tiếp nhận:" not in render(idle).text


def test_mondays_table_counts_the_requests_for_another_last_day() -> None:
    text = " ".join(render(model_mails.m4()).text.split())
    assert "Chờ Sở: 03 báo cáo chờ tiếp nhận; 01 đề nghị điều chỉnh thời hạn" in text
    assert "Lý do chậm mới nêu: 02." in text
