"""The only clock, and how a day or an instant is read from text; entrances alone call this."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import TypeVar

from obligations.calendar import FIRST_YEAR, LAST_YEAR, ZONE, is_thinkable
from obligations.errors import Invalid

MORNING = time(7, 30)
_WRITTEN = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})((?:[ T].*)?)\Z", re.DOTALL)
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
    written = _as_iso(text)
    try:
        if len(written) == len("2022-07-18"):
            return morning_of(_thinkable(date.fromisoformat(written), text))
        instant = _thinkable(datetime.fromisoformat(written), text)
    except ValueError:
        raise Invalid(
            f"không đọc được ngày '{text}': viết 18/7/2022, 2022-07-18 hoặc 2022-07-18T23:59"
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=ZONE)


def parse_day(text: str) -> date:
    """Read a calendar day as people write it, 18/7/2022 or 18.7.2022, or as machines do, 2022-07-18."""
    try:
        return _thinkable(date.fromisoformat(_as_iso(text)), text)
    except ValueError:
        raise Invalid(f"không đọc được ngày '{text}': viết ngày/tháng/năm, ví dụ 18/7/2022") from None


def _as_iso(text: str) -> str:
    """Return a day as people write it, 5/10/2022, the way machines do; anything else as it is."""
    written = _WRITTEN.match(text.strip())
    if written is None:
        return text
    day, month, year, rest = written.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}{rest.replace(' ', 'T', 1)}"


def _thinkable(found: D, text: str) -> D:
    if not is_thinkable(found):
        raise Invalid(f"ngày '{text}': năm phải trong khoảng {FIRST_YEAR}-{LAST_YEAR}")
    return found
