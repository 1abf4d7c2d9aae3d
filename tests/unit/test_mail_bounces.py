"""Delivery reports are read; whatever else lies in the mailbox is named and breaks nothing."""

from __future__ import annotations

import mailbox
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.bounces import Unreadable, parse, read_mailbox, read_stream
from tests.support.mailing.returned import returned

MAIL = b"From: a@b.example\nMessage-ID: <239-2022.x.20220707.1@laocai.example>\nSubject: x\n\nxin chao\n"
ADDRESS = "x@laocai.example"


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_report_names_the_mail_the_address_and_what_was_said(headers_only: bool) -> None:
    report = parse(returned(MAIL, ADDRESS, headers_only=headers_only))

    assert report.message_ids == ("<239-2022.x.20220707.1@laocai.example>",)
    (told,) = report.recipients
    assert (told.addresses, told.action, told.status) == ((ADDRESS,), "failed", "5.1.1")
    assert told.text == "550 5.1.1 khong co hop thu nay"


@given(
    st.one_of(
        st.binary(max_size=400),
        st.tuples(st.integers(0, 1400), st.binary(max_size=40)).map(lambda pair: _cut(*pair)),
    )
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    report = None
    with suppress(Unreadable):
        report = parse(content)
    for told in report.recipients if report else ():
        assert "\0" not in "".join((*told.addresses, told.action, told.status, told.text))
        assert len(told.action) <= 12


def _cut(place: int, put_in: bytes) -> bytes:
    whole = returned(MAIL, ADDRESS)
    return whole[:place] + put_in + whole[place + len(put_in) // 2 :]


def test_every_sort_of_mailbox_is_read(tmp_path: Path) -> None:
    report = returned(MAIL, ADDRESS)
    maildir = mailbox.Maildir(tmp_path / "maildir")
    maildir.add(report)
    mbox = mailbox.mbox(tmp_path / "mbox")
    mbox.add(report)
    mbox.add(report)
    mbox.close()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "1.eml").write_bytes(report)
    (folder / "note.txt").write_text("no mail")
    alone = tmp_path / "alone"
    alone.write_bytes(report)

    found = [len(list(read_mailbox(tmp_path / name))) for name in ("maildir", "mbox", "folder", "alone")]

    assert found == [1, 2, 1, 1]
    assert [parse(raw.content).recipients for raw in read_stream(report)] == [parse(report).recipients]
    assert len(list(read_stream((tmp_path / "mbox").read_bytes()))) == 2
