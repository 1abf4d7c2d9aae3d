"""A quarter's products by agency and by officer, and how what is said of an agency comes to be published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection

from config.grading import load_rules, rule_of
from obligations.errors import Invalid, Refused
from obligations.figures import Figures
from obligations.grading import (
    CONTESTABLE,
    GradeState,
    Products,
    ProgressRule,
    check_contest,
    check_publish,
)
from obligations.model import Agency
from obligations.period import Period
from obligations.reckoning import NOTHING, Reckoning, Share, reckoned
from obligations.words import alphabetical
from store.engine import reading, writing
from store.plans import lock
from store.rows import Grade
from tasks_lib.grading.sql import grades as stored
from tasks_lib.grading.sql.grades import Product
from tasks_lib.grading.telling import tell
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.looking_back import reading_on

MATTERS = (Share.IN_TIME, Share.LATE, Share.OVERDUE)
"""What counts as assigned and fallen due, held against somebody."""


@dataclass(frozen=True, kw_only=True)
class OfOfficer:
    """The products of one officer, as their unit's reports name them."""

    name: str
    """"" where the reports name nobody, or there is none."""
    products: Products


@dataclass(frozen=True, kw_only=True)
class OfAgency:
    """The products of one agency in a quarter, and what is kept of it."""

    agency: Agency
    products: Products
    officers: tuple[OfOfficer, ...]
    listed: tuple[Product, ...]
    grade: Grade | None

    @property
    def asked_more(self) -> int:
        """How many of its products were sent back to be completed."""
        return sum(1 for product in self.listed if product.asked_more)


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """A quarter as it stands on a day."""

    quarter: Period
    as_of: date
    rule: ProgressRule
    agencies: tuple[OfAgency, ...]

    @property
    def in_force(self) -> bool:
        """Whether the rule was in force in the quarter; else it is tried out."""
        return self.rule.holds_on(self.quarter.last_day)

    @property
    def closed(self) -> bool:
        """Whether the quarter is over; else the numbers still move."""
        return self.as_of > self.quarter.last_day


def quarter_of(written: str) -> Period:
    """Read a quarter as it is typed: 2022-Q3."""
    try:
        period = Period(written)
    except Invalid:
        period = None
    if period is None or not period.is_quarter:
        raise Invalid(f"--quarter: viết năm-quý, ví dụ 2022-Q3; đã nhập '{written}'")
    return period


def grade_quarter(house: House, quarter: Period, as_of: datetime, agencies: Sequence[str] = ()) -> Quarter:
    """Reckon a quarter's products by agency and officer; bodies that are only invited are not in it."""
    on = local_day(as_of)
    rule = rule_of(load_rules(house.configuration.directory), quarter.last_day)
    with reading_on(house, on) as connection:
        counted = stored.by_agency(connection, house.plan.key, on, quarter, agencies)
        listed: dict[str, list[Product]] = defaultdict(list)
        for product in stored.products(connection, house.plan.key, on, quarter, agencies):
            if product.share is not Share.NOT_OWED:
                listed[product.agency_id].append(product)
        kept = stored.grades_of(connection, house.plan.key, quarter)
    wanted = agencies or [key for key, reckoned in counted.items() if reckoned != NOTHING]
    known = [house.agency(key) for key in wanted]
    found = [
        OfAgency(
            agency=agency,
            products=Products(reckoned=counted.get(agency.id, NOTHING)),
            officers=_by_officer(listed[agency.id]),
            listed=tuple(listed[agency.id]),
            grade=kept.get(agency.id),
        )
        for agency in sorted(known, key=lambda a: (-a.level.rank, alphabetical(a.name)))
        if not agency.invited
    ]
    return Quarter(quarter=quarter, as_of=on, rule=rule, agencies=tuple(found))


def _by_officer(listed: Iterable[Product]) -> tuple[OfOfficer, ...]:
    counts: dict[str, Counter[Share]] = defaultdict(Counter)
    for product in listed:
        if product.share in MATTERS or product.share is Share.EXCUSED:
            counts[product.officer or ""][product.share] += 1
    ordered = sorted(counts, key=lambda name: (not name, alphabetical(name)))
    return tuple(OfOfficer(name=name, products=Products(reckoned=reckoned(counts[name]))) for name in ordered)


def content_of(found: OfAgency, rule: ProgressRule) -> Figures:
    """Return the numbers of an agency as they are kept, and as scripts read them."""
    products = found.products
    columns: dict[str, int] = {f.name: getattr(products.reckoned, f.name) for f in fields(Reckoning)}
    return {
        "assigned": products.assigned,
        "completed": products.completed,
        "progress_points": products.progress_points(rule),
        "asked_more": found.asked_more,
        **columns,
    }


def draft(house: House, quarter: Period, by: str, as_of: datetime, agencies: Sequence[str] = ()) -> list[str]:
    """Put a quarter before its agencies to be contested, each told by mail. Returns whose it is.

    What is published stays, and so does a draft that says the same: nobody is told twice, no time runs anew.
    """
    return _drafted(house, quarter, by, as_of, agencies)


