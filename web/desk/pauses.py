"""Places that rest: which, since when, until when; pausing several at once, changing the end, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from starlette.responses import RedirectResponse, Response

from notifications.wording import upper_first
from obligations.errors import DomainError, Gathering, Invalid
from obligations.levels import Level
from obligations.model import Agency
from obligations.pauses import NO_END
from obligations.rights import Act
from tasks_lib.desk.places import Resting, everywhere, resting
from tasks_lib.duties.pausing import Altering, Pause, move_pauses_end, pause_all, withdraw
from web.desk import deeds
from web.frame.ask import Ask, Page
from web.frame.form_faults import At
from web.frame.render import page
from web.frame.table import Cell, Column, Refusal, Table, tabled

PAUSE = "/tam-dung"
ONE = f"{PAUSE}/{{number:number}}"
KEPT = "tam-dung"
DONE = {
    "1": "Đã ghi nhận tạm dừng.",
    "ngay": "Đã thay đổi ngày kết thúc tạm dừng.",
    "rut": "Đã rút đợt tạm dừng.",
}


@dataclass(frozen=True)
class Group:
    """Places that stand together in the form."""

    name: str
    places: tuple[Agency, ...]
    opened: bool
    """Something in it is ticked."""


def pauses(ask: Ask) -> Response:
    """Show which places rest, and the form for more."""
    return _pauses(ask)


def record_pause(ask: Ask) -> Response:
    """Pause the ticked places, all or none."""
    try:
        pause_all(ask.house, _given(ask), ask.agency.id, ask.as_of)
    except DomainError as told:
        return _pauses(ask, **deeds.told(told, KEPT, reason="ly-do"))
    return _to(ask, f"{PAUSE}?xong=1")


def one(ask: Ask) -> Response:
    """Show one pause, with what can be done to it."""
    return _one(ask, _found(ask))


def move_end(ask: Ask) -> Response:
    """End a pause, prolong or shorten it, or leave its end open."""
    found = _found(ask)
    try:
        wrong = Gathering()
        with wrong.at("den-ngay"):
            ends = _end(ask)
        wrong.settle()
        move_pauses_end(ask.house, _altering(ask, found), ends)
    except DomainError as told:
        return _one(ask, found, **deeds.told(told, "ngay", reason="ly-do"))
    return _to(ask, f"{PAUSE}?xong=ngay")


def take_back(ask: Ask) -> Response:
    """Withdraw a pause that was recorded by mistake."""
    found = _found(ask)
    try:
        withdraw(ask.house, _altering(ask, found))
    except DomainError as told:
        return _one(ask, found, **deeds.told(told, "rut", reason="ly-do"))
    return _to(ask, f"{PAUSE}?xong=rut")


def _given(ask: Ask) -> list[Pause]:
    places = ask.texts("dia-ban")
    known = [place for place in places if place in ask.house.configuration.agencies]
    for place in known:
        ask.require(Act.PAUSE, place)
    wrong, begins, ends, reason = Gathering(), None, None, ask.text("ly-do")
    with wrong.at("dia-ban"):
        if not places or known != places:
            raise Invalid("chọn địa bàn, cơ quan cần tạm dừng")
    with wrong.at("tu-ngay"):
        begins = deeds.day_of(ask, "tu-ngay", "từ ngày")
        if begins is None:
            raise Invalid("từ ngày: nhập ngày bắt đầu tạm dừng")
    with wrong.at("den-ngay"):
        ends = _end(ask)
    with wrong.at("ly-do"):
        if not reason:
            raise Invalid("nêu lý do tạm dừng")
    wrong.settle()
    assert begins is not None
    return [Pause(place=p, from_day=begins, to_day=ends, reason=reason, person=ask.person) for p in places]


def _end(ask: Ask) -> date | None:
    """Read the last day; none where the tick says that nobody knows it."""
    ends = deeds.day_of(ask, "den-ngay", "đến hết ngày")
    if (ends is None) != bool(ask.text("chua-ro")):
        raise Invalid("đến hết ngày: nhập một ngày, hoặc đánh dấu chưa rõ ngày kết thúc")
    return ends


def _altering(ask: Ask, found: Resting) -> Altering:
    return Altering(
        number=found.number, by=ask.agency.id, as_of=ask.as_of, reason=ask.text("ly-do"), person=ask.person
    )


def _found(ask: Ask) -> Resting:
    """Return the pause the address names, where it is about a place the visitor may pause."""
    number = int(ask.param("number"))
    found = next((p for p in resting(ask.house, ask.as_of, reader=ask.agency.id) if p.number == number), None)
    if found is None:
        raise Invalid(f"không có đợt tạm dừng số {number}")
    ask.require(Act.PAUSE, found.place)
    return found


def _pauses(ask: Ask, problem: str = "", faults: Sequence[At] = ()) -> Response:
    all_of_them = ask.agency.id == ask.house.plan.focal
    places = [a for a in ask.house.agencies if _may_rest(ask, a)]
    seen = None if all_of_them else {a.id for a in places}
    found = resting(ask.house, ask.as_of, seen, ask.agency.id)
    ticked = ask.texts("dia-ban")
    return tabled(
        ask,
        "desk/pauses.html",
        title="Tạm dừng nhắc việc, đôn đốc",
        tables=[_table(ask, found)],
        refusal=Refusal(problem=problem, faults=faults),
        kept=KEPT,
        form=deeds.typed_fields(ask),
        groups=_grouped(ask, places, ticked),
        ticked=ticked,
        everywhere=everywhere(ask.house),
        top=ask.house.plan.top,
        below_words=partial(_below, ask),
        done=DONE.get(ask.query("xong"), ""),
    )


def _one(ask: Ask, found: Resting, problem: str = "", faults: Sequence[At] = ()) -> Response:
    return page(
        ask,
        "desk/pause.html",
        status=409 if problem or faults else 200,
        title=f"Tạm dừng: {found.name}",
        found=found,
        problem=problem,
        faults=faults,
        form=deeds.typed_fields(ask),
        no_end=NO_END,
        back=PAUSE,
    )


def _may_rest(ask: Ask, agency: Agency) -> bool:
    return not agency.invited and ask.may_to(Act.PAUSE, agency.id)


def _below(ask: Ask, level: Level) -> str:
    """Say what rests with a place that heads others: "các xã của huyện"."""
    lower = ask.house.plan.levels.rows[level.rank - 1]
    return f"các {lower.short} của {level.short}"


def _whole(ask: Ask) -> str:
    return upper_first(ask.house.plan.levels.top.whole)


def _grouped(ask: Ask, places: list[Agency], ticked: list[str]) -> list[Group]:
    """Return the places under their district, a district first of its own; the whole province before all."""
    groups: dict[str, list[Agency]] = {}
    for place in places:
        groups.setdefault(_group_of(ask, place), []).append(place)
    ordered = sorted(groups.items(), key=lambda pair: pair[0] != _whole(ask))
    return [Group(name, tuple(of), any(p.id in ticked for p in of)) for name, of in ordered]


def _group_of(ask: Ask, place: Agency) -> str:
    if place.id == ask.house.plan.top:
        return _whole(ask)
    return ask.house.agency(place.area).name if place.area else place.level.bodies


def _table(ask: Ask, found: tuple[Resting, ...]) -> Table:
    return Table(
        name="tam-dung",
        title="Các đợt tạm dừng",
        columns=(
            Column(key="name", heading="Địa bàn, cơ quan", width=30),
            Column(key="from", heading="Từ ngày", kind="date"),
            Column(key="to", heading="Đến hết ngày", kind="date"),
            Column(key="reason", heading="Lý do", width=40),
            Column(key="state", heading="Tình trạng"),
            Column(key="by", heading="Cơ quan ghi nhận", width=26),
        ),
        rows=[
            {
                "name": _named(ask, p),
                "from": p.from_day,
                "to": p.to_day or NO_END,
                "reason": p.reason,
                "state": f"{p.state}: {p.withdrawn}" if p.withdrawn else p.state,
                "by": p.by,
            }
            for p in found
        ],
        empty="Chưa có đợt tạm dừng nào.",
    )


def _named(ask: Ask, found: Resting) -> Cell:
    """Name the place, with the way to change its pause for whoever may."""
    href = ask.url(f"{PAUSE}/{found.number}") if ask.may_to(Act.PAUSE, found.place) else ""
    return Cell(value=found.name, href=href)


def _to(ask: Ask, address: str) -> Response:
    return RedirectResponse(ask.url(address), status_code=303)


PAGES: tuple[Page, ...] = (
    Page("GET", PAUSE, pauses, Act.PAUSE, link=False),
    Page("POST", PAUSE, record_pause, Act.PAUSE, link=False),
    Page("GET", ONE, one, Act.PAUSE, link=False),
    Page("POST", f"{ONE}/ngay", move_end, Act.PAUSE, link=False),
    Page("POST", f"{ONE}/rut", take_back, Act.PAUSE, link=False),
)
