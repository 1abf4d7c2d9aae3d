"""What a mail server's answers mean: taken or not, for now or for good, at which stage, in one line."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from notifications.outgoing import Outcome, Reply
from notifications.wording import clip, one_line

_REASON_WIDTH = 300
_FOR_GOOD = 500
"""Codes from here on mean "never"; what lies below, and silence, means "try later" (RFC 5321, 4.2.1)."""
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
NO_ADDRESS = "thư không có địa chỉ nhận"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of the server, or the lack of one."""

    stage: str
    text: str
    code: int | None = None
    silent: bool = False

    @classmethod
    def said(cls, stage: str, code: int, words: bytes | str) -> Self:
        """The server answered with a code and words."""
        return cls(stage=stage, code=code, text=reply(code, words))

    def to(self, address: str, *, accepted: bool = False) -> Reply:
        """Return what the answer means for one address."""
        found = _ENHANCED.match(self.text.partition(" ")[2]) if self.code is not None else None
        return Reply(
            address=address,
            accepted=accepted,
            stage=self.stage,
            text=self.text,
            code=self.code,
            enhanced=found[1] if found else None,
        )


class Refusal(Exception):
    """A message was not taken; carries the answer that its sender reports."""

    def __init__(self, answer: Answer, *, closed: bool = False) -> None:
        super().__init__(answer.text)
        self.answer = answer
        self.closed = closed
        """The connection is gone, which says nothing about the message."""

    @classmethod
    def lost(cls, stage: str, error: Exception, words: str) -> Self:
        """The connection broke or fell silent; whether the server kept the message is unknown at `final`."""
        text = f"mất kết nối máy chủ thư: {words}"
        return cls(Answer(stage=stage, text=text, silent=is_silence(error)), closed=True)

    @classmethod
    def unconnected(cls, error: Exception, words: str) -> Self:
        """No connection or no login: never the message's fault, so always worth another try."""
        text = f"không kết nối được máy chủ thư: {words}"
        return cls(Answer(stage="connect", text=text, silent=is_silence(error)), closed=True)


def refused(answer: Answer, addresses: Iterable[str], apart: Mapping[str, Reply]) -> Outcome:
    """Report a message that was not taken; some addresses may have been refused apart, before."""
    return _outcome(tuple(apart.get(a) or answer.to(a) for a in addresses), silent=answer.silent)


def taken(answer: Answer, addresses: Iterable[str], apart: Mapping[str, Reply]) -> Outcome:
    """Report a message the server took, for all addresses or for all but those refused apart."""
    return _outcome(tuple(apart.get(a) or answer.to(a, accepted=True) for a in addresses))


def _outcome(replies: tuple[Reply, ...], *, silent: bool = False) -> Outcome:
    no = [r for r in replies if not r.accepted]
    if not no:
        return Outcome(ok=True, replies=replies)
    each = no[0].stage == "rcpt" or len(no) < len(replies)
    reasons = "; ".join(f"{r.address}: {r.text}" for r in no) if each else no[0].text
    return Outcome(
        ok=False,
        temporary=any(r.stage == "connect" or (r.code or 0) < _FOR_GOOD for r in no),
        stage=no[0].stage,
        reason=clip(reasons, _REASON_WIDTH),
        replies=replies,
        silent=silent,
    )


def reply(code: int, words: bytes | str) -> str:
    """Write a server's answer in one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clip(one_line(f"{code} {text}"), _REASON_WIDTH)


def explained(error: Exception) -> str:
    """Put an exception of the connection into one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return reply(error.smtp_code, error.smtp_error)
    if is_silence(error):
        return "máy chủ không phản hồi trong thời gian chờ"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"chứng thư của máy chủ không hợp lệ ({error.verify_message})"
    return clip(one_line(f"{type(error).__name__}: {error}"), _REASON_WIDTH)


def is_silence(error: Exception) -> bool:
    """Whether a connection was given up because nothing came; smtplib wraps the time-out it met."""
    met = (error, error.__context__)
    return any(isinstance(e, TimeoutError) for e in met) or "timed out" in str(error)
