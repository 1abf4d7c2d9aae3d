"""Every number of the board is the length of the list it leads to, whoever looks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from config.load import Configuration
from obligations.board import NEW, Only
from obligations.reckoning import FIELDS, Share
from obligations.rights import Act, Seat, Visitor, may_to
from obligations.seats import relations
from obligations.tiles import Tile
from store.engine import reading
from store.schema import obligations
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.listing import Stretch, listing
from tasks_lib.board.matrices import matrices
from tasks_lib.board.overview import overview
from tasks_lib.board.sight import sight_of
from tasks_lib.board.sql.board import seen
from tasks_lib.desk.listing import Filter
from tasks_lib.desk.listing import obligations as all_obligations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.pictures.asked import Asked
from tasks_lib.pictures.kinds import KINDS, draw
from tasks_lib.pictures.places import TOP
from tasks_lib.pictures.squares import Square
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SO_NOI_VU, SO_Y_TE, UBND_TINH, morning
from tests.support.pages.boards import TODAY, lived, numbers
from tests.support.pages.visits import Site, Somebody, counting, visited
from web.board.board_tables import of

SO_TU_PHAP = "so-tu-phap"
VISITORS = [
    (Seat.COORDINATOR, SO_NOI_VU),
    (Seat.DIRECTOR, SO_NOI_VU),
    (Seat.READER, UBND_TINH),
    (Seat.DESK, BAT_XAT),
    (Seat.CHAIRPERSON, BAT_XAT),
    (Seat.CHAIRPERSON, A_MU_SUNG),
    (Seat.OFFICER, A_MU_SUNG),
    (Seat.OFFICER, SO_Y_TE),
    (Seat.LEADER, "van-phong-ubnd-tinh"),
    (Seat.GUIDE, SO_TU_PHAP),
    (Seat.OFFICER, SO_NOI_VU),
    (Seat.REVIEW_LINK, SO_NOI_VU),
    (Seat.REVIEW_LINK, BAT_XAT),
]
NOW = morning(TODAY)


@pytest.fixture(scope="module")
def province(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A province with a few months behind it."""
    with lived(configuration, tmp_path_factory.mktemp("lived")) as house:
        yield house


@pytest.fixture(scope="module")
def site(province: House) -> Iterator[Site]:
    """Its portal."""
    with visited(province, f"{TODAY}T09:00") as open_site:
        yield open_site


def visitor(seat: Seat, agency: str) -> Visitor:
    return Visitor(agency=agency, seat=seat, holder="")


def listed(somebody: Somebody, href: str) -> int:
    page = somebody.get(href)
    assert page.status == 200, (href, page.text)
    found = re.search(r"([\d.]+) dòng", page.text)
    assert found, href
    return int(found.group(1).replace(".", ""))


@pytest.mark.parametrize(
    ("seat", "agency", "least"),
    [
        (Seat.COORDINATOR, None, 60),
        (Seat.DESK, BAT_XAT, 25),
        (Seat.GUIDE, SO_TU_PHAP, 15),
        (Seat.OFFICER, A_MU_SUNG, 8),
    ],
)
def test_every_number_of_the_home_page_is_the_length_of_its_list(
    site: Site, seat: Seat, agency: str | None, least: int
) -> None:
    somebody = site.login(seat, agency)
    counted = numbers(somebody.get("/").html)

    assert len(counted) >= least
    assert {c.href: listed(somebody, c.href) for c in counted} == {c.href: c.number for c in counted}


