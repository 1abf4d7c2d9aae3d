"""A cycle report written row by row, looked over, and handed in once; so are a district's 3.1, 3.3."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Faults, Invalid
from obligations.figures import EVENTS
from obligations.model import Kind
from obligations.reasons import REASON_WORDS
from obligations.rights import Act
from obligations.rollup import OWN_FIGURES
from tasks_lib.answering.answering import explanation_of
from tasks_lib.answering.cycle_draft import (
    Saving,
    Sending,
    Typed,
    hand_in,
    present_report,
    save,
)
from tasks_lib.answering.cycle_letter import draft_letter
from tasks_lib.answering.cycle_page import HEAD, CyclePage, cycle_page, missing_said
from tasks_lib.answering.cycle_sums import share, since_january, sums
from tasks_lib.answering.cycle_words import carried, closing_day
from tasks_lib.answering.explain import explain
from tasks_lib.answering.report_draft import REASON_FIELDS, ReportDraft
from tasks_lib.duties.closing import closes_on
from tasks_lib.duties.our_days import told_day_of
from tasks_lib.evidence.looking import Upload
from tasks_lib.kernel.wording import head_called, name_of, title
from web.answering.cycle_contents import chapters, says_only_no_event
from web.answering.cycle_faults import placed_in
from web.answering.cycle_typed import key_of, typed_rows
from web.frame.ask import About, Ask, Page, whole_number
from web.frame.faults import plain
from web.frame.render import page
from web.rollup.rollup_tables import PART_WORDS, traced_tables

CYCLE, TASK = "/ky", "/bao-cao-huyen"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REFUSED, WRONG = 409, 400
INLINE = 60_000
"""Characters of what units wrote that stand in one form; longer texts are cut, and read in full elsewhere."""
SHORTEST, LONGEST = 120, 600
FOCAL_FIGURES = "Chỉ nhập số liệu của chính cơ quan; số liệu của các cơ quan, địa phương hệ thống tự cộng."
REASONS = [("", "- chọn -"), *((reason.value, words) for reason, words in REASON_WORDS.items())]
DONE = {
    "ly-do": "Đã ghi lý do chậm.",
    "luu": "Đã lưu.",
    "trinh": "Đã trình lãnh đạo; báo cáo được gửi khi lãnh đạo duyệt.",
}


@dataclass(frozen=True)
class Shown:
    """What a form shows besides what is stored: what was typed and not taken, and why."""

    problem: str = ""
    faults: dict[str, Faults] = field(default_factory=dict)
    """By row key."""
    reason: Faults | None = None
    """What is wrong with why the report is late."""
    typed: dict[str, Typed] = field(default_factory=dict)
    status: int = 200


def form(ask: Ask) -> Response:
    """Show the form."""
    return _form(ask, _read(ask), Shown())


def save_form(ask: Ask) -> Response:
    """Save the row whose button was pressed, and whatever else was changed; or go on to look it all over."""
    found = _read(ask)
    given = typed_rows(ask, found)
    try:
        faults = save(
            ask.house,
            found,
            Saving(
                by=ask.agency.id, person=ask.person, as_of=ask.as_of, rows=given,
                uploads=tuple(Upload(name=f.filename or "", content=f.file) for f in ask.files("evidence")),
                dropped=tuple(ask.texts("bo-tep")),
            ),
        )  # fmt: skip
    except DomainError as fault:
        why = plain(fault)
        return _form(ask, _read(ask), Shown(problem=why, typed=given, status=REFUSED))
    if faults:
        wrong = {key: given[key] for key in faults if key in given}
        return _form(ask, _read(ask), Shown(faults=faults, typed=wrong, status=WRONG))
    if ask.text("xem"):
        return _to(ask, "/gui")
    numbers = {row.key: number for number, row in enumerate(found.rows, start=1)}
    pressed = ask.text("luu")
    return _to(ask, "", f"?xong=luu#{f'dong-{numbers[pressed]}' if pressed in numbers else 'chung'}")


def review(ask: Ask) -> Response:
    """Show the whole as it will be sent, what is wanting, and who is missing below."""
    return _review(ask, _read(ask))


def send(ask: Ask) -> Response:
    """Hand the report in, or present it to a leader."""
    found = _read(ask)
    sending = Sending(
        by=ask.agency.id, person=ask.person, as_of=ask.as_of, version=whole_number(ask.text("version"), -1),
        missing=tuple(ask.texts("missing")) if ask.text("da-neu-ten") else (),
        drafted_by=ask.text("drafted_by"), approved_by=ask.text("approved_by"),
    )  # fmt: skip
    try:
        if ask.text("trinh"):
            present_report(ask.house, found, sending, ask.text("leader"), ask.text("note"))
            ask.notes_wait()
            return _to(ask, "", "?xong=trinh")
        hand_in(ask.house, found, sending)
    except DomainError as fault:
        return _review(ask, _read(ask), plain(fault))
    return _to(ask, "/xong")


def state_reason(ask: Ask) -> Response:
    """Keep why a report is late and when it is expected; the report itself stays to be written."""
    found = _read(ask)
    content = ReportDraft(**{name: ask.text(name) for name in REASON_FIELDS})
    try:
        stated = explanation_of(found.row, content)
        explain(ask.house, found.row.key, ask.agency.id, ask.as_of, stated, ask.person)
    except Faults as fault:
        return _form(ask, found, Shown(reason=fault, status=REFUSED))
    except DomainError as fault:
        return _form(ask, found, Shown(problem=plain(fault), status=REFUSED))
    return _to(ask, "", "?xong=ly-do")


def sent(ask: Ask) -> Response:
    """Say where the report has gone and when it is looked at."""
    found = _read(ask)
    if found.open:
        return _to(ask, "")
    return page(ask, "answering/cycle_sent.html", title="Đã gửi báo cáo", also=_common(ask, found))


def letter(ask: Ask) -> Response:
    """Give the draft of the consolidated periodic report as a document to be edited and signed."""
    found = _read(ask)
    content = draft_letter(ask.house, found, ask.as_of)
    name = f"du-thao-bao-cao-{found.row.period}-{found.row.agency_id}.docx"
    return Response(
        content, media_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def origins(ask: Ask) -> Response:
    """Show what a number beside the form is made of, unit by unit."""
    found = _read(ask)
    item, part, key = ask.query("muc"), ask.query("phan", "lead"), ask.query("so")
    beside = [line for row in found.rows for line in (row.beside.below, row.beside.hands) if line is not None]
    lines = [line for line in (*beside, *found.others) if (line.item.key, line.part) == (item, part)]
    figures = [(line, figure) for line in lines for figure in line.figures if figure.figure.key == key]
    if not figures:
        raise Invalid("không có số liệu này trong báo cáo đang mở")
    line, figure = figures[0]
    return page(
        ask, "rollup/rollup_sources.html",
        title=f"{line.item.key}. {figure.figure.name}", line=line, figure=figure, part_words=PART_WORDS,
        tables=traced_tables(ask, figure), xlsx="", back=ask.url(f"{_prefix(found)}/{found.row.key}"),
        place=ask.agency.name, subject=_name(ask, found),
    )  # fmt: skip


def _read(ask: Ask) -> CyclePage:
    found = cycle_page(ask.house, ask.param("key"), ask.as_of)
    if found.is_task == ask.request.url.path.removeprefix(ask.root).startswith(f"{CYCLE}/"):
        raise Invalid(f"{found.row.key}: không có báo cáo này ở địa chỉ đang mở")
    return found


def _form(ask: Ask, found: CyclePage, shown: Shown) -> Response:
    if not found.open:
        return _closed(ask, found, shown.problem)
    rows = [
        replace(row, fields=shown.typed[key].fields) if (key := key_of(found, row)) in shown.typed else row
        for row in found.rows
    ]
    head = found.head.under(shown.typed[HEAD].fields) if HEAD in shown.typed else found.head
    texts = [
        len(text.text)
        for row in rows
        for line in (row.beside.below, row.beside.hands)
        if line is not None
        for text in line.texts
    ]
    said = ask.query("xong")
    return page(
        ask, "answering/cycle_form.html", status=shown.status,
        title=_title(ask, found), rows=rows, head=head, stored={row.key: row for row in found.rows},
        reasons=REASONS, late=ask.on > found.row.last_day, problem=shown.problem, wrong=shown.faults,
        faults=placed_in(found, shown.faults, shown.reason), reasoning=shown.reason,
        said=DONE.get(said, ""), sent_name=f"{'ly-do' if said == 'ly-do' else 'ky'}:{found.row.key}",
        chapters=chapters(found.rows), sums=sums,
        clip_at=max(SHORTEST, min(LONGEST, INLINE // max(len(texts), 1))), also=_common(ask, found),
    )  # fmt: skip


def _closed(ask: Ask, found: CyclePage, problem: str = "") -> Response:
    return page(
        ask, "answering/cycle_closed.html", title=_title(ask, found), problem=problem, also=_common(ask, found),
        status=REFUSED if problem else 200,
    )  # fmt: skip


def _review(ask: Ask, found: CyclePage, problem: str = "") -> Response:
    if not found.open:
        return _closed(ask, found, problem)
    return page(
        ask, "answering/cycle_review.html", status=REFUSED if problem else 200,
        title=f"Xem lại và gửi: {_name(ask, found)}", problem=problem,
        odd={row.key: row.doubts(ask.house.plan.settings.doubted_times) for row in found.rows},
        silent=[row for row in found.rows if says_only_no_event(row)],
        missing_said=missing_said(ask.house, found), also=_common(ask, found),
    )  # fmt: skip


def _common(ask: Ask, found: CyclePage) -> dict[str, object]:
    house, row = ask.house, found.row
    reviewer = house.agency(row.reviewer_id)
    review_by = row.answer_by or house.calendar.add(ask.on, house.plan.settings.review_working_days)
    return {
        "it": found,
        "told_day": told_day_of(house, row, ask.on),
        "HEAD": HEAD,
        "EVENTS": EVENTS,
        "agency": house.agency(row.agency_id),
        "name": _name(ask, found),
        "reviewer": reviewer,
        "reviewer_desk": _desk(ask, found),
        "review_by": review_by,
        "base": ask.url(f"{_prefix(found)}/{row.key}"),
        "keep": f"ky:{row.key}",
        "closing": closing_day(house, row),
        "closes": None if found.is_task else closes_on(house, house.agency(row.agency_id), row.period),
        "own_figures": OWN_FIGURES if row.agency_id != house.plan.focal else FOCAL_FIGURES,
        "unit_name": partial(name_of, house),
        "carried": carried,
        "share": share,
        "since_january": since_january,
        "names": [house.agency(key).name for key in found.beside.missing],
    }


def _desk(ask: Ask, found: CyclePage) -> str:
    """Name who looks at it: the superior's desk, or for the focal agency's own its director."""
    if found.row.agency_id == ask.house.plan.focal:
        return head_called(ask.house.focal)
    return ask.house.agency(found.row.reviewer_id).desk or ""


def _name(ask: Ask, found: CyclePage) -> str:
    row = found.row
    if found.is_task:
        return f"Nhiệm vụ {row.item}"
    if row.agency_id == ask.house.plan.focal:
        return title(ask.house, Kind.REPORT, None, row.period).replace("Báo cáo", "Báo cáo tổng hợp", 1)
    return title(ask.house, Kind.REPORT, None, row.period)


def _title(ask: Ask, found: CyclePage) -> str:
    return f"{_name(ask, found)} - {ask.house.agency(found.row.agency_id).name}"


def _prefix(found: CyclePage) -> str:
    return TASK if found.is_task else CYCLE


def _to(ask: Ask, page_of: str, query: str = "") -> Response:
    where = CYCLE if ask.request.url.path.removeprefix(ask.root).startswith(f"{CYCLE}/") else TASK
    return RedirectResponse(ask.url(f"{where}/{ask.param('key')}{page_of}{query}"), status_code=303)


def _pages(prefix: str) -> tuple[Page, ...]:
    key = f"{prefix}/{{key:path}}"
    about = About.OBLIGATION
    return (
        Page("GET", f"{key}/gui", review, Act.ANSWER, about),
        Page("POST", f"{key}/gui", send, Act.ANSWER, about),
        Page("POST", f"{key}/ly-do", state_reason, Act.ANSWER, about),
        Page("GET", f"{key}/xong", sent, Act.ANSWER, about),
        Page("GET", f"{key}/nguon", origins, Act.ANSWER, about),
        Page("GET", f"{key}/du-thao", letter, Act.ANSWER, about),
        Page("GET", key, form, Act.ANSWER, about),
        Page("POST", key, save_form, Act.ANSWER, about),
    )


PAGES = (*_pages(CYCLE), *_pages(TASK))
