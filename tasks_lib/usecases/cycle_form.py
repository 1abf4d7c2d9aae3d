"""A cycle report's form: its skeleton as a file, how it is read back, and how its rows are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from obligations import figures
from obligations.errors import Invalid
from obligations.figures import EVENTS, Value, asks_events, events_figure
from obligations.model import Figure, Item, Kind
from obligations.obligation import NamedObligation, Obligation
from obligations.rollup import consolidates
from obligations.words import legible
from store.door import all_of
from store.engine import reading
from store.ledger import find
from store.reports import Version, write_versions
from store.schema import obligations
from tasks_lib.bootstrap import House
from tasks_lib.figures import read_figures

ESTIMATES, MISSING = "estimates", "missing"
ROW_FIELDS = frozenset({"row", "item", "title", "part", "asks", "text", "figures", ESTIMATES, EVENTS})


@dataclass(frozen=True, kw_only=True)
class RowAnswer:
    """What one row of a cycle report says."""

    row: str
    text: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    estimates: dict[str, Any] = field(default_factory=dict)
    """The same figures as expected at the period's end; optional."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A filled skeleton, read and found sound."""

    text: str = ""
    difficulty: str = ""
    rows: tuple[RowAnswer, ...] = ()
    missing: tuple[str, ...] = ()
    """The units below that are named as not having reported."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Whose rows are written, and as which version."""

    report_id: int
    version: int
    at: datetime
    by: str
    on: date


def template(house: House, key: str) -> dict[str, Any]:
    """Return the skeleton of a cycle report, one entry a row, or of a task, with the figures it asks for."""
    with reading(house.engine) as connection:
        report = find(connection, house.plan.key, key)
        if report.is_task:
            return {"obligation": key, "version": report.version, **_blank_task(house, report)}
        report = _report(connection, house, key)
        head = {"obligation": key, "version": report.version, "text": "", "difficulty": ""}
        if consolidates(house.plan, Kind.REPORT, None, house.agency(report.agency_id)):
            head[MISSING] = []
        return {**head, "rows": [_blank(house, row) for row in rows_of(connection, report.id)]}


def read_form(house: House, key: str, path: Path) -> Form:
    """Read a filled skeleton from a file; raise Invalid naming file, item and field."""
    form = _load(path)
    if form.get("obligation") != key:
        raise Invalid(f"{path.name}: obligation: tệp này không phải của {key}")
    missing = form.get(MISSING) or []
    if not isinstance(missing, list):
        raise Invalid(f"{path.name}: {MISSING}: cần danh sách mã đơn vị chưa báo cáo")
    return Form(
        text=_text(form, "text", path.name),
        difficulty=_text(form, "difficulty", path.name),
        rows=read_rows(house, key, _entries(path, form), path.name),
        missing=tuple(str(agency) for agency in missing),
    )


def read_rows(
    house: House, key: str, entries: Iterable[dict[str, Any]], where: str, *, partly: bool = False
) -> tuple[RowAnswer, ...]:
    """Read the entries of a report's rows; `where` begins every fault.

    With `partly` rows and numbers of events may still be wanting: a form that is saved row by row.
    """
    with reading(house.engine) as connection:
        expected = {row.key: row for row in rows_of(connection, _report(connection, house, key).id)}
    answers = tuple(_answer(house, where, expected, entry, partly=partly) for entry in entries)
    seen = {answer.row for answer in answers}
    for missing in (k for k in expected if k not in seen and not partly):
        raise Invalid(f"{where}: nhiệm vụ {expected[missing].item}: rows: thiếu dòng {missing}")
    return answers


def write_rows(connection: Connection, filled: Filled, answers: tuple[RowAnswer, ...]) -> None:
    """Store what the rows of a report say, as the same version as the report."""
    ids = {row.key: row.id for row in rows_of(connection, filled.report_id)}
    write_versions(
        connection,
        [
            Version(
                obligation_id=ids[answer.row], version=filled.version, entered_at=filled.at,
                entered_by=filled.by, completed_on=None, arrived_on=filled.on, counts_on=filled.on,
                text=answer.text, figures=answer.figures, estimates=answer.estimates,
            )
            for answer in answers
        ],
    )  # fmt: skip


def rows_of(connection: Connection, report_id: int) -> list[Obligation]:
    """Return the rows that a cycle report answers, in the plan's order."""
    query = select(obligations).where(obligations.c.parent_id == report_id).order_by(obligations.c.id)
    return all_of(connection, Obligation, query)


def asked_figures(house: House, item: Item, row: Obligation) -> tuple[Figure, ...]:
    """Return the figures a row or task asks for."""
    return figures.asked_figures(item, row.part, house.agency(row.agency_id).tier)


