"""What a workbook that came back says, in the form's own model; all that is wrong is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from obligations import figures, words
from obligations.errors import Faults, Gathering, Invalid, Refused
from obligations.figures import EVENTS
from store.engine import reading
from store.ledger import find
from tasks_lib.answering.answering import check_typed, explanation_of, nothing_said
from tasks_lib.answering.cycle_draft import Typed, wrong_with
from tasks_lib.answering.cycle_form import NUMBER_OF_EVENTS
from tasks_lib.answering.cycle_page import HEAD, CyclePage, cycle_page
from tasks_lib.answering.enough import Says, check_says_something
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.answering.unit_cards import Card
from tasks_lib.answering.unit_form import unit_form
from tasks_lib.kernel import typed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.figures import number
from tasks_lib.kernel.wording import name_of
from tasks_lib.workbooks import cells
from tasks_lib.workbooks.contents import content_of, estimate_of, row_of
from tasks_lib.workbooks.faults import ESTIMATE, VALUE, At, Rows, WrongCells
from tasks_lib.workbooks.lines import Line, Sort, WorkbookKind, mark
from tasks_lib.workbooks.made import Part, duty_part, report_parts
from tasks_lib.workbooks.opened import ANEW, Opened

CHANGED = "đơn vị đã gửi báo cáo, hoặc báo cáo đã đổi trạng thái sau ngày lập bảng"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One value as it was read, to be looked over before it is sent."""

    about: str
    label: str
    value: str
    spelled: str
    """A number that could be meant otherwise, written out; else ""."""

    def __str__(self) -> str:
        """Say it in one line."""
        spelled = f" (đọc là {self.spelled})" if self.spelled else ""
        return f"{self.about}, {self.label}: {self.value}{spelled}"


@dataclass(frozen=True, kw_only=True)
class FilledDuty:
    """One duty that was filled in."""

    card: Card
    values: Mapping[str, str]
    """By field, as typed."""
    told: tuple[Told, ...] = ()

    @property
    def content(self) -> ReportDraft:
        """Return what it says, with the files and names that its draft has kept: a workbook carries none."""
        kept = self.card.content
        return content_of(self.values).but(files=kept.files, people=kept.people)


@dataclass(frozen=True, kw_only=True)
class FilledReport:
    """A report that was filled in, row by row, with the stamps of the day the workbook was made."""

    page: CyclePage
    rows: Mapping[str, Typed]
    told: tuple[Told, ...]
    """What rows say that say anything else than when the workbook was made."""
    places: Mapping[str, Rows]

    def check_complete(self) -> None:
        """Raise WrongCells where a row has to say how many events there were, 0 too, and does not."""
        asked = [row.key for row in self.page.rows if any(f.figure.key == EVENTS for f in row.beside.fields)]
        lacking = [key for key in asked if not self.rows[key].fields.filled_events]
        if lacking:
            raise WrongCells(self.places[key].at(EVENTS, NUMBER_OF_EVENTS) for key in lacking)

    @property
    def content(self) -> ReportDraft:
        """Return the report as a whole, as a form would hand it in."""
        head = self.rows[HEAD].fields
        said = head if isinstance(head, ReportDraft) else ReportDraft()
        if self.page.is_task:
            return said
        return said.but(rows={key: row.fields.as_row for key, row in self.rows.items() if key != HEAD})


@dataclass
class _Values:
    """The values of one part, and where they stand."""

    rows: Rows
    said: dict[str, str] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    wrong: list[At] = field(default_factory=list)


