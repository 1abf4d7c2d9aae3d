"""Every month of the half-year: each total is counted again, each page opened, each reading command run.

A small province plays the plan's life; on the last day of each month it is looked at whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from cli.main import run
from notifications.model import Digest
from obligations.calendar import ZONE
from obligations.model import Kind
from obligations.period import Period
from obligations.reckoning import Reckoning, added
from obligations.rights import Seat, Visitor
from store.counts import past_by_item, sheets_overdue
from store.engine import reading
from store.proposed import entries
from store.reckoning import dated as dated_in_sql
from store.reckoning import reckon
from store.schema import obligations
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.matrices import matrices
from tasks_lib.board.overview import overview
from tasks_lib.desk.listing import Filter
from tasks_lib.desk.listing import obligations as listed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.sql.sheet import units_below
from tasks_lib.mailing.compose_digest import digest_for
from tasks_lib.papers.kinds import LATE_UNITS, forms_of
from tasks_lib.papers.late_units import late_units_of
from tasks_lib.papers.order import Desk, Order
from tasks_lib.rollup.consolidate import Scope, consolidate
from tasks_lib.rounds.outlook import DESK, REQUEST, SHEET, duty_outlooks, outlooks
from tasks_lib.simulation.behaviours import BEHAVIOURS
from tasks_lib.simulation.simulate import simulate
from tasks_lib.watch.numbers import numbers
from tests.support.houses.small import leave_only
from tests.support.life.recount import Row, dated, recounted
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SO_NOI_VU, SO_Y_TE, Y_TY
from tests.support.pages.visits import Site, visited

SIGNED, END = date(2022, 6, 30), date(2022, 12, 31)
PLAYERS = (A_MU_SUNG, MUONG_VI, Y_TY, BAT_XAT, SO_Y_TE, SO_NOI_VU, "toa-an-nhan-dan-tinh")
MONTHS = (*(date(2022, month, 1) - timedelta(days=1) for month in range(8, 13)), END)
COORDINATOR = Visitor(agency=SO_NOI_VU, seat=Seat.COORDINATOR, holder="")

Q3 = "2022-Q3-report"
SEEN_BY: dict[tuple[Seat, str | None], tuple[str, ...]] = {
    (Seat.COORDINATOR, None): (
        "/",
        "/?dang=xlsx",
        "/bang",
        "/danh-sach",
        "/hang-doi",
        "/tong-hop",
        "/nhiem-vu-kh/1.2",
        "/nhiem-vu-kh/2.1",
        "/nhiem-vu-kh/2.3",
        f"/co-quan/{BAT_XAT}",
        f"/co-quan/{A_MU_SUNG}",
        "/tim?q=bat+xat",
        "/danh-muc",
        "/danh-muc?dang=xlsx",
        "/thu-hom-nay",
        "/van-hanh",
        "/dia-chi",
        f"/dia-chi/{A_MU_SUNG}",
        "/dieu-chinh",
        "/tam-dung",
        f"/nhac-viec/{A_MU_SUNG}",
        f"/nhiem-vu/1.2/{A_MU_SUNG}/once",
        f"/nhiem-vu/report/{BAT_XAT}/{Q3}",
        f"/nhiem-vu/plan/{SO_Y_TE}/once",
        f"/nhiem-vu/sheet/{A_MU_SUNG}/2022-07",
    ),
    (Seat.DIRECTOR, None): ("/", "/danh-muc", "/danh-muc/phat-hanh"),
    (Seat.READER, None): ("/", "/bang", "/danh-sach", "/tong-hop"),
    (Seat.OPS, None): ("/", "/van-hanh", "/thu-hom-nay", "/dia-chi"),
    (Seat.DESK, BAT_XAT): ("/", "/hang-doi", "/tong-hop", "/bang", "/dau-moi", f"/ky/report/{BAT_XAT}/{Q3}"),
    (Seat.CHAIRPERSON, BAT_XAT): ("/", "/chi-dao", f"/phieu/sheet/{BAT_XAT}/2022-07"),
    (Seat.CHAIRPERSON, A_MU_SUNG): ("/", f"/phieu/sheet/{A_MU_SUNG}/2022-07"),
    (Seat.OFFICER, A_MU_SUNG): ("/", "/don-vi", "/dau-moi", f"/ky/report/{A_MU_SUNG}/{Q3}"),
    (Seat.OFFICER, SO_Y_TE): ("/", "/don-vi", "/bang"),
    (Seat.GUIDE, "so-tu-phap"): ("/", "/huong-dan", "/bang"),
}
COMMANDS = (
    ("obligations", "--agency", A_MU_SUNG),
    ("obligations", "--overdue"),
    ("notices", "--agency", A_MU_SUNG),
    ("messages",),
    ("history", f"1.2/{A_MU_SUNG}/once"),
    ("proposals", "list", "--state", "all"),
    ("journal", "--last", "5"),
    ("contacts", "proposals"),
)

Look = Callable[[House, date], None]


def played(house: House, behaviour: str, look: Look, *, whole: bool = False) -> dict[date, int]:
    """Play the plan's life, look on the last day of each month; return what each morning found overdue."""
    if not whole:
        with reading(house.engine) as connection:
            mine = select(obligations.c.key).where(obligations.c.agency_id.in_(PLAYERS))
            keys = list(connection.scalars(mine))
        leave_only(house, *keys)
    mornings: dict[date, int] = {}

    def after(day: date, _number: int) -> None:
        tomorrow = day + timedelta(days=1)
        if house.calendar.week_start(tomorrow) == tomorrow:
            with reading(house.engine) as connection:
                mine = dated_in_sql(house.plan.key)
                mornings[tomorrow] = reckon(connection, house.plan.key, tomorrow, mine).overdue
        if day in MONTHS:
            _compared_with_last_week(house, day, mornings)
            look(house, day)

    simulate(house, SIGNED, END, behaviour, 1, progress=after, deliver=False)
    return mornings


