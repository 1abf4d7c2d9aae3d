"""A quarter's products as scripts read them, and as a workbook carries them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from notifications.print_setup import on_landscape, set_heights
from notifications.sheets import workbook_options
from obligations.grading import GRADE_WORDS, NOT_BEGUN, Products, ProgressRule
from obligations.model import Item, Kind
from obligations.reckoning import SHARE_WORDS, Share, reckoned
from obligations.words import day
from store.rows import Grade
from tasks_lib.grading.grades import OfAgency, Quarter, content_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import title

Value = str | int | float | date | None
Sheet = tuple[str, tuple[tuple[str, int], ...], list[tuple[Value, ...]]]
"""Its name, its headings with their widths, its rows."""
NOBODY = "Báo cáo chưa ghi tên công chức, hoặc chưa có báo cáo"
TRIED = "Quy tắc chưa có hiệu lực trong quý này; số liệu chỉ để tính thử."
_NUMBERS = (
    ("Sản phẩm đến hạn", 11),
    ("Hoàn thành", 11),
    ("Đúng hạn", 10),
    ("Sau thời hạn", 10),
    ("Chưa hoàn thành", 11),
    ("Tạm dừng theo địa bàn (tính riêng)", 13),
    ("Số lượng (%)", 10),
    ("Điểm tiến độ", 10),
    ("Tiến độ (%)", 10),
)
_HEADING_ROW = 4


def as_json(found: Quarter) -> dict[str, object]:
    """Return a quarter as scripts read it."""
    return {
        "quarter": str(found.quarter),
        "as_of": found.as_of.isoformat(),
        "closed": found.closed,
        "rule": _rule(found),
        "agencies": [_agency(one, found.rule) for one in found.agencies],
    }


def _rule(found: Quarter) -> dict[str, object]:
    rule = found.rule
    return {
        "key": rule.key,
        "decree": rule.decree,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "in_force": found.in_force,
        "source": rule.source,
        "full_points": rule.full_points,
        "less_per_delay": rule.less_per_delay,
        "readings": list(rule.readings),
        "unknown": list(rule.unknown),
    }


def _agency(one: OfAgency, rule: ProgressRule) -> dict[str, object]:
    return {
        "agency": one.agency.id,
        "name": one.agency.name,
        **content_of(one, rule),
        **_percents(one.products, rule),
        "quality_percent": None,
        "grade": grade_json(one.grade),
        "officers": [
            {
                "name": officer.name or None,
                "assigned": officer.products.assigned,
                "completed": officer.products.completed,
                "in_time": officer.products.reckoned.in_time,
                "late": officer.products.reckoned.late,
                "overdue": officer.products.reckoned.overdue,
                "excused": officer.products.reckoned.excused,
                "progress_points": officer.products.progress_points(rule),
                **_percents(officer.products, rule),
            }
            for officer in one.officers
        ],
    }


def _percents(products: Products, rule: ProgressRule) -> dict[str, float | None]:
    return {"quantity_percent": products.quantity, "progress_percent": products.progress(rule)}


def grade_json(grade: Grade | None) -> dict[str, object] | None:
    """Return what is kept of an agency as scripts read it."""
    if grade is None:
        return None
    return {
        "state": str(grade.state),
        "content": grade.content,
        "as_of": grade.as_of.isoformat(),
        "contest_until": grade.contest_until.isoformat(),
        "drafted_at": grade.drafted_at.isoformat(),
        "drafted_by": grade.drafted_by,
        "answered_at": grade.answered_at.isoformat() if grade.answered_at else None,
        "answered_by": grade.answered_by,
        "answer": grade.answer,
        "published_at": grade.published_at.isoformat() if grade.published_at else None,
        "published_by": grade.published_by,
        "told_at": grade.told_at.isoformat() if grade.told_at else None,
        "reply": grade.reply,
    }


def workbook(house: House, found: Quarter) -> bytes:
    """Return a quarter as a workbook: by agency, by officer, product by product, and the rule."""
    buffer = BytesIO()
    with Workbook(buffer, workbook_options()) as book:
        created = datetime.combine(found.as_of, time())
        book.set_properties({"title": _title(house, found), "created": created})
        for sheet in (_agencies(found), _officers(found), _products(house, found), _of_rule(found)):
            _write(book, book.add_worksheet(sheet[0]), house, found, sheet)
    return buffer.getvalue()


def _title(house: House, found: Quarter) -> str:
    return f"Mức độ hoàn thành {house.plan.period_name(found.quarter)}, Kế hoạch số {house.plan.number}"


def _numbers(products: Products, rule: ProgressRule) -> tuple[Value, ...]:
    counted = products.reckoned
    return (
        products.assigned,
        products.completed,
        counted.in_time,
        counted.late,
        counted.overdue,
        counted.excused,
        products.quantity,
        products.progress_points(rule),
        products.progress(rule),
    )


def _agencies(found: Quarter) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (
            one.agency.name,
            one.agency.level.heading,
            *_numbers(one.products, found.rule),
            one.asked_more,
            GRADE_WORDS[one.grade.state] if one.grade else NOT_BEGUN,
            day(one.grade.contest_until) if one.grade else "",
            (one.grade.answer or "") if one.grade else "",
        )
        for one in found.agencies
    ]
    more = (("Phải bổ sung", 10), ("Trạng thái", 20), ("Đối chiếu đến hết", 12), ("Ý kiến của đơn vị", 30))
    return "Theo cơ quan", (("Cơ quan, đơn vị", 30), ("Cấp", 10), *_NUMBERS, *more), rows


def _officers(found: Quarter) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (one.agency.name, officer.name or NOBODY, *_numbers(officer.products, found.rule))
        for one in found.agencies
        for officer in one.officers
    ]
    return "Theo công chức", (("Cơ quan, đơn vị", 30), ("Người soạn báo cáo", 30), *_NUMBERS), rows


def _products(house: House, found: Quarter) -> Sheet:
    items = {item.key: item for item in house.plan.assigned}
    # What is to be reached is said beside what was done, where the plan says it.
    more = (("Sản phẩm phải có", 26), ("Số lượng cần đạt", 18)) if _says_how_much(items.values()) else ()
    rows: list[tuple[Value, ...]] = [
        (
            one.agency.name,
            product.item or "",
            title(house, Kind(product.kind), product.item, product.period),
            product.last_day,
            product.done_on,
            SHARE_WORDS[product.share],
            _points(found.rule, product.share),
            product.asked_more,
            product.officer or "",
            *(_asked_of(items.get(product.item or "")) if more else ()),
        )
        for one in found.agencies
        for product in one.listed
    ]
    headings = (
        ("Cơ quan, đơn vị", 28),
        ("Nhiệm vụ", 9),
        ("Sản phẩm", 46),
        ("Hạn cuối", 11),
        ("Ngày hoàn thành", 11),
        ("Được tính là", 26),
        ("Điểm tiến độ", 9),
        ("Đề nghị bổ sung (lần)", 9),
        ("Người soạn báo cáo", 22),
        *more,
    )
    return "Sản phẩm", headings, rows


def _says_how_much(items: Iterable[Item]) -> bool:
    return any(item.quantity for item in items)


def _asked_of(item: Item | None) -> tuple[str, str]:
    return (item.product, item.quantity) if item else ("", "")


def _points(rule: ProgressRule, share: Share) -> int | None:
    """Return a product's points as its column gives them; None where it is not counted."""
    found = Products(reckoned=reckoned({share: 1}))
    return found.progress_points(rule) if found.assigned else None


