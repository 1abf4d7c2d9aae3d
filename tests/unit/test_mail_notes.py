"""The mails the portal writes at once: the voice of the ladder's, and what users wrote is only text."""

import re
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import headlines
from notifications.headlines import SUBJECT_WIDTH
from notifications.message import build
from notifications.model import Mail
from notifications.notes import LABELS, Letter, NoteTask, Slip, Sort, render_note
from notifications.wording import LOCAL_ZONE
from obligations.model import Kind
from tests.support.houses.levels import COMMUNE, PROVINCE
from tests.support.mailing import mails, model_mails
from tests.support.mailing.words import NEVER, NEVER_TO_INVITED, words_of

URL = "https://dondoc.example/l/abc.def?x=1&y=2"
UNTIL = datetime(2022, 7, 10, 21, 0, tzinfo=LOCAL_ZONE)
TASK = NoteTask(item="1.2", title=mails.TITLE_1_2, agency="UBND xã A Mú Sung", last_day=date(2022, 7, 14))
SLIP = Slip(
    quarter="Quý III/2022",
    numbers=(
        "Sản phẩm đến hạn 08; hoàn thành 02 (đúng hạn 01, sau thời hạn 01); chưa hoàn thành 06;"
        " tạm dừng theo địa bàn, thống kê riêng 00."
    ),
    as_of=date(2022, 10, 3),
    until=date(2022, 10, 10),
)
SORTS = sorted(LABELS)
MOST_WORDS = 120


def _mail(**changes: object) -> Mail:
    links = {"links": dict.fromkeys(("login", "answer", "approve"), URL)}
    return replace(model_mails.m1(), sections=(), **{**links, **changes})  # type: ignore[arg-type]


