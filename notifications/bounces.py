"""Reading what mail servers send back: delivery reports in the standard form (RFC 3464).

Nothing here believes what it reads: whoever writes to the mailbox may have written it.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from notifications.wording import clip, one_line

MOST_BYTES = 10 * 1024 * 1024
"""A report with the whole mail that came back is smaller."""
MOST_RECIPIENTS = 50
_TEXT_WIDTH = 300
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,198}>")


class Unreadable(Exception):
    """Bytes that are no mail or no delivery report."""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a report says of one address."""

    addresses: tuple[str, ...]
    """As the sender wrote it, and as the last server knew it."""
    action: str
    """failed, delayed, delivered, relayed or expanded."""
    status: str
    text: str
    """The server's own words in one line."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A delivery report: about which mail, and what of whom."""

    digest: str
    """Names the report itself, so that it is told when it is read again."""
    message_ids: tuple[str, ...]
    recipients: tuple[Reported, ...]


@dataclass(frozen=True)
class Raw:
    """One mail of a mailbox: what messages call it, and its bytes."""

    name: str
    content: bytes


def read_mailbox(path: Path) -> Iterator[Raw]:
    """Return the mails of a Maildir, an mbox, a folder of .eml files, or one file."""
    if path.is_dir():
        if (path / "cur").is_dir() or (path / "new").is_dir():
            yield from _of_box(mailbox.Maildir(path, create=False))
            return
        for file in sorted(path.glob("*.eml")):
            yield _of_file(file)
        return
    with path.open("rb") as opened:
        several = opened.read(5) == b"From "
    if several:
        yield from _of_box(mailbox.mbox(path, create=False))
    else:
        yield _of_file(path)


def read_stream(content: bytes) -> Iterator[Raw]:
    """Return the mails of standard input: one, or an mbox."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "stdin"
        file.write_bytes(content)
        yield from read_mailbox(file)


def _of_box(box: mailbox.Maildir | mailbox.mbox) -> Iterator[Raw]:
    try:
        for key in sorted(box.keys()):
            yield Raw(str(key), box.get_bytes(key))
    finally:
        box.close()


def _of_file(file: Path) -> Raw:
    if file.stat().st_size > MOST_BYTES:
        return Raw(file.name, b"")
    return Raw(file.name, file.read_bytes())


def parse(content: bytes) -> Report:
    """Read a delivery report; raise Unreadable for anything else, whatever it is."""
    if not content or len(content) > MOST_BYTES:
        raise Unreadable("tệp rỗng hoặc quá lớn")
    try:
        return _parsed(message_from_bytes(content), content)
    except Unreadable:
        raise
    # The library's parser raises many things on what was written to break it; none of them is our fault.
    except Exception as fault:
        raise Unreadable(f"không đọc được: {type(fault).__name__}") from fault


def _parsed(message: Message, content: bytes) -> Report:
    parts = list(message.walk())
    status = next((p for p in parts if p.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise Unreadable("không phải thông báo kết quả gửi thư (RFC 3464)")
    blocks = [block for block in _blocks(status) if block.keys()]
    recipients = tuple(_reported(b) for b in blocks if b["Action"])[:MOST_RECIPIENTS]
    ids = [*_ids(blocks[0], "Original-Envelope-Id")] if blocks else []
    for part in parts[parts.index(status) :]:
        ids += _ids_of_original(part)
    ids += [*_ids(message, "In-Reply-To"), *_ids(message, "References")]
    if not recipients or not ids:
        raise Unreadable("thông báo không nêu thư nào hoặc địa chỉ nào")
    return Report(
        digest=sha256(content).hexdigest(), message_ids=tuple(dict.fromkeys(ids)), recipients=recipients
    )


def _blocks(status: Message) -> list[Message]:
    payload = status.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    return [message_from_string(block) for block in str(payload).split("\n\n")]


def _ids_of_original(part: Message) -> list[str]:
    """Return the Message-ID of the mail that came back, whole or its headers alone."""
    if part.get_content_type() == "message/rfc822":
        payload = part.get_payload()
        originals = payload if isinstance(payload, list) else []
        return [i for one in originals if isinstance(one, Message) for i in _ids(one, "Message-ID")]
    if part.get_content_type() == "text/rfc822-headers":
        decoded = part.get_payload(decode=True)
        return _ids(message_from_bytes(decoded), "Message-ID") if isinstance(decoded, bytes) else []
    return []


def _ids(message: Message, header: str) -> list[str]:
    return _MESSAGE_ID.findall(str(message.get(header, "")))


def _reported(block: Message) -> Reported:
    named = (_address(block, "Original-Recipient"), _address(block, "Final-Recipient"))
    said = str(block.get("Diagnostic-Code", "")).partition(";")
    return Reported(
        addresses=tuple(dict.fromkeys(address for address in named if address)),
        action=_plain(block, "Action", 12).lower(),
        status=_plain(block, "Status", 12),
        text=clip(one_line((said[2] or said[0]).replace("\0", "")), _TEXT_WIDTH),
    )


def _plain(block: Message, header: str, width: int) -> str:
    return one_line(str(block.get(header, "")).replace("\0", ""))[:width]


def _address(block: Message, header: str) -> str:
    """Return an address without its type and brackets: "rfc822; a@b.example"."""
    value = str(block.get(header, ""))
    return value.rpartition(";")[2].strip().strip("<>").replace("\0", "")[:320]
