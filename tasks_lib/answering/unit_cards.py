"""What stands on one card of a unit's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from obligations.figures import Value
from obligations.kinds import OfKind
from obligations.model import Figure, Item, Kind, TimeState, WorkState
from obligations.period import Period
from obligations.reminders import Reminders
from obligations.states import NOT_HANDED_IN
from store.evidence import File
from store.reports import Stored
from store.rows import Draft
from tasks_lib.answering.report_draft import ReportDraft, opened
from tasks_lib.answering.sql.drafts import PRESENTED
from tasks_lib.duties.our_days import ToldDay


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest report as it was handed in."""

    entered_at: datetime
    completed_on: date | None
    text: str
    difficulty: str
    figures: Mapping[str, Value]
    document: str
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True)
class Card(OfKind):
    """One obligation on the form."""

    id: int
    key: str
    kind: Kind
    item: Item | None
    title: str
    period: Period
    event: str
    """The title of the event that opened it; empty where none did."""
    version: int
    state: WorkState
    time: TimeState
    last_day: date
    told_day: ToldDay
    why: str
    days_left: int
    reviewer: str
    answer_by: date | None
    doubted_on: date | None
    """A day the unit stated that waits for the desk's word."""
    delay_reason: str
    reminded: Reminders
    asked: str
    """What the desk asked to complete."""
    figures: tuple[Figure, ...]
    before: Mapping[str, Value]
    """The last period's figures, to be carried."""
    newest: Newest | None
    draft: Draft | None
    officer: str
    inner_day: date | None
    takes_nothing: bool
    """Whether "không phát sinh" answers it."""
    form: str
    """Where it has a form of its own: /ky, /bao-cao-huyen or /phieu; nothing where it is answered here."""

    @property
    def is_open(self) -> bool:
        """Whether it is still the unit's to answer."""
        return self.state in NOT_HANDED_IN

    @property
    def is_late(self) -> bool:
        """Whether it is past its day, whoever set that."""
        return self.time in (TimeState.OVERDUE, TimeState.PAST_ASKED)

    @property
    def content(self) -> ReportDraft:
        """What the fields start with: the draft, else the newest report that is to be completed."""
        if self.draft is not None:
            return opened(self.draft.content)
        return ReportDraft() if self.newest is None or not self.is_open else _as_content(self.newest)

    @property
    def is_presented(self) -> bool:
        """Whether a leader is being waited for."""
        return self.draft is not None and self.draft.state == PRESENTED


def _as_content(newest: Newest) -> ReportDraft:
    """What has been handed in, as the form's fields write it."""
    return ReportDraft(
        completed_on=newest.completed_on.isoformat() if newest.completed_on else "",
        text=newest.text,
        difficulty=newest.difficulty,
        figures={key: as_typed(value) for key, value in newest.figures.items()},
        files=tuple(stored_as_content(file) for file in newest.files),
    )


def as_typed(value: Value) -> str:
    """Return a stored figure as a form's field holds it."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "/".join(str(part) for part in value)
    return str(value).replace(".", ",")


def stored_as_content(file: File) -> Stored:
    """Return a kept file as a draft names it."""
    return Stored(name=file.name, sha256=file.sha256, size=file.size, media_type=file.media_type)
