"""How a plan file writes a deadline: the mirrors of its inline tables, and the value each says (ADR 0033)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from config.mirror import Mirror, Text
from obligations.errors import Invalid
from obligations.model import Wording
from obligations.period import Period
from obligations.terms import Before, By, Term, Unit, Within
from obligations.terms_again import Continuous, Each, Every, Window
from obligations.terms_edges import Edge
from obligations.terms_open import AfterEvent, AfterSigning, AsAbove, AsRegulated, Directed, Goal, Step, Steps
from obligations.terms_parts import At, Part

T = TypeVar("T")
COUNTS = {"days": Unit.DAY, "weeks": Unit.WEEK, "months": Unit.MONTH}
YEAR_DIGITS = 4
EDGE = "phải là một ngày, viết như 2026-04-30, hoặc một kỳ: 2026-05, 2026-Q2, 2026-H1, 2026"
Count = Annotated[int, Field(ge=1, le=3660)]
AnEvery = Annotated[Every, Field(strict=False)]


def _edge(value: object) -> date | Period | int:
    """Read a stretch written "2026-Q2", "2026-05", "2026-H1" or "2026"; a day and a number stay."""
    if isinstance(value, str):
        try:
            period = Period(f"{value}-Y" if len(value) == YEAR_DIGITS else value)
        except Invalid:
            period = Period("once")
        if period.months:
            return period
    elif isinstance(value, date) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise PydanticCustomError("edge", EDGE)


AnEdge = Annotated[date | Period | int | None, PlainValidator(_edge)]
"""A day, a stretch of the calendar, or the number of a day in what comes again."""


class TermRow(Mirror):
    """A value of the language of days; which fields go together is said in `TOGETHER`."""

    before: AnEdge = None
    by: AnEdge = None
    within: AnEdge = None
    at: Annotated[Part | None, Field(strict=False)] = None
    of: AnEdge = None
    from_: Annotated[AnEdge, Field(alias="from")] = None
    to: AnEdge = None
    continuous: Literal[True] | None = None
    report: AnEvery | None = None
    after: Literal["signing", "event"] | None = None
    event: Text | None = None
    days: Count | None = None
    weeks: Count | None = None
    months: Count | None = None
    working: bool = False
    each: AnEvery | None = None
    month: Annotated[int, Field(ge=1, le=13)] | None = None
    levels: dict[str, Annotated[int, Field(ge=1, le=31)]] | None = None
    in_: Annotated[Text | None, Field(alias="in")] = None
    running: bool = False
    by_rule: bool = False
    arrives: bool = False
    recipient: str = ""
    as_regulated: Literal[True] | None = None
    basis: str = ""
    as_directed: Text | None = None
    as_above: Literal[True] | None = None
    goal: TermRow | None = None
    steps: list[StepRow] | None = None

    def said(self) -> frozenset[str]:
        """Return the names of the fields that are written, as they are written."""
        return frozenset(name.rstrip("_") for name in self.model_fields_set)


class StepRow(TermRow):
    """One milestone: a value, what comes of it, who holds it."""

    product: str = ""
    holder: str = ""
    leads: list[Text] = Field(default_factory=list)


class DeadlineRow(TermRow):
    """A deadline: one of the seven wordings, whose needs `config.checks` knows, or any value."""

    wording: Annotated[Wording | None, Field(strict=False)] = None
    day: date | None = None
    quarter: Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-Q[1-4]$")] | None = None
    inner_working_days: Annotated[int, Field(ge=0)] = 0


TOGETHER: dict[str, frozenset[str]] = {
    "steps": frozenset(),
    "goal": frozenset(),
    "each": frozenset({"before", "by", "month", "in", "running", "by_rule", "from", "to", "levels"}),
    "continuous": frozenset({"report", "from", "to"}),
    "after": frozenset({"event", "days", "weeks", "months", "working"}),
    "as_regulated": frozenset({"basis"}),
    "as_directed": frozenset(),
    "as_above": frozenset(),
    "within": frozenset(),
    "at": frozenset({"of"}),
    "from": frozenset({"to"}),
    "before": frozenset({"arrives", "recipient"}),
    "by": frozenset({"arrives", "recipient"}),
}
"""The field a value is known by, the first that is written, and those that may stand beside it."""
BESIDE_ANY = frozenset({"inner_working_days", "product", "holder", "leads"})


def term_of(row: TermRow) -> Term:
    """Return the value a row says; raises Invalid with the field first: "month: …"."""
    said = row.said()
    head = next((name for name in TOGETHER if name in said), None)
    if head is None:
        field = next(iter(sorted(said - BESIDE_ANY)), "")
        raise Invalid(f"{field}: chưa rõ thời hạn, cần một trong {', '.join(TOGETHER)}")
    for name in sorted(said - {head} - TOGETHER[head] - BESIDE_ANY):
        raise Invalid(f"{name}: không dùng cùng '{head}'")
    return _BUILT[head](row)


def _given(value: object, name: str, kind: type[T]) -> T:
    """Return a field's value of a kind; raises Invalid where it is missing or another."""
    if not isinstance(value, kind):
        words = {date: "phải là một ngày", Period: "phải là một kỳ", int: "phải là số ngày"}
        raise Invalid(f"{name}: {'thiếu trường này' if value is None else words.get(kind, EDGE)}")
    return value


