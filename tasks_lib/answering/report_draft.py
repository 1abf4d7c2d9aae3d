"""What an officer types of one report: one model for the portal's forms, a JSON file and a stored draft.

All of it is text as it was typed; what it means is read where it is handed in (`answering`, `cycle_form`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from obligations.errors import Refused
from obligations.figures import EVENTS
from store.reports import Stored
from tasks_lib.kernel import typed

SCHEMA: Literal[1] = 1
"""The schema's number; a draft stored under an earlier one is brought forward as it is opened."""
REPORTING = ("completed_on", "text", "difficulty", "without")
REASON_FIELDS = ("reason", "reason_note", "expected_on", "ask_until")


def absent(blank: object) -> BeforeValidator:
    """Take what is null for what is not there."""
    return BeforeValidator(lambda value: blank if value is None else value)


Text = Annotated[str, absent("")]
Figures = Annotated[dict[str, object], absent({})]
"""By key, as typed: "18/21"; of a JSON file also numbers and truth values."""


class Part(BaseModel):
    """A part of what is typed; nobody changes one and believes it saved."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentDraft(Part):
    """The signed document a report travelled by, as it was typed."""

    number: Text = ""
    signed_on: Text = ""
    signer: Text = ""
    summary: Text = ""


class PeopleDraft(Part):
    """Whom a unit's own plan names."""

    leader: Text = ""
    officer: Text = ""


class RowDraft(Part):
    """What one row of a cycle report says, or a report as far as it is a row."""

    text: Text = ""
    figures: Figures = Field(default_factory=dict)
    estimates: Figures = Field(default_factory=dict)
    """The same figures as expected at the period's end; optional."""
    events: object = None
    """How many events there were, where a row is asked for them."""

    @property
    def filled(self) -> dict[str, object]:
        """Return the figures that were filled in."""
        return typed.figures(self.figures)

    @property
    def filled_events(self) -> dict[str, object]:
        """Return the number of events as a figure, where it was filled in."""
        return typed.figures({EVENTS: self.events})

    @property
    def as_row(self) -> RowDraft:
        """Return it as far as it is a row."""
        return RowDraft(**{name: getattr(self, name) for name in RowDraft.model_fields})


class RowSave(Part):
    """Who last saved a row, and how often it has been: of two who change one row only one wins."""

    number: int = 0
    by: str = ""
    at: datetime | None = None


class ReportDraft(RowDraft):
    """All that one report's form holds, whichever kind it is of."""

    schema_version: Literal[1] = SCHEMA
    completed_on: Text = ""
    difficulty: Text = ""
    without: Text = ""
    """Why it goes without figures, file and document, where it does."""
    nothing: bool = False
    """Whether the answer is that nothing arose."""
    reason: Text = ""
    reason_note: Text = ""
    expected_on: Text = ""
    ask_until: Text = ""
    document: Annotated[DocumentDraft, absent({})] = DocumentDraft()
    people: Annotated[PeopleDraft, absent({})] = PeopleDraft()
    """Of a unit's own plan alone."""
    rows: Annotated[dict[str, RowDraft], absent({})] = Field(default_factory=dict)
    """Of a cycle report: what its rows say, by their keys."""
    missing: Annotated[tuple[str, ...], absent(())] = ()
    """The units below that are named as not having reported."""
    files: Annotated[tuple[Stored, ...], absent(())] = ()
    """The files that have been kept."""
    saves: Annotated[dict[str, RowSave], absent({})] = Field(default_factory=dict)
    """Who saved which row; the report's own fields under the key of none."""
    for_version: int | None = None
    """The report's version that was on the screen: a draft is for the one after it."""

    def but(self, **changes: object) -> ReportDraft:
        """Return it with some fields otherwise."""
        return self.model_copy(update=changes)

    def under(self, given: RowDraft) -> ReportDraft:
        """Return it with whatever was typed over it."""
        return self.but(**{name: getattr(given, name) for name in given.model_fields_set})

    @property
    def has_report(self) -> bool:
        """Whether anything of a report was filled in."""
        plain = any(getattr(self, name).strip() for name in REPORTING)
        named = self.people.leader.strip() or self.people.officer.strip()
        return bool(plain or self.filled or self.files or self.has_document or named or self.rows)

    @property
    def has_reason(self) -> bool:
        """Whether a reason for delay was filled in."""
        return any(getattr(self, name).strip() for name in REASON_FIELDS)

    @property
    def has_document(self) -> bool:
        """Whether a signed document was named."""
        return bool(self.document.number.strip())

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was filled in."""
        return not (self.has_report or self.has_reason or self.nothing)

    @property
    def only_explains(self) -> bool:
        """Whether it is no report but why there is none: a difficulty alone goes with the reason."""
        return self.has_reason and not (self.but(difficulty="").has_report or self.nothing)

    def stored(self) -> dict[str, object]:
        """Return it as it is kept: without what says nothing."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        return {"schema_version": self.schema_version, **said}


def opened(stored: Mapping[str, object]) -> ReportDraft:
    """Return a draft as it was stored, also under an earlier schema."""
    number = stored.get("schema_version", 0)
    if not isinstance(number, int) or not 0 <= number <= SCHEMA:
        raise Refused("dự thảo do phiên bản mới hơn của chương trình lưu; phiên bản này không mở được")
    for step in _STEPS[number:]:
        stored = step(stored)
    return ReportDraft.model_validate(stored)


def _from_unnumbered(stored: Mapping[str, object]) -> dict[str, object]:
    """Before the schema had a number any name could stand in a draft; what was typed keeps its name."""
    known = {name: value for name, value in stored.items() if name in ReportDraft.model_fields}
    rows = stored.get("rows")
    if isinstance(rows, Mapping):
        known["rows"] = {key: _known(RowDraft, fields) for key, fields in rows.items()}
    parts: dict[str, type[Part]] = {"document": DocumentDraft, "people": PeopleDraft}
    known |= {name: _known(part, stored.get(name)) for name, part in parts.items()}
    return {**known, "schema_version": 1}


def _known(part: type[Part], fields: object) -> dict[str, object]:
    given = fields if isinstance(fields, Mapping) else {}
    return {name: value for name, value in given.items() if name in part.model_fields}


_STEPS: tuple[Callable[[Mapping[str, object]], dict[str, object]], ...] = (_from_unnumbered,)
