"""The roll-up at every level at any time, each number traced down to the reports it came from."""

from __future__ import annotations

from starlette.responses import Response

from obligations.model import PART_WORDS, Part
from obligations.rights import Act
from tasks_lib.rollup.consolidate import consolidate
from tasks_lib.rollup.roll_up_page import is_weak, ordered, trace
from web.frame.ask import Ask, Page, whole_number
from web.frame.render import page
from web.frame.table import AS_XLSX, workbook_response, xlsx_address
from web.rollup.rollup_chosen import (
    ROLL_UP,
    choose,
    closing,
    items,
    place_words,
    places,
    see,
    subject_words,
)
from web.rollup.rollup_tables import (
    by_district,
    everything,
    figures_table,
    missing_tables,
    standing_table,
    traced_tables,
)

TEXTS_A_PAGE = 20


def roll_up(ask: Ask) -> Response:
    """Show the roll-up of a place."""
    chosen = choose(ask)
    found = consolidate(ask.house, chosen.place.id, chosen.scope, ask.as_of)
    lines = ordered(ask.house, found.lines)
    if ask.query("dang") == AS_XLSX:
        return workbook_response(ask, everything(ask, chosen, found, lines))
    return page(
        ask,
        "rollup/rollup.html",
        title=f"Tổng hợp: {place_words(ask, chosen)}",
        found=found,
        lines=lines,
        chosen=chosen,
        places=places(ask, chosen.scope.item),
        items=items(ask, chosen),
        part_words=PART_WORDS,
        weak=lambda line: is_weak(ask.house, line.item),
        tables=[figures_table(ask, chosen, lines), standing_table(lines), *missing_tables(ask, found)],
        link=lambda to, **query: chosen.address(ask, to, **query),
        xlsx=xlsx_address(ask),
        closing=closing(ask, chosen),
    )


def sources(ask: Ask) -> Response:
    """Show what one number is made of: by unit, with the report it stands in."""
    chosen = choose(ask)
    part, key = ask.query("phan", Part.LEAD), ask.query("so")
    _found, traced = trace(ask.house, chosen.place.id, chosen.scope, part, key, ask.as_of)
    figure = traced.figure
    whole = ask.query("dang") == AS_XLSX
    tables = traced_tables(ask, figure, whole=whole)
    if traced.districts:
        tables.insert(0, by_district(ask, chosen, traced.districts, part, key))
    if whole:
        return workbook_response(ask, tables)
    return page(
        ask,
        "rollup/rollup_sources.html",
        title=f"{traced.line.item.key}. {figure.figure.name}",
        tables=tables,
        xlsx=xlsx_address(ask),
        subject=chosen.subject.words,
        figure=figure,
        line=traced.line,
        part_words=PART_WORDS,
        back=chosen.address(ask),
        place=place_words(ask, chosen),
    )


def texts(ask: Ask) -> Response:
    """Show what the units wrote, unit by unit."""
    chosen = choose(ask)
    found = consolidate(ask.house, chosen.place.id, chosen.scope, ask.as_of)
    line = found.line(str(chosen.scope.item), ask.query("phan", Part.LEAD)) if chosen.scope.item else None
    written = line.texts if line is not None else found.texts
    number = max(whole_number(ask.query("trang"), 1), 1)
    first = (number - 1) * TEXTS_A_PAGE
    shown = written[first : first + TEXTS_A_PAGE]
    part = ask.query("phan")
    return page(
        ask,
        "rollup/rollup_texts.html",
        title=f"Nội dung báo cáo: {subject_words(chosen, line)}",
        written=[(text, see(ask, text.agency, chosen.scope.item, text.obligation)) for text in shown],
        total=len(written),
        number=number,
        place=place_words(ask, chosen),
        back=chosen.address(ask),
        following=chosen.address(ask, "/noi-dung", phan=part, trang=str(number + 1))
        if first + TEXTS_A_PAGE < len(written)
        else "",
        before=chosen.address(ask, "/noi-dung", phan=part, trang=str(number - 1)) if number > 1 else "",
    )


PAGES = (
    Page("GET", ROLL_UP, roll_up, Act.ROLL_UP),
    Page("GET", f"{ROLL_UP}/nguon", sources, Act.ROLL_UP),
    Page("GET", f"{ROLL_UP}/noi-dung", texts, Act.ROLL_UP),
)