def _begins_or_ends(value: date | Period | int | None, name: str) -> Edge | None:
    if isinstance(value, int):
        raise Invalid(f"{name}: {EDGE}")
    return value


def _steps(row: TermRow) -> Term:
    found = []
    for number, step in enumerate(row.steps or (), start=1):
        try:
            term = term_of(step)
        except Invalid as error:
            raise Invalid(f"steps.{number}.{error}") from error
        found.append(Step(term=term, product=step.product, holder=step.holder, leads=tuple(step.leads)))
    return Steps(steps=tuple(found))


def _goal(row: TermRow) -> Term:
    try:
        return Goal(term=term_of(_given(row.goal, "goal", TermRow)))
    except Invalid as error:
        raise Invalid(f"{'' if str(error).startswith('goal:') else 'goal.'}{error}") from error


def _each(row: TermRow) -> Term:
    if row.before is not None and row.by is not None:
        raise Invalid("by: không dùng cùng 'before'")
    name = "by" if row.before is None else "before"
    written = row.by if row.before is None else row.before
    return Each(
        every=_given(row.each, "each", Every),
        number=None if written is None else _given(written, name, int),
        month=row.month,
        counts=row.before is None,
        part=row.in_ or "",
        running=row.running,
        by_rule=row.by_rule,
        since=_begins_or_ends(row.from_, "from"),
        until=_begins_or_ends(row.to, "to"),
        levels=tuple(sorted((row.levels or {}).items(), key=lambda pair: pair[1])),
    )


def _continuous(row: TermRow) -> Term:
    since, until = _begins_or_ends(row.from_, "from"), _begins_or_ends(row.to, "to")
    return Continuous(report=row.report, since=since, until=until)


def _after(row: TermRow) -> Term:
    counts = {"days": row.days, "weeks": row.weeks, "months": row.months}
    given = [name for name, number in counts.items() if number is not None]
    if len(given) > 1:
        raise Invalid(f"{given[1]}: không dùng cùng '{given[0]}'")
    unit = COUNTS[given[0]] if given else Unit.DAY
    if row.working:
        if given != ["days"]:
            raise Invalid("working: chỉ dùng cùng 'days'")
        unit = Unit.WORKING
    number = counts[given[0]] if given else None
    if row.after == "event":
        return AfterEvent(event=_given(row.event, "event", str), number=number, unit=unit)
    if row.event is not None:
        raise Invalid('event: không dùng cùng after = "signing"')
    return AfterSigning(number=_given(number, "days", int), unit=unit)


def _window(row: TermRow) -> Term:
    since, until = _begins_or_ends(row.from_, "from"), _begins_or_ends(row.to, "to")
    if since is None or until is None:
        raise Invalid("to: thiếu trường này")
    return Window(since=since, until=until)


def _before(row: TermRow) -> Term:
    if row.before is None or isinstance(row.before, int):
        raise Invalid(f"before: {EDGE}")
    return Before(at=row.before, arrives=row.arrives, recipient=row.recipient)


def _by(row: TermRow) -> Term:
    return By(on=_given(row.by, "by", date), arrives=row.arrives, recipient=row.recipient)


def _at(row: TermRow) -> Term:
    return At(part=_given(row.at, "at", Part), of=_given(row.of, "of", Period))


_BUILT: dict[str, Callable[[TermRow], Term]] = {
    "steps": _steps,
    "goal": _goal,
    "each": _each,
    "continuous": _continuous,
    "after": _after,
    "as_regulated": lambda row: AsRegulated(basis=row.basis),
    "as_directed": lambda row: Directed(said=row.as_directed or ""),
    "as_above": lambda _row: AsAbove(),
    "within": lambda row: Within(period=_given(row.within, "within", Period)),
    "at": _at,
    "from": _window,
    "before": _before,
    "by": _by,
}
