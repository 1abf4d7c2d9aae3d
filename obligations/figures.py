"""Figures as units enter them: counts, amounts, percentages as two counts, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from obligations.errors import Gathering, Invalid
from obligations.levels import Level
from obligations.model import Figure, Item, Part, Wording

YES = frozenset({"có", "co", "yes", "true", "1"})
NO = frozenset({"không", "khong", "no", "false", "0"})

EVENTS = "events"
"""The key under which an as-regulated row says how many events there were."""

Value = int | str | bool | list[int]
Figures: TypeAlias = dict[str, Value]
"""Figures as they are kept, by key: a count, an amount as text, yes or no, two counts."""
NumberReader = Callable[[str], Decimal]
"""Reads a number as it is written; raises ValueError where it is none."""
MOST: dict[str, int] = {"count": 10_000_000, "percent": 10_000_000, "amount": 100_000_000}
"""More than that is a slip of the keys: a province counts in millions; money is in millions of đồng."""
MOST_SIGNS = 30
_PLAIN = re.compile(r"[0-9]+(,[0-9]+)?")


def asked_figures(item: Item, part: Part, level: Level) -> tuple[Figure, ...]:
    """Return the figures a unit is asked for, as the data says of its part and level."""
    return tuple(f for f in item.figures if level.key in (f.lead if part.leads else f.hands))


def asks_events(item: Item, part: Part) -> bool:
    """Whether a row asks for the number of events, so that nothing looks perfect by silence."""
    return item.deadline.wording is Wording.AS_REGULATED and part.leads


def events_figure(item: Item) -> Figure:
    """Return the number of events as a figure, so that it adds up like the others."""
    return Figure(
        item=item.key,
        key=EVENTS,
        name="Số lần phát sinh trong kỳ",
        unit="lần",
        kind="count",
        nature="period",
        lead=(),
        hands=(),
        across="sum",
    )


def plain_number(text: str) -> Decimal:
    """Read digits, and decimals behind a comma; marks between thousands are for who knows the notation."""
    if not _PLAIN.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace(",", "."))


def read_figures(
    item: str, known: Iterable[Figure], given: Mapping[str, object], number: NumberReader = plain_number
) -> dict[str, Value]:
    """Read the figures given for an item; raise Faults naming the item and every figure that is wrong.

    What is typed is read by `number`; a number that comes as one (from JSON) is what it is.
    """
    by_key = {figure.key: figure for figure in known}
    read: dict[str, Value] = {}
    wrong = Gathering(f"nhiệm vụ {item}")
    for key, value in given.items():
        if value is None:
            continue
        with wrong.at(key):
            if key not in by_key:
                names = "; ".join(map(called, by_key.values())) or "không có số liệu nào"
                raise Invalid(f"số liệu '{key}' không có trong danh mục ({names})")
            read[key] = _Reading(by_key[key], value, number).value()
    wrong.settle()
    return read


def called(figure: Figure) -> str:
    """Return a figure by its key and name, as whoever types keys has to know both: "a: Số tin, bài"."""
    return f"{figure.key}: {_short(figure)}"


def _short(figure: Figure) -> str:
    return figure.name.partition(" (")[0]


def doubt(figure: Figure, now: Value, last: Value, times: int) -> str:
    """Say how far a number is from the last period's; "" where it is not so many times that."""
    size, before = _size(now), _size(last)
    if size is None or before is None or not before or size < times * before:
        return ""
    return f"{figure.name}: gấp {int(size / before)} lần kỳ trước"


def spelled(value: Value) -> str:
    """Write a number that may have been meant otherwise so that it cannot be: "1 nghìn 234"; else ""."""
    if isinstance(value, (bool, list)):
        return "" if isinstance(value, bool) else _spelled_counts(value)
    whole, _, decimals = str(value).partition(".")
    groups = f"{int(whole):,}".split(",")
    if len(groups) == 1 and not decimals:
        return ""
    names = SCALES[: len(groups)][::-1]
    said = " ".join(f"{group} {name}".strip() for group, name in zip(groups, names, strict=True))
    return f"{said} phẩy {decimals}" if decimals else said


SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ")


def _spelled_counts(value: list[int]) -> str:
    said = [spelled(part) for part in value]
    return (
        " trên ".join(word or str(part) for word, part in zip(said, value, strict=True)) if any(said) else ""
    )


def _size(value: Value) -> Decimal | None:
    """Return what of a value is compared: of two counts the whole."""
    if isinstance(value, bool):
        return None
    return Decimal(value[1] if isinstance(value, list) else value)


@dataclass(frozen=True)
class _Reading:
    """One value as it was given; what is wrong with it names the figure as the form does."""

    figure: Figure
    given: object
    number: NumberReader

    @property
    def where(self) -> str:
        return _short(self.figure)

    def value(self) -> Value:
        match self.figure.kind:
            case "yes-no":
                return self._yes_no()
            case "percent":
                return self._two_counts()
            case "amount":
                return f"{self._bounded(self.given, 'một số tiền không âm, viết như 1.234 hoặc 7.024,88'):f}"
            case _:
                return self._count(self.given)

    @property
    def _most(self) -> int:
        return self.figure.most or MOST[self.figure.kind]

    def _wrong(self, wanted: str) -> Invalid:
        return Invalid(f"{self.where}: cần {wanted}; đã nhập '{_shown(str(self.given))}'")

    def _count(self, given: object) -> int:
        wanted = "một số đếm không âm, viết như 1.234"
        found = self._bounded(given, wanted)
        if found.as_tuple().exponent != 0:
            raise self._wrong(wanted)
        return int(found)

    def _bounded(self, given: object, wanted: str) -> Decimal:
        try:
            found = self._decimal(given)
        except ValueError:
            raise self._wrong(wanted) from None
        if not found.is_finite() or found < 0:
            raise self._wrong(wanted)
        if found > self._most:
            most = f"{self._most:,}".replace(",", ".")
            raise Invalid(f"{self.where}: số quá lớn, nhiều nhất {most}; đã nhập '{_shown(str(self.given))}'")
        return found

    def _decimal(self, given: object) -> Decimal:
        if isinstance(given, (int, Decimal)) and not isinstance(given, bool):
            return Decimal(given)
        if isinstance(given, float):
            return Decimal(str(given))
        text = str(given).strip()
        if len(text) > MOST_SIGNS:
            raise ValueError(text)
        return self.number(text)

    def _two_counts(self) -> list[int]:
        """Read "18/21": a percentage is never entered as such, so that it can be added up."""
        given = self.given
        parts = list(given) if isinstance(given, (list, tuple)) else str(given).replace(" ", "").split("/")
        if len(parts) != len(("part", "whole")):
            raise self._wrong("hai số đếm, ví dụ 18/21")
        part, whole = (self._count(one) for one in parts)
        if part > whole:
            raise Invalid(f"{self.where}: số thứ nhất ({part}) lớn hơn tổng số ({whole})")
        return [part, whole]

    def _yes_no(self) -> bool:
        text = str(self.given).strip().lower()
        if text in YES:
            return True
        if text in NO:
            return False
        raise Invalid(f"{self.where}: trả lời có hoặc không, đã nhập '{_shown(str(self.given))}'")


def _shown(text: str) -> str:
    """Return what was entered so that it fits into a line."""
    return text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS]}…"
