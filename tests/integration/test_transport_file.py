"""Mails as files: complete, one per message, under names every folder takes."""

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from notifications.file import file_name
from notifications.memory import MemoryTransport
from notifications.message import build
from notifications.outgoing import Outgoing
from notifications.render import render
from notifications.transport import open_transport
from tests.support.mailing import model_mails


def outgoing(message_id: str = "<239-2022.17@dondoc.example>") -> Outgoing:
    mail = model_mails.m1()
    return build(
        mail,
        render(mail),
        message_id=message_id,
        addresses=("ubnd-amusung@laocai.example",),
        mail_from="he-thong@laocai.example",
        redirect=None,
    )


def test_a_mail_becomes_a_file_one_can_open(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    with open_transport("file", folder=folder) as transport:
        (said,) = transport.send(outgoing()).replies
    assert (said.accepted, said.code, said.text) == (True, None, "ghi ra tệp")
    (path,) = folder.iterdir()
    assert path.name.startswith("239-2022-17-")
    assert path.suffix == ".eml"
    assert message_from_bytes(path.read_bytes(), policy=SMTP)["Subject"] == render(model_mails.m1()).subject


def test_a_repeat_overwrites_its_own_file(tmp_path: Path) -> None:
    with open_transport("file", folder=tmp_path) as transport:
        for _ in range(3):
            transport.send(outgoing())
        transport.send(outgoing("<239-2022.18@dondoc.example>"))
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("message_id", ["<../../etc/passwd@x>", "</@x>", "<" + "a" * 300 + "@x>", "<đ/ê@x>"])
def test_no_message_id_leads_out_of_the_folder(message_id: str) -> None:
    name = file_name(message_id)
    assert Path(name).name == name
    assert len(name) < 120
    assert name.isascii()


def test_different_ids_never_share_a_file() -> None:
    assert file_name("<a/b@x>") != file_name("<a-b@x>")


def test_a_folder_that_cannot_be_written_is_worth_another_try(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with open_transport("file", folder=blocked) as transport:
        outcome = transport.send(outgoing())
    assert (outcome.ok, outcome.temporary, outcome.stage) == (False, True, "final")
    assert outcome.reason.startswith("không ghi được tệp thư")


def test_memory_keeps_what_it_is_given() -> None:
    with open_transport("memory") as transport:
        transport.send(outgoing())
    assert isinstance(transport, MemoryTransport)
    assert [message.message_id for message in transport.sent] == ["<239-2022.17@dondoc.example>"]


@pytest.mark.parametrize("arguments", [{"kind": "pigeon"}, {"kind": "file"}, {"kind": "smtp"}])
def test_what_cannot_be_opened_is_said_at_once(arguments: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="transport"):
        open_transport(**arguments)
