"""What was typed into a report's form: the report's own fields, and every row by its key."""

from __future__ import annotations

from obligations.figures import EVENTS
from tasks_lib.answering.cycle_draft import Typed
from tasks_lib.answering.cycle_page import HEAD, CyclePage, PageRow
from tasks_lib.answering.cycle_words import carried
from tasks_lib.answering.report_draft import ReportDraft, RowDraft
from web.frame.ask import Ask


def typed_rows(ask: Ask, found: CyclePage) -> dict[str, Typed]:
    """Read every row of the form; a row the form did not have is left out."""
    pressed, everything = ask.text("luu"), bool(ask.text("xem") or ask.text("luu-het"))
    given = {HEAD: _head(ask, found, pressed == "chung")}
    for row in found.rows if not found.is_task else ():
        stamp = ask.text(f"was:{row.key}")
        if stamp:
            unsaved = everything and not row.saved.number
            fields = _fields(ask, row)
            filled = fields != RowDraft()
            given[row.key] = Typed(
                fields=fields, stamp=stamp, pressed=pressed == row.key or (unsaved and filled)
            )
    return {key: row for key, row in given.items() if row.stamp}


def _head(ask: Ask, found: CyclePage, pressed: bool) -> Typed:
    fields: dict[str, object] = {name: ask.text(name) for name in ("text", "difficulty", "without")}
    if found.is_task:
        (row,) = found.rows
        fields |= {"completed_on": ask.text("completed_on"), **dict(_fields(ask, row))}
    return Typed(fields=ReportDraft.model_validate(fields), stamp=ask.text("was:"), pressed=pressed)


def _fields(ask: Ask, row: PageRow) -> RowDraft:
    """Read one row; what is ticked to be carried fills what was left empty."""
    carry = ask.texts(f"carry:{row.key}")
    figures: dict[str, str] = {}
    for found in row.beside.fields:
        key = found.figure.key
        value = _value(ask, f"fig:{row.key}:{key}")
        figures[key] = value or (carried(found) if key in carry else "")
    estimates = {f.figure.key: _value(ask, f"est:{row.key}:{f.figure.key}") for f in row.beside.fields}
    events = figures.pop(EVENTS, "")
    text = ask.text(f"text:{row.key}") or (row.beside.last_text if "text" in carry else "")
    return RowDraft(
        text=text,
        figures={key: value for key, value in figures.items() if value},
        estimates={key: value for key, value in estimates.items() if value},
        events=events or None,
    )


def _value(ask: Ask, name: str) -> str:
    """Read a figure: of two counts, two fields of one name."""
    parts = [value.strip() for value in ask.form.getlist(name) if isinstance(value, str)]
    return "/".join(parts) if any(parts) else ""


def key_of(found: CyclePage, row: PageRow) -> str:
    """Return under which key a row is typed: a task's only row is the report itself."""
    return HEAD if found.is_task else row.key
