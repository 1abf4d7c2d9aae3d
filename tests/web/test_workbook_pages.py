"""A commune takes its form away as a workbook and brings it back; what was read is looked over, then sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from store.engine import reading
from store.evidence import files_of
from tasks_lib.answering.cycle_draft import Saving, Typed, save
from tasks_lib.answering.cycle_page import cycle_page
from tasks_lib.answering.report_draft import RowDraft
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SIGNED, at, replay, row, versions_of
from tests.support.pages.cycle import report_of, row_of, small_province
from tests.support.pages.forms import form_of
from tests.support.pages.unit import FORM, draft_of, field, opened, two_communes
from tests.support.pages.visits import Seen, Site, Somebody, visited
from tests.support.pages.workbooks import filled

KEY, OTHER = f"1.2/{A_MU_SUNG}/once", f"4.6/{A_MU_SUNG}/once"
BOOK, SEND = "/bang-excel", "/bang-excel/gui"
TYPED: dict[tuple[str, ...], object] = {
    (KEY, "text"): "Đã phát thanh <b>12</b> buổi",
    (KEY, "figures.a"): 1200,
    (KEY, "figures.c"): 18,
    (KEY, "figures.c", "G"): 21,
    (KEY, "document.number"): "45/BC-UBND",
    (KEY, "document.signed_on"): "13/7/2022",
}


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-18")
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def _brings(who: Somebody, content: bytes, address: str = BOOK, name: str = "bang.xlsx") -> Seen:
    return who.send(address, {}, {name: content}, under="bang")


def test_from_the_workbook_to_sent_by_the_link_of_the_mail(site: Site, clerk: Somebody) -> None:
    assert clerk.get(FORM).links(BOOK)
    taken = clerk.get(BOOK)
    assert taken.headers["content-disposition"] == f'attachment; filename="viec-{A_MU_SUNG}-2022-07-18.xlsx"'

    page = _brings(
        clerk, filled(taken.content, {**TYPED, (OTHER, "text"): "Đã niêm yết", (OTHER, "figures.a"): 5})
    )

    assert "Nội dung đọc từ bảng Excel" in page.text
    assert (
        "Số tin, bài, lượt phát thanh về Chỉ số PAPI và dân chủ ở cơ sở 1.200 (đọc là 1 nghìn 200)"
        in page.text
    )
    assert "&lt;b&gt;12&lt;/b&gt;" in page.html
    assert row(site.house, KEY).work_state == WorkState.OPEN

    done = clerk.send(SEND, {**form_of(page.html, SEND), "do": "send"})

    assert "Nhiệm vụ 1.2: đã gửi lúc 09:00 ngày 18/7/2022" in done.text
    (version,) = versions_of(site.house, KEY)
    assert (version.text, version.figures) == ("Đã phát thanh <b>12</b> buổi", {"a": 1200, "c": [18, 21]})
    assert row(site.house, KEY).done_on == row(site.house, KEY).last_day.replace(day=13)
    assert row(site.house, OTHER).work_state == WorkState.SUBMITTED
    again = clerk.send(SEND, {**form_of(page.html, SEND), "do": "send"})
    assert again.status == 409
    assert "đơn vị đã gửi báo cáo từ nơi khác" in again.text


def test_files_of_the_draft_go_along_and_saving_sends_nothing(site: Site, clerk: Somebody) -> None:
    form = {**opened(clerk), field(site.house, KEY, "text"): "Đang viết", "do": "draft"}
    clerk.send(FORM, form, {"biên bản.pdf": PDF}, under=field(site.house, KEY, "files"))
    book = filled(clerk.get(BOOK).content, {(KEY, "text"): "Đã xong", (KEY, "completed_on"): "13/7/2022"})
    page = _brings(clerk, book)

    clerk.send(SEND, {**form_of(page.html, SEND), "do": "draft"})
    draft = draft_of(site.house, KEY)
    assert draft is not None
    assert draft.content["text"] == "Đã xong"
    assert row(site.house, KEY).work_state == WorkState.OPEN
    clerk.send(SEND, {**form_of(_brings(clerk, book).html, SEND), "do": "send"})

    (version,) = versions_of(site.house, KEY)
    with reading(site.house.engine) as connection:
        assert [file.name for file in files_of(connection, [version.id])[version.id]] == ["biên bản.pdf"]


def test_what_is_wrong_is_listed_by_cell_and_nothing_is_kept(site: Site, clerk: Somebody) -> None:
    taken = clerk.get(BOOK).content

    page = _brings(
        clerk, filled(taken, {**TYPED, (KEY, "figures.a"): "mười", (OTHER, "completed_on"): "mai"})
    )

    assert page.status == 400
    assert "03 chỗ cần sửa trong bảng" in page.text
    assert "Cần một số đếm không âm, viết như 1.234; đã nhập &#39;mười&#39;" in page.html
    assert draft_of(site.house, KEY) is None
    for content, name, words in (
        (b"x", "bang.pdf", "không phải tệp .xlsx"),
        (b"x", "bang.xlsx", "có nội dung không đúng với phần mở rộng .xlsx"),
    ):
        told = _brings(clerk, content, name=name)
        assert (told.status, words in told.text) == (400, True)
    assert "chưa chọn tệp bảng Excel" in clerk.send(BOOK, {}).text.replace("Chưa", "chưa")


def test_nobody_gets_further_by_a_workbook_than_by_their_form(site: Site, clerk: Somebody) -> None:
    book = filled(clerk.get(BOOK).content, TYPED)
    page = _brings(clerk, book)
    neighbour = site.by_link(MUONG_VI)

    told = _brings(neighbour, book)
    assert "là bảng của UBND xã A Mú Sung, không phải của UBND xã Mường Vi" in told.text
    forged = neighbour.send(SEND, {**form_of(page.html, SEND), "do": "send"})

    assert forged.status in (403, 409, 400)
    assert row(site.house, KEY).work_state == WorkState.OPEN
    broken = clerk.send(SEND, {"viec": f"{KEY}@0", f"bang:{KEY}": '{"text": ["x"]}', "do": "send"})
    assert broken.status in (400, 409)


def test_a_report_comes_back_into_its_form_and_a_colleagues_row_is_kept(house: House) -> None:
    small_province(house)
    replay(house, "2022-09-07", "2022-09-07")
    key, own, theirs = report_of(MUONG_VI), row_of("4.1", MUONG_VI), row_of("1.3", MUONG_VI)
    address = f"/ky/{key}"
    with visited(house, "2022-09-08T09:00") as site:
        clerk = site.by_link(MUONG_VI)
        taken = clerk.get(f"{address}{BOOK}").content
        _colleague_saves(house, key, theirs)
        events = {(row_of(item, MUONG_VI), "events"): 0 for item in ("2.4", "2.5")}
        typed = {("", "text"): "Đã chỉ đạo", (own, "text"): "Đã niêm yết", **events}

        page = _brings(clerk, filled(taken, {**typed, (own, "figures.a"): "8/10"}), f"{address}{BOOK}")
        assert page.status == 200, page.text
        review = clerk.send(address, {**form_of(page.html, address), "xem": "1"})

        assert review.address.endswith("/gui")
        assert "Đã niêm yết" in review.text
        assert "của đồng nghiệp" in review.text
        sent = clerk.send(f"{address}/gui", {**form_of(review.html, "/gui"), "gui": "1"})
        assert "Đã gửi báo cáo" in sent.text
        assert versions_of(house, own)[0].figures["a"] == [8, 10]
        clash = _brings(clerk, filled(taken, {**typed, (theirs, "text"): "Của tôi"}), f"{address}{BOOK}")
        assert "là bản cũ" in clash.text


def _colleague_saves(house: House, key: str, of: str) -> None:
    page = cycle_page(house, key, at("2022-09-08T09:05"))
    stamp = next(row.stamp for row in page.rows if row.key == of)
    typed = {of: Typed(fields=RowDraft(text="của đồng nghiệp"), stamp=stamp)}
    saving = Saving(by=MUONG_VI, person="Vàng A Páo", as_of=at("2022-09-08T09:05"), rows=typed)
    assert save(house, page, saving) == {}


def test_a_row_that_two_have_changed_is_told_and_not_overwritten(house: House) -> None:
    small_province(house)
    replay(house, "2022-09-07", "2022-09-07")
    key, theirs = report_of(MUONG_VI), row_of("1.3", MUONG_VI)
    address = f"/ky/{key}"
    with visited(house, "2022-09-08T09:00") as site:
        clerk = site.by_link(MUONG_VI)
        taken = clerk.get(f"{address}{BOOK}").content
        _colleague_saves(house, key, theirs)

        page = _brings(clerk, filled(taken, {(theirs, "text"): "Của tôi"}), f"{address}{BOOK}")
        back = clerk.send(address, {**form_of(page.html, address), "xem": "1"})

        assert back.status == 400
        assert "vừa được Vàng A Páo sửa từ nơi khác" in back.text
        assert "Của tôi" in back.html
