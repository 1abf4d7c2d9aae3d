"""Inside a unit: văn thư passes a task to an officer, with a day of the unit's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from obligations.errors import Invalid, Refused
from obligations.model import Contact
from obligations.obligation import NamedObligation
from obligations.words import day as words
from store.journal import Happening, write
from tasks_lib.answering.drafts import registered
from tasks_lib.answering.sql.drafts import AssignmentRow, write_assignment
from tasks_lib.duties.change import changing, check_side, current
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import Issued, Purpose, Wanted, issue
from tasks_lib.kernel.wording import work_name
from tasks_lib.mailing.notes import Note, post


@dataclass(frozen=True, kw_only=True)
class Passing:
    """What is passed to whom."""

    keys: tuple[str, ...]
    by: str
    """The unit."""
    person: str
    as_of: datetime
    officer: str
    """The registered address of one of the unit's contacts."""
    inner_day: date | None = None
    text: str = ""


def pass_on(house: House, passing: Passing) -> str:
    """Pass tasks to an officer and mail them a link; return the officer's name."""
    if not passing.keys:
        raise Invalid("chọn ít nhất một nhiệm vụ để giao")
    with changing(house, passing.as_of) as connection:
        contact = registered(connection, house, passing.by, passing.officer)
        called = contact.name or house.agency(passing.by).name
        rows = [_given(connection, house, passing, key) for key in passing.keys]
        for row in rows:
            write_assignment(connection, _assigned(row, called, contact.address, passing))
        wanted = Wanted(
            purpose=Purpose.ANSWER,
            agency=passing.by,
            holder=called,
            address=contact.address,
            obligation_id=rows[0].id if len(rows) == 1 else None,
        )
        link = issue(connection, house, wanted, passing.as_of, timedelta(days=house.settings.link_days))
        post(connection, house, _note(passing, contact, link), passing.as_of)
        happened = Happening(
            at=passing.as_of,
            plan=house.plan.key,
            what="assign",
            subject=", ".join(passing.keys),
            by=passing.by,
            person=passing.person,
            details={"officer": called},
        )
        write(connection, happened)
        return called


def _assigned(row: NamedObligation, officer: str, address: str, passing: Passing) -> AssignmentRow:
    return AssignmentRow(
        obligation_id=row.id,
        officer=officer,
        address=address,
        inner_day=passing.inner_day,
        by=passing.person,
        at=passing.as_of,
    )


def _note(passing: Passing, officer: Contact, link: Issued) -> Note:
    return Note(
        sort="passed",
        recipient=passing.by,
        addresses=(officer.address,),
        addressee=officer.name,
        author=passing.person,
        text=passing.text,
        obligations=passing.keys,
        inner_day=passing.inner_day,
        links={"answer": link.url},
        until=link.expires,
    )


def _given(connection: Connection, house: House, passing: Passing, key: str) -> NamedObligation:
    row = current(connection, house, key, passing.as_of)
    check_side(house, row, passing.by)
    if not row.is_with_the_unit:
        raise Refused(f"{work_name(row)}: đơn vị đã báo cáo, không cần giao")
    _check_day(row, passing.inner_day, local_day(passing.as_of))
    return row


def _check_day(row: NamedObligation, inner: date | None, on: date) -> None:
    if inner is None:
        return
    if inner < on:
        raise Invalid(f"{work_name(row)}: thời hạn trong đơn vị {words(inner)} đã qua")
    # What is late already has no day left before it.
    if on <= row.last_day < inner:
        after = f"thời hạn trong đơn vị {words(inner)} ở sau hạn cuối {words(row.last_day)}"
        raise Invalid(f"{work_name(row)}: {after}")
