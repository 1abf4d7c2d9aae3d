"""A cycle report's form: kept until it is sent, opened to its sides, late with a reason, read as cheaply."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obligations.model import WorkState
from obligations.rights import Seat
from store.engine import reading
from tasks_lib.answering.cycle_page import digest, is_blank
from tasks_lib.answering.report_draft import RowDraft
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SA_PA, SO_NOI_VU, row
from tests.support.pages.cycle import YEAR, report_of, row_of, small_province
from tests.support.pages.forms import Fields, form_of
from tests.support.pages.unit import drafts_of
from tests.support.pages.visits import Site, Somebody, counting, visited

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


def _form(who: Somebody, key: str = OURS) -> Fields:
    return form_of(who.get(f"/ky/{key}").html, f"/ky/{key}")


def test_the_form_is_kept_on_the_device_until_it_has_been_sent(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    assert f'data-keep="ky:{OURS}"' in clerk.get(f"/ky/{OURS}").html


def test_sides_nobody_else_opens_or_saves_it(site: Site) -> None:
    for other in (
        site.by_link(A_MU_SUNG),
        site.login(Seat.DESK, BAT_XAT),
        site.login(Seat.DESK, SA_PA),
        site.login(Seat.COORDINATOR),
        site.login(Seat.OFFICER, SO_NOI_VU),
    ):
        assert other.get(f"/ky/{OURS}").status == 403
        assert other.send(f"/ky/{OURS}", {"text": "lạ", "was:": "0.x", "luu": "chung"}).status == 403
        assert other.send(f"/ky/{OURS}/gui", {"version": "0"}).status == 403
        assert other.get(f"/ky/{OURS}/nguon?muc=4.1&so=a").status == 403
    assert _draft(site.house) == {}


def test_a_late_unit_says_why_and_the_report_stays_to_be_written(site: Site) -> None:
    site.clock.at("2022-09-12T09:00")
    clerk = site.by_link(MUONG_VI)
    shown = clerk.get(f"/ky/{OURS}")
    fields = {**form_of(shown.html, "/ly-do"), "reason": "guidance"}
    fields["reason_note"] = ["chờ biểu mẫu"]
    wrong = clerk.send(f"/ky/{OURS}/ly-do", {**fields, "expected_on": "2022-09-01"})
    assert wrong.status == 409
    assert form_of(wrong.html, "/ly-do")["reason_note"] == ["chờ biểu mẫu"]

    told = clerk.send(f"/ky/{OURS}/ly-do", {**fields, "expected_on": "2022-09-15"})

    assert "Đã ghi lý do chậm" in told.text
    assert "chờ biểu mẫu; dự kiến hoàn thành ngày 15/9/2022" in (row(site.house, OURS).delay_reason or "")
    assert row(site.house, OURS).work_state == WorkState.OPEN


def test_before_its_time_nothing_is_saved(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    later = report_of(MUONG_VI, YEAR)
    assert "Chưa đến kỳ; biểu nhập mở từ ngày 10/9/2022" in clerk.get(f"/ky/{later}").text
    refused = clerk.send(f"/ky/{later}", {"text": "sớm", "was:": "0.x", "luu": "chung"})
    assert refused.status == 409
    assert _draft(site.house, later) == {}


def test_the_number_of_queries_does_not_grow_with_the_units_below(house: House) -> None:
    """Bát Xát with 21 communes, and before its communes are cut down to three."""
    district = report_of(BAT_XAT)
    with visited(house, "2022-09-12T09:00") as site:
        link = site.by_link(BAT_XAT)
        link.get(f"/ky/{district}")
        with counting(house) as large:
            whole = link.get(f"/ky/{district}")
        small_province(house)
        with counting(house) as small:
            cut = link.get(f"/ky/{district}")
    assert "00/21 xã, thị trấn đã báo cáo" in whole.text
    assert "00/03 xã đã báo cáo" in cut.text
    assert len(large) == len(small) <= 16


_WORDS = st.text("ađ /\n=&", max_size=6)
_SAID = st.fixed_dictionaries(
    {"text": _WORDS, "figures": st.dictionaries(st.sampled_from("abc"), _WORDS), "events": _WORDS}
)


@given(_SAID, _SAID)
def test_a_row_counts_as_changed_exactly_when_it_says_something_else(one: Fields, other: Fields) -> None:
    def plain(said: Fields) -> object:
        figures = {key: str(value).strip() for key, value in dict(said["figures"]).items()}
        return (
            str(said["text"]).strip(),
            str(said["events"]).strip(),
            {k: v for k, v in figures.items() if v.strip(" /\n")},
        )

    typed, beside = RowDraft.model_validate(one), RowDraft.model_validate(other)
    assert (digest(typed) == digest(beside)) == (plain(one) == plain(other))
    assert is_blank(typed) == (plain(one) == ("", "", {}))


def test_numbers_stand_as_they_are_read_and_nothing_leaves_before_its_figures_close(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    typed = {f"fig:{OF_13}:b": "7.024,88", f"fig:{OF_41}:b": "1.200", "xem": "1"}

    review = clerk.send(f"/ky/{OURS}", {**_form(clerk), **typed})

    assert "7.024,88 (đọc là 7 nghìn 024 phẩy 88)" in review.text
    assert "1.200 (đọc là 1 nghìn 200)" in review.text
    assert "gửi được từ thứ Tư, ngày 07/9/2022" in review.text
    assert 'name="gui"' not in review.html
    assert "Đọc là 7 nghìn 024 phẩy 88" in clerk.get(f"/ky/{OURS}").text
    refused = clerk.send(f"/ky/{OURS}/gui", {**form_of(review.html, "/gui"), "gui": "1"})
    assert refused.status == 409
    site.clock.at("2022-09-07T09:00")
    assert 'name="gui"' in clerk.get(f"/ky/{OURS}/gui").html
