"""What copying out of a PDF brings along into a form costs nobody the text around it."""

from __future__ import annotations

import pytest

from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, SIGNED, replay, versions_of
from tests.support.pages.unit import draft_of, field, number, presses, two_communes
from tests.support.pages.visits import visited

pytestmark = pytest.mark.both

KEY = f"1.2/{A_MU_SUNG}/once"


def test_a_report_pasted_from_a_pdf_arrives_without_its_controls(any_house: House) -> None:
    two_communes(any_house)
    replay(any_house, SIGNED, "2022-07-08")
    with visited(any_house, "2022-07-08T09:00") as site:
        clerk = site.by_link(A_MU_SUNG)
        pasted = "Đã tuyên truyền\x00 tại\x0c 12 thôn\x1f;\n\tkèm biên bản\x7f"
        typed = {field(any_house, KEY, "text"): pasted, field(any_house, KEY, "so-a"): "5"}
        presses(clerk, f"send:{number(any_house, KEY)}", typed)

    (version,) = versions_of(any_house, KEY)
    assert version.text == "Đã tuyên truyền tại 12 thôn;\n\tkèm biên bản"


@pytest.mark.parametrize("path", ["/don-vi?viec=%00", "/nhiem-vu/1.2%00/x", "/l%00/x", "/?xong=%ED%A0%80"])
def test_an_address_with_signs_that_are_none_is_answered(any_house: House, path: str) -> None:
    with visited(any_house, "2022-07-08T09:00") as site:
        assert site.by_link(A_MU_SUNG).get(path).status in (200, 404)


@pytest.mark.parametrize("typed", ["9" * 5000, "1e999999", "²", "9999999999999999"])
def test_a_figure_that_is_none_is_told_and_stays_typed(any_house: House, typed: str) -> None:
    two_communes(any_house)
    replay(any_house, SIGNED, "2022-07-08")
    with visited(any_house, "2022-07-08T09:00") as site:
        clerk = site.by_link(A_MU_SUNG)
        filled = {field(any_house, KEY, "text"): "Đã làm", field(any_house, KEY, "so-a"): typed}
        page = presses(clerk, f"send:{number(any_house, KEY)}", filled)

    assert page.status == 400
    assert "Số tin, bài, lượt phát thanh về Chỉ số PAPI và dân chủ ở cơ sở: " in page.text
    kept = draft_of(any_house, KEY)
    assert kept is not None
    assert kept.content["figures"]["a"] == typed
    assert versions_of(any_house, KEY) == []
