"""A cycle report's form: its skeleton as a file, how it is read back, and how its rows are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from obligations import figures
from obligations.errors import Invalid
from obligations.figures import EVENTS, Value, asks_events, events_figure
from obligations.model import Figure, Item, Kind
from obligations.obligation import NamedObligation, Obligation
from obligations.rollup import consolidates
from store.engine import reading
from store.ledger import find
from store.reports import Version, write_versions
from tasks_lib.answering.one_report import RowAnswer, item_of_other, served_of
from tasks_lib.answering.report_draft import RowDraft
from tasks_lib.answering.report_file import read_file
from tasks_lib.answering.sql.cycle_page import rows_of
from tasks_lib.kernel import typed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.figures import read_figures

ESTIMATES, MISSING = "estimates", "missing"
NUMBER_OF_EVENTS = "cần số lần phát sinh trong kỳ (0 = không phát sinh)"
Figures = tuple[Figure, ...]


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


def template(house: House, key: str) -> dict[str, object]:
    """Return the skeleton of a cycle report, one entry a row, or of a task, with the figures it asks for."""
    with reading(house.engine) as connection:
        report = find(connection, house.plan.key, key)
        if report.is_task:
            return {"obligation": key, "version": report.version, **_blank_task(house, report)}
        report = _report(connection, house, key)
        head = {"obligation": key, "version": report.version, "text": "", "difficulty": ""}
        if consolidates(house.plan, Kind.REPORT, None, house.agency(report.agency_id)):
            head[MISSING] = []
        rows = [_blank(house, row) for row in rows_of(connection, report.id)]
        for other in served_of(connection, house, report):
            rows += [
                _blank(other.house, each.row, each.more) | {"row": each.key}
                for each in other.rows
                if each.shown
            ]
        return {**head, "rows": rows}


def read_form(house: House, key: str, path: Path) -> Form:
    """Read a filled skeleton from a file; raise Invalid naming file, item and field."""
    given = read_file(path)
    if given.obligation != key:
        raise Invalid(f"{path.name}: obligation: tệp này không phải của {key}")
    draft = given.draft
    return Form(
        text=draft.text,
        difficulty=draft.difficulty,
        rows=read_rows(house, key, draft.rows, path.name),
        missing=draft.missing,
    )


def read_rows(house: House, key: str, rows: Mapping[str, RowDraft], where: str) -> tuple[RowAnswer, ...]:
    """Read what a report's rows say; `where` begins every fault."""
    with reading(house.engine) as connection:
        report = _report(connection, house, key)
        expected = {row.key: row for row in rows_of(connection, report.id)}
        others = served_of(connection, house, report)
    beside = {each.key: (other.house, each) for other in others for each in other.rows if each.shown}
    # What another plan asked that has been answered or has ended since is passed over.
    known = {*expected, *beside}
    for unknown in (k for k in rows if k not in known and item_of_other(house, k) is None):
        raise Invalid(f"{where}: row: báo cáo này không có dòng {unknown}")
    answers = tuple(
        _answer(house, where, expected[row], said) for row, said in rows.items() if row in expected
    )
    for row, said in rows.items():
        if row in beside:
            theirs, each = beside[row]
            answers += (replace(_answer(theirs, where, each.row, said, each.more), row=row),)
    for missing in (k for k in expected if k not in rows):
        raise Invalid(f"{where}: nhiệm vụ {expected[missing].item}: rows: thiếu dòng {missing}")
    return answers


def write_rows(connection: Connection, filled: Filled, answers: tuple[RowAnswer, ...]) -> None:
    """Store what the rows of a report say, as the same version as the report."""
    ids = {row.key: row.id for row in rows_of(connection, filled.report_id)}
    write_versions(
        connection,
        [
            Version(
                obligation_id=ids[answer.row],
                version=filled.version,
                entered_at=filled.at,
                entered_by=filled.by,
                completed_on=None,
                arrived_on=filled.on,
                counts_on=filled.on,
                text=answer.text,
                figures=answer.figures,
                estimates=answer.estimates,
            )
            for answer in answers
        ],
    )


def asked_figures(house: House, item: Item, row: Obligation) -> tuple[Figure, ...]:
    """Return the figures a row or task asks for."""
    return figures.asked_figures(item, row.part, house.agency(row.agency_id).level)


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


def _blank_task(house: House, row: Obligation) -> dict[str, object]:
    """Return what a task asks for; its figures are given by --figure."""
    blank = _blank(house, row)
    return {name: blank[name] for name in ("item", "title", "part", "asks", "text", "figures")}


def _blank(house: House, row: Obligation, only: Figures | None = None) -> dict[str, object]:
    """Return an empty entry of a row; of a row that another plan adds `only` some figures are asked."""
    item = item_of(house, row)
    asked = _plain(only) if only is not None else asked_figures(house, item, row)
    blank: dict[str, object] = {
        "row": row.key,
        "item": item.key,
        "title": item.title,
        "part": row.part,
        "asks": {f.key: f"{f.name} ({_form(f)})" for f in asked},
        "text": "",
        "figures": {f.key: None for f in asked},
        ESTIMATES: {},
    }
    if _counts_events(item, row, only):
        blank[EVENTS] = None
    return blank


def _plain(asked: Figures) -> Figures:
    """Return figures without the number of events, which stands in a field of its own."""
    return tuple(figure for figure in asked if figure.key != EVENTS)


def _counts_events(item: Item, row: Obligation, only: Figures | None) -> bool:
    return asks_events(item, row.part) and (only is None or any(figure.key == EVENTS for figure in only))


def _form(figure: Figure) -> str:
    if figure.kind == "percent":
        return "hai số đếm, ví dụ 18/21"
    return "có/không" if figure.kind == "yes-no" else figure.unit


def _answer(
    house: House, where: str, row: Obligation, said: RowDraft, only: Figures | None = None
) -> RowAnswer:
    item = item_of(house, row)
    here = f"{where}: nhiệm vụ {item.key}"
    asked = _plain(only) if only is not None else asked_figures(house, item, row)
    given = _figures(where, item, asked, said.figures)
    if _counts_events(item, row, only):
        given[EVENTS] = _events(item, said.filled_events.get(EVENTS), here)
    estimates = _figures(where, item, asked, said.estimates)
    return RowAnswer(row=row.key, text=said.text, figures=given, estimates=estimates)


def _figures(
    where: str, item: Item, asked: tuple[Figure, ...], given: Mapping[str, object]
) -> dict[str, Value]:
    try:
        return read_figures(item.key, asked, typed.figures(given))
    except Invalid as wrong:
        raise Invalid(f"{where}: {wrong}") from None


def _events(item: Item, value: object, where: str) -> Value:
    wanted = f"{where}: {EVENTS}: {NUMBER_OF_EVENTS}"
    if value is None:
        raise Invalid(wanted)
    try:
        return read_figures(item.key, (events_figure(item),), {EVENTS: value})[EVENTS]
    except Invalid:
        raise Invalid(wanted) from None
