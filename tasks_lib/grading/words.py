"""How what is said of an agency in a quarter is put into words: in its mail, on its page, on its paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from obligations.grading import ProgressRule
from obligations.words import count
from tasks_lib.grading.sql.grades import Product
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import quarter_of, title

STATED: Final = ("assigned", "completed", "in_time", "late", "overdue", "excused")
"""The numbers that a slip states."""


def sum_words(content: Mapping[str, object]) -> str:
    """Add an agency's products up in a sentence."""
    number = {name: count(value) for name in STATED if isinstance(value := content[name], int)}
    return (
        f"Sản phẩm đến hạn {number['assigned']}; hoàn thành {number['completed']} (đúng hạn"
        f" {number['in_time']}, sau thời hạn {number['late']}); chưa hoàn thành {number['overdue']};"
        f" tạm dừng theo địa bàn, thống kê riêng {number['excused']}."
    )


def rule_words(rule: ProgressRule, *, in_force: bool) -> str:
    """Say by which rule products are counted."""
    tried = "" if in_force else " (quy tắc chưa có hiệu lực trong quý này, số liệu để tính thử)"
    return f"Cách tính: {rule.decree}{tried}; chậm do tạm dừng theo địa bàn được thống kê riêng."


def product_title(house: House, product: Product) -> str:
    """Return what a product is called: its item with its turn, or the report's or plan's name."""
    item = house.plan.item(product.item) if product.item else None
    if item is None:
        return title(house, product.kind, product.item, product.period)
    again = quarter_of(house, product.item, product.period)
    return f"{item.key}. {item.short or item.title}{f' - {again}' if again else ''}"
