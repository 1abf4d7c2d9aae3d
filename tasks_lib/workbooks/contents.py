"""From the values on a part's lines to what was typed, and back: the form's own model."""

from __future__ import annotations

from collections.abc import Mapping

from obligations.figures import EVENTS
from tasks_lib.answering.report_draft import DocumentDraft, ReportDraft, RowDraft
from tasks_lib.workbooks.lines import REASONS, YES, Line, Sort

Values = Mapping[str, str]
"""By field, as typed: "figures.a" → "18/21"."""
NOTHING = "nothing"
DOCUMENT = ("number", "signed_on", "signer", "summary")
PLAIN = ("completed_on", "text", "difficulty", "without", "reason_note", "expected_on", "ask_until")
_GROUPS = ("figures", "estimates")


def content_of(values: Values) -> ReportDraft:
    """Return what the values of one part say, as its form would."""
    groups = {name: _group(values, name) for name in _GROUPS}
    return ReportDraft(
        **{name: values.get(name, "") for name in PLAIN},
        **groups,
        events=values.get(EVENTS) or None,
        reason=REASONS.get(values.get("reason", ""), values.get("reason", "")),
        nothing=values.get(NOTHING, "") == YES,
        document=DocumentDraft(**{name: values.get(f"document.{name}", "") for name in DOCUMENT}),
    )


def row_of(values: Values) -> RowDraft:
    """Return what the values of one row of a report say."""
    return RowDraft(
        text=values.get("text", ""),
        figures=_group(values, "figures"),
        estimates=_group(values, "estimates"),
        events=values.get(EVENTS) or None,
    )


def values_of(lines: tuple[Line, ...]) -> dict[str, str]:
    """Return what stands on the lines of one part before anybody has filled them in."""
    said: dict[str, str] = {}
    for line in lines:
        if line.sort is not Sort.HEADING and line.value:
            said[line.field] = line.value
        if line.estimate:
            said[estimate_of(line.field)] = line.estimate
    return said


def estimate_of(field: str) -> str:
    """Return what the form calls a figure's estimate: "figures.a" → "estimates.a"."""
    return f"estimates.{field.partition('.')[2]}"


def _group(values: Values, name: str) -> dict[str, str]:
    begins = f"{name}."
    return {
        key.removeprefix(begins): value for key, value in values.items() if key.startswith(begins) and value
    }
