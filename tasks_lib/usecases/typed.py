"""What people type, read as what they mean: days the way offices write them, figures that were filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from obligations.calendar import FIRST_YEAR, LAST_YEAR, is_thinkable
from obligations.errors import Invalid

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_WRITTEN = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")


def day(text: str, where: str) -> date | None:
    """Read a day as a browser sends it or as an official writes it (18/7/2022); nothing typed is None."""
    plain = text.strip()
    if not plain:
        return None
    found = _ISO.fullmatch(plain) or _WRITTEN.fullmatch(plain)
    if found is not None:
        with suppress(ValueError):
            read = date(int(found["y"]), int(found["m"]), int(found["d"]))
            if not is_thinkable(read):
                raise Invalid(f"{where}: năm phải trong khoảng {FIRST_YEAR}-{LAST_YEAR}, đã nhập '{plain}'")
            return read
    raise Invalid(f"{where}: không đọc được ngày '{plain}', viết như 18/7/2022")


def figures(given: Mapping[str, Any]) -> dict[str, object]:
    """Return the figures of a form that were filled in, to be read by their kinds."""
    read: dict[str, object] = {}
    for key, raw in given.items():
        text = str(raw).strip()
        if text.strip(" /"):
            read[key] = text
    return read
