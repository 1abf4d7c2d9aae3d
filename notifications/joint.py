"""A mail about several plans: each plan's own letter under its name, one greeting, one box, one subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from notifications import bundle, days, headlines
from notifications.card import Row, which
from notifications.model import Line, Mail, Section
from obligations.words import count

OPENING = "opening"
NEWS = "tình hình thực hiện trong tuần"
REVIEW = "Chờ xem xét"
MOST_ROWS = 10
"""What the box on top holds; the letters below name all."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one mail says of one plan."""

    mail: Mail
    sections: tuple[Section, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The duties it names, each once."""
        found = {line.obligation: line for section in self.sections for line in section.lines}
        return tuple(found.values())

    @property
    def late(self) -> int:
        """How many of them are overdue."""
        return sum(line.days_left < 0 and not line.ours for line in self.lines)

    @property
    def to_do(self) -> tuple[Line, ...]:
        """The duties of which a result is waited for."""
        found = {line.obligation: line for s in self.sections if s.template != "review" for line in s.lines}
        return tuple(found.values())

    @property
    def reviews(self) -> int:
        """How many reports wait for the recipient's word."""
        return len({line.obligation for s in self.sections if s.template == "review" for line in s.lines})

    @property
    def first(self) -> tuple[bool, date]:
        """What it goes by among other plans: whether nothing is overdue, then its nearest day."""
        return not self.late, min((line.last_day for line in self.to_do), default=date.max)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is to be done by one day for one plan, by whoever owes it alike."""

    day: date
    plan: str
    words: str
    lines: tuple[Line, ...]
    mail: Mail

    @property
    def late(self) -> bool:
        """Whether it is overdue by its plan."""
        return self.lines[0].days_left < 0 and not self.lines[0].ours

    @property
    def row(self) -> Row:
        """By when, what, of which plan: "Hạn 14/7", "1.2 Tuyên truyền PAPI (KH 240)"."""
        line = self.lines[0]
        names = list(
            dict.fromkeys(one.agency for one in self.lines if one.agency != self.mail.recipient_short)
        )
        whose = names[0] if len(names) == 1 else f"{count(len(names))} đơn vị"
        passed = f", {days.late(line)}" if line.days_left < 0 else ""
        return headlines.due(self.lines), f"{self.words}{f', {whose}' if names else ''} ({self.plan}){passed}"


def parts_of(mail: Mail) -> tuple[Part, ...]:
    """Return what a mail says of each plan: what is overdue first, then by the nearest day."""
    mails = (replace(mail, also=()), *mail.also)
    parts = [Part(mail=one, sections=bundle.arrange(one)) for one in mails]
    return tuple(sorted(parts, key=lambda part: part.first))


def frame(parts: Sequence[Part]) -> Mail:
    """Return the mail that greets and closes: the first plan's, in the name of all."""
    first, *others = (part.mail for part in parts)
    return replace(first, also=tuple(others))


def subject(parts: Sequence[Part]) -> str:
    """Say what a mail about several plans tells, the fullest wording first, one a line."""
    first = parts[0].mail
    tail = headlines.tail(first)
    lines = [line for part in parts for line in part.lines]
    if all(section.template == OPENING for part in parts for section in part.sections):
        return f"Nhiệm vụ được giao{tail}"
    if not lines or any(part.mail.digest for part in parts):
        return f"Tình hình thực hiện{tail}"
    late, number = sum(part.late for part in parts), len(lines)
    if late == number:
        return f"{count(late)} nội dung quá hạn{tail}"
    if late:
        whole = f"{count(late)} nội dung quá hạn"
        return f"{whole}, {count(number - late)} nội dung khác{tail}\n{whole}{tail}"
    return f"{headlines.due(lines)}: {count(number)} nội dung{tail}\n{count(number)} nội dung{tail}"


def rows(parts: Sequence[Part]) -> tuple[Row, ...]:
    """Return the rows of the box on top: all there is to do by day, the plan named at each.

    What is overdue stands first, what many units owe alike is one row, and what is too much is counted.
    """
    entries = sorted(_entries(parts), key=lambda entry: (not entry.late, entry.day))
    found = [entry.row for entry in entries[:MOST_ROWS]]
    if more := Counter(entry.plan for entry in entries[MOST_ROWS:]):
        told = "; ".join(f"{plan}: {count(number)} nội dung" for plan, number in more.items())
        found.append(("Nội dung khác", told))
    for part in parts:
        if part.reviews:
            found.append((REVIEW, f"{count(part.reviews)} báo cáo ({part.mail.plan_short})"))
        if not part.lines:
            found.append((part.mail.plan_short, NEWS))
    return tuple(found)


def _entries(parts: Sequence[Part]) -> Iterator[Entry]:
    for part in parts:
        alike: dict[tuple[date, bool, str], list[Line]] = {}
        for line in part.to_do:
            alike.setdefault((line.last_day, line.ours, which(line)), []).append(line)
        for (day, _, words), lines in alike.items():
            yield Entry(day=day, plan=part.mail.plan_short, words=words, lines=tuple(lines), mail=part.mail)
