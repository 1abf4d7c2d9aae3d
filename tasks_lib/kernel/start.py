"""A plan is started: from then on the real clock runs it, and its mails leave."""

from __future__ import annotations

from datetime import date, datetime

from obligations.errors import Invalid, Refused
from obligations.words import day as words
from store.engine import reading, writing
from store.journal import Happening, write
from store.plans import start as write_start
from store.plans import started_on
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import ended_words


def is_started(house: House) -> bool:
    """Whether somebody has let the real clock run the plan, from today or from a day to come."""
    with reading(house.engine) as connection:
        return started_on(connection, house.plan.key) is not None


def start(
    house: House, on: date, at: datetime, *, although_ended: bool, by: str = "", person: str = ""
) -> date:
    """Start the plan from a day on, today or later; return since when it runs.

    One that has ended is started only by whoever says that they know. Started once, it stays so.
    """
    today = local_day(at)
    if on < today:
        raise Invalid(f"bắt đầu từ ngày {words(on)}: ngày đã qua, chọn {words(today)} hoặc sau đó")
    ended = ended_words(house.plan, on)
    if ended and not although_ended:
        raise Refused(f"{ended}; muốn bắt đầu thì phải xác nhận là đã biết")
    with writing(house.engine) as connection:
        if write_start(connection, house.plan.key, on, today):
            details = {"on": on.isoformat(), "although_ended": bool(ended)}
            happening = Happening(
                at=at, plan=house.plan.key, what="plan-start", by=by, person=person, details=details
            )
            write(connection, happening)
        since = started_on(connection, house.plan.key)
    assert since is not None
    return since
