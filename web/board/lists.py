"""Lists of what is owed: narrowed by the address, the late ones first; an item's and an agency's page."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from obligations.board import Sight, Sort
from obligations.deadlines import COUNTED_BY_CYCLE
from obligations.errors import Invalid
from obligations.model import Item, TimeState
from obligations.reckoning import SHARE_WORDS, Share, added
from obligations.rights import Act
from obligations.seats import guides_of
from obligations.states import STATE_WORDS, TIME_WORDS
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.listing import SORTED, Listed, Listing, Stretch, listing
from tasks_lib.board.matrices import Head, Tally, matrices
from tasks_lib.board.pages import agency_card, item_page
from tasks_lib.board.sight import described, sight_of
from tasks_lib.rollup.roll_up_page import TASK
from web.board.board_tables import STANDS, TOLD, agency_url, counted, of, stands_of
from web.board.filters import LIST, MATRICES, address, chosen_of, hidden, list_url, said, selects
from web.frame.ask import About, Ask, Page
from web.frame.marks import MARKS
from web.frame.prefect_links import item_link
from web.frame.render import GUIDES
from web.frame.table import (
    AS_XLSX,
    DOWN,
    SORT,
    UNSORTED,
    Cell,
    Column,
    Table,
    Value,
    heading,
    sorted_by,
    tabled,
)
from web.rollup.rollup_chosen import ROLL_UP

ITEM = "/nhiem-vu-kh"
AGENCY = "/co-quan"
NOT_SUPPLIED, SUPPLIED = "chưa cung cấp", "đã cung cấp"
COLUMNS = (
    Column(key="unit", heading="Đơn vị", width=32),
    Column(key="place", heading="Địa bàn", width=20),
    Column(key="item", heading="Nhiệm vụ", width=10),
    Column(key="title", heading="Nội dung", width=60),
    Column(key="period", heading="Kỳ", width=18),
    Column(key="day", heading="Thời hạn hoàn thành", kind="date", width=14),
    Column(key="state", heading="Trạng thái", width=24),
    Column(key="stands", heading="Thời hạn", width=20),
    Column(key="late", heading="Quá hạn (ngày làm việc)", kind="count", width=12),
    Column(key="holder", heading="Đang ở", width=30),
    Column(key="reason", heading="Lý do chậm", width=40),
)
LIST_NAME = "danh-sach"
NOTHING = "Không có nội dung theo điều kiện đã chọn; bỏ bớt điều kiện lọc để xem nhiều hơn."
MOST_PAGES = 10_000


def lists(ask: Ask) -> Response:
    """Show a page of what the address chooses; the workbook has all of it."""
    chosen = chosen_of(ask)
    found = _listed(ask, chosen)
    sight = sight_of(ask.house, ask.visitor)
    fields = selects(ask, chosen, sight, whole=True)
    table = list_table(ask, found, own=_is_own(ask, sight))
    return tabled(
        ask,
        "board/list.html",
        title="Danh sách",
        tables=[table],
        found=found,
        summary=summary(found),
        scope=described(ask.house, ask.visitor, sight),
        fields=fields,
        kept=hidden(chosen, fields),
        said=said(ask, chosen),
        action=ask.url(LIST),
        as_matrix=address(ask, MATRICES, chosen),
        pages=_pages(ask, LIST, chosen, found),
    )


def _is_own(ask: Ask, sight: Sight) -> bool:
    """Whether a page can show one unit alone; a workbook names it all the same, for it travels."""
    alone = sight.agencies is not None and len(sight.agencies) == 1 and not sight.items
    return alone and ask.query("dang") != AS_XLSX


def _listed(ask: Ask, chosen: Chosen) -> Listing:
    by, falling = sorted_by(ask, LIST_NAME)
    stretch = Stretch(page=_page(ask), whole=ask.query("dang") == AS_XLSX, by=by, falling=falling)
    return listing(ask.house, ask.visitor, ask.as_of, chosen, stretch)


def _page(ask: Ask) -> int:
    text = ask.query("trang", "1")
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PAGES:
        raise Invalid(f"không có trang '{text}'")
    return int(text)


def _pages(ask: Ask, path: str, chosen: Chosen, found: Listing) -> tuple[str, str]:
    """Return the addresses of the page before and the page after; "" where there is none."""
    kept = {name: value for name in (SORT, DOWN) if (value := ask.query(name))}
    before = address(ask, path, chosen, **kept, trang=str(found.page - 1)) if found.page > 1 else ""
    after = address(ask, path, chosen, **kept, trang=str(found.page + 1)) if found.page < found.pages else ""
    return before, after


def summary(found: Listing) -> list[tuple[str, int, str, str]]:
    """Say how the whole list stands: words, count, tone and letter."""
    lines = [(TIME_WORDS[state], found.stands.get(state, 0), *MARKS[state]) for state in MARKS]
    done = list(MARKS).index(TimeState.DONE_IN_TIME)
    words, number, tone, letter = lines[done]
    ahead = (SHARE_WORDS[Share.AHEAD], found.ahead, tone, letter)
    lines[done : done + 1] = [(words, number - found.ahead, tone, letter), ahead]
    return [line for line in lines if line[1]]


def list_table(ask: Ask, found: Listing, *, title: str = "Danh sách", own: bool = False) -> Table:
    """Return a list as a table; `own` leaves out the unit where all rows are of one.

    A page has less room than a workbook: the place stands behind the unit, and empty columns are left out.
    """
    rows = [_row(ask, listed) for listed in found.rows]
    columns = [c for c in COLUMNS if not (own and c.key in ("unit", "place"))]
    if ask.query("dang") != AS_XLSX:
        columns = [c for c in columns if c.key != "place" and any(row[c.key] for row in rows)]
    whole = {column.key for column in columns} >= {"place", "stands"}
    sums = ("place", "stands") if whole else None
    headings = tuple(heading(ask, f"{LIST_NAME}.{c.key}") if c.key in SORTED else UNSORTED for c in columns)
    return Table(
        name=LIST_NAME,
        title=title,
        columns=tuple(columns),
        rows=rows,
        sums=sums,
        headings=headings,
        empty=NOTHING,
    )


def _row(ask: Ask, listed: Listed) -> dict[str, Value]:
    tone, letter = MARKS[listed.stands]
    here = ask.query("dang") != AS_XLSX
    place = f", {listed.place}" if here and listed.place and listed.inside else ""
    return {
        "unit": Cell(value=f"{listed.agency_name}{place}", href=agency_url(ask, listed.agency)),
        "place": listed.place,
        "item": Cell(value=listed.item, href=ask.url(f"{ITEM}/{listed.item}")) if listed.item else "",
        "title": Cell(
            value=listed.title if here else listed.full_title,
            href=ask.url(f"/nhiem-vu/{listed.key}"),
            hint=listed.full_title,
        ),
        "period": listed.period,
        "day": listed.last_day,
        "state": state_words(ask, listed),
        "stands": Cell(value=_time_words(listed), tone=tone, mark=letter),
        "late": listed.days_late or None,
        "holder": "đơn vị" if here and listed.holder == listed.agency_name else listed.holder,
        "reason": listed.reason,
    }


def _time_words(listed: Listed) -> str:
    """Say how it stands; who entered late what was done in time is told apart, more mildly."""
    words = TIME_WORDS[listed.stands]
    return f"{words}, cập nhật chậm" if listed.updated_late and listed.done_on else words


def state_words(ask: Ask, listed: Listed) -> str:
    """Say where it stands; of continuous work, whether the cycle has its report (domain part 5)."""
    if listed.asked:
        return SUPPLIED if listed.done_on else NOT_SUPPLIED if listed.last_day < ask.on else "chưa đến hạn"
    if listed.is_row:
        reported = f"đã báo cáo kỳ {listed.period}, thực hiện thường xuyên"
        return reported if listed.done_on else f"chưa báo cáo kỳ {listed.period}"
    return STATE_WORDS[listed.state]


def item(ask: Ask) -> Response:
    """Show one item over all units: its text as printed, who does what, and how each place stands."""
    key = ask.param("item")
    found = item_page(ask.house, ask.visitor, ask.as_of, key)
    squares = matrices(ask.house, ask.visitor, ask.as_of, Chosen(item=key)).contents
    tables = [
        _places(ask, Chosen(item=key, sort=Sort.TASK), squares.rows, squares.cells, continuous=False),
        _places(ask, Chosen(item=key, sort=Sort.CONTINUOUS), squares.rows, squares.cells, continuous=True),
    ]
    return tabled(
        ask,
        "board/item.html",
        title=f"Nhiệm vụ {key}",
        tables=[t for t in tables if t.rows] or tables[:1],
        found=found,
        runs=item_link(ask, key),
        as_list=list_url(ask, Chosen(item=key)),
        content=next((c for c in ask.house.plan.contents if c.number == found.item.content), None),
        rolled_up=_roll_up(ask, found.item) if ask.may(Act.ROLL_UP) else "",
        guiding=ask.url(f"{GUIDES}?muc={key}") if _guides(ask, found.item) else "",
    )


def _roll_up(ask: Ask, item: Item) -> str:
    """Return where an item's figures are added up: in its cycle, or for its one period."""
    deadline = item.deadline
    if deadline.wording in COUNTED_BY_CYCLE:
        return ask.url(f"{ROLL_UP}?muc={item.key}")
    if deadline.once is None:
        return ask.url(ROLL_UP)
    return ask.url(f"{ROLL_UP}?ky={TASK}:{item.key}:{deadline.once}")


