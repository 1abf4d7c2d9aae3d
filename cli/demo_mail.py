"""The demo's mail server: takes what is sent to it on the loopback, and writes it out to be opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from flows.local_server import HOST, free_port
from store.chronicle import mailed
from store.engine import reading
from tasks_lib.kernel.bootstrap import House


@dataclass
class Catcher:
    """Keeps every message it is sent; the controller calls `handle_DATA` in its own thread."""

    host: str = HOST
    port: int = field(default_factory=free_port)
    taken: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Take a message."""
        self.taken.append(cast("bytes", envelope.content))
        return "250 OK"


@dataclass(frozen=True, kw_only=True)
class Caught:
    """One mail that arrived, and the page it can be read on."""

    recipient: str
    subject: str
    page: Path
    size: int


@contextmanager
def catching() -> Iterator[Catcher]:
    """Run the server for the time of a block."""
    catcher = Catcher()
    controller = Controller(catcher, hostname=catcher.host, port=catcher.port)
    controller.start()
    try:
        yield catcher
    finally:
        controller.stop()


def write_out(catcher: Catcher, house: House, day: date) -> list[Caught]:
    """Write what arrived as .eml and .html files, named after their recipients."""
    folder = house.settings.home / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    with reading(house.engine) as connection:
        sent = {row.message_id: row for row in mailed(connection, house.plan.key) if row.mail_on == day}
    found = []
    for content in catcher.taken:
        message = message_from_bytes(content, policy=default)
        recipient = sent[str(message["Message-ID"])].recipient_id
        found.append(_write(folder, recipient, content, message))
    return sorted(found, key=lambda mail: mail.page.name)


def _write(folder: Path, recipient: str, content: bytes, message: EmailMessage) -> Caught:
    same = len(list(folder.glob(f"{recipient}*.eml")))
    name = recipient if not same else f"{recipient}-{same + 1}"
    (folder / f"{name}.eml").write_bytes(content)
    page = folder / f"{name}.html"
    html = message.get_body(("html",))
    words = html.get_content() if html is not None else ""
    page.write_text(words, encoding="utf-8")
    return Caught(recipient=recipient, subject=str(message["Subject"]), page=page, size=len(words))
