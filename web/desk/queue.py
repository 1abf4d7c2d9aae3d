"""The desk's queue: what waits, narrowed by its address; many ticked, looked at once more, done at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse, Response

from obligations.board import Group
from obligations.errors import DomainError
from obligations.model import Kind
from obligations.obligation import NamedObligation
from obligations.rights import Act
from obligations.states import STATE_WORDS, TIME_WORDS
from tasks_lib.desk.bulk import ACT_OF, Deed, Outcome, do_all, in_doubt
from tasks_lib.desk.carried import carried
from tasks_lib.desk.queue import Filters, Picked, Queue, Waiting, key_of, named, picked
from tasks_lib.desk.queue import queue as read_queue
from tasks_lib.desk.undo import just_accepted
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import name_of
from web.access.contact_changes import may_decide
from web.desk import deeds, enclosed
from web.desk.queue_order import headings, order_of
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.form_faults import At
from web.frame.labels import is_typed, label
from web.frame.render import page
from web.frame.table import AS_XLSX, Column, Table, workbook_response, xlsx_address
from web.mailing import letters

QUEUE = "/hang-doi"
OFFERED = (Deed.ACCEPT, Deed.ASK_MORE, Deed.RECORD, Deed.CALL, Deed.NOT_COMPETENT, Deed.CANCEL)
"""What can be done to many, in the order of the buttons."""
GROUP_WORDS: dict[str, str] = {
    "": "Cần xử lý",
    Group.SUBMITTED: "Báo cáo chờ xem xét",
    Group.MORE_ASKED: "Chờ đơn vị bổ sung",
    Group.NOTHING: "Đơn vị báo không phát sinh",
    Group.LATE: "Quá hạn, chưa có báo cáo",
    Group.ASKED: "Chậm so với ngày đề nghị, chưa có báo cáo",
    "all": "Tất cả việc đang mở",
}
ALWAYS = ("", Group.SUBMITTED, "all")
"""Tabs that stand there with nothing behind them too."""
KINDS = (
    ("", "Tất cả"),
    (Kind.TASK, "Nhiệm vụ có thời hạn"),
    (Kind.REPORT, "Báo cáo kỳ"),
    (Kind.PLAN, "Kế hoạch triển khai của đơn vị"),
)
LATENESS = (
    ("", "Tất cả"),
    ("late", "Sau thời hạn"),
    ("asked", "Sau ngày đề nghị"),
    ("in-time", "Trong thời hạn"),
    ("updated-late", "Cập nhật chậm"),
)
BACK = "ve"
"""The field that carries the queue's own address through a form."""
OUTCOME = ("xong", "so")


def queue(ask: Ask) -> Response:
    """Show what waits at the visitor's desk; its address can be mailed, and asked for as a workbook."""
    filters = _filters(ask)
    if ask.query("dang") == AS_XLSX:
        whole = read_queue(ask.house, ask.agency.id, ask.as_of, filters, whole=True)
        return workbook_response(ask, [_table(whole.rows)])
    found = read_queue(ask.house, ask.agency.id, ask.as_of, filters)
    number = ask.visitor.obligation_id
    return page(
        ask,
        "desk/queue.html",
        title="Chờ xem xét",
        found=found,
        headings=headings(ask),
        filters=filters,
        groups=_groups(found, filters.group),
        kinds=KINDS,
        lateness=LATENESS,
        agencies=_agencies(ask),
        items=_items(ask),
        offered=_offered(ask, found),
        words={deed: deeds.words_of(ask, deed) for deed in Deed},
        stern=deeds.STERN,
        back=_address(ask),
        address=lambda **to: _with(ask, **to),
        first=key_of(ask.house, number) if number is not None else None,
        xlsx=xlsx_address(ask),
        done=_done(ask),
        undoable=_undoable(ask),
        proposed=len(may_decide(ask)),
        closed=letters.seen_by(ask),
        may_all=ask.agency.id == ask.house.plan.focal,
    )


def just_done(ask: Ask) -> tuple[NamedObligation, ...]:
    """Return what the visitor's desk accepted in the last minutes and may take back."""
    return just_accepted(ask.house, ask.agency.id, ask.as_of) if ask.may(Act.REVIEW) else ()