def read_duties(house: House, book: Opened, by: str, as_of: datetime) -> tuple[FilledDuty, ...]:
    """Return the duties that were filled in; raise WrongCells, or what refuses the workbook as a whole."""
    check_whose(house, book, by, WorkbookKind.DUTIES)
    form = unit_form(house, by, as_of, also=book.stamps)
    cards = {key: card for key in book.stamps if (card := form.card(key)) is not None and not card.form}
    if len(cards) < len(book.stamps):
        raise Refused(f"tệp '{book.name}' có nhiệm vụ không phải của {house.agency(by).name}; {ANEW}")
    parts = _values(house, book, [duty_part(card) for card in cards.values()], _duty_called(cards))
    filled, wrong = [], [at for part in parts.values() for at in part.wrong]
    for key, part in parts.items():
        duty = FilledDuty(card=cards[key], values=part.said, told=tuple(part.told))
        if not _is_filled(book.stamps[key], part, duty.content):
            continue
        filled.append(duty)
        wrong += _wrong_duty(house, book, duty, part, as_of)
    if wrong:
        raise WrongCells(wrong)
    if not filled:
        raise Invalid(f"tệp '{book.name}' chưa nhập nội dung nào")
    return tuple(filled)


def read_report(house: House, book: Opened, by: str, as_of: datetime, key: str = "") -> FilledReport:
    """Return a report as it was filled in; raise WrongCells, or what refuses the workbook as a whole."""
    check_whose(house, book, by, WorkbookKind.REPORT)
    if key and book.report != key:
        raise Refused(f"tệp '{book.name}' là bảng của báo cáo khác ({book.report}); {ANEW}")
    page = cycle_page(house, book.report, as_of)
    if page.row.agency_id != by:
        raise Refused(f"tệp '{book.name}' không phải bảng của {house.agency(by).name}; {ANEW}")
    if not page.open or book.version != str(page.row.version):
        raise Refused(f"tệp '{book.name}' là bản cũ: {CHANGED}; {ANEW}")
    called = {row.key: f"nhiệm vụ {row.beside.item.key}" for row in page.rows}
    parts = _values(house, book, list(report_parts(page)), called)
    wrong = [at for part in parts.values() for at in part.wrong]
    rows = {
        key: Typed(fields=content_of(p.said) if key == HEAD else row_of(p.said), stamp=book.stamps[key])
        for key, p in parts.items()
    }
    for key_of, faults in wrong_with(house, page, rows, as_of).items():
        wrong += parts[key_of].rows.all(faults)
    if wrong:
        raise WrongCells(wrong)
    told = tuple(told for key, part in parts.items() if rows[key].changed for told in part.told)
    places = {key: part.rows for key, part in parts.items()}
    return FilledReport(page=page, rows=rows, told=told, places=places)


def confirmed(
    house: House, by: str, as_of: datetime, said: Mapping[str, Mapping[str, str]]
) -> tuple[FilledDuty, ...]:
    """Return duties by their keys with the values that were looked over; another unit's are refused."""
    form = unit_form(house, by, as_of, also=said)
    found = [FilledDuty(card=card, values=said[key]) for key in said if (card := form.card(key)) is not None]
    if len(found) < len(said) or any(duty.card.form for duty in found):
        raise Refused(f"có nhiệm vụ không phải của {house.agency(by).name}; {ANEW}")
    return tuple(found)


def check_whose(house: House, book: Opened, by: str, kind: WorkbookKind) -> None:
    """Refuse a workbook of another plan, another unit, or of something else."""
    if book.plan != house.plan.key:
        raise Refused(f"tệp '{book.name}' là bảng của kế hoạch khác; {ANEW}")
    if book.agency != by:
        whose = name_of(house, book.agency)
        raise Refused(
            f"tệp '{book.name}' là bảng của {whose}, không phải của {house.agency(by).name}; {ANEW}"
        )
    if book.kind is not kind:
        wanted = "báo cáo kỳ" if kind is WorkbookKind.REPORT else "nhiệm vụ của đơn vị"
        raise Refused(f"tệp '{book.name}' không phải bảng {wanted}; tải lên ở đúng trang, hoặc {ANEW}")


def _duty_called(cards: Mapping[str, Card]) -> dict[str, str]:
    return {key: f"nhiệm vụ {card.item.key}" if card.item else card.title for key, card in cards.items()}


