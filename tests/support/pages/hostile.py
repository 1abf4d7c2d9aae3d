"""Input that nobody means well with: text, numbers and days that break what was not thought through."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

View = Callable[..., object]
ROOT = Path(__file__).resolve().parents[3]
_READ = re.compile(r"(?:text|texts|query|getlist|day_of)\((?:ask, )?\"([\w-]+)\"")
_ASKED = re.compile(r"(?:query|day_of|getlist|query_params\.get)\((?:ask, )?\"([\w-]+)\"")
_NAMED = re.compile(r'\bname="([\w-]+)"')

TEXTS = (
    b"\x00",
    b"a\x00b",
    b"\x01\x1f\x7f",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\xef\xbf\xbe",
    b"a" * 5000,
    b"",
    "\u202egpj.exe".encode(),
    b"<script>alert(1)</script>",
    b"'; DROP TABLE plans; --",
    b"{{7*7}}{% raw %}",
    b"../../etc/passwd",
    b"%",
    b"_",
    b"\r\nBcc: x@x.example",
    "𝕏²٣".encode(),
    b" ",
    b"\\",
    b'"',
    b"[]",
    b"@",
    b"x@",
    b"k@1@2",
)
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"2147483648",
    b"9223372036854775807",
    b"9223372036854775808",
    b"99999999999999999999",
    "²".encode(),
    "٣".encode(),
    b"1e999999",
    b"1e-999999",
    b"NaN",
    b"-Infinity",
    b"9" * 5000,
    b"1.5",
    b"18/21",
    b"1/" + b"9" * 400,
    b"0x10",
    b"1_000",
)
DAYS = (
    b"0001-01-01",
    b"9999-12-31",
    b"2022-02-30",
    b"1/1/0001",
    b"31/12/9999",
    b"00/00/0000",
    b"2022-07-18",
    b"2022-09-06",
    b"0001-01-01T00:00",
    b"9999-12-31T23:59",
    b"2022-07-18T07:30+14:00",
    b"99999-01-01",
    "٢٠٢٢-٠٧-١٨".encode(),
    b"2022-W01-1",
    b"20220718",
)
PLACES = (
    b"so-noi-vu",
    b"ubnd-tinh",
    b"h082-2022",
    b"x02686-2022",
    b"nowhere",
    b"1.2",
    b"5.1",
    b"9.9",
    b"1.2/x02686-2022/once",
    b"2022-Q3",
    b"1.2/x02686-2022/once@0",
    b"1.2/x02686-2022/once@" + b"9" * 30,
    b"accept",
    b"ask-more",
    b"leader",
    b"a@x.example",
)

HOSTILE = (*TEXTS, *NUMBERS, *DAYS, *PLACES)
anything = st.sampled_from(HOSTILE) | st.binary(max_size=12)
"""One value as it travels."""


@cache
def field_names() -> tuple[str, ...]:
    """Every field that a page of the portal reads or a template names."""
    found: set[str] = set()
    for path in sorted((ROOT / "web").rglob("*.py")):
        found.update(_READ.findall(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "web").rglob("*.html")):
        found.update(_NAMED.findall(path.read_text(encoding="utf-8")))
    return tuple(sorted(found - {"csrftoken"}))


@cache
def asked_of(view: View, views: frozenset[View]) -> tuple[str, ...]:
    """The fields of an address that a view reads: itself, or what in its module is no view."""
    source = inspect.getsource(inspect.getmodule(view) or view)
    for other in views - {view}:
        if other.__module__ == view.__module__:
            source = source.replace(inspect.getsource(other), "")
    return tuple(sorted(set(_ASKED.findall(source))))