def item_of(house: House, row: Obligation) -> Item:
    """Return the item a row belongs to; raise Invalid where the plan has it no more."""
    item = house.plan.item(row.item) if row.item else None
    if item is None:
        raise Invalid(f"{row.key}: kế hoạch không còn nhiệm vụ {row.item}")
    return item


def _report(connection: Connection, house: House, key: str) -> NamedObligation:
    row = find(connection, house.plan.key, key)
    if not row.is_cycle_report:
        raise Invalid(f"{key}: chỉ báo cáo kỳ mới có mẫu theo dòng")
    return row


def _blank_task(house: House, row: Obligation) -> dict[str, Any]:
    """Return what a task asks for; its figures are given by --figure."""
    blank = _blank(house, row)
    return {name: blank[name] for name in ("item", "title", "part", "asks", "text", "figures")}


def _blank(house: House, row: Obligation) -> dict[str, Any]:
    item = item_of(house, row)
    asked = asked_figures(house, item, row)
    blank: dict[str, Any] = {
        "row": row.key,
        "item": item.key,
        "title": item.title,
        "part": row.part,
        "asks": {f.key: f"{f.name} ({_form(f)})" for f in asked},
        "text": "",
        "figures": {f.key: None for f in asked},
        ESTIMATES: {},
    }
    if asks_events(item, row.part):
        blank[EVENTS] = None
    return blank


def _form(figure: Figure) -> str:
    if figure.kind == "percent":
        return "hai số đếm, ví dụ 18/21"
    return "có/không" if figure.kind == "yes-no" else figure.unit


def _load(path: Path) -> dict[str, Any]:
    try:
        form = _legible(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Invalid(f"{path.name}: không đọc được tệp ({error.strerror})") from None
    except ValueError as error:
        raise Invalid(f"{path.name}: không phải JSON hợp lệ ({error})") from None
    except RecursionError:
        raise Invalid(f"{path.name}: không phải JSON hợp lệ (lồng nhau quá sâu)") from None
    if not isinstance(form, dict):
        raise Invalid(f"{path.name}: cần một đối tượng JSON như mẫu 'report template'")
    return form


def _legible(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, list):
        return [_legible(one) for one in value]
    if isinstance(value, dict):
        return {legible(key): _legible(one) for key, one in value.items()}
    return value


def _text(form: dict[str, Any], name: str, where: str) -> str:
    text = form.get(name) or ""
    if not isinstance(text, str):
        raise Invalid(f"{where}: {name}: cần một đoạn chữ")
    return text


def _entries(path: Path, form: dict[str, Any]) -> list[dict[str, Any]]:
    rows = form.get("rows")
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise Invalid(f"{path.name}: rows: cần danh sách các dòng như mẫu 'report template'")
    return rows


def _answer(
    house: House, where: str, expected: dict[str, Obligation], entry: dict[str, Any], *, partly: bool
) -> RowAnswer:
    key = str(entry.get("row"))
    if key not in expected:
        raise Invalid(f"{where}: nhiệm vụ {entry.get('item')}: row: không có dòng {key}")
    row = expected[key]
    item = item_of(house, row)
    here = f"{where}: nhiệm vụ {item.key}"
    for unknown in sorted(set(entry) - ROW_FIELDS):
        raise Invalid(f"{here}: {unknown}: trường không có trong mẫu")
    asked = asked_figures(house, item, row)
    given = _figures(where, item, asked, entry, "figures")
    if asks_events(item, row.part) and not (partly and entry.get(EVENTS) is None):
        given[EVENTS] = _events(item, entry.get(EVENTS), here)
    estimates = _figures(where, item, asked, entry, ESTIMATES)
    return RowAnswer(row=key, text=_text(entry, "text", here), figures=given, estimates=estimates)


def _figures(
    where: str, item: Item, asked: tuple[Figure, ...], entry: dict[str, Any], name: str
) -> dict[str, Any]:
    given = entry.get(name) or {}
    if not isinstance(given, dict):
        raise Invalid(f"{where}: nhiệm vụ {item.key}: {name}: cần các cặp khóa và giá trị")
    try:
        return dict(read_figures(item.key, asked, given))
    except Invalid as wrong:
        raise Invalid(f"{where}: {wrong}") from None


def _events(item: Item, value: object, where: str) -> Value:
    wanted = f"{where}: {EVENTS}: cần số lần phát sinh trong kỳ (0 = không phát sinh)"
    if value is None:
        raise Invalid(wanted)
    try:
        return read_figures(item.key, (events_figure(item),), {EVENTS: value})[EVENTS]
    except Invalid:
        raise Invalid(wanted) from None
