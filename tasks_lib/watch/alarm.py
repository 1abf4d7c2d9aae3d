"""Tells ops what the watchman found: once when it begins, daily while it lasts, once when it is over.

What has been told is kept in facts, so that of two portals one speaks; while the database does not answer it
is kept in this process.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from notifications.alarm import Fault, News, alarm_message, worded
from obligations.errors import DomainError
from store.engine import writing
from store.facts import facts_like, swap_fact
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.delivering import transport_of
from tasks_lib.kernel.keys import ALARM
from tasks_lib.kernel.signing import new_token
from tasks_lib.kernel.wording import plan_short
from tasks_lib.watch.model import Finding

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(days=1)
FILE = "alarm.txt"
"""In the home: what is wrong now, for whoever looks there when no mail can leave."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is remembered of one fault."""

    title: str
    said: str
    since: datetime
    told: datetime | None

    def written(self) -> str:
        """Return it as a fact's value; the same always reads the same."""
        told = self.told.isoformat() if self.told else None
        values = {"title": self.title, "said": self.said, "since": self.since.isoformat(), "told": told}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, value: str) -> Known:
        """Read it back."""
        known = json.loads(value)
        told = datetime.fromisoformat(known["told"]) if known["told"] else None
        return cls(
            title=known["title"], said=known["said"], since=datetime.fromisoformat(known["since"]), told=told
        )

    @property
    def fault(self) -> Fault:
        """Return it as the mail words it."""
        return Fault(title=self.title, said=self.said, since=self.since)


class Book(Protocol):
    """Where it is remembered what has been told; a change counts only for whoever made it."""

    def entries(self) -> Mapping[str, str]:
        """Return what is remembered, by the check's name."""

    def swap(self, name: str, old: str | None, new: str | None, at: datetime) -> bool:
        """Put one entry in another's place; false where somebody else was first."""


class FactBook:
    """Remembers in the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self) -> Mapping[str, str]:
        """Return what is remembered."""
        return {name: fact.value for name, fact in facts_like(self._connection, ALARM).items()}

    def swap(self, name: str, old: str | None, new: str | None, at: datetime) -> bool:
        """Put one entry in another's place."""
        return swap_fact(self._connection, f"{ALARM}{name}", old, new, at)


class ProcessBook(dict[str, str]):
    """Remembers in this process, while the database does not answer."""

    def entries(self) -> Mapping[str, str]:
        """Return what is remembered."""
        return dict(self)

    def swap(self, name: str, old: str | None, new: str | None, at: datetime) -> bool:  # noqa: ARG002
        """Put one entry in another's place."""
        if self.get(name) != old:
            return False
        if new is None:
            del self[name]
        else:
            self[name] = new
        return True


class Alarm:
    """Tells ops of one house."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._own = ProcessBook()

    def tell(self, findings: Iterable[Finding], at: datetime) -> News:
        """Tell what is new; what no mail took is told at the next look again."""
        found = tuple(findings)
        try:
            with writing(self._house.engine) as connection:
                news = self._news(FactBook(connection), found, at)
            # What began while the database was away, and is over or written down there now.
            news = self._merged(news, at)
        except DomainError:
            news = self._news(self._own, found, at)
        self._write_file(found, at)
        if news and not self._sent(news):
            self._untell(news, found, at)
        return news

    def _news(self, book: Book, found: tuple[Finding, ...], at: datetime) -> News:
        entries = book.entries()
        begun: list[Fault] = []
        lasting: list[Fault] = []
        over: list[Fault] = []
        for finding in found:
            old = entries.get(finding.name)
            known = Known.read(old) if old else None
            if finding.ok is False:
                told = _told(finding, known, at)
                if told is not None and book.swap(finding.name, old, told.written(), at):
                    (lasting if known and known.told else begun).append(told.fault)
            elif finding.ok and known is not None and book.swap(finding.name, old, None, at) and known.told:
                over.append(known.fault)
        return self._said(at, begun, lasting, over)

    def _merged(self, news: News, at: datetime) -> News:
        """Add what this process alone had told of, as over."""
        gone = [Known.read(value).fault for value in self._own.values()]
        self._own.clear()
        again = {fault.title for fault in (*news.begun, *news.lasting, *news.over)}
        over = [*news.over, *(fault for fault in gone if fault.title not in again)]
        return self._said(at, news.begun, news.lasting, over)

    def _said(
        self, at: datetime, begun: Iterable[Fault], lasting: Iterable[Fault], over: Iterable[Fault]
    ) -> News:
        plan, settings = self._house.plan, self._house.settings
        return News(
            at=at,
            plan_short=plan_short(plan),
            system=plan_short(plan).replace("KH", "Kế hoạch", 1),
            begun=tuple(begun),
            lasting=tuple(lasting),
            over=tuple(over),
            page=f"{settings.public_url.rstrip('/')}/van-hanh" if settings.public_url else "",
        )

    def _sent(self, news: News) -> bool:
        """Send by a connection of its own; where nobody is named, the log has to do."""
        settings = self._house.settings
        subject, _ = worded(news)
        log.warning("%s", subject)
        if not settings.ops_mail:
            return True
        message = alarm_message(
            news,
            message_id=f"<alarm.{new_token()}@{settings.mail_from.rpartition('@')[2]}>",
            addresses=(settings.mail_redirect or settings.ops_mail,),
            mail_from=settings.mail_from,
        )
        with transport_of(settings) as transport:
            outcome = transport.send(message)
        if not outcome.ok:
            log.warning("chưa gửi được thư báo vận hành: %s", outcome.reason)
        return outcome.ok

    def _untell(self, news: News, found: tuple[Finding, ...], at: datetime) -> None:
        """Take back that it was told, so that the next look tells it again."""
        titles = {fault.title for fault in (*news.begun, *news.lasting)}
        names = [finding.name for finding in found if finding.title in titles]
        try:
            with writing(self._house.engine) as connection:
                _forget(FactBook(connection), names, at)
        except DomainError:
            _forget(self._own, names, at)

    def _write_file(self, found: tuple[Finding, ...], at: datetime) -> None:
        path = self._house.settings.home / FILE
        faults = [finding for finding in found if finding.ok is False]
        try:
            if not faults:
                path.unlink(missing_ok=True)
                return
            lines = [f"{at:%Y-%m-%d %H:%M} {finding.title}: {finding.said}\n" for finding in faults]
            path.write_text("".join(lines), encoding="utf-8")
        except OSError as fault:
            log.warning("chưa ghi được %s: %s", FILE, fault)


def _told(finding: Finding, known: Known | None, at: datetime) -> Known | None:
    """Return what is remembered once a fault is told now; None where it was told within the day."""
    if known is not None and known.told is not None and timedelta() <= at - known.told < AGAIN_AFTER:
        return None
    since = known.since if known else at
    return Known(title=finding.title, said=finding.said, since=since, told=at)


def _forget(book: Book, names: Iterable[str], at: datetime) -> None:
    entries = book.entries()
    for name in names:
        old = entries.get(name)
        if old is not None:
            known = Known.read(old)
            untold = Known(title=known.title, said=known.said, since=known.since, told=None)
            book.swap(name, old, untold.written(), at)
