"""The page of one obligation: how it stands, what was reported, what changed, what happened, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from obligations.deeds import LOOK, SENDING
from obligations.errors import DomainError, Invalid
from obligations.model import Contact, Kind, WorkState
from obligations.rights import Act
from obligations.words import about
from tasks_lib.answering.take_back import WAITING_FOR_DESK, can_take_back, look_at, take_back
from tasks_lib.answering.unit_form import form_of
from tasks_lib.desk.bulk import ACT_OF, Deed, do
from tasks_lib.desk.dossier import Dossier, dossier
from tasks_lib.desk.queue import next_waiting, picked
from tasks_lib.duties.change import Decision
from tasks_lib.duties.stated_days import UNTIL_CONFIRMED
from tasks_lib.kernel.wording import district_of
from web.desk import deeds, enclosed, queue
from web.frame.ask import About, Ask, Page, View, whole_number
from web.frame.faults import plain
from web.frame.form_faults import At
from web.frame.prefect_links import item_link
from web.frame.render import page

ADDRESS = "/nhiem-vu/{key:path}"
MAIN = (Deed.ACCEPT, Deed.ASK_MORE)
"""What a desk does to a report that waits; shown open, the rest folds."""
DONE_AT_ONCE = (Deed.UNDO,)
"""Offered beside what was done, never among what could be."""
FORMS: dict[Kind, str] = {Kind.REPORT: "/ky/", Kind.SHEET: "/phieu/"}
"""Where a unit answers what has a form of its own; the rest stands on its one form."""
CALLABLE = (Act.REVIEW, Act.RECORD, Act.DIRECT)
"""Whoever may do one of these sees whom to call."""


def obligation(ask: Ask) -> Response:
    """Show one obligation."""
    done = ask.query("xong")
    return _shown(ask, done=deeds.done_words(ask, Deed(done)) + "." if done in list(Deed) else "")


def take_back_sent(ask: Ask) -> Response:
    """Take back what the unit has sent, and open it where it is written."""
    key = ask.param("key")
    (row,) = picked(ask.house, [f"{key}@{_version(ask)}"])
    decision = Decision(
        key=key,
        by=ask.agency.id,
        as_of=ask.as_of,
        version=row.seen,
        person=ask.person,
        reason=ask.text("noi-dung"),
    )
    try:
        take_back(ask.house, decision)
    except DomainError as told:
        return _shown(ask, problem=plain(told), seen=row.seen)
    (now,) = picked(ask.house, [f"{key}@{row.seen}"])
    form = form_of(ask.house, now.row)
    return RedirectResponse(ask.url(form or f"/don-vi?viec={key}&xong=rut-lai"), status_code=303)


def _keep_the_look(ask: Ask, found: Dossier) -> None:
    """Note that its desk has opened a report that waits; the unit cannot take it back any more."""
    row = found.row
    mine = row.reviewer_id == ask.agency.id != row.agency_id
    if (
        not mine
        or row.work_state not in WAITING_FOR_DESK
        or not ask.may_to(Act.REVIEW, row.agency_id, row.item)
    ):
        return
    since = [moment.sort for moment in found.moments if moment.sort in (*SENDING, LOOK)]
    if since and since[-1] != LOOK:
        look_at(ask.house, row, ask.agency.id, ask.as_of, ask.person)


def deciding(deed: Deed) -> View:
    """Return the view that does one thing to the obligation its address names."""

    def decide(ask: Ask) -> Response:
        key = ask.param("key")
        (row,) = picked(ask.house, [f"{key}@{_version(ask)}"])
        try:
            do(ask.house, deed, row, deeds.order_of(ask, deed, (row,)))
        except DomainError as told:
            return _shown(ask, **deeds.told(told, deed), failed=deed, seen=row.seen)
        return RedirectResponse(ask.url(f"/nhiem-vu/{key}?xong={deed}"), status_code=303)

    return decide


def _version(ask: Ask) -> int:
    text = ask.text("version")
    if not text.isdecimal():
        raise Invalid("trang đã mở quá lâu; đề nghị tải lại rồi làm lại")
    return int(text)


def _shown(
    ask: Ask,
    *,
    done: str = "",
    problem: str = "",
    faults: Sequence[At] = (),
    failed: Deed | None = None,
    seen: int | None = None,
) -> Response:
    """Show the page; after a refusal with what was typed, and with what changed since it was looked at."""
    found = dossier(ask.house, ask.param("key"), ask.as_of)
    if not ask.posted:
        _keep_the_look(ask, found)
    if seen is None and ask.query("tu"):
        asked = whole_number(ask.query("tu"), -1)
        seen = asked if asked >= 0 else None
    row = found.row
    relations = ask.relations(row.agency_id, row.item)
    offered = [deed for deed in Deed if deeds.allowed(ask, deed, row, relations) and deed not in DONE_AT_ONCE]
    if failed not in offered:
        # Its form is not there any more: no field to lead to.
        faults = [replace(fault, id="") for fault in faults]
    return page(
        ask,
        "desk/obligation.html",
        status=409 if problem or faults else 200,
        faults=faults,
        title=_heading(ask, found),
        found=found,
        row=row,
        district=district_of(ask.house, found.agency),
        done=done,
        problem=problem,
        failed=failed,
        moved=found.since(seen) if seen is not None else None,
        changes=found.changes,
        deeds=offered,
        main=MAIN,
        also=_forms(ask) | enclosed.shown(ask, (row,)) | _around(ask, found),
    )


def _forms(ask: Ask) -> dict[str, object]:
    """Return what the forms of deeds are made of."""
    return {
        "words": {deed: deeds.words_of(ask, deed) for deed in Deed},
        "form": deeds.typed_fields(ask),
        "hint": lambda deed: deeds.hint_of(ask, deed),
        "stern": deeds.STERN,
        "points": deeds.POINTS,
        "UNTIL_CONFIRMED": UNTIL_CONFIRMED,
    }


def _around(ask: Ask, found: Dossier) -> dict[str, object]:
    """Return what stands beside the obligation: its neighbours in the queue, whom to call, its runs."""
    row = found.row
    before, behind = _beside(ask, found)
    item = ask.house.plan.item(row.item) if row.item else None
    return {
        "asked": item.asked_in_words if item else (),
        "contacts": _contacts(ask, found),
        "answer": _answer(ask, found),
        "before": before,
        "behind": behind,
        "runs": item_link(ask, row.item) if row.item else None,
        "NEXT": ask.may(Act.QUEUE),
        "undoable": row.work_state == WorkState.ACCEPTED
        and row.key in {it.key for it in queue.just_done(ask)},
        "mine_to_take_back": _mine_to_take_back(ask, found),
        "may_remove": ask.may_to(Act.REMOVE_FILE, row.agency_id, row.item),
    }


def _heading(ask: Ask, found: Dossier) -> str:
    row = found.row
    what = about(f"Nhiệm vụ {row.item}", row.event) if row.item else found.title
    if row.is_row:
        what += f", {ask.house.plan.period_name(row.period)}"
    return f"{what} - {found.agency.name}"


def _beside(ask: Ask, found: Dossier) -> tuple[str | None, str | None]:
    """Return the keys before and behind it in the visitor's queue, where it stands in it or did."""
    if not ask.may_to(Act.REVIEW, found.row.agency_id, found.row.item):
        return None, None
    waits = found.state == "submitted" and found.row.reviewer_id == ask.agency.id
    place = (found.row.answer_by, found.row.id) if waits and found.row.answer_by else None
    return next_waiting(ask.house, ask.agency.id, place)


