"""A mail about several plans: each plan's own letter under its name, one greeting, one box, one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from notifications import bundle, headlines
from notifications.model import Line, Mail, Section
from obligations.words import count

OPENING = "opening"
NEWS = "tình hình thực hiện trong tuần"


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


def parts_of(mail: Mail) -> tuple[Part, ...]:
    """Return what a mail says of each plan, what is overdue first."""
    mails = (replace(mail, also=()), *mail.also)
    parts = [Part(mail=one, sections=bundle.arrange(one)) for one in mails]
    return tuple(sorted(parts, key=lambda part: not part.late))


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


def rows(parts: Sequence[Part]) -> tuple[tuple[str, str], ...]:
    """Return the rows of the box on top: of each plan how much there is to do, and by when."""
    return tuple((part.mail.plan_short, _in_short(part)) for part in parts)


def _in_short(part: Part) -> str:
    lines = part.lines
    if not lines:
        return NEWS
    late = f"{count(part.late)} quá hạn" if part.late else ""
    told = late if part.late == len(lines) else headlines.due(lines).lower()
    return f"{count(len(lines))} nội dung ({'; '.join(dict.fromkeys(x for x in (late, told) if x))})"
