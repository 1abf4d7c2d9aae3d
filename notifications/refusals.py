"""What a mail server's no means: for now or for good, at which stage, in one readable line."""

from __future__ import annotations

import smtplib
import ssl
from typing import Self

from notifications.model import Outcome
from notifications.wording import clip

_REASON_WIDTH = 300
_FOR_NOW, _FOR_GOOD = 400, 500
"""Codes from here on mean "try later" and "never" (RFC 5321, 4.2.1)."""


class Refusal(Exception):
    """A message was not taken; carries the outcome its sender reports."""

    def __init__(self, outcome: Outcome, *, closed: bool = False) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome
        self.closed = closed
        """The connection is gone, which says nothing about the message."""

    @classmethod
    def said(cls, stage: str, code: int, words: bytes | str, *, closed: bool) -> Self:
        """The server refused with a code: 4xx for now, 5xx for good."""
        temporary = _FOR_NOW <= code < _FOR_GOOD
        return cls(
            Outcome(ok=False, temporary=temporary, stage=stage, reason=reply(code, words)), closed=closed
        )

    @classmethod
    def everyone(cls, refused: dict[str, tuple[int, bytes]]) -> Self:
        """No recipient was taken; worth another try if one of them was refused only for now."""
        reasons = "; ".join(f"{address}: {reply(*answer)}" for address, answer in refused.items())
        return cls(
            Outcome(ok=False, temporary=_for_now(refused), stage="rcpt", reason=clip(reasons, _REASON_WIDTH))
        )

    @classmethod
    def lost(cls, stage: str, words: str) -> Self:
        """The connection broke or fell silent; whether the server kept the message is unknown at `data`."""
        return cls(
            Outcome(ok=False, temporary=True, stage=stage, reason=f"mất kết nối máy chủ thư: {words}"),
            closed=True,
        )

    @classmethod
    def unconnected(cls, words: str) -> Self:
        """No connection or no login: never the message's fault, so always worth another try."""
        return cls(
            Outcome(
                ok=False, temporary=True, stage="connect", reason=f"không kết nối được máy chủ thư: {words}"
            ),
            closed=True,
        )


def addressed(refused: dict[str, tuple[int, bytes]]) -> Outcome:
    """Report a message the server took, for all addresses or for all but the refused ones."""
    if not refused:
        return Outcome(ok=True)
    named = tuple((address, reply(*answer)) for address, answer in refused.items())
    reasons = "; ".join(f"{address}: {reason}" for address, reason in named)
    return Outcome(
        ok=False,
        temporary=_for_now(refused),
        stage="rcpt",
        reason=clip(reasons, _REASON_WIDTH),
        refused=named,
    )


def reply(code: int, words: bytes | str) -> str:
    """Write a server's answer in one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clip(f"{code} {text}", _REASON_WIDTH)


def explained(error: Exception) -> str:
    """Put an exception of the connection into one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return reply(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "máy chủ không phản hồi trong thời gian chờ"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"chứng thư của máy chủ không hợp lệ ({error.verify_message})"
    return clip(f"{type(error).__name__}: {error}", _REASON_WIDTH)


def _for_now(refused: dict[str, tuple[int, bytes]]) -> bool:
    return any(_FOR_NOW <= code < _FOR_GOOD for code, _ in refused.values())