def _undoable(ask: Ask) -> list[tuple[str, str]]:
    """Return the same as ticks with their words."""
    return [
        (f"{row.key}@{row.version}", f"{name_of(ask.house, row.agency_id)}: {named(ask.house, row)}")
        for row in just_done(ask)
    ]


def choose(ask: Ask) -> Response:
    """Show what was ticked once more, with the fields the deed needs; nothing is changed yet."""
    deed = deeds.deed_named(ask.text("viec"))
    return _confirm(ask, deed, picked(ask.house, ask.texts("chon")))


def carry_out(ask: Ask) -> Response:
    """Do it; those that could not be done are named with why, and can be tried again."""
    deed = deeds.deed_named(ask.text("viec"))
    rows = picked(ask.house, ask.texts("chon"))
    deeds.require_all(ask, deed, rows)
    if not rows:
        return _confirm(ask, deed, rows)
    try:
        order = deeds.order_of(ask, deed, rows)
    except DomainError as told:
        return _confirm(ask, deed, rows, **deeds.told(told, deed))
    outcome = do_all(ask.house, deed, rows, order)
    if outcome.not_done:
        return _partly(ask, deed, outcome)
    done = (("xong", str(deed)), ("so", str(len(outcome.done))))
    kept = [pair for pair in parse_qsl(ask.text(BACK)) if pair[0] not in (*OUTCOME, "trang")]
    return RedirectResponse(ask.url(f"{QUEUE}?{urlencode([*kept, *done])}"), status_code=303)


def _confirm(
    ask: Ask, deed: Deed, rows: tuple[Picked, ...], problem: str = "", faults: Sequence[At] = ()
) -> Response:
    refused = {row.key: why for row in rows if (why := deeds.why_not(ask, deed, row))}
    doubts = in_doubt(ask.house, deed, [row for row in rows if row.key not in refused], ask.as_of)
    if not rows:
        problem = "Chưa chọn dòng nào; đề nghị quay lại danh sách và đánh dấu các dòng cần xử lý."
    return page(
        ask,
        "desk/queue_confirm.html",
        status=422 if problem or faults else 200,
        faults=faults,
        title=deeds.words_of(ask, deed),
        deed=deed,
        hint=deeds.hint_of(ask, deed),
        rows=[row for row in rows if row.key not in refused and row.key not in doubts],
        doubted=[(row, doubts[row.key]) for row in rows if row.key in doubts],
        refused=[(row, refused[row.key]) for row in rows if row.key in refused],
        problem=problem,
        carried=carried(ask.house, [row.row for row in rows]),
        form=deeds.typed_fields(ask),
        points=deeds.POINTS,
        back=ask.text(BACK),
        queue=QUEUE,
        stern=deed in deeds.STERN,
        also=enclosed.shown(ask, [row.row for row in rows]),
    )


def _partly(ask: Ask, deed: Deed, outcome: Outcome) -> Response:
    """Say what was done and what was not, and why; what was typed goes on to another try."""
    return page(
        ask,
        "desk/queue_result.html",
        status=409,
        title=deeds.words_of(ask, deed),
        deed=deed,
        done=outcome.done,
        not_done=[(n.picked, plain(n.why)) for n in outcome.not_done],
        typed=[
            (deeds.FIELD_WORDS.get(name) or label(name), value)
            for name, value in ask.form.multi_items()
            if isinstance(value, str) and is_typed(name) and name not in ("chon", BACK)
        ],
        back=ask.text(BACK),
        queue=QUEUE,
    )


def _filters(ask: Ask) -> Filters:
    number = ask.query("trang")
    by, falling = order_of(ask)
    return Filters(
        by=by,
        falling=falling,
        group=ask.query("nhom"),
        kind=ask.query("loai"),
        item=ask.query("nhiem-vu"),
        agency=ask.query("don-vi"),
        lateness=ask.query("han"),
        text=ask.query("q"),
        whole_plan=ask.query("pham-vi") == "tinh",
        page=max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1,  # noqa: PLR2004 - no such page
    )


