"""A real SMTP server on the loopback that takes, refuses, stalls and drops as a test tells it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK = "250 OK"


@dataclass
class Postbox:
    """What the server answers at each stage, and what it has taken."""

    mail: list[str] = field(default_factory=list)
    """Answers to MAIL FROM, one after another; then OK."""
    refused: dict[str, str] = field(default_factory=dict)
    """Answers to RCPT TO by address."""
    data: list[str] = field(default_factory=list)
    """Answers to a message: a code and words, slow (taken late), stall (refused late), drop; then OK."""
    always: dict[str, str] = field(default_factory=dict)
    """One answer to everybody by stage (mail, rcpt, data, final): {address} and {number} differ each time."""
    greylisted: str = ""
    """The answer to every recipient that is named for the first time."""
    connections: int = 0
    asked: int = 0
    known: set[str] = field(default_factory=set)
    logins: list[str] = field(default_factory=list)
    taken: list[Envelope] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd finds its hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count a new dialogue, once per connection."""
        if not hasattr(session, "counted"):
            session.counted = True
            self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer MAIL FROM."""
        answer = self.mail.pop(0) if self.mail else self._always("mail", address)
        if answer == "drop":
            _abort(server)
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        answer = self.refused.get(address) or self._always("rcpt", address)
        if self.greylisted and address not in self.known:
            self.known.add(address)
            answer = self._worded(self.greylisted, address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    def answer_to_data(self) -> str:
        """Answer the command DATA, before the message; OK lets it come."""
        return self._always("data", "")

    def _always(self, stage: str, address: str) -> str:
        return self._worded(self.always.get(stage, OK), address)

    def _worded(self, answer: str, address: str) -> str:
        self.asked += 1
        return answer.replace("{address}", address).replace("{number}", f"{self.asked * 7919:x}7")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer the message."""
        answer = self.data.pop(0) if self.data else self._always("final", "")
        if answer == "taken, then drop":
            self.taken.append(envelope)
            answer = "drop"
        if answer == "stall":
            await asyncio.sleep(2)
            return "451 too late"
        if answer == "slow":
            await asyncio.sleep(1)
            answer = OK
        if answer == "drop":
            _abort(server)
            return "451 gone"
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        """Take one login and refuse all others, repeating their password as a careless server might."""
        login, password = data.login.decode(), data.password.decode()
        self.logins.append(login)
        if (login, password) == ("dondoc", "mat-khau-dung"):
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message=f"535 5.7.8 wrong password {password}")


class _Server(SMTP):
    """Answers the command DATA as its box is told, which aiosmtpd itself has no hook for."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd finds its commands by these names
        """Refuse before the message, or take it."""
        answer = self.event_handler.answer_to_data()
        if answer == OK:
            await super().smtp_DATA(arg)
        else:
            await self.push(answer)


class _Controller(Controller):
    def factory(self) -> SMTP:
        """Make the server's side of one connection."""
        return _Server(self.handler, **self.SMTP_kwargs)


def _abort(server: SMTP) -> None:
    transport = server.transport
    assert transport is not None
    transport.abort()  # type: ignore[attr-defined]


@contextmanager
def running(
    box: Postbox, *, tls: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[tuple[str, int]]:
    """Run the server on a free port for the length of a test."""
    controller = _Controller(
        box,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=tls,
        require_starttls=tls is not None,
        authenticator=box.authenticate if login else None,
        auth_required=login,
    )
    controller.start()
    try:
        yield "127.0.0.1", controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
