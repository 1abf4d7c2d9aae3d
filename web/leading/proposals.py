"""The list "Đề xuất báo cáo UBND tỉnh": edited and cut by Sở Nội vụ, released by its director."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.papers import HARD, PROPOSAL
from obligations.rights import Act
from tasks_lib.kernel.wording import in_tree
from tasks_lib.leading.proposals import drafts, drop, edit, look_ahead, read_draft, release, restore
from tasks_lib.leading.proposals_page import (
    ORDER_WORDS,
    Order,
    ProposedUnit,
    proposals_page,
)
from web.answering.cycle_frame import DOCX
from web.frame.ask import Ask, Page, whole_number, whole_numbers
from web.frame.faults import plain
from web.frame.render import page
from web.frame.security import PRIVATE
from web.frame.table import NOTHING_REFUSED, Refusal, tabled
from web.leading.proposal_tables import decided_table, listed_table

LIST = "/danh-muc"
CHOSEN = f"{LIST}/chon"
DEED = f"{LIST}/lam"
RELEASE = f"{LIST}/phat-hanh"
DRAFT = f"{LIST}/du-thao"
EDIT, DROP, RESTORE = "sua", "dua-ra", "dua-lai"
ON_PAGE = 20
"""Units on a page; the workbook holds all."""
DECIDED_SHOWN = 20
DONE_WORDS = {
    EDIT: "Đã lưu nội dung đề xuất.",
    DROP: "Đã đưa ra khỏi danh mục.",
    RESTORE: "Đã đưa lại vào danh mục.",
    "phat-hanh": "Đã phát hành. Dự thảo báo cáo để {head} ký; Hệ thống không gửi {top}.",
}


def _done(ask: Ask) -> str:
    return in_tree(ask.house, DONE_WORDS.get(ask.query("xong"), ""))


def show(ask: Ask) -> Response:
    """Show what waits for a decision, a unit a row, and what was decided."""
    return _list(ask)


def _list(ask: Ask, fault: DomainError | None = None) -> Response:
    found = proposals_page(ask.house, ask.as_of)
    dropped = [entry for entry in found.decided if entry.dropped]
    order, number = _order(ask), max(whole_number(ask.query("trang"), 1), 1)
    units = found.sorted(order)
    shown = units[(number - 1) * ON_PAGE : number * ON_PAGE]
    return tabled(
        ask,
        "leading/proposals.html",
        title=f'Danh mục "Đề xuất báo cáo {ask.house.top}"',
        refusal=Refusal(status=409, problem=plain(fault)) if fault else NOTHING_REFUSED,
        dropped=dropped,
        ticked=ask.texts("dong"),
        reason=ask.text("reason"),
        deed_url=DEED,
        tables=[listed_table(found), decided_table(found)],
        found=found,
        shown=shown,
        decided=decided_table(found, DECIDED_SHOWN),
        orders=_orders(ask, order),
        earlier=_address(ask, order, number - 1) if number > 1 else "",
        later=_address(ask, order, number + 1) if len(units) > number * ON_PAGE else "",
        page=number,
        pages=max(1, -(-len(units) // ON_PAGE)),
        done=_done(ask),
        drafts=drafts(ask.house),
        draft_url=DRAFT,
        release_url=RELEASE,
        chosen_url=CHOSEN,
        deeds=(EDIT, DROP),
        standing=PROPOSAL,
    )


def _order(ask: Ask) -> Order:
    text = ask.query("sap-xep", Order.PLACE)
    if text not in list(Order):
        raise Invalid(f"không sắp xếp được theo '{text}'")
    return Order(text)


def _orders(ask: Ask, now: Order) -> list[tuple[str, str, bool]]:
    return [(_address(ask, order, 1), words, order is now) for order, words in ORDER_WORDS.items()]


def _address(ask: Ask, order: Order, number: int) -> str:
    return ask.url(f"{LIST}?{urlencode({'sap-xep': order, 'trang': number})}")


def choose(ask: Ask) -> Response:
    """Show the chosen units with their duties, and what can be done about them."""
    return _chosen(ask, ask.request.query_params.getlist("don-vi"), ask.query("viec"))


def do(ask: Ask) -> Response:
    """Write what is proposed about the chosen units, or take them off the list with one reason."""
    deed, agencies = ask.text("viec"), ask.texts("don-vi")
    house, by = ask.house, ask.agency.id
    try:
        if deed == RESTORE:
            return _put_back(ask)
        numbers = _numbers(ask, agencies)
        if deed == EDIT:
            hard = ask.text("hinh-thuc") == "manh"
            text = HARD if hard else ask.text("text")
            edit(house, numbers, by, ask.as_of, text, ask.person)
        elif not ask.text("reason"):
            return _chosen(ask, agencies, deed, problem="Cần nêu lý do đưa ra khỏi danh mục.")
        else:
            drop(house, numbers, by, ask.as_of, ask.text("reason"), ask.person)
    except DomainError as fault:
        return _chosen(ask, agencies, deed, problem=plain(fault))
    return RedirectResponse(ask.url(f"{LIST}?xong={DROP if deed != EDIT else EDIT}"), status_code=303)


def _put_back(ask: Ask) -> Response:
    """Put the ticked entries back that were taken off by mistake."""
    numbers = whole_numbers(ask.texts("dong"))
    try:
        if not numbers:
            raise Invalid("chưa chọn dòng nào để đưa lại")
        restore(ask.house, numbers, ask.agency.id, ask.as_of, ask.text("reason"), ask.person)
    except DomainError as fault:
        return _list(ask, fault)
    return RedirectResponse(ask.url(f"{LIST}?xong={RESTORE}"), status_code=303)


def _numbers(ask: Ask, agencies: list[str]) -> list[int]:
    """Return the entries meant: those ticked one by one, else all of the chosen units."""
    ticked = [number for text in ask.texts("dong") for number in text.split(",")]
    if ticked:
        return whole_numbers(ticked)
    found = proposals_page(ask.house, ask.as_of).chosen(agencies)
    if not found:
        raise Invalid("chưa chọn đơn vị nào")
    return [number for unit in found for number in unit.numbers]


def _chosen(ask: Ask, agencies: list[str], deed: str, problem: str = "") -> Response:
    found = proposals_page(ask.house, ask.as_of)
    known = {unit.agency for unit in found.units}
    units = found.chosen([agency for agency in agencies if agency in known])
    if not units and not problem:
        problem = "Chưa chọn đơn vị nào còn trong danh mục chờ quyết định"
    texts = {unit.text for unit in units}
    return page(
        ask,
        "leading/proposals_do.html",
        title=_title(units, deed),
        status=409 if problem else 200,
        units=units,
        deeds=[deed] if deed in (EDIT, DROP) else [EDIT, DROP],
        problem=problem,
        hard=HARD,
        text=ask.text("text") or (texts.pop() if len(texts) == 1 else PROPOSAL),
        reason=ask.text("reason"),
        list_url=LIST,
        deed_url=DEED,
    )


def _title(units: tuple[ProposedUnit, ...], deed: str) -> str:
    if len(units) == 1:
        return f"Đề xuất: {units[0].name}"
    return "Đưa ra khỏi danh mục" if deed == DROP else "Nội dung đề xuất"


def confirm(ask: Ask) -> Response:
    """Show what would be released, and one button."""
    return _confirm(ask, ask.request.query_params.getlist("don-vi"))


def let_go(ask: Ask) -> Response:
    """Release the chosen units' entries; the draft is written, and nothing is sent."""
    chosen = ask.texts("don-vi")
    try:
        if not chosen:
            return _confirm(ask, chosen, problem="Chưa chọn đơn vị nào.")
        units = proposals_page(ask.house, ask.as_of).chosen(chosen)
        numbers = [number for unit in units for number in unit.numbers]
        done = release(ask.house, ask.agency.id, ask.as_of, numbers, ask.text("so"), ask.person)
    except DomainError as fault:
        return _confirm(ask, chosen, problem=plain(fault))
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


def _confirm(ask: Ask, chosen: list[str], problem: str = "") -> Response:
    found = proposals_page(ask.house, ask.as_of)
    units = [unit for unit in found.units if not chosen or unit.agency in chosen]
    return page(
        ask,
        "leading/proposals_release.html",
        title="Phát hành danh mục",
        status=409 if problem else 200,
        units=units,
        problem=problem,
        number=ask.text("so"),
        release_url=RELEASE,
        list_url=LIST,
        draft_url=DRAFT,
    )


PAGES = (
    Page("GET", LIST, show, Act.PROPOSE, link=False),
    Page("GET", CHOSEN, choose, Act.PROPOSE, link=False),
    Page("POST", DEED, do, Act.PROPOSE, link=False),
    Page("GET", RELEASE, confirm, Act.RELEASE, link=False),
    Page("POST", RELEASE, let_go, Act.RELEASE, link=False),
    Page("GET", DRAFT, draft_now, Act.PROPOSE, link=False),
    Page("GET", f"{DRAFT}/{{name}}", draft, Act.PROPOSE, link=False),
)
