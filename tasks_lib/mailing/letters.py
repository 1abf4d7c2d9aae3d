"""A sent mail read again: what was said to whom, what the server answered, what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from notifications.notes import INNER
from notifications.read_again import ReadAgain, read_again
from notifications.wording import local
from obligations.errors import Invalid
from store.engine import reading
from store.replies import replies_of
from store.rows import Bounce, MessageReply
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.message_words import MESSAGE_WORDS
from tasks_lib.kernel.wording import name_of, title
from tasks_lib.mailing.sql import letters as stored
from tasks_lib.mailing.sql.letters import NoticeIn

ONE_TIME = frozenset({"login"})
"""Notes that carry a link to be used once: their words are nobody's but the recipient's."""
NOT_SHOWN = "Thư đăng nhập: nội dung có đường dẫn dùng một lần, không hiển thị và không lưu lại."
NOT_WRITTEN = "Thư chưa được soạn: nội dung được soạn khi gửi, theo tình hình lúc đó."


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a server said about one address, at once or later."""

    at: datetime
    address: str
    what: str
    """máy chủ đã nhận, chưa nhận, bị trả lại, or what a report says."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One notice inside."""

    obligation: str
    name: str
    step: str
    state: str
    meant_for: str
    """The agency it is meant for, where the recipient is asked to pass it on; else nothing."""


@dataclass(frozen=True, kw_only=True)
class SentLetter:
    """One mail with all that is known of it."""

    number: int
    message_id: str
    recipient: str
    name: str
    addresses: tuple[str, ...]
    subject: str
    state: str
    words: str
    mail_on: date
    sent_at: datetime | None
    attempts: int
    error: str
    answered: tuple[Answered, ...]
    carried: tuple[Carried, ...]
    content: ReadAgain | None
    why_not: str
    """Why its words are not shown."""
    is_inner: bool
    """Between people of one unit: nobody else reads it."""
    is_slip: bool
    """Of a grade that is not published: its unit and the collator read it."""


def letter(house: House, number: int) -> SentLetter:
    """Read a mail again; raise Invalid where there is none."""
    with reading(house.engine) as connection:
        row = stored.letter_row(connection, house.plan.key, number)
        if row is None:
            raise Invalid(f"không có thư số {number}")
        replies = replies_of(connection, [number]).get(number, [])
        back = stored.bounces_of(connection, number)
        inside = stored.notices_in(connection, number)
    hidden = row.note in ONE_TIME
    return SentLetter(
        number=row.id,
        message_id=row.message_id,
        recipient=row.recipient_id,
        name=name_of(house, row.recipient_id),
        addresses=tuple(row.addresses),
        subject=row.subject or "",
        state=row.state,
        words=MESSAGE_WORDS.get(row.state, row.state),
        mail_on=row.mail_on,
        sent_at=local(row.sent_at) if row.sent_at else None,
        attempts=row.attempts,
        error=row.error or "",
        answered=tuple(sorted([*map(_replied, replies), *map(_came_back, back)], key=lambda a: a.at)),
        carried=tuple(_carried(house, n) for n in inside),
        content=read_again(row.content) if row.content and not hidden else None,
        why_not=NOT_SHOWN if hidden else NOT_WRITTEN,
        is_inner=row.note in INNER,
        is_slip=row.note == "slip",
    )


def letter_as_json(found: SentLetter) -> dict[str, object]:
    """Return the document scripts read; links are never in it."""
    content = found.content
    return {
        "id": found.number,
        "recipient": found.recipient,
        "addresses": list(found.addresses),
        "message_id": found.message_id,
        "subject": found.subject,
        "state": found.state,
        "mail_on": found.mail_on,
        "attempts": found.attempts,
        "sent_at": found.sent_at.isoformat() if found.sent_at else None,
        "error": found.error or None,
        "replies": [vars(answer) | {"at": answer.at.isoformat()} for answer in found.answered],
        "notices": [{"obligation": n.obligation, "step": n.step, "state": n.state} for n in found.carried],
        "from": content.sender if content else None,
        "reply_to": content.reply_to if content else None,
        "text": content.text if content else None,
        "attachments": list(content.attachments) if content else [],
    }


def _replied(row: MessageReply) -> Answered:
    what = "máy chủ đã nhận" if row.accepted else "chưa nhận"
    return Answered(at=local(row.at), address=row.address, what=what, text=row.text)


def _came_back(row: Bounce) -> Answered:
    what = {"failed": "bị trả lại", "delayed": "máy chủ còn thử gửi"}.get(row.action, row.action)
    said = f"{row.status} {row.text}".strip()
    return Answered(at=local(row.read_at), address=row.address, what=what, text=said)


def _carried(house: House, row: NoticeIn) -> Carried:
    name = title(house, row.kind, row.item, row.period, row.event)
    passed_on = row.meant_for_id != row.recipient_id
    return Carried(
        obligation=row.key,
        name=f"{row.item}. {name}" if row.item else name,
        step=row.step,
        state=row.state,
        meant_for=name_of(house, row.meant_for_id) if passed_on else "",
    )
