"""The life of a plan: read, started so that the real clock runs it and its mails leave, closed in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from obligations.errors import Invalid, Refused
from obligations.levels import Level
from obligations.model import Plan
from obligations.words import day as words
from store.counts import open_counts
from store.engine import reading, sqlite_file, writing
from store.journal import Happening, write
from store.migrate import is_laid_out
from store.plans import end as write_end
from store.plans import ended_on, reopen, started_on
from store.plans import start as write_start
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

    One that has ended is started only by whoever says that they know. Started once, it stays so; one that was
    closed goes on.
    """
    today = local_day(at)
    if on < today:
        raise Invalid(f"bắt đầu từ ngày {words(on)}: ngày đã qua, chọn {words(today)} hoặc sau đó")
    if house.plan.draft:
        raise Refused(
            f"kế hoạch số {house.plan.number} còn là dự thảo: xác nhận các nội dung trong 'dondoc plan show',"
            " rồi bỏ dòng 'draft = true' trong tệp kế hoạch"
        )
    ended = ended_words(house.plan, on)
    if ended and not although_ended:
        raise Refused(f"{ended}; muốn bắt đầu thì phải xác nhận là đã biết")
    with writing(house.engine) as connection:
        closed = ended_on(connection, house.plan.key) is not None
        reopen(connection, house.plan.key)
        if write_start(connection, house.plan.key, on, today) or closed:
            details = {"on": on.isoformat(), "although_ended": bool(ended), "reopened": closed}
            happening = Happening(
                at=at, plan=house.plan.key, what="plan-start", by=by, person=person, details=details
            )
            write(connection, happening)
        since = started_on(connection, house.plan.key)
    assert since is not None
    return since


def end(house: House, on: date, at: datetime, *, reason: str, by: str = "", person: str = "") -> Ended:
    """Close the plan from a day on, today or later: no round, no mail; its board stays readable.

    What is open stays open as it is, and what waits to be mailed is not sent; started again, it goes on.
    """
    if not reason.strip():
        raise Invalid("--reason: nêu căn cứ kết thúc kế hoạch (văn bản, kế hoạch thay thế)")
    if on < local_day(at):
        raise Invalid(f"--on: ngày {words(on)} đã qua, chọn {words(local_day(at))} hoặc sau đó")
    with writing(house.engine) as connection:
        if started_on(connection, house.plan.key) is None:
            raise Refused(f"kế hoạch số {house.plan.number} chưa được khởi động, không có gì để kết thúc")
        left = open_counts(connection, house.plan.key)
        write_end(connection, house.plan.key, on, at)
        details = {"on": on.isoformat(), "reason": reason, "open": left.open, "mails": left.mails}
        write(
            connection,
            Happening(at=at, plan=house.plan.key, what="plan-end", by=by, person=person, details=details),
        )
    return Ended(on=on, open=left.open, mails=left.mails)


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What a plan leaves behind that is closed."""

    on: date
    open: int
    """Duties that nobody has answered, or whose answer nobody has looked at."""
    mails: int
    """Mails that wait and do not leave."""


class PlanState(StrEnum):
    """How far a plan is in its life (domain part 9)."""

    DRAFT = "draft"
    CHECKED = "checked"
    STARTED = "started"
    ENDED = "ended"


PLAN_STATE_WORDS = {
    PlanState.DRAFT: "dự thảo, còn nội dung cần xác nhận",
    PlanState.CHECKED: "đã kiểm tra, chưa khởi động",
    PlanState.STARTED: "đang chạy",
    PlanState.ENDED: "đã kết thúc",
}


@dataclass(frozen=True, kw_only=True)
class ListedPlan:
    """A configured plan and how far it is."""

    plan: Plan
    levels: tuple[Level, ...]
    """Those at which somebody stands in its life, the lowest first."""
    state: PlanState
    started_on: date | None
    ended_on: date | None

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "key": self.plan.key,
            "number": self.plan.number,
            "signed_on": self.plan.signed_on.isoformat(),
            "valid_until": self.plan.valid_until.isoformat(),
            "state": str(self.state),
            "levels": [level.key for level in self.levels],
            "started_on": self.started_on.isoformat() if self.started_on else None,
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
        }


def listed(houses: Sequence[House], on: date) -> list[ListedPlan]:
    """Return every configured plan with its state on a day; without a database none has been started."""
    return [_listed(house, on) for house in houses]


def _listed(house: House, on: date) -> ListedPlan:
    started, ended = None, None
    file = sqlite_file(house.engine)
    if (file is None or file.exists()) and is_laid_out(house.engine):
        with reading(house.engine) as connection:
            started, ended = (find(connection, house.plan.key) for find in (started_on, ended_on))
    state = PlanState.DRAFT if house.plan.draft else PlanState.CHECKED
    if ended is not None and ended <= on:
        state = PlanState.ENDED
    elif started is not None and started <= on:
        state = PlanState.STARTED
    levels = house.configuration.levels_of(house.plan)
    return ListedPlan(plan=house.plan, levels=levels, state=state, started_on=started, ended_on=ended)
