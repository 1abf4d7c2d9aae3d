"""A file that has arrived is shown beside its field and is not asked for again; it can be left out again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from store.engine import reading
from store.evidence import files_of
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import HTML, PDF
from tests.support.life.stories import A_MU_SUNG, SIGNED, replay, row, versions_of
from tests.support.pages.unit import FORM, draft_of, field, number, opened, presses, sends, two_communes
from tests.support.pages.visits import Seen, Site, Somebody, visited
from web.frame.render import megabytes

KEY = f"1.2/{A_MU_SUNG}/once"


@pytest.fixture
def site(any_house: House) -> Iterator[Site]:
    two_communes(any_house)
    replay(any_house, SIGNED, "2022-07-18")
    with visited(any_house, "2022-07-18T09:00") as open_site:
        yield open_site


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def _attaches(clerk: Somebody, house: House, typed: dict[str, str | list[str]], do: str) -> Seen:
    form = {**opened(clerk), field(house, KEY, "text"): "Đã làm", **typed, "do": do}
    return sends(clerk, form, {"photo.pdf": PDF}, under=field(house, KEY, "files"))


def _sent(house: House) -> list[str]:
    report = versions_of(house, KEY)[-1].id
    with reading(house.engine) as connection:
        return [file.name for file in files_of(connection, [report]).get(report, ())]


def test_where_the_form_comes_back_the_file_stands_beside_its_field(site: Site, clerk: Somebody) -> None:
    wrong = {field(site.house, KEY, "so-c"): ["22", "21"]}

    page = _attaches(clerk, site.house, wrong, f"send:{number(site.house, KEY)}")

    assert page.status == 400
    assert "Đã lưu: photo.pdf (1 KB) Bỏ photo.pdf Thêm tài liệu kiểm chứng" in page.text


def test_attached_again_all_the_same_it_goes_along_once(site: Site, clerk: Somebody) -> None:
    do = f"send:{number(site.house, KEY)}"
    _attaches(clerk, site.house, {field(site.house, KEY, "so-c"): ["22", "21"]}, do)

    sent = _attaches(clerk, site.house, {field(site.house, KEY, "so-c"): ["21", "21"]}, do)

    assert sent.status == 200
    assert row(site.house, KEY).work_state == WorkState.SUBMITTED
    assert _sent(site.house) == ["photo.pdf"]


@pytest.mark.parametrize("do", ["document", "present", "pass"])
def test_whichever_button_is_refused_no_file_has_to_be_chosen_again(
    site: Site, clerk: Somebody, do: str
) -> None:
    page = _attaches(clerk, site.house, {"leader": "ai-do@xa.example"}, do)

    assert page.status == 400
    assert "Đã lưu: photo.pdf (1 KB)" in page.text
    kept = draft_of(site.house, KEY)
    assert kept is not None
    assert [file["name"] for file in kept.content["files"]] == ["photo.pdf"]


def test_of_many_files_the_bad_ones_are_all_named_and_the_good_one_is_kept(
    site: Site, clerk: Somebody
) -> None:
    house = site.house
    form = {**opened(clerk), field(house, KEY, "text"): "Đã làm", "do": f"send:{number(house, KEY)}"}
    chosen = {"trang.html": HTML, "photo.pdf": PDF, "rong.pdf": b""}

    page = clerk.send(FORM, form, chosen, under=field(house, KEY, "files"))

    assert page.status == 400
    assert "trang.html" in page.text
    assert "rong.pdf" in page.text
    assert "Đã lưu: photo.pdf (1 KB)" in page.text
    assert row(house, KEY).work_state == WorkState.OPEN


def test_what_is_ticked_is_left_out_and_the_rest_goes_along(site: Site, clerk: Somebody) -> None:
    _attaches(clerk, site.house, {}, "draft")
    (stored,) = clerk.get(FORM).values(field(site.house, KEY, "bo-tep"))

    saved = presses(clerk, "draft", {field(site.house, KEY, "bo-tep"): stored})
    assert "photo.pdf" not in saved.text

    presses(clerk, f"send:{number(site.house, KEY)}", {field(site.house, KEY, "without"): "chưa có biên bản"})
    assert row(site.house, KEY).work_state == WorkState.SUBMITTED
    assert _sent(site.house) == []


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 KB"), (1, "1 KB"), (327_680, "320 KB"), (8_283_750, "7,9 MB"), (20 * 1024 * 1024, "20,0 MB")],
)
def test_how_large_a_file_is_reads_as_people_say_it(size: int, said: str) -> None:
    assert megabytes(size) == said
