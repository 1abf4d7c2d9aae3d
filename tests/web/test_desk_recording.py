"""A paper that a desk records for a unit takes its scan along, and the figures that stand in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from obligations.rights import Seat
from store.engine import reading
from store.evidence import files_of
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import CODES
from tests.support.life.samples import HTML, PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    leave_only,
    replay,
    row,
    versions_of,
)
from tests.support.pages.forms import form_of
from tests.support.pages.visits import Site, Somebody, visited

KEY, OTHER = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"
DEED = f"/nhiem-vu/{KEY}/ghi-nhan-thay"
PAPER = {"so": "15/BC-UBND", "ngay": "13/7/2022"}
FIGURES = {"so-a": "7", "so-c": ["15", "17"]}


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    leave_only(house, KEY, OTHER, REPORT)
    replay(house, SIGNED, "2022-07-18")
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


@pytest.fixture
def desk(site: Site) -> Somebody:
    return site.login(Seat.DESK, BAT_XAT)


def kept_for(house: House, key: str) -> list[str]:
    """The files that the newest report came with."""
    report = versions_of(house, key)[-1].id
    with reading(house.engine) as connection:
        return [file.name for file in files_of(connection, [report]).get(report, ())]


def test_the_scan_and_the_figures_go_along_and_the_paper_counts_from_its_day(
    site: Site, desk: Somebody
) -> None:
    form = form_of(desk.get(f"/nhiem-vu/{KEY}").html, "ghi-nhan-thay")

    page = desk.send(DEED, {**form, **PAPER, **FIGURES}, {"ban quet.pdf": PDF}, under="tep")

    assert (page.status, page.address) == (200, f"/nhiem-vu/{KEY}?xong=ghi-nhan-thay")
    assert "ban quet.pdf" in page.text
    newest = versions_of(site.house, KEY)[-1]
    assert newest.document_id is not None
    assert newest.figures == {"a": 7, "c": [15, 17]}
    assert str(row(site.house, KEY).done_on) == "2022-07-13"
    assert kept_for(site.house, KEY) == ["ban quet.pdf"]


def test_what_is_wrong_stands_at_its_field_and_the_scan_is_not_asked_for_again(
    site: Site, desk: Somebody
) -> None:
    wrong = {**PAPER, "version": "0", "so-a": "7", "so-c": ["22", "21"]}

    refused = desk.send(DEED, wrong, {"ban quet.pdf": PDF}, under="tep")

    assert refused.status == 409
    assert 'href="#ghi-nhan-thay-so-c"' in refused.html
    assert "Đã lưu: ban quet.pdf" in refused.text
    assert not CODES.search(refused.text)
    assert row(site.house, KEY).work_state == WorkState.OPEN
    again = form_of(refused.html, "ghi-nhan-thay")
    assert again["so-a"] == ["7"]

    desk.send(DEED, {**again, "so-c": ["21", "21"]})

    assert versions_of(site.house, KEY)[-1].figures == {"a": 7, "c": [21, 21]}
    assert kept_for(site.house, KEY) == ["ban quet.pdf"]


def test_what_is_no_evidence_is_named_in_a_line_and_nothing_is_recorded(site: Site, desk: Somebody) -> None:
    given = {**PAPER, "version": "0", "so-a": "7"}
    files = {"trang.html": HTML, "ban quet.pdf": PDF, "rong.pdf": b""}

    refused = desk.send(DEED, given, files, under="tep")

    assert refused.status == 409
    assert refused.html.count('href="#ghi-nhan-thay-tep"') == 2
    assert "trang.html" in refused.text
    assert "rong.pdf" in refused.text
    assert "Đã lưu: ban quet.pdf" in refused.text
    assert row(site.house, KEY).work_state == WorkState.OPEN


def test_a_file_that_is_carried_is_left_out_where_that_is_ticked_and_is_nobody_elses(
    site: Site, desk: Somebody
) -> None:
    refused = desk.send(DEED, {"version": "0", "so": "15/BC-UBND"}, {"ban quet.pdf": PDF}, under="tep")
    again = form_of(refused.html, "ghi-nhan-thay")
    (stored,) = refused.values("bo-tep")
    (carried,) = again["tep-da-luu"]
    elsewhere = site.login(Seat.COORDINATOR)

    elsewhere.send(f"/nhiem-vu/{OTHER}/ghi-nhan-thay", {**PAPER, "version": "0", "tep-da-luu": carried})
    desk.send(DEED, {**again, **PAPER, "bo-tep": stored, "tep-da-luu": [carried, "gia-mao", carried + "x"]})

    assert row(site.house, OTHER).work_state == row(site.house, KEY).work_state == WorkState.SUBMITTED
    assert kept_for(site.house, OTHER) == kept_for(site.house, KEY) == []


def test_one_scan_goes_with_each_of_many_and_figures_are_asked_of_one_alone(
    site: Site, desk: Somebody
) -> None:
    many = desk.post("/hang-doi/chon", viec="ghi-nhan-thay", chon=[f"{KEY}@0", f"{OTHER}@0"])
    one = desk.post("/hang-doi/chon", viec="ghi-nhan-thay", chon=[f"{KEY}@0"])
    assert 'name="tep"' in many.html
    assert 'name="so-a"' not in many.html
    assert 'name="so-a"' in one.html

    form = form_of(many.html, "/hang-doi/lam")
    done = desk.send(
        "/hang-doi/lam",
        {**form, **PAPER, **FIGURES, "chon": [f"{KEY}@0", f"{OTHER}@0"]},
        {"ban quet.pdf": PDF},
        under="tep",
    )

    assert "Đã ghi nhận văn bản: 02 dòng." in done.text
    for key in (KEY, OTHER):
        assert kept_for(site.house, key) == ["ban quet.pdf"]
        assert versions_of(site.house, key)[-1].figures == {}


def test_of_one_ticked_the_queue_takes_its_figures(site: Site, desk: Somebody) -> None:
    given = {**PAPER, **FIGURES, "viec": "ghi-nhan-thay", "chon": [f"{KEY}@0"]}
    wrong = desk.send("/hang-doi/lam", {**given, "so-a": "bảy"})
    assert wrong.status == 422
    assert 'href="#ghi-nhan-thay-so-a"' in wrong.html

    desk.send("/hang-doi/lam", given)

    assert versions_of(site.house, KEY)[-1].figures == {"a": 7, "c": [15, 17]}


def test_a_cycle_report_takes_the_scan_alone(site: Site) -> None:
    site.clock.at("2022-09-14T09:00")
    replay(site.house, "2022-09-01", "2022-09-14")
    desk = site.login(Seat.DESK, BAT_XAT)
    page = desk.get(f"/nhiem-vu/{REPORT}")
    assert 'name="tep"' in page.html
    assert 'name="so-a"' not in page.html

    given = {"version": "0", "so": "88/BC-UBND", "ngay": "8/9/2022", "ngay-den": "12/9/2022"}
    desk.send(f"/nhiem-vu/{REPORT}/ghi-nhan-thay", given, {"ban quet.pdf": PDF}, under="tep")

    assert str(row(site.house, REPORT).done_on) == "2022-09-12"
    assert kept_for(site.house, REPORT) == ["ban quet.pdf"]


def test_whoever_may_not_record_leaves_no_file_behind(site: Site) -> None:
    elsewhere = site.login(Seat.DESK, SA_PA)
    before = _contents(site.house)

    assert elsewhere.send(DEED, {**PAPER, "version": "0"}, {"a.pdf": PDF}, under="tep").status == 403

    assert _contents(site.house) == before


def _contents(house: House) -> int:
    folder = house.settings.home / "evidence"
    return sum(1 for file in folder.rglob("*") if file.is_file())
