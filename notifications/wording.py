"""Vietnamese as offices write it: dates, counts, lists and short names; nothing here knows a mail."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from obligations import words
from obligations.calendar import ZONE
from obligations.places import committee_of_its_sort

LOCAL_ZONE = ZONE
TEXT_WIDTH = 78
_WORKING_WEEKDAYS = range(5)


def one_line(text: str) -> str:
    """Make any text a single line without control characters, so that it can stand in a header."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]", " ", text).split())


def local(moment: datetime) -> datetime:
    """Return the moment in local time; a moment without a zone is local already."""
    return moment.replace(tzinfo=LOCAL_ZONE) if moment.tzinfo is None else moment.astimezone(LOCAL_ZONE)


def short_date(day: date) -> str:
    """Write day and month alone: 07/7."""
    return words.day_month(day)


def plain_date(day: date) -> str:
    """Write a date: 07/7/2022."""
    return words.day(day)


def full_date(day: date) -> str:
    """Write a date with its weekday: thứ Năm, ngày 14/7/2022."""
    name = words.WEEKDAYS[day.weekday()].replace("Thứ", "thứ")
    return f"{name}, ngày {plain_date(day)}"


def clock_time(moment: datetime) -> str:
    """Write the hour and the day of a moment: 07 giờ 30 phút ngày 07/7/2022."""
    here = local(moment)
    return f"{here:%H} giờ {here:%M} phút ngày {plain_date(here.date())}"


def joined(words: Sequence[str]) -> str:
    """Join with commas and a final "và"."""
    return " và ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def dates(days: Iterable[date]) -> str:
    """Write several days: "ngày 07/7/2022", "các ngày 07/7, 13/7, 18/7/2022"."""
    match sorted(set(days)):
        case []:
            return ""
        case [day]:
            return f"ngày {plain_date(day)}"
        case [first, second]:
            return f"các ngày {plain_date(first)} và {plain_date(second)}"
        case ordered:
            last = ordered[-1]
            write = short_date if ordered[0].year == last.year else plain_date
            return f"các ngày {', '.join([*map(write, ordered[:-1]), plain_date(last)])}"


def lower_first(text: str) -> str:
    """Begin in lower case, unless the text begins with an abbreviation (UBND …)."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def upper_first(text: str) -> str:
    """Begin in upper case and leave the rest."""
    return text[:1].upper() + text[1:]


def generic_name(short_name: str) -> str:
    """Name a people's committee by its kind alone: "UBND xã A Mú Sung" becomes "UBND xã"."""
    return committee_of_its_sort(short_name)


def sentence(text: str) -> str:
    """Close a sentence, unless it is closed already."""
    clean = one_line(text)
    return clean if clean.endswith((".", "!", "?", "…")) else f"{clean}."


def clip(text: str, width: int) -> str:
    """Shorten at a word and end with an ellipsis."""
    clean = one_line(text)
    return clean if len(clean) <= width else textwrap.shorten(clean, width, placeholder="…")


def day_before(day: date) -> date:
    """Return the nearest weekday before, the last on which an office can still answer."""
    before = day - timedelta(days=1)
    return before if before.weekday() in _WORKING_WEEKDAYS else day_before(before)


def utc(moment: datetime) -> datetime:
    """Return the moment in UTC, for file formats that know no zones."""
    return local(moment).astimezone(UTC)


def paragraph(text: str, indent: str = "", first: str | None = None) -> str:
    """Wrap plain text, keeping long words whole so that addresses stay usable."""
    return textwrap.fill(
        one_line(text),
        TEXT_WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
