"""The leader's page: what was presented, as it will be sent; approve it, change it, or give it back."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.reasons import REASON_WORDS
from obligations.rights import Act
from obligations.words import day as words
from tasks_lib.answering.approvals import Presented, presented
from tasks_lib.answering.drafts import Decision, approve, give_back
from tasks_lib.kernel.typed import day
from web.frame.ask import About, Ask, Page, is_whole
from web.frame.faults import plain
from web.frame.render import page

LIST = "/duyet"
REFUSED = 409
DONE = {"sua": "Đã chuyển lại người soạn kèm nội dung đề nghị sửa."}


def first(ask: Ask) -> Response:
    """Show what waits for the leader."""
    return _shown(ask)


def decide(ask: Ask) -> Response:
    """Approve: hand in what was on the screen."""
    key = ask.param("key")
    try:
        approve(ask.house, _decision(ask))
    except DomainError as fault:
        return _shown(ask, key, plain(fault))
    return RedirectResponse(ask.url(f"/duyet/da-gui?viec={key}"), status_code=303)


def send_back(ask: Ask) -> Response:
    """Give a draft back to whoever wrote it."""
    try:
        give_back(ask.house, _decision(ask), ask.text("note"))
    except DomainError as fault:
        return _shown(ask, ask.param("key"), plain(fault))
    ask.notes_wait()
    return RedirectResponse(ask.url(f"{LIST}?xong=sua"), status_code=303)


def approved(ask: Ask) -> Response:
    """Say that it has been sent, and what else waits."""
    rest = presented(ask.house, ask.agency.id, ask.on)
    return page(ask, "answering/approval_sent.html", title="Đã duyệt và gửi", rest=rest)


def _shown(ask: Ask, key: str = "", problem: str = "") -> Response:
    return page(
        ask,
        "answering/approval.html",
        status=REFUSED if problem else 200,
        title="Duyệt báo cáo",
        name=_name,
        problem=problem,
        found=presented(ask.house, ask.agency.id, ask.on, ask.visitor.obligation_id),
        failed=key,
        note=ask.text("note"),
        said=DONE.get(ask.query("xong"), ""),
        reasons=REASON_WORDS,
        edit=_edit,
        written=_day,
    )


def _decision(ask: Ask) -> Decision:
    version = ask.text("version")
    if not is_whole(version):
        raise Invalid("trang đã mở quá lâu; đề nghị tải lại rồi làm lại")
    return Decision(
        key=ask.param("key"), by=ask.agency.id, person=ask.person, as_of=ask.as_of, version=int(version)
    )


def _edit(one: Presented) -> str:
    """Return where a draft is changed: its own form, or the unit's."""
    return one.form or f"/don-vi?viec={one.key}"


def _day(text: str) -> str:
    """Write a day as it is meant; a form may hold it as a browser sends it."""
    found = day(text, "ngày")
    return words(found) if found is not None else ""


def _name(one: Presented) -> str:
    return f"Nhiệm vụ {one.item}: {one.title}" if one.item else one.title


PAGES = (
    Page("GET", LIST, first, Act.APPROVE),
    Page("GET", f"{LIST}/da-gui", approved, Act.APPROVE),
    Page("POST", f"{LIST}/{{key:path}}/de-nghi-sua", send_back, Act.APPROVE, About.OBLIGATION),
    Page("POST", f"{LIST}/{{key:path}}", decide, Act.APPROVE, About.OBLIGATION),
)
