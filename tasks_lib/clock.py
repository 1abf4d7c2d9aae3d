"""The only clock, and how a day or an instant is read from text; entrances alone call this."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TypeVar

from obligations.calendar import FIRST_YEAR, LAST_YEAR, ZONE, is_thinkable
from obligations.errors import Invalid

MORNING = time(7, 30)
D = TypeVar("D", bound=date)


def now() -> datetime:
    """Return the present instant in local time."""
    return datetime.now(ZONE)  # noqa: TID251 - the one place


def running_from(as_of: str | None) -> Callable[[], datetime]:
    """Return a clock that begins at an instant and runs on from there; without one, the real clock."""
    if as_of is None:
        return now
    start, begun = parse_as_of(as_of), monotonic()
    return lambda: start + timedelta(seconds=monotonic() - begun)


def local_day(instant: datetime) -> date:
    """Return the local calendar day of an instant."""
    return instant.astimezone(ZONE).date()


def morning_of(day: date) -> datetime:
    """Return 7:30 local of a day: what a bare date means."""
    return datetime.combine(day, MORNING, ZONE)


def start_of(day: date) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time(), ZONE)


def parse_as_of(text: str | None) -> datetime:
    """Read an `as_of`: a bare date means 7:30 local, a time without a zone is local, nothing means now."""
    if text is None:
        return now()
    try:
        if len(text) == len("2022-07-18"):
            return _thinkable(morning_of(date.fromisoformat(text)), text)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"không đọc được ngày '{text}': viết 2022-07-18 hoặc 2022-07-18T23:59") from None
    return _thinkable(instant if instant.tzinfo else instant.replace(tzinfo=ZONE), text)


def parse_day(text: str) -> date:
    """Read a calendar day written 2022-07-18."""
    try:
        return _thinkable(date.fromisoformat(text), text)
    except ValueError:
        raise Invalid(f"không đọc được ngày '{text}': viết 2022-07-18") from None


def _thinkable(found: D, text: str) -> D:
    if not is_thinkable(found):
        raise Invalid(f"ngày '{text}': năm phải trong khoảng {FIRST_YEAR}-{LAST_YEAR}")
    return found
