"""Subjects: day and what first, the unit in full, the fullest wording that a list of mails shows whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from notifications.model import Digest, Line, Mail
from notifications.phrases import month_of
from notifications.wording import joined, lower_first, one_line, short_date
from obligations.levels import HEAD, Level
from obligations.places import SORTS, sort_of, without_committee
from obligations.words import about, count

SUBJECT_WIDTH = 60
"""What the list of a mail program shows on a desk."""
NEVER_WIDER = 200
"""Only a title that nobody could read is longer."""
_KEYS_NAMED = 4
_AGENCIES_NAMED = 2
_YEAR = re.compile(r" năm \d{4}$")


def fitting(beginning: str, wordings: str, recipient: str) -> str:
    """Choose the first wording of a template that fits: one a line, the fullest first.

    Where none does, the recipient is named without "UBND", then left to the greeting: nothing is cut.
    """
    told = [f"{beginning} {one_line(words)}" for words in wordings.splitlines() if words.strip()]
    tail = f" - {one_line(recipient)}"
    shorter = [subject.replace(tail, without_committee(tail)) for subject in told]
    without = [subject.removesuffix(tail) for subject in told]
    fits = (subject for subject in (*told, *shorter, *without) if len(subject) <= SUBJECT_WIDTH)
    return next(fits, without[-1])[:NEVER_WIDER]


def names(line: Line) -> tuple[str, ...]:
    """Name one duty, the fullest first: "nhiệm vụ 1.2", "1.2"; what an event opened with the event."""
    bare = _bare(line)
    return (*(about(name, line.event) for name in bare), *bare) if line.event else bare


def _bare(line: Line) -> tuple[str, ...]:
    if line.item:
        return f"nhiệm vụ {line.item}", line.item
    if line.is_sheet:
        month = month_of(line).partition(" năm ")[0].partition("/")[0]
        whole = f"bảng {month}"
        post = line.level.post if line.level else HEAD  # a note may not know it
        return f"{post} xem xét {whole}", f"{post} xem {whole}", whole
    if line.is_own_plan:
        return "kế hoạch của đơn vị", "kế hoạch đơn vị", "kế hoạch"
    whole = lower_first(line.title)
    short = _YEAR.sub("", whole)
    if short == "báo cáo":
        short = "báo cáo năm"
    return tuple(dict.fromkeys((whole, short, short.replace("báo cáo", "BC", 1))))


def whats(lines: Sequence[Line]) -> tuple[str, ...]:
    """Name what a mail is about: one duty, or several counted, the fullest first.

    Of one unit each duty counts; of several, what they owe alike counts once.
    """
    duties = {_bare(line): line for line in lines}
    if len(duties) == 1:
        return _alike(lines)
    alone = len({line.agency for line in lines}) == 1
    total = len(lines) if alone else len(duties)
    keys = tuple(dict.fromkeys(line.item for line in lines if line.item))
    if not all(line.item for line in lines):
        return (f"{count(total)} nội dung",)
    counted = f"{count(total)} nhiệm vụ"
    if len(keys) > _KEYS_NAMED:
        return (counted,)
    named = ", ".join(keys)
    return f"{counted} ({named})", f"nhiệm vụ {named}", named, counted


def _alike(lines: Sequence[Line]) -> tuple[str, ...]:
    """Name one duty that several units have, or several of one kind that a unit has: "02 việc của 2.5"."""
    first = lines[0]
    owed = {(line.agency, line.last_day, line.event) for line in lines}
    if first.item and len(owed) > len({line.agency for line in lines}):
        many = f"{count(len(owed))} việc"
        return f"{many} của nhiệm vụ {first.item}", f"{many} của {first.item}", f"{many} {first.item}"
    return names(first) if len({line.event for line in lines}) == 1 else _bare(first)


def tally(lines: Sequence[Line]) -> str:
    """Name one duty, or count several, in full: "nhiệm vụ 1.2", "02 nhiệm vụ (1.2, 2.3)", "06 nhiệm vụ"."""
    return whats(lines)[0]


def day(lines: Iterable[Line]) -> str:
    """Name the last day, or since when where there are several: "14/7", "từ 14/7"."""
    days = {line.last_day for line in lines}
    return f"{'từ ' if len(days) > 1 else ''}{short_date(min(days))}"


def due(lines: Sequence[Line]) -> str:
    """Say by when, as the box below does: "Hạn 14/7", or "Chậm nhất 09/9" where the day is asked for."""
    nearest = min(lines, key=lambda line: (line.last_day, line.ours))
    return f"{'Chậm nhất' if nearest.ours else 'Hạn'} {short_date(nearest.last_day)}"


def tail(mail: Mail) -> str:
    """Close a subject with its recipient."""
    return f" - {mail.recipient_short}"


def by_level(lines: Iterable[Line]) -> str:
    """Count lines by level, without those that have none: "huyện 02, xã 10"."""
    return ", ".join(f"{level.short} {count(n)}" for level, n in _counted(line.level for line in lines))


def _counted(levels: Iterable[Level]) -> list[tuple[Level, int]]:
    """Count what there is of each level, the highest first."""
    return sorted(Counter(levels).items(), key=lambda pair: -pair[0].rank)


def of_digest(digest: Digest) -> tuple[str, ...]:
    """Say what Monday's table tells, the fullest first: what is overdue, what waits; no noughts."""
    late, waiting = digest.reckoned.overdue, digest.awaiting_focal + digest.proposals
    whole = f"{count(late)} quá hạn" if late else ""
    waits = f"{count(waiting)} chờ Sở" if waiting else ""
    told = (
        ", ".join(part for part in (much, waits) if part) for much in (f"{whole}{levels_of(digest)}", whole)
    )
    return tuple(dict.fromkeys(words or "tình hình thực hiện trong tuần" for words in told))


