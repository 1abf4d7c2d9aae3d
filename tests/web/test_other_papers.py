"""The page "Lập văn bản khác": an office chooses a paper, whom it is about, and gets a draft or a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.listing import list_papers
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SIGNED, SO_NOI_VU, leave_only, replay
from tests.support.pages.visits import Site, visited

PAPERS, OTHERS, MAKE = "/van-ban", "/van-ban/lap-khac", "/van-ban/lap"


@pytest.fixture
def site(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Two communes are late; the machine has no LibreOffice, which would take seconds for each page."""
    monkeypatch.setenv("PATH", str(tmp_path))
    leave_only(house, *(f"1.2/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI)))
    replay(house, SIGNED, "2022-07-25")
    with visited(house, "2022-07-25T09:00") as open_site:
        yield open_site


def test_a_coordinator_drafts_the_minutes_of_a_conversation(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)
    assert OTHERS in coordinator.get(PAPERS).html
    form = coordinator.get(OTHERS)
    assert "Biên bản làm việc" in form.text
    assert "Báo cáo một nhiệm vụ của huyện" not in form.text

    made = coordinator.post(OTHERS, loai="minutes", **{"don-vi": A_MU_SUNG})

    assert "Đã lập dự thảo." in made.text
    (paper,) = list_papers(site.house, SO_NOI_VU, "minutes")
    assert (paper.paper.for_id, paper.paper.figures["overdue"]) == (A_MU_SUNG, 1)
    assert "Biên bản làm việc với UBND xã A Mú Sung" in coordinator.get(f"{PAPERS}/{paper.paper.id}").text


def test_what_cannot_be_drafted_is_told_without_words_of_the_command_line(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)

    without = coordinator.post(OTHERS, loai="invitation")

    assert without.status == 409
    assert "Ghi đơn vị mà văn bản nói đến" in without.text
    assert "--for" not in without.text
    assert coordinator.post(OTHERS, loai="item-report", viec="3.1").status == 409


def test_a_district_is_offered_its_own_papers_about_its_communes(site: Site) -> None:
    desk = site.login(Seat.DESK, BAT_XAT)
    form = desk.get(OTHERS)
    assert "Báo cáo một nhiệm vụ của huyện" in form.text
    assert "Công văn mời phối hợp" not in form.text
    assert "UBND xã A Mú Sung" in form.text
    assert "UBND xã Bản Phùng" not in form.text  # of Sa Pa
    assert "Đã lập dự thảo." in desk.post(OTHERS, loai="unit-plan").text


def test_whoever_signs_is_chosen_as_the_command_has_it(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)
    form = coordinator.get(OTHERS)
    assert "KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC" in form.text
    assert "TM. ỦY BAN NHÂN DÂN" not in form.text

    coordinator.post(OTHERS, loai="minutes", **{"don-vi": A_MU_SUNG, "quyen-han": "kt"})
    coordinator.post(MAKE, viec="1.2", **{"quyen-han": "tuq"})

    by_kind = {listed.paper.kind: listed.paper for listed in list_papers(site.house, SO_NOI_VU)}
    assert by_kind["minutes"].content["sign"]["posts"] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]  # type: ignore[index]
    assert by_kind["urging"].content["sign"]["posts"][0] == "TUQ. GIÁM ĐỐC"  # type: ignore[index]


def test_each_unit_gets_a_letter_of_its_own_where_that_is_ticked(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)
    assert "Mỗi đơn vị một công văn riêng" in coordinator.get(MAKE).text

    listed = coordinator.post(MAKE, viec="1.2", **{"moi-don-vi": "co"})

    assert "Đã lập dự thảo, mỗi đơn vị một công văn." in listed.text
    letters = list_papers(site.house, SO_NOI_VU, "urging")
    assert {letter.paper.for_id for letter in letters} == {A_MU_SUNG, MUONG_VI}


def test_more_letters_than_a_page_can_wait_for_are_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.papers.pages.AT_ONCE", 1)
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)

    refused = coordinator.post(MAKE, viec="1.2", **{"moi-don-vi": "co"})

    assert refused.status == 409
    assert "có 02 đơn vị: chọn bớt, mỗi lần lập không quá 01 công văn" in refused.text
    assert list_papers(site.house, SO_NOI_VU, "urging") == []
