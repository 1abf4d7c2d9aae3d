"""From values to a page: the templates, the few words they share, and where static files stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from notifications import days, reminded, wording
from obligations.answers import NO_SECRETS
from obligations.model import PART_WORDS
from obligations.places import initials
from obligations.rights import Act, Seat
from obligations.states import STATE_WORDS, TIME_WORDS
from obligations.words import count
from tasks_lib.desk.guided import items_guided
from tasks_lib.evidence.small import can_be_shown
from tasks_lib.kernel.wording import ended_words, head_called, in_tree, plan_short, seat_called
from tasks_lib.pictures.drawn import on_page
from tasks_lib.watch.model import Finding
from tasks_lib.watch.watchman import Watchman
from web.frame.ask import Ask
from web.frame.forgery import token_of
from web.frame.form_faults import At, at_fields
from web.frame.help import help_of
from web.frame.marks import LEGEND, MARKS, MORE_LETTERS, WORKS
from web.frame.security import PRIVATE

ROOMS = Path(__file__).parent.parent
"""Each room keeps its templates beside its pages."""
STATIC = ROOMS / "static"
KILOBYTE, MEGABYTE = 1024, 1024 * 1024
TOLD_OF_FAULTS = frozenset({Seat.COORDINATOR, Seat.DIRECTOR, Seat.OPS})
GUIDES = "/huong-dan"
# What the menu offers: the act that is asked for, the address, the words.
MENU = (
    (Act.BOARD, "/", "Tổng quan"),
    (Act.ANSWER, "/don-vi", "Việc của đơn vị"),
    (Act.QUEUE, "/hang-doi", "Chờ xem xét"),
    (Act.DIRECT, "/chi-dao", "Chỉ đạo"),
    (Act.ROLL_UP, "/tong-hop", "Tổng hợp"),
    (Act.BOARD, GUIDES, "Hướng dẫn, theo dõi"),
    (Act.BOARD, "/bang", "Bảng theo dõi"),
    (Act.BOARD, "/bieu-do", "Biểu đồ"),
    (Act.PROPOSE, "/danh-muc", "Đề xuất"),
    (Act.PAPERS, "/van-ban", "Văn bản"),
    (Act.PREVIEW, "/thu-hom-nay", "Thư hôm nay"),
    (Act.OPS, "/van-hanh", "Vận hành"),
    (Act.CONTACTS, "/dau-moi", "Đầu mối"),
)


def menu(ask: Ask) -> list[tuple[str, str]]:
    """Return what a visitor's menu offers, address and words; the guides' page only to whoever guides."""
    offered = [(address, words) for act, address, words in MENU if ask.may(act)]
    if items_guided(ask.house, ask.agency.id):
        return offered
    return [entry for entry in offered if entry[0] != GUIDES]


def page(
    ask: Ask,
    template: str,
    *,
    title: str,
    status: int = 200,
    problem: str = "",
    faults: Sequence[At] = (),
    also: Mapping[str, object] | None = None,
    **values: object,
) -> HTMLResponse:
    """Render one page of a visit; what is wrong with its form stands above it and at the fields.

    `also` are values that pages of a kind have in common.
    """
    shown = {"faults": faults, "faulty": at_fields(faults), "problem": problem, **(also or {})}
    words = (
        environment()
        .get_template(template)
        .render(
            ask=ask, title=title, path=ask.request.url.path.removeprefix(ask.root) or "/", **shown, **values
        )
    )
    return HTMLResponse(words, status_code=status, headers={"Cache-Control": PRIVATE})


def faults_shown(ask: Ask) -> tuple[Finding, ...]:
    """Return what the watchman last found wrong, to those who answer for the whole; a page never looks."""
    if ask.found is None or ask.visitor.seat not in TOLD_OF_FAULTS:
        return ()
    watchman: Watchman = ask.request.app.state.watchman
    return watchman.faults


def csrf_token(ask: Ask) -> str:
    """Return the token a form of somebody signed in carries; under a link there is none."""
    if ask.request.path_params.get("signed") is not None:
        return ""
    return token_of(ask.request, ask.house.settings)


def static_url(ask: Ask, name: str) -> str:
    """Return the address of a static file with a mark of its content, so that it can be kept for ever."""
    root = ask.request.scope.get("app_root_path", ask.request.scope.get("root_path", ""))
    return f"{root}/static/{name}?v={_mark(name)}"


@cache
def _mark(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def moment(value: datetime) -> str:
    """Write an instant shortly: 09:05 ngày 18/7/2022."""
    here = wording.local(value)
    return f"{here:%H:%M} ngày {wording.plain_date(here.date())}"


def day(value: date | None) -> str:
    """Write a date, nothing for none."""
    return "" if value is None else wording.plain_date(value)


def day_typed(value: date | str | None) -> str:
    """Write a day into the box it is typed in, as people type it; what was typed and is no day stays."""
    if isinstance(value, str):
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return day(value)


def megabytes(size: int) -> str:
    """Write how large a file is: 7,9 MB, 320 KB; never 0."""
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "count": count,
    "date": day,
    "day_typed": day_typed,
    "full_date": wording.full_date,
    "moment": moment,
    "clip": wording.clip,
    "megabytes": megabytes,
    "upper_first": wording.upper_first,
    "lower_first": wording.lower_first,
    "joined": wording.joined,
    "day_in_words": days.in_words,
    "to_holder": reminded.to_holder,
    "counted": reminded.counted,
}
WORDS: Final[dict[str, object]] = {
    "Act": Act,
    "Seat": Seat,
    "NO_SECRETS": NO_SECRETS,
    "STATE_WORDS": STATE_WORDS,
    "TIME_WORDS": TIME_WORDS,
    "LETTERS": (*LEGEND, *MORE_LETTERS),
    "MARKS": MARKS,
    "PART_WORDS": PART_WORDS,
    "WORKS": WORKS,
    "can_be_shown": can_be_shown,
    "csrf_token": csrf_token,
    "drawn": on_page,
    "ended_words": ended_words,
    "faults_shown": faults_shown,
    "menu": menu,
    "head_called": head_called,
    "seat_called": seat_called,
    "help_of": help_of,
    "in_tree": in_tree,
    "initials": initials,
    "plan_short": plan_short,
    "static_url": static_url,
}


@cache
def environment() -> Environment:
    """Return what puts the pages together: the templates, and the words and filters they know."""
    made = Environment(
        loader=FileSystemLoader(ROOMS),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(FILTERS)
    made.globals.update(WORDS)
    return made