def _contacts(ask: Ask, found: Dossier) -> list[Contact]:
    if not any(ask.may_to(act, found.row.agency_id, found.row.item) for act in CALLABLE):
        return []
    return [contact for contact in found.contacts if contact.name or contact.phone]


def _mine_to_take_back(ask: Ask, found: Dossier) -> bool:
    """Whether the unit may still take back what it sent."""
    row = found.row
    own = row.agency_id == ask.agency.id and ask.may_to(Act.ANSWER, row.agency_id)
    return own and row.work_state in WAITING_FOR_DESK and can_take_back(ask.house, row, ask.agency.id)


def _answer(ask: Ask, found: Dossier) -> str:
    """Return where the unit answers it; "" for everybody else, and once it is closed."""
    row = found.row
    if not row.is_with_the_unit or not ask.may_to(Act.ANSWER, row.agency_id):
        return ""
    if row.is_row:
        return f"/ky/{row.parent_key}" if row.parent_key else ""
    own = FORMS.get(row.kind)
    return f"{own}{row.key}" if own else "/don-vi"


PAGES: tuple[Page, ...] = (
    *(Page("POST", f"{ADDRESS}/{deed}", deciding(deed), ACT_OF[deed], About.OBLIGATION) for deed in Deed),
    Page("POST", f"{ADDRESS}/rut-lai", take_back_sent, Act.ANSWER, About.OBLIGATION),
    Page("GET", ADDRESS, obligation, Act.SEE, About.OBLIGATION),
)
