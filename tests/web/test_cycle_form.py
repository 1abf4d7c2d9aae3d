"""A cycle report's form: saved row by row by several officers, last period's figures and sums beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from obligations.rights import Seat
from store.engine import reading
from tasks_lib.desk.review import ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import BAT_XAT, MUONG_VI, morning, row, versions_of
from tests.support.pages.cycle import SO_TU_PHAP, YEAR, hands_in, report_of, reported, row_of, small_province
from tests.support.pages.forms import Fields, form_of
from tests.support.pages.unit import drafts_of
from tests.support.pages.visits import Site, Somebody, visited

OURS = report_of(MUONG_VI)
OF_41, OF_13, OF_25 = (row_of(item, MUONG_VI) for item in ("4.1", "1.3", "2.5"))


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    small_province(house)
    with visited(house, "2022-09-06T09:00") as open_site:
        yield open_site


def _draft(house: House, key: str = OURS) -> dict[str, object]:
    with reading(house.engine) as connection:
        found = drafts_of(connection, house.plan.key, [key]).get(key)
    return {} if found is None else dict(found.content)


def _rows(house: House, key: str = OURS) -> dict[str, dict[str, object]]:
    return _draft(house, key).get("rows") or {}  # type: ignore[return-value]


def _form(who: Somebody, key: str = OURS) -> Fields:
    return form_of(who.get(f"/ky/{key}").html, f"/ky/{key}")


def test_a_row_is_saved_by_its_own_button_and_the_others_are_not_touched(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = _form(clerk)

    seen = clerk.send(
        f"/ky/{OURS}",
        {
            **form,
            f"text:{OF_41}": "Đã niêm yết",
            f"fig:{OF_41}:b": "1.200",
            f"fig:{OF_41}:a": ["18", "21"],
            "luu": OF_41,
        },
    )

    assert seen.status == 200
    assert "xong=luu" in seen.address
    assert "01/19 dòng" in seen.text
    assert set(_rows(site.house)) == {OF_41}
    assert _rows(site.house)[OF_41]["figures"] == {"a": "18/21", "b": "1.200"}
    again = form_of(seen.html, f"/ky/{OURS}")
    assert again[f"text:{OF_41}"] == ["Đã niêm yết"]
    assert again[f"fig:{OF_41}:a"] == ["18", "21"]
    assert row(site.house, OURS).work_state == WorkState.OPEN


def test_what_is_typed_in_other_rows_is_saved_along_so_that_no_row_is_lost(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = _form(clerk)
    typed = {**form, f"text:{OF_41}": "Đã niêm yết", f"text:{OF_13}": "Đã lập sổ", "text": "Đã chỉ đạo"}

    clerk.send(f"/ky/{OURS}", {**typed, "luu": OF_41})

    assert {key: r["text"] for key, r in _rows(site.house).items()} == {
        OF_41: "Đã niêm yết",
        OF_13: "Đã lập sổ",
    }
    assert _draft(site.house)["text"] == "Đã chỉ đạo"


def test_two_officers_fill_rows_side_by_side_and_of_one_row_the_second_is_told(site: Site) -> None:
    first, second = site.login(Seat.OFFICER, MUONG_VI), site.by_link(MUONG_VI)
    of_first, of_second = _form(first), _form(second)

    typed = {**of_first, f"text:{OF_41}": "của người thứ nhất", "luu": OF_41}
    assert first.send(f"/ky/{OURS}", typed).status == 200
    beside = second.send(f"/ky/{OURS}", {**of_second, f"text:{OF_13}": "của người thứ hai", "luu": OF_13})
    assert beside.status == 200
    assert {key: r["text"] for key, r in _rows(site.house).items()} == {
        OF_41: "của người thứ nhất",
        OF_13: "của người thứ hai",
    }

    clash = second.send(f"/ky/{OURS}", {**of_second, f"text:{OF_41}": "đè lên", "luu": OF_41})
    assert clash.status == 400
    assert "Nhiệm vụ 4.1: vừa được UBND xã Mường Vi sửa từ nơi khác" in clash.text
    assert "của người thứ nhất" in clash.text
    kept = form_of(clash.html, f"/ky/{OURS}")
    assert kept[f"text:{OF_41}"] == ["đè lên"]
    assert _rows(site.house)[OF_41]["text"] == "của người thứ nhất"

    taken = second.send(f"/ky/{OURS}", {**kept, "luu": OF_41})
    assert taken.status == 200
    assert _rows(site.house)[OF_41]["text"] == "đè lên"


def test_a_wrong_figure_is_named_at_its_row_and_the_sound_rows_are_saved(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = _form(clerk)

    seen = clerk.send(
        f"/ky/{OURS}",
        {
            **form,
            f"fig:{OF_41}:a": ["25", "21"],
            f"text:{OF_41}": "đang nhập",
            f"text:{OF_13}": "Đã lập sổ",
            "luu": OF_41,
        },
    )

    assert seen.status == 400
    assert "quy trình, thời gian, phí, lệ phí: số thứ nhất (25) lớn hơn tổng số (21)" in seen.text
    assert form_of(seen.html, f"/ky/{OURS}")[f"fig:{OF_41}:a"] == ["25", "21"]
    assert form_of(seen.html, f"/ky/{OURS}")[f"text:{OF_41}"] == ["đang nhập"]
    assert set(_rows(site.house)) == {OF_13}


def test_last_periods_figures_are_carried_and_what_adds_up_is_computed(house: House) -> None:
    small_province(house)
    said = {"1.3": {"a": [18, 21], "c": 4}, "2.5": {"events": 2}, "2.4": {"events": 0}}
    hands_in(house, MUONG_VI, "2022-09-08", said)
    key = report_of(MUONG_VI, YEAR)
    of_13 = row_of("1.3", MUONG_VI, YEAR)
    with visited(house, "2022-12-05T09:00") as site:
        clerk = site.by_link(MUONG_VI)
        shown = clerk.get(f"/ky/{key}")
        assert "Kỳ trước: 18/21 dùng lại" in shown.text
        assert "Lũy kế từ 01/01: 4" in shown.text
        form = form_of(shown.html, f"/ky/{key}")
        typed = {f"carry:{of_13}": ["a", "text"], f"fig:{of_13}:c": "6", f"est:{of_13}:c": "8", "luu": of_13}

        seen = clerk.send(f"/ky/{key}", {**form, **typed})

    saved = _rows(house, key)[of_13]
    assert saved["figures"] == {"a": "18/21", "c": "6"}
    assert saved["estimates"] == {"c": "8"}
    assert saved["text"] == "Kết quả 1.3"
    assert "Lũy kế từ 01/01: 10" in seen.text
    assert "Số mới nhất: 18/21 (85,7%)" in seen.text


def test_a_lead_reads_what_its_implementers_wrote_before_it_writes_its_own(house: House) -> None:
    small_province(house)
    reported(house)
    with visited(house, "2022-09-12T09:00") as site:
        seen = site.by_link(SO_TU_PHAP).get(f"/ky/{report_of(SO_TU_PHAP)}")
    assert "Đơn vị thực hiện báo cáo: 02/03 xã đã báo cáo" in seen.text
    assert "Số hội nghị, buổi tuyên truyền, phổ biến pháp luật: 7" in seen.text
    assert "UBND xã A Mú Sung" in seen.text


def test_asked_for_more_the_form_holds_what_was_sent_and_what_is_asked(site: Site) -> None:
    hands_in(
        site.house,
        MUONG_VI,
        "2022-09-07",
        {"4.1": {"a": [18, 21]}, "2.4": {"events": 0}, "2.5": {"events": 0}},
    )
    site.clock.at("2022-09-07T09:00")
    clerk = site.by_link(MUONG_VI)
    closed = clerk.get(f"/ky/{OURS}")
    assert "Nội dung chỉ sửa được khi có đề nghị bổ sung" in closed.text
    assert "<textarea" not in closed.html
    refused = clerk.send(f"/ky/{OURS}", {f"text:{OF_41}": "lén sửa", f"was:{OF_41}": "0.x", "luu": OF_41})
    assert refused.status == 409
    assert "đơn vị đã báo cáo" in refused.text

    asked = Decision(key=OURS, by=BAT_XAT, as_of=morning("2022-09-07"), reason="ghi rõ số thôn")
    ask_more(site.house, asked)
    form = _form(clerk)
    assert form[f"fig:{OF_41}:a"] == ["18", "21"]
    assert "ghi rõ số thôn" in clerk.get(f"/ky/{OURS}").text

    clerk.send(f"/ky/{OURS}", {**form, f"fig:{OF_41}:a": ["19", "21"], "luu": OF_41})
    assert _rows(site.house)[row_of("1.3", MUONG_VI)]["text"] == "Kết quả 1.3"
    review = clerk.get(f"/ky/{OURS}/gui")
    clerk.send(f"/ky/{OURS}/gui", {**form_of(review.html, "/gui"), "gui": "1"})
    assert [v.figures.get("a") for v in versions_of(site.house, OF_41)] == [[18, 21], [19, 21]]


def test_a_file_is_kept_with_the_draft_and_can_be_left_out_again(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = _form(clerk)
    seen = clerk.send(f"/ky/{OURS}", {**form, "luu": "chung"}, files={"biên bản.pdf": PDF})
    assert "Đã lưu: biên bản.pdf (1 KB) Bỏ" in seen.text
    (kept,) = seen.values("bo-tep")

    refused = clerk.send(
        f"/ky/{OURS}", {**_form(clerk), "text": "còn đây", "luu": "chung"}, files={"a.exe": b"MZ\x90\x00"}
    )
    assert refused.status == 400
    assert form_of(refused.html, f"/ky/{OURS}")["text"] == ["còn đây"]

    left = clerk.send(f"/ky/{OURS}", {**_form(clerk), "bo-tep": kept, "luu": "chung"})
    assert "biên bản.pdf" not in left.text
    assert "files" not in _draft(site.house)