def reply(house: House, agency: str, quarter: Period, by: str, as_of: datetime, said: str) -> Grade:
    """Answer what a unit has contested: its products are reckoned anew and put before it again."""
    if not said.strip():
        raise Invalid("--reason: nêu nội dung trả lời đơn vị")
    _drafted(house, quarter, by, as_of, (agency,), said.strip())
    with reading(house.engine) as connection:
        return _kept(connection, house, agency, quarter)


def _drafted(
    house: House, quarter: Period, by: str, as_of: datetime, agencies: Sequence[str], said: str | None = None
) -> list[str]:
    _check_collator(house, by)
    found = grade_quarter(house, quarter, as_of, agencies)
    if not found.closed:
        raise Refused(f"quý chưa kết thúc: lập dự thảo được từ ngày sau {quarter.last_day:%d/%m/%Y}")
    until = house.calendar.add(found.as_of, found.rule.contest_working_days)
    drafted = []
    with writing(house.engine) as connection:
        lock(connection, house.plan.key)
        for one in found.agencies:
            before = stored.grade_of(connection, house.plan.key, one.agency.id, quarter)
            content = content_of(one, found.rule)
            if said is not None:
                _check_contested(house, one.agency.id, before)
            elif before is not None and _stays(before, content):
                continue
            values = stored.Drafted(
                plan=house.plan.key,
                agency=one.agency.id,
                quarter=quarter,
                rule=found.rule.key,
                content=content,
                as_of=found.as_of,
                contest_until=until,
                at=as_of,
                by=by,
                reply=said,
            )
            stored.draft(connection, values, before)
            if tell(connection, house, values):
                stored.write_told(connection, values)
            drafted.append(one.agency.id)
    return drafted


def _stays(before: Grade, content: Figures) -> bool:
    """Whether what was drafted is published, or says the same and nobody contests it."""
    same = before.state in CONTESTABLE and before.content == content
    return same or before.state is GradeState.PUBLISHED


def _check_contested(house: House, agency: str, before: Grade | None) -> None:
    if before is None or before.state is not GradeState.CONTESTED:
        raise Refused(f"{house.agency(agency).name}: không có đề nghị xem lại nào chờ trả lời")


def contest(
    house: House, agency: str, quarter: Period, by: str, as_of: datetime, reason: str, seen: str = ""
) -> Grade:
    """Say, as the agency itself, that the draft is not right, and why; `seen` marks the draft it has read."""
    if not reason.strip():
        raise Invalid("--reason: nêu nội dung đề nghị xem lại")
    word = _Word(state=GradeState.CONTESTED, said=reason.strip(), seen=seen)
    return _answer(house, agency, quarter, by, as_of, word)


def accept(house: House, agency: str, quarter: Period, by: str, as_of: datetime, seen: str = "") -> Grade:
    """Say, as the agency itself, that the draft is right."""
    return _answer(house, agency, quarter, by, as_of, _Word(state=GradeState.ACCEPTED, seen=seen))


def mark_of(grade: Grade) -> str:
    """Return by what a draft is told from the one before."""
    return grade.drafted_at.isoformat()


def publish(
    house: House, quarter: Period, by: str, as_of: datetime, agencies: Sequence[str] = ()
) -> list[str]:
    """Publish what agencies have accepted, or let pass; named ones all or none, else all that may be."""
    _check_collator(house, by)
    on = local_day(as_of)
    done = []
    with writing(house.engine) as connection:
        kept = stored.grades_of(connection, house.plan.key, quarter)
        for agency in agencies or sorted(kept):
            row = _kept(connection, house, agency, quarter)
            try:
                check_publish(row.state, row.contest_until, on)
            except Refused as fault:
                if agencies:
                    raise Refused(f"{house.agency(agency).name}: {fault}") from None
                continue
            stored.publish(connection, row, by, as_of)
            done.append(agency)
    return done


@dataclass(frozen=True, kw_only=True)
class _Word:
    """What a unit says of its draft."""

    state: GradeState
    said: str = ""
    seen: str = ""
    """The mark of the draft it has read, where that is known."""


def _answer(house: House, agency: str, quarter: Period, by: str, as_of: datetime, word: _Word) -> Grade:
    if by != agency:
        raise Refused(f"{house.agency(by).name} không được cho ý kiến thay {house.agency(agency).name}")
    with writing(house.engine) as connection:
        row = _kept(connection, house, agency, quarter)
        if word.seen and word.seen != mark_of(row):
            raise Refused("dự thảo đã được lập lại; đề nghị xem bản mới rồi cho ý kiến")
        check_contest(row.state, row.contest_until, local_day(as_of))
        stored.answer(connection, row, word.state, by, as_of, word.said)
        return _kept(connection, house, agency, quarter)


def _kept(connection: Connection, house: House, agency: str, quarter: Period) -> Grade:
    row = stored.grade_of(connection, house.plan.key, agency, quarter)
    if row is None:
        raise Refused(f"{house.agency(agency).name}: chưa lập dự thảo mức độ hoàn thành {quarter}")
    return row


def _check_collator(house: House, by: str) -> None:
    if by != house.plan.focal:
        who, whose = house.agency(by).name, house.agency(house.plan.focal).name
        raise Refused(f"chỉ {whose} lập, công bố mức độ hoàn thành; {who} thì không")
