"""What a value comes to in one year, told to a person: its last days and why those."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from obligations.calendar import WorkingCalendar
from obligations.terms import Life, Term, Turn
from obligations.terms_again import Each
from obligations.terms_open import AfterSigning, Goal, Steps

REASONS = 4
"""So many reasons are told one by one; of more, the first and the last."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The last days of a value in a year, and the reason in an official's words."""

    last_days: tuple[date, ...]
    why: str


def told(
    term: Term, wording: str, *, year: int, signed: date | None, until: date | None, calendar: WorkingCalendar
) -> Told:
    """Return the last days in a year (and a plan's validity); a day that is named stays in its own year."""
    turns = [
        turn
        for single, counted in _parts(term)
        for turn in _turns(single, counted, year=year, signed=signed, until=until, calendar=calendar)
    ]
    turns.sort(key=lambda turn: turn.last)
    reasons = [turn.how for turn in turns]
    if len(reasons) > REASONS:
        reasons = [reasons[0], "…", reasons[-1]]
    reasons += [term.waits] if term.waits else []
    said = "; ".join(reasons) or _nothing(term, year, signed)
    days = tuple(dict.fromkeys(turn.last for turn in turns))
    return Told(last_days=days, why=f"'{wording}' → {said}")


def _parts(term: Term) -> list[tuple[Term, int]]:
    """Return the milestones with their numbers, or the value itself."""
    if isinstance(term, Steps):
        return [(replace(term, steps=(step,)), number) for number, step in enumerate(term.steps, start=1)]
    return [(term, 0)]


def _turns(
    term: Term, number: int, *, year: int, signed: date | None, until: date | None, calendar: WorkingCalendar
) -> list[Turn]:
    inner = term.steps[0].term if isinstance(term, Steps) else term
    bare = inner.term if isinstance(inner, Goal) else inner
    if inner.waits or (isinstance(bare, AfterSigning) and signed is None):
        return []
    first = signed or date(year, 1, 1)
    if isinstance(bare, Each):
        # What falls due in January belongs to a period of the year before.
        first = max(signed or date.min, date(year - 1, 1, 1))
    life = Life(first=first, last=until or date(year, 12, 31), calendar=calendar)
    found = term.turns(life)
    if number:
        found = [replace(turn, reason=turn.reason.replace("mốc 1/1", f"mốc {number}", 1)) for turn in found]
    return [turn for turn in found if not isinstance(bare, Each) or turn.last.year == year]


def _nothing(term: Term, year: int, signed: date | None) -> str:
    inner = term.term if isinstance(term, Goal) else term
    if isinstance(inner, AfterSigning) and signed is None:
        return "cần biết ngày ký để tính"
    return f"không có ngày nào trong năm {year}"
