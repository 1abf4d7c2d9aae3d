"""Báo cáo 3.1, 3.3: what a district tells the collator of one item, its communes' results with it."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.wording import sentence, upper_first
from obligations.errors import Invalid, Refused
from obligations.model import Item, Kind
from obligations.reckoning import OUTSIDE
from obligations.words import count
from tasks_lib.kernel.wording import place_name
from tasks_lib.papers.duties_told import counted, duty_rows, figures_of, owed, within
from tasks_lib.papers.items import OPEN, by_place, told_dated
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.period_report import TO_BE_WRITTEN, recipient
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import dated_plan, report_values
from tasks_lib.rollup.consolidate import RollUp, Scope, roll_up

STILL_TO_DO = tuple((share, words) for share, words in OPEN if share not in OUTSIDE.values())


def write_item_report(desk: Desk) -> Written:
    """Write the report: figures added up from the units, who has done it and who not; judgement is blank."""
    item, lines = item_meant(desk), reported_on(desk)
    period = next(line.period for line in lines if line.agency_id == desk.order.by)
    found = roll_up(
        desk.connection,
        desk.house,
        desk.order.by,
        Scope(period=period, kind=Kind.TASK, item=item.key),
        desk.as_of,
    )
    title = item.title.rstrip(".")
    return Written(
        title=f"Báo cáo nhiệm vụ {item.key} của {desk.issuer.name}",
        values={
            **report_values(desk, f"Kết quả thực hiện nhiệm vụ {item.key}: {title}", recipient(desk)),
            "opening": f"Thực hiện {dated_plan(desk.house)}",
            "item": item.key,
            "sum": sentence(f"Trên địa bàn {place_name(desk.issuer)}: {told_dated(lines)}"),
            "missing": _missing(desk, lines),
            "figures": _figures(found),
            "own": _own(desk, found) or [TO_BE_WRITTEN],
            "faults": list(dict.fromkeys(sentence(text) for text in _faults(found))) or [TO_BE_WRITTEN],
            "blank": TO_BE_WRITTEN,
            "rows": duty_rows(desk, lines),
        },
        figures=figures_of(counted(lines)),
    )


def reported_on(desk: Desk) -> list[StandingLine]:
    """Return the duties of the item that the report tells of: the district's own and its communes'."""
    item = item_meant(desk)
    lines = owed(desk, within(desk), [item.key])
    if not any(line.agency_id == desk.order.by for line in lines):
        raise Refused(f"nhiệm vụ {item.key}: {desk.issuer.name} không phải báo cáo nhiệm vụ này")
    return lines


def item_meant(desk: Desk) -> Item:
    """Return the one item that the report is about."""
    if len(desk.order.items) != 1:
        raise Invalid("--item: ghi một nhiệm vụ, ví dụ 3.1")
    found = desk.house.plan.item(desk.order.items[0])
    assert found is not None
    return found


def _missing(desk: Desk, lines: Sequence[StandingLine]) -> str:
    """Name who has it still to do, each under how it stands: who rests or has time is not late."""
    said = []
    for share, words in STILL_TO_DO:
        units = dict.fromkeys(line.agency_id for line in lines if line.share is share)
        units.pop(desk.order.by, None)
        if units:
            said.append(f"{upper_first(words)}: {by_place(desk.house, units)}.")
    return " ".join(said)


def _figures(found: RollUp) -> list[str]:
    """Say each figure of the item with from how many units it was added up."""
    return [
        f"- {figure.figure.name}{f' ({figure.figure.unit})' if figure.figure.unit else ''}:"
        f" {figure.period.shown() or '…'} ({count(len(figure.period.sources))} đơn vị có số liệu);"
        for line in found.lines
        for figure in line.figures
    ]


def _own(desk: Desk, found: RollUp) -> list[str]:
    return [
        sentence(text.text)
        for line in found.lines
        for text in line.texts
        if text.agency == desk.order.by and text.text
    ]


def _faults(found: RollUp) -> list[str]:
    return [text.difficulty for line in found.lines for text in line.texts if text.difficulty]
