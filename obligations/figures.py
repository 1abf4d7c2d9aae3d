"""Figures as units enter them: counts, amounts, percentages as two counts, yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from obligations.errors import Invalid
from obligations.model import Figure, Item, Tier, Wording

YES = frozenset({"có", "co", "yes", "true", "1"})
NO = frozenset({"không", "khong", "no", "false", "0"})

EVENTS = "events"
"""The key under which an as-regulated row says how many events there were."""

Value = int | str | bool | list[int]
MOST_DIGITS = 15
"""A province counts in millions and pays in thousands of billions; a longer number is a slip."""
MOST_SIGNS = 30


def asked_figures(item: Item, part: str, tier: Tier) -> tuple[Figure, ...]:
    """Return the figures a unit is asked for: a lead's all it holds, an implementer's at most one."""
    lead = part == "lead"
    held = [
        f
        for f in item.figures
        if f.holder == "all"
        or (f.holder == "lead" and lead)
        or (f.holder == "district" and tier is not Tier.COMMUNE)
    ]
    return tuple(held if lead else held[:1])


def asks_events(item: Item, part: str) -> bool:
    """Whether a row asks for the number of events, so that nothing looks perfect by silence."""
    return item.deadline.wording is Wording.AS_REGULATED and part == "lead"


def events_figure(item: Item) -> Figure:
    """Return the number of events as a figure, so that it adds up like the others."""
    return Figure(
        item=item.key, key=EVENTS, name="Số lần phát sinh trong kỳ", unit="lần", kind="count",
        nature="period", holder="lead", across="sum",
    )  # fmt: skip


def read_figures(item: str, known: Iterable[Figure], given: dict[str, object]) -> dict[str, Value]:
    """Read the figures given for an item; raise Invalid naming the item and the figure that is wrong."""
    by_key = {figure.key: figure for figure in known}
    read: dict[str, Value] = {}
    for key, value in given.items():
        if value is None:
            continue
        if key not in by_key:
            names = ", ".join(by_key) or "không có số liệu nào"
            raise Invalid(f"nhiệm vụ {item}: số liệu '{key}' không có trong danh mục ({names})")
        read[key] = _read(by_key[key], str(value).strip(), f"nhiệm vụ {item}: số liệu {key}")
    return read


def _read(figure: Figure, text: str, where: str) -> Value:
    match figure.kind:
        case "yes-no":
            return _yes_no(text, where)
        case "percent":
            return _two_counts(text, where)
        case "amount":
            return _amount(text, where)
        case _:
            return _count(text, where)


def _count(text: str, where: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise Invalid(f"{where}: cần một số đếm không âm, đã nhập '{_shown(text)}'")
    if len(text.lstrip("0")) > MOST_DIGITS:
        raise Invalid(f"{where}: số quá lớn, nhiều nhất {MOST_DIGITS} chữ số; đã nhập '{_shown(text)}'")
    return int(text)


def count_or_none(text: str) -> int | None:
    """Return a count as it is typed, or None where it is none."""
    try:
        return _count(text, "")
    except Invalid:
        return None


def _shown(text: str) -> str:
    """Return what was entered so that it fits into a line."""
    return text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS]}…"


def _amount(text: str, where: str) -> str:
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Invalid(f"{where}: cần một số tiền, đã nhập '{_shown(text)}'") from None
    if not amount.is_finite() or amount < 0:
        raise Invalid(f"{where}: cần một số tiền không âm, đã nhập '{_shown(text)}'")
    if len(text) > MOST_SIGNS or not 0 <= amount.adjusted() + MOST_DIGITS <= MOST_DIGITS * 2:
        raise Invalid(f"{where}: số tiền quá lớn hoặc quá nhỏ, đã nhập '{_shown(text)}'")
    return f"{amount:f}"


def _two_counts(text: str, where: str) -> list[int]:
    """Read "18/21": a percentage is never entered as such, so that it can be added up."""
    parts = text.strip("[]").replace(",", "/").replace(" ", "").split("/")
    if len(parts) != len(("part", "whole")):
        raise Invalid(f"{where}: tỷ lệ nhập bằng hai số đếm, ví dụ 18/21; đã nhập '{_shown(text)}'")
    part, whole = (_count(p, where) for p in parts)
    if part > whole:
        raise Invalid(f"{where}: số thứ nhất ({part}) lớn hơn tổng số ({whole})")
    return [part, whole]


def _yes_no(text: str, where: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise Invalid(f"{where}: trả lời có hoặc không, đã nhập '{_shown(text)}'")
