"""The list "Đề xuất báo cáo UBND tỉnh" over HTTP: edited, cut, released by the director alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from notifications.memory import MemoryTransport
from obligations.errors import Invalid
from obligations.papers import HARD, PROPOSAL
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.proposals import edit, list_entries, look_ahead, release
from tasks_lib.leading.proposals_page import Order, proposals_page
from tests.support.life.days import set_days
from tests.support.life.letters import messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    UBND_TINH,
    communes_of,
    history_of,
    leave_only,
    morning,
    replay,
    replay_with_mail,
    reports_in,
)
from tests.support.pages.visits import Site, counting, visited

LIST, RELEASE, DRAFT = "/danh-muc", "/danh-muc/phat-hanh", "/danh-muc/du-thao"
CHOSEN, DEED = f"{LIST}/chon", f"{LIST}/lam"
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
EDITED = "Kính đề nghị UBND tỉnh chỉ đạo UBND huyện kiểm tra tại xã"


def two_late(house: House, *more: str) -> None:
    """Two communes of one district have been late for ten working days."""
    leave_only(house, ONE, TWO, *more)
    replay_with_mail(house, SIGNED, "2022-07-28", MemoryTransport())


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_late(house)
    with visited(house, "2022-07-29T09:00") as open_site:
        yield open_site


def numbers(house: House) -> list[int]:
    return [entry["id"] for entry in list_entries(house)]


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])


def test_communes_stand_under_their_district_with_what_the_entry_rests_on(site: Site) -> None:
    reports_in(site.house, TWO, "2022-07-29")
    shown = site.login(Seat.COORDINATOR).get(LIST)

    assert "Có 01 đơn vị chờ quyết định" in shown.text
    assert "UBND xã A Mú Sung UBND huyện Bát Xát 01 nội dung: nhiệm vụ 1.2 ( 11 )" in shown.text
    assert "Đề nghị đôn đốc hoàn thành" in shown.text
    assert "tự rút, đơn vị đã báo cáo" in shown.text
    one = site.login(Seat.COORDINATOR).get(f"{CHOSEN}?don-vi={A_MU_SUNG}")
    assert "quá hạn 11 ngày làm việc; đã nhắc việc, đôn đốc 04 lần" in one.text


def test_a_coordinator_edits_and_cuts_with_a_reason_and_cannot_release(site: Site) -> None:
    first, second = numbers(site.house)
    coordinator = site.login(Seat.COORDINATOR)

    saved = coordinator.post(DEED, viec="sua", don_vi=A_MU_SUNG, text=EDITED)
    reasonless = coordinator.post(DEED, viec="dua-ra", don_vi=MUONG_VI, reason="")
    cut = coordinator.post(DEED, viec="dua-ra", don_vi=MUONG_VI, reason="đã báo cáo bằng văn bản")

    assert EDITED in saved.text
    assert reasonless.status == 409
    assert "Có 01 đơn vị chờ quyết định" in cut.text
    assert numbers(site.house) == [first]
    last = [(h.what, h.person) for h in history_of(site.house, ONE)][-1]
    assert last == ("proposal-edit", "Sở Nội vụ")
    offered = coordinator.get(LIST)
    assert "UBND xã Mường Vi: 1.2." in offered.text
    assert coordinator.post(DEED, viec="dua-lai", dong=str(second), reason="").status == 409
    assert coordinator.post(DEED, viec="dua-lai", reason="nhầm").status == 409
    back = coordinator.post(DEED, viec="dua-lai", dong=str(second), reason="đưa ra nhầm")
    assert "Đã đưa lại vào danh mục" in back.text
    assert "Đưa lại vào danh mục dòng" not in back.text
    assert numbers(site.house) == [first, second]
    last = history_of(site.house, TWO)[-1]
    assert (last.what, last.why, last.person) == ("proposal-restore", "đưa ra nhầm", "Sở Nội vụ")
    coordinator.post(DEED, viec="dua-ra", don_vi=MUONG_VI, reason="xã đã gửi văn bản")
    reports_in(site.house, TWO, "2022-07-29")
    assert coordinator.post(DEED, viec="dua-lai", dong=str(second), reason="nhầm").status == 409
    assert numbers(site.house) == [first]
    assert coordinator.get(RELEASE).status == 403
    assert coordinator.post(RELEASE, don_vi=A_MU_SUNG).status == 403
    assert RELEASE not in coordinator.get(LIST).html


def test_the_director_looks_at_what_is_released_then_takes_the_draft_and_nothing_is_sent(site: Site) -> None:
    first, second = numbers(site.house)
    edit(site.house, [first], SO_NOI_VU, morning("2022-07-29"), EDITED)
    director = site.login(Seat.DIRECTOR)

    look = director.get(f"{RELEASE}?don-vi={A_MU_SUNG}")
    assert "Sẽ phát hành 01 đơn vị" in look.text
    assert numbers(site.house) == [first, second]
    done = director.post(RELEASE, don_vi=look.values("don-vi"), so="12/BC-SNV")

    assert "Hệ thống không gửi UBND tỉnh" in done.text
    (link, *_) = done.links(f"{DRAFT}/")
    draft = director.get(link)
    assert draft.headers["content-disposition"].startswith("attachment")
    assert EDITED in text_of(draft.content)
    assert "UBND xã Mường Vi" not in text_of(draft.content)
    assert numbers(site.house) == [second]
    assert "12/BC-SNV" in done.text
    assert EDITED in done.text
    assert messages_to(site.house, UBND_TINH) == []


def test_a_second_release_of_a_day_leaves_the_first_draft_alone(site: Site) -> None:
    first, second = numbers(site.house)
    at = morning("2022-07-29")
    one = release(site.house, SO_NOI_VU, at, [first])
    before = one.draft.read_bytes()
    two = release(site.house, SO_NOI_VU, at, [second])

    assert [one.draft.name, two.draft.name] == [
        "bao-cao-ubnd-tinh-20220729.docx",
        "bao-cao-ubnd-tinh-20220729-2.docx",
    ]
    assert one.draft.read_bytes() == before
    assert [
        link.rpartition("/")[2] for link in site.login(Seat.COORDINATOR).get(LIST).links(f"{DRAFT}/")
    ] == [
        two.draft.name,
        one.draft.name,
    ]


@pytest.mark.parametrize(
    "name", ["..%2fdondoc.db", "dondoc.db", "secret.key", "bao-cao-ubnd-tinh-20220101.docx", "khac.docx"]
)
def test_names_of_drafts_are_never_trusted(site: Site, name: str) -> None:
    (site.house.settings.home / "letters").mkdir()
    (site.house.settings.home / "letters" / "khac.docx").write_bytes(b"private")
    found = site.login(Seat.COORDINATOR).get(f"{DRAFT}/{name}")
    assert found.status == 404
    assert b"private" not in found.content


def test_only_so_noi_vu_sees_the_list(site: Site) -> None:
    for seat, agency in (
        (Seat.DESK, BAT_XAT),
        (Seat.CHAIRPERSON, BAT_XAT),
        (Seat.READER, None),
        (Seat.OPS, None),
    ):
        assert site.login(seat, agency).get(LIST).status == 403
    assert site.by_link(BAT_XAT, review=True).get(LIST).status in (403, 404)


def test_an_entry_decided_meanwhile_is_refused(site: Site) -> None:
    first, _ = numbers(site.house)
    director = site.login(Seat.DIRECTOR)
    release(site.house, SO_NOI_VU, morning("2022-07-29"), [first])

    assert director.post(RELEASE, don_vi=A_MU_SUNG).status == 409
    assert director.post(RELEASE).status == 409
    assert director.post(DEED, viec="dua-ra", don_vi=A_MU_SUNG, reason="đã xong").status == 409
    assert director.get(f"{CHOSEN}?don-vi={A_MU_SUNG}").status == 409
    with pytest.raises(Invalid):
        edit(site.house, [first], SO_NOI_VU, morning("2022-07-29"), EDITED)


def test_the_draft_can_be_read_before_and_the_workbook_holds_all(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    before = coordinator.get(DRAFT)
    assert "UBND xã Mường Vi" in text_of(before.content)
    assert len(numbers(site.house)) == 2

    book = load_workbook(BytesIO(coordinator.get(f"{LIST}?dang=xlsx").content))
    lines = [[cell.value for cell in line] for line in book.worksheets[0].iter_rows(min_row=5)]
    assert [line[1] for line in lines] == ["UBND xã A Mú Sung", "UBND xã Mường Vi"]
    assert lines[0][6] == 11


def test_a_chronic_case_carries_its_own_words_to_all_its_lines(any_house: House) -> None:
    three = (ONE, f"plan/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once")
    leave_only(any_house, *three)
    set_days(any_house, "plan", "3.1")
    replay(any_house, SIGNED, "2022-07-28")
    (unit,) = proposals_page(any_house, morning("2022-07-28")).units
    assert (unit.whys[-1].words, len(unit.tasks)) == ("nhiều nhiệm vụ quá hạn cùng lúc", 3)

    edit(any_house, unit.numbers, SO_NOI_VU, morning("2022-07-28"), EDITED)

    content = text_of(look_ahead(any_house, SO_NOI_VU, morning("2022-07-28")))
    assert content.count(EDITED) == 3
    assert proposals_page(any_house, morning("2022-07-28")).units[0].edited_by == "Sở Nội vụ"


def test_the_list_is_read_with_a_constant_number_of_queries(house: House) -> None:
    two_late(house)
    with counting(house) as found:
        proposals_page(house, morning("2022-07-29"))
    assert len(found) <= 7


def test_more_units_than_fit_a_page_are_paged(house: House) -> None:
    """Twenty-one communes of Bát Xát: twenty on the first page, one on the second, and a way back."""
    keys = [f"1.2/{unit}/once" for unit in communes_of(house, BAT_XAT)]
    leave_only(house, *keys)
    replay(house, SIGNED, "2022-07-28")
    assert len(keys) == 21
    with visited(house, "2022-07-29T09:00") as site:
        coordinator = site.login(Seat.COORDINATOR)
        first, second = coordinator.get(LIST), coordinator.get(f"{LIST}?trang=2")
    named = [set(page.values("don-vi")) for page in (first, second)]
    assert (len(named[0]), len(named[1])) == (20, 1)
    assert not named[0] & named[1]
    assert first.links("trang=2")
    assert second.links("trang=1")


def test_a_unit_is_one_row_however_many_months_it_has_been_late(house: House) -> None:
    three = (ONE, f"plan/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once")
    leave_only(house, *three, TWO)
    set_days(house, "plan", "3.1")
    replay_with_mail(house, SIGNED, "2022-09-01", MemoryTransport())
    assert len(numbers(house)) > 5

    found = proposals_page(house, morning("2022-09-01"))
    assert [(unit.agency, len(unit.tasks)) for unit in found.units] == [(A_MU_SUNG, 3), (MUONG_VI, 1)]
    assert len(found.units[0].whys) == 4  # three duties, and once for all months
    assert [unit.agency for unit in found.sorted(Order.LONGEST)] == [A_MU_SUNG, MUONG_VI]

    with visited(house, "2022-09-01T09:00") as site:
        coordinator = site.login(Seat.COORDINATOR)
        chosen = coordinator.get(f"{CHOSEN}?don-vi={A_MU_SUNG}&don-vi={MUONG_VI}&viec=dua-ra")
        assert "Đưa ra khỏi danh mục (02 đơn vị)" in chosen.text
        one_duty = coordinator.get(f"{CHOSEN}?don-vi={A_MU_SUNG}").values("dong")
        kept = coordinator.post(DEED, viec="dua-ra", don_vi=A_MU_SUNG, dong=one_duty[0], reason="đã xong")
        assert "Có 02 đơn vị chờ quyết định" in kept.text
        both = coordinator.post(DEED, viec="dua-ra", don_vi=[A_MU_SUNG, MUONG_VI], reason="họp giao ban")
    assert "Có 00 đơn vị chờ quyết định" in both.text
    assert numbers(house) == []
    assert history_of(house, TWO)[-1].why == "họp giao ban"


def test_the_hard_form_is_a_persons_choice_and_needs_a_reminder_that_arrived(house: House) -> None:
    leave_only(house, ONE, TWO)
    replay(house, SIGNED, "2022-07-28")  # nothing was ever sent
    with visited(house, "2022-07-29T09:00") as site:
        coordinator = site.login(Seat.COORDINATOR)
        refused = coordinator.post(DEED, viec="sua", don_vi=A_MU_SUNG, hinh_thuc="manh")
    assert refused.status == 409
    assert "chưa nhận được thư nhắc việc" in refused.text
    assert {unit.text for unit in proposals_page(house, morning("2022-07-29")).units} == {PROPOSAL}


def test_told_and_late_a_unit_can_be_proposed_in_the_hard_form(site: Site) -> None:
    chosen = site.login(Seat.COORDINATOR).post(DEED, viec="sua", don_vi=A_MU_SUNG, hinh_thuc="manh")
    assert chosen.status == 200
    text = text_of(look_ahead(site.house, SO_NOI_VU, morning("2022-07-29")))
    assert text.count(HARD) == 1
    assert "; làm rõ trách nhiệm của UBND xã A Mú Sung." in text
