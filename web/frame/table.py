"""A table as pages show it and as a workbook carries it: the same rows, once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from notifications.digest_sheets import ELSEWHERE
from notifications.print_setup import on_landscape, set_heights
from notifications.sheets import XLSX, workbook_options
from notifications.wording import plain_date, upper_first
from obligations.words import alphabetical
from web.frame.ask import Ask
from web.frame.form_faults import At
from web.frame.render import page

AS_XLSX = "xlsx"
SORT, DOWN = "xep", "giam"
"""In an address: the table and column it is sorted by, and whether the most stands first."""
RISING, FALLING = "ascending", "descending"
HEADER_ROW = 3
WIDEST = 60


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its key in a row, its heading, and how it is set."""

    key: str
    heading: str
    kind: str = "text"
    """text, count, date, or state (a short word with a colour and a letter)."""
    width: int = 18
    """Characters, in the workbook."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A value with what a page adds to it: an address, a tone, a hint; the workbook takes the value alone."""

    value: str | int | date | None
    href: str = ""
    tone: str = ""
    """ok, soon, late, wait, calm or none: a class of the style sheet."""
    mark: str = ""
    """A letter beside the colour, so that black and white tells the same."""
    hint: str = ""
    order: float | None = None
    """What a column is sorted by, where that is not the value itself."""
    level: int = 0
    """How deep its tone is laid on, 1 to 4; 0 is the plain tone."""


Value = str | int | date | Cell | None


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Where a click on a heading leads, and how its column is sorted now."""

    href: str
    sorted: str = ""
    """ascending, descending or nothing, as aria-sort says it."""


UNSORTED = Heading(href="")
"""Of a column that a list cannot be sorted by."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under headings."""

    name: str
    """For the workbook's file and sheet: "nhiem-vu-qua-han"."""
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[dict[str, Value]]
    empty: str = "Không có nội dung."
    sums: tuple[str, str] | None = None
    """Columns by which a workbook adds the rows up on a sheet of its own: for each of one, by the other."""

    headings: tuple[Heading, ...] = ()
    """How each column can be sorted by an address; the database sorts what has more pages than one."""

    def cell(self, row: dict[str, Value], column: Column) -> Cell:
        """Return a row's cell, plain values too."""
        value = row.get(column.key)
        return value if isinstance(value, Cell) else Cell(value=value)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why what a page's form asked for was not done, as the page shows it."""

    status: int = 200
    problem: str = ""
    faults: Sequence[At] = ()


NOTHING_REFUSED = Refusal()


def tabled(
    ask: Ask,
    template: str,
    *,
    title: str,
    tables: Sequence[Table],
    refusal: Refusal = NOTHING_REFUSED,
    also: Mapping[str, object] | None = None,
    **values: object,
) -> Response:
    """Answer with a page and its tables, or with the workbook where the address asks for it."""
    if ask.query("dang") == AS_XLSX:
        return workbook_response(ask, [in_order(ask, table) for table in tables])
    return page(
        ask,
        template,
        title=title,
        status=refusal.status,
        problem=refusal.problem,
        faults=refusal.faults,
        tables=[in_order(ask, table) for table in tables],
        xlsx=xlsx_address(ask),
        also=also,
        **values,
    )


def in_order(ask: Ask, table: Table) -> Table:
    """Return a table in the order its address asks for, with where each heading leads; paged ones stay."""
    if table.headings or not table.rows:
        return table
    headings = tuple(_heading(ask, table, column) for column in table.columns)
    by = next((n for n, heading in enumerate(headings) if heading.sorted), None)
    if by is None:
        return replace(table, headings=headings)
    column, falling = table.columns[by], headings[by].sorted == FALLING
    told = [row for row in table.rows if table.cell(row, column).value not in (None, "")]
    silent = [row for row in table.rows if table.cell(row, column).value in (None, "")]
    told.sort(key=lambda row: _order(table.cell(row, column)), reverse=falling)
    return replace(table, headings=headings, rows=[*told, *silent])


def _heading(ask: Ask, table: Table, column: Column) -> Heading:
    return heading(ask, f"{table.name}.{column.key}", falling=column.kind == "count")


def heading(ask: Ask, mark: str, *, falling: bool = False) -> Heading:
    """Return where a heading leads: sorted by it, then the other way round; `falling` begins there."""
    here = ask.query(SORT) == mark
    down = ask.query(DOWN) == "1"
    kept = {
        name: value for name, value in ask.request.query_params.items() if name not in (SORT, DOWN, "trang")
    }
    then = not down if here else falling
    query = urlencode({**kept, SORT: mark, **({DOWN: "1"} if then else {})})
    return Heading(href=f"?{query}", sorted=(FALLING if down else RISING) if here else "")


