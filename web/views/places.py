"""Pausing a place, and recording UBND tỉnh's document that moves a day for one or many."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.model import Agency, Tier
from obligations.rights import Act
from tasks_lib.usecases.bulk import Deed, Outcome, do_all
from tasks_lib.usecases.move_day import Pause, pause
from tasks_lib.usecases.places import Resting, movable, movable_units, resting
from tasks_lib.usecases.queue import Picked, picked
from web import faults
from web.ask import Ask, Page, whole_number
from web.render import page
from web.table import Column, Table, tabled
from web.views import deeds

PAUSE, EXTEND = "/tam-dung", "/dieu-chinh"
KEPT_PAUSE, KEPT_EXTENSION = "tam-dung", "dieu-chinh"


def pauses(ask: Ask) -> Response:
    """Show which places rest, and the form for another."""
    return _pauses(ask)


def record_pause(ask: Ask) -> Response:
    """Pause a place."""
    try:
        _pause(ask)
    except DomainError as told:
        return _pauses(ask, problem=faults.plain(told))
    return RedirectResponse(ask.url(f"{PAUSE}?xong=1"), status_code=303)


def _pause(ask: Ask) -> None:
    place = ask.text("dia-ban")
    if place not in ask.house.configuration.agencies:
        raise Invalid("chọn địa bàn, cơ quan cần tạm dừng")
    ask.require(Act.PAUSE, place)
    begins = deeds.day_of(ask, "tu-ngay", "từ ngày")
    ends = deeds.day_of(ask, "den-ngay", "đến hết ngày")
    if begins is None or ends is None:
        raise Invalid("nhập từ ngày và đến hết ngày")
    given = Pause(place=place, from_day=begins, to_day=ends, reason=ask.text("ly-do"), person=ask.person)
    pause(ask.house, given, ask.agency.id, ask.as_of)


def _pauses(ask: Ask, problem: str = "") -> Response:
    everywhere = ask.agency.id == ask.house.plan.focal
    places = [a for a in ask.house.configuration.agencies.values() if _may_rest(ask, a)]
    found = resting(ask.house, ask.as_of, None if everywhere else {a.id for a in places})
    return tabled(
        ask, "pauses.html",
        title="Tạm dừng nhắc việc, đôn đốc", tables=[_table(found)], problem=problem, kept=KEPT_PAUSE,
        form=deeds.typed_fields(ask), places=_grouped(ask, places), done=ask.query("xong") == "1",
    )  # fmt: skip


def _may_rest(ask: Ask, agency: Agency) -> bool:
    if agency.invited or agency.id == ask.house.plan.top or agency.valid_from > ask.house.plan.valid_until:
        return False
    return ask.may_to(Act.PAUSE, agency.id)


def _grouped(ask: Ask, places: list[Agency]) -> list[tuple[str, list[Agency]]]:
    """Return the places under their district, a district first of its own."""
    groups: dict[str, list[Agency]] = {}
    for place in places:
        district = place.superior if place.tier is Tier.COMMUNE else place.id
        named = ask.house.agency(district or place.id).name if place.tier is not Tier.PROVINCE else ""
        groups.setdefault(named or "Sở, ban, ngành", []).append(place)
    return list(groups.items())


def _table(found: tuple[Resting, ...]) -> Table:
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
            {"name": p.name, "from": p.from_day, "to": p.to_day, "reason": p.reason, "state": p.state,
             "by": p.by}
            for p in found
        ],
        empty="Chưa có đợt tạm dừng nào.",
    )  # fmt: skip


def extension(ask: Ask) -> Response:
    """Show whose day can be moved: first the subject, then its units with the document's fields."""
    code = ask.query("nhiem-vu")
    return _extension(ask, code, movable_units(ask.house, code) if code else ())


def record_extension(ask: Ask) -> Response:
    """Record UBND tỉnh's document for the ticked units; who could not be moved is named with why."""
    code = ask.text("nhiem-vu")
    rows = picked(ask.house, ask.texts("chon"))
    deeds.require_all(ask, Deed.EXTEND, rows)
    try:
        if not rows:
            raise Invalid("chưa chọn đơn vị nào")
        order = deeds.order_of(ask, Deed.EXTEND)
    except DomainError as told:
        return _extension(ask, code, movable_units(ask.house, code), problem=faults.plain(told))
    outcome = do_all(ask.house, Deed.EXTEND, rows, order)
    if outcome.not_done:
        return _partly(ask, code, outcome)
    done = urlencode({"xong": len(outcome.done)})
    return RedirectResponse(ask.url(f"{EXTEND}?{done}"), status_code=303)


def _extension(ask: Ask, code: str, units: tuple[Picked, ...], problem: str = "") -> Response:
    ticked = set(ask.texts("chon"))
    return page(
        ask, "extension.html",
        status=422 if problem else 200, title=deeds.WORDS[Deed.EXTEND], subjects=movable(ask.house),
        code=code, problem=problem, deed=Deed.EXTEND, hint=deeds.hint_of(ask, Deed.EXTEND),
        form=deeds.typed_fields(ask), kept=KEPT_EXTENSION,
        units=[(unit, f"{unit.key}@{unit.seen}" in ticked) for unit in units],
        done=whole_number(ask.query("xong"), 0),
    )  # fmt: skip


def _partly(ask: Ask, code: str, outcome: Outcome) -> Response:
    return page(
        ask, "queue_result.html",
        status=409, title=deeds.WORDS[Deed.EXTEND], deed=Deed.EXTEND, done=outcome.done,
        not_done=[(n.picked, faults.plain(n.why, n.picked.key)) for n in outcome.not_done],
        typed=[(name, value) for name in deeds.FIELD_WORDS if (value := ask.text(name))],
        names=deeds.FIELD_WORDS, back=urlencode({"nhiem-vu": code}), queue=EXTEND,
    )  # fmt: skip


PAGES: tuple[Page, ...] = (
    Page("GET", PAUSE, pauses, Act.PAUSE, link=False),
    Page("POST", PAUSE, record_pause, Act.PAUSE, link=False),
    Page("GET", EXTEND, extension, Act.EXTEND, link=False),
    Page("POST", EXTEND, record_extension, Act.EXTEND, link=False),
)
