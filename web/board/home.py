"""The home page: how the plan stands, what changed in a week, what waits at whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import Response

from obligations.board import ALL_ASKED, ALL_DUE, NEW, PAST, Only, Sort
from obligations.reckoning import SHARE_WORDS
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.overview import CycleCount, Overview, overview
from tasks_lib.board.sight import described, sight_of
from tasks_lib.kernel.wording import in_tree
from tasks_lib.pictures.asked import percent
from web.access.contact_changes import may_decide
from web.board import lists, matrix, pictures, search
from web.board.board_tables import (
    DATED,
    NOT_COUNTED,
    areas_table,
    contents_table,
    counted,
    due_table,
    holders_table,
    of,
    stands_of,
    totals_table,
)
from web.board.filters import MATRICES, list_url, only_words
from web.board.glance import glance
from web.frame.ask import Ask
from web.frame.table import tabled


@dataclass(frozen=True, kw_only=True)
class Number:
    """A count on the page, with the list it counts."""

    words: str
    count: int
    href: str = ""
    tone: str = ""
    more: str = ""
    """What is said behind it."""


def home(ask: Ask) -> Response:
    """Show how everything stands that the visitor may see."""
    found = overview(ask.house, ask.visitor, ask.as_of)
    changes = len(may_decide(ask))
    tables = [totals_table(found), contents_table(ask, found)]
    tables += [holders_table(ask, found), areas_table(ask, found)] if found.wide else []
    tables.append(due_table(ask, found))
    return tabled(
        ask,
        "board/board.html",
        title="Tổng quan",
        tables=tables,
        found=found,
        scope=described(ask.house, ask.visitor, sight_of(ask.house, ask.visitor)),
        totals=_totals(ask, found),
        due=_due(ask, found),
        asked=_asked(ask, found),
        outside=_outside(ask, found),
        cycle=_cycle(ask, found.cycle),
        rate=_rate(found),
        news=_news(ask, found),
        notable=_notable(ask, found),
        proposed=changes,
        matrices=ask.url(MATRICES),
        pictures=ask.url(pictures.PICTURES),
        glance=glance(ask, found, changes),
    )


def _totals(ask: Ask, found: Overview) -> list[Number]:
    return [
        Number(
            words=words,
            count=counted(found.reckoned, share),
            tone=tone,
            href=list_url(ask, replace(DATED, time=str(share))),
        )
        for share, words, tone in stands_of(found.reckoned)
    ]


def _due(ask: Ask, found: Overview) -> Number:
    """Return the sum the rate rests on: due = in time + late + missing."""
    href = list_url(ask, replace(DATED, time=ALL_DUE))
    return Number(words="Đã đến hạn", count=found.reckoned.due, href=href)


def _asked(ask: Ask, found: Overview) -> Number | None:
    """Return what is late against days that nobody has set: beside the sum, in no rate."""
    of_all = found.reckoned
    if not of_all.asked:
        return None
    return Number(
        words="Chậm so với ngày đề nghị",
        count=of_all.asked,
        href=list_url(ask, replace(DATED, time=ALL_ASKED)),
        more=f"đã xong {of_all.asked_late:02d}, chưa xong {of_all.asked_open:02d}",
    )


def _outside(ask: Ask, found: Overview) -> list[Number]:
    """Return what no rate counts, where there is any."""
    return [
        Number(words=SHARE_WORDS[share], count=number, href=list_url(ask, replace(DATED, time=str(share))))
        for share in NOT_COUNTED
        if (number := counted(found.reckoned, share))
    ]


def _cycle(ask: Ask, cycle: CycleCount | None) -> Number | None:
    if cycle is None:
        return None
    chosen = Chosen(sort=Sort.CONTINUOUS, period=cycle.period)
    return Number(
        words=f"Thường xuyên, kỳ báo cáo {ask.house.plan.period_name(cycle.period)}",
        count=cycle.total,
        href=list_url(ask, chosen),
        more=f"đã báo cáo {of(cycle.done, cycle.total)}",
    )


def _rate(found: Overview) -> str:
    """Say the rate with its two counts; nothing while nothing has fallen due."""
    in_time, judged = found.reckoned.in_time, found.reckoned.judged
    return f"{of(in_time, judged)} ({percent(in_time, judged)})" if judged else ""


def _news(ask: Ask, found: Overview) -> list[Number]:
    """Return what changed in a week; what was told to Sở Nội vụ counts sheets too."""
    before = found.fresh_before
    compared = {Only.NEWLY_LATE: f"tuần trước đó: {before:02d}"}
    return [
        Number(
            words=only_words(ask, only),
            count=found.news[only],
            more=compared.get(only, ""),
            tone="late" if only is Only.NEWLY_LATE and found.news[only] else "",
            href=list_url(
                ask,
                Chosen(
                    sort="" if only is Only.NEWLY_TOLD else Sort.DATED,
                    only=only,
                    since=found.since,
                ),
            ),
        )
        for only in NEW
    ]


def _notable(ask: Ask, found: Overview) -> list[Number]:
    """Return what else needs somebody's eye."""
    missed = Chosen(sort=Sort.SHEET, time=PAST)
    sought = [(Only.WAITS_BELOW, Sort.DATED), (Only.WAITS_GUIDANCE, Sort.DATED), (Only.NOT_SUPPLIED, "")]
    numbers = [
        Number(
            words=in_tree(ask.house, "Phiếu theo dõi tháng chưa được {chairs} xem xét, đã qua ngày"),
            count=found.sheets_missed,
            href=list_url(ask, missed),
            more=_looked_over(ask, found.sheets),
        ),
        *(
            Number(
                words=_NOTABLE[only],
                count=found.special[only],
                href=list_url(ask, Chosen(sort=sort, only=only)),
            )
            for only, sort in sought
        ),
    ]
    if found.failed_mail is not None:
        numbers.append(Number(words="Thư không gửi được", count=found.failed_mail, href=ask.url("/van-hanh")))
    if found.proposed is not None:
        words = f"Danh mục đề xuất báo cáo {ask.house.top}, số đơn vị (chưa gửi)"
        numbers.append(Number(words=words, count=found.proposed, href=ask.url("/danh-muc")))
    return numbers


def _looked_over(ask: Ask, sheets: CycleCount | None) -> str:
    """Say how many sheets of the newest month have been looked over: the number the operators see."""
    if sheets is None:
        return ""
    return f"{ask.house.plan.period_name(sheets.period)}: đã xem xét {of(sheets.done, sheets.total)}"


_NOTABLE = {
    Only.WAITS_BELOW: "Báo cáo tổng hợp chờ cấp dưới",
    Only.WAITS_GUIDANCE: "Đơn vị nêu lý do chờ hướng dẫn của cấp trên",
    Only.NOT_SUPPLIED: "Cơ quan phối hợp chưa cung cấp",
}


PAGES = (*matrix.PAGES, *lists.PAGES, *search.PAGES, *pictures.PAGES)
"""The home page itself is the door's (`web.entry`): each seat has its own."""
