"""Figures consolidated across units and over time, each number traceable to the reports it came from.

A unit's figures are its own and never hold those of the units below it: the machine adds. So a district's
report adds what the district itself did, and nothing is counted twice. What a lead reports and what its
implementers report are never added up either: the lead has seen theirs when it writes its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from obligations.figures import Value
from obligations.model import Agency, Figure, Kind, Plan, Wording
from obligations.period import Period
from obligations.words import count

Amount: TypeAlias = int | Decimal | tuple[int, int]
"""What adds up: a count, an amount of money, or two counts (18 of 21)."""

OWN_FIGURES = "Chỉ nhập số liệu của chính đơn vị, không cộng số liệu của đơn vị cấp dưới; hệ thống tự cộng."
"""Stands on every form that asks a unit for figures others below it are asked for too."""

WAITS_BELOW = "chờ cấp dưới"
"""How a report that waits for the units below is marked."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One value as a unit gave it, and the version of the report it stands in."""

    agency: str
    obligation: str
    version: int
    period: Period
    until: date
    """The last day of its period: what comes later in time."""
    value: Value


@dataclass(frozen=True, kw_only=True)
class Total:
    """One figure added up, with all it was added up from; a unit that gave nothing is not in it."""

    figure: Figure
    amount: Amount | None
    """None where nobody gave anything, or where the figure is listed and not added up."""
    sources: tuple[Source, ...]

    def shown(self) -> str:
        """Write the sum as a table does; empty where there is none."""
        return "" if self.amount is None else shown(self.figure, self.amount)


@dataclass(frozen=True, kw_only=True)
class Headcount:
    """How many of the units at one level have handed in, and which have not."""

    tier: str
    noun: str
    """What the units are called: xã, thị trấn."""
    total: int
    reported: int
    in_time: int
    late: int
    asked: int
    """Reported after a day that is only proposed."""
    missing: tuple[str, ...]
    """Names, in the order of the state's list."""

    def said(self) -> str:
        """Write "18/21 xã đã báo cáo; chưa báo cáo: …"."""
        counted = f"{count(self.reported)}/{count(self.total)} {self.noun} đã báo cáo"
        return f"{counted}; chưa báo cáo: {', '.join(self.missing)}" if self.missing else counted


def across(figure: Figure, sources: Iterable[Source]) -> Total:
    """Add a figure up over reports: counts and money are summed, percentages by their two counts.

    "Yes" is counted among those who answered; what cannot be added up is only listed. Of one report only the
    newest version counts.
    """
    newest = {s.obligation: s for s in sorted(sources, key=lambda s: s.version)}
    ordered = tuple(sorted(newest.values(), key=_order))
    if figure.across == "none":
        return Total(figure=figure, amount=None, sources=ordered)
    amount: Amount | None = None
    for source in ordered:
        amount = plus(amount, amount_of(source.value))
    return Total(figure=figure, amount=amount, sources=ordered)


def over_time(figure: Figure, sources: Iterable[Source]) -> Total:
    """Add a figure up over periods: `period` figures add, of `as_of` figures each unit's last counts."""
    if figure.nature != "as_of":
        return across(figure, sources)
    last: dict[str, Source] = {}
    for source in sorted(sources, key=_order):
        last[source.agency] = source
    return across(figure, last.values())


def split(total: Total, group_of: Callable[[str], str]) -> dict[str, Total]:
    """Divide a total by what its agencies belong to; the parts add up to the whole."""
    groups: dict[str, list[Source]] = {}
    for source in total.sources:
        groups.setdefault(group_of(source.agency), []).append(source)
    return {group: across(total.figure, found) for group, found in groups.items()}


def plus(one: Amount | None, other: Amount | None) -> Amount | None:
    """Add two amounts of one figure; nothing given is not zero."""
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[0] + other[0], one[1] + other[1]
    if isinstance(one, tuple) or isinstance(other, tuple):
        raise TypeError(f"two counts and a number do not add up: {one!r}, {other!r}")
    return one + other


def amount_of(value: Value) -> Amount:
    """Return what a stored value adds: a yes or no counts as one of one, or none of one."""
    if isinstance(value, bool):
        return int(value), 1
    if isinstance(value, list):
        part, whole = value
        return part, whole
    return Decimal(value) if isinstance(value, str) else value


def shown(figure: Figure, amount: Amount) -> str:
    """Write an amount as offices do: 1.234, 12,5, 18/21 (85,7%); the percentage is for the eye alone."""
    if not isinstance(amount, tuple):
        return _number(amount)
    part, whole = amount
    counts = f"{_number(part)}/{_number(whole)}"
    percent = percentage(part, whole) if figure.kind == "percent" else ""
    return f"{counts} ({percent})" if percent else counts


def percentage(part: int, whole: int) -> str:
    """Write two counts as per cent: 85,7%; "" of nothing."""
    if whole == 0:
        return ""
    return f"{_number(per_cent(part, whole))}%"


def per_cent(part: int, whole: int) -> Decimal:
    """Reckon two counts as per cent, to a tenth as people round."""
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def shown_value(figure: Figure, value: Value) -> str:
    """Write what one unit gave: có, không, 18/21 (85,7%)."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return shown(figure, amount_of(value))


def consolidates(plan: Plan, kind: Kind, item: str | None, agency: Agency) -> bool:
    """Whether a person signs off, with this report, what the units below have reported (domain part 4).

    That are the cycle reports of districts and of the collator, and a district's part of what the plan
    wants reported to Sở Nội vụ by a day (3.1, 3.3).
    """
    if not agency.heads and agency.id != plan.focal:
        return False
    return kind is Kind.REPORT or (kind is Kind.TASK and item in reported_by_a_day(plan))


def reported_by_a_day(plan: Plan) -> tuple[str, ...]:
    """Return the items the plan wants reported to Sở Nội vụ by a day."""
    return tuple(i.key for i in plan.items if i.deadline.wording is Wording.REPORT_BEFORE)


def _order(source: Source) -> tuple[date, str, str, int]:
    return source.until, source.agency, source.obligation, source.version


def _number(value: int | Decimal) -> str:
    """Write a number with dots between thousands and a comma before what is left of one."""
    plain = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
