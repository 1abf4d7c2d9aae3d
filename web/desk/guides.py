"""A guide's pages (hướng dẫn, theo dõi): its items over all units, a workbook of them, its remarks."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from notifications.wording import clip
from obligations.errors import DomainError, Refused
from obligations.model import Item, TimeState
from obligations.period import Period
from obligations.rights import Act
from obligations.states import STATE_WORDS
from tasks_lib.desk.guided import GuidedUnit, guided, guided_unit, items_guided
from tasks_lib.desk.remarks import remark
from tasks_lib.kernel.wording import period_words, work_name
from web.frame.ask import About, Ask, Page, whole_number
from web.frame.faults import plain
from web.frame.marks import HANDED_IN, MARKS
from web.frame.render import GUIDES, page
from web.frame.table import AS_XLSX, Cell, Column, Table, Value, workbook_response, xlsx_address

ROWS_A_PAGE = 25
CLIPPED = 160
REFUSED = 409


def guides(ask: Ask) -> Response:
    """Show one of the items the visitor's agency guides, unit by unit."""
    mine = items_guided(ask.house, ask.agency.id)
    if not mine:
        return page(ask, "desk/guides.html", title="Hướng dẫn, theo dõi", item=None, table=None)
    item = _chosen(ask, mine)
    found = guided(ask.house, item, _period(ask), ask.as_of)
    units = [u for u in found.units if ask.may_to(Act.SEE, u.agency.id, item.key)]
    as_workbook = ask.query("dang") == AS_XLSX
    number = max(whole_number(ask.query("trang"), 1), 1)
    first = (number - 1) * ROWS_A_PAGE
    shown = units if as_workbook else units[first : first + ROWS_A_PAGE]
    table = _table(ask, item, shown, whole=as_workbook)
    if as_workbook:
        return workbook_response(ask, [table])
    turn = {n: _address(ask, item, found.period, n) for n in (number - 1, number + 1)}
    return page(
        ask,
        "desk/guides.html",
        title="Hướng dẫn, theo dõi",
        item=item,
        table=table,
        xlsx=xlsx_address(ask),
        items=[(i.key, clip(f"{i.key}. {i.title}", 90)) for i in mine],
        period=found.period,
        periods=[(p, period_words(ask.house.plan, p)) for p in found.periods],
        counts=_counts(units),
        total=len(units),
        rolled_up=_rolled_up(ask, item),
        before=turn[number - 1] if number > 1 else "",
        following=turn[number + 1] if first + ROWS_A_PAGE < len(units) else "",
    )


def _rolled_up(ask: Ask, item: Item) -> str | None:
    """Return the widest place whose figures of an item the visitor may see added up."""
    places = (ask.house.plan.focal, ask.agency.id)
    return next((place for place in places if ask.may_to(Act.ROLL_UP, place, item.key)), None)


def _period(ask: Ask) -> Period | None:
    given = ask.query("ky")
    return Period(given) if given else None


def one(ask: Ask) -> Response:
    """Show one unit's report of a guided item, with a field for a remark."""
    return _one(ask)


def write(ask: Ask) -> Response:
    """Keep a remark in the history of the unit's obligation."""
    key = ask.param("key")
    try:
        remark(ask.house, key, ask.agency.id, ask.as_of, ask.text("remark"), ask.person)
    except DomainError as fault:
        return _one(ask, plain(fault))
    return RedirectResponse(ask.url(f"{GUIDES}/{key}?xong=1"), status_code=303)


def _one(ask: Ask, problem: str = "") -> Response:
    key = ask.param("key")
    found = guided_unit(ask.house, key, ask.as_of)
    item = ask.house.plan.item(str(found.heard.item))
    return page(
        ask,
        "desk/guides_one.html",
        status=REFUSED if problem else 200,
        title=f"{found.agency.name}: {work_name(found.heard)}",
        found=found,
        item=item,
        problem=problem,
        period=period_words(ask.house.plan, found.heard.period),
        said="Đã ghi ý kiến." if ask.query("xong") else "",
        back=ask.url(f"{GUIDES}?{urlencode({'muc': found.heard.item, 'ky': found.heard.period})}"),
        written="" if ask.query("xong") else ask.text("remark"),
    )


def _chosen(ask: Ask, mine: tuple[Item, ...]) -> Item:
    wanted = ask.query("muc") or mine[0].key
    item = next((i for i in mine if i.key == wanted), None)
    if item is None:
        raise Refused(f"{ask.agency.name} không hướng dẫn, theo dõi nhiệm vụ {wanted}")
    return item


def _table(ask: Ask, item: Item, units: list[GuidedUnit], *, whole: bool) -> Table:
    remarks = ask.may(Act.REMARK)
    columns = [
        Column(key="unit", heading="Đơn vị", width=34),
        Column(key="district", heading="Địa bàn"),
        Column(key="state", heading="Tình trạng"),
        Column(key="last_day", heading="Thời hạn", kind="date"),
        Column(key="text", heading="Kết quả", width=60),
        Column(key="figures", heading="Số liệu", width=60),
        Column(key="difficulty", heading="Khó khăn, vướng mắc", width=40),
    ]
    if any(unit.heard.event for unit in units):
        columns.insert(2, Column(key="event", heading="Sự kiện", width=40))
    if remarks and not whole:
        columns.append(Column(key="remark", heading="Ý kiến"))
    return Table(
        name=f"huong-dan-{item.key}",
        title=f"{item.key}. {item.title}",
        columns=tuple(columns),
        rows=[_row(ask, unit, whole=whole) for unit in units],
        empty="Chưa có đơn vị nào trong kỳ này.",
    )


def _row(ask: Ask, unit: GuidedUnit, *, whole: bool) -> dict[str, Value]:
    h = unit.heard
    tone, mark = HANDED_IN if h.handed_in else ("", "")
    if not h.handed_in and ask.on > h.last_day:
        tone, mark = MARKS[TimeState.PAST_ASKED if h.proposed else TimeState.OVERDUE]
    return {
        "unit": Cell(value=unit.agency.name, href=ask.url(f"/nhiem-vu/{h.key}")),
        "district": unit.district,
        "event": h.event,
        "state": Cell(value=STATE_WORDS[h.state], tone=tone, mark=mark),
        "last_day": h.last_day,
        "text": h.text if whole else clip(h.text, CLIPPED),
        "figures": unit.figures,
        "difficulty": h.difficulty if whole else clip(h.difficulty, CLIPPED),
        "remark": Cell(value="Ghi ý kiến", href=ask.url(f"{GUIDES}/{h.key}")),
    }


def _counts(units: list[GuidedUnit]) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit in units:
        words = STATE_WORDS[unit.heard.state]
        found[words] = found.get(words, 0) + 1
    return found


def _address(ask: Ask, item: Item, period: Period | None, number: int) -> str:
    return ask.url(f"{GUIDES}?{urlencode({'muc': item.key, 'ky': period or '', 'trang': number})}")


PAGES = (
    Page("GET", GUIDES, guides, Act.BOARD),
    Page("GET", f"{GUIDES}/{{key:path}}", one, Act.REMARK, About.OBLIGATION),
    Page("POST", f"{GUIDES}/{{key:path}}", write, Act.REMARK, About.OBLIGATION),
)
