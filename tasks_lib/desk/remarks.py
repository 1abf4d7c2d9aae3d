"""What is said about an obligation without moving it: a telephone call, a guide's remark."""

from __future__ import annotations

from datetime import datetime

from obligations.chain import may_review
from obligations.deeds import CALL, REMARK
from obligations.errors import Invalid, Refused
from obligations.obligation import Obligation
from obligations.seats import guides
from store.ledger import Entry, find, write_history
from tasks_lib.duties.change import Change, actor, as_changed, changing
from tasks_lib.kernel.bootstrap import House


def record_call(house: House, key: str, by: str, as_of: datetime, note: str, person: str = "") -> Change:
    """Log a call with the unit ("Đã trao đổi điện thoại"); its desk or the collator may."""
    entry = Entry(at=as_of, by=by, what=CALL, why=note.strip(), person=person or None)
    return _note(house, key, entry, "ghi nội dung đã trao đổi điện thoại")


def remark(house: House, key: str, by: str, as_of: datetime, text: str, person: str = "") -> Change:
    """Write down what a guide of the item (hướng dẫn, theo dõi) thinks of it."""
    entry = Entry(at=as_of, by=by, what=REMARK, why=text.strip(), person=person or None)
    return _note(house, key, entry, "ghi ý kiến của cơ quan hướng dẫn, theo dõi")


def _note(house: House, key: str, entry: Entry, wanted: str) -> Change:
    if not entry.why:
        raise Invalid(f"{key}: {wanted}")
    with changing(house, entry.at) as connection:
        actor(house, entry.by)
        row = find(connection, house.plan.key, key)
        _check_side(house, row, entry)
        written = write_history(connection, row.id, entry, row.work_state, row.work_state)
        return as_changed(connection, house, key, written)


def _check_side(house: House, row: Obligation, entry: Entry) -> None:
    if entry.what == CALL:
        agency = house.agency(row.agency_id)
        if not may_review(entry.by, agency, house.plan) and entry.by != house.plan.focal:
            who = house.agency(entry.by).name
            raise Refused(f"{row.key}: {who} không phải cơ quan xem xét của {agency.name}")
        return
    item = house.plan.item(row.item) if row.item else None
    guide, agency = house.agency(entry.by), house.agency(row.agency_id)
    if item is None or not guides(guide, agency, item, house.roster):
        raise Refused(f"{row.key}: {guide.name} không phải cơ quan hướng dẫn, theo dõi nhiệm vụ này")
