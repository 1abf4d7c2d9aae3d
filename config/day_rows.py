"""How a plan file writes a deadline: the mirrors of its inline tables, and the value each says (ADR 0033)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from config.mirror import Mirror, Text
from obligations.errors import Invalid
from obligations.model import Wording
from obligations.period import Period
from obligations.terms import At, Before, By, Part, Term, Unit, Within
from obligations.terms_again import Continuous, Each, Every, Window
from obligations.terms_open import AfterEvent, AfterSigning, AsRegulated, Directed, Goal, Step, Steps

YEAR_DIGITS = 4
EDGE = "phải là một ngày, viết như 2026-04-30, hoặc một kỳ: 2026-05, 2026-Q2, 2026-H1, 2026"
Count = Annotated[int, Field(ge=1, le=3660)]
AnEvery = Annotated[Every, Field(strict=False)]


def _edge(value: object) -> object:
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


AnEdge = Annotated[Any, AfterValidator(_edge)]
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
    in_: Annotated[Text | None, Field(alias="in")] = None
    running: bool = False
    by_rule: bool = False
    arrives: bool = False
    recipient: str = ""
    as_regulated: Literal[True] | None = None
    basis: str = ""
    as_directed: Text | None = None
    goal: TermRow | None = None
    steps: list[StepRow] | None = None

    def said(self) -> dict[str, Any]:
        """Return the fields that are written, by the names they are written under."""
        return {name.rstrip("_"): getattr(self, name) for name in sorted(self.model_fields_set)}


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
    "each": frozenset({"before", "by", "month", "in", "running", "by_rule", "from", "to"}),
    "continuous": frozenset({"report", "from", "to"}),
    "after": frozenset({"event", "days", "weeks", "months", "working"}),
    "as_regulated": frozenset({"basis"}),
    "as_directed": frozenset(),
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
        field = next(iter(sorted(said.keys() - BESIDE_ANY)), "")
        raise Invalid(f"{field}: chưa rõ thời hạn, cần một trong {', '.join(TOGETHER)}")
    for name in sorted(said.keys() - {head} - TOGETHER[head] - BESIDE_ANY):
        raise Invalid(f"{name}: không dùng cùng '{head}'")
    return _BUILT[head](said)


def _given(said: Mapping[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401 - checked here
    """Return a field of a kind; raises Invalid where it is missing or another."""
    value = said.get(name)
    if not isinstance(value, kind):
        words = {date: "phải là một ngày", Period: "phải là một kỳ", int: "phải là số ngày"}
        raise Invalid(f"{name}: {'thiếu trường này' if value is None else words.get(kind, EDGE)}")
    return value


def _steps(said: Mapping[str, Any]) -> Term:
    found = []
    for number, row in enumerate(said["steps"], start=1):
        try:
            term = term_of(row)
        except Invalid as error:
            raise Invalid(f"steps.{number}.{error}") from error
        found.append(Step(term=term, product=row.product, holder=row.holder, leads=tuple(row.leads)))
    return Steps(steps=tuple(found))


def _goal(said: Mapping[str, Any]) -> Term:
    try:
        term = term_of(said["goal"])
    except Invalid as error:
        raise Invalid(f"goal.{error}") from error
    return Goal(term=term)


def _each(said: Mapping[str, Any]) -> Term:
    if {"before", "by"} <= said.keys():
        raise Invalid("by: không dùng cùng 'before'")
    name = "before" if "before" in said else "by"
    number = _given(said, name, int) if name in said else None
    _check_edges(said)
    return Each(
        every=said["each"],
        number=number,
        month=said.get("month"),
        counts=name == "by",
        part=said.get("in", ""),
        running=said.get("running", False),
        by_rule=said.get("by_rule", False),
        since=said.get("from"),
        until=said.get("to"),
    )


def _check_edges(said: Mapping[str, Any]) -> None:
    for name in ("from", "to"):
        if isinstance(said.get(name), int):
            raise Invalid(f"{name}: {EDGE}")


def _continuous(said: Mapping[str, Any]) -> Term:
    _check_edges(said)
    return Continuous(report=said.get("report"), since=said.get("from"), until=said.get("to"))


COUNTS = {"days": Unit.DAY, "weeks": Unit.WEEK, "months": Unit.MONTH}


def _after(said: Mapping[str, Any]) -> Term:
    counts = [name for name in COUNTS if name in said]
    if len(counts) > 1:
        raise Invalid(f"{counts[1]}: không dùng cùng '{counts[0]}'")
    unit = COUNTS[counts[0]] if counts else Unit.DAY
    if said.get("working"):
        if counts != ["days"]:
            raise Invalid("working: chỉ dùng cùng 'days'")
        unit = Unit.WORKING
    number = said[counts[0]] if counts else None
    if said["after"] == "event":
        return AfterEvent(event=_given(said, "event", str), number=number, unit=unit)
    if "event" in said:
        raise Invalid('event: không dùng cùng after = "signing"')
    return AfterSigning(number=_given({"days": number}, "days", int), unit=unit)


def _window(said: Mapping[str, Any]) -> Term:
    _check_edges(said)
    if said.get("to") is None:
        raise Invalid("to: thiếu trường này")
    return Window(since=said["from"], until=said["to"])


def _before(said: Mapping[str, Any]) -> Term:
    if isinstance(said["before"], int):
        raise Invalid(f"before: {EDGE}")
    return Before(at=said["before"], arrives=said.get("arrives", False), recipient=said.get("recipient", ""))


def _by(said: Mapping[str, Any]) -> Term:
    on = _given(said, "by", date)
    return By(on=on, arrives=said.get("arrives", False), recipient=said.get("recipient", ""))


_BUILT = {
    "steps": _steps,
    "goal": _goal,
    "each": _each,
    "continuous": _continuous,
    "after": _after,
    "as_regulated": lambda said: AsRegulated(basis=said.get("basis", "")),
    "as_directed": lambda said: Directed(said=said["as_directed"]),
    "within": lambda said: Within(period=_given(said, "within", Period)),
    "at": lambda said: At(part=said["at"], of=_given(said, "of", Period)),
    "from": _window,
    "before": _before,
    "by": _by,
}
