"""Strict mirrors of the files in this folder: what each may hold, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from config.day_rows import DeadlineRow
from config.mirror import AskedRow, Mirror, Text
from obligations.model import Kind, LeadMode, Rhythm, Role, SecondRole, StepRule, Wording

# TOML has no enumerations: their words arrive as plain text.
AKind = Annotated[Kind, Field(strict=False)]
ARole = Annotated[Role, Field(strict=False)]
AWording = Annotated[Wording, Field(strict=False)]
ASecondRole = Annotated[SecondRole, Field(strict=False)]
ALeadMode = Annotated[LeadMode, Field(strict=False)]
ARhythm = Annotated[Rhythm, Field(strict=False)]
AStepRule = Annotated[StepRule, Field(strict=False)]
ContactRole = Literal["unit", "desk", "director", "substitute", "leader", "officer", "clerk"]
Template = Literal[
    "opening",
    "remind",
    "overdue",
    "superior",
    "focal",
    "list",
    "director",
    "review",
    "correction",
    "sheet",
    "request",
]
# CSV has no numbers: they arrive as plain text.
Score = Annotated[float, Field(strict=False, ge=0)]
DayOfMonth = Annotated[int, Field(ge=1, le=28)]


class PlanRow(Mirror):
    """[plan] of a plan file, with the files it goes by."""

    key: Text
    number: Text
    signed_on: date
    valid_until: date
    issuer: Text
    title: Text
    focal: Text
    top: Text
    planners: list[Text]
    sheet_keepers: list[Text]
    invited: list[Text]
    figures: Text | None = None
    scores: Text | None = None
    cycles: Text
    ladders: Text
    regulations: Text | None = None
    draft: bool = False
    predecessor: Text | None = None


class ContentRow(Mirror):
    """[[content]] of a plan file."""

    number: int
    name: Text
    weak: bool = False


class SecondRow(Mirror):
    """One body of the second column; without `body` it has no account."""

    body: Text | None = None
    role: ASecondRole
    text: Text


class GivenRow(Mirror):
    """`given` of an item: the letter by which it was given beside what the plan itself assigns."""

    number: Text
    signed_on: date
    issuer: Text


class DutyRow(Mirror):
    """[[duty]] or [[request]] of a plan file: what part III obliges to, or asks of invited bodies."""

    key: Text
    printed: Text
    title: Text
    short: Text | None = None
    leads_text: Text
    cooperating_text: str
    deadline_text: Text
    lead_mode: ALeadMode = LeadMode.EACH
    leads: Annotated[list[Text], Field(min_length=1)]
    second: list[SecondRow]
    deadline: DeadlineRow
    doubts: list[Text] = Field(default_factory=list)
    waits_for: Text | None = None
    waits_until: date | None = None
    nothing_may_arise: bool = False
    owed_after_validity: bool = True


class ItemRow(DutyRow, AskedRow):
    """[[item]] of a plan file: one row of the appendix."""

    content: int
    sub_dimension: Text | None = None
    given: GivenRow | None = None


class FigureRow(Mirror):
    """One line of figures.csv."""

    item: Text
    key: Text
    name: Text
    unit: str
    kind: Literal["count", "amount", "percent", "yes-no"]
    nature: Literal["period", "as_of"]
    lead: str
    hands: str
    across: Literal["sum", "two_counts", "yes_of_n", "none"]
    most: str


class ScoresRow(Mirror):
    """One line of papi.csv: a year's published scores by dimension, with the columns as published."""

    year: Annotated[int, Field(strict=False)]
    D1: Score
    D2: Score
    D3: Score
    D4: Score
    D5: Score
    D6: Score
    D7: Score
    D8: Score
    total_unweighted: Score
    rank_among_valid: Annotated[int, Field(strict=False, ge=1)]


class GeneralRow(Mirror):
    """[general] of agencies.toml."""

    top: Text
    valid_from: date


