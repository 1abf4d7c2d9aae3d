"""Whose fault a refusal is: the address's own, or the mail server's, which then counts as nobody's try."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from notifications.outgoing import Outcome

SAME_REFUSALS = 3
"""So many different recipients refused in the same way, and nobody taken between, mean the server."""
ALL_REFUSALS = 10
"""So many different recipients refused in any way before anybody was taken mean the server too."""
SILENCES = 2
"""So many messages without an answer in time end a run: each costs the whole time to wait."""
FOR_NOW = range(400, 500)

# RFC 3463: the mailbox or its domain is none, has moved or is closed. Not 5.1.7 and 5.1.8, which speak of the
# sender, nor 5.2.2 (full), 5.7.x (policy), 5.4.x (ways): these are mended without a new address.
NO_MAILBOX = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1"})
# Without the finer code 550, 551 and 553 say "no mailbox" and "not by our policy" alike (RFC 5321, 4.2.3), so
# the words decide. A policy taken for a missing mailbox would give mail up; the other way costs some days.
_PLAIN = frozenset({550, 551, 553})
_NO_MAILBOX_WORDS = re.compile(
    r"user unknown|unknown (user|recipient|mailbox|address)|no such|(does not|doesn.t|not) exist"
    r"|(invalid|bad) (recipient|mailbox)|mailbox not found|không có hộp thư|không tồn tại",
    re.IGNORECASE,
)


class Said(Protocol):
    """An answer, as a transport gives it or as it is kept."""

    @property
    def stage(self) -> str:
        """connect, mail, rcpt, data or final."""

    @property
    def code(self) -> int | None:
        """The server's code; None where nobody answered."""

    @property
    def enhanced(self) -> str | None:
        """The finer code of RFC 3463."""

    @property
    def text(self) -> str:
        """The server's words."""


def is_address_fault(outcome: Outcome) -> bool:
    """Whether every address that was refused is none, so that trying for days is of no use."""
    refused = [r for r in outcome.replies if not r.accepted]
    return bool(refused) and all(has_no_mailbox(r, alone=len(outcome.replies) == 1) for r in refused)


def has_no_mailbox(reply: Said, *, alone: bool) -> bool:
    """Whether an answer says that an address is none; said of a whole message only where it has no other."""
    if reply.stage != "rcpt" and not (reply.stage == "final" and alone):
        return False
    if reply.enhanced is not None:
        return reply.enhanced in NO_MAILBOX
    return reply.code in _PLAIN and _NO_MAILBOX_WORDS.search(reply.text) is not None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """One message that was not taken."""

    key: int
    recipient: str
    outcome: Outcome
    fresh: bool
    """It has never been refused before."""
    on_its_own: bool
    """It was refused before while others were taken."""

    @property
    def stage(self) -> str:
        """Where it was refused."""
        return self.outcome.stage

    @property
    def way(self) -> tuple[int | None, str | None, str]:
        """How it was refused, without what differs from message to message."""
        reply = next((r for r in self.outcome.replies if not r.accepted), None)
        if reply is None:
            return None, None, _alike(self.outcome.reason, ())
        return reply.code, reply.enhanced, _alike(reply.text, [r.address for r in self.outcome.replies])

    @property
    def may_be_its_own(self) -> bool:
        """Whether servers say so of single recipients while they take others: greylisting, a busy mailbox."""
        code = self.way[0]
        return self.outcome.stage == "rcpt" and code is not None and code in FOR_NOW


def _alike(text: str, addresses: Iterable[str]) -> str:
    """Return a reason without addresses, numbers and the names of queues."""
    for address in addresses:
        text = text.replace(address, "").replace(address.partition("@")[0], "")
    return " ".join(re.sub(r"\S*@\S*|\S*\d\S*", "", text).casefold().split())


class Breaker:
    """Watches a run and tells when it is the server that refuses, and which tries then do not count.

    Until the server has taken something in a run, nobody knows whether it takes anything, and all who are
    refused count but those known to be refused while others are taken. After that only those count that were
    never refused before: a few recipients with a trouble of their own cannot stop the rest day after day.
    """

    def __init__(self) -> None:
        self._taken = False
        self._silences = 0
        self._since: list[Refused] = []
        """What has been refused since something was last taken."""
        self.blamed: list[Refused] = []
        """Whose tries do not count, once the run has been stopped."""

    def taken(self) -> None:
        """Note that the server took a message for somebody."""
        self._taken = True
        self._since.clear()

    def refused(self, refused: Refused) -> bool:
        """Note a refusal; return whether the run should stop."""
        self._since.append(refused)
        self._silences += refused.outcome.silent
        alike = [r for r in self._since if r.way == refused.way and self._counts(r)]
        if self._silences >= SILENCES and refused.outcome.silent:
            self.blamed = self._since
        elif not is_address_fault(refused.outcome) and _several(alike, SAME_REFUSALS):
            self.blamed = [r for r in self._since if r.way == refused.way]
        elif not self._taken and _several(self._since, ALL_REFUSALS):
            self.blamed = self._since
        return bool(self.blamed)

    def finished(self) -> bool:
        """Note the run's end; return whether it was stopped, or never came to speak of a message."""
        if not self._taken and self._since and all(r.stage == "connect" for r in self._since):
            self.blamed = self._since
        return bool(self.blamed)

    @property
    def works(self) -> bool:
        """Whether the server took anything in this run."""
        return self._taken

    @property
    def reason(self) -> str | None:
        """Return the server's words, without the address they were said of, once the run has been stopped."""
        if not self.blamed:
            return None
        last = self.blamed[-1].outcome
        return next((r.text for r in last.replies if not r.accepted), last.reason) or last.stage

    def _counts(self, refused: Refused) -> bool:
        if not self._taken:
            return not refused.on_its_own
        return refused.fresh and not refused.may_be_its_own


def _several(refused: Iterable[Refused], enough: int) -> bool:
    return len({r.recipient for r in refused}) >= enough
