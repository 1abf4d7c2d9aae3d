"""The first screen of the home page: how it stands, who is slowest, what falls due this week, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from obligations.board import Holder, Only, Sort
from obligations.model import TimeState
from obligations.reckoning import Reckoning
from obligations.rights import Act
from obligations.words import count, day
from tasks_lib.board.chosen import PROVINCE, Chosen
from tasks_lib.board.overview import DueLine, Overview
from tasks_lib.board.sight import sight_of, unit_name
from tasks_lib.pictures.asked import Asked, percent
from tasks_lib.pictures.flow import coming, weeks
from tasks_lib.pictures.places import TOP, by_place, slowest_first
from tasks_lib.pictures.shapes import Picture
from web.board.board_tables import DATED, due_address
from web.board.filters import list_url
from web.frame.ask import Ask

MOST = 5
"""Lines of a list that is read at a glance."""
NEXT_WEEK = 1


@dataclass(frozen=True, kw_only=True)
class Slow:
    """A place with something overdue: how much of what has fallen due there."""

    name: str
    href: str
    found: Reckoning

    @property
    def share(self) -> str:
        """The share that is overdue, as words and as the length of a bar."""
        return percent(self.found.overdue, self.found.judged)

    @property
    def length(self) -> int:
        """The same in hundredths."""
        return round(100 * self.found.overdue / (self.found.judged or 1))


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that falls due this week."""

    line: DueLine
    words: str
    href: str

    @property
    def length(self) -> int:
        """How much of it is done, in hundredths."""
        return round(100 * self.line.done / (self.line.total or 1))


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """Something that waits for the visitor."""

    words: str
    count: int
    href: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The four answers."""

    weeks: Picture
    slowest: tuple[Slow, ...]
    slow_places: int
    due: tuple[Due, ...]
    due_lines: int
    next_week: str
    """What falls due the week after."""
    todo: tuple[ToDo, ...]


def glance(ask: Ask, found: Overview, changes: int) -> Glance:
    """Return what the first screen says; `changes` of contacts wait for the visitor."""
    asked = Asked(house=ask.house, as_of=ask.as_of, sight=sight_of(ask.house, ask.visitor))
    slow = list(_slow(ask, asked)) if found.wide or ask.agency.heads else []
    first, last, then = coming(asked)[NEXT_WEEK]
    return Glance(
        weeks=weeks(asked),
        slowest=tuple(slow[:MOST]),
        slow_places=len(slow),
        due=tuple(_due(ask, line) for line in found.due[:MOST]),
        due_lines=len(found.due),
        next_week=f"Tuần sau ({day(first)} - {day(last)}): {of_words(then.total)}.",
        todo=tuple(one for one in _todo(ask, found, changes) if one.count),
    )


def of_words(total: int) -> str:
    """Say how much falls due."""
    return f"{count(total)} nội dung đến hạn" if total else "không có nội dung đến hạn"


def _slow(ask: Ask, asked: Asked) -> Iterator[Slow]:
    agencies = asked.by_agency()
    places = by_place(ask.house, agencies)
    one_by_one = len(places) == len(agencies)
    for key in slowest_first(ask.house, places):
        if places[key].overdue:
            name = ask.house.plan.levels.top.heading if key == TOP else unit_name(ask.house, key)
            late = replace(_whose(ask, key, alone=one_by_one), sort=Sort.DATED, time=TimeState.OVERDUE)
            yield Slow(name=name, href=list_url(ask, late), found=places[key])


def _whose(ask: Ask, key: str, *, alone: bool) -> Chosen:
    """Return what a list is narrowed to for a place: a district with all below it, or an agency alone."""
    if key == TOP:
        return Chosen(district=PROVINCE)
    return Chosen(agency=key) if alone or not ask.house.agency(key).heads else Chosen(district=key)


def _due(ask: Ask, line: DueLine) -> Due:
    words = f"{line.item}. {line.title}" if line.item else line.title
    return Due(line=line, words=words, href=due_address(ask, line))


def _todo(ask: Ask, found: Overview, changes: int) -> Iterator[ToDo]:
    """Yield what waits for whoever looks, the most urgent first."""
    if ask.may(Act.QUEUE):
        waiting = found.holders[_mine(ask)]
        yield ToDo(words="Báo cáo cần xem xét", count=waiting, href=ask.url("/hang-doi?nhom=1-submitted"))
    if ask.may(Act.RELEASE):
        yield ToDo(
            words="Việc của cơ quan chờ xác nhận",
            count=found.holders[Holder.DIRECTOR],
            href=list_url(ask, replace(DATED, holder=Holder.DIRECTOR)),
        )
    if ask.may(Act.DIRECT):
        yield ToDo(
            words="Nội dung quá hạn cần chỉ đạo",
            count=found.reckoned.overdue,
            href=ask.url("/chi-dao"),
            tone="late",
        )
    if not found.wide and ask.may(Act.ANSWER) and not ask.agency.heads:
        late = found.reckoned.overdue
        yield ToDo(words="Việc của đơn vị đang quá hạn", count=late, href=ask.url("/don-vi"), tone="late")
        yield ToDo(words="Việc của đơn vị còn hạn", count=found.reckoned.running, href=ask.url("/don-vi"))
    yield ToDo(
        words="Các thay đổi đầu mối chờ xác nhận",
        count=changes,
        href=ask.url("/dau-moi/cho-xac-nhan"),
    )
    yield from _of_the_focal(ask, found)


def _of_the_focal(ask: Ask, found: Overview) -> Iterator[ToDo]:
    if found.proposed is not None:
        yield ToDo(
            words="Đơn vị trong danh mục đề xuất, chưa gửi", count=found.proposed, href=ask.url("/danh-muc")
        )
    if found.failed_mail is not None:
        words = "Thư không gửi được"
        yield ToDo(words=words, count=found.failed_mail, href=ask.url("/van-hanh"), tone="late")
    guidance = Chosen(sort=Sort.DATED, only=Only.WAITS_GUIDANCE)
    if ask.may(Act.QUEUE):
        yield ToDo(
            words="Đơn vị chờ hướng dẫn của cấp trên",
            count=found.special[Only.WAITS_GUIDANCE],
            href=list_url(ask, guidance),
        )


def _mine(ask: Ask) -> Holder:
    """Return whose queue the visitor works through."""
    return Holder.FOCAL if ask.agency.id == ask.house.plan.focal else Holder.DESK
