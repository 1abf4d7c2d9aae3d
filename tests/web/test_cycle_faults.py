"""A cycle report's form that comes back says all that is wrong at once, each fault at its row's field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.engine import reading
from store.ledger import find
from tasks_lib.answering.sql.drafts import draft_of
from tasks_lib.kernel.bootstrap import House
from tests.support.faults.faults import CODES, is_told_at, told
from tests.support.life.samples import HTML, PDF
from tests.support.life.stories import MUONG_VI
from tests.support.pages.cycle import report_of, row_of, small_province
from tests.support.pages.forms import Fields, form_of
from tests.support.pages.visits import Site, Somebody, visited

OURS = report_of(MUONG_VI)
FORM = f"/ky/{OURS}"
OF_41, OF_13, OF_21 = (row_of(item, MUONG_VI) for item in ("4.1", "1.3", "2.1"))


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    small_province(house)
    with visited(house, "2022-09-06T09:00") as open_site:
        yield open_site


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(MUONG_VI)


def _form(clerk: Somebody) -> Fields:
    return form_of(clerk.get(FORM).html, FORM)


def _texts(form: Fields) -> Iterator[str]:
    """The keys of the form's rows in their order."""
    return (name.removeprefix("text:") for name in form if name.startswith("text:"))


def _kept(house: House) -> dict[str, object]:
    with reading(house.engine) as connection:
        draft = draft_of(connection, find(connection, house.plan.key, OURS).id)
    return dict(draft.content) if draft is not None else {}


def test_three_mistakes_in_two_rows_are_told_at_once_each_at_its_field(site: Site, clerk: Somebody) -> None:
    form = _form(clerk)
    of_13, of_41 = ([*_texts(form)].index(key) + 1 for key in (OF_13, OF_41))
    typed = {
        f"fig:{OF_41}:a": ["25", "21"],
        f"est:{OF_41}:b": "vài trăm",
        f"text:{OF_41}": "đang nhập",
        f"fig:{OF_13}:c": "mười hai",
        f"text:{OF_21}": "Đã làm",
        "luu-het": "1",
    }

    page = clerk.send(FORM, {**form, **typed})

    assert page.status == 400
    assert "Có 03 nội dung cần sửa" in page.text
    wheres = [f"so-{of_13}-c", f"so-{of_41}-a", f"uoc-{of_41}-b"]
    assert [where for where, _ in told(page)] == wheres
    assert told(page)[0][1].startswith("Nhiệm vụ 1.3: ")
    assert "số thứ nhất (25) lớn hơn tổng số (21)" in told(page)[1][1]
    for where in wheres:
        assert is_told_at(page, where)
    assert not CODES.search(page.text)
    again = form_of(page.html, FORM)
    assert again[f"fig:{OF_41}:a"] == ["25", "21"]
    assert again[f"est:{OF_41}:b"] == ["vài trăm"]
    assert again[f"text:{OF_41}"] == ["đang nhập"]
    assert set(_kept(site.house)["rows"]) == {OF_21}  # type: ignore[call-overload]


def test_of_several_files_the_good_one_is_kept_and_so_are_the_rows(site: Site, clerk: Somebody) -> None:
    typed = {f"text:{OF_41}": "Đã niêm yết", "luu": OF_41}

    page = clerk.send(FORM, {**_form(clerk), **typed}, {"trang.html": HTML, "anh.pdf": PDF}, under="evidence")

    assert page.status == 400
    ((where, words),) = told(page)
    assert (where, "trang.html" in words) == ("f-evidence", True)
    assert "Đã lưu: anh.pdf (1 KB)" in page.text
    kept = _kept(site.house)
    assert [file["name"] for file in kept["files"]] == ["anh.pdf"]  # type: ignore[attr-defined]
    assert set(kept["rows"]) == {OF_41}  # type: ignore[call-overload]


def test_a_reason_for_delay_is_told_at_its_own_fields_and_stays_typed(clerk: Somebody) -> None:
    typed = {"reason": "", "reason_note": "mưa lũ", "expected_on": "31/13/2022", "ask_until": "mai"}

    page = clerk.send(f"{FORM}/ly-do", {**form_of(clerk.get(FORM).html, f"{FORM}/ly-do"), **typed})

    assert [where for where, _ in told(page)] == ["f-reason", "f-expected_on", "f-ask_until"]
    assert page.values("expected_on") == ["31/13/2022"]
    assert '<details class="card" open id="ly-do">' in page.html
    assert not CODES.search(page.text)
