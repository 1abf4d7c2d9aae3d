"""A unit takes its own plan and its periodic report away as Word drafts, filled in as far as known."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select

from obligations.rights import Seat
from store.engine import reading
from store.schema import history, journal, obligations, papers
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SIGNED, keys, leave_only, replay
from tests.support.pages.cycle import report_of, row_of
from tests.support.pages.forms import form_of
from tests.support.pages.visits import Seen, Site, visited
from tests.support.running.commands import caller

OFFICE = "so-y-te"
OWN = f"plan/{MUONG_VI}/once"
REPORT = report_of(MUONG_VI)
DRAFT = f"/don-vi/{OWN}/du-thao"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    leave_only(house, *keys(house, obligations.c.agency_id.in_((MUONG_VI, A_MU_SUNG, OFFICE))))
    replay(house, SIGNED, "2022-07-05")
    with visited(house, "2022-07-05T09:00") as open_site:
        yield open_site


def text_of(seen: Seen) -> str:
    """All that a Word file says."""
    assert seen.status == 200
    assert seen.headers["content-disposition"].startswith('attachment; filename="du-thao-')
    assert "private" in seen.headers["cache-control"]
    found = docx.Document(BytesIO(seen.content))
    cells = [cell.text for table in found.tables for line in table.rows for cell in line.cells]
    said = "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells])
    return said.replace("\N{NO-BREAK SPACE}", " ")


def written(house: House) -> list[int]:
    """How much there is of what a change would add to."""
    with reading(house.engine) as connection:
        return [
            connection.scalar(select(func.count()).select_from(t)) or 0 for t in (history, journal, papers)
        ]


def test_a_commune_takes_its_own_plan_by_the_link_of_its_mail(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    (link,) = clerk.get("/don-vi").links("/du-thao")
    assert link.endswith(DRAFT)
    before = written(site.house)

    said = text_of(clerk.get(DRAFT))

    for words in (
        "KẾ HOẠCH",
        "UBND xã Mường Vi",
        "14/7/2022",
        "Triển khai thực hiện Kế hoạch số 239/KH-UBND",
    ):
        assert words in said
    assert written(site.house) == before


def test_a_department_and_whoever_is_signed_in_for_a_unit_take_theirs(site: Site) -> None:
    said = text_of(site.login(Seat.OFFICER, OFFICE).get(f"/don-vi/plan/{OFFICE}/once/du-thao"))
    assert "SỞ Y TẾ" in said

    assert site.login(Seat.CHAIRPERSON, MUONG_VI).get(DRAFT).status == 200


def test_nobody_takes_anothers_and_of_what_is_no_plan_there_is_none(site: Site) -> None:
    assert site.by_link(A_MU_SUNG).get(DRAFT).status == 403
    assert site.login(Seat.OFFICER, OFFICE).get(DRAFT).status == 403
    assert site.by_link(BAT_XAT, review=True).get(DRAFT).status == 403
    refused = site.by_link(MUONG_VI).get(f"/don-vi/1.2/{MUONG_VI}/once/du-thao")
    assert refused.status == 404
    assert "Dự thảo này chỉ có cho kế hoạch triển khai của đơn vị" in refused.text


def test_ops_make_the_plan_of_every_unit_that_owes_one(
    site: Site, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    say = caller(capfd)
    words = ("paper", "make", "unit-plan", "--each", "--as-of", "2022-07-05", "--json")

    made = say(*words, "--out", str(tmp_path))

    assert {one["by"] for one in made} == {MUONG_VI, A_MU_SUNG, OFFICE}
    assert sorted(tmp_path.glob("*.docx")) == sorted(Path(one["docx"]) for one in made)
    assert {one["kind"] for one in made} == {"unit-plan"}
    assert "--each" in say(*words, "--for", MUONG_VI, status=2)
    assert "--each" in say("paper", "make", "minutes", "--each", "--json", status=2)
    assert "--cycle" in say("paper", "make", "period-report", "--each", "--json", status=2)


def test_a_commune_takes_its_report_with_what_stands_in_the_form(site: Site) -> None:
    replay(site.house, "2022-09-05", "2022-09-12")
    site.clock.at("2022-09-12T09:00")
    clerk = site.by_link(MUONG_VI)
    form = form_of(clerk.get(f"/ky/{REPORT}").html, f"/ky/{REPORT}")
    row = row_of("4.1", MUONG_VI)
    typed = {
        "text": "Đã chỉ đạo các thôn",
        "difficulty": "Thiếu kinh phí",
        f"text:{row}": "Đã niêm yết tại trụ sở",
    }
    clerk.send(f"/ky/{REPORT}", {**form, **typed, f"fig:{row}:a": ["15", "17"], "luu-het": "1"})
    assert clerk.get(f"/ky/{REPORT}").links("/du-thao")
    before = written(site.house)

    said = text_of(clerk.get(f"/ky/{REPORT}/du-thao"))

    for words in (
        "BÁO CÁO",
        "Đã chỉ đạo các thôn",
        "Đã niêm yết tại trụ sở",
        "15/17",
        "Thiếu kinh phí",
        "UBND xã Mường Vi",
    ):
        assert words in said
    assert "Chưa gửi báo cáo kỳ" not in said
    assert written(site.house) == before
    assert site.by_link(A_MU_SUNG).get(f"/ky/{REPORT}/du-thao").status == 403
    department = text_of(site.login(Seat.OFFICER, OFFICE).get(f"/ky/{report_of(OFFICE)}/du-thao"))
    assert "SỞ Y TẾ" in department
    assert "TM. ỦY BAN NHÂN DÂN" not in department