def _of_rule(found: Quarter) -> Sheet:
    rule = found.rule
    until = f" đến hết {day(rule.valid_to)}" if rule.valid_to else ""
    rows: list[tuple[Value, ...]] = [
        ("Văn bản", f"{rule.decree}, hiệu lực từ {day(rule.valid_from)}{until}"),
        ("Nguồn", rule.source),
        ("Tiến độ", f"Đủ {rule.full_points} điểm; mỗi lần chậm trừ {rule.less_per_delay} điểm của sản phẩm."),
        *(("Cách tính của hệ thống", words) for words in rule.readings),
        *(("Chưa có, chưa biết", words) for words in rule.unknown),
    ]
    return "Quy tắc", (("Nội dung", 26), ("Diễn giải", 110)), rows


def _write(book: Workbook, sheet: Worksheet, house: House, found: Quarter, content: Sheet) -> None:
    _, headings, rows = content
    cell = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 11}
    bold = {"bold": True, "font_name": "Times New Roman"}
    text, head = book.add_format(cell), book.add_format({**cell, "bold": True, "align": "center"})
    dated = book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "center"})
    sheet.write_string(0, 0, _title(house, found), book.add_format({**bold, "font_size": 14}))
    for row, words in enumerate(_said(found), start=1):
        sheet.write_string(row, 0, words, book.add_format(bold if words == TRIED else {}))
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADING_ROW, column, heading, head)
    set_heights(sheet, _HEADING_ROW, headings)
    for number, values in enumerate(rows, start=_HEADING_ROW + 1):
        for column, value in enumerate(values):
            match value:
                case date():
                    sheet.write_datetime(number, column, datetime.combine(value, time()), dated)
                case int() | float():
                    sheet.write_number(number, column, value, text)
                case str() | None as said:
                    sheet.write_string(number, column, said or "", text)
        set_heights(sheet, number, list(_words(values, headings)))
    sheet.freeze_panes(_HEADING_ROW + 1, 1)
    on_landscape(sheet, _HEADING_ROW)


def _said(found: Quarter) -> Iterator[str]:
    yield f"Số liệu tính đến ngày {day(found.as_of)}; quy tắc: {found.rule.decree}"
    if not found.closed:
        yield "Quý chưa kết thúc: số liệu còn thay đổi."
    elif not found.in_force:
        yield TRIED


def _words(values: Sequence[Value], headings: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    for value, (_, width) in zip(values, headings, strict=True):
        yield ("" if value is None else str(value)), width
