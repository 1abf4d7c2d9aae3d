"""A commune's one form: what it remembers, gives back, asks about, and keeps on the device."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from obligations.model import WorkState
from obligations.rights import Seat
from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    at,
    reports_in,
    row,
    versions_of,
)
from tests.support.pages.forms import form_of
from tests.support.pages.unit import FORM, draft_of, field, number, opened, presses, sends, two_communes_late
from tests.support.pages.visits import Site, Somebody, counting

KEY, SPOKEN, EARLIER, LATER = (
    f"{item}/{A_MU_SUNG}/{period}"
    for item, period in (("1.2", "once"), ("4.6", "once"), ("2.3", "2022-Q2"), ("2.3", "2022-Q3"))
)


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    yield from two_communes_late(house)


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def test_last_periods_figures_stand_beside_and_are_carried(site: Site) -> None:
    house = site.house
    reports_in(
        house, EARLIER, "2022-07-18T10:00", Answer(text="Quý II", figures={"a": "có", "b": "30", "c": "2"})
    )
    site.clock.at("2022-10-05T09:00")
    clerk = site.by_link(A_MU_SUNG, obligation=LATER)

    page = clerk.get(FORM)
    typed = {field(house, LATER, "carry"): "1", field(house, LATER, "so-c"): "5"}
    presses(clerk, f"send:{number(house, LATER)}", typed)

    assert "Kỳ trước: 30" in page.text
    (version,) = versions_of(house, LATER)
    assert version.figures == {"a": True, "b": 30, "c": 5}


def test_asked_for_more_the_form_says_what_and_until_when(site: Site) -> None:
    house = site.house
    clerk = site.by_link(A_MU_SUNG)
    form = {**opened(clerk), field(house, KEY, "text"): "Lần đầu", "do": f"send:{number(house, KEY)}"}
    sends(clerk, form, {"biên bản.pdf": PDF}, under=field(house, KEY, "files"))
    ask_more(house, Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-19T08:00"), reason="bổ sung số thôn"))
    site.clock.at("2022-07-19T14:00")

    page = clerk.get(FORM)
    assert "Đề nghị bổ sung: bổ sung số thôn (đến hết 22/7/2022)" in page.text
    assert "Lần đầu" in page.html
    assert "biên bản.pdf" in page.text
    # Untouched, it is not sent again by the button for all.
    assert "chưa nhập nội dung nào" in presses(clerk, "send", {}).text
    presses(clerk, f"send:{number(house, KEY)}", {field(house, KEY, "text"): "Lần hai"})

    assert [v.text for v in versions_of(house, KEY)] == ["Lần đầu", "Lần hai"]
    assert row(house, KEY).work_state == WorkState.SUBMITTED
    assert clerk.get(f"/nhiem-vu/{KEY}").text.count("biên bản.pdf") >= 1


def test_what_was_closed_meanwhile_is_refused_and_given_back(site: Site, clerk: Somebody) -> None:
    house = site.house
    form = {**opened(clerk), field(house, KEY, "text"): "Bản gõ dở", "do": f"send:{number(house, KEY)}"}
    reports_in(house, KEY, "2022-07-18T09:30")
    accept(house, Decision(key=KEY, by=BAT_XAT, as_of=at("2022-07-18T09:40")))

    page = clerk.send(FORM, form)

    assert page.status == 409
    assert "phiên bản 0 không còn là mới nhất" in page.text
    assert "Kết quả thực hiện" in page.text
    assert "Bản gõ dở" in page.html
    assert len(versions_of(house, KEY)) == 1


def test_another_units_task_is_not_answered(site: Site, clerk: Somebody) -> None:
    theirs = f"1.2/{MUONG_VI}/once"
    form = {**opened(clerk), "viec": f"{theirs}@0", field(site.house, theirs, "text"): "x", "do": "send"}

    page = clerk.send(FORM, form)

    assert page.status == 403
    assert row(site.house, theirs).work_state == WorkState.OPEN
    assert draft_of(site.house, theirs) is None


def test_markup_typed_is_only_text(site: Site, clerk: Somebody) -> None:
    nasty = "<script>alert(1)</script> & Bcc: x@y.example"

    presses(clerk, "draft", {field(site.house, KEY, "text"): nasty})
    page = clerk.get(FORM)

    assert "<script>alert" not in page.html
    assert nasty in page.text or "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Bcc" in page.html


class _Fields(HTMLParser):
    """Finds fields outside a form whose text a browser keeps, and what a bare Enter would press."""

    def __init__(self) -> None:
        super().__init__()
        self._form: dict[str, str | None] = {}
        self.loose: list[str] = []
        self.first_button = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._form = given
        # No browser may keep which file was chosen.
        typed = given.get("type") not in ("hidden", "file")
        field_of_its_own = tag in ("input", "textarea", "select") and typed
        if field_of_its_own and "data-keep" not in self._form:
            self.loose.append(str(given.get("name")))
        if tag == "button" and "data-keep" in self._form and not self.first_button:
            self.first_button = f"{given.get('name')}={given.get('value')}"

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = {}


def test_every_field_is_kept_on_the_device_and_enter_only_saves(clerk: Somebody) -> None:
    reader = _Fields()
    reader.feed(clerk.get(FORM).html)

    assert reader.loose == []
    assert reader.first_button == "do=draft"


def test_signed_in_the_same_form_is_there_with_its_token(site: Site) -> None:
    officer = site.login(Seat.OFFICER, A_MU_SUNG)

    page = presses(officer, f"send:{number(site.house, KEY)}", {field(site.house, KEY, "so-a"): "5"})

    assert page.address.startswith("/don-vi/da-gui")
    assert row(site.house, KEY).work_state == WorkState.SUBMITTED


def test_as_many_queries_for_one_task_as_for_ten(site: Site, clerk: Somebody) -> None:
    def statements() -> int:
        with counting(site.house) as found:
            assert clerk.get(FORM).status == 200
        return len(found)

    many = statements()
    for key in (SPOKEN, *(f"5.{n}/{A_MU_SUNG}/once" for n in (1, 2, 3))):
        reports_in(site.house, key, "2022-07-18T09:30")
        accept(site.house, Decision(key=key, by=BAT_XAT, as_of=at("2022-07-18T09:40")))

    assert statements() == many
    assert many <= 12


def test_a_number_far_from_the_last_periods_is_asked_about_and_the_desk_sees_it(site: Site) -> None:
    house = site.house
    said = Answer(text="Quý II", figures={"a": "có", "b": "30", "c": "2"})
    reports_in(house, EARLIER, "2022-07-18T10:00", said)
    site.clock.at("2022-10-05T09:00")
    clerk, send = site.by_link(A_MU_SUNG, obligation=LATER), f"send:{number(house, LATER)}"
    typed = {field(house, LATER, "so-b"): "30", field(house, LATER, "so-c"): "60"}

    look = clerk.send(FORM, {**opened(clerk), **typed, "do": send})
    form = form_of(look.html, FORM)
    other = clerk.send(FORM, {**form, field(house, LATER, "so-c"): "600", "do": send})
    done = clerk.send(FORM, {**form_of(other.html, FORM), field(house, LATER, "so-c"): "60", "do": send})

    assert "gấp 30 lần kỳ trước" in look.text
    assert "gấp 300 lần kỳ trước" in other.text  # what was shown is what is sent, and nothing else
    assert "gấp 30 lần kỳ trước" in done.text
    sent = clerk.send(FORM, {**form_of(done.html, FORM), "do": send})
    assert "đã gửi lúc" in sent.text
    desk = site.login(Seat.DESK, BAT_XAT).get(f"/nhiem-vu/{LATER}")
    assert "Số liệu cần kiểm tra lại với đơn vị" in desk.text
    assert "gấp 30 lần kỳ trước" in desk.text


def test_what_was_sent_is_taken_back_until_the_desk_opens_it(site: Site, clerk: Somebody) -> None:
    house = site.house
    presses(clerk, f"send:{number(house, KEY)}", {field(house, KEY, "so-a"): "7"})
    site.clock.at("2022-07-18T09:10")

    sent = clerk.get(f"/nhiem-vu/{KEY}")
    assert "Rút lại để sửa" in sent.text
    page = clerk.send(f"/nhiem-vu/{KEY}/rut-lai", form_of(sent.html, "/rut-lai"))

    assert "Đã rút lại báo cáo; sửa rồi gửi lại" in page.text
    assert page.values(field(house, KEY, "so-a")) == ["7"]
    assert row(house, KEY).work_state == WorkState.OPEN
    presses(clerk, f"send:{number(house, KEY)}", {field(house, KEY, "so-a"): "9"})
    stale = clerk.get(f"/nhiem-vu/{KEY}")
    site.login(Seat.DESK, BAT_XAT).get(f"/nhiem-vu/{KEY}")
    assert "Rút lại để sửa" not in clerk.get(f"/nhiem-vu/{KEY}").text
    late = clerk.send(f"/nhiem-vu/{KEY}/rut-lai", form_of(stale.html, "/rut-lai"))
    assert late.status == 409
    assert "Nơi xem xét đã mở xem" in late.text
    assert [v.figures for v in versions_of(house, KEY)] == [{"a": 7}, {"a": 9}]
