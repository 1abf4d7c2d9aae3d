"""A transport over one held SMTP connection, which yagmail opens and authenticates."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import yagmail

from notifications.outgoing import Outcome, Outgoing, Reply
from notifications.refusals import NO_ADDRESS, Answer, Refusal, explained, refused, taken

_OK = 250
_GO_ON = 354
"""The server's answer to DATA: it waits for the message."""
_CLOSING = 421
"""The server's way of saying that it ends the connection."""

_TAKEN = (_OK, 251)
"""A recipient taken here, or taken to be passed on."""

CodeAndWords = tuple[int, bytes]


class Dialogue(Protocol):
    """The commands of one SMTP connection that a message needs, one by one so that each can be told."""

    sock: socket.socket

    def has_extn(self, opt: str) -> bool:
        """Tell whether the server offered an extension."""

    def mail(self, sender: str, options: Sequence[str] = ()) -> CodeAndWords:
        """Name the sender."""

    def rcpt(self, recip: str) -> CodeAndWords:
        """Name one recipient."""

    def docmd(self, cmd: str) -> CodeAndWords:
        """Give a command of one word."""

    def send(self, s: bytes) -> None:
        """Hand over bytes as they are."""

    def getreply(self) -> CodeAndWords:
        """Wait for the server's answer."""

    def rset(self) -> CodeAndWords:
        """Give up the transaction."""


class Security(StrEnum):
    """How the connection is protected."""

    STARTTLS = "starttls"
    SSL = "ssl"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Where and how to connect; the password never shows in its representation."""

    host: str
    port: int = 0
    """0 is the usual port of the chosen security."""
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.STARTTLS
    timeout: float = 30.0
    final_timeout: float = 600.0
    """How long the answer to a whole message may take (RFC 5321, 4.5.3.2.6): servers look through it."""
    ca_file: Path | None = None
    """The authority of an office's own mail server, where the system does not know it."""


class SmtpTransport:
    """Sends each message once over a connection that is opened when first needed.

    It never sends a message again by itself: after a drop the next message opens a new connection.
    """

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._client: yagmail.SMTP | None = None
        self._used = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye to the server."""
        if self._client is not None:
            # The messages are with the server; a goodbye that fails changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                self._client.close()
        self._drop()

    def send(self, message: Outgoing) -> Outcome:
        """Hand over one message and say which addresses the server took it for."""
        if not message.addresses:
            return Outcome(ok=False, stage="rcpt", reason=NO_ADDRESS)
        apart: dict[str, Reply] = {}
        try:
            self._begin(message)
            self._recipients(message, apart)
            last = self._data(message)
        except Refusal as refusal:
            return refused(refusal.answer, message.addresses, apart)
        except Exception:
            # Nobody knows how far the dialogue came; the next message gets a connection of its own.
            self._drop()
            raise
        self._used = True
        return taken(last, message.addresses, apart)

    def _begin(self, message: Outgoing) -> None:
        """Start the transaction, once anew if a connection held from before turns out to be gone."""
        if self._client is None:
            self._connect()
        held = self._used
        try:
            self._mail(message)
        except Refusal as refusal:
            # Nothing of the message has left at this point, so a fresh connection repeats nothing. A server
            # that kept silent is not asked again at once: that would lose the time twice.
            if not (held and refusal.closed) or refusal.answer.silent:
                raise
            self._connect()
            self._mail(message)

    def _mail(self, message: Outgoing) -> None:
        options = [f"size={len(message.content)}"] if self._smtp.has_extn("size") else []
        code, words = self._ask("mail", self._smtp.mail, message.envelope_from, options)
        if code != _OK:
            raise self._refused("mail", code, words)

    def _recipients(self, message: Outgoing, apart: dict[str, Reply]) -> None:
        """Name the recipients; those refused are put apart, and when all are, the message is."""
        for address in message.addresses:
            code, words = self._ask("rcpt", self._smtp.rcpt, address)
            if code == _CLOSING:
                raise self._refused("rcpt", code, words)
            if code not in _TAKEN:
                apart[address] = Answer.said("rcpt", code, words).to(address)
        if all(address in apart for address in message.addresses):
            raise self._refused("rcpt", code, words)

    def _data(self, message: Outgoing) -> Answer:
        code, words = self._ask("data", self._smtp.docmd, "data")
        if code != _GO_ON:
            raise self._refused("data", code, words)
        code, words = self._ask("final", self._hand_over, message.content)
        if code != _OK:
            raise self._refused("final", code, words)
        return Answer.said("final", code, words)

    def _hand_over(self, content: bytes) -> CodeAndWords:
        """Send the message and wait for its answer, longer than for any other."""
        self._smtp.sock.settimeout(self._server.final_timeout)
        self._smtp.send(_dotted(content))
        answer = self._smtp.getreply()
        self._smtp.sock.settimeout(self._server.timeout)
        return answer

    @property
    def _smtp(self) -> Dialogue:
        """The connection yagmail holds."""
        if self._client is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        dialogue: Dialogue = self._client.smtp
        return dialogue

    def _ask(self, stage: str, command: Callable[..., CodeAndWords], *words: object) -> CodeAndWords:
        """Give one command; a lost or silent connection is dropped and becomes a refusal."""
        try:
            answer = command(*words)
        except ValueError:
            # An address that cannot be written into the command is no address, now or later.
            return 553, "5.1.3 địa chỉ không hợp lệ".encode()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Refusal.lost(stage, error, self._clean(explained(error))) from None
        return answer

    def _refused(self, stage: str, code: int, words: bytes | str) -> Refusal:
        """Turn the server's no into a refusal, and leave the connection fit for the next message."""
        if code == _CLOSING:
            self._drop()
        else:
            self._reset()
        return Refusal(Answer.said(stage, code, words), closed=code == _CLOSING)

    def _reset(self) -> None:
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _connect(self) -> None:
        """Open one connection through yagmail; whatever fails here is no fault of the message."""
        self._drop()
        client = _client(self._server)
        try:
            client.login()
            client.smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if client.smtp is not None:
                client.smtp.close()
            client.is_closed = True
            raise Refusal.unconnected(error, self._clean(explained(error))) from None
        self._client = client
        self._used = False

    def _drop(self) -> None:
        if self._client is not None:
            self._client.smtp.close()
            self._client.is_closed = True
        self._client = None

    def _clean(self, reason: str) -> str:
        """Keep the password out of reasons, even if a server repeats it."""
        return reason.replace(self._server.password, "***") if self._server.password else reason


def _client(server: SmtpServer) -> yagmail.SMTP:
    """Prepare yagmail's client without its questions at the keyboard and its guesses at addresses."""
    context = ssl.create_default_context(cafile=server.ca_file)
    secure = server.security is Security.SSL
    options: dict[str, object] = {"timeout": server.timeout}
    if secure:
        options["context"] = context
    client = yagmail.SMTP(
        user=server.user or "nobody@localhost",
        password=server.password,
        host=server.host,
        port=server.port or _port(server),
        smtp_ssl=secure,
        # yagmail's plain starttls would not check the server's certificate.
        smtp_starttls={"context": context} if server.security is Security.STARTTLS else False,
        smtp_skip_login=not server.password,
        soft_email_validation=False,
        **options,
    )
    # yagmail takes a login name without "@" for a Gmail address.
    client.user = server.user
    return client


def _dotted(content: bytes) -> bytes:
    """Double each dot that begins a line and end with the dot that ends a message (RFC 5321, 4.5.2)."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"


def _port(server: SmtpServer) -> int:
    return {Security.SSL: 465, Security.STARTTLS: 587, Security.NONE: 25}[server.security]
