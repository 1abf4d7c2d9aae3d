"""The list "Đề xuất báo cáo UBND tỉnh": edited and cut by Sở Nội vụ, released by its director."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from notifications.reminded import counted
from obligations.errors import DomainError
from obligations.rights import Act
from tasks_lib.clock import local_day
from tasks_lib.usecases.proposals import drafts, drop, edit, look_ahead, read_draft, release
from tasks_lib.usecases.proposals_page import ListedEntry, ProposalsPage, proposals_page
from web.ask import Ask, Page, whole_number, whole_numbers
from web.render import page
from web.security import PRIVATE
from web.table import Column, Table, Value, tabled
from web.views.cycle import DOCX

LIST = "/danh-muc"
RELEASE = f"{LIST}/phat-hanh"
DRAFT = f"{LIST}/du-thao"
ONE = f"{LIST}/dong/{{number:number}}"
ON_PAGE = 100
"""Entries on a page; the workbook holds all."""
DONE_WORDS = {
    "sua": "Đã lưu nội dung đề xuất.",
    "dua-ra": "Đã đưa ra khỏi danh mục.",
    "phat-hanh": "Đã phát hành. Dự thảo báo cáo để Giám đốc Sở ký; Hệ thống không gửi UBND tỉnh.",
}


def show(ask: Ask) -> Response:
    """Show what waits for a decision, and what was decided."""
    found = proposals_page(ask.house, ask.as_of)
    first = whole_number(ask.query("tu"), 0)
    shown = {entry.number for entry in found.entries[first : first + ON_PAGE]}
    return tabled(
        ask, "proposals.html", title='Danh mục "Đề xuất báo cáo UBND tỉnh"',
        tables=[_listed_table(found), _decided_table(found)], found=found, shown=shown,
        earlier=max(first - ON_PAGE, 0) if first else None,
        later=first + ON_PAGE if len(found.entries) > first + ON_PAGE else None,
        done=DONE_WORDS.get(ask.query("xong"), ""), drafts=drafts(ask.house), draft_url=DRAFT,
        release_url=RELEASE, list_url=LIST,
    )  # fmt: skip


def one(ask: Ask) -> Response:
    """Show one entry with what can be done about it."""
    return _one(ask)


def change(ask: Ask) -> Response:
    """Save what is proposed about an entry."""
    return _decided(ask, "sua")


def cut(ask: Ask) -> Response:
    """Take an entry off the list with a reason."""
    return _decided(ask, "dua-ra")


def confirm(ask: Ask) -> Response:
    """Show what would be released, and one button."""
    return _confirm(ask, ask.request.query_params.getlist("dong"))


def let_go(ask: Ask) -> Response:
    """Release the chosen entries; the draft is written, and nothing is sent."""
    chosen = ask.texts("dong")
    numbers = whole_numbers(chosen)
    try:
        if not numbers:
            return _confirm(ask, chosen, problem="chưa chọn dòng nào")
        done = release(ask.house, ask.agency.id, ask.as_of, numbers, ask.text("so"), ask.person)
    except DomainError as fault:
        return _confirm(ask, chosen, problem=str(fault))
    return RedirectResponse(ask.url(f"{LIST}?xong=phat-hanh&tep={done.draft.name}"), status_code=303)


def draft(ask: Ask) -> Response:
    """Hand out a released draft."""
    name = ask.param("name")
    return _document(read_draft(ask.house, name), name)


def draft_now(ask: Ask) -> Response:
    """Hand out the draft as it would be written now; nothing is decided."""
    content = look_ahead(ask.house, ask.agency.id, ask.as_of)
    return _document(content, f"du-thao-{ask.on:%Y%m%d}.docx")


def _document(content: bytes, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": PRIVATE}
    return Response(content, media_type=DOCX, headers=headers)


def _decided(ask: Ask, what: str) -> Response:
    number, by = int(ask.param("number")), ask.agency.id
    try:
        if what == "sua":
            edit(ask.house, number, by, ask.as_of, ask.text("text"), ask.person)
        elif not ask.text("reason"):
            return _one(ask, problem="Cần nêu lý do đưa ra khỏi danh mục.")
        else:
            drop(ask.house, number, by, ask.as_of, ask.text("reason"), ask.person)
    except DomainError as fault:
        return _one(ask, problem=str(fault))
    return RedirectResponse(ask.url(f"{LIST}?xong={what}"), status_code=303)


def _one(ask: Ask, problem: str = "") -> Response:
    entry = proposals_page(ask.house, ask.as_of).entry(int(ask.param("number")))
    return page(
        ask, "proposal.html", title=f"Đề xuất: {entry.name}", status=409 if problem else 200,
        entry=entry, problem=problem, text=ask.text("text") or entry.text, reason=ask.text("reason"),
        list_url=LIST,
    )  # fmt: skip


def _confirm(ask: Ask, chosen: list[str], problem: str = "") -> Response:
    found = proposals_page(ask.house, ask.as_of)
    entries = [e for e in found.entries if not chosen or str(e.number) in chosen]
    return page(
        ask, "proposals_release.html", title="Phát hành danh mục", status=409 if problem else 200,
        entries=entries, problem=problem, number=ask.text("so"), release_url=RELEASE, list_url=LIST,
        draft_url=DRAFT,
    )  # fmt: skip


def _listed_table(found: ProposalsPage) -> Table:
    return Table(
        name="cho-quyet-dinh",
        title="Chờ quyết định",
        columns=(
            Column(key="group", heading="Địa bàn, cơ quan", width=26),
            Column(key="name", heading="Đơn vị", width=26),
            Column(key="cause", heading="Vì", width=26),
            Column(key="item", heading="Nhiệm vụ", width=10),
            Column(key="title", heading="Nội dung", width=50),
            Column(key="last_day", heading="Thời hạn hoàn thành", kind="date", width=14),
            Column(key="days_late", heading="Quá hạn (ngày làm việc)", kind="count", width=12),
            Column(key="reminded", heading="Đã nhắc việc, đôn đốc", width=30),
            Column(key="reason", heading="Lý do đơn vị nêu", width=30),
            Column(key="text", heading="Đề xuất", width=40),
        ),
        rows=[row for group in found.groups for e in group.entries for row in _lines(group.name, e)],
    )


def _lines(group: str, entry: ListedEntry) -> list[dict[str, Value]]:
    """Return an entry's duties, a line each; an entry whose duties are done by now is one line."""
    head: dict[str, Value] = {"group": group, "name": entry.name, "cause": entry.cause, "text": entry.text}
    if not entry.tasks:
        return [head]
    return [
        {
            **head, "item": task.item or "", "title": task.title, "last_day": task.last_day,
            "days_late": task.days_late, "reason": task.reason,
            "reminded": counted(task.reminded),
        }
        for task in entry.tasks
    ]  # fmt: skip


