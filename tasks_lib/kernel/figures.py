"""Figures as people write them, read in Vietnamese notation wherever they enter: form, JSON, command line.

`1.234` is one thousand two hundred and thirty-four, `1,5` one and a half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from babel.numbers import parse_decimal

from obligations import figures
from obligations.figures import Value
from obligations.model import Figure

LOCALE = "vi"
# Babel takes what Python takes for a number: underlines, other scripts' digits, powers of ten.
_WRITTEN = re.compile(r"[0-9]([0-9.,]*[0-9])?")
_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0](?=[0-9]{3}(?![0-9]))")


def number(text: str) -> Decimal:
    """Read a number as offices write it; raise ValueError where it is none, or its dots stand wrong."""
    plain = _BETWEEN_THOUSANDS.sub(".", text.strip())
    if not _WRITTEN.fullmatch(plain):
        raise ValueError(text)
    return parse_decimal(plain, locale=LOCALE, strict=True)


def read_figures(item: str, known: Iterable[Figure], given: Mapping[str, object]) -> dict[str, Value]:
    """Read the figures given for an item; raise Faults naming the item and every figure that is wrong."""
    return figures.read_figures(item, known, given, number)
