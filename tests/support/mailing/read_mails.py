"""A replay's mails as those who get them read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from config.load import Configuration
from store.engine import reading
from store.schema import message_contents, messages, notices
from tasks_lib.kernel.bootstrap import House
from tasks_lib.simulation.simulate import scratch_house
from tests.support.houses.houses import opened

FOOTER = "Đầu mối hỗ trợ"
OF_A_TABLE = "đúng hạn/đến hạn"
"""What every row of the digest's table by district says."""


@dataclass(frozen=True)
class Read:
    """One mail of the replay."""

    on: date
    recipient: str
    head: EmailMessage
    text: str
    kinds: frozenset[str]
    duties: int

    @property
    def subject(self) -> str:
        return str(self.head["Subject"])

    @property
    def body(self) -> str:
        """What stands before whom to call."""
        return self.text.partition(FOOTER)[0]

    @property
    def words(self) -> int:
        return len(self.body.split())

    @property
    def words_of_its_table(self) -> int:
        """What Monday's table says beside its rows; what else is told that day stands below it."""
        own, found, _ = self.body.partition("Số liệu chốt lúc")
        return sum(len(line.split()) for line in own.splitlines() if OF_A_TABLE not in line) if found else 0

    @property
    def words_beside_its_table(self) -> int:
        return sum(len(line.split()) for line in self.body.splitlines() if OF_A_TABLE not in line)


@contextmanager
def replayed_in(folder: Path, configuration: Configuration) -> Iterator[House]:
    """Give an empty house for a replay, whose mails stay in memory and carry links to a portal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONDOC_HOME", str(folder))
        patch.setenv("DONDOC_MAIL_TRANSPORT", "memory")
        patch.setenv("DONDOC_PUBLIC_URL", "https://theodoi.example")
        with opened(configuration) as house:
            scratch = scratch_house(house, folder / "replay")
            yield scratch
            scratch.engine.dispose()


def all_read(house: House) -> list[Read]:
    """Every mail that was put together, in the order of its number."""
    with reading(house.engine) as connection:
        told: dict[int, list[str]] = {}
        for notice in connection.execute(select(notices.c.message_id, notices.c.template)):
            told.setdefault(notice.message_id, []).append(notice.template)
        kept = connection.execute(
            select(messages, message_contents.c.content).join(message_contents).order_by(messages.c.id)
        ).all()
    return [_read(row.mail_on, row.recipient_id, row.content, told.get(row.id, [])) for row in kept]


def _read(on: date, recipient: str, content: bytes, templates: list[str]) -> Read:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    return Read(
        on=on,
        recipient=recipient,
        head=mail,
        text=body.get_content(),
        kinds=frozenset(templates),
        duties=len(templates),
    )
