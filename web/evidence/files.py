"""Evidence files: as attachments or drawn small, to whoever may see their obligation; removed by a desk."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response, StreamingResponse

from obligations.errors import DomainError
from obligations.rights import Act
from tasks_lib.evidence.evidence import content, fetch, how_removed, remove
from tasks_lib.evidence.evidence_names import disposition
from tasks_lib.evidence.small import THUMB, WHOLE, small
from tasks_lib.kernel.wording import work_name
from web.frame.ask import About, Ask, Page
from web.frame.faults import plain
from web.frame.render import page, static_url
from web.frame.security import PRIVATE

ADDRESS = "/tep/{number:number}"
GONE, REFUSED, NOT_THERE = 410, 409, 404
NO_PICTURE = "Tệp này không xem trước được; đề nghị tải tệp về để xem."


def file(ask: Ask) -> Response:
    """Give the file to be saved, or say when and why it was taken away."""
    found = fetch(ask.house, _number(ask)).file
    if found.is_removed:
        gone = f"Tệp không còn: {how_removed(ask.house, found).removeprefix('tệp ')}."
        return page(ask, "frame/fault.html", title="Tệp đã được gỡ", status=GONE, text=gone, typed=[])
    headers = {
        "Content-Disposition": disposition(found.name),
        "Content-Length": str(found.size),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": PRIVATE,
    }
    return StreamingResponse(content(ask.house, found), media_type=found.media_type, headers=headers)


def picture(ask: Ask) -> Response:
    """Give a small picture of the file, drawn anew; a larger one where it is to be read."""
    found = fetch(ask.house, _number(ask)).file
    large = ask.query("co") == "lon"
    made = small(ask.house, found, WHOLE if large else THUMB)
    if made is not None:
        return Response(made, media_type="image/jpeg", headers={"Cache-Control": PRIVATE})
    if large:
        return page(
            ask, "frame/fault.html", title="Không có hình", status=NOT_THERE, text=NO_PICTURE, typed=[]
        )
    # A sheet of paper stands for what has no picture: a broken one would say that something is wrong.
    return RedirectResponse(static_url(ask, "no-picture.svg"), status_code=303)


def removal(ask: Ask) -> Response:
    """Ask for the reason."""
    return _asked(ask)


def take_away(ask: Ask) -> Response:
    """Take the file away and go back to its obligation."""
    number = _number(ask)
    key = fetch(ask.house, number).obligation
    try:
        remove(ask.house, number, ask.agency.id, ask.as_of, ask.text("reason"), ask.person)
    except DomainError as fault:
        return _asked(ask, plain(fault))
    return RedirectResponse(ask.url(f"/nhiem-vu/{key}"), status_code=303)


def _asked(ask: Ask, problem: str = "") -> Response:
    owned = fetch(ask.house, _number(ask))
    return page(
        ask,
        "evidence/file_removal.html",
        status=REFUSED if problem else 200,
        title="Gỡ tài liệu kiểm chứng",
        owned=owned,
        problem=problem,
        agency=ask.house.agency(owned.agency_id),
        work=work_name(owned),
        reason=ask.text("reason"),
    )


def _number(ask: Ask) -> int:
    return int(ask.param("number"))


PAGES = (
    Page("GET", f"{ADDRESS}/nho", picture, Act.SEE, About.EVIDENCE),
    Page("GET", f"{ADDRESS}/go", removal, Act.REMOVE_FILE, About.EVIDENCE),
    Page("POST", f"{ADDRESS}/go", take_away, Act.REMOVE_FILE, About.EVIDENCE),
    Page("GET", ADDRESS, file, Act.SEE, About.EVIDENCE),
)
