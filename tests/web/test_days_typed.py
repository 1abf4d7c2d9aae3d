"""Days are typed as people write them, whatever the browser speaks: 3/10 is never the tenth of March."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, leave_only, replay
from tests.support.pages.forms import form_of
from tests.support.pages.unit import FORM, field, number
from tests.support.pages.visits import Site, visited

TASK = f"1.2/{A_MU_SUNG}/once"
CYCLE = f"report/{A_MU_SUNG}/2022-Q3-report"
INPUT = re.compile(r"<input [^>]*>")


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    leave_only(house, TASK, CYCLE)
    replay(house, "2022-06-30", "2022-09-28")
    with visited(house, "2022-09-28T09:00") as open_site:
        yield open_site


def pages(site: Site) -> dict[str, str]:
    """Every page on which a day can be typed, by what it is."""
    desk, ops = site.by_link(BAT_XAT, review=True), site.login(Seat.OPS)
    focal = site.login(Seat.COORDINATOR)
    found = {
        "the unit's form": site.by_link(A_MU_SUNG).get("/"),
        "a cycle report": site.by_link(A_MU_SUNG).get(f"/ky/{CYCLE}"),
        "what a desk does": desk.get(f"/nhiem-vu/{TASK}"),
        "a desk's queue": desk.get("/hang-doi"),
        "what the collator does": focal.get(f"/nhiem-vu/{TASK}"),
        "pauses": focal.get("/tam-dung"),
        "the start": ops.get("/bat-dau"),
        "today's mails": focal.get("/thu-hom-nay"),
    }
    assert {name: page.status for name, page in found.items()} == dict.fromkeys(found, 200)
    return {name: page.html for name, page in found.items()}


def test_no_box_leaves_the_order_of_day_and_month_to_the_browser(site: Site) -> None:
    with_days = 0
    for name, text in pages(site).items():
        shown = [box for box in INPUT.findall(text) if 'type="hidden"' not in box]
        assert not [box for box in shown if 'type="date"' in box], name
        assert not [box for box in shown if re.search(r'value="\d{4}-\d\d-\d\d"', box)], name
        with_days += sum('placeholder="ngày/tháng/năm"' in box for box in shown)
    assert with_days >= 12


@pytest.mark.parametrize("typed", ["3/10/2022", "03/10/2022", "3.10.2022", "3-10-2022", "2022-10-03"])
def test_the_third_of_october_is_read_so_and_shown_so(site: Site, typed: str) -> None:
    page = site.login(Seat.COORDINATOR).get(f"/thu-hom-nay?ngay={typed}")

    assert page.values("ngay") == ["03/10/2022"]


def test_what_is_no_day_stands_there_as_it_was_typed(site: Site) -> None:
    unit = site.by_link(A_MU_SUNG, obligation=TASK)
    box = field(site.house, TASK, "completed_on")
    form = form_of(unit.get(FORM).html, FORM)
    text = {field(site.house, TASK, "text"): "Đã phát thanh", "drafted_by": "Vàng A Páo"}

    page = unit.send(FORM, {**form, **text, box: "31/9/2022", "do": f"send:{number(site.house, TASK)}"})

    assert "không đọc được ngày '31/9/2022': viết ngày/tháng/năm, ví dụ 18/7/2022" in page.text
    assert page.values(box) == ["31/9/2022"]