class LevelRow(Mirror):
    """[[level]] of agencies.toml: one level of the chain, the lowest first."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=10)]
    name: Text
    plural: Text
    short: Text
    unit: str = ""
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z]*$")] = ""
    desk: str = ""
    head: str = ""
    body: str = ""
    head_of: dict[Text, Text] = Field(default_factory=dict)


class UnitsRow(Mirror):
    """[[units]] of agencies.toml: a state list and how its units enter the chain."""

    name: Text
    file: Text
    year: int
    superior: Text
    collator: Text
    reports_to: Text | None = None
    desk: Text | None = None
    valid_from: date
    valid_to: date | None = None


class AgencyRow(Mirror):
    """[[agency]] of agencies.toml: a body of the province."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    level: Text | None = None
    short_name: str = ""
    superior: Text | None = None
    collator: Text | None = None
    desk: Text | None = None
    head: str = ""
    invited: bool = False
    ranked: bool = True
    reports_to: Text | None = None
    reports_through: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class GroupRow(Mirror):
    """[[group]] of agencies.toml: members by name, or a level of a state list."""

    id: Text
    name: Text
    members: list[Text] = Field(default_factory=list)
    list_: Annotated[Text | None, Field(alias="list")] = None
    level: Text | None = None


class ContactRow(Mirror):
    """[[contact]] of agencies.toml: a rule that makes addresses."""

    role: ContactRole
    for_: Annotated[list[Text], Field(alias="for", min_length=1)]
    name: Text
    address: Text


class CycleRow(Mirror):
    """[[cycle]] of cycles.toml."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,8}$")]
    name: Text
    every: Literal["month", "quarter", "half", "year"] = "year"
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    before_day: dict[str, DayOfMonth]
    close_day: dict[str, DayOfMonth]
    only: Annotated[int, Field(ge=2000, le=2100)] | None = None
    off_from: date | None = None
    answered_in: Text | None = None


class SheetsRow(Mirror):
    """[sheets] of cycles.toml."""

    months: list[Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]]
    last_day: DayOfMonth


class NumbersRow(Mirror):
    """[numbers] of cycles.toml."""

    plan_working_days: Annotated[int, Field(gt=0)]
    opening_working_days: Annotated[int, Field(gt=0)]
    urgent_working_days: Annotated[int, Field(ge=0)]
    due_soon_working_days: Annotated[int, Field(ge=0)]
    review_working_days: Annotated[int, Field(gt=0)]
    correction_working_days: Annotated[int, Field(gt=0)]
    updated_late_working_days: Annotated[int, Field(ge=0)]
    chronic_overdue: Annotated[int, Field(gt=0)]
    repeat_working_days: Annotated[int, Field(gt=0)] = 10
    longest_pause_days: Annotated[int, Field(gt=0, le=366)] = 92
    longest_own_pause_days: Annotated[int, Field(gt=0, le=366)] = 31
    doubted_days_back: Annotated[int, Field(ge=0, le=3660)] = 366
    doubted_times: Annotated[int, Field(gt=1)] = 10
    briefings: list[date] = Field(default_factory=list)


class StepRow(Mirror):
    """One step of a ladder."""

    code: Text
    rule: AStepRule = StepRule.OFFSET
    days: int | None = None
    to: Annotated[list[ARole], Field(min_length=1)]
    min_streak: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    template: Template
    rhythm: ARhythm = Rhythm.DAILY


class LadderRow(Mirror):
    """[[ladder]] of ladders.toml; several kinds or levels make several ladders."""

    key: Text
    kinds: Annotated[list[AKind], Field(min_length=1)]
    levels: list[Text] = Field(default_factory=list)
    desks: Annotated[int, Field(ge=0)] = 0
    leg: Literal["lead", "correction", "review", "request"] = "lead"
    focal: bool = False
    wording: AWording | None = None
    steps: Annotated[list[StepRow], Field(min_length=1)]


class RegulationRow(Mirror):
    """[[regulation]] of regulations.toml."""

    item: Text
    basis: Text
    trigger: Text
    valid_from: date
    valid_to: date | None = None
    days: Annotated[int, Field(ge=0)] = 0
    count: Literal["calendar", "working", "first_january"] = "calendar"
    posting_days: Annotated[int, Field(ge=0)] = 0
    recorders: list[Literal["lead", "guide", "district", "focal"]] = Field(default_factory=list)
    ours: bool = False
