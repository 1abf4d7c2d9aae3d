"""What a deadline said as a value has to fit: the plan's life, its cycles, what can be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from config.day_rules import inline, rule_of
from config.errors import FaultLog
from config.reading import UNREAD
from obligations.calendar import WorkingCalendar, YearDays
from obligations.levels import Levels
from obligations.model import Cycle, Deadline, Item, Regulation
from obligations.period import DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR
from obligations.terms import Life, Term, Unit, capital
from obligations.terms_again import EVERY_WORDS, MONTHS, Continuous, Each, Every
from obligations.terms_open import UNDATED, AfterEvent, AfterSigning, Goal, Step, Steps

STATED_IN_THE_PLAN = "thời hạn ghi trong Kế hoạch"
PLAIN = WorkingCalendar(lambda _: YearDays(frozenset(), frozenset()))
"""Enough to see whether a day lies in a plan's life; what counts working days is not looked at here."""


def term_faults(term: Term, life: tuple[date, date]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a value in a plan's life, each with its field."""
    if UNREAD in life or _unread(term):
        return
    for number, step in enumerate(term.steps if isinstance(term, Steps) else (), start=1):
        field = f"deadline.steps.{number}"
        inner = step.term
        if isinstance(inner, (*UNDATED, Continuous)) or inner.ladder == "every_quarter":
            yield field, _item_of_its_own(step)
        else:
            yield from ((field, why) for why in _outside(inner, life))
    if isinstance(term, Steps):
        again = [step.term.every for step in term.steps if isinstance(step.term, Each)]
        if len(again) != len(set(again)):
            yield "deadline.steps", "hai mốc định kỳ có cùng kỳ"
    elif not isinstance(term, (*UNDATED, Continuous)) and term.ladder != "every_quarter":
        yield from (("deadline", why) for why in _outside(term, life))


def _item_of_its_own(step: Step) -> str:
    """Say what to write for a milestone without a day of itself: an event opens items, and no part of one."""
    title = f', title = "{capital(step.product)}"' if step.product else ""
    leads = f", leads = {inline(list(step.leads))}" if step.leads else ""
    return (
        f"mốc cần có ngày, '{step.term.printed}' không có; các mốc khác để lại đây, mốc này ghi thành một"
        f" [[item]] riêng: deadline = {inline(rule_of(step.term))}{title}{leads}"
    )


def _outside(term: Term, life: tuple[date, date]) -> Iterator[str]:
    """Say which of its days lies outside a plan's life; what is counted from the signing never does."""
    inner = term.term if isinstance(term, Goal) else term
    if isinstance(inner, AfterSigning):
        return
    signed, until = life
    turns = term.turns(Life(first=signed, last=until, calendar=PLAIN))
    if not turns:
        yield f"không có kỳ nào trong thời gian của kế hoạch ({signed:%d/%m/%Y}-{until:%d/%m/%Y})"
    for turn in turns if not isinstance(inner, Each) else ():
        if not signed <= turn.last <= until:
            yield (
                f"{turn.last:%d/%m/%Y} nằm ngoài thời gian của kế hoạch ({signed:%d/%m/%Y}-{until:%d/%m/%Y})"
            )


def _unread(value: object) -> bool:
    """Whether a date of a value could not be read, which has been told."""
    if isinstance(value, tuple):
        return any(map(_unread, value))
    slots = getattr(value, "__slots__", ())
    return value == UNREAD or any(_unread(getattr(value, name)) for name in slots if hasattr(value, name))


def step_leads(term: Term) -> Iterator[tuple[str, ...]]:
    """Yield the bodies that milestones name for themselves."""
    if isinstance(term, Steps):
        yield from (step.leads for step in term.steps)


def level_faults(deadline: Deadline, known: Levels) -> Iterator[str]:
    """Yield what is wrong with days of levels: no such level, or working days that would count them again."""
    terms = [step.term for step in deadline.steps] or [deadline.stated()]
    bare = [term.term if isinstance(term, Goal) else term for term in terms]
    if any(isinstance(term, Each) and term.levels for term in bare if term is not deadline.term):
        yield "chỉ dùng cho thời hạn định kỳ của cả nhiệm vụ"
    named = dict.fromkeys(level for term in bare if isinstance(term, Each) for level, _ in term.levels)
    if named and deadline.inner_working_days:
        yield "không dùng cùng 'inner_working_days'"
    # Where the levels could not be read, nothing can be said of a word.
    yield from (f"không có cấp '{level}'" for level in named if len(known) and level not in known.keys)


def check_told(file: str, items: Iterable[Item], cycles: Iterable[Cycle], log: FaultLog) -> None:
    """The plan has the cycles in which a continuous item is to be told."""
    known = {cycle.month for cycle in cycles}
    for item in items:
        term = item.deadline.term
        if not isinstance(term, Continuous) or term.report is None:
            continue
        length = MONTHS[term.report]
        if term.report is Every.WEEK or not set(range(length, MONTHS_OF_A_YEAR + 1, length)) <= known:
            why = f"kế hoạch không có kỳ báo cáo {EVERY_WORDS[term.report]}"
            log.add(file, f"nhiệm vụ {item.key}", "deadline.report", why)


def event_rules(item: Item, signed_on: date) -> Iterator[Regulation]:
    """Yield the rule by which an event opens an item that the plan itself counts from it."""
    term = item.deadline.term
    if isinstance(term, AfterEvent) and term.number is not None:
        days = term.number * DAYS_OF_A_WEEK if term.unit is Unit.WEEK else term.number
        count = {Unit.WORKING: "working", Unit.MONTH: "month"}.get(term.unit, "calendar")
        yield Regulation(
            item=item.key,
            basis=STATED_IN_THE_PLAN,
            trigger=capital(term.event),
            valid_from=signed_on,
            days=days,
            count=count,
            recorders=("lead", "district", "focal"),
        )