def levels_of(digest: Digest) -> str:
    """Say in brackets how what is overdue spreads over the levels, without those that have none."""
    parts = [f"{level.short} {count(n)}" for level, n in digest.overdue_by_level if n]
    return f" ({', '.join(parts)})" if parts else ""


def holders(lines: Sequence[Line]) -> str:
    """Name up to two agencies, count more of them by what they are: "02 huyện, 10 xã, phường"."""
    found = {line.agency: line for line in lines}
    return joined(tuple(found)) if len(found) <= _AGENCIES_NAMED else holders_counted(lines)


def holders_counted(lines: Sequence[Line]) -> str:
    """Count agencies by level and by what they are: "02 huyện, thị xã, 10 xã"."""
    holding = {line.agency: line for line in lines}
    return ", ".join(
        f"{count(n)} {_called(level, [x for x in holding.values() if x.level == level])}"
        for level, n in _counted(line.level for line in holding.values())
    )


def _called(level: Level, holding: Sequence[Line]) -> str:
    """Name the kinds there are of a level, all of them where one is of none: "huyện, thị xã"."""
    kinds = level.plural.split(", ")
    found = {
        next((kind for kind in kinds if lower_first(line.agency_short).startswith(f"{kind} ")), "")
        for line in holding
    }
    return level.plural if "" in found else ", ".join(kind for kind in kinds if kind in found)


def posts(lines: Sequence[Line]) -> str:
    """Name the posts of who heads the units: "Chủ tịch"."""
    return ", ".join(dict.fromkeys(line.level.post for line in lines))


def sorts_waiting(lines: Sequence[Line]) -> str:
    """Say whose reports wait for whom, by what both are: "xã chờ huyện"."""
    return ", ".join(dict.fromkeys(f"{line.level.short} chờ {line.way.short}" for line in lines))


def units(lines: Sequence[Line]) -> tuple[str, ...]:
    """Name the units of a superior's mail: the one there is, or how many of which kind, the fullest first."""
    found = {line.agency: line for line in lines}
    if len(found) == 1:
        only = next(iter(found.values()))
        return only.agency, only.agency_short
    sorts = {sort_of(line.agency_short) for line in found.values()}
    called = "đơn vị" if "" in sorts else ", ".join(sort for sort in SORTS if sort in sorts)
    return tuple(dict.fromkeys((f"{count(len(found))} {called}", f"{count(len(found))} đơn vị")))
