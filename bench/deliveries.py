"""Delivery against a bare loop that sends the same stored bytes over one held connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bench.measure import Line, Times, in_turns, timed
from bench.sinks import sink
from notifications.outgoing import Outgoing
from notifications.smtp import SmtpTransport
from store.engine import reading, writing
from store.schema import message_contents, messages, notices
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House, open_house
from tasks_lib.kernel.clock import morning_of
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tasks_lib.simulation.simulate import scratch_house

ROUNDS = 7


def lines() -> Iterator[Line]:
    """Measure the opening letters: rendered and sent, sent as stored, and by a bare loop."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder, sink() as taker:
        house = scratch_house(open_house(), Path(folder))
        house = replace(house, settings=house.settings.model_copy(update={"mail_transport": "smtp"}))
        day = house.calendar.add(house.plan.signed_on, house.plan.settings.opening_working_days)
        initialise(house)
        sweep(house, morning_of(day))
        at = morning_of(day)

        def ours() -> None:
            deliver(house, at, transport=SmtpTransport(taker.server))

        first = timed(ours)
        ready = _stored(house)

        def floor() -> None:
            with SmtpTransport(taker.server) as transport:
                for message in ready:
                    transport.send(message)

        stored, bare = in_turns(ours, floor, ROUNDS, lambda: _again(house))
        many = f"{len(ready)} thư"
        yield Line(f"Gửi {many} đã soạn so với vòng lặp trần", stored, bare, "≤ 1,3×", f"tới {taker.name}")
        again = in_turns(ours, floor, ROUNDS, lambda: _again(house, anew=True))[0]
        yield Line(f"Soạn và gửi {many} so với vòng lặp trần", again, bare, "≤ 6×", f"lần đầu {first:.1f} s")
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
