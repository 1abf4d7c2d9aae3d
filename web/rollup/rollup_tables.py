"""A roll-up as tables: figures, who has reported, who is missing, and what each number is made of."""

from __future__ import annotations

from collections.abc import Iterable

from obligations.model import PART_WORDS
from obligations.rollup import Source, Total, shown_value
from tasks_lib.rollup.consolidate import Consolidated, Line, RollUp, UnitText
from tasks_lib.rollup.roll_up_page import is_weak
from web.frame.ask import Ask
from web.frame.table import Cell, Column, Table, Value
from web.rollup.rollup_chosen import Chosen, see

ITEM_CLIP = 70


def everything(ask: Ask, chosen: Chosen, found: RollUp, lines: list[Line]) -> list[Table]:
    """Return all there is: figures, who has reported, texts by unit, and every number's sources."""
    return [
        figures_table(ask, chosen, lines),
        standing_table(lines),
        *missing_tables(ask, found),
        _written(found, lines),
        _origins(ask, lines),
    ]


def figures_table(ask: Ask, chosen: Chosen, lines: Iterable[Line]) -> Table:
    """Return every figure with its sums and a way to what it is made of."""
    rows: list[dict[str, Value]] = []
    for line in lines:
        for figure in line.figures:
            traced = chosen.address(ask, "/nguon", muc=line.item.key, phan=line.part, so=figure.figure.key)
            many = len(figure.period.sources)
            rows.append(
                {
                    "item": Cell(
                        value=_item(line),
                        tone="soon" if is_weak(ask.house, line.item) else "",
                        mark="!" if is_weak(ask.house, line.item) else "",
                    ),
                    "figure": figure.figure.name,
                    "unit": figure.figure.unit,
                    "period": _amount(figure.period),
                    "cumulative": _amount(figure.cumulative),
                    "estimate": _amount(figure.estimate),
                    "sources": Cell(
                        value=many, href=traced if figure.cumulative.sources else "", hint="Xem từng đơn vị"
                    ),
                }
            )
    return Table(
        name="tong-hop",
        title="Số liệu tổng hợp",
        columns=(
            Column(key="item", heading="Nhiệm vụ", width=40),
            Column(key="figure", heading="Số liệu", width=50),
            Column(key="unit", heading="Đơn vị tính"),
            Column(key="period", heading="Trong kỳ", kind="count"),
            Column(key="cumulative", heading="Lũy kế từ 01/01", kind="count"),
            Column(key="estimate", heading="Ước đến cuối kỳ", kind="count"),
            Column(key="sources", heading="Gồm (đơn vị)", kind="count"),
        ),
        rows=rows,
        empty="Chưa có số liệu nào.",
    )


def _amount(total: Total) -> str:
    return total.shown() or ("xem từng đơn vị" if total.sources else "")


def _item(line: Line) -> str:
    title = line.item.title
    clipped = title if len(title) <= ITEM_CLIP else f"{title[:ITEM_CLIP].rsplit(' ', 1)[0]}…"
    return f"{line.item.key}. {clipped} ({PART_WORDS[line.part]})"


def standing_table(lines: Iterable[Line]) -> Table:
    """Return who has reported of each item, level by level."""
    rows: list[dict[str, Value]] = [
        {
            "item": _item(line),
            "tier": count.noun,
            "reported": f"{count.reported}/{count.total}",
            "in_time": count.in_time,
            "late": count.late,
            "asked": count.asked,
            "missing": ", ".join(count.missing),
        }
        for line in lines
        for count in line.standing.counts
    ]
    asked = Column(key="asked", heading="Sau ngày đề nghị", kind="count")
    return Table(
        name="tinh-hinh",
        title="Tình hình báo cáo theo nhiệm vụ",
        columns=(
            Column(key="item", heading="Nhiệm vụ", width=40),
            Column(key="tier", heading="Đơn vị"),
            Column(key="reported", heading="Đã báo cáo", kind="count"),
            Column(key="in_time", heading="Trong thời hạn", kind="count"),
            Column(key="late", heading="Sau thời hạn", kind="count"),
            *([asked] if any(row["asked"] for row in rows) else []),
            Column(key="missing", heading="Chưa báo cáo", width=60),
        ),
        rows=rows,
    )


def missing_tables(ask: Ask, found: RollUp) -> list[Table]:
    """Return who has not reported, and the invited bodies that have not supplied."""
    columns = (
        Column(key="unit", heading="Đơn vị", width=36),
        Column(key="reason", heading="Lý do đơn vị nêu", width=60),
    )
    rows: list[dict[str, Value]] = [
        {"unit": Cell(value=u.name, href=see(ask, u.agency, None, u.obligation)), "reason": u.reason}
        for u in found.standing.missing
    ]
    invited = dict.fromkeys(u.name for u in found.standing.not_supplied)
    tables = [
        Table(
            name="chua-bao-cao",
            title="Đơn vị chưa báo cáo",
            columns=columns,
            rows=rows,
            empty="Tất cả đơn vị đã báo cáo.",
        ),
    ]
    if invited:
        tables.append(
            Table(
                name="chua-cung-cap",
                title="Cơ quan phối hợp chưa cung cấp",
                columns=columns[:1],
                rows=[{"unit": name} for name in invited],
            ),
        )
    return tables