def letter(sort: Sort, **changes: object) -> Letter:
    """A note to the commune, in the name of its district where that matters."""
    said = Letter(
        sort=sort,
        mail=_mail(),
        author="Chủ tịch UBND huyện Bát Xát",
        text="Hoàn thành trước ngày 22/7/2022",
        tasks=(TASK,),
        inner_day=date(2022, 7, 11),
        slip=SLIP,
        until=UNTIL,
        in_name_of="UBND huyện Bát Xát",
        directs=True,
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def text_of(note: Letter) -> str:
    return " ".join(render_note(note).text.split())


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_says_the_same_in_text_and_html_and_offends_nobody(sort: Sort) -> None:
    rendered = render_note(letter(sort))
    numbers = re.compile(r"\d[\d/.]*\d|\d")
    text = rendered.text.replace(URL, "")
    assert set(numbers.findall(text)) == set(numbers.findall(words_of(rendered.html)))
    assert [word for word in NEVER if word in f"{rendered.subject} {rendered.text}".lower()] == []
    assert rendered.subject.startswith("[KH 239] ")
    assert len(rendered.subject) <= SUBJECT_WIDTH
    assert f"{LABELS[sort][0][1]}:\n  {URL}" in rendered.text
    assert 'href="https://dondoc.example/l/abc.def?x=1&amp;y=2"' in rendered.html
    assert max(map(len, rendered.text.splitlines())) <= 78


def test_a_login_mail_says_how_long_and_whom_it_does_not_concern() -> None:
    text = text_of(letter("login"))
    assert "chỉ dùng được một lần, đến 21 giờ 00 phút ngày 10/7/2022" in text
    assert "Nếu đồng chí không đề nghị đăng nhập, xin bỏ qua thư này" in text


def test_a_leader_reads_who_presents_what_until_when() -> None:
    note = letter("approval", author="Nguyễn Văn An", addressee="Chủ tịch UBND xã A Mú Sung")
    rendered = render_note(note)
    assert rendered.subject == "[KH 239] Hạn 14/7, trình duyệt: 1.2 - UBND xã A Mú Sung"
    text = text_of(note)
    assert "Kính gửi: Đồng chí Chủ tịch UBND xã A Mú Sung," in text
    assert "Nguyễn Văn An trình đồng chí xem, duyệt" in text
    assert "hạn cuối thứ Năm, ngày 14/7/2022" in text


def test_an_officer_reads_the_inner_day_and_what_to_change() -> None:
    passed = text_of(letter("passed", addressee="Nguyễn Văn An"))
    assert "Kính gửi: Đồng chí Nguyễn Văn An (UBND xã A Mú Sung)," in passed
    assert "Thời hạn trong đơn vị: đến hết thứ Hai, ngày 11/7/2022." in passed
    returned = text_of(letter("returned", text="Bổ sung số người dự"))
    assert "đề nghị sửa trước khi gửi" in returned
    assert "“Bổ sung số người dự”" in returned


def test_a_unit_reads_its_numbers_until_when_it_has_its_word_and_who_else_sees_them() -> None:
    note = letter("slip", mail=_mail(sender=mails.SO_NOI_VU), tasks=(), text="")
    rendered = render_note(note)
    assert rendered.subject == "[KH 239] Đối chiếu Quý III/2022 đến 10/10 - xã A Mú Sung"
    text = text_of(note)
    assert "sản phẩm đến hạn 08; hoàn thành 02 (đúng hạn 01" in text
    assert "chậm nhất thứ Hai, ngày 10/10/2022" in text
    assert "Trước khi công bố, chỉ UBND xã và Sở Nội vụ xem được" in text
    assert len(text.partition("Đầu mối hỗ trợ")[0].split()) <= MOST_WORDS


def test_a_unit_that_contested_reads_the_answer_first() -> None:
    text = text_of(letter("slip", mail=_mail(sender=mails.SO_NOI_VU), tasks=(), text="Đã ghi văn bản số 12"))
    assert "Sở Nội vụ trả lời nội dung UBND xã đề nghị xem lại: “Đã ghi văn bản số 12”" in text
    assert "(lập lại, số liệu đến 03/10/2022)" in text


@pytest.mark.parametrize("addressee", ["", "UBND xã A Mú Sung"])
def test_where_nobody_is_named_the_unit_is_greeted(addressee: str) -> None:
    assert "Kính gửi: Ủy ban nhân dân xã A Mú Sung," in text_of(letter("returned", addressee=addressee))


def test_a_superior_directs_and_the_collator_has_an_opinion() -> None:
    down = letter("directive")
    assert render_note(down).subject.startswith("[KH 239] Ý kiến chỉ đạo: nhiệm vụ 1.2 - UBND xã A Mú Sung")
    assert "Đề nghị UBND xã tổ chức thực hiện và cập nhật kết quả" in text_of(down)
    across = letter("directive", directs=False, in_name_of="Sở Nội vụ", author="Trần Thị Bình")
    assert "thông báo ý kiến của lãnh đạo Sở Nội vụ (Trần Thị Bình) về thực hiện" in text_of(across)
    assert "chỉ đạo" not in text_of(across)


@pytest.mark.parametrize("sort", ["renewed", "directive"])
def test_an_invited_body_is_asked_politely(sort: Sort) -> None:
    invited = _mail(
        invited=True,
        recipient="Bảo hiểm xã hội tỉnh",
        recipient_short="Bảo hiểm xã hội tỉnh",
        recipient_level=PROVINCE,
        sender=mails.SO_NOI_VU,
    )
    asked = letter(sort, mail=invited, directs=False, in_name_of="Sở Nội vụ", author="", text="")
    rendered = render_note(asked)
    said = f"{rendered.subject} {rendered.text}".lower()
    assert [word for word in (*NEVER, *NEVER_TO_INVITED, "hạn cuối", "chỉ đạo") if word in said] == []
    assert "Cung cấp thông tin:" in rendered.text
    if sort == "directive":
        assert "Trân trọng đề nghị Bảo hiểm xã hội tỉnh quan tâm phối hợp" in text_of(asked)


def test_a_note_for_a_unit_without_an_address_asks_to_pass_it_on() -> None:
    text = text_of(letter("directive", forwarded_for="UBND xã Y Tý"))
    assert "UBND xã Y Tý chưa có địa chỉ thư trên Hệ thống" in text
    assert "Đề nghị UBND xã Y Tý tổ chức thực hiện" in text


def test_a_link_in_place_of_a_review_link_is_called_so() -> None:
    note = letter("renewed", mail=_mail(links={"review": URL}))
    assert "Xem xét báo cáo:" in render_note(note).text
    assert "Cập nhật kết quả" not in render_note(note).text


ODD = st.text(alphabet="aộữ &<>\"'\r\n\t:;@/\x00\u2028{}%=?", max_size=80)


@given(ODD, ODD, ODD)
def test_what_users_write_is_neither_a_header_nor_a_tag(text: str, author: str, addressee: str) -> None:
    written = f"Bcc: ai@do.example\r\n/etc/hostname <script>x</script> {text}"
    note = letter("directive", text=written, author=f"A<b>{author}", addressee=addressee)
    rendered = render_note(note)
    outgoing = build(
        note.mail,
        rendered,
        message_id="<a@b.example>",
        addresses=("x@laocai.example",),
        mail_from="he-thong@laocai.example",
        redirect=None,
    )
    message = message_from_bytes(outgoing.content, policy=SMTP)

    assert message.keys() == [
        "From",
        "Reply-To",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "MIME-Version",
    ]
    assert "Bcc" not in str(message["Subject"])
    assert "<script>" not in rendered.html
    assert "<b>" not in rendered.html
    assert "&lt;script&gt;x&lt;/script&gt;" in rendered.html
    assert not list(message.iter_attachments())  # type: ignore[attr-defined]


def test_a_note_about_a_sheet_names_who_looks_it_over() -> None:
    sheet = replace(TASK, item=None, title="Theo dõi tháng 7 năm 2022", kind=Kind.SHEET, level=COMMUNE)
    assert headlines.names(sheet)[0] == "Chủ tịch xem xét bảng tháng 7"
    assert headlines.names(replace(sheet, level=None))[0].startswith("Thủ trưởng")
