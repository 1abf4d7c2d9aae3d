"""The chairperson's monthly sheet."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.model import TimeState, WorkState
from obligations.rights import Act, Seat
from obligations.states import STATE_WORDS, TIME_WORDS
from tasks_lib.kernel.wording import place_name, seat_called
from tasks_lib.leading.sheet import Below, Line, Sheet, look_over, sheet
from web.frame.ask import About, Ask, Page, is_whole
from web.frame.faults import plain
from web.frame.marks import MARKS
from web.frame.render import page
from web.frame.table import Cell, Column, Table, Value, tabled

ADDRESS = "/phieu/{key:path}"
REFUSED = 409


def month(ask: Ask) -> Response:
    """Show the sheet."""
    return _shown(ask)


def look(ask: Ask) -> Response:
    """Record that the chairperson has looked it over."""
    key, version = ask.param("key"), ask.text("version")
    if not is_whole(version):
        raise Invalid("trang đã mở quá lâu; đề nghị tải lại rồi làm lại")
    try:
        look_over(ask.house, key, ask.agency.id, ask.as_of, ask.text("conclusion"), int(version), ask.person)
    except DomainError as fault:
        return _shown(ask, plain(fault))
    return RedirectResponse(ask.url(f"/phieu/{key}?xong=1"), status_code=303)


def _shown(ask: Ask, problem: str = "") -> Response:
    found = sheet(ask.house, ask.param("key"), ask.as_of)
    tables = [_own(ask, found), *([_below(ask, found)] if found.below else [])]
    values: dict[str, object] = {
        "found": found,
        "chair": seat_called(found.agency, Seat.CHAIRPERSON),
        "conclusion": ask.text("conclusion"),
        "time": TimeState,
        "done": bool(ask.query("xong")) and found.is_done,
    }
    if problem:
        return page(
            ask,
            "leading/sheet.html",
            title=_title(found),
            status=REFUSED,
            tables=tables,
            xlsx="",
            problem=problem,
            also=values,
        )
    return tabled(ask, "leading/sheet.html", title=_title(found), tables=tables, also=values)


def _title(found: Sheet) -> str:
    return f"{found.title} - {found.agency.name}"


def _own(ask: Ask, found: Sheet) -> Table:
    return Table(
        name="cong-viec-cua-don-vi",
        title="Công việc của đơn vị",
        columns=(
            Column(key="item", heading="Nhiệm vụ", width=10),
            Column(key="title", heading="Nội dung", width=60),
            Column(key="last_day", heading="Hạn cuối", kind="date", width=12),
            Column(key="state", heading="Trạng thái", kind="state", width=30),
            Column(key="reason", heading="Lý do chậm", width=40),
        ),
        rows=[_line(ask, line) for line in found.lines],
        empty="Chưa có nhiệm vụ nào đến kỳ.",
    )


def _line(ask: Ask, line: Line) -> dict[str, Value]:
    tone, mark = MARKS.get(line.time, ("", ""))
    words = TIME_WORDS[line.time]
    if line.state in (WorkState.SUBMITTED, WorkState.MORE_ASKED):
        words = f"{STATE_WORDS[line.state]} ({words})"
    return {
        "item": line.item or "",
        "title": Cell(value=line.title, href=ask.url(f"/nhiem-vu/{line.key}")),
        "last_day": line.last_day,
        "state": Cell(value=words, tone=tone, mark=mark),
        "reason": line.reason,
    }


def _below(ask: Ask, found: Sheet) -> Table:
    below = ask.house.plan.levels.rows[found.agency.level.rank - 1].plural
    return Table(
        name="cac-xa-thi-tran",
        title=f"Các {below}",
        columns=(
            Column(key="name", heading="Đơn vị", width=30),
            Column(key="overdue", heading="Đang quá hạn", kind="count", width=14),
            Column(key="late", heading="Hoàn thành quá hạn", kind="count", width=14),
            Column(key="in_time", heading="Hoàn thành đúng hạn", kind="count", width=14),
            Column(key="asked_in_time", heading="Hoàn thành kịp ngày đề nghị", kind="count", width=14),
            Column(key="asked", heading="Chậm so với ngày đề nghị", kind="count", width=16),
            Column(key="excused", heading="Quá hạn, tạm dừng", kind="count", width=12),
            Column(key="running", heading="Còn hạn", kind="count", width=10),
            Column(key="ahead", heading="Hoàn thành trước hạn", kind="count", width=14),
            Column(key="waiting", heading="Chờ xác nhận", kind="count", width=14),
            Column(key="total", heading="Tổng số", kind="count", width=10),
        ),
        rows=[_unit(ask, one) for one in found.below],
    )


def _unit(ask: Ask, one: Below) -> dict[str, Value]:
    name = place_name(one.agency)
    address = ask.url(f"/co-quan/{one.agency.id}") if ask.may_to(Act.BOARD, one.agency.id) else ""
    found = one.reckoned
    return {
        "name": Cell(value=name, href=address),
        "overdue": Cell(value=found.overdue, tone="late", mark="Q") if found.overdue else 0,
        "late": found.late,
        "in_time": found.in_time,
        "asked_in_time": found.asked_in_time,
        "asked": Cell(value=found.asked, tone="asked", mark="N") if found.asked else 0,
        "excused": found.excused,
        "running": found.running,
        "ahead": found.ahead,
        "waiting": one.waiting,
        "total": found.total,
    }


PAGES = (
    Page("GET", ADDRESS, month, Act.SHEET, About.OBLIGATION),
    Page("POST", ADDRESS, look, Act.SHEET, About.OBLIGATION),
)