def _written(found: RollUp, lines: Iterable[Line]) -> Table:
    def rows(item: str, said: Iterable[UnitText]) -> list[dict[str, Value]]:
        return [
            {"item": item, "unit": t.name, "text": t.text, "difficulty": t.difficulty, "version": t.version}
            for t in said
        ]

    every = rows("Chung", found.texts)
    for line in lines:
        every += rows(_item(line), line.texts)
    return Table(
        name="noi-dung",
        title="Nội dung theo đơn vị",
        columns=(
            Column(key="item", heading="Nhiệm vụ", width=40),
            Column(key="unit", heading="Đơn vị", width=30),
            Column(key="text", heading="Nội dung", width=60),
            Column(key="difficulty", heading="Khó khăn, vướng mắc", width=40),
            Column(key="version", heading="Phiên bản", kind="count"),
        ),
        rows=every,
    )


def _origins(ask: Ask, lines: Iterable[Line]) -> Table:
    rows = [
        {"item": _item(line), "figure": figure.figure.name, **_source(ask, figure.period, source)}
        for line in lines
        for figure in line.figures
        for source in figure.period.sources
    ]
    head = (
        Column(key="item", heading="Nhiệm vụ", width=40),
        Column(key="figure", heading="Số liệu", width=40),
    )
    return Table(name="nguon", title="Số liệu theo đơn vị", columns=(*head, *_SOURCE, _KEY), rows=rows)


_SOURCE = (
    Column(key="unit", heading="Đơn vị", width=36),
    Column(key="period", heading="Kỳ"),
    Column(key="value", heading="Số liệu", kind="count"),
    Column(key="version", heading="Phiên bản", kind="count"),
)
_KEY = Column(key="report", heading="Mã báo cáo", width=40)


def traced_tables(ask: Ask, figure: Consolidated, *, whole: bool = False) -> list[Table]:
    """Return all that one number is made of: of the period, of the year so far, as foreseen."""
    tables = [by_unit(ask, "trong-ky", "Trong kỳ", figure.period, whole=whole)]
    if len(figure.cumulative.sources) > len(figure.period.sources):
        words = "Số mới nhất của từng đơn vị" if figure.figure.nature == "as_of" else "Lũy kế từ 01/01"
        tables.append(by_unit(ask, "luy-ke", words, figure.cumulative, whole=whole))
    if figure.estimate.sources:
        tables.append(by_unit(ask, "uoc", "Ước thực hiện đến cuối kỳ", figure.estimate, whole=whole))
    return tables


def by_unit(ask: Ask, name: str, title: str, total: Total, *, whole: bool = False) -> Table:
    """Return a number's values by unit; the workbook has the reports' keys too."""
    said = f": {total.shown()}" if total.shown() else ""
    rows = [_source(ask, total, source) for source in total.sources]
    return Table(
        name=name,
        title=f"{title}{said}",
        columns=(*_SOURCE, _KEY) if whole else _SOURCE,
        rows=rows,
        empty="Chưa có số liệu.",
    )


def _source(ask: Ask, total: Total, source: Source) -> dict[str, Value]:
    seen = see(ask, source.agency, total.figure.item, source.obligation)
    return {
        "unit": Cell(value=ask.house.agency(source.agency).name, href=seen, hint="Xem báo cáo"),
        "period": ask.house.plan.turn_name(source.period),
        "value": shown_value(total.figure, source.value),
        "version": source.version,
        "report": source.obligation,
    }


def by_district(ask: Ask, chosen: Chosen, districts: dict[str, Total], part: str, key: str) -> Table:
    """Return a province's number divided among districts and departments."""
    rows: list[dict[str, Value]] = []
    for head, total in sorted(districts.items()):
        there = Chosen(ask.house.agency(head), chosen.subject, chosen.item, chosen.scope, chosen.subjects)
        is_district = ask.house.agency(head).heads
        href = there.address(ask, "/nguon", muc=str(chosen.scope.item), phan=part, so=key)
        rows.append(
            {
                "unit": Cell(value=ask.house.agency(head).name, href=href if is_district else ""),
                "value": _amount(total),
                "sources": len(total.sources),
            }
        )
    places = ", ".join(level.plural for level in ask.house.reporting() if not level.top)
    return Table(
        name="theo-huyen",
        title=f"Theo {places} và cơ quan",
        columns=(
            Column(key="unit", heading="Địa bàn, cơ quan", width=36),
            Column(key="value", heading="Trong kỳ", kind="count"),
            Column(key="sources", heading="Gồm (đơn vị)", kind="count"),
        ),
        rows=rows,
    )
