"""Documents that set days which the plan does not: entered, shown, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from obligations.days_of_ours import OUR_KINDS, Paper, rule_of
from obligations.errors import Invalid, Refused
from obligations.model import Kind
from obligations.words import day
from store.engine import reading
from store.plans import lock
from store.rows import DayDocument
from tasks_lib.duties.change import actor, changing
from tasks_lib.duties.sql import day_documents as stored
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import name_of

_RULE_WORDS = {
    str(Kind.PLAN): "kế hoạch triển khai của đơn vị",
    str(Kind.SHEET): "phiếu xem xét hằng tháng",
    str(Kind.REPORT): "báo cáo kỳ của {below}",
}


@dataclass(frozen=True, kw_only=True)
class Given:
    """A document as it is entered; of a district it is for its communes, of the top body for everybody."""

    rule: str
    number: str
    signed_on: date
    issuer: str
    place: str
    tier: str | None = None


def enter(house: House, given: Given, by: str, as_of: datetime) -> int:
    """Enter a document; what it makes late by the plan can stand on the list from now on."""
    on = local_day(as_of)
    place = _place(house, given, by)
    _check(house, given, on)
    with changing(house, as_of) as connection:
        lock(connection, house.plan.key)
        number = stored.write_document(
            connection,
            house.plan.key,
            Paper(
                rule=given.rule,
                place=place,
                everywhere=place == house.plan.top,
                tier=given.tier,
                number=given.number.strip(),
                signed_on=given.signed_on,
                issuer=given.issuer.strip(),
            ),
            by,
            as_of,
        )
        stored.settle_list(connection, house.plan.key, on)
    return number


def withdraw(house: House, number: int, reason: str, by: str, as_of: datetime) -> None:
    """Take back a document that was entered by mistake; its days are proposed again, and off the list."""
    if not reason.strip():
        raise Invalid("--reason: nêu lý do rút văn bản")
    actor(house, by)
    with changing(house, as_of) as connection:
        lock(connection, house.plan.key)
        rows = {row.id: row for row in stored.documents_of(connection, house.plan.key)}
        if number not in rows:
            raise Invalid(f"không có văn bản số thứ tự {number}; xem 'dondoc day-document list'")
        if rows[number].withdrawn is not None:
            raise Refused(f"văn bản số thứ tự {number}: đã rút ({rows[number].withdrawn})")
        if by not in (house.plan.focal, rows[number].place_id):
            raise Refused(f"văn bản số thứ tự {number}: {house.agency(by).name} không được rút")
        stored.withdraw_document(connection, rows[number], reason.strip(), by, as_of)
        stored.settle_list(connection, house.plan.key, local_day(as_of))


def documents(house: House) -> list[dict[str, object]]:
    """Return the documents as scripts and the terminal show them."""
    with reading(house.engine) as connection:
        return [_as_json(house, row) for row in stored.documents_of(connection, house.plan.key)]


def rule_words(house: House, rule: str) -> str:
    """Say whose days a document of this rule sets."""
    below = ", ".join(level.name for level in house.plan.levels.below_desks)
    return _RULE_WORDS.get(rule, f"nhiệm vụ {rule}").format(below=below)


def rules(house: House) -> tuple[str, ...]:
    """Return whose days a document can set: what the plan gives no day, or only those above one."""
    inner = [i.key for i in house.plan.items if i.deadline.inner_working_days]
    by_our_rule = sorted({rule.item for rule in house.plan.regulations if rule.ours})
    beyond = [rule_of(Kind.TASK, i.key) for i in house.plan.duties]
    return (*map(str, OUR_KINDS), str(Kind.REPORT), *by_our_rule, *inner, *beyond)


def _place(house: House, given: Given, by: str) -> str:
    who = actor(house, by)
    place = given.place or (who.id if who.heads else house.plan.top)
    if place not in house.configuration.agencies:
        raise Invalid(f"--place: không có cơ quan '{place}'")
    if place != house.plan.top and not house.agency(place).heads:
        heads = (f"một cơ quan {level.name}" for level in house.levels if level.heads)
        everybody = f"{house.plan.top} ({house.plan.levels.top.whole})"
        raise Invalid(f"--place: nêu {' hoặc '.join((everybody, *heads))}")
    if by not in (house.plan.focal, place):
        whose = house.agency(place).name
        raise Refused(f"{who.name} không được ghi văn bản ấn định thời hạn cho {whose}")
    return place


def _check(house: House, given: Given, on: date) -> None:
    levels = house.plan.levels.keys
    if given.tier is not None and given.tier not in levels:
        raise Invalid(f"--tier: không có cấp '{given.tier}', chỉ có {', '.join(levels)}")
    if given.rule not in rules(house):
        raise Invalid(f"'{given.rule}': Kế hoạch đã ấn định, hoặc không có; chọn {', '.join(rules(house))}")
    if not given.number.strip() or not given.issuer.strip():
        raise Invalid("--number, --issuer: nêu số, ký hiệu và cơ quan ban hành văn bản")
    if given.signed_on > on:
        raise Invalid(f"--on: ngày văn bản {day(given.signed_on)} chưa đến")


def _as_json(house: House, row: DayDocument) -> dict[str, object]:
    return {
        "day_document": row.id,
        "rule": row.rule,
        "place": row.place_id,
        "name": house.plan.levels.top.whole if row.everywhere else name_of(house, row.place_id),
        "tier": row.tier,
        "number": row.number,
        "signed_on": row.signed_on.isoformat(),
        "issuer": row.issuer,
        "withdrawn": row.withdrawn,
    }
