"""How the parts of one mail are ordered: the late ones first, the worst lines first, fifty at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from notifications.model import AreaCount, Line, Mail, Section, Upcoming
from obligations.deeds import HAND_OVER

SHOWN_LINES = 50
"""A section with more lines shows its totals and the worst of them; the attached table has all."""

OWN_LINES = 5
"""So many of a unit's own duties stand in its mail; the form that its button opens has all."""

FEWER = {"review": 10}
"""Sections that show fewer."""

ORDER = (
    "director",
    "focal",
    "list",
    "superior",
    "missed",
    HAND_OVER,
    "overdue",
    "review",
    "correction",
    "sheet",
    "remind",
    "request",
    "opening",
    "forwarded",
)
"""Template kinds in the order in which they stand in a mail; the first one gives the subject."""

FORWARDED = "forwarded"
"""What whoever stands above a unit is asked to hand on, since mail does not reach the unit."""

MISSED = "missed"
"""The step by which those above a chairperson hear of a sheet."""

LISTED = "list"
"""What is new on the list of proposals: one of the points of Monday's table where there is one."""

AWAITING = "awaiting"
"""The template of a mail that holds nothing but the desk's weekly line."""


class EmptyMail(ValueError):
    """A mail without a section, a digest or a weekly line has nothing to say."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """What a superior reads about one item: its counts by area if known, and who is missing."""

    area: AreaCount | None
    lines: tuple[Line, ...]


def arrange(mail: Mail) -> tuple[Section, ...]:
    """Return the mail's sections in the order they are read, each template once."""
    found = {section.template: section for section in arrange_sections(mail.sections)}
    if mail.digest is not None:
        found.setdefault("focal", Section(template="focal", lines=()))
        found.pop(LISTED, None)
    if not found and mail.awaiting_review:
        return (Section(template=AWAITING, lines=()),)
    if not found:
        raise EmptyMail("a mail needs a section, a digest or a weekly line")
    urgent = _nothing_late(mail) and "opening" in found
    return tuple(
        found[kind] for kind in sorted(found, key=lambda k: (urgent and k == "focal", ORDER.index(k)))
    )


def arrange_sections(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections in the order they are read, each template once, its lines by day."""
    found: dict[str, Section] = {}
    for section in (part for whole in sections for part in _by_lateness(whole)):
        earlier = found.get(section.template)
        found[section.template] = _merged(earlier, section) if earlier else section
    return tuple(_ordered(found[kind]) for kind in sorted(found, key=ORDER.index))


def _nothing_late(mail: Mail) -> bool:
    """Whether a digest tells of nothing late, so that the recipient's own new duty comes before it."""
    d = mail.digest
    return d is not None and not (d.rows or d.asked_rows or d.proposals)


def _by_lateness(section: Section) -> Iterable[Section]:
    """Hand lines to the section they belong in.

    A reminder that fires only after the last day (an outage) is late; a sheet that was missed reads otherwise
    for whoever stands above than for its chairperson; what is to be handed on is nothing of the recipient's.
    """
    passed_on = tuple(line for line in section.lines if line.forwarded_for == line.agency)
    if passed_on and section.template != FORWARDED:
        mine = tuple(line for line in section.lines if line not in passed_on)
        rest = _by_lateness(replace(section, lines=mine)) if mine else ()
        return (*rest, Section(template=FORWARDED, lines=passed_on))
    if section.template == "sheet":
        missed = tuple(line for line in section.lines if line.step == MISSED)
        own = tuple(line for line in section.lines if line.step != MISSED)
        return (
            part
            for part in (replace(section, template="missed", lines=missed), replace(section, lines=own))
            if part.lines
        )
    if section.template != "remind":
        return (section,)
    late = tuple(line for line in section.lines if line.days_left < 0)
    early = tuple(line for line in section.lines if line.days_left >= 0)
    parts = (Section(template="overdue", lines=late), replace(section, lines=early))
    return tuple(part for part in parts if part.lines)


def _merged(first: Section, second: Section) -> Section:
    return replace(first, lines=first.lines + second.lines, areas=first.areas + second.areas)


def _ordered(section: Section) -> Section:
    lines = sorted(section.lines, key=lambda line: (line.last_day, line.item or "~", line.agency))
    return replace(section, lines=tuple(lines))


def limit(template: str) -> int:
    """Return how many lines a section of a kind shows."""
    return FEWER.get(template, SHOWN_LINES)


def worst(lines: Sequence[Line], limit: int = SHOWN_LINES) -> tuple[Line, ...]:
    """Choose the most overdue lines and put those of weak contents first."""
    chosen = sorted(lines, key=lambda line: (line.days_left, not line.weak, line.item or "~", line.agency))
    return tuple(sorted(chosen[:limit], key=lambda line: not line.weak))


def shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines a list shows: all, or the worst of too many."""
    return lines if len(lines) <= SHOWN_LINES else worst(lines)


def listed(lines: tuple[Line, ...], mail: Mail) -> tuple[Line, ...]:
    """Return a unit's own duties as its mail lists them: the most urgent few where the form shows all."""
    if "answer" not in mail.links:
        return shown(lines)
    return tuple(sorted(lines, key=lambda line: line.last_day)[:OWN_LINES])


def by_unit(lines: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    """Gather lines by the unit whose duties they are, in their order."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.agency, []).append(line)
    return tuple(map(tuple, found.values()))


def groups(section: Section) -> tuple[Group, ...]:
    """Group a superior's lines by item: first what has counts by area, then the rest."""
    counted = {line.obligation for area in section.areas for line in area.missing}
    rest: dict[tuple[str, str], list[Line]] = {}
    for line in section.lines:
        if line.obligation not in counted:
            rest.setdefault((line.item or "~", line.title), []).append(line)
    first = tuple(Group(area=area, lines=area.missing) for area in section.areas)
    return first + tuple(Group(area=None, lines=tuple(lines)) for _, lines in sorted(rest.items()))


def missing(section: Section) -> tuple[Line, ...]:
    """Return every unit a superior's section names as missing, each obligation once."""
    lines = (line for group in groups(section) for line in group.lines)
    return tuple({line.obligation: line for line in lines}.values())


def dated(lines: Sequence[Line], upcoming: Sequence[Upcoming]) -> list[Line | Upcoming]:
    """Return the opening letter's dated tasks, those that open later among them."""
    return [entry for entry in _by_day(lines, upcoming) if entry.item]


def cyclic(lines: Sequence[Line], upcoming: Sequence[Upcoming]) -> list[Line | Upcoming]:
    """Return the opening letter's own plan, cycle reports and sheets."""
    return [entry for entry in _by_day(lines, upcoming) if not entry.item]


def _by_day(lines: Sequence[Line], upcoming: Sequence[Upcoming]) -> list[Line | Upcoming]:
    return sorted((*lines, *upcoming), key=lambda entry: (entry.last_day, entry.item or "", entry.title))


def table_lines(mail: Mail) -> tuple[Line, ...]:
    """Return every line the attached table shows, each obligation once."""
    rows = (*mail.digest.rows, *mail.digest.asked_rows) if mail.digest else ()
    lines = [line for section in mail.sections for line in section.lines]
    lines += [line for section in mail.sections for area in section.areas for line in area.missing]
    unique = {line.obligation: line for line in (*lines, *rows)}
    return worst(tuple(unique.values()), limit=len(unique))


def needs_table(mail: Mail) -> bool:
    """Tell whether an attached table is due: for Sở Nội vụ always, for others when lines are cut."""
    if mail.digest is not None:
        return True
    return any(
        section.template == "focal" or len(missing(section)) > limit(section.template)
        for section in mail.sections
    )
