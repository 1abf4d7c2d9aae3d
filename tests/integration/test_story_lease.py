"""A slow server: a claim is prolonged while its sender works, and nobody sends the same message again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from notifications.memory import MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.life.letters import all_messages
from tests.support.life.stories import morning

DAY = "2022-07-20"


class Clock:
    """The real clock of the story, which goes on only when somebody lets it."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        return self.at


class Slow(MemoryTransport):
    """Takes most of a lease for every message, and meanwhile another sender comes by."""

    def __init__(self, house: House, clock: Clock, other: MemoryTransport) -> None:
        super().__init__()
        self.house, self.clock, self.other = house, clock, other

    def send(self, message: Outgoing) -> Outcome:
        self.clock.at += timedelta(seconds=self.house.settings.mail_lease_seconds * 0.9)
        deliver(self.house, morning(DAY), now=self.clock, transport=self.other)
        return super().send(message)


def test_another_sender_leaves_alone_what_a_slow_one_still_holds(house: House) -> None:
    sweep(house, morning("2022-07-01"))
    sweep(house, morning(DAY))
    clock, other = Clock(morning(DAY)), MemoryTransport()
    slow = Slow(house, clock, other)
    deliver(house, morning(DAY), now=clock, transport=slow)

    sent = Counter(m.message_id for m in (*slow.sent, *other.sent))
    assert sent.total() > 20
    assert set(sent.values()) == {1}
    assert {m.state for m in all_messages(house)} == {"sent"}
