"""The draft of a consolidated periodic report: what the form says and the roll-up, in the decree's parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from notifications.consolidated import (
    TO_BE_WRITTEN,
    Annex,
    ConsolidatedReport,
    FigureTable,
    Section,
    UnitFigures,
    consolidated_report,
)
from notifications.wording import generic_name, joined, sentence
from obligations.errors import Refused
from obligations.foresee import due_after_report
from obligations.model import PART_WORDS, Agency, Content, Item, Part
from obligations.places import COMMITTEE_IN_FULL, initials, is_committee, named_in
from obligations.rollup import Total, split
from obligations.words import count, day
from tasks_lib.answering.cycle_page import CyclePage, PageRow
from tasks_lib.answering.cycle_words import closing_day, rolled_up
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import full_name, place_name
from tasks_lib.rollup.consolidate import Consolidated, Line, RollUp, Scope, consolidate

TOTAL = "Tổng cộng"


def draft_letter(house: House, page: CyclePage, as_of: datetime) -> bytes:
    """Write the draft as DOCX, whatever has been saved of the form so far."""
    if not page.signs_off or page.is_task:
        signers = joined((*(level.name for level in house.levels if level.heads), "cơ quan đầu mối"))
        raise Refused(f"dự thảo văn bản chỉ có cho báo cáo kỳ tổng hợp của {signers}")
    scope = Scope(period=page.row.period)
    roll_up = consolidate(house, page.row.agency_id, scope, as_of)
    return consolidated_report(_report(house, page, roll_up, as_of))


def _report(house: House, page: CyclePage, roll_up: RollUp, as_of: datetime) -> ConsolidatedReport:
    issuer = house.agency(page.row.agency_id)
    focal = issuer.id == house.plan.focal
    recipient = house.agency(house.plan.top if focal else page.row.reviewer_id)
    plan = f"Kế hoạch số {house.plan.number} ngày {day(house.plan.signed_on)}"
    period = house.plan.period_name(page.row.period)
    above, name = _letterhead(house, issuer)
    return ConsolidatedReport(
        above=above,
        issuer=name,
        sign=f"BC-{initials(issuer.name)}",
        place=_place(house, issuer),
        as_of=local_day(as_of),
        abstract=f"Kết quả thực hiện {plan} {period}",
        recipient=full_name(recipient),
        opening=f"Thực hiện {plan} của {generic_name(house.plan.issuer)}, {issuer.name} báo cáo kết quả"
        f" {period} như sau:",
        sections=_sections(house, page, roll_up),
        closing=f"{issuer.name} trân trọng báo cáo {generic_name(recipient.name)} xem xét, chỉ đạo"
        if focal
        else f"{issuer.name} báo cáo {recipient.name} tổng hợp",
        annexes=_annexes(house, roll_up),
        figures_until=closing_day(house, page.row),
        signer_post="\n".join(_signer(issuer)),
        filed_under="VT, CCHC" if focal else "VT, NV",
    )


def _signer(issuer: Agency) -> tuple[str, ...]:
    post = issuer.headed_by.upper()
    return (f"TM. {COMMITTEE_IN_FULL.upper()}", post) if is_committee(issuer.name) else (post,)


def _letterhead(house: House, issuer: Agency) -> tuple[str, str]:
    """A people's committee stands by itself; a department under its superior."""
    if is_committee(issuer.name):
        return COMMITTEE_IN_FULL.upper(), place_name(issuer)
    return house.plan.issuer.upper(), issuer.name


def _place(house: House, issuer: Agency) -> str:
    if not issuer.level.top:
        return issuer.short_name or place_name(issuer)
    return named_in(house.plan.issuer)


def _sections(house: House, page: CyclePage, roll_up: RollUp) -> tuple[Section, ...]:
    return (
        Section(
            heading="I. Công tác lãnh đạo, chỉ đạo; thông tin, tuyên truyền; kiểm tra, giám sát",
            paragraphs=_lines(page.head.text) or (TO_BE_WRITTEN,),
        ),
        Section(
            heading=f"II. Kết quả thực hiện {len(house.plan.contents)} Chỉ số nội dung",
            paragraphs=_results(house, page, roll_up),
        ),
        Section(heading="III. Đánh giá chung", paragraphs=()),
        *_judged(house, page, roll_up),
        Section(heading="IV. Nhiệm vụ trọng tâm kỳ tới"),
        Section(heading="V. Kiến nghị, đề xuất"),
    )


def _results(house: House, page: CyclePage, roll_up: RollUp) -> tuple[str, ...]:
    own = {(row.beside.item.key, row.beside.part): row for row in page.rows if row.plan is None}
    said: list[str] = []
    for content in house.plan.contents:
        lines = [_result(line, own) for line in roll_up.lines if line.item.content == content.number]
        if lines:
            said.append(f"{content.number}. {content.name}")
            said += [text for result in lines for text in result]
    return tuple(said)


