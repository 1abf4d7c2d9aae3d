"""Before a plan is started: whether everybody is reached, what leaves first, and what is late already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from obligations.deeds import HAND_OVER
from obligations.model import Kind
from store.counts import swept_on
from store.engine import reading
from store.plans import started_on
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.rhythm import next_delivery, next_round
from tasks_lib.kernel.wording import ended_words, in_tree
from tasks_lib.mailing.preview import WEEKLY, Preview, shown
from tasks_lib.mailing.rehearsal import rehearsed, runs_from
from tasks_lib.watch.sql.go_live import Reached, late_by_kind, reached

SORT_WORDS = {
    "opening": "Thư giao nhiệm vụ",
    HAND_OVER: "Thông báo nhận bàn giao, gửi đơn vị",
    "remind": "Nhắc việc trước hạn",
    "overdue": "Chưa ghi nhận kết quả, gửi đơn vị",
    "superior": "Đơn vị cấp dưới chưa có kết quả, gửi cấp trên trực tiếp",
    "focal": "Bảng tổng hợp, gửi cơ quan đầu mối",
    "list": "Danh mục đề xuất, gửi cơ quan đầu mối",
    "director": "Việc của cơ quan đầu mối, gửi {post}",
    "review": "Báo cáo chờ xem xét, gửi nơi nhận báo cáo",
    "correction": "Đề nghị bổ sung",
    "sheet": "Phiếu theo dõi tháng của {chairs}",
    "request": "Đề nghị phối hợp, cung cấp số liệu",
    WEEKLY: "Dòng hằng tuần",
}
"""What a mail is, by the template of what it speaks of most."""
KIND_WORDS: dict[str, str] = {
    Kind.TASK: "Nhiệm vụ có thời hạn",
    Kind.REPORT: "Báo cáo kỳ",
    Kind.SHEET: "Phiếu tháng",
    Kind.PLAN: "Kế hoạch của đơn vị",
}


INVITED = "Cơ quan được đề nghị phối hợp"
"""The group of those that are asked and not assigned."""


class Reach(StrEnum):
    """How sure it is that an agency's mail arrives."""

    CONFIRMED = "đã xác nhận"
    ENTERED = "đã nhập, chưa xác nhận"
    MADE_UP = "địa chỉ tạo sẵn"
    NONE = "không có địa chỉ"


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """The agencies of a group by how sure their addresses are."""

    group: str
    """The agencies of a level together, or INVITED."""
    agencies: dict[Reach, tuple[str, ...]]

    @property
    def total(self) -> int:
        """How many agencies there are."""
        return sum(len(found) for found in self.agencies.values())


@dataclass(frozen=True, kw_only=True)
class Late:
    """How much of a kind is past its day, by level."""

    kind: str
    by_level: dict[str, int]

    @property
    def total(self) -> int:
        """All levels together."""
        return sum(self.by_level.values())


@dataclass(frozen=True, kw_only=True)
class GoLive:
    """What somebody should know before they let the real clock run a plan."""

    on: date
    started_on: date | None
    swept_on: date | None
    ended: str
    """That the plan's time is over on the day; nothing while it is not."""
    contacts: tuple[Contacts, ...]
    mails: Preview
    """Of the day, or of the first day after it on which mail may leave."""
    sorts: tuple[tuple[str, int], ...]
    """The mails that leave by what they are, the most first."""
    late: tuple[Late, ...]
    next_round: datetime
    next_delivery: datetime

    @property
    def late_total(self) -> int:
        """All that is late on the day of the first mails."""
        return sum(line.total for line in self.late)


def go_live(house: House, on: date, at: datetime) -> GoLive:
    """Look at all of it for a start on a day; a plan that runs is looked at as it runs."""
    key = house.plan.key
    with reading(house.engine) as connection:
        started, swept, rows = (
            started_on(connection, key),
            swept_on(connection, key),
            reached(connection, key),
        )
    since = on if started is None else runs_from(house, local_day(at), on)
    mails, late = _first_day(house, on, since, at)
    return GoLive(
        on=on,
        started_on=started,
        swept_on=swept,
        ended=ended_words(house.plan, on),
        contacts=_contacts(house, rows),
        mails=mails,
        sorts=_sorts(house, mails),
        late=_late(house, late),
        next_round=next_round(at),
        next_delivery=next_delivery(at, house.calendar),
    )


def _first_day(house: House, on: date, since: date, at: datetime) -> tuple[Preview, Counter[tuple[str, str]]]:
    with rehearsed(house, on, since, at) as found:
        if found.held_until is None:
            return shown(house, on, found), late_by_kind(found.connection, house.plan.key, on)
        first = local_day(found.held_until)
    with rehearsed(house, first, since, at) as found:
        return shown(house, first, found), late_by_kind(found.connection, house.plan.key, first)


def _contacts(house: House, rows: list[Reached]) -> tuple[Contacts, ...]:
    groups = {level.key: level.bodies for level in house.plan.levels}
    found: dict[str, dict[Reach, list[str]]] = {
        group: {reach: [] for reach in Reach} for group in (*groups.values(), INVITED)
    }
    for row in rows:
        found[INVITED if row.invited else groups[row.tier]][_reach(row)].append(row.id)
    return tuple(
        Contacts(group=group, agencies={reach: tuple(ids) for reach, ids in by_reach.items()})
        for group, by_reach in found.items()
        if any(by_reach.values())
    )


def _reach(row: Reached) -> Reach:
    if row.mail_to_id != row.id:
        return Reach.NONE
    if row.confirmed_on is not None:
        return Reach.CONFIRMED
    return Reach.ENTERED if row.entered else Reach.MADE_UP


def _sorts(house: House, mails: Preview) -> tuple[tuple[str, int], ...]:
    counted = Counter(in_tree(house, SORT_WORDS.get(mail.sort, mail.sort)) for mail in mails.leaving)
    return tuple(counted.most_common())


def _late(house: House, counted: Counter[tuple[str, str]]) -> tuple[Late, ...]:
    lines = (
        Late(kind=words, by_level={level.key: counted[kind, level.key] for level in house.levels})
        for kind, words in KIND_WORDS.items()
    )
    return tuple(line for line in lines if line.total)