def sorted_by(ask: Ask, name: str) -> tuple[str, bool]:
    """Return the column the address sorts a table by, "" for none, and whether the most comes first."""
    table, _, column = ask.query(SORT).partition(".")
    return (column if table == name else ""), ask.query(DOWN) == "1"


def _order(cell: Cell) -> tuple[float, object]:
    """Return what a cell is sorted by: a number, a day, or words as a dictionary has them."""
    if cell.order is not None:
        return cell.order, ()
    match cell.value:
        case int() as number:
            return float(number), ()
        case date() as day:
            return float(day.toordinal()), ()
        case words:
            return 0.0, alphabetical(str(words))


def xlsx_address(ask: Ask) -> str:
    """Return the address of the same tables as a workbook."""
    return str(ask.request.url.include_query_params(dang=AS_XLSX).replace(scheme="", netloc=""))


def workbook_response(ask: Ask, tables: Sequence[Table]) -> Response:
    """Return tables as the sheets of one workbook."""
    name = f"{tables[0].name}-{ask.on:%Y-%m-%d}.xlsx"
    disposition = f'attachment; filename="{name}"'
    return Response(workbook(tables, ask.on), media_type=XLSX, headers={"Content-Disposition": disposition})


def workbook(tables: Sequence[Table], on: date) -> bytes:
    """Return the bytes of a workbook; the same tables always give the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, workbook_options()) as book:
        book.set_properties({"title": tables[0].title, "created": datetime.combine(on, time())})
        for number, table in enumerate(tables, start=1):
            _fill(book, book.add_worksheet(f"{number}. {table.name}"[:31]), table, on)
        for added in filter(None, map(_added_up, tables)):
            _fill(book, book.add_worksheet(added.name), added, on)
    return buffer.getvalue()


def _fill(book: Workbook, sheet: Worksheet, table: Table, on: date) -> None:
    base = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 11}
    text = book.add_format(base)
    dated = book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "center"})
    head = book.add_format({**base, "bold": True, "align": "center", "bg_color": "#E5E7EB"})
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"Số liệu đến ngày {plain_date(on)}")
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, min(column.width, WIDEST))
        sheet.write_string(HEADER_ROW, index, column.heading, head)
    set_heights(sheet, HEADER_ROW, [(c.heading, min(c.width, WIDEST)) for c in table.columns])
    for number, row in enumerate(table.rows, start=HEADER_ROW + 1):
        cells = [table.cell(row, column) for column in table.columns]
        for index, cell in enumerate(cells):
            _write(sheet, number, index, cell, text, dated)
        widths = [min(column.width, WIDEST) for column in table.columns]
        said = ["" if cell.value is None else str(cell.value) for cell in cells]
        set_heights(sheet, number, list(zip(said, widths, strict=True)))
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(len(table.rows), 1), len(table.columns) - 1)
    on_landscape(sheet, HEADER_ROW)


def _added_up(table: Table) -> Table | None:
    """Count a table's rows by two columns, with a sum below and one beside; None where there is one line."""
    if table.sums is None:
        return None
    by, across = (next(c for c in table.columns if c.key == key) for key in table.sums)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in table.rows:
        counts[str(table.cell(row, by).value or ELSEWHERE)][str(table.cell(row, across).value or "")] += 1
    if len(counts) < 2:  # noqa: PLR2004 - of one the table itself is the sum
        return None
    kinds = sorted({kind for found in counts.values() for kind in found})
    columns = [Column(key=kind, heading=upper_first(kind), kind="count", width=14) for kind in kinds]
    whole = sum(counts.values(), Counter())
    rows: list[dict[str, Value]] = [
        {"by": name, **{kind: found[kind] for kind in kinds}, "sum": found.total()}
        for name, found in (*sorted(counts.items(), key=_in_order), ("Tổng cộng", whole))
    ]
    return Table(
        name=f"Cộng theo {by.heading.lower()}",
        title=f"{table.title}: cộng theo {by.heading.lower()}",
        columns=(
            Column(key="by", heading=by.heading, width=36),
            *columns,
            Column(key="sum", heading="Cộng", kind="count", width=10),
        ),
        rows=rows,
    )


def _in_order(entry: tuple[str, Counter[str]]) -> tuple[bool, object]:
    return entry[0] == ELSEWHERE, alphabetical(entry[0])


def _write(sheet: Worksheet, row: int, index: int, cell: Cell, text: Any, dated: Any) -> None:  # noqa: ANN401
    """Write a value as what it is; text stays text, so that nothing typed becomes a formula."""
    match cell.value:
        case bool() | None:
            sheet.write_string(row, index, "", text)
        case int() as number:
            sheet.write_number(row, index, number, text)
        case date() as day:
            sheet.write_datetime(row, index, datetime.combine(day, time()), dated)
        case words:
            sheet.write_string(row, index, str(words), text)
