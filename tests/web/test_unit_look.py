"""What a unit is about to send is shown once more, whatever it is; only what was shown is sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, row, versions_of
from tests.support.pages.forms import form_of
from tests.support.pages.unit import FORM, confirms, field, number, opened, two_communes_late
from tests.support.pages.visits import Site, Somebody

KEY = f"1.2/{A_MU_SUNG}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    yield from two_communes_late(house)


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def test_what_will_be_sent_is_always_shown_first_and_what_is_changed_then_is_shown_again(
    site: Site, clerk: Somebody
) -> None:
    house = site.house
    send = f"send:{number(house, KEY)}"
    typed = {field(house, KEY, "text"): "Đã phát thanh", field(house, KEY, "without"): "chờ ký"}
    look = clerk.send(FORM, {**opened(clerk), **typed, "do": send})

    assert "Chưa gửi; nội dung đã nhập được lưu tạm." in look.text
    assert (
        "Kết quả thực hiện Đã phát thanh Lý do chưa có số liệu, tài liệu chờ ký Tệp kèm theo không có"
        in look.text
    )
    assert row(house, KEY).work_state == WorkState.OPEN
    other = form_of(look.html, FORM) | {field(house, KEY, "text"): ["Đã phát thanh 12 buổi"]}
    again = clerk.send(FORM, {**other, "do": send})
    assert "Kết quả thực hiện Đã phát thanh 12 buổi" in again.text
    assert row(house, KEY).work_state == WorkState.OPEN

    assert "đã gửi lúc" in confirms(clerk, again, send).text
    (version,) = versions_of(house, KEY)
    assert version.text.startswith("Đã phát thanh 12 buổi")


def test_a_paper_is_shown_first_too(site: Site, clerk: Somebody) -> None:
    house = site.house
    paper = {"doc": [number(house, KEY)], "doc-number": "45/BC-UBND", "doc-signed_on": "13/7/2022"}

    look = clerk.send(FORM, {**opened(clerk), **paper, "do": "document"})

    assert "Số, ký hiệu văn bản 45/BC-UBND Ngày văn bản 13/7/2022" in look.text
    assert row(house, KEY).work_state == WorkState.OPEN
    assert "đã gửi lúc" in confirms(clerk, look, "document").text