def evening(day: date) -> datetime:
    return datetime.combine(day, time(19), ZONE)


def digest(house: House, on: date) -> Digest:
    with reading(house.engine) as connection:
        found = digest_for(connection, house, house.agency(SO_NOI_VU), on, weekly=True, waiting=0)
    assert found is not None
    return found


def _compared_with_last_week(house: House, on: date, mornings: dict[date, int]) -> None:
    """The number the digest compares with is the one that was counted on that morning."""
    compared = digest(house, on).compared
    assert compared is not None
    assert compared.then == mornings[compared.since]
    assert compared.now == compared.then + compared.fresh - compared.done - compared.otherwise


def count_again(house: House, on: date) -> None:
    """Each total, counted once more from the document of `dondoc obligations --json`."""
    at = evening(on)
    rows = listed(house, at, Filter())
    mine = dated(rows)
    expected = recounted(mine, on)
    sheets = recounted([row for row in rows if row["kind"] == "sheet"], on)
    missed = sheets.overdue + sheets.asked_open

    _the_board(house, on, expected, missed)
    _the_digest(house, on, expected, missed)
    _the_flows(house, at, expected, missed)
    _the_sheets(house, on, mine)
    _the_roll_up(house, at, mine)
    assert _in_the_letter(house, at) == [expected.due, expected.in_time, expected.late, expected.missing]
    found = numbers(house, at)
    assert found is not None
    assert found.overdue == expected.overdue
    with reading(house.engine) as connection:
        past = past_by_item(connection, house.plan.key, on)
        assert (past.overdue.total(), past.asked.total()) == (expected.overdue, expected.asked_open)
        assert sheets_overdue(connection, house.plan.key, on) == missed


def _the_board(house: House, on: date, expected: Reckoning, missed: int) -> None:
    at = evening(on)
    home = overview(house, COORDINATOR, at)
    assert home.reckoned == expected
    assert added(line.reckoned for line in home.contents) == expected
    assert sum(line.late for line in home.areas) == expected.overdue
    assert sum(line.asked for line in home.areas) == expected.asked_open
    assert home.sheets_missed == missed
    squares = matrices(house, COORDINATOR, at, Chosen())
    for square in (squares.contents, squares.items):
        cells = [t for (row, column), t in square.cells.items() if not (row + column).count("~")]
        # What is outside the rate is outside both counts of a cell.
        outside = {"nothing_arose": expected.nothing_arose, "not_competent": expected.not_competent}
        assert added(t.reckoned for t in cells) + Reckoning(**outside) == expected
        assert sum(t.total for t in cells) == expected.total


def _the_digest(house: House, on: date, expected: Reckoning, missed: int) -> None:
    found = digest(house, on)
    assert found.reckoned == expected
    assert found.sheets_overdue == missed
    assert added(place.reckoned for place in (*found.areas, *found.departments)).due == expected.due
    by_level = sum(n for _, n in found.overdue_by_level)
    assert by_level == expected.overdue == len(found.rows)
    assert len(found.asked_rows) == expected.asked_open
    assert found.compared is not None
    assert found.compared.now == expected.overdue
    assert all("UBND" not in place.name for place in found.departments if place.name != "Văn phòng UBND tỉnh")


