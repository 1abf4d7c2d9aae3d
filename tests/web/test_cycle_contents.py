"""A long cycle form shows where it stands: what is wanting in its contents, what its figures come to."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from obligations.rights import Seat
from tasks_lib.desk.review import ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import BAT_XAT, MUONG_VI, morning
from tests.support.pages.cycle import YEAR, hands_in, report_of, reported, row_of, small_province
from tests.support.pages.forms import form_of
from tests.support.pages.visits import Site, visited

OURS = report_of(MUONG_VI)
OF_21, OF_25, OF_41 = (row_of(item, MUONG_VI) for item in ("2.1", "2.5", "4.1"))


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    small_province(house)
    with visited(house, "2022-09-06T09:00") as open_site:
        yield open_site


def contents(html: str) -> str:
    """The contents list of a form, its tags left out."""
    found = re.search(r'<nav class="card contents".*?</nav>', html, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())


def test_the_contents_name_every_row_that_is_wanting_and_lead_to_it(site: Site) -> None:
    seen = site.by_link(MUONG_VI).get(f"/ky/{OURS}")

    said = contents(seen.html)
    assert "Đã có nội dung: 00/19 dòng" in said
    assert "Kết quả chung chưa có nội dung" in said
    assert '<progress id="tien-do" max="19" value="0">' in seen.html
    listed = re.search(r'<nav class="card contents".*?</nav>', seen.html, re.DOTALL)
    assert listed is not None
    led_to = re.findall(r'href="#([^"]+)"', listed.group())
    assert sum(anchor.startswith("dong-") for anchor in led_to) == 19
    assert [anchor for anchor in led_to if seen.html.count(f'id="{anchor}"') != 1] == []


def test_what_is_saved_is_wanting_no_more_and_a_content_that_is_whole_says_so(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = form_of(clerk.get(f"/ky/{OURS}").html, f"/ky/{OURS}")
    of_four = [key for key in form if key.startswith("text:") and key.split("/")[1].startswith("4.")]

    said = contents(
        clerk.send(
            f"/ky/{OURS}", {**form, **dict.fromkeys(of_four, "Đã làm"), "text": "Chung", "luu": "chung"}
        ).html
    )

    assert f"Đã có nội dung: {len(of_four):02d}/19 dòng" in said
    assert re.search(rf"4\. [^0-9]+ ✓ đủ {len(of_four):02d} dòng", said)
    assert "Kết quả chung ✓ đã có" in said


def test_a_row_that_must_count_its_events_is_wanting_until_it_does(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = form_of(clerk.get(f"/ky/{OURS}").html, f"/ky/{OURS}")

    without = clerk.send(f"/ky/{OURS}", {**form, f"text:{OF_25}": "Không có dự án", "luu": OF_25})
    assert "00/19 dòng" in contents(without.html)

    again = form_of(without.html, f"/ky/{OURS}")
    counted = clerk.send(f"/ky/{OURS}", {**again, f"fig:{OF_25}:events": "0", "luu": OF_25})
    assert "01/19 dòng" in contents(counted.html)


def test_what_is_not_taken_is_still_wanting(site: Site) -> None:
    clerk = site.by_link(MUONG_VI)
    form = form_of(clerk.get(f"/ky/{OURS}").html, f"/ky/{OURS}")

    refused = clerk.send(f"/ky/{OURS}", {**form, f"fig:{OF_41}:a": ["25", "21"], "luu": OF_41})

    assert refused.status == 400
    assert "00/19 dòng" in contents(refused.html)


def test_asked_for_more_the_rows_that_were_sent_are_not_wanting(house: House) -> None:
    small_province(house)
    said = {item: {"events": 0} for item in ("2.4", "2.5")}
    hands_in(house, MUONG_VI, "2022-09-08", said)
    ask_more(house, Decision(key=OURS, by=BAT_XAT, as_of=morning("2022-09-09"), reason="nêu rõ 4.1"))
    with visited(house, "2022-09-09T10:00") as site:
        seen = site.by_link(MUONG_VI).get(f"/ky/{OURS}")

    assert "19/19 dòng" in contents(seen.html)


def test_sums_stand_as_saved_for_who_has_no_scripts(house: House) -> None:
    small_province(house)
    reported(house)
    key, of_41 = report_of(BAT_XAT), row_of("4.1", BAT_XAT)
    with visited(house, "2022-09-12T09:00") as site:
        desk = site.login(Seat.DESK, BAT_XAT)
        form = form_of(desk.get(f"/ky/{key}").html, f"/ky/{key}")
        seen = desk.send(
            f"/ky/{key}", {**form, f"fig:{of_41}:a": ["1", "1"], f"fig:{of_41}:b": "7", "luu": of_41}
        )

    assert "Cộng cả các đơn vị: 19/22 (86,4%)" in seen.text
    assert "Cộng cả các đơn vị: 12" in seen.text
    assert '<output class="share" data-share>100%</output>' in seen.html


def test_the_years_report_adds_to_what_was_reported_since_january(house: House) -> None:
    small_province(house)
    hands_in(house, MUONG_VI, "2022-09-08", {"4.1": {"a": [18, 21]}, "2.1": {"a": 5}})
    with visited(house, "2022-12-05T09:00") as site:
        seen = site.by_link(MUONG_VI).get(f"/ky/{report_of(MUONG_VI, YEAR)}")

    assert 'Lũy kế từ 01/01: <output data-sum="5" data-alone="5">5</output>' in seen.html
