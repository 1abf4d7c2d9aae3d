"""From words to pieces: what the grammar of wordings.lark finds in a text, not yet put together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from config.wording_texts import PUNCTUATION
from obligations.terms_again import Every
from obligations.terms_parts import Part

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

GRAMMAR = Path(__file__).with_name("wordings.lark")
ROMAN_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONTH_WORDS = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "chạp")
OTHER_MONTHS = {"một": 1, "mười hai": 12}
WEEKDAY_WORDS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}
EVERY_UNITS = (
    (re.compile(r"6\s+tháng", re.IGNORECASE), Every.HALF),
    (re.compile(r"tuần", re.IGNORECASE), Every.WEEK),
    (re.compile(r"tháng", re.IGNORECASE), Every.MONTH),
    (re.compile(r"quý", re.IGNORECASE), Every.QUARTER),
    (re.compile(r"năm", re.IGNORECASE), Every.YEAR),
)
CENTURY, SHORT_YEAR = 2000, 100


class Sort(StrEnum):
    """What a thing on the calendar is."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YEARS = "years"
    NUMBER = "number"
    WEEKDAY = "weekday"


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A day or stretch as it is worded; what is not said is None."""

    sort: Sort
    number: int = 0
    """Of the day, month, quarter, half, weekday; the first year of several."""
    month: int | None = None
    year: int | None = None
    """Of several years the last."""
    next_year: bool = False
    short_year: bool = False
    """Whether the year was written with two digits."""
    that_month: str = ""
    """"tháng cuối quý", after the number of a day."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A thing with what says how it is meant: before, by, in, from, to; early, in the middle, late."""

    rel: str = ""
    hour: str = ""
    part: Part | None = None
    thing: Thing


@dataclass(frozen=True)
class Often:
    """How often something comes again, and whether each turn tells of the year so far."""

    every: Every
    running: bool = False


@dataclass(frozen=True)
class Word:
    """A piece that is its own meaning: CONT, GOAL, SEP, FILL."""

    sort: str
    text: str


@dataclass(frozen=True)
class Tail:
    """What ends a stretch: rest, counted, event, directed, regulated, with its words."""

    sort: str
    words: tuple[str, ...]
    whole: str
    """All of it as it stands in the text."""


class _Visited(Protocol):
    data: str
    children: list[Tree[Token] | Token]


Piece = Point | Often | Word


@cache
def _grammar() -> Lark:
    """Build the grammar once, when the first wording is read: a tenth of a second."""
    from lark import Lark  # noqa: PLC0415 - most commands read no wording

    return Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", maybe_placeholders=False)


def pieces_of(text: str) -> tuple[list[Piece], Tail | None] | None:
    """Return the pieces a text begins with and what ends it; None where the grammar fits nothing."""
    from lark import Token, UnexpectedInput  # noqa: PLC0415 - see above

    try:
        tree = _grammar().parse(text)
    except UnexpectedInput:
        return None
    pieces: list[Piece] = []
    tail: Tail | None = None
    for child in tree.children:
        if isinstance(child, Token):
            pieces.append(Word(child.type, str(child)))
        elif child.data == "point":
            pieces.append(_point(child))
        elif child.data in ("every", "running"):
            pieces.append(_often(str(child.children[0]), running=child.data == "running"))
        else:
            words = [t for t in child.children if isinstance(t, Token)]
            tail = Tail(child.data, tuple(map(str, words)), text[words[0].start_pos :])
    return pieces, tail


def _often(text: str, *, running: bool) -> Often:
    if running:
        return Often(Every.QUARTER if "quý" in text.lower() else Every.HALF, running=True)
    return Often(next(every for words, every in EVERY_UNITS if words.search(text)))


def _point(tree: Tree[Token]) -> Point:
    rel, hour, part, thing = "", "", None, None
    for child in tree.children:
        if isinstance(child, str):
            hour = str(child)
        elif child.data == "rel":
            rel = _tokens(child)[0].type
        elif child.data == "part":
            part = {"START": Part.START, "MIDDLE": Part.MIDDLE, "END": Part.END}[_tokens(child)[0].type]
        else:
            thing = _thing(str(child.data), _tokens(child))
    assert thing is not None
    return Point(rel=rel, hour=hour, part=part, thing=thing)


def _tokens(tree: Tree[Token]) -> list[Token]:
    return [child for child in tree.children if isinstance(child, str)]


def _numbers(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", text)]


def _thing(sort: str, tokens: list[Token]) -> Thing:
    by_type = {token.type: str(token) for token in tokens}
    numbers = [n for t in tokens if t.type not in ("THAT_MONTH", "HALF") for n in _numbers(t)]
    if sort == "date":
        return _date(numbers, next_year="NEXT_YEAR" in by_type)
    if sort == "month":
        return _month(by_type, numbers)
    if sort == "quarter":
        roman = ROMAN_NUMBERS.get(by_type.get("ROMAN", "").lower())
        number, *years = [roman, *numbers] if roman else numbers
        return Thing(sort=Sort.QUARTER, number=number, year=years[0] if years else None)
    if sort == "half":
        first = "đầu" in by_type["HALF"].lower()
        return Thing(sort=Sort.HALF, number=1 if first else 2, year=numbers[0] if numbers else None)
    return _other(sort, by_type, numbers)


def _other(sort: str, by_type: dict[str, str], numbers: list[int]) -> Thing:
    if sort == "years":
        return Thing(sort=Sort.YEARS, number=numbers[0], year=numbers[1])
    if sort == "year":
        return Thing(sort=Sort.YEAR, year=numbers[0] if numbers else None)
    if sort == "number":
        return Thing(sort=Sort.NUMBER, number=numbers[0], that_month=by_type.get("THAT_MONTH", ""))
    named = by_type["WEEKDAY"].lower().split()[-1]
    number = int(named) - 1 if named.isdecimal() else WEEKDAY_WORDS.get(named, 7)
    return Thing(sort=Sort.WEEKDAY, number=number)


def _date(numbers: list[int], *, next_year: bool) -> Thing:
    day, month, *years = numbers
    year = years[0] if years else None
    short = year is not None and year < SHORT_YEAR
    return Thing(
        sort=Sort.DATE,
        number=day,
        month=month,
        year=year + CENTURY if year is not None and short else year,
        next_year=next_year,
        short_year=short,
    )


def _month(by_type: dict[str, str], numbers: list[int]) -> Thing:
    if "THAT_MONTH" in by_type:
        return Thing(sort=Sort.MONTH, that_month=by_type["THAT_MONTH"])
    if "NAMED" in by_type:
        word = " ".join(by_type["NAMED"].lower().split())
        number = OTHER_MONTHS[word] if word in OTHER_MONTHS else MONTH_WORDS.index(word) + 1
        numbers = [number, *numbers]
    return Thing(
        sort=Sort.MONTH,
        number=numbers[0],
        year=numbers[1] if len(numbers) > 1 else None,
        next_year="NEXT_YEAR" in by_type,
    )


def before_colon(tail: Tail | None) -> tuple[Tail | None, str]:
    """Part an event or a direction from what is done then, after a colon; a rest is all after."""
    if tail is None:
        return None, ""
    if tail.sort == "rest":
        return tail, tail.words[0]
    whole, _, after = tail.whole.partition(":")
    words = [word.partition(":")[0].strip(PUNCTUATION) for word in tail.words]
    kept = tuple(word for word in words if word)
    return Tail(tail.sort, kept, whole.strip(PUNCTUATION)), after
