"""Delivery against a bare loop that sends the same stored bytes over one held connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from tempfile import TemporaryDirectory

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from bench.measure import Line, Times, in_turns, timed
from flows.local_server import HOST, free_port
from notifications.outgoing import Outgoing
from notifications.smtp import Security, SmtpServer, SmtpTransport
from store.engine import reading, writing
from store.schema import message_contents, messages, notices
from tasks_lib.bootstrap import House, open_house
from tasks_lib.clock import morning_of
from tasks_lib.simulation.simulate import scratch_house
from tasks_lib.usecases.deliver import deliver
from tasks_lib.usecases.initialise import initialise
from tasks_lib.usecases.sweep import sweep

ROUNDS = 7


class _Sink:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Take a message and forget it."""
        return "250 OK"


def _serve(port: int, pipe: Pipe) -> None:
    """Run a mail server in a process of its own until the pipe closes."""
    controller = Controller(_Sink(), hostname=HOST, port=port)
    controller.start()
    pipe.send("ready")
    try:
        pipe.recv()
    except EOFError:
        pass
    finally:
        controller.stop()


@contextmanager
def _server() -> Iterator[SmtpServer]:
    port = free_port()
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(port, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.recv()
    try:
        yield SmtpServer(host=HOST, port=port, user="", password="", security=Security.NONE, timeout=20)
    finally:
        ours.close()
        process.join()


def lines() -> Iterator[Line]:
    """Measure the opening letters: rendered and sent, sent as stored, and by a bare loop."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder, _server() as server:
        house = scratch_house(open_house(), Path(folder))
        house = replace(house, settings=house.settings.model_copy(update={"mail_transport": "smtp"}))
        day = house.calendar.add(house.plan.signed_on, house.plan.settings.opening_working_days)
        initialise(house)
        sweep(house, morning_of(day))
        at = morning_of(day)

        def ours() -> None:
            deliver(house, at, transport=SmtpTransport(server))

        first = timed(ours)
        ready = _stored(house)

        def floor() -> None:
            with SmtpTransport(server) as transport:
                for message in ready:
                    transport.send(message)

        stored, bare = in_turns(ours, floor, ROUNDS, lambda: _again(house))
        many = f"{len(ready)} thư"
        yield Line(f"Gửi {many} đã soạn so với vòng lặp trần", stored, bare, "≤ 1,33×", "≥ 0,75 tốc độ sàn")
        again = in_turns(ours, floor, ROUNDS, lambda: _again(house, anew=True))[0]
        yield Line(f"Soạn và gửi {many} so với vòng lặp trần", again, bare, "", f"lần đầu {first:.1f} s")
        rate = Times(tuple(len(ready) / s for s in stored.seconds)).median
        yield Line(f"Gửi {many} đã soạn", stored, None, "", f"{rate:.0f} thư mỗi giây")
        house.engine.dispose()


def _stored(house: House) -> list[Outgoing]:
    with reading(house.engine) as connection:
        rows = connection.execute(select(messages, message_contents.c.content).join(message_contents)).all()
    return [
        Outgoing(
            message_id=row.message_id,
            envelope_from=house.settings.mail_from,
            addresses=tuple(row.addresses),
            content=row.content,
        )
        for row in rows
    ]


def _again(house: House, *, anew: bool = False) -> None:
    """Let every message wait once more, with its bytes or without."""
    with writing(house.engine) as connection:
        if anew:
            connection.execute(message_contents.delete())
        connection.execute(messages.update().values(state="waiting", attempts=0, sent_at=None, accepted=[]))
        connection.execute(notices.update().where(notices.c.state == "sent").values(state="waiting"))