def _result(line: Line, own: dict[tuple[str, Part], PageRow]) -> list[str]:
    row = own.get((line.item.key, line.part))
    heading = sentence(f"- Nhiệm vụ {line.item.key} ({PART_WORDS[line.part]}): {line.item.title}")
    if row is None:
        return [heading, rolled_up(line)]
    text = _lines(row.fields.text) or (rolled_up(line),)
    figures = own_figures(row)
    return [heading, *text, *([f"Số liệu của cơ quan báo cáo: {figures}."] if figures else [])]


def own_figures(row: PageRow) -> str:
    """Tell the figures of the reporting unit itself, as they were typed."""
    given, filled = row.fields.figures, row.fields.filled
    return "; ".join(
        f"{f.figure.name}: {given[f.figure.key]}" for f in row.beside.fields if f.figure.key in filled
    )


def _judged(house: House, page: CyclePage, roll_up: RollUp) -> tuple[Section, ...]:
    counts = "; ".join(
        f"{count(c.reported)}/{count(c.total)} {c.noun} đã báo cáo (trong thời hạn {count(c.in_time)};"
        f" sau thời hạn {count(c.late)}{f'; sau ngày đề nghị {count(c.asked)}' if c.asked else ''})"
        for c in roll_up.standing.counts
    )
    names = [house.agency(key).name for key in page.beside.missing]
    missing = [f"Chưa báo cáo: {joined(names)}."] if names else []
    invited = dict.fromkeys(unit.name for unit in roll_up.standing.not_supplied)
    if invited:
        missing.append(f"Chưa cung cấp: {joined(list(invited))}.")
    faults = (*_lines(page.head.difficulty), *missing)
    reasons = dict.fromkeys(f"{u.name}: {u.reason}." for u in roll_up.standing.missing if u.reason)
    return (
        Section(heading="1. Kết quả", paragraphs=(f"{counts}.", *_not_yet_due(house, page))),
        Section(heading="2. Tồn tại, hạn chế", paragraphs=faults or (TO_BE_WRITTEN,)),
        Section(heading="3. Nguyên nhân", paragraphs=tuple(reasons) or (TO_BE_WRITTEN,)),
    )


def _not_yet_due(house: House, page: CyclePage) -> tuple[str, ...]:
    """Name the tasks of the reported period that fall due after the report: no report of it can tell them."""
    row = page.row
    after = due_after_report(
        house.plan, house.roster, house.calendar, place=row.agency_id, period=row.period, sent=row.last_day
    )
    named = "; ".join(f"{', '.join(keys)} ({day(on)})" for on, keys in after.items())
    return (f"Nhiệm vụ chưa đến hạn khi báo cáo: {named}.",) if named else ()


def _annexes(house: House, roll_up: RollUp) -> tuple[Annex, ...]:
    found = []
    for content in house.plan.contents:
        figures = [
            _table(house, roll_up, line, figure)
            for line in roll_up.lines
            if line.item.content == content.number
            for figure in line.figures
            if figure.cumulative.sources or figure.estimate.sources
        ]
        if figures:
            found.append(Annex(heading=_heading(content), figures=tuple(figures)))
    return tuple(found)


def _heading(content: Content) -> str:
    return f"Chỉ số nội dung {content.number}: {content.name}"


def _table(house: House, roll_up: RollUp, line: Line, figure: Consolidated) -> FigureTable:
    of = [split(total, lambda key: _group(house, roll_up, key)) for total in _totals(figure)]
    groups = sorted({group for parts in of for group in parts})
    units = tuple(_unit(house.agency(group).name, [parts.get(group) for parts in of]) for group in groups)
    adds = figure.figure.across != "none"
    return FigureTable(
        heading=_figure_heading(line.item, line.part, figure),
        units=units,
        total=_unit(TOTAL, _totals(figure)) if adds and len(units) > 1 else None,
    )


def _figure_heading(item: Item, part: Part, figure: Consolidated) -> str:
    unit = f" ({figure.figure.unit})" if figure.figure.unit else ""
    return f"{item.key} ({PART_WORDS[part]}). {figure.figure.name}{unit}"


def _totals(figure: Consolidated) -> tuple[Total, Total, Total]:
    return figure.period, figure.cumulative, figure.estimate


def _unit(name: str, totals: Iterable[Total | None]) -> UnitFigures:
    period, cumulative, estimate = ("" if total is None else total.shown() for total in totals)
    return UnitFigures(unit=name, period=period, cumulative=cumulative, estimate=estimate)


def _group(house: House, roll_up: RollUp, key: str) -> str:
    """In the province's annex a district stands for its communes; in a district's each stands alone."""
    agency = house.agency(key)
    if roll_up.place == house.plan.focal:
        return agency.area or key
    return key


def _lines(text: object) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())
