"""A unit's form as a workbook: taken away, brought back, looked over as it was read, and sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from notifications.sheets import XLSX
from obligations.errors import DomainError, Invalid, Refused
from obligations.figures import EVENTS
from obligations.rights import Act
from tasks_lib.answering.cycle_page import HEAD
from tasks_lib.answering.look_over import echoes
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.answering.unit_answers import Reply, save
from tasks_lib.workbooks.faults import At, WrongCells
from tasks_lib.workbooks.handed import Giver, hand_in_duties
from tasks_lib.workbooks.lines import Book
from tasks_lib.workbooks.made import duties_book, report_book
from tasks_lib.workbooks.make import file_name
from tasks_lib.workbooks.opened import LARGEST, Opened, opened
from tasks_lib.workbooks.read import FilledDuty, FilledReport, confirmed, read_duties, read_report
from tasks_lib.workbooks.written import written
from web.answering.cycle_frame import CYCLE, TASK
from web.answering.unit import FORM, SENT
from web.answering.unit_reply import named, sender_of
from web.answering.unit_words import name_of_card
from web.frame.ask import About, Ask, Page
from web.frame.faults import plain
from web.frame.render import page

WORKBOOK = "/bang-excel"
WRONG, REFUSED = 400, 409
Hidden = list[tuple[str, str]]
"""Fields that a page carries for the next one, by name."""


@dataclass(frozen=True)
class Looked:
    """What a page says of a workbook that was read, or could not be."""

    problem: str = ""
    wrong: tuple[At, ...] = ()
    duties: tuple[FilledDuty, ...] = ()
    report: FilledReport | None = None
    hidden: Hidden | None = None
    doubts: tuple[str, ...] = ()
    status: int = 200


def take(ask: Ask) -> Response:
    """Give the workbook of what the unit has open."""
    return _file(duties_book(ask.house, ask.agency.id, ask.as_of))


def take_report(ask: Ask) -> Response:
    """Give the workbook of a report."""
    return _file(report_book(ask.house, ask.param("key"), ask.as_of))


def bring(ask: Ask) -> Response:
    """Read a workbook of duties that came back and show what was read; nothing is sent yet."""
    try:
        duties = read_duties(ask.house, _brought(ask), ask.agency.id, ask.as_of)
    except DomainError as fault:
        return _not_read(ask, fault)
    return _duties(ask, duties)


def bring_report(ask: Ask) -> Response:
    """Read a report's workbook that came back and show what was read; it is saved as its form is."""
    try:
        found = read_report(ask.house, _brought(ask), ask.agency.id, ask.as_of, ask.param("key"))
        if not found.told:
            raise Invalid("bảng không có nội dung nào khác với nội dung đang lưu")
    except DomainError as fault:
        return _not_read(ask, fault)
    return _looked(ask, Looked(report=found, hidden=_fields_of(found)))


def send(ask: Ask) -> Response:
    """Hand in what was looked over, all of it or nothing; or keep it as drafts."""
    duties: tuple[FilledDuty, ...] = ()
    try:
        duties = confirmed(ask.house, ask.agency.id, ask.as_of, _said(ask))
        if ask.text("do") == "draft":
            return _kept(ask, duties)
        giver = Giver(by=ask.agency.id, as_of=ask.as_of, person=ask.person)
        changes = hand_in_duties(ask.house, duties, giver)
    except DomainError as fault:
        return _duties(ask, duties, plain(fault)) if duties else _not_read(ask, fault)
    query = urlencode([("viec", change.obligation) for change in changes])
    return RedirectResponse(ask.url(f"{SENT}?{query}"), status_code=303)


def _file(book: Book) -> Response:
    disposition = f'attachment; filename="{file_name(book)}"'
    return Response(written(book), media_type=XLSX, headers={"Content-Disposition": disposition})


def _brought(ask: Ask) -> Opened:
    """Open the file that was chosen, no more of it than a workbook of ours can have."""
    files = ask.files("bang")
    if not files:
        raise Invalid("chưa chọn tệp bảng Excel")
    return opened(files[0].filename or "", files[0].file.read(LARGEST + 1))


def _said(ask: Ask) -> dict[str, dict[str, str]]:
    """Return by duty the values that were looked over; a duty sent anew meanwhile is refused."""
    found = {}
    for key, version in named(ask).items():
        try:
            said = json.loads(ask.text(f"bang:{key}") or "{}")
        except ValueError:
            said = None
        if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
            raise Invalid("trang không đầy đủ; đề nghị tải bảng lên lại")
        found[key] = {str(name): value for name, value in said.items()}
        _check_version(ask, key, version)
    if not found:
        raise Invalid("trang không đầy đủ; đề nghị tải bảng lên lại")
    return found


