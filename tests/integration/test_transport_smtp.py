"""One held connection, and an honest word on what the server did with each message."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.outgoing import Outcome, Outgoing, Reply
from notifications.smtp import Security, SmtpServer
from notifications.transport import Transport, open_transport
from tests.support.mailing.mail_server import Postbox, running
from tests.support.running.tls import certificate_in

ONE = "ubnd-amusung@laocai.example"
TWO = "vanphong-amusung@laocai.example"


def message(number: int = 1, *addresses: str) -> Outgoing:
    return Outgoing(
        message_id=f"<{number}@dondoc.example>",
        envelope_from="he-thong@laocai.example",
        addresses=addresses or (ONE,),
        content=f"Message-ID: <{number}@dondoc.example>\r\n\r\n.Dòng {number}\r\n".encode(),
    )


def smtp(host: str, port: int, *, timeout: float = 5.0, final: float = 5.0) -> Transport:
    return open_transport(
        "smtp",
        server=SmtpServer(host=host, port=port, security=Security.NONE, timeout=timeout, final_timeout=final),
    )


def said(outcome: Outcome) -> tuple[bool, bool, str, str]:
    return outcome.ok, outcome.temporary, outcome.stage, outcome.reason


@pytest.fixture
def box() -> Postbox:
    return Postbox()


@pytest.fixture
def place(box: Postbox) -> Iterator[tuple[str, int]]:
    with running(box) as where:
        yield where


def test_many_messages_leave_over_one_connection(box: Postbox, place: tuple[str, int]) -> None:
    with smtp(*place) as transport:
        outcomes = [transport.send(message(n)) for n in range(25)]
    answered = Reply(address=ONE, accepted=True, stage="final", text="250 OK", code=250)
    assert outcomes == [Outcome(ok=True, replies=(answered,))] * 25
    assert box.connections == 1
    assert [envelope.content for envelope in box.taken] == [message(n).content for n in range(25)]
    assert {envelope.mail_from for envelope in box.taken} == {"he-thong@laocai.example"}


def test_one_of_two_recipients_refused_for_now_can_be_retried_alone(
    box: Postbox, place: tuple[str, int]
) -> None:
    box.refused[TWO] = "450 4.2.1 mailbox busy"
    with smtp(*place) as transport:
        outcome = transport.send(message(1, ONE, TWO))
    assert [(r.address, r.accepted, r.stage, r.code, r.enhanced) for r in outcome.replies] == [
        (ONE, True, "final", 250, None),
        (TWO, False, "rcpt", 450, "4.2.1"),
    ]
    assert (outcome.ok, outcome.temporary, outcome.stage) == (False, True, "rcpt")
    assert box.taken[0].rcpt_tos == [ONE]


def test_one_of_two_recipients_refused_for_good(box: Postbox, place: tuple[str, int]) -> None:
    box.refused[TWO] = "550 5.1.1 no such user"
    with smtp(*place) as transport:
        outcome = transport.send(message(1, ONE, TWO))
    assert (outcome.ok, outcome.temporary) == (False, False)
    assert outcome.reason == f"{TWO}: 550 5.1.1 no such user"


def test_all_recipients_refused_leaves_the_connection_fit(box: Postbox, place: tuple[str, int]) -> None:
    box.refused[ONE] = "550 5.1.1 no such user"
    with smtp(*place) as transport:
        outcome = transport.send(message(1))
        assert transport.send(message(2, TWO)).ok
    assert (outcome.stage, outcome.temporary) == ("rcpt", False)
    assert len(box.taken) == box.connections == 1


@pytest.mark.parametrize(
    ("answer", "temporary"), [("451 4.3.0 try again", True), ("554 5.6.0 refused content", False)]
)
def test_the_message_itself_is_refused(
    box: Postbox, place: tuple[str, int], answer: str, temporary: bool
) -> None:
    box.data.append(answer)
    with smtp(*place) as transport:
        outcome = transport.send(message(1))
        assert transport.send(message(2)).ok
    assert said(outcome) == (False, temporary, "final", answer)
    assert box.connections == 1


@pytest.mark.parametrize(
    ("answer", "temporary"), [("450 4.7.1 slow down", True), ("550 5.7.1 not allowed", False)]
)
def test_the_sender_is_refused(box: Postbox, place: tuple[str, int], answer: str, temporary: bool) -> None:
    box.mail.append(answer)
    with smtp(*place) as transport:
        outcome = transport.send(message(1))
        assert transport.send(message(2)).ok
    assert said(outcome) == (False, temporary, "mail", answer)


def test_a_server_that_stalls_is_left_and_the_next_message_connects_anew(
    box: Postbox, place: tuple[str, int]
) -> None:
    box.data.append("stall")
    with smtp(*place, final=0.5) as transport:
        outcome = transport.send(message(1))
        assert transport.send(message(2)).ok
    assert (*said(outcome)[:3], outcome.silent) == (False, True, "final", True)
    assert "máy chủ không phản hồi trong thời gian chờ" in outcome.reason
    assert box.connections == 2
    assert [envelope.content for envelope in box.taken] == [message(2).content]


def test_the_answer_to_a_whole_message_may_take_longer_than_any_other(
    box: Postbox, place: tuple[str, int]
) -> None:
    box.data.append("slow")
    with smtp(*place, timeout=0.5) as transport:
        assert transport.send(message(1)).ok
    assert [envelope.content for envelope in box.taken] == [message(1).content]


def test_a_drop_in_mid_message_is_never_sent_again_by_itself(box: Postbox, place: tuple[str, int]) -> None:
    box.data.append("drop")
    with smtp(*place) as transport:
        outcome = transport.send(message(1))
        assert transport.send(message(2)).ok
    assert (outcome.temporary, outcome.stage, outcome.silent) == (True, "final", False)
    assert outcome.reason.startswith("mất kết nối máy chủ thư")
    assert [envelope.content for envelope in box.taken] == [message(2).content]


@pytest.mark.parametrize("goodbye", ["421 4.7.0 too many messages on one connection", "drop"])
def test_a_held_connection_that_is_gone_is_opened_anew_before_anything_was_sent(
    box: Postbox, place: tuple[str, int], goodbye: str
) -> None:
    with smtp(*place) as transport:
        assert transport.send(message(1)).ok
        box.mail.append(goodbye)
        assert transport.send(message(2)).ok
    assert box.connections == 2
    assert len(box.taken) == 2


def test_a_fresh_connection_that_is_closed_at_once_is_not_tried_again(
    box: Postbox, place: tuple[str, int]
) -> None:
    box.mail += ["421 4.3.2 shutting down", "421 4.3.2 shutting down"]
    with smtp(*place) as transport:
        outcome = transport.send(message(1))
    assert (outcome.temporary, outcome.stage) == (True, "mail")
    assert box.connections == 1


def test_nobody_listens() -> None:
    box = Postbox()
    with running(box) as (host, port):
        pass
    with smtp(host, port) as transport:
        outcome = transport.send(message(1))
    assert (outcome.ok, outcome.temporary, outcome.stage) == (False, True, "connect")
    assert outcome.reason.startswith("không kết nối được máy chủ thư")


def test_an_address_that_cannot_be_written_is_refused_for_good(box: Postbox, place: tuple[str, int]) -> None:
    with smtp(*place) as transport:
        outcome = transport.send(message(1, ONE, "xã@laocai.example"))
    (refused,) = (r for r in outcome.replies if not r.accepted)
    assert (refused.text, refused.enhanced) == ("553 5.1.3 địa chỉ không hợp lệ", "5.1.3")
    assert box.taken[0].rcpt_tos == [ONE]


def test_a_message_to_nobody_is_not_sent(box: Postbox, place: tuple[str, int]) -> None:
    nobody = Outgoing(message_id="<1@x>", envelope_from="a@b.example", addresses=(), content=b"")
    with smtp(*place) as transport:
        assert transport.send(nobody).stage == "rcpt"
    assert box.connections == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate an office's own server might have, with its key, in one file."""
    return certificate_in(tmp_path_factory.mktemp("tls"))


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_starttls_checks_the_servers_certificate(box: Postbox, certificate: Path) -> None:
    with running(box, tls=serving(certificate)) as (host, port):
        with open_transport("smtp", server=SmtpServer(host=host, port=port, timeout=5)) as stranger:
            refused = stranger.send(message(1))
        with open_transport(
            "smtp", server=SmtpServer(host=host, port=port, timeout=5, ca_file=certificate)
        ) as known:
            assert known.send(message(2)).ok
    assert (refused.stage, refused.temporary) == ("connect", True)
    assert "chứng thư của máy chủ không hợp lệ" in refused.reason
    assert len(box.taken) == 1


def logged_in(host: str, port: int, certificate: Path, password: str) -> Transport:
    server = SmtpServer(
        host=host, port=port, user="dondoc", password=password, timeout=5, ca_file=certificate
    )
    return open_transport("smtp", server=server)


def test_a_login_name_without_a_domain_is_used_as_it_is(box: Postbox, certificate: Path) -> None:
    with (
        running(box, tls=serving(certificate), login=True) as (host, port),
        logged_in(host, port, certificate, "mat-khau-dung") as transport,
    ):
        assert transport.send(message(1)).ok
    assert set(box.logins) == {"dondoc"}


def test_a_wrong_password_is_told_without_the_password(
    box: Postbox, certificate: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        running(box, tls=serving(certificate), login=True) as (host, port),
        logged_in(host, port, certificate, "bi-mat-sai") as transport,
    ):
        outcome = transport.send(message(1))
    assert (outcome.stage, outcome.temporary) == ("connect", True)
    assert "535" in outcome.reason
    assert "bi-mat-sai" not in outcome.reason + repr(transport) + "".join(capfd.readouterr())
