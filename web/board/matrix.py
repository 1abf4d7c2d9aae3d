"""The matrices: contents by unit and items by district, as heat maps with letters and counts."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from obligations.model import TimeState
from obligations.rights import Act
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.matrices import Head, Matrix, Tally, matrices
from tasks_lib.board.sight import described, sight_of
from web.board.board_tables import agency_url, of
from web.board.filters import MATRICES, address, chosen_of, hidden, list_url, said, selects
from web.frame.ask import Ask, Page
from web.frame.marks import CONTINUOUS, LEGEND, MARKS
from web.frame.table import Cell, Column, Table, Value, tabled

LEVELS = 4
"""How many shades of a tone there are: the share of a cell it is true of."""
SHORT = " TX"
"""Behind the short name of what is continuous; its title says it in full."""


def board(ask: Ask) -> Response:
    """Show both matrices, narrowed to what the address chooses."""
    chosen = chosen_of(ask)
    found = matrices(ask.house, ask.visitor, ask.as_of, chosen)
    sight = sight_of(ask.house, ask.visitor)
    fields = selects(ask, chosen, sight, whole=False)
    tables = [
        heat(ask, chosen, found.contents, name="noi-dung", title="Chỉ số nội dung theo đơn vị"),
        heat(ask, chosen, found.items, name="nhiem-vu", title="Nhiệm vụ theo địa bàn"),
    ]
    return tabled(
        ask,
        "board/matrix.html",
        title="Bảng theo dõi",
        tables=tables,
        legend=LEGEND,
        scope=described(ask.house, ask.visitor, sight),
        fields=fields,
        kept=hidden(chosen, fields),
        said=said(ask, chosen),
        action=ask.url(MATRICES),
        as_list=list_url(ask, chosen),
        cycle=ask.house.plan.period_name(found.cycle) if found.cycle else "",
    )


def mark_of(tally: Tally, *, continuous: bool) -> tuple[str, str]:
    """Return the tone and letter of a cell: the worst of what stands in it."""
    if continuous:
        return CONTINUOUS
    worst_first = (
        (tally.late, TimeState.OVERDUE),
        (tally.asked, TimeState.PAST_ASKED),
        (tally.soon, TimeState.DUE_SOON),
        (tally.total - tally.done, TimeState.IN_TIME),
        (tally.done_late, TimeState.DONE_LATE),
        (tally.done_after_asked, TimeState.DONE_PAST_ASKED),
    )
    return next((MARKS[state] for there, state in worst_first if there), MARKS[TimeState.DONE_IN_TIME])


def level_of(tally: Tally, *, continuous: bool) -> int:
    """Return how deep the tone is laid on: by the share of the cell that is late, or late as asked."""
    late = tally.late or tally.asked
    return 0 if continuous or not late else 1 + min(LEVELS - 1, late * LEVELS // tally.total)


def heat(ask: Ask, chosen: Chosen, matrix: Matrix, *, name: str, title: str) -> Table:
    """Return a matrix as a table; each cell leads to the list of what it counts."""
    columns = [Column(key="head", heading=_corner(name), width=30)]
    columns += [Column(key=c.key, heading=titled(c), width=10) for c in matrix.columns]
    rows: list[dict[str, Value]] = []
    for head in matrix.rows:
        row: dict[str, Value] = {"head": _head(ask, chosen, head)}
        for column in matrix.columns:
            tally = matrix.cells.get((head.key, column.key))
            if tally is not None:
                row[column.key] = _cell(ask, column.narrow(head.narrow(chosen)), tally, head, column)
        rows.append(row)
    return Table(name=name, title=title, columns=tuple(columns), rows=rows, empty="Không có nội dung.")


def titled(head: Head) -> str:
    """Return a column's title as people read it: "3. Trách nhiệm giải trình với người dân"."""
    words = f"{head.name.removesuffix(SHORT)}. {head.hint}" if head.hint else head.name
    words = words.replace("KH, BC. ", "").removesuffix(" (thường xuyên)")
    return f"{CONTINUOUS[1]} - {words}" if head.continuous else words


def _corner(name: str) -> str:
    return "Đơn vị" if name == "noi-dung" else "Nhiệm vụ"


def _head(ask: Ask, chosen: Chosen, head: Head) -> Cell:
    """Return a row's head: a district leads to its own matrices, an item to its page."""
    narrows = dict(head.narrows)
    words = f"{head.name}. {head.hint}" if head.hint else head.name
    weak = " (yếu)" if head.weak else ""
    if "district" in narrows:
        href = address(ask, MATRICES, replace(chosen, district=narrows["district"]))
    elif "agency" in narrows:
        href = agency_url(ask, narrows["agency"])
    elif "item" in narrows:
        href = ask.url(f"/nhiem-vu-kh/{narrows['item']}")
    else:
        href = list_url(ask, head.narrow(chosen))
    return Cell(value=f"{words}{weak}", href=href)


def _share(tally: Tally) -> float:
    """Return what a column is sorted by: the share that is late; where nothing is, what is not done."""
    late = tally.late + tally.asked
    return late / tally.total if late else (tally.done - tally.total) / (tally.total or 1) / 1000


def _cell(ask: Ask, narrowed: Chosen, tally: Tally, head: Head, column: Head) -> Cell:
    tone, letter = mark_of(tally, continuous=head.continuous or column.continuous)
    said = {
        "quá hạn": tally.late,
        "chậm so với ngày đề nghị": tally.asked,
        "hoàn thành quá hạn": tally.done_late,
        "hoàn thành sau ngày đề nghị": tally.done_after_asked,
    }
    late = "".join(f"; {words} {number:02d}" for words, number in said.items() if number)
    return Cell(
        value=f"{letter} {of(tally.done, tally.total)}",
        href=list_url(ask, narrowed),
        tone=tone,
        order=_share(tally),
        level=level_of(tally, continuous=head.continuous or column.continuous),
        hint=f"{head.name} × {column.name}: đã báo cáo {of(tally.done, tally.total)}{late}",
    )


PAGES = (Page("GET", MATRICES, board, Act.BOARD),)
