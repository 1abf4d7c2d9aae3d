"""A workbook made of a unit's form as it stands: what is open, prefilled with what is written already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from obligations.answers import NO_SECRETS
from obligations.errors import Invalid
from obligations.figures import EVENTS
from obligations.model import PART_WORDS
from obligations.words import about, day
from tasks_lib.answering.cycle_page import HEAD, CyclePage, PageRow, cycle_page, digest
from tasks_lib.answering.cycle_words import carried, closing_day, written
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.answering.unit_cards import Card
from tasks_lib.answering.unit_form import unit_form
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import title
from tasks_lib.workbooks.cells import as_read
from tasks_lib.workbooks.contents import DOCUMENT, NOTHING, content_of, row_of, values_of
from tasks_lib.workbooks.lines import (
    REASONS,
    YES,
    Book,
    Line,
    Sort,
    WorkbookKind,
    figure_line,
    mark,
    text_line,
)

HOW = (
    "Chỉ nhập vào các ô nền vàng; không thêm, xóa, gộp dòng hay đổi tiêu đề. Số viết như 1.234 hoặc 7.024,88;"
    " tỷ lệ nhập hai số đếm ở hai ô. Tài liệu kiểm chứng đính kèm trên trang web."
)
_DOCUMENT_WORDS = {
    "number": "Văn bản đã gửi: số, ký hiệu",
    "signed_on": "Văn bản đã gửi: ngày",
    "signer": "Văn bản đã gửi: người ký",
    "summary": "Văn bản đã gửi: trích yếu",
}
_REASON_WORDS = (
    ("reason", "Chưa hoàn thành: lý do chậm", Sort.REASON),
    ("reason_note", "Chưa hoàn thành: tiến độ, nội dung cụ thể", Sort.TEXT),
    ("expected_on", "Chưa hoàn thành: ngày dự kiến hoàn thành", Sort.DAY),
    ("ask_until", "Chưa hoàn thành: đề nghị điều chỉnh thời hạn đến ngày", Sort.DAY),
)
REASONS_CHOSEN = {key: words for words, key in REASONS.items()}
WITHOUT = "Chưa có số liệu, tài liệu kèm theo: nêu lý do"
DIFFICULTY = "Khó khăn, vướng mắc; đề xuất, kiến nghị"


@dataclass(frozen=True)
class Part:
    """The lines of one duty, or of one row, with their heading."""

    key: str
    lines: tuple[Line, ...]
    stamp: str


def duties_book(house: House, agency: str, as_of: datetime, items: Collection[str] = ()) -> Book:
    """Return the workbook of what a unit has open, or of some items of it; raise Invalid where nothing is."""
    found = unit_form(house, agency, as_of)
    wanted = [card for card in found.open if not card.form and (not items or _item(card) in items)]
    if not wanted:
        raise Invalid(f"{house.agency(agency).name}: không có nhiệm vụ nào cần cập nhật bằng bảng Excel")
    name = house.agency(agency).name
    return _book(
        house,
        Book(
            kind=WorkbookKind.DUTIES,
            plan=house.plan.key,
            agency=agency,
            report="",
            made_on=local_day(as_of),
            title=f"Việc của đơn vị: {name}",
            told=(),
            lines=(),
            stamps={},
        ),
        [duty_part(card) for card in wanted],
    )


def report_book(house: House, key: str, as_of: datetime) -> Book:
    """Return the workbook of a report that has rows; raise Invalid where it is not to be written."""
    page = cycle_page(house, key, as_of)
    if not page.open:
        raise Invalid(f"{key}: báo cáo này chưa đến kỳ hoặc đã gửi; không còn nội dung để nhập")
    row = page.row
    name = house.agency(row.agency_id).name
    about_it = f"Nhiệm vụ {row.item}" if page.is_task else title(house, row.kind, None, row.period)
    empty = Book(
        kind=WorkbookKind.REPORT,
        plan=house.plan.key,
        agency=row.agency_id,
        report=key,
        version=row.version,
        made_on=local_day(as_of),
        title=f"{about_it}: {name}",
        told=(f"{closing_day(house, row)}; hạn cuối {day(row.last_day)}",),
        lines=(),
        stamps={},
    )
    return _book(house, empty, report_parts(page))


def _book(house: House, empty: Book, parts: Iterable[Part]) -> Book:
    """Return a workbook with its lines, and above them what whoever fills it in has to know."""
    parts = tuple(parts)
    of_plan = f"Kế hoạch số {house.plan.number}; số liệu đến ngày {day(empty.made_on)}"
    told = ("; ".join((of_plan, *empty.told)), HOW, NO_SECRETS)
    lines = tuple(line for part in parts for line in part.lines)
    return replace(empty, told=told, lines=lines, stamps={part.key: part.stamp for part in parts})


def duty_part(card: Card) -> Part:
    """Return the lines of one duty."""
    content = card.content
    told = f"hạn cuối {day(card.last_day)}"
    heading = Line(
        part=card.key,
        field="",
        sort=Sort.HEADING,
        number=_item(card),
        label=about(card.title, card.event),
        how=told,
    )
    lines = (heading, *_as_read(_duty_fields(card, content)))
    values = values_of(lines)
    # What has been written already is meant to be sent, whether or not it is changed here.
    seen = "" if card.draft is not None and not card.is_presented else mark(values)
    return Part(card.key, lines, f"{card.version}.{seen}")


def _item(card: Card) -> str:
    return card.item.key if card.item is not None else ""


def _duty_fields(card: Card, content: ReportDraft) -> Iterator[Line]:
    key = card.key
    if not card.is_own_plan:
        yield text_line(key, "completed_on", "Ngày hoàn thành", content.completed_on, Sort.DAY)
    yield text_line(key, "text", "Kết quả thực hiện", content.text)
    for figure in card.figures:
        before = written(card.before[figure.key]) if figure.key in card.before else ""
        yield figure_line(key, figure, str(content.figures.get(figure.key) or ""), before)
    yield text_line(key, "difficulty", "Khó khăn, vướng mắc", content.difficulty)
    yield text_line(key, "without", WITHOUT, content.without)
    if card.takes_nothing:
        arose = YES if content.nothing else ""
        yield text_line(key, NOTHING, "Không phát sinh trong kỳ", arose, Sort.ONLY_YES)
    for name in DOCUMENT:
        sort = Sort.DAY if name == "signed_on" else Sort.TEXT
        yield text_line(key, f"document.{name}", _DOCUMENT_WORDS[name], getattr(content.document, name), sort)
    for name, label, sort in _REASON_WORDS:
        said = getattr(content, name)
        yield text_line(key, name, label, REASONS_CHOSEN.get(said, said), sort)


def report_parts(page: CyclePage) -> Iterator[Part]:
    """Return the lines of a report: its own fields, then those of its rows."""
    head = _as_read(_head_fields(page))
    content = content_of(values_of(head))
    yield Part(HEAD, head, f"{page.head_saved.number}.{digest(content)}")
    for row in () if page.is_task else page.rows:
        lines = (_row_heading(row), *_as_read(_row_fields(row)))
        yield Part(row.key, lines, f"{row.saved.number}.{digest(row_of(values_of(lines)))}")


def _head_fields(page: CyclePage) -> Iterator[Line]:
    head = page.head
    if page.is_task:
        (row,) = page.rows
        yield replace(_row_heading(row), part=HEAD)
        yield text_line(HEAD, "completed_on", "Ngày hoàn thành", head.completed_on, Sort.DAY)
        yield text_line(HEAD, "text", "Kết quả của địa phương", "" if row.proposed else head.text)
        yield from _figures(HEAD, row)
    else:
        yield Line(part=HEAD, field="", sort=Sort.HEADING, label="Kết quả chung")
        led = "Công tác lãnh đạo, chỉ đạo; thông tin, tuyên truyền; kiểm tra, giám sát"
        yield text_line(HEAD, "text", led, head.text)
    yield text_line(HEAD, "difficulty", DIFFICULTY, head.difficulty)
    yield text_line(HEAD, "without", WITHOUT, head.without)


def _row_heading(row: PageRow) -> Line:
    item = row.beside.item
    part = PART_WORDS[row.beside.part]
    return Line(part=row.key, field="", sort=Sort.HEADING, number=item.key, label=item.title, how=part)


def _row_fields(row: PageRow) -> Iterator[Line]:
    yield replace(
        text_line(row.key, "text", "Kết quả trong kỳ", "" if row.proposed else row.fields.text),
        before=row.beside.last_text,
    )
    yield from _figures(row.key, row, estimated=True)


def _figures(part: str, row: PageRow, *, estimated: bool = False) -> Iterator[Line]:
    for field in row.beside.fields:
        figure = field.figure
        foreseen = estimated and figure.key != EVENTS and figure.kind != "yes-no"
        estimate = row.value(figure.key, "estimates") if foreseen else None
        yield figure_line(part, figure, row.value(figure.key), carried(field), estimate)


def _as_read(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with their values as they will be read back: what is untouched is known as such."""
    found = []
    for line in lines:
        estimate = line.estimate
        found.append(
            line
            if line.sort is Sort.HEADING
            else replace(
                line,
                value=as_read(line.sort, line.value),
                estimate=None if estimate is None else as_read(line.sort, estimate),
            )
        )
    return tuple(found)