def _check_version(ask: Ask, key: str, version: int) -> None:
    for duty in confirmed(ask.house, ask.agency.id, ask.as_of, {key: {}}):
        if not duty.card.is_open or duty.card.version != version:
            name = name_of_card(duty.card)
            raise Refused(f"{name}: đơn vị đã gửi báo cáo từ nơi khác; đề nghị tải bảng mới")


def _kept(ask: Ask, duties: Iterable[FilledDuty]) -> Response:
    replies = [
        Reply(
            key=duty.card.key,
            version=duty.card.version,
            content=duty.content,
            draft_version=duty.card.draft.version if duty.card.draft is not None else 0,
        )
        for duty in duties
    ]
    for fault in save(ask.house, sender_of(ask), replies).values():
        raise fault
    return RedirectResponse(ask.url(f"{FORM}?xong=luu"), status_code=303)


def _duties(ask: Ask, duties: tuple[FilledDuty, ...], problem: str = "") -> Response:
    hidden: Hidden = []
    for duty in duties:
        hidden.append(("viec", f"{duty.card.key}@{duty.card.version}"))
        hidden.append((f"bang:{duty.card.key}", json.dumps(dict(duty.values), ensure_ascii=False)))
    status = REFUSED if problem else 200
    doubts = tuple(words for duty in duties for words in _doubts(ask, duty))
    return _looked(ask, Looked(problem=problem, duties=duties, hidden=hidden, doubts=doubts, status=status))


def _doubts(ask: Ask, duty: FilledDuty) -> list[str]:
    card, times = duty.card, ask.house.plan.settings.doubted_times
    if card.item is None:
        return []
    found = echoes(card.item.key, card.figures, duty.content, card.before, times)
    return [f"Nhiệm vụ {card.item.key}: {echo.doubt}" for echo in found if echo.doubt]


def _fields_of(found: FilledReport) -> Hidden:
    """Return a report's values as its form's own fields: whatever saves the form saves them."""
    fields: Hidden = []
    for key, row in found.rows.items():
        fields.append((f"was:{key}", row.stamp))
        if key == HEAD and isinstance(row.fields, ReportDraft):
            fields += [(name, getattr(row.fields, name)) for name in ("difficulty", "without")]
            if not found.page.is_task:
                fields.append(("text", row.fields.text))
                continue
            fields.append(("completed_on", row.fields.completed_on))
        of = found.page.rows[0].key if key == HEAD else key
        fields.append((f"text:{of}", row.fields.text))
        fields += _figures(of, "fig", {**row.fields.figures, EVENTS: row.fields.events})
        fields += _figures(of, "est", row.fields.estimates)
    return [(name, value) for name, value in fields if value]


def _figures(key: str, begins: str, given: Mapping[str, object]) -> Hidden:
    return [(f"{begins}:{key}:{name}", str(value)) for name, value in given.items() if value]


def _not_read(ask: Ask, fault: DomainError) -> Response:
    wrong = fault.found if isinstance(fault, WrongCells) else ()
    status = REFUSED if isinstance(fault, Refused) else WRONG
    return _looked(ask, Looked(problem="" if wrong else plain(fault), wrong=wrong, status=status))


def _looked(ask: Ask, looked: Looked) -> Response:
    of_report = "key" in ask.request.path_params
    path = ask.request.url.path.removeprefix(ask.root).removesuffix("/gui")
    back = path.removesuffix(WORKBOOK) if of_report else FORM
    refused = bool(looked.problem or looked.wrong)
    return page(
        ask,
        "answering/workbook.html",
        status=looked.status,
        title="Bảng Excel chưa đọc được" if refused and not looked.hidden else "Nội dung đọc từ bảng Excel",
        looked=looked,
        problem=looked.problem,
        told=looked.report.told if looked.report else [it for duty in looked.duties for it in duty.told],
        back=ask.url(back),
        action=ask.url(back if of_report else f"{WORKBOOK}/gui"),
        again=ask.url(path),
        of_report=of_report,
    )


def _pages(prefix: str) -> tuple[Page, ...]:
    address = f"{prefix}/{{key:path}}{WORKBOOK}"
    return (
        Page("GET", address, take_report, Act.ANSWER, About.OBLIGATION),
        Page("POST", address, bring_report, Act.ANSWER, About.OBLIGATION),
    )


PAGES = (
    Page("GET", WORKBOOK, take, Act.ANSWER),
    Page("POST", WORKBOOK, bring, Act.ANSWER),
    Page("POST", f"{WORKBOOK}/gui", send, Act.ANSWER),
    *_pages(CYCLE),
    *_pages(TASK),
)
