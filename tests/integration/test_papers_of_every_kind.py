"""Every kind of paper: pages by Decree 30/2020, numbers recounted, a plan of two levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from config.load import Configuration, load_configuration
from config.sample import write_sample
from obligations.model import Kind
from store.engine import reading
from tasks_lib.desk.listing import Filter, ListedDuty, notices, obligations
from tasks_lib.desk.sql.listing import Wanted
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.kinds import URGING, WRITERS, list_kinds
from tasks_lib.papers.making import Draft, draft_in_word, drafts
from tasks_lib.papers.order import Order
from tasks_lib.rounds.sweep import sweep
from tests.support.life.recount import dated, recounted
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SO_Y_TE, morning
from tests.support.papers.measuring import needs_office, printed_well, sheets
from tests.support.papers.office import COURT, DAY, ORDERS, REFUSED, at_home, lived_in, of_two_levels
from tests.support.papers.told_again import SCORED, content_counts, item_figures, said_sum

ON = date.fromisoformat(DAY)
HEADLESS = ("meeting-page", "meeting-page-district")
"""Their first page lies on its side."""


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, configuration: Configuration, sqlite_template: Path
) -> Iterator[House]:
    with lived_in(tmp_path_factory.mktemp("office"), configuration, sqlite_template) as house:
        yield house


@pytest.fixture(scope="module")
def written(office: House) -> Mapping[str, Draft]:
    """All of them, set in one start of LibreOffice where there is one."""
    found = drafts(office, list(ORDERS.values()), morning(DAY))
    return dict(zip(ORDERS, found, strict=True))


@pytest.fixture(scope="module")
def rows(office: House) -> list[ListedDuty]:
    """What `dondoc obligations --json` says on that day."""
    return obligations(office, morning(DAY), Filter())


def test_every_kind_there_is_has_its_story() -> None:
    assert {order.kind for order in ORDERS.values()} | {URGING} == set(WRITERS)


@needs_office
@pytest.mark.parametrize("name", ORDERS)
def test_pages_are_those_of_decree_30(written: Mapping[str, Draft], name: str) -> None:
    pdf = written[name].pdf
    assert pdf is not None
    first = printed_well(written[name].docx, pdf, name)[0]

    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in first.lines[:4]), first.lines[:4]
    assert any("Độc lập - Tự do - Hạnh phúc" in line for line in first.lines[:4])
    assert not first.lines[0].strip().isdecimal(), "no number on page one"
    assert first.top >= 19.5
    assert round(first.width) == (297 if name in HEADLESS else 210)


@needs_office
@pytest.mark.parametrize("name", HEADLESS)
def test_a_meeting_reads_one_page_in_black_and_white(written: Mapping[str, Draft], name: str) -> None:
    pdf = written[name].pdf
    assert pdf is not None
    (page,) = sheets(pdf)
    assert "█" in page.text
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=0.5).to_pil().convert("RGB")
    colours = picture.getcolors(maxcolors=1 << 20)
    assert colours is not None
    assert all(red == green == blue for _, (red, green, blue) in colours)


def _whole(found: Draft) -> dict[str, int | str]:
    return {name: number for name, number in found.written.figures.items() if ": " not in name}


def _is_that_of(found: Mapping[str, int | str], rows: list[ListedDuty], of: str = "") -> None:
    """Compare the figures of some duties, whose names may begin with whose they are, with a second count."""
    again = recounted(dated(rows), ON)  # type: ignore[arg-type]
    prefix = f"{of}: " if of else ""
    for name in ("due", "in_time", "late", "overdue", "excused", "running", "asked_open", "ahead"):
        assert found[f"{prefix}{name}"] == getattr(again, name), (of, name)


def test_the_meetings_numbers_are_those_of_the_list(
    written: Mapping[str, Draft], rows: list[ListedDuty], office: House
) -> None:
    mine = [row for row in rows if row["agency"] != COURT]
    figures = written["meeting-page"].written.figures
    _is_that_of(figures, mine)
    area = {agency.id: agency.area or "" for agency in office.agencies}
    _is_that_of(figures, [row for row in mine if area[row["agency"]] == BAT_XAT], BAT_XAT)
    _is_that_of(figures, [row for row in mine if not area[row["agency"]]], "Sở, ban, ngành")
    below = [row for row in mine if area[row["agency"]] == BAT_XAT]
    _is_that_of(written["meeting-page-district"].written.figures, below)


def test_numbers_about_one_unit_are_those_of_the_list(
    written: Mapping[str, Draft], rows: list[ListedDuty]
) -> None:
    silent = [row for row in rows if row["agency"] == A_MU_SUNG]
    for name in ("invitation", "minutes"):
        _is_that_of(written[name].written.figures, silent)
    district = [row for row in rows if row["agency"] == BAT_XAT]
    _is_that_of(written["follow-up"].written.figures, district)
    below = [row for row in rows if row["superior"] == BAT_XAT]
    _is_that_of(written["follow-up"].written.figures, below, "địa bàn")
    of_31 = [row for row in rows if row["item"] == "3.1" and BAT_XAT in (row["agency"], row["superior"])]
    _is_that_of(written["item-report"].written.figures, of_31)


def test_a_report_of_an_item_accuses_nobody_who_rests_or_whose_day_has_not_come(
    written: Mapping[str, Draft], office: House
) -> None:
    def said(found: Draft) -> str:
        return str(found.written.values["missing"]).replace("\N{NO-BREAK SPACE}", " ")

    assert said(written["item-report"]) == (
        "Chưa hoàn thành, quá hạn: Bát Xát: xã A Mú Sung. Tạm dừng theo địa bàn: Bát Xát: xã Y Tý."
    )
    with reading(office.engine) as connection:
        early = draft_in_word(connection, office, ORDERS["item-report"], morning("2022-07-20"))
    assert said(early) == "Đang thực hiện, chưa đến hạn: Bát Xát: xã A Mú Sung, xã Y Tý."


def test_the_reports_and_moved_days_count_what_is_open(
    written: Mapping[str, Draft], rows: list[ListedDuty]
) -> None:
    again = recounted(dated([row for row in rows if row["agency"] != COURT]), ON)  # type: ignore[arg-type]
    figures = written["late-units"].written.figures
    assert (figures["due"], figures["in_time"], figures["late"]) == (again.due, again.in_time, again.late)
    assert (figures["missing"], figures["excused"]) == (again.missing, again.excused)
    still = [
        row for row in rows if row["item"] == "3.1" and row["work_state"] == "open" and row["agency"] != COURT
    ]
    for name in ("extension-request", "extension-letter"):
        assert written[name].written.figures == {"3.1 once: còn thực hiện": len(still)}


CYCLES = {
    "2022-Q3": "Quý III năm 2022",
    "2022-year": "năm 2022",
    "2023-Q1": "Quý I năm 2023",
    "2023-H1": "6 tháng năm 2023",
}


@pytest.mark.parametrize("cycle", CYCLES)
def test_a_report_is_of_any_cycle_that_the_plan_has(office: House, cycle: str) -> None:
    with reading(office.engine) as connection:
        order = Order(kind="period-report", by=BAT_XAT, cycle=cycle)
        found = draft_in_word(connection, office, order, morning(DAY)).written
    assert f"Kết quả {CYCLES[cycle]} thực hiện Kế hoạch" in str(found.values["abstract"])


REPORTED_OF: Mapping[str, Callable[[ListedDuty], bool]] = {
    "period-report": lambda row: row["agency"] != COURT,
    "period-report-department": lambda row: row["agency"] == SO_Y_TE,
    "period-report-district": lambda row: BAT_XAT in (row["agency"], row["superior"]),
    "period-report-commune": lambda row: row["agency"] == MUONG_VI,
}
ALONE = ("period-report-department", "period-report-commune")
"""They report of themselves alone, and need no table of contents."""


@pytest.mark.parametrize("name", REPORTED_OF)
def test_a_period_reports_sums_and_scores_are_those_of_the_list(
    written: Mapping[str, Draft], rows: list[ListedDuty], office: House, name: str
) -> None:
    mine = dated([row for row in rows if REPORTED_OF[name](row)])  # type: ignore[arg-type]
    found = written[name].written
    assert found.figures.items() >= item_figures(office.plan, mine, ON).items()
    assert said_sum(mine, ON) in str(found.values["sections"])
    scores = found.values["scores"]
    assert (scores is None) == (name in ALONE)
    if isinstance(scores, dict):
        shown = [tuple(row[column] for column in SCORED) for row in scores["rows"]]
        assert shown == content_counts(office.plan, mine, ON)


def test_a_quarters_slip_and_table_count_what_fell_due_in_it(
    written: Mapping[str, Draft], rows: list[ListedDuty]
) -> None:
    quarter = [row for row in dated(rows) if "2022-07-01" <= row["last_day"] <= "2022-09-30"]  # type: ignore[arg-type]
    table = written["completion-table"].written
    for agency in (BAT_XAT, MUONG_VI):
        mine = recounted([row for row in quarter if row["agency"] == agency], ON)
        assert table.figures[f"{agency}: in_time"] == mine.in_time
        assert table.figures[f"{agency}: assigned"] == mine.due - mine.excused
    slip = written["completion-slip"].written.figures
    mine = recounted([row for row in quarter if row["agency"] == BAT_XAT], ON)
    assert (slip["assigned"], slip["overdue"]) == (mine.due - mine.excused, mine.overdue)


def test_who_contests_is_not_shown_few_products_have_no_band_and_nobody_is_ranked(
    written: Mapping[str, Draft],
) -> None:
    values = written["completion-table"].written.values
    shown = str(values["rows"]) + str(values["bands"])
    assert "A Mú Sung" not in shown
    assert "Tòa án" not in shown
    assert "01 cơ quan, đơn vị đang đối chiếu" in str(values["waiting"])
    assert "Dưới 05 sản phẩm, không xếp mức" in shown


def test_an_own_plan_holds_all_that_the_unit_owes(
    written: Mapping[str, Draft], rows: list[ListedDuty]
) -> None:
    mine = [row for row in rows if row["agency"] == A_MU_SUNG and row["work_state"] != "cancelled"]
    figures = written["unit-plan"].written.figures
    assert figures["tasks"] == sum(row["kind"] is Kind.TASK for row in mine)
    assert figures["continuous"] == len({row["item"] for row in mine if row["kind"] is Kind.ROW})
    assert figures["reports"] == sum(row["kind"] is Kind.REPORT for row in mine)


def test_only_what_is_still_asked_of_invited_bodies_is_asked(
    written: Mapping[str, Draft], rows: list[ListedDuty]
) -> None:
    mine = [
        row
        for row in rows
        if row["agency"] == COURT and row["period"] == "2022-year-report" and row["work_state"] != "cancelled"
    ]
    assert written["cooperation"].written.figures == {"bodies": 1, "rows": len(mine)}
    assert mine


def test_mails_of_the_record_are_those_that_a_server_took(
    written: Mapping[str, Draft], office: House
) -> None:
    told = notices(office, Wanted(plan=office.plan.key, agency=A_MU_SUNG))
    figures = written["reminder-record"].written.figures
    assert 0 < int(figures["accepted"]) <= int(figures["mails"]) <= len(told)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told(office: House, name: str) -> None:
    order, fault, said = REFUSED[name]
    with reading(office.engine) as connection, pytest.raises(fault, match=said):
        draft_in_word(connection, office, order, morning(DAY))


def test_the_sample_plan_of_two_levels_is_offered_what_it_can_write(tmp_path: Path) -> None:
    write_sample(tmp_path / "plan")
    with at_home(tmp_path, load_configuration(tmp_path / "plan")) as house:
        initialise(house)
        for day in ("2026-07-20", "2026-10-12"):
            sweep(house, morning(day))
        offered = {str(kind["kind"]) for kind in list_kinds(house)}
        commune = next(a.id for a in house.agencies if not a.level.top)
        assert offered == set(WRITERS) - {"item-report"}
        for draft in drafts(house, of_two_levels(commune), morning("2026-10-12")):
            assert draft.docx, draft.order.kind
            if draft.pdf is not None:
                pages = printed_well(draft.docx, draft.pdf, f"two-levels-{draft.order.kind}")
                assert draft.order.kind != "meeting-page" or len(pages) == 1
