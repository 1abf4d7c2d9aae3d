"""The mail that tells whoever runs the system that something stands still, or goes on again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText
from email.utils import format_datetime

from notifications import headers, wording
from notifications.message import LINES
from notifications.outgoing import Outgoing
from notifications.render import environment, tidy

SENDER = "Hệ thống theo dõi (vận hành)"
SUBJECT_WIDTH = 120
"""An operator reads the first fault whole; longer subjects are cut by common mail programs."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is, or was, wrong."""

    title: str
    said: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class News:
    """What has changed since the last telling."""

    at: datetime
    plan_short: str
    """"KH 239"."""
    system: str
    """"Kế hoạch 239"."""
    begun: tuple[Fault, ...] = ()
    lasting: tuple[Fault, ...] = ()
    over: tuple[Fault, ...] = ()
    page: str = ""
    """Where all of it is seen."""

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.begun or self.lasting or self.over)


def worded(news: News) -> tuple[str, str]:
    """Return subject and text."""
    texts = environment(html=False)
    subject = texts.get_template("alarm/subject.txt").render(news=news).strip()
    heading = wording.clip(f"[{news.plan_short}] Vận hành: {subject}", SUBJECT_WIDTH)
    return heading, tidy(texts.get_template("alarm/body.txt").render(news=news))


def alarm_message(news: News, *, message_id: str, addresses: tuple[str, ...], mail_from: str) -> Outgoing:
    """Build the mail: plain text alone, for it may be read on a telephone at night."""
    subject, text = worded(news)
    head = [
        headers.mailbox("From", SENDER, mail_from),
        headers.mailboxes("To", addresses),
        headers.text("Subject", subject),
        headers.line("Date", format_datetime(wording.local(news.at))),
        headers.text("Message-ID", message_id),
        headers.line("Auto-Submitted", "auto-generated"),
    ]
    content = b"".join(head) + MIMEText(text, "plain", "utf-8").as_bytes(policy=LINES)
    return Outgoing(message_id=message_id, envelope_from=mail_from, addresses=addresses, content=content)
