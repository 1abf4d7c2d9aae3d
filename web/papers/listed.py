"""The page "Văn bản": an office's papers by unit and state, sorted by their headings, 25 a page."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from obligations.rights import Act
from obligations.words import alphabetical
from tasks_lib.kernel.wording import name_of
from tasks_lib.papers.campaigns import running
from tasks_lib.papers.kinds import kind_names
from tasks_lib.papers.listing import Listed, list_papers
from web.frame.ask import Ask, Page, whole_number
from web.frame.render import page
from web.frame.table import heading, sorted_by
from web.papers.pages import DONE, MAKE, PAPERS

NAME = "van-ban"
ROWS = 25
DRAFTED, SIGNED = "du-thao", "da-ky"
STATES = (("", "Tất cả"), (DRAFTED, "Dự thảo, chưa ghi số"), (SIGNED, "Đã ký, đã ghi số"))
CHOSEN = ("loai", "don-vi", "trang-thai")


def show(ask: Ask) -> Response:
    """Show the papers of the visitor's office, the newest first unless a heading sorts them."""
    mine, names = ask.agency.id, kind_names(ask.house)
    state, kind, unit = ask.query("trang-thai"), ask.query("loai"), ask.query("don-vi")
    known = list_papers(ask.house, mine)
    shown = [
        listed
        for listed in known
        if (not kind or listed.paper.kind == kind)
        and (not unit or listed.paper.for_id == unit)
        and (not state or listed.is_signed == (state == SIGNED))
    ]
    pages = max(1, -(-len(shown) // ROWS))
    number = min(max(1, whole_number(ask.query("trang"), 1)), pages)
    of = dict.fromkeys(listed.paper.kind for listed in known)
    return page(
        ask,
        "papers/list.html",
        title="Văn bản",
        papers=[listed.paper for listed in _sorted(ask, shown)[(number - 1) * ROWS : number * ROWS]],
        number=number,
        pages=pages,
        turn=lambda to: _address(ask, to),
        any=bool(known),
        headings={key: heading(ask, f"{NAME}.{key}") for key in KEYS},
        kinds=[("", "Tất cả"), *((key, names.get(key, key)) for key in of)],
        units=[("", "Tất cả"), *_units(ask, known)],
        states=STATES,
        chosen={"loai": kind, "don-vi": unit, "trang-thai": state},
        again=[one for one in running(ask.house, mine) if one.is_due_again(ask.on)],
        names=names,
        done=DONE.get(ask.query("xong"), ""),
        name_of=lambda key: name_of(ask.house, key),
        list_url=PAPERS,
        make_url=MAKE,
    )


def _by_title(listed: Listed) -> tuple[float, object]:
    return 0.0, alphabetical(listed.paper.title)


def _by_data_day(listed: Listed) -> tuple[float, object]:
    return float(listed.paper.data_day.toordinal()), ()


def _by_signed_on(listed: Listed) -> tuple[float, object]:
    on = listed.paper.signed_on
    return float(on.toordinal() if on else 0), ()


KEYS = {"ten": _by_title, "so-lieu": _by_data_day, "ngay-ky": _by_signed_on}
"""What a heading sorts by."""


def _sorted(ask: Ask, found: list[Listed]) -> list[Listed]:
    """Return papers in the order asked for; where days of signing are asked, drafts stand last."""
    column, falling = sorted_by(ask, NAME)
    if column not in KEYS:
        return found
    last = [listed for listed in found if column == "ngay-ky" and not listed.is_signed]
    told = [listed for listed in found if listed not in last]
    return [*sorted(told, key=KEYS[column], reverse=falling), *last]


def _address(ask: Ask, to: int) -> str:
    """Return the address of another page of the same choice and order."""
    kept = {name: value for name, value in ask.request.query_params.items() if name not in ("trang", "xong")}
    return ask.url(f"{PAPERS}?{urlencode({**kept, 'trang': to})}")


def _units(ask: Ask, known: list[Listed]) -> list[tuple[str, str]]:
    meant = dict.fromkeys(key for listed in known if (key := listed.paper.for_id))
    return [(key, name_of(ask.house, key)) for key in meant]


PAGES = (Page("GET", PAPERS, show, Act.PAPERS, link=False),)
