"""The chairperson's and the director's page: late units first, whom to call, one field for what they say."""

from __future__ import annotations

import re
from functools import partial

from starlette.responses import RedirectResponse, Response

from obligations.board import Sort
from obligations.errors import DomainError
from obligations.model import TimeState
from obligations.rights import Act, Seat
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.sight import sight_of
from tasks_lib.kernel.message_words import MESSAGE_WORDS
from tasks_lib.kernel.wording import place_name
from tasks_lib.leading.direction import Area, Direction, direction, directive_mails
from tasks_lib.leading.directives import direct
from tasks_lib.pictures.asked import Asked
from tasks_lib.pictures.flow import weeks
from web.board.filters import list_url
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.render import page
from web.frame.table import Column, Table, tabled

ALL = "tat-ca"
"""The value of the tick that chooses every late unit."""
SHOWN = "cua-"
"""What the names of hidden fields begin with: the duties shown of one unit."""
KEPT = "chi-dao"
MOST_MAILS = 300
CONTACT_WORDS = {
    "leader": "lãnh đạo",
    "unit": "đầu mối",
    "officer": "công chức tham mưu",
    "clerk": "văn thư",
    "desk": "nơi tiếp nhận",
    "substitute": "người thay",
}


def look(ask: Ask) -> Response:
    """Show who is late."""
    return _page(ask, direction(ask.house, ask.agency.id, ask.as_of))


def give(ask: Ask) -> Response:
    """Mail what the leader says to the ticked units, and say to whom it went."""
    found = direction(ask.house, ask.agency.id, ask.as_of)
    keys = _chosen(ask, found)
    try:
        told = direct(ask.house, ask.agency.id, ask.as_of, keys, ask.text("text"), _person(ask))
    except DomainError as fault:
        return _page(ask, found, problem=plain(fault))
    ask.notes_wait()
    numbers = ",".join(str(unit.message) for unit in told.units)
    passed = f"&bo-qua={len(told.passed_over)}" if told.passed_over else ""
    return RedirectResponse(ask.url(f"/chi-dao/da-gui?thu={numbers}{passed}"), status_code=303)


def sent(ask: Ask) -> Response:
    """Say to whom it went."""
    numbers = [int(n) for n in re.findall(r"\d{1,9}", ask.query("thu"))[:MOST_MAILS]]
    mails = directive_mails(ask.house, ask.agency.id, numbers)
    table = Table(
        name="y-kien-da-gui",
        title=f"Ý kiến đã gửi tới {len(mails):02d} đơn vị",
        columns=(
            Column(key="name", heading="Nơi nhận", width=30),
            Column(key="addresses", heading="Địa chỉ thư", width=40),
            Column(key="state", heading="Tình trạng thư"),
        ),
        rows=[
            {"name": m.name, "addresses": ", ".join(m.addresses), "state": MESSAGE_WORDS[m.state]}
            for m in mails
        ],
        empty="Không có thư nào.",
    )
    return tabled(
        ask,
        "leading/direct_sent.html",
        title="Đã ghi và gửi ý kiến",
        tables=[table],
        kept=f"{KEPT}-{ask.agency.id}",
        passed_over=ask.query("bo-qua"),
    )


def _chosen(ask: Ask, found: Direction) -> list[str]:
    """Return the duties of the ticked units that stood on the page, each unit's right asked for."""
    ticked = set(ask.texts("unit"))
    if ALL in ticked:
        ticked |= {unit.agency for unit in found.late}
    keys: list[str] = []
    for agency in sorted(ticked - {ALL}):
        if agency not in ask.house.configuration.agencies:
            continue
        ask.require(Act.DIRECT, agency)
        keys.extend(ask.texts(f"{SHOWN}{agency}"))
    return keys


def _person(ask: Ask) -> str:
    """Return who says it: whoever is signed in; by a link from a mail, whoever names themselves."""
    return ask.text("person") or ask.person if _by_link(ask) else ask.person


def _by_link(ask: Ask) -> bool:
    return ask.visitor.seat is Seat.REVIEW_LINK


def _page(ask: Ask, found: Direction, problem: str = "") -> Response:
    ticked = set(ask.texts("unit")) if ask.posted else {ask.query("don-vi")}
    heads, lowest = ask.agency.heads, ask.house.plan.levels.rows[0]
    return page(
        ask,
        "leading/direct.html",
        title="Chỉ đạo thực hiện" if not heads else f"Chỉ đạo thực hiện - {place_name(ask.agency)}",
        status=409 if problem else 200,
        found=found,
        problem=problem,
        ticked=ticked,
        all=ALL,
        shown=SHOWN,
        kept=f"{KEPT}-{ask.agency.id}",
        sender=_sender(ask),
        late_below=partial(_late_below, ask),
        contact_words=CONTACT_WORDS | {"director": ask.house.focal.headed_by},
        dialled=_dialled,
        by_link=_by_link(ask),
        below=_below(ask),
        lowest=lowest,
        over_it=ask.house.plan.levels.above(lowest),
        picture=weeks(_asked(ask)),
    )


def _asked(ask: Ask) -> Asked:
    """Return what the one picture is of: all that the leader sees, a district's own communes."""
    return Asked(house=ask.house, as_of=ask.as_of, sight=sight_of(ask.house, ask.visitor))


def _below(ask: Ask) -> str:
    """Name those that report to the reader: "xã, phường, thị trấn"; of the collator, departments first."""
    reporting = ask.house.reporting(ask.agency.id if ask.agency.heads else None)
    return ", ".join(level.plural for level in reporting)


def _sender(ask: Ask) -> str:
    """Return who writes: the district's desk, or the collator itself."""
    agency = ask.agency
    return agency.desk or agency.name if agency.heads else agency.name


def _late_below(ask: Ask, area: Area) -> str:
    """Return the address of the list of what a district's communes have overdue."""
    chosen = Chosen(
        district=area.district,
        tier=ask.house.plan.levels.rows[0].key,
        sort=Sort.DATED,
        time=TimeState.OVERDUE,
    )
    return list_url(ask, chosen)


def _dialled(phone: str) -> str:
    """Return a telephone number as a phone dials it."""
    return re.sub(r"[^\d+]", "", phone)


PAGES = (
    Page("GET", "/chi-dao", look, Act.DIRECT),
    Page("POST", "/chi-dao", give, Act.DIRECT),
    Page("GET", "/chi-dao/da-gui", sent, Act.DIRECT),
)