def _guides(ask: Ask, item: Item) -> bool:
    return ask.may(Act.REMARK) and ask.agency.id in guides_of(item, ask.house.roster)


def _places(
    ask: Ask, chosen: Chosen, units: Sequence[Head], cells: dict[tuple[str, str], Tally], *, continuous: bool
) -> Table:
    """Return how an item stands by unit, dated or continuous."""
    rows: list[dict[str, Value]] = []
    for unit in units:
        tally = next(
            (t for (u, c), t in cells.items() if u == unit.key and c.endswith("~") is continuous), None
        )
        if tally is not None:
            rows.append(_place(ask, unit, unit.narrow(chosen), tally, continuous=continuous))
    columns = [Column(key="unit", heading="Địa bàn, cơ quan", width=36)]
    columns.append(Column(key="done", heading="Đã báo cáo", kind="count"))
    if not continuous:
        found = added(t.reckoned for (_, column), t in cells.items() if not column.endswith("~"))
        columns += [Column(key=str(s), heading=words, kind="count") for s, words, _ in stands_of(found)]
    title = "Thường xuyên, theo kỳ báo cáo gần nhất" if continuous else "Có thời hạn"
    name = "thuong-xuyen" if continuous else "co-thoi-han"
    return Table(name=name, title=title, columns=tuple(columns), rows=rows)


