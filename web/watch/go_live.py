"""The page from which a plan is started: who is reached, what leaves first, what is late, and the button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.rights import Act
from tasks_lib.kernel.clock import parse_day
from tasks_lib.kernel.plan_life import start
from tasks_lib.watch.go_live import Contacts, GoLive, Late, Reach, go_live
from web.access.contact_changes import may_decide
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.form_faults import At
from web.frame.table import Cell, Column, Refusal, Table, Value, tabled
from web.watch.ops import LINKS

GO_LIVE = "/bat-dau"
FARTHEST = timedelta(days=31)
"""A start is planned no farther ahead [ours]."""


def show(ask: Ask) -> Response:
    """Show what is to be known before the plan is started on a day."""
    try:
        return _page(ask, _day(ask, ask.query("ngay")))
    except DomainError as fault:
        return _page(ask, ask.on, faults=[At("f-ngay", plain(fault))])


def begin(ask: Ask) -> Response:
    """Start the plan from the chosen day on."""
    try:
        on = _day(ask, ask.text("ngay"))
    except DomainError as fault:
        return _page(ask, ask.on, faults=[At("f-ngay", plain(fault))])
    try:
        knows = bool(ask.text("biet"))
        start(ask.house, on, ask.as_of, although_ended=knows, by=ask.agency.id, person=ask.person)
    except DomainError as fault:
        return _page(ask, on, problem=plain(fault))
    return RedirectResponse(ask.url(f"{GO_LIVE}?xong=1"), status_code=303)


def _day(ask: Ask, given: str) -> date:
    on = parse_day(given) if given else ask.on
    if not ask.on <= on <= ask.on + FARTHEST:
        raise Invalid(f"chỉ bắt đầu được từ hôm nay đến {FARTHEST.days} ngày sau")
    return on


def _page(ask: Ask, on: date, problem: str = "", faults: Sequence[At] = ()) -> Response:
    found = go_live(ask.house, on, ask.as_of)
    return tabled(
        ask,
        "watch/go_live.html",
        title="Bắt đầu thực hiện kế hoạch",
        refusal=Refusal(status=409 if problem or faults else 200, problem=problem, faults=faults),
        day=ask.query("ngay") if faults else on,
        tables=[_contacts(found), _mails(found), _late(ask, found)],
        found=found,
        done=ask.query("xong"),
        action=GO_LIVE,
        can_start=ask.may(Act.START),
        runs=found.started_on is not None and found.started_on <= ask.on,
        unsure=[(line, _names(ask, line)) for line in found.contacts],
        proposed=len(may_decide(ask)),
    )


def _names(ask: Ask, line: Contacts) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return by reach those whose contacts nobody confirmed: name, and a page about them."""
    to = LINKS if ask.may(Act.OPS) else "/co-quan"
    return [
        (reach, [(ask.house.agency(key).name, ask.url(f"{to}/{key}")) for key in line.agencies[reach]])
        for reach in (Reach.NONE, Reach.MADE_UP, Reach.ENTERED)
        if line.agencies[reach]
    ]


def _contacts(found: GoLive) -> Table:
    rows: list[dict[str, Value]] = []
    for line in found.contacts:
        row: dict[str, Value] = {"group": line.group, "total": line.total}
        rows.append(row | {reach.name: _number(len(line.agencies[reach]), reach) for reach in Reach})
    reaches = [Column(key=reach.name, heading=reach.capitalize(), kind="count") for reach in Reach]
    columns = (
        Column(key="group", heading="Cơ quan", width=32),
        Column(key="total", heading="Số", kind="count"),
    )
    return Table(name="dau-moi", title="Đầu mối và địa chỉ thư", columns=(*columns, *reaches), rows=rows)


def _number(number: int, reach: Reach) -> Cell:
    tone = {Reach.CONFIRMED: "ok", Reach.NONE: "late"}.get(reach, "soon")
    return Cell(value=number, tone=tone if number else "")


def _mails(found: GoLive) -> Table:
    return Table(
        name="thu-dau-tien",
        title=f"Thư của ngày gửi đầu tiên: {len(found.mails.leaving):02d}",
        columns=(
            Column(key="sort", heading="Loại thư", width=50),
            Column(key="count", heading="Số", kind="count"),
        ),
        rows=[{"sort": words, "count": number} for words, number in found.sorts],
        empty="Không có thư nào sẽ gửi.",
    )


def _late(ask: Ask, found: GoLive) -> Table:
    return Table(
        name="da-qua-han",
        title=f"Đã qua thời hạn, qua ngày đề nghị vào ngày đó: {found.late_total:02d}",
        columns=(
            Column(key="kind", heading="Loại", width=30),
            *(Column(key=level.key, heading=level.heading, kind="count") for level in ask.house.levels),
            Column(key="total", heading="Cộng", kind="count"),
        ),
        rows=[_late_row(line) for line in found.late],
        empty="Chưa có nhiệm vụ nào qua thời hạn hoặc qua ngày đề nghị.",
    )


def _late_row(line: Late) -> dict[str, Value]:
    row: dict[str, Value] = {"kind": line.kind, "total": line.total}
    return row | dict(line.by_level)


PAGES = (
    Page("GET", GO_LIVE, show, Act.PREVIEW, link=False),
    Page("POST", GO_LIVE, begin, Act.START, link=False),
)