def _decided_table(found: ProposalsPage) -> Table:
    return Table(
        name="da-quyet-dinh",
        title="Đã phát hành, đưa ra, tự rút",
        columns=(
            Column(key="name", heading="Đơn vị", width=26),
            Column(key="item", heading="Nhiệm vụ", width=10),
            Column(key="title", heading="Nội dung", width=50),
            Column(key="state", heading="Kết quả", width=26),
            Column(key="reason", heading="Lý do, nội dung", width=40),
            Column(key="decided_on", heading="Ngày", kind="date", width=12),
            Column(key="document", heading="Số văn bản", width=16),
        ),
        rows=[
            {
                "name": e.name, "item": e.item, "title": e.title, "state": e.state, "reason": e.reason,
                "decided_on": local_day(e.decided_at) if e.decided_at else None, "document": e.document,
            }
            for e in found.decided
        ],
        empty="Chưa có dòng nào.",
    )  # fmt: skip


PAGES = (
    Page("GET", LIST, show, Act.PROPOSE, link=False),
    Page("GET", RELEASE, confirm, Act.RELEASE, link=False),
    Page("POST", RELEASE, let_go, Act.RELEASE, link=False),
    Page("GET", DRAFT, draft_now, Act.PROPOSE, link=False),
    Page("GET", f"{DRAFT}/{{name}}", draft, Act.PROPOSE, link=False),
    Page("GET", ONE, one, Act.PROPOSE, link=False),
    Page("POST", f"{ONE}/sua", change, Act.PROPOSE, link=False),
    Page("POST", f"{ONE}/dua-ra", cut, Act.PROPOSE, link=False),
)