@pytest.mark.parametrize(
    ("seat", "agency", "address"),
    [
        (Seat.COORDINATOR, None, "/bang"),
        (Seat.COORDINATOR, None, "/bang?cap=commune&thoi_han=overdue"),
        (Seat.COORDINATOR, None, f"/bang?huyen={BAT_XAT}&loai=nhiem-vu"),
        (Seat.COORDINATOR, None, "/bang?chi=cho-cap-duoi"),
        (Seat.DESK, BAT_XAT, "/bang"),
        (Seat.GUIDE, SO_TU_PHAP, "/bang?noi_dung=5"),
    ],
)
def test_every_cell_of_the_matrices_is_the_length_of_its_list(
    site: Site, seat: Seat, agency: str | None, address: str
) -> None:
    somebody = site.login(seat, agency)
    counted = numbers(somebody.get(address).html)

    assert counted
    some = counted[:: max(1, len(counted) // 15)]
    assert {c.href: listed(somebody, c.href) for c in some} == {c.href: c.number for c in some}


def test_the_cells_of_a_matrix_add_up_to_the_totals_of_the_home_page(province: House) -> None:
    who = visitor(Seat.COORDINATOR, SO_NOI_VU)
    home, squares = overview(province, who, NOW), matrices(province, who, NOW, Chosen())
    for square in (squares.contents, squares.items):
        dated = [t for (row, column), t in square.cells.items() if not (row + column).count("~")]
        assert sum(t.total for t in dated) == home.reckoned.total
        assert sum(t.late for t in dated) == home.reckoned.overdue
        assert sum(t.done_late for t in dated) == home.reckoned.late
        continuous = [t for (row, column), t in square.cells.items() if (row + column).count("~")]
        assert home.cycle
        assert sum(t.total for t in continuous) == home.cycle.total


def test_nothing_on_the_home_page_is_tried_on_nothing(province: House) -> None:
    found = overview(province, visitor(Seat.COORDINATOR, SO_NOI_VU), NOW)

    assert all(found.news[only] for only in NEW), found.news
    assert all(found.special[only] for only in (Only.WAITS_BELOW, Only.WAITS_GUIDANCE, Only.NOT_SUPPLIED))
    assert all(getattr(found.reckoned, FIELDS[s]) for s in FIELDS if s is not Share.NOTHING_AROSE)
    assert found.sheets_missed
    assert found.proposed
    assert found.failed_mail == 0
    assert found.areas
    assert found.cycle


def test_the_newest_months_sheets_are_those_of_the_list_of_obligations(site: Site, province: House) -> None:
    sheets = [row for row in all_obligations(province, NOW, Filter()) if row["kind"] == "sheet"]
    opened = [row for row in sheets if row["work_state"] != "waiting"]
    newest = max(str(row["period"]) for row in opened)
    mine = [row for row in opened if row["period"] == newest]
    done = sum(row["done_on"] is not None for row in mine)
    assert f"đã xem xét {of(done, len(mine))}" in site.login(Seat.COORDINATOR).get("/").text


@pytest.mark.parametrize(("seat", "agency"), VISITORS)
def test_the_board_shows_what_the_table_of_rights_lets_one_see(
    province: House, seat: Seat, agency: str
) -> None:
    who = visitor(seat, agency)
    with reading(province.engine) as connection:
        query = select(obligations.c.agency_id, obligations.c.item).distinct()
        every = {(row[0], row[1]) for row in connection.execute(query)}
        narrowed = query.where(*seen(sight_of(province, who)))
        shown = {(row[0], row[1]) for row in connection.execute(narrowed)}

    def allowed(whose: str, item: str | None) -> bool:
        plan, roster = province.plan, province.roster
        found = plan.item(item) if item else None
        return may_to(seat, Act.BOARD, relations(agency, province.agency(whose), found, plan, roster))

    assert shown == {(whose, item) for whose, item in every if allowed(whose, item)}
    assert shown


PROPOSED = {"overdue": "past_asked", "done_late": "done_past_asked"}
"""Commands tell lateness and, beside it, that the day is only proposed; the board says it in one word."""


@pytest.mark.parametrize("day", ["2022-07-15", TODAY, "2022-09-30"])
def test_how_something_stands_on_the_board_is_how_it_stands_on_the_command_line(
    province: House, day: str
) -> None:
    # What was done after a day looked back on is left out: the board knows only today.
    told = {
        x["id"]: PROPOSED.get(x["time_state"], x["time_state"]) if x["proposed"] else x["time_state"]
        for x in all_obligations(province, morning(day), Filter())
        if x["work_state"] not in ("waiting", "cancelled")
    }
    shown = listing(
        province, visitor(Seat.COORDINATOR, SO_NOI_VU), morning(day), Chosen(), Stretch(whole=True)
    )
    stands = {
        x.key: str(x.stands) for x in shown.rows if x.done_on is None or x.done_on <= morning(day).date()
    }

    assert stands.keys() <= told.keys()
    assert {key: told[key] for key in stands} == stands
    assert len(stands) > 1000


def test_the_home_page_asks_as_often_whatever_it_has_to_count(province: House, house: House) -> None:
    asked = []
    for some in (province, house):
        who = visitor(Seat.COORDINATOR, SO_NOI_VU)
        overview(some, who, NOW)
        with counting(some) as statements:
            overview(some, who, NOW)
        asked.append(len(statements))

    assert asked[0] <= 11
    assert asked[1] <= asked[0]


def test_lists_and_matrices_ask_a_few_times_whatever_they_show(site: Site) -> None:
    somebody = site.login(Seat.COORDINATOR)
    for address, most in (("/bang", 4), ("/danh-sach", 5), ("/tim?q=xa", 4), ("/nhiem-vu-kh/1.2", 6)):
        with counting(site.house) as statements:
            assert somebody.get(address).status == 200
        assert len([s for s in statements if s.lstrip().startswith("SELECT")]) <= most, address


NUMBERS = ("due", "in_time", "late", "overdue", "excused")


def recounted(province: House, place_of: Callable[[str], str]) -> dict[str, dict[str, int]]:
    """Count what has fallen due from the list that `dondoc obligations --json` prints."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in all_obligations(province, NOW, Filter()):
        # What was done by a proposed day counts once the plan's own day has gone by.
        only_proposed = row["proposed"] and not (
            row["time_state"] == "done_in_time" and row["last_day"] < row["plan_day"] < TODAY
        )
        if row["kind"] not in ("task", "report", "plan") or only_proposed:
            continue
        share = {"done_late": "late", "overdue": "overdue"}.get(row["time_state"], "")
        if row["last_day"] < TODAY:
            share = {"done_in_time": "in_time", "paused": "excused"}.get(row["time_state"], share)
        if share:
            found[place_of(row["agency"])].update((share, "due"))
    return {place: {name: counts[name] for name in NUMBERS} for place, counts in found.items()}


def test_a_picture_its_table_and_the_list_of_obligations_are_equal(province: House) -> None:
    asked = Asked(house=province, as_of=NOW)

    def table(kind: str, before: int = 1) -> dict[str, dict[str, int]]:
        made = draw(kind, asked)
        pairs = zip(made.keys, made.rows, strict=True)
        return {
            key: dict(zip(NUMBERS, (int(n) for n in row[before : before + 5]), strict=True))
            for key, row in pairs
        }

    def area(agency: str) -> str:
        found = province.agency(agency).area
        return found or TOP

    by_agency = recounted(province, lambda agency: agency)
    assert table("districts") == recounted(province, area)
    assert table("tiers") == recounted(province, lambda agency: province.agency(agency).level.key)
    communes = table("communes", before=2)
    assert {key: row for key, row in communes.items() if row["due"]} == {
        key: row for key, row in by_agency.items() if province.agency(key).level.rank == 0
    }
    drawn = Counter(
        square.letter
        for key in communes
        if (
            square := Square(
                tile=Tile(unit=key, area="", row=0, column=0), name="", found=asked.by_agency()[key]
            )
        )
    )
    assert drawn["Q"] == sum(row["overdue"] > 0 for row in communes.values())
    whole = overview(province, visitor(Seat.COORDINATOR, SO_NOI_VU), NOW).reckoned
    *_, last = draw("weeks", asked).rows
    assert last[1:] == (whole.due, whole.in_time + whole.late, whole.missing, whole.ahead)


def test_the_page_of_pictures_has_each_with_its_table_and_nobody_sees_more_than_their_own(site: Site) -> None:
    page = site.login(Seat.COORDINATOR).get("/bieu-do")
    assert page.html.count("<svg ") == page.html.count("Bảng số liệu (") == 3
    every = [site.login(Seat.COORDINATOR).get(f"/bieu-do?hinh={kind}") for kind in KINDS]
    assert [one.status for one in every] == [200] * len(KINDS)
    desk = site.login(Seat.DESK, BAT_XAT).get("/bieu-do?hinh=districts")
    assert "xã A Mú Sung" in desk.text
    assert "Sa Pa" not in desk.text
    file = site.login(Seat.COORDINATOR).get("/bieu-do/weeks")
    assert file.headers["content-type"] == "image/svg+xml"
    assert site.login(Seat.COORDINATOR).get("/bieu-do?hinh=khong-co").status == 404