def _groups(found: Queue, chosen: str) -> list[tuple[str, str, int]]:
    """Return the tabs over the queue: their code, words and count."""
    every = found.groups
    counted = {
        "": sum(n for group, n in every.items() if group is not Group.OPEN),
        "all": sum(every.values()),
    }
    tabs = [
        (code, words, counted[code] if code in counted else every.get(Group(code), 0))
        for code, words in GROUP_WORDS.items()
    ]
    return [line for line in tabs if line[2] or line[0] in (*ALWAYS, chosen)]


def _agencies(ask: Ask) -> list[tuple[str, str]]:
    """Return the units that report to this desk, for the filter."""
    below = [a for a in ask.house.agencies if ask.may_to(Act.REVIEW, a.id) and not a.invited]
    return [("", "Tất cả"), *((a.id, a.name) for a in below)]


def _items(ask: Ask) -> list[tuple[str, str]]:
    plan = ask.house.plan
    return [("", "Tất cả"), *((i.key, f"{i.key}. {i.title[:60]}") for i in plan.assigned)]


def _offered(ask: Ask, found: Queue) -> list[Deed]:
    """Return the buttons; what is answered by "nothing arose" can be opened again."""
    again = (Deed.REOPEN,) if any(row.group is Group.NOTHING for row in found.rows) else ()
    return [deed for deed in (*OFFERED, *again) if ask.may(ACT_OF[deed])]


def _address(ask: Ask) -> str:
    return urlencode([p for p in ask.request.query_params.multi_items() if p[0] not in OUTCOME])


def _with(ask: Ask, **to: str | int) -> str:
    """Return the queue's address with some of its filters changed."""
    kept = {k: v for k, v in ask.request.query_params.items() if k not in (*OUTCOME, "trang")}
    merged = {**kept, **{k.replace("_", "-"): str(v) for k, v in to.items()}}
    query = urlencode({k: v for k, v in merged.items() if v})
    return ask.url(f"{QUEUE}?{query}" if query else QUEUE)


def _done(ask: Ask) -> str:
    code, number = ask.query("xong"), ask.query("so")
    if code not in list(Deed) or not number.isdecimal():
        return ""
    return f"{deeds.done_words(ask, Deed(code))}: {int(number):02d} dòng."


def _table(rows: Iterable[Waiting]) -> Table:
    """Return the whole queue as it goes into a workbook."""
    return Table(
        name="cho-xem-xet",
        title="Báo cáo, nhiệm vụ chờ xem xét",
        columns=(
            Column(key="agency", heading="Đơn vị", width=28),
            Column(key="district", heading="Địa bàn", width=20),
            Column(key="name", heading="Nhiệm vụ, báo cáo", width=60),
            Column(key="last_day", heading="Thời hạn hoàn thành", kind="date"),
            Column(key="state", heading="Tình trạng", width=24),
            Column(key="time", heading="Thời hạn", width=22),
            Column(key="entered", heading="Ngày cập nhật", kind="date"),
            Column(key="document", heading="Văn bản", width=26),
            Column(key="text", heading="Kết quả", width=60),
            Column(key="files", heading="Số tệp", kind="count", width=8),
            Column(key="answer_by", heading="Trả lời đến hết ngày", kind="date"),
            Column(key="reason", heading="Lý do chậm", width=40),
        ),
        rows=[
            {
                "agency": row.agency_name,
                "district": row.district,
                "name": row.name,
                "last_day": row.last_day,
                "state": STATE_WORDS[row.state],
                "time": TIME_WORDS[row.stands],
                "entered": local_day(row.entered_at) if row.entered_at else None,
                "document": f"{row.document[0]} ngày {row.document[1]:%d/%m/%Y}" if row.document else "",
                "text": row.text,
                "files": row.files,
                "answer_by": row.answer_by,
                "reason": row.reason,
            }
            for row in rows
        ],
        empty="Không có việc nào chờ xem xét.",
    )


PAGES: tuple[Page, ...] = (
    Page("GET", QUEUE, queue, Act.QUEUE),
    Page("POST", f"{QUEUE}/chon", choose, Act.QUEUE),
    Page("POST", f"{QUEUE}/lam", carry_out, Act.QUEUE),
)
