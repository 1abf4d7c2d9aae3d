"""What a figure's field adds up to: as it was saved, and as a script reckons on while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from obligations.errors import Invalid
from obligations.model import Figure
from obligations.rollup import Amount, amount_of, percentage, plus, shown
from tasks_lib.answering.cycle_page import PageRow
from tasks_lib.answering.prefill import Field
from tasks_lib.kernel import typed
from tasks_lib.kernel.figures import read_figures

YES_NO, NEVER_ADDED, LATEST = "yes-no", "none", "as_of"


@dataclass(frozen=True, kw_only=True)
class Sum:
    """One sum beside a field."""

    name: str
    base: str
    """To what the field's number is added: "12", "7024.88", "8/10"; "" where the number stands for itself."""
    alone: str
    """What is shown while nothing stands in the field."""
    shown: str


def sums(row: PageRow, field: Field) -> tuple[Sum, ...]:
    """Return what a figure comes to since 1 January, and together with the units below; () for yes and no."""
    figure = field.figure
    if figure.kind == YES_NO:
        return ()
    before, below = field.before.amount, _below(row, figure)
    found = []
    if before is not None and figure.nature == LATEST:
        found.append(_sum("Số mới nhất", row, field, None, shown(figure, before)))
    elif before is not None and figure.across != NEVER_ADDED:
        found.append(_sum("Lũy kế từ 01/01", row, field, before, shown(figure, before)))
    if below is not None and figure.across != NEVER_ADDED:
        found.append(_sum("Cộng cả các đơn vị", row, field, below, shown(figure, below)))
    return tuple(found)


def since_january(row: PageRow, field: Field) -> str:
    """Write a figure since 1 January, with what stands in its field; of an "as of" one the last."""
    own, figure = _own(row, field), field.figure
    if figure.kind == YES_NO:
        return ""
    if figure.nature == LATEST:
        amount = field.before.amount if own is None else own
    else:
        amount = own if figure.across == NEVER_ADDED else plus(field.before.amount, own)
    return "" if amount is None else shown(figure, amount)


def share(figure: Figure, text: str) -> str:
    """Write what per cent two counts are, as they stand in a form ("18/21"); "" where they are none."""
    if figure.kind != "percent":
        return ""
    try:
        value = read_figures(figure.item, (figure,), typed.figures({figure.key: text})).get(figure.key)
    except Invalid:
        return ""
    return percentage(*value) if isinstance(value, list) else ""


def _sum(name: str, row: PageRow, field: Field, base: Amount | None, alone: str) -> Sum:
    own = _own(row, field)
    total = None if own is None else plus(base, own)
    return Sum(
        name=name,
        base="" if base is None else _plain(base),
        alone=alone,
        shown=alone if total is None else shown(field.figure, total),
    )


def _own(row: PageRow, field: Field) -> Amount | None:
    value = row.read(field)
    return None if value is None else amount_of(value)


def _below(row: PageRow, figure: Figure) -> Amount | None:
    lines = row.beside.below.figures if row.beside.below is not None else ()
    return next((line.period.amount for line in lines if line.figure.key == figure.key), None)


def _plain(amount: Amount) -> str:
    """Write an amount as scripts read numbers."""
    if isinstance(amount, tuple):
        return "/".join(map(str, amount))
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)