def _values(house: House, book: Opened, parts: list[Part], called: Mapping[str, str]) -> dict[str, _Values]:
    """Read the cells of every part as the form asks for them today; other lines make it an old workbook."""
    known = {line.id: line for part in parts for line in part.lines if line.sort is not Sort.HEADING}
    if {given.id for given in book.lines} != known.keys() or len(book.lines) != len(known):
        raise Refused(
            f"tệp '{book.name}' là bản cũ: nội dung phải nhập của {house.plan.number} đã đổi; {ANEW}"
        )
    found: dict[str, _Values] = {}
    for part in parts:
        lines = [(given.row, known[given.id]) for given in book.lines if known[given.id].part == part.key]
        found[part.key] = _Values(
            Rows(
                about=called.get(part.key, ""),
                first=min(row for row, _ in lines),
                by_field={line.field: row for row, line in lines},
                labels={line.field: line.label for _, line in lines},
            )
        )
    for given in book.lines:
        _read(found[known[given.id].part], known[given.id], given.row, given.place, given.estimate)
    return found


def _read(part: _Values, line: Line, row: int, place: cells.Place, estimate: cells.Place) -> None:
    asked = [(line.field, place, VALUE)]
    if line.estimate is not None:
        asked.append((estimate_of(line.field), estimate, ESTIMATE))
    for name, held, column in asked:
        try:
            value = cells.read(line.sort, held)
        except Invalid as fault:
            about = ", ".join(it for it in (part.rows.about, line.label) if it)
            part.wrong.append(At(row=row, column=column, about=about, words=str(fault)))
        else:
            if value:
                part.said[name] = value
                part.told.append(_told(part.rows.about, line, value, expected=column == ESTIMATE))


def _told(about: str, line: Line, value: str, *, expected: bool) -> Told:
    """Return a value as it is looked over: days and numbers so that none is mistaken."""
    shown, spelled = value, ""
    with suppress(Invalid, ValueError):
        if line.sort is Sort.DAY:
            day = typed.day(value, "")
            shown = words.day(day) if day else value
        elif line.sort in (Sort.COUNT, Sort.AMOUNT):
            read = number(value)
            spelled = figures.spelled(f"{read:f}")
            whole = read == read.to_integral_value()
            shown = f"{int(read):,}".replace(",", ".") if whole else value
    return Told(
        about=about,
        label=f"ước đến cuối kỳ, {line.label}" if expected else line.label,
        value=shown,
        spelled=spelled,
    )


def _is_filled(stamp: str, part: _Values, content: ReportDraft) -> bool:
    """Whether something is said that was not said by the unit's newest report already."""
    return bool(part.wrong) or (not content.is_blank and stamp.partition(".")[2] != mark(part.said))


def _wrong_duty(house: House, book: Opened, duty: FilledDuty, part: _Values, as_of: datetime) -> Iterator[At]:
    card = duty.card
    if not card.is_open or book.stamps[card.key].partition(".")[0] != str(card.version):
        yield part.rows.at("", f"{CHANGED}; {ANEW}")
        return
    wrong = Gathering()
    _check(house, duty, wrong, as_of, whole=not part.wrong)
    yield from part.rows.all(Faults(tuple(dict.fromkeys(wrong.found))))


def _check(house: House, duty: FilledDuty, wrong: Gathering, as_of: datetime, *, whole: bool) -> None:
    """Gather all that the use cases would refuse; what is wanting only where every cell could be read."""
    content, on = duty.content, local_day(as_of)
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, duty.card.key)
        if content.only_explains:
            with wrong.at():
                explanation_of(house, row, content, on)
            return
        if content.nothing:
            with wrong.at():
                nothing_said(row, content, "", "", with_files=bool(content.files))
            return
        with wrong.at():
            check_typed(house, row, content, on)
        if not whole:
            return
        says = Says(
            given=bool(content.filled),
            proven=content.has_document or bool(content.files),
            text=content.text,
            without=content.without,
        )
        with wrong.at():
            check_says_something(connection, house, row, says)
