"""A cycle report written row by row, looked over, and handed in once; so are a district's 3.1, 3.3."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from starlette.responses import Response

from obligations.errors import DomainError, Faults
from obligations.reasons import REASON_WORDS
from obligations.rights import Act
from tasks_lib.answering.answering import explanation_of
from tasks_lib.answering.cycle_draft import (
    Saving,
    Sending,
    Typed,
    hand_in,
    present_report,
    save,
)
from tasks_lib.answering.cycle_page import HEAD, CyclePage, missing_said
from tasks_lib.answering.cycle_sums import sums
from tasks_lib.answering.explain import explain
from tasks_lib.answering.report_draft import REASON_FIELDS, ReportDraft
from tasks_lib.evidence.looking import Upload
from web.answering.cycle_contents import chapters, says_only_no_event
from web.answering.cycle_faults import placed_in
from web.answering.cycle_frame import (
    CYCLE,
    INLINE,
    TASK,
    _name,
    common,
    letter,
    origins,
    read,
    title_of,
    to,
)
from web.answering.cycle_typed import key_of, typed_rows
from web.frame.ask import About, Ask, Page, whole_number
from web.frame.faults import plain
from web.frame.render import page

REFUSED, WRONG = 409, 400
FEW_ROWS = 3
"""So many rows stand open on a phone too; of more, each is folded up to its heading."""
SHORTEST, LONGEST = 120, 600
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
    return _form(ask, read(ask), Shown())


def save_form(ask: Ask) -> Response:
    """Save the row whose button was pressed, and whatever else was changed; or go on to look it all over."""
    found = read(ask)
    given = typed_rows(ask, found)
    try:
        faults = save(
            ask.house,
            found,
            Saving(
                by=ask.agency.id,
                person=ask.person,
                as_of=ask.as_of,
                rows=given,
                uploads=tuple(Upload(name=f.filename or "", content=f.file) for f in ask.files("evidence")),
                dropped=tuple(ask.texts("bo-tep")),
            ),
        )
    except DomainError as fault:
        why = plain(fault)
        return _form(ask, read(ask), Shown(problem=why, typed=given, status=REFUSED))
    if faults:
        wrong = {key: given[key] for key in faults if key in given}
        return _form(ask, read(ask), Shown(faults=faults, typed=wrong, status=WRONG))
    if ask.text("xem"):
        return to(ask, "/gui")
    numbers = {row.key: number for number, row in enumerate(found.rows, start=1)}
    pressed = ask.text("luu")
    return to(ask, "", f"?xong=luu#{f'dong-{numbers[pressed]}' if pressed in numbers else 'chung'}")


def review(ask: Ask) -> Response:
    """Show the whole as it will be sent, what is wanting, and who is missing below."""
    return _review(ask, read(ask))


def send(ask: Ask) -> Response:
    """Hand the report in, or present it to a leader."""
    found = read(ask)
    sending = Sending(
        by=ask.agency.id,
        person=ask.person,
        as_of=ask.as_of,
        version=whole_number(ask.text("version"), -1),
        missing=tuple(ask.texts("missing")) if ask.text("da-neu-ten") else (),
        drafted_by=ask.text("drafted_by"),
        approved_by=ask.text("approved_by"),
    )
    try:
        if ask.text("trinh"):
            present_report(ask.house, found, sending, ask.text("leader"), ask.text("note"))
            ask.notes_wait()
            return to(ask, "", "?xong=trinh")
        hand_in(ask.house, found, sending)
    except DomainError as fault:
        return _review(ask, read(ask), plain(fault))
    return to(ask, "/xong")


def state_reason(ask: Ask) -> Response:
    """Keep why a report is late and when it is expected; the report itself stays to be written."""
    found = read(ask)
    content = ReportDraft(**{name: ask.text(name) for name in REASON_FIELDS})
    try:
        stated = explanation_of(ask.house, found.row, content, ask.on)
        explain(ask.house, found.row.key, ask.agency.id, ask.as_of, stated, ask.person)
    except Faults as fault:
        return _form(ask, found, Shown(reason=fault, status=REFUSED))
    except DomainError as fault:
        return _form(ask, found, Shown(problem=plain(fault), status=REFUSED))
    return to(ask, "", "?xong=ly-do")


def sent(ask: Ask) -> Response:
    """Say where the report has gone and when it is looked at."""
    found = read(ask)
    if found.open:
        return to(ask, "")
    return page(ask, "answering/cycle_sent.html", title="Đã gửi báo cáo", also=common(ask, found))


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
        ask,
        "answering/cycle_form.html",
        status=shown.status,
        title=title_of(ask, found),
        rows=rows,
        FEW_ROWS=FEW_ROWS,
        head=head,
        stored={row.key: row for row in found.rows},
        reasons=REASONS,
        late=ask.on > found.row.last_day,
        problem=shown.problem,
        wrong=shown.faults,
        faults=placed_in(found, shown.faults, shown.reason),
        reasoning=shown.reason,
        said=DONE.get(said, ""),
        sent_name=f"{'ly-do' if said == 'ly-do' else 'ky'}:{found.row.key}",
        chapters=chapters(found.rows),
        sums=sums,
        clip_at=max(SHORTEST, min(LONGEST, INLINE // max(len(texts), 1))),
        also=common(ask, found),
    )


def _closed(ask: Ask, found: CyclePage, problem: str = "") -> Response:
    return page(
        ask,
        "answering/cycle_closed.html",
        title=title_of(ask, found),
        problem=problem,
        also=common(ask, found),
        status=REFUSED if problem else 200,
    )


def _review(ask: Ask, found: CyclePage, problem: str = "") -> Response:
    if not found.open:
        return _closed(ask, found, problem)
    return page(
        ask,
        "answering/cycle_review.html",
        status=REFUSED if problem else 200,
        title=f"Xem lại và gửi: {_name(ask, found)}",
        problem=problem,
        odd={row.key: row.doubts(ask.house.plan.settings.doubted_times) for row in found.rows},
        silent=[row for row in found.rows if says_only_no_event(row)],
        missing_said=missing_said(ask.house, found),
        also=common(ask, found),
    )


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
