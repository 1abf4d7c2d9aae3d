"""The page of whoever runs the system: what runs when, mail that does not leave, days off, links."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError
from obligations.rights import Act
from tasks_lib.access.revoke import revoke
from tasks_lib.watch.ops import Operations, links_of, operations, retry_chosen
from tasks_lib.watch.watchman import Watchman
from web.access.contact_changes import may_decide
from web.frame.ask import About, Ask, Page, whole_number, whole_numbers
from web.frame.faults import plain
from web.frame.prefect_links import prefect_url
from web.frame.table import Refusal, tabled
from web.watch.link_tables import log_table
from web.watch.ops_tables import checks_table, tables_of

OPS = "/van-hanh"
RETRY = f"{OPS}/gui-lai"
LINKS = f"{OPS}/duong-dan"
LINES = "dong"
"""The value of the tick that means parked lines instead of a message."""
REVIVABLE = ("dead", "held", "bounced")


def ops(ask: Ask) -> Response:
    """Show how the system runs."""
    return _page(ask)


def try_again(ask: Ask) -> Response:
    """Let the ticked mails be tried again."""
    chosen = ask.texts("number")
    numbers = whole_numbers(chosen)
    try:
        count = retry_chosen(ask.house, numbers, ask.as_of, lines=LINES in chosen)
    except DomainError as fault:
        return _page(ask, problem=plain(fault))
    ask.notes_wait()
    return RedirectResponse(ask.url(f"{OPS}?xong={count}"), status_code=303)


def choose_agency(ask: Ask) -> Response:
    """Go to the links of the agency that was chosen on the page."""
    agency = ask.query("co-quan")
    known = agency in ask.house.configuration.agencies
    return RedirectResponse(ask.url(f"{LINKS}/{agency}" if known else OPS), status_code=303)


def links(ask: Ask) -> Response:
    """Show how an agency's links were used."""
    agency = ask.house.agency(ask.param("agency"))
    log = links_of(ask.house, agency.id, ask.as_of)
    return tabled(
        ask,
        "watch/ops_links.html",
        title=f"Đường dẫn của {agency.name}",
        tables=[log_table(ask, log)],
        agency=agency,
        valid=log.valid,
        done=ask.query("xong"),
        action=f"{LINKS}/{agency.id}",
        back=OPS,
        taken=whole_number(ask.query("dau-moi"), 0),
    )


def revoke_links(ask: Ask) -> Response:
    """Revoke all links of an agency and end its sessions."""
    agency = ask.param("agency")
    done = revoke(ask.house, agency, ask.agency.id, ask.as_of)
    ask.notes_wait()
    ended = f"xong={done.links}&dau-moi={done.suspended + done.refused}"
    return RedirectResponse(ask.url(f"{LINKS}/{agency}?{ended}"), status_code=303)


def _page(ask: Ask, problem: str = "") -> Response:
    found = operations(ask.house, ask.as_of)
    watchman: Watchman = ask.request.app.state.watchman
    tables = [checks_table(watchman.ready()), *tables_of(ask, found)]
    return tabled(
        ask,
        "watch/ops.html",
        title="Vận hành",
        tables=tables,
        refusal=Refusal(status=409 if problem else 200, problem=problem),
        found=found,
        done=ask.query("xong"),
        retry=RETRY,
        links=LINKS,
        lines=LINES,
        can_retry=_revivable(found),
        ticked=set(ask.texts("number")),
        agencies=_agencies(ask),
        prefect=prefect_url(ask.house.settings),
        proposed=len(may_decide(ask)),
    )


def _revivable(found: Operations) -> list[int]:
    return [row.id for row in found.troubled if row.state in REVIVABLE]


def _agencies(ask: Ask) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the agencies in groups for a list to choose from: communes under their district."""
    house = ask.house
    heads: dict[str, list[tuple[str, str]]] = {"": []}
    for agency in house.configuration.agencies.values():
        if not agency.exists_on(ask.on):
            continue
        above = agency.superior
        is_below = above is not None and above != house.plan.top
        head = house.agency(above).name if is_below and above else ""
        heads.setdefault(head, []).append((agency.id, agency.name))
    return list(heads.items())


PAGES = (
    Page("GET", OPS, ops, Act.OPS, link=False),
    Page("POST", RETRY, try_again, Act.OPS, link=False),
    Page("GET", LINKS, choose_agency, Act.OPS, link=False),
    Page("GET", f"{LINKS}/{{agency}}", links, Act.OPS, About.AGENCY, link=False),
    Page("POST", f"{LINKS}/{{agency}}", revoke_links, Act.OPS, About.AGENCY, link=False),
)
