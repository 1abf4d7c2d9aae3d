"""One paper with its files, how it was signed; letters that urge, drafted from what was ticked."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from notifications.papers import fill, pdf
from obligations.errors import DomainError, Gathering, Invalid
from obligations.rights import Act
from tasks_lib.papers import signing
from tasks_lib.papers.campaigns import AT_ONCE, Running, running, urge
from tasks_lib.papers.choices import authorities, choices
from tasks_lib.papers.kinds import URGING, kind_names
from tasks_lib.papers.listing import Listed, find_paper
from tasks_lib.papers.making import difference, file_of
from tasks_lib.papers.order import Order
from web.desk import deeds
from web.frame.ask import Ask, Page, is_whole
from web.frame.form_faults import Told
from web.frame.render import page
from web.frame.security import PRIVATE

PAPERS = "/van-ban"
MAKE = f"{PAPERS}/lap"
ONE = f"{PAPERS}/{{number:number}}"
SIGN = f"{ONE}/ky"
AUTHORITY, BY_KIND = "quyen-han", ("", "Theo loại văn bản")
EACH = "moi-don-vi"
DONE = {
    "lap": "Đã lập dự thảo.",
    "lap-rieng": "Đã lập dự thảo, mỗi đơn vị một công văn.",
    "ky": "Đã ghi số, ngày, người ký.",
}


def one(ask: Ask) -> Response:
    """Show one paper with its files, what has changed since, and the form for its number."""
    return _one(ask, _found(ask))


def _one(ask: Ask, listed: Listed, told: Told | None = None) -> Response:
    paper = listed.paper
    mine: list[Running] = [c for c in running(ask.house, paper.issuer_id) if c.paper.id == paper.id]
    changed = [] if listed.is_signed else difference(ask.house, paper, ask.as_of)
    return page(
        ask,
        "papers/one.html",
        title=paper.title,
        status=409 if told else 200,
        paper=paper,
        kind=kind_names(ask.house).get(paper.kind, paper.kind),
        campaigns=mine,
        changed=changed,
        done=DONE.get(ask.query("xong"), ""),
        typed={name: ask.text(name) for name in ("so", "ngay", "nguoi-ky")},
        list_url=PAPERS,
        make_url=MAKE,
        **(told or {}),
    )


def enter(ask: Ask) -> Response:
    """Enter number, day and signer; a letter that urges leaves with it."""
    paper = _found(ask)
    try:
        wrong, on = Gathering(), None
        with wrong.at("ngay"):
            on = deeds.day_of(ask, "ngay", "ngày ký")
            if on is None:
                raise Invalid("nhập ngày ký")
        with wrong.at("so"):
            if not ask.text("so"):
                raise Invalid("nhập số, ký hiệu văn thư đã cấp")
        with wrong.at("nguoi-ky"):
            if not ask.text("nguoi-ky"):
                raise Invalid("nhập họ tên người ký")
        wrong.settle()
        assert on is not None
        entered = signing.Signature(number=ask.text("so"), on=on, signer=ask.text("nguoi-ky"))
        signing.sign(ask.house, paper.paper.id, entered, ask.agency.id, ask.as_of, ask.person)
    except DomainError as told:
        return _one(ask, paper, deeds.told(told, "ky"))
    ask.notes_wait()
    return RedirectResponse(
        ask.url(f"{PAPERS}/{paper.paper.id}?xong=ky"), status_code=303, background=ask.background
    )


def choose(ask: Ask) -> Response:
    """Show what can be urged, ticked as the board was narrowed."""
    return _choose(ask, ask.request.query_params.getlist("viec"), ask.request.query_params.getlist("don-vi"))


def _choose(ask: Ask, items: list[str], units: list[str], problem: str = "") -> Response:
    found = choices(ask.house, ask.agency.id, ask.as_of)
    again = ask.query("lap-lai") or ask.text("lap-lai")
    return page(
        ask,
        "papers/make.html",
        title="Lập công văn đôn đốc",
        status=409 if problem else 200,
        problem=problem,
        found=found,
        items=items,
        units=units,
        again=again if is_whole(again) else "",
        authorities=(BY_KIND, *authorities(ask.house, ask.agency.id)),
        authority=ask.text(AUTHORITY),
        each=bool(ask.text(EACH)),
        most_letters=AT_ONCE,
        make_url=MAKE,
        list_url=PAPERS,
    )


def make(ask: Ask) -> Response:
    """Draft the letter of what was ticked."""
    items, units, again = ask.texts("viec"), ask.texts("don-vi"), ask.text("lap-lai")
    try:
        known = choices(ask.house, ask.agency.id, ask.as_of)
        order = Order(
            kind=URGING,
            by=ask.agency.id,
            items=tuple(choice.key for choice in known.items if choice.key in items),
            units=tuple(choice.key for choice in known.units if choice.key in units),
            authority=authority_of(ask),
            person=ask.person,
        )
        each = bool(ask.text(EACH))
        done = urge(
            ask.house,
            order,
            ask.as_of,
            each=each,
            repeats=int(again) if is_whole(again) else None,
            most=AT_ONCE,
        )
    except DomainError as fault:
        return _choose(ask, items, units, str(fault))
    where = f"?loai={URGING}&xong=lap-rieng" if each else f"/{done[0][1].paper.id}?xong=lap"
    return RedirectResponse(ask.url(f"{PAPERS}{where}"), status_code=303)


def authority_of(ask: Ask) -> str | None:
    """Return under which authority it is to be signed; None for what the kind of paper says."""
    known = [key for key, _ in authorities(ask.house, ask.agency.id)]
    return next((key for key in known if key == ask.text(AUTHORITY)), None)


def word(ask: Ask) -> Response:
    """Hand out the Word file."""
    paper = _found(ask)
    return _file(paper, file_of(ask.house, paper.paper), fill.MEDIA_TYPE, "docx")


def printed(ask: Ask) -> Response:
    """Hand out the PDF."""
    paper = _found(ask)
    return _file(paper, file_of(ask.house, paper.paper, pdf=True), pdf.MEDIA_TYPE, "pdf")


def _file(listed: Listed, content: bytes, media_type: str, ending: str) -> Response:
    paper = listed.paper
    name = f"{paper.kind}-{paper.data_day:%Y%m%d}-{paper.id}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": PRIVATE}
    return Response(content, media_type=media_type, headers=headers)


def _found(ask: Ask) -> Listed:
    """Return the paper of the address; one of another office is not there for this visitor."""
    return find_paper(ask.house, int(ask.param("number")), ask.agency.id)


PAGES = (
    Page("GET", MAKE, choose, Act.PAPERS, link=False),
    Page("POST", MAKE, make, Act.PAPERS, link=False),
    Page("GET", ONE, one, Act.PAPERS, link=False),
    Page("POST", SIGN, enter, Act.PAPERS, link=False),
    Page("GET", f"{ONE}/docx", word, Act.PAPERS, link=False),
    Page("GET", f"{ONE}/pdf", printed, Act.PAPERS, link=False),
)
