"""A unit's slip of a quarter's grade: read product by product, then accepted, or contested with a reason."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.grading import GRADE_WORDS, GradeState
from obligations.reckoning import SHARE_WORDS
from obligations.rights import Act
from tasks_lib.grading.grades import accept, contest, mark_of, quarter_of
from tasks_lib.grading.slips import Slip, contest_days, slip_of
from tasks_lib.grading.telling import SLIP
from tasks_lib.grading.words import product_title
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.form_faults import At
from web.frame.render import page
from web.frame.table import Column, Refusal, Table, Value, tabled

REASON = "noi-dung"
CONTEST, ACCEPT = "xem-lai", "dong-y"
DONE = {
    ACCEPT: "Đã ghi: đơn vị đồng ý với số liệu.",
    CONTEST: "Đã ghi đề nghị xem lại; trả lời được gửi bằng thư và có tại trang này.",
}
TITLE = "Phiếu đối chiếu mức độ hoàn thành"
WRONG, REFUSED = 400, 409


def show(ask: Ask) -> Response:
    """Show the slip of the quarter asked for, else of the newest."""
    return _shown(ask)


def answer(ask: Ask) -> Response:
    """Write down the unit's word: that the slip is right, or what is to be looked at again."""
    said, reason = ask.text("do"), ask.text(REASON)
    if said != ACCEPT and not reason:
        return _shown(ask, faults=[At(f"f-{REASON}", "nêu nội dung đề nghị xem lại")], status=WRONG)
    quarter, own, seen = ask.text("quy"), ask.agency.id, ask.text("ban")
    try:
        if said == ACCEPT:
            accept(ask.house, own, quarter_of(quarter), own, ask.as_of, seen)
        else:
            contest(ask.house, own, quarter_of(quarter), own, ask.as_of, reason, seen)
    except DomainError as fault:
        return _shown(ask, plain(fault), status=REFUSED)
    done = ACCEPT if said == ACCEPT else CONTEST
    return RedirectResponse(ask.url(f"{SLIP}?quy={quarter}&xong={done}"), status_code=303)


def _shown(ask: Ask, problem: str = "", faults: list[At] | None = None, status: int = 200) -> Response:
    found = slip_of(ask.house, ask.agency.id, ask.as_of, ask.text("quy") or ask.query("quy"))
    values: dict[str, object] = {
        "found": found,
        "focal": ask.house.focal.name,
        "days": contest_days(ask.house, ask.on),
        "address": SLIP,
        "accept": ACCEPT,
        "contest": CONTEST,
        "accepted": GradeState.ACCEPTED,
        "reason_name": REASON,
        "reason": ask.text(REASON),
        "said": DONE.get(ask.query("xong"), ""),
    }
    if found is None:
        return page(ask, "answering/slip.html", title=TITLE, status=status, problem=problem, also=values)
    shown = {
        **values,
        "state": GRADE_WORDS[found.grade.state],
        "open": found.is_open(ask.on),
        "mark": mark_of(found.grade),
    }
    return tabled(
        ask,
        "answering/slip.html",
        title=f"{TITLE} {found.name}",
        tables=[_products(ask, found)],
        refusal=Refusal(status=status, problem=problem, faults=faults or ()),
        also=shown,
    )


def _products(ask: Ask, found: Slip) -> Table:
    rows: list[dict[str, Value]] = [
        {
            "what": product_title(ask.house, product),
            "last_day": product.last_day,
            "done_on": product.done_on,
            "share": SHARE_WORDS[product.share],
            "asked_more": product.asked_more,
        }
        for product in found.products
    ]
    return Table(
        name="san-pham",
        title="Từng sản phẩm",
        columns=(
            Column(key="what", heading="Sản phẩm", width=60),
            Column(key="last_day", heading="Hạn cuối", kind="date", width=12),
            Column(key="done_on", heading="Ngày hoàn thành", kind="date", width=12),
            Column(key="share", heading="Được tính là", width=30),
            Column(key="asked_more", heading="Đề nghị bổ sung (lần)", kind="count", width=12),
        ),
        rows=rows,
        empty="Không có sản phẩm nào đến hạn trong quý.",
    )


PAGES = (
    Page("GET", SLIP, show, Act.SLIP),
    Page("POST", SLIP, answer, Act.SLIP),
)
