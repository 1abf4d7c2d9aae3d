"""A unit's form that comes back says all that is wrong at once, each fault at its field, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from obligations.model import WorkState
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import CODES, is_told_at, told
from tests.support.life.samples import HTML
from tests.support.life.stories import A_MU_SUNG, SIGNED, replay, row
from tests.support.pages.unit import FORM, field, number, opened, presses, two_communes
from tests.support.pages.visits import Site, Somebody, visited

KEY, QUARTERLY = f"1.2/{A_MU_SUNG}/once", f"2.3/{A_MU_SUNG}/2022-Q2"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-18")
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def test_three_mistakes_are_told_at_once_each_at_its_field(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {
        field(house, KEY, "completed_on"): "2022-07-20",
        field(house, KEY, "text"): "Đã phát thanh",
        field(house, KEY, "so-a"): "mười hai",
        field(house, KEY, "so-c"): ["22", "21"],
    }

    page = presses(clerk, f"send:{number(house, KEY)}", typed)

    assert page.status == 400
    assert "<title>Lỗi: Việc của đơn vị" in page.html
    assert "Có 03 nội dung cần sửa" in page.text
    wheres = [f"f-{field(house, KEY, name)}" for name in ("completed_on", "a", "c")]
    said = (
        "Nhiệm vụ 1.2: ngày hoàn thành 20/7/2022 ở sau ngày cập nhật 18/7/2022",
        "Nhiệm vụ 1.2: Số tin, bài, lượt phát thanh về Chỉ số PAPI và dân chủ ở cơ sở: cần một số đếm",
        "Nhiệm vụ 1.2: Tỷ lệ thôn, tổ dân phố đã được tuyên truyền: số thứ nhất (22) lớn hơn tổng số (21)",
    )
    assert [where for where, _ in told(page)] == wheres
    for (where, words), wanted in zip(told(page), said, strict=True):
        assert words.startswith(wanted)
        assert is_told_at(page, where)
    assert not CODES.search(page.text)
    assert page.values(field(house, KEY, "so-a")) == ["mười hai"]
    assert page.values(field(house, KEY, "so-c")) == ["22", "21"]
    assert "Đã phát thanh" in page.html
    assert row(house, KEY).work_state == WorkState.OPEN


def test_a_form_without_faults_says_none(clerk: Somebody) -> None:
    page = clerk.get(FORM)

    assert "Lỗi:" not in page.html
    assert "aria-invalid" not in page.html
    assert 'id="can-sua"' not in page.html


def test_a_file_that_is_not_taken_is_told_beside_the_other_faults(site: Site, clerk: Somebody) -> None:
    house = site.house
    form = {
        **opened(clerk),
        field(house, KEY, "completed_on"): "hôm kia",
        "do": f"send:{number(house, KEY)}",
    }

    page = clerk.send(FORM, form, {"trang.html": HTML}, under=field(house, KEY, "files"))

    wheres = [f"f-{field(house, KEY, name)}" for name in ("completed_on", "files")]
    assert [where for where, _ in told(page)] == wheres
    assert "không đọc được ngày 'hôm kia': viết ngày/tháng/năm" in page.text
    assert "trang.html" in told(page)[1][1]


def test_an_empty_quarterly_task_is_named_by_its_quarter_and_leads_to_its_first_figure(
    site: Site, clerk: Somebody
) -> None:
    house = site.house

    page = presses(clerk, f"send:{number(house, QUARTERLY)}", {field(house, QUARTERLY, "text"): "Đã làm"})

    ((where, words),) = told(page)
    assert where == f"f-{field(house, QUARTERLY, 'a')}"
    assert words.startswith("Nhiệm vụ 2.3 (Quý II/2022): báo cáo còn để trống: nhập ít nhất một số liệu")
    assert not CODES.search(page.text)


def test_a_reason_for_delay_is_told_at_its_own_fields(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {
        field(house, KEY, "reason"): "other",
        field(house, KEY, "expected_on"): "2022-07-01",
        field(house, KEY, "ask_until"): "2022-07-10",
    }

    page = presses(clerk, f"explain:{number(house, KEY)}", typed)

    names = ("reason_note", "expected_on", "ask_until")
    assert [where for where, _ in told(page)] == [f"f-{field(house, KEY, name)}" for name in names]
    assert "Nhiệm vụ 1.2: ngày dự kiến 01/7/2022 đã qua" in page.text
    assert "ngày đề nghị 10/7/2022 phải sau hạn cuối 14/7/2022 và sau hôm nay" in page.text
    assert not CODES.search(page.text)


def test_without_a_reason_chosen_the_days_are_looked_at_as_well(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {
        field(house, KEY, "expected_on"): "1/7/2022",
        field(house, KEY, "ask_until"): "hôm nay",
    }

    page = presses(clerk, f"explain:{number(house, KEY)}", typed)

    names = ("reason", "ask_until", "expected_on")
    assert [where for where, _ in told(page)] == [f"f-{field(house, KEY, name)}" for name in names]
    assert "Nhiệm vụ 1.2: ngày dự kiến 01/7/2022 đã qua" in page.text


def test_a_document_lacks_all_it_lacks_at_once(site: Site, clerk: Somebody) -> None:
    page = presses(clerk, "document", {"doc": [], "doc-summary": "Báo cáo kết quả"})

    assert [where for where, _ in told(page)] == ["f-doc-number", "f-doc-signed_on", "f-doc"]


def test_one_documents_day_is_told_once_for_all_it_answers(site: Site, clerk: Somebody) -> None:
    house = site.house
    paper = {
        "doc": [number(house, KEY), number(house, QUARTERLY)],
        "doc-number": "45/BC-UBND",
        "doc-signed_on": "2022-07-19",
    }

    page = presses(clerk, "document", paper)

    assert [where for where, _ in told(page)] == ["f-doc-signed_on"]


def test_what_cannot_be_presented_is_told_at_its_fields(site: Site, clerk: Somebody) -> None:
    house = site.house
    leader = f"lanhdao.{A_MU_SUNG}@laocai.example"
    typed = {
        field(house, KEY, "so-a"): "x",
        field(house, KEY, "so-b"): "y",
        field(house, QUARTERLY, "text"): "z",
        "leader": leader,
    }

    page = presses(clerk, "present", typed)

    wheres = [f"f-{field(house, *at)}" for at in ((KEY, "a"), (KEY, "b"), (QUARTERLY, "a"))]
    assert sorted(where for where, _ in told(page)) == sorted(wheres)
    assert not CODES.search(page.text)
