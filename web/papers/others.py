"""Papers other than letters that urge: which one, about whom, of which item and period; then a draft."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.rights import Act
from tasks_lib.papers.choices import Offered, authorities, offered
from tasks_lib.papers.making import make as make_paper
from tasks_lib.papers.order import Order
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.render import page
from web.papers.pages import AUTHORITY, BY_KIND, PAPERS, authority_of

OTHERS = f"{PAPERS}/lap-khac"
NONE = ("", "Không chọn")
FIELDS = ("loai", "don-vi", "viec", "ky", AUTHORITY)


def choose(ask: Ask) -> Response:
    """Show which papers the visitor's office can have drafted, and what each may be asked about."""
    return _choose(ask, {name: ask.query(name) for name in FIELDS})


def _choose(ask: Ask, typed: dict[str, str], problem: str = "") -> Response:
    found = offered(ask.house, ask.agency.id)
    return page(
        ask,
        "papers/others.html",
        title="Lập văn bản khác",
        status=409 if problem else 200,
        problem=problem,
        kinds=found.kinds,
        units=(NONE, *found.units),
        items=(NONE, *found.items),
        periods=(NONE, *found.periods),
        authorities=(BY_KIND, *authorities(ask.house, ask.agency.id)),
        typed=typed,
        make_url=OTHERS,
        list_url=PAPERS,
    )


def make(ask: Ask) -> Response:
    """Draft the paper that was chosen; what cannot be written is told above the form."""
    typed = {name: ask.text(name) for name in FIELDS}
    try:
        drafted = make_paper(ask.house, _order(ask, offered(ask.house, ask.agency.id)), ask.as_of)
    except DomainError as fault:
        return _choose(ask, typed, plain(fault))
    return RedirectResponse(ask.url(f"{PAPERS}/{drafted.paper.id}?xong=lap"), status_code=303)


def _order(ask: Ask, found: Offered) -> Order:
    """Return what is asked for; what the form did not offer is as if it had not been chosen."""
    unit, item, period = (
        next((key for key, _ in options if key and key == ask.text(name)), None)
        for name, options in (("don-vi", found.units), ("viec", found.items), ("ky", found.periods))
    )
    return Order(
        kind=ask.text("loai"),
        by=ask.agency.id,
        for_=unit,
        items=(item,) if item else (),
        cycle=period,
        authority=authority_of(ask),
        person=ask.person,
    )


PAGES = (
    Page("GET", OTHERS, choose, Act.PAPERS, link=False),
    Page("POST", OTHERS, make, Act.PAPERS, link=False),
)
