"""A unit's slip of a quarter as it reads it, and what units have said of theirs as the collator reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config.grading import load_rules, rule_of
from obligations.grading import CONTESTABLE, GradeState
from obligations.model import Agency
from obligations.period import Period
from store.engine import reading
from store.rows import Grade
from tasks_lib.grading.grades import content_of, grade_quarter
from tasks_lib.grading.sql import grades as stored
from tasks_lib.grading.sql.grades import Product
from tasks_lib.grading.words import STATED, rule_words, sum_words
from tasks_lib.kernel.bootstrap import House


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is said of a unit in a quarter, with what it is made of."""

    quarter: Period
    name: str
    grade: Grade
    products: tuple[Product, ...]
    now: str
    """The numbers as they are today, where they are others than the draft's; else nothing."""
    rule: str

    @property
    def numbers(self) -> str:
        """The draft's numbers, as a sentence."""
        return sum_words(self.grade.content)

    def is_open(self, on: date) -> bool:
        """Whether the unit still has its word."""
        return takes_word(self.grade, on)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an agency has said of its draft."""

    agency: Agency
    grade: Grade

    @property
    def is_contested(self) -> bool:
        """Whether it waits for an answer."""
        return self.grade.state is GradeState.CONTESTED

    @property
    def numbers(self) -> str:
        """The draft's numbers, as a sentence."""
        return sum_words(self.grade.content)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A slip that waits for its unit's word."""

    name: str
    until: date


def takes_word(grade: Grade, on: date) -> bool:
    """Whether a unit may still say something of a draft."""
    return grade.state in CONTESTABLE and on <= grade.contest_until


def slip_of(house: House, agency: str, as_of: datetime, quarter: str = "") -> Slip | None:
    """Return a unit's slip: of the quarter asked for, else the newest; None where none has been drafted."""
    with reading(house.engine) as connection:
        kept = stored.slips_of(connection, house.plan.key, agency)
    grade = next((row for row in kept if not quarter or str(row.quarter) == quarter), None)
    if grade is None:
        return None
    found = grade_quarter(house, grade.quarter, as_of, (agency,))
    (one,) = found.agencies
    now = content_of(one, found.rule)
    same = all(grade.content.get(name) == now[name] for name in STATED)
    return Slip(
        quarter=grade.quarter,
        name=house.plan.period_name(grade.quarter),
        grade=grade,
        products=one.listed,
        now="" if same else sum_words(now),
        rule=rule_words(found.rule, in_force=found.in_force),
    )


def slip_waiting(house: House, agency: str, on: date) -> Waiting | None:
    """Return the draft that waits for a unit's word; None where none does."""
    with reading(house.engine) as connection:
        kept = stored.slips_of(connection, house.plan.key, agency)
    waits = (row for row in kept if row.state is GradeState.DRAFT and takes_word(row, on))
    row = next(waits, None)
    if row is None:
        return None
    return Waiting(name=house.plan.period_name(row.quarter), until=row.contest_until)


def contest_days(house: House, on: date) -> int:
    """Return how many working days a unit has for its word."""
    return rule_of(load_rules(house.configuration.directory), on).contest_working_days


def drafted_quarters(house: House) -> list[tuple[str, str]]:
    """Return the quarters that have been put before units, the newest first, with what they are called."""
    with reading(house.engine) as connection:
        found = stored.quarters_drafted(connection, house.plan.key)
    return [(str(quarter), house.plan.period_name(quarter)) for quarter in found]


def words_said(house: House, quarter: Period) -> list[Said]:
    """Return what each agency has said of its draft of a quarter, those that contest it first."""
    with reading(house.engine) as connection:
        kept: Mapping[str, Grade] = stored.grades_of(connection, house.plan.key, quarter)
    said = [Said(agency=house.agency(key), grade=row) for key, row in kept.items()]
    order = {agency: place for place, agency in enumerate(house.configuration.agencies)}
    return sorted(said, key=lambda one: (not one.is_contested, order.get(one.agency.id, len(order))))
