"""The bytes of a message: the same each time, and no text of a user can become a header."""

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.message import build
from notifications.model import Mail, Sender
from notifications.outgoing import Attachment, Outgoing, Rendered
from notifications.render import render
from tests.support.mailing import mails, model_mails

MESSAGE_ID = "<239-2022.17@dondoc.example>"
TWO = ("ubnd-amusung@laocai.example", "vanphong-amusung@laocai.example")


def built(mail: Mail, *, redirect: str | None = None, rendered: Rendered | None = None) -> Outgoing:
    return build(
        mail,
        rendered or render(mail),
        message_id=MESSAGE_ID,
        addresses=TWO,
        mail_from="he-thong@laocai.example",
        redirect=redirect,
    )


def parsed(outgoing: Outgoing) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(outgoing.content, policy=SMTP))


@pytest.mark.parametrize("kind", sorted(model_mails.every_kind()))
def test_the_same_input_gives_the_same_bytes(kind: str) -> None:
    assert built(model_mails.every_kind()[kind]) == built(model_mails.every_kind()[kind])


def test_a_message_names_its_desk_and_its_recipients() -> None:
    message = parsed(built(model_mails.m2()))
    assert message["From"] == "Phòng Nội vụ huyện Bát Xát <he-thong@laocai.example>"
    assert message["Reply-To"] == "Phòng Nội vụ huyện Bát Xát <pnv-batxat@laocai.example>"
    assert message["To"] == ", ".join(TWO)
    assert message["Subject"] == render(model_mails.m2()).subject
    assert message["Message-ID"] == MESSAGE_ID
    assert message["Date"] == "Mon, 18 Jul 2022 07:30:00 +0700"
    assert message["Auto-Submitted"] == "auto-generated"


def test_no_space_of_a_vietnamese_subject_is_lost_in_folding() -> None:
    for kind, mail in model_mails.every_kind().items():
        assert str(parsed(built(mail))["Subject"]) == render(mail).subject, kind


def test_header_lines_and_encoded_words_keep_their_limits() -> None:
    head = built(model_mails.m4()).content.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("address", ["", "không@laocai.example", "a@b.example\r\nBcc: c@d.example", "a b"])
def test_what_is_no_address_never_reaches_a_header(address: str) -> None:
    with pytest.raises(ValueError, match="không phải địa chỉ thư"):
        build(
            model_mails.m1(),
            render(model_mails.m1()),
            message_id=MESSAGE_ID,
            addresses=(address,),
            mail_from="he-thong@laocai.example",
            redirect=None,
        )


def test_text_and_html_arrive_as_they_were_rendered() -> None:
    rendered = render(model_mails.m4())
    message = parsed(built(model_mails.m4()))
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n") == rendered.html
    assert [part.get_content() for part in message.iter_attachments()] == [rendered.attachments[0].content]


def test_bytes_are_seven_bit_with_short_lines() -> None:
    content = built(model_mails.m4(60)).content
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_a_trial_goes_to_one_address_and_says_for_whom() -> None:
    outgoing = built(model_mails.m1(), redirect="thu@laocai.example")
    assert outgoing.addresses == ("thu@laocai.example",)
    message = parsed(outgoing)
    assert message["To"] == "thu@laocai.example"
    assert message["X-Dondoc-Intended-To"] == ", ".join(TWO)


HOSTILE = "Tên\r\nBcc: ai@do.example\n\nX: y"


def test_line_breaks_cannot_inject_headers() -> None:
    sender = replace(mails.BAT_XAT, name=HOSTILE)
    outgoing = built(
        replace(model_mails.m1(), sender=sender),
        rendered=Rendered(
            subject=HOSTILE,
            text="t",
            html="<p>t</p>",
            attachments=(Attachment(name=HOSTILE, media_type="text/csv", content=b"1"),),
        ),
    )
    message = parsed(outgoing)
    assert message["Bcc"] is None
    assert message["X"] is None
    assert message["Subject"] == "Tên Bcc: ai@do.example X: y"


def test_a_body_that_looks_like_a_path_is_only_text() -> None:
    rendered = Rendered(subject="/etc/hostname", text="/etc/hostname\n", html="/etc/hostname")
    message = parsed(built(model_mails.m1(), rendered=rendered))
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "/etc/hostname"
    assert list(message.iter_attachments()) == []


VIETNAMESE = st.text(alphabet="aăâđêôơưạếộ ữỹỳ&,;:\"'()<>@-./[]0239KHUBNDĐÔ", min_size=1, max_size=140)


@given(VIETNAMESE)
def test_any_subject_and_name_survive_the_way(words: str) -> None:
    subject = " ".join(words.split())
    mail = replace(
        model_mails.m1(), sender=Sender(name=words, officer="", phone="", reply_to="pnv@laocai.example")
    )
    outgoing = built(mail, rendered=Rendered(subject=subject, text="t", html="t"))
    assert str(parsed(outgoing)["Subject"]) == subject
    # The older parser reads names: the newer one puts a gap between two encoded words of one name.
    raw = message_from_bytes(outgoing.content)["From"].replace("\r\n", "")
    name, address = parseaddr(raw)
    assert str(make_header(decode_header(name))) == subject
    assert address == "he-thong@laocai.example"


@pytest.mark.parametrize(
    "place", ["huyện Mường Khương", "thành phố Lào Cai", "huyện Si Ma Cai", "thị xã Sa Pa"]
)
def test_desks_names_are_shown_without_a_gap(place: str) -> None:
    sender = replace(mails.BAT_XAT, name=f"Phòng Nội vụ {place}")
    shown = parsed(built(replace(model_mails.m1(), sender=sender)))["From"].addresses[0].display_name
    assert shown == f"Phòng Nội vụ {place}"
