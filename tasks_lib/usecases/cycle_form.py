"""A cycle report as a file: its skeleton, how it is read back, and how its rows are stored."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from obligations.errors import Invalid
from obligations.figures import read_figures
from obligations.model import Figure, Item, Kind, Tier, Wording
from store.engine import reading
from store.ledger import AnyRow, find
from store.reports import Version, write_versions
from store.schema import obligations
from tasks_lib.bootstrap import House
from tasks_lib.usecases.initialise import require_initialised

EVENTS = "events"
ROW_FIELDS = frozenset({"row", "item", "title", "part", "asks", "text", "figures", EVENTS})


@dataclass(frozen=True, kw_only=True)
class RowAnswer:
    """What one row of a cycle report says."""

    row: str
    text: str = ""
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Whose rows are written, and as which version."""

    report_id: int
    version: int
    at: datetime
    by: str
    on: date


def template(house: House, key: str) -> dict[str, Any]:
    """Return the skeleton of a cycle report: one entry a row, with the figures it asks for."""
    require_initialised(house)
    with reading(house.engine) as connection:
        report = _report(connection, house, key)
        return {
            "obligation": key,
            "version": report.version,
            "text": "",
            "difficulty": "",
            "rows": [_blank(house, row) for row in _rows(connection, report.id)],
        }


def read_form(house: House, key: str, path: Path) -> tuple[str, str, tuple[RowAnswer, ...]]:
    """Read a filled skeleton: text, difficulty and rows; raise Invalid naming file, item and field."""
    require_initialised(house)
    form = _load(path)
    if form.get("obligation") != key:
        raise Invalid(f"{path.name}: obligation: tệp này không phải của {key}")
    with reading(house.engine) as connection:
        expected = {row.key: row for row in _rows(connection, _report(connection, house, key).id)}
    answers = [_answer(house, path, expected, entry) for entry in _entries(path, form)]
    seen = {answer.row for answer in answers}
    for missing in (k for k in expected if k not in seen):
        raise Invalid(f"{path.name}: nhiệm vụ {expected[missing].item}: rows: thiếu dòng {missing}")
    return str(form.get("text") or ""), str(form.get("difficulty") or ""), tuple(answers)


def write_rows(connection: Connection, filled: Filled, answers: tuple[RowAnswer, ...]) -> None:
    """Store what the rows of a report say, as the same version as the report."""
    ids = {row.key: row.id for row in _rows(connection, filled.report_id)}
    write_versions(
        connection,
        [
            Version(
                obligation_id=ids[answer.row], version=filled.version, entered_at=filled.at,
                entered_by=filled.by, completed_on=None, arrived_on=filled.on, counts_on=filled.on,
                text=answer.text, figures=answer.figures,
            )
            for answer in answers
        ],
    )  # fmt: skip


def _report(connection: Connection, house: House, key: str) -> AnyRow:
    row = find(connection, house.plan.key, key)
    if row.kind != Kind.REPORT:
        raise Invalid(f"{key}: chỉ báo cáo kỳ mới có mẫu theo dòng")
    return row


def _rows(connection: Connection, report_id: int) -> list[AnyRow]:
    query = select(obligations).where(obligations.c.parent_id == report_id).order_by(obligations.c.id)
    return list(connection.execute(query))


def _blank(house: House, row: AnyRow) -> dict[str, Any]:
    item = _item(house, row)
    asked = asked_figures(house, item, row)
    blank: dict[str, Any] = {
        "row": row.key,
        "item": item.key,
        "title": item.title,
        "part": row.part,
        "asks": {f.key: f"{f.name} ({_form(f)})" for f in asked},
        "text": "",
        "figures": {f.key: None for f in asked},
    }
    if _asks_events(item, row):
        blank[EVENTS] = None
    return blank


def _form(figure: Figure) -> str:
    if figure.kind == "percent":
        return "hai số đếm, ví dụ 18/21"
    return "có/không" if figure.kind == "yes-no" else figure.unit


def asked_figures(house: House, item: Item, row: AnyRow) -> tuple[Figure, ...]:
    """Return the figures a row asks for: a lead's all it holds, an implementer's at most one."""
    agency = house.agency(row.agency_id)
    lead = row.part == "lead"
    held = [
        f
        for f in item.figures
        if f.holder == "all"
        or (f.holder == "lead" and lead)
        or (f.holder == "district" and agency.tier is not Tier.COMMUNE)
    ]
    return tuple(held if lead else held[:1])


def _asks_events(item: Item, row: AnyRow) -> bool:
    """As-regulated rows ask for the number of events, so that nothing looks perfect by silence."""
    return item.deadline.wording is Wording.AS_REGULATED and row.part == "lead"


def _item(house: House, row: AnyRow) -> Item:
    item = house.plan.item(row.item)
    if item is None:
        raise Invalid(f"{row.key}: kế hoạch không còn nhiệm vụ {row.item}")
    return item


def _load(path: Path) -> dict[str, Any]:
    try:
        form = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Invalid(f"{path.name}: không đọc được tệp ({error.strerror})") from None
    except ValueError as error:
        raise Invalid(f"{path.name}: không phải JSON hợp lệ ({error})") from None
    if not isinstance(form, dict):
        raise Invalid(f"{path.name}: cần một đối tượng JSON như mẫu 'report template'")
    return form


def _entries(path: Path, form: dict[str, Any]) -> list[dict[str, Any]]:
    rows = form.get("rows")
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise Invalid(f"{path.name}: rows: cần danh sách các dòng như mẫu 'report template'")
    return rows


def _answer(house: House, path: Path, expected: dict[str, AnyRow], entry: dict[str, Any]) -> RowAnswer:
    key = str(entry.get("row"))
    if key not in expected:
        raise Invalid(f"{path.name}: nhiệm vụ {entry.get('item')}: row: không có dòng {key}")
    row = expected[key]
    item = _item(house, row)
    where = f"{path.name}: nhiệm vụ {item.key}"
    for unknown in sorted(set(entry) - ROW_FIELDS):
        raise Invalid(f"{where}: {unknown}: trường không có trong mẫu")
    given = entry.get("figures") or {}
    if not isinstance(given, dict):
        raise Invalid(f"{where}: figures: cần các cặp khóa và giá trị")
    try:
        figures: dict[str, Any] = dict(read_figures(item.key, asked_figures(house, item, row), given))
    except Invalid as wrong:
        raise Invalid(f"{path.name}: {wrong}") from None
    if _asks_events(item, row):
        figures[EVENTS] = _events(entry.get(EVENTS), where)
    return RowAnswer(row=key, text=str(entry.get("text") or ""), figures=figures)


def _events(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Invalid(f"{where}: {EVENTS}: cần số lần phát sinh trong kỳ (0 = không phát sinh)")
    return value
