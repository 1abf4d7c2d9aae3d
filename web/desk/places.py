"""Recording UBND tỉnh's document that moves a day for one or many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from obligations.errors import Faults, Gathering, Invalid
from obligations.rights import Act
from tasks_lib.desk.bulk import Deed, Outcome, do_all
from tasks_lib.desk.places import movable, movable_units
from tasks_lib.desk.queue import Picked, picked
from tasks_lib.kernel.wording import period_words
from web.desk import deeds
from web.frame.ask import Ask, Page, whole_number
from web.frame.faults import plain
from web.frame.form_faults import At
from web.frame.render import page

EXTEND = "/dieu-chinh"
KEPT_EXTENSION = "dieu-chinh"


def extension(ask: Ask) -> Response:
    """Show whose day can be moved: first the subject, then its units with the document's fields."""
    code = ask.query("nhiem-vu")
    return _extension(ask, code, movable_units(ask.house, code) if code else ())


def record_extension(ask: Ask) -> Response:
    """Record UBND tỉnh's document for the ticked units; who could not be moved is named with why."""
    code = ask.text("nhiem-vu")
    rows = picked(ask.house, ask.texts("chon"))
    deeds.require_all(ask, Deed.EXTEND, rows)
    wrong = Gathering()
    order = None
    with wrong.at():
        order = deeds.order_of(ask, Deed.EXTEND)
    with wrong.at("chon"):
        if not rows:
            raise Invalid("chưa chọn đơn vị nào")
    if order is None or wrong.found:
        told = deeds.told(Faults(wrong.found), Deed.EXTEND)
        return _extension(ask, code, movable_units(ask.house, code), told["faults"])
    outcome = do_all(ask.house, Deed.EXTEND, rows, order)
    if outcome.not_done:
        return _partly(ask, code, outcome)
    done = urlencode({"xong": len(outcome.done)})
    return RedirectResponse(ask.url(f"{EXTEND}?{done}"), status_code=303)


def _extension(ask: Ask, code: str, units: tuple[Picked, ...], faults: Sequence[At] = ()) -> Response:
    ticked = set(ask.texts("chon"))
    return page(
        ask,
        "desk/extension.html",
        status=422 if faults else 200,
        title=deeds.words_of(ask, Deed.EXTEND),
        subjects=movable(ask.house),
        code=code,
        faults=faults,
        deed=Deed.EXTEND,
        hint=deeds.hint_of(ask, Deed.EXTEND),
        form=deeds.typed_fields(ask),
        kept=KEPT_EXTENSION,
        units=[(unit, f"{unit.key}@{unit.seen}" in ticked) for unit in units],
        done=whole_number(ask.query("xong"), 0),
        period_words=partial(period_words, ask.house.plan),
    )


def _partly(ask: Ask, code: str, outcome: Outcome) -> Response:
    return page(
        ask,
        "desk/queue_result.html",
        status=409,
        title=deeds.words_of(ask, Deed.EXTEND),
        deed=Deed.EXTEND,
        done=outcome.done,
        not_done=[(n.picked, plain(n.why)) for n in outcome.not_done],
        typed=[(name, value) for name in deeds.FIELD_WORDS if (value := ask.text(name))],
        names=deeds.FIELD_WORDS,
        back=urlencode({"nhiem-vu": code}),
        queue=EXTEND,
    )


PAGES: tuple[Page, ...] = (
    Page("GET", EXTEND, extension, Act.EXTEND, link=False),
    Page("POST", EXTEND, record_extension, Act.EXTEND, link=False),
)