def _place(ask: Ask, unit: Head, chosen: Chosen, tally: Tally, *, continuous: bool) -> dict[str, Value]:
    row: dict[str, Value] = {
        "unit": Cell(value=unit.name, href=list_url(ask, chosen)),
        "done": of(tally.done, tally.total),
    }
    if not continuous:
        for share, _, tone in STANDS:
            number = counted(tally.reckoned, share)
            row[str(share)] = Cell(value=number, tone=tone if tone in TOLD and number else "")
    return row


def agency(ask: Ask) -> Response:
    """Show one agency: who can be called there, and its whole list with states."""
    key = ask.param("agency")
    chosen = Chosen(agency=key)
    found = _listed(ask, chosen)
    card = agency_card(ask.house, key)
    return tabled(
        ask,
        "board/agency.html",
        title=card.agency.name,
        tables=[list_table(ask, found, title="Nhiệm vụ được giao", own=True)],
        found=found,
        card=card,
        summary=summary(found),
        may_call=ask.may_to(Act.QUEUE, key) or ask.may_to(Act.CONTACTS, key),
        cycle_reports=list_url(ask, Chosen(agency=key, sort=Sort.REPORT)),
        late=list_url(ask, Chosen(agency=key, sort=Sort.DATED, time=TimeState.OVERDUE)),
        pages=_pages(ask, f"{AGENCY}/{key}", Chosen(), found),
    )


PAGES = (
    Page("GET", LIST, lists, Act.BOARD),
    Page("GET", ITEM + "/{item}", item, Act.BOARD),
    Page("GET", AGENCY + "/{agency}", agency, Act.BOARD, About.AGENCY),
)
