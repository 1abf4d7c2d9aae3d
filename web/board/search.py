"""Search: agencies, items and contents by a part of their name, with or without diacritics."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from obligations.board import Sort
from obligations.model import TimeState
from obligations.rights import Act
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.finding import Found, find
from web.board.board_tables import agency_url
from web.board.filters import MATRICES, address, list_url
from web.board.lists import ITEM
from web.frame.ask import Ask, Page
from web.frame.table import Cell, Column, Table, Value, tabled

SEARCH = "/tim"
LONGEST = 100


def search(ask: Ask) -> Response:
    """Show what fits the words."""
    text = ask.query("q")[:LONGEST]
    found = find(ask.house, ask.visitor, ask.as_of, text)
    contents = [
        (f"{c.number}. {c.name}", address(ask, MATRICES, Chosen(content=str(c.number))))
        for c in found.contents
    ]
    tables = [_agencies(ask, found), _items(ask, found)]
    return tabled(
        ask,
        "board/search.html",
        title="Tìm",
        tables=[t for t in tables if t.rows] or tables[:1],
        text=text,
        found=found,
        contents=contents,
    )


def _counts(ask: Ask, chosen: Chosen, total: int, late: int) -> dict[str, Value]:
    overdue = replace(chosen, sort=Sort.DATED, time=TimeState.OVERDUE)
    return {
        "total": Cell(value=total, href=list_url(ask, chosen)),
        "late": Cell(value=late, href=list_url(ask, overdue), tone="late") if late else 0,
    }


def _agencies(ask: Ask, found: Found) -> Table:
    rows: list[dict[str, Value]] = [
        {
            "name": Cell(value=f.agency.name, href=agency_url(ask, f.agency.id)),
            "place": f.place,
            "item": Cell(value=f.item, href=ask.url(f"{ITEM}/{f.item}")) if f.item else "",
            **_counts(ask, Chosen(agency=f.agency.id, item=f.item), f.total, f.late),
        }
        for f in found.agencies
    ]
    columns = (
        Column(key="name", heading="Cơ quan, đơn vị", width=40),
        Column(key="place", heading="Địa bàn", width=20),
        *([Column(key="item", heading="Nhiệm vụ", width=10)] if any(f.item for f in found.agencies) else []),
        *_COUNTS,
    )
    return Table(name="don-vi", title="Cơ quan, đơn vị, địa phương", columns=columns, rows=rows)


_COUNTS = (
    Column(key="total", heading="Được giao", kind="count"),
    Column(key="late", heading="Quá hạn", kind="count"),
)


def _items(ask: Ask, found: Found) -> Table:
    rows: list[dict[str, Value]] = [
        {
            "item": Cell(value=f.item.key, href=ask.url(f"{ITEM}/{f.item.key}")),
            "title": Cell(value=f.item.title, href=ask.url(f"{ITEM}/{f.item.key}")),
            **_counts(ask, Chosen(item=f.item.key), f.total, f.late),
        }
        for f in found.items
    ]
    columns = (
        Column(key="item", heading="Số", width=8),
        Column(key="title", heading="Nhiệm vụ", width=60),
        *_COUNTS,
    )
    return Table(name="nhiem-vu", title="Nhiệm vụ", columns=columns, rows=rows)


PAGES = (Page("GET", SEARCH, search, Act.BOARD),)
