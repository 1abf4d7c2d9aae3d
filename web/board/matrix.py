"""The matrices: contents by unit and items by district, as heat maps with letters and counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.responses import Response

from obligations.rights import Act
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.matrices import Head, Matrix, Tally, matrices
from tasks_lib.board.sight import described, sight_of
from web.board.board_tables import agency_url, of
from web.board.filters import MATRICES, address, chosen_of, hidden, list_url, said, selects
from web.frame.ask import Ask, Page
from web.frame.table import Cell, Column, Table, Value, tabled

LEGEND = (
    ("late", "Q", "có nội dung quá hạn, chưa báo cáo"),
    ("asked", "N", "chậm so với ngày đề nghị (Kế hoạch không ghi ngày), chưa báo cáo"),
    ("soon", "S", "có nội dung sắp đến hạn"),
    ("wait", "C", "đang thực hiện, còn hạn"),
    ("soon", "M", "đã hoàn thành, có nội dung hoàn thành quá hạn"),
    ("asked", "SN", "đã hoàn thành, có nội dung sau ngày đề nghị"),
    ("ok", "Đ", "đã hoàn thành đúng hạn"),
    ("", "TX", "thường xuyên, báo cáo theo kỳ, không tính quá hạn"),
)


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
        heads=_hints(found.contents.columns),
        legend=LEGEND,
        scope=described(ask.house, ask.visitor, sight),
        fields=fields,
        kept=hidden(chosen, fields),
        said=said(ask, chosen),
        action=ask.url(MATRICES),
        as_list=list_url(ask, chosen),
        cycle=ask.house.plan.period_name(found.cycle) if found.cycle else "",
    )


def _hints(columns: Iterable[Head]) -> list[tuple[str, str]]:
    """Return what the short heads of columns stand for."""
    return [(head.name, head.hint) for head in columns if head.hint and not head.continuous]


def mark_of(tally: Tally, *, continuous: bool) -> tuple[str, str]:
    """Return the tone and letter of a cell: the worst of what stands in it."""
    if continuous:
        return "", "TX"
    worst_first = (
        (tally.late, "late", "Q"),
        (tally.asked, "asked", "N"),
        (tally.soon, "soon", "S"),
        (tally.done < tally.total, "wait", "C"),
        (tally.done_late, "soon", "M"),
        (tally.done_after_asked, "asked", "SN"),
    )
    return next(((tone, letter) for there, tone, letter in worst_first if there), ("ok", "Đ"))


def heat(ask: Ask, chosen: Chosen, matrix: Matrix, *, name: str, title: str) -> Table:
    """Return a matrix as a table; each cell leads to the list of what it counts."""
    columns = [Column(key="head", heading=_corner(name), width=30)]
    columns += [Column(key=c.key, heading=c.name, width=10) for c in matrix.columns]
    rows: list[dict[str, Value]] = []
    for head in matrix.rows:
        row: dict[str, Value] = {"head": _head(ask, chosen, head)}
        for column in matrix.columns:
            tally = matrix.cells.get((head.key, column.key))
            if tally is not None:
                row[column.key] = _cell(ask, column.narrow(head.narrow(chosen)), tally, head, column)
        rows.append(row)
    return Table(name=name, title=title, columns=tuple(columns), rows=rows, empty="Không có nội dung.")


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
        hint=f"{head.name} × {column.name}: đã báo cáo {of(tally.done, tally.total)}{late}",
    )


PAGES = (Page("GET", MATRICES, board, Act.BOARD),)