def _the_flows(house: House, at: datetime, expected: Reckoning, missed: int) -> None:
    duties = duty_outlooks(house, at)
    assert duties[SHEET].reckoned.overdue + duties[SHEET].reckoned.asked_open == missed
    of_kinds = [found for key, found in duties.items() if key not in (SHEET, REQUEST, DESK)]
    assert added(found.reckoned for found in (*outlooks(house, at).values(), *of_kinds)) == expected


def _the_sheets(house: House, on: date, rows: list[Row]) -> None:
    with reading(house.engine) as connection:
        below = units_below(connection, house.plan.key, BAT_XAT, on)
    for unit in below:
        assert unit.reckoned == recounted([r for r in rows if r["agency"] == unit.agency_id], on)
    assert below


def _the_roll_up(house: House, at: datetime, rows: list[Row]) -> None:
    """ "18/21 xã đã báo cáo" of a cycle and of a task that a person signs off."""
    for kind, item, period in ((Kind.REPORT, None, Q3), (Kind.TASK, "3.1", "once")):
        scope = Scope(kind=kind, item=item, period=Period(period))
        told = consolidate(house, BAT_XAT, scope, at).standing
        below = [r for r in rows if (r["kind"], r["item"], r["period"]) == (kind, item, period)]
        communes = [r for r in below if r["superior"] == BAT_XAT and r["work_state"] != "waiting"]
        expected = recounted(communes, at.date())
        if not expected.total:
            continue
        counted = next(c for c in told.counts if c.tier == "commune")
        assert (counted.total, counted.reported) == (expected.total, expected.done)
        assert (counted.in_time, counted.late, counted.asked) == (
            expected.in_time + expected.asked_in_time + expected.ahead,
            expected.late,
            expected.asked_late,
        )


def _in_the_letter(house: House, at: datetime) -> list[int]:
    with reading(house.engine) as connection:
        listed_now = entries(connection, house.plan.key, "listed")
        desk = Desk(connection, house, forms_of(house), Order(kind=LATE_UNITS, by=SO_NOI_VU), at)
        texts = late_units_of(desk, listed_now).values["texts"]
    assert isinstance(texts, list)
    text = "\n".join(texts)
    found = re.search(
        r"với ([\d.]+) lượt.*?; ([\d.]+) hoàn thành đúng hạn, ([\d.]+) hoàn thành sau thời hạn,"
        r" ([\d.]+) chưa",
        text,
    )
    assert found, text
    return [int(number.replace(".", "")) for number in found.groups()]


def open_every_page(site: Site, on: date) -> None:
    """Every page for each seat, and what a link opens; nothing is broken, nothing is refused."""
    site.clock.at(f"{on}T19:00")
    for (seat, agency), paths in SEEN_BY.items():
        somebody = site.login(seat, agency)
        for path in paths:
            assert somebody.get(path).status == 200, (on, seat, path)
    assert site.login(Seat.COORDINATOR).get("/danh-muc/du-thao").status in (200, 409), on
    assert site.by_link(A_MU_SUNG).get("").status == 200
    assert site.by_link(BAT_XAT, review=True).get("").status == 200


def run_every_command(on: date, capfd: pytest.CaptureFixture[str]) -> None:
    """Every reading command, for people and for scripts."""
    following = f"{on + timedelta(days=1)}"
    for words in (*COMMANDS, ("preview", "--on", following)):
        more = ("--as-of", f"{on}") if words[0] in ("obligations", "proposals") else ()
        assert run([*words, *more]) == 0, (on, words)
        capfd.readouterr()
        assert run([*words, *more, "--json"]) == 0, (on, words)
        json.loads(capfd.readouterr().out)


def test_every_month_every_page_command_and_number(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    with visited(house, f"{MONTHS[0]}T19:00") as site:

        def look(seen: House, on: date) -> None:
            count_again(seen, on)
            open_every_page(site, on)
            run_every_command(on, capfd)

        played(house, "mixed", look)


@pytest.mark.parametrize("behaviour", [pytest.param("late", marks=pytest.mark.soak), "silent"])
def test_every_number_adds_up_where_units_are_late_or_silent(house: House, behaviour: str) -> None:
    mornings = played(house, behaviour, count_again)

    assert sum(mornings.values()) > 50


@pytest.mark.soak
@pytest.mark.parametrize("behaviour", sorted(BEHAVIOURS))
def test_every_number_of_the_whole_province_adds_up(house: House, behaviour: str) -> None:
    played(house, behaviour, count_again, whole=True)
