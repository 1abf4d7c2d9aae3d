"""A commune's one form: from the mail to "đã gửi", and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from obligations.answers import NO_SECRETS
from obligations.model import WorkState
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import HTML, PDF
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, at, history_of, row, versions_of
from tests.support.pages.forms import form_of
from tests.support.pages.unit import (
    FORM,
    draft_of,
    field,
    number,
    opened,
    presses,
    sends,
    two_communes_late,
)
from tests.support.pages.visits import Site, Somebody

KEY, SPOKEN, EARLIER, LATER = (
    f"{item}/{A_MU_SUNG}/{period}"
    for item, period in (("1.2", "once"), ("4.6", "once"), ("2.3", "2022-Q2"), ("2.3", "2022-Q3"))
)
PLAN = f"plan/{A_MU_SUNG}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    yield from two_communes_late(house)


@pytest.fixture
def clerk(site: Site) -> Somebody:
    return site.by_link(A_MU_SUNG, obligation=KEY)


def test_the_form_says_what_is_late_why_and_whom_to_call(clerk: Somebody) -> None:
    page = clerk.get("/")

    assert page.text.index("1.2. Tổ chức thông tin") < page.text.index("4.6. Tuyên truyền")
    for words in (
        "quá hạn 02 ngày làm việc",
        "Hạn cuối thứ Năm, ngày 14/7/2022",
        "đã gửi thư nhắc việc vào các ngày 07/7/2022 và 13/7/2022",
        "Phòng Nội vụ huyện Bát Xát",
        "Đầu mối của đơn vị chưa được xác nhận",
    ):
        assert words in page.text
    assert page.text.count(NO_SECRETS) == 2  # above the fields and at the foot
    assert page.links("tel:")
    assert page.links(f"/ky/report/{A_MU_SUNG}/2022-Q3-report")


def test_from_the_mail_to_sent_in_one_form(site: Site, clerk: Somebody) -> None:
    typed = {
        field(site.house, KEY, "completed_on"): "2022-07-13",
        field(site.house, KEY, "text"): "Đã phát thanh 12 buổi",
        field(site.house, KEY, "so-a"): "1.200",
        field(site.house, KEY, "so-c"): ["18", "21"],
        "drafted_by": "Vàng A Páo",
        "approved_by": "Chủ tịch Lò Văn Sơn",
    }
    form = {**opened(clerk), **typed, "do": f"send:{number(site.house, KEY)}"}

    look = clerk.send(FORM, form, {"biên bản.pdf": PDF}, under=field(site.house, KEY, "files"))
    assert "Xem lại trước khi gửi" in look.text
    for words in (
        "Ngày hoàn thành 13/7/2022",
        "Kết quả thực hiện Đã phát thanh 12 buổi",
        "18/21 (85,7%)",
        "Tệp kèm theo biên bản.pdf",
    ):
        assert words in look.text
    assert "1.200 tin, bài, lượt (đọc là 1 nghìn 200)" in look.text
    assert row(site.house, KEY).work_state == WorkState.OPEN
    page = clerk.send(FORM, {**form_of(look.html, FORM), "do": form["do"]})

    assert "Nhiệm vụ 1.2: đã gửi lúc 09:00 ngày 18/7/2022" in page.text
    assert (
        "UBND huyện Bát Xát (Phòng Nội vụ huyện Bát Xát) xem xét trước khi hết thứ Hai, ngày 25/7/2022"
        in page.text
    )
    assert "Còn phải thực hiện: 09" in page.text
    stored, (version,) = row(site.house, KEY), versions_of(site.house, KEY)
    assert (stored.work_state, stored.done_on) == (WorkState.SUBMITTED, date(2022, 7, 13))
    assert version.figures == {"a": 1200, "c": [18, 21]}
    assert (version.drafted_by, version.approved_by) == ("Vàng A Páo", "Chủ tịch Lò Văn Sơn")
    said = history_of(site.house, KEY)[-1]
    assert (said.person, said.by) == ("UBND xã A Mú Sung", A_MU_SUNG)
    assert "người soạn Vàng A Páo; người duyệt Chủ tịch Lò Văn Sơn" in said.why
    again = clerk.get(FORM)
    assert "Đã gửi, chờ xem xét: 01" in again.text


def test_opening_a_link_changes_nothing(site: Site, clerk: Somebody) -> None:
    before = len(history_of(site.house, KEY))

    for path in ("/", FORM, "/don-vi/da-gui", "/dau-moi", f"/phieu/sheet/{A_MU_SUNG}/2022-07"):
        assert clerk.get(path).status == 200

    assert len(history_of(site.house, KEY)) == before
    assert draft_of(site.house, KEY) is None


def test_what_is_right_is_in_and_what_is_wrong_is_told_and_kept(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {
        field(house, KEY, "text"): "Kết quả của 1.2",
        field(house, KEY, "so-c"): ["22", "21"],
        field(house, SPOKEN, "text"): "Kết quả của 4.6",
        field(house, SPOKEN, "so-a"): "2",
    }
    form = {**opened(clerk), **typed, "do": "send"}

    page = sends(clerk, form, {"ảnh.pdf": PDF}, under=field(house, KEY, "files"))

    assert page.status == 400
    assert "Đã gửi: nhiệm vụ 4.6." in page.text
    assert "tổ dân phố đã được tuyên truyền: số thứ nhất (22) lớn hơn tổng số (21)" in page.text
    assert "Kết quả của 1.2" in page.html
    assert row(house, SPOKEN).work_state == WorkState.SUBMITTED
    assert row(house, KEY).work_state == WorkState.OPEN
    # The file need not be chosen again: it stands in the draft, and goes along when the number is mended.
    mended = presses(clerk, f"send:{number(house, KEY)}", {field(house, KEY, "so-c"): ["21", "21"]})
    assert mended.status == 200
    assert mended.address.startswith("/l/")
    assert row(house, KEY).work_state == WorkState.SUBMITTED
    detail = clerk.get(f"/nhiem-vu/{KEY}")
    assert "ảnh.pdf" in detail.text


def test_a_file_nobody_takes_is_named_and_the_rest_stays_typed(site: Site, clerk: Somebody) -> None:
    form = {
        **opened(clerk),
        field(site.house, KEY, "text"): "Đã làm",
        "do": f"send:{number(site.house, KEY)}",
    }

    page = clerk.send(FORM, form, {"trang.html": HTML}, under=field(site.house, KEY, "files"))

    assert page.status == 400
    assert "trang.html" in page.text
    assert "Đã làm" in page.html
    assert row(site.house, KEY).work_state == WorkState.OPEN


def test_sending_one_task_keeps_what_was_typed_in_the_others(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {field(house, KEY, "so-a"): "7", field(house, SPOKEN, "text"): "Đang viết dở 4.6"}

    page = presses(clerk, f"send:{number(house, KEY)}", typed)

    assert "Nhiệm vụ 1.2: đã gửi" in page.text
    assert row(house, SPOKEN).work_state == WorkState.OPEN
    assert "Đang viết dở 4.6" in clerk.get(FORM).html


def test_one_document_answers_many_tasks_from_its_own_day(site: Site, clerk: Somebody) -> None:
    house = site.house
    paper = {
        "doc": [number(house, KEY), number(house, EARLIER)],
        "doc-number": "45/BC-UBND",
        "doc-signed_on": "13/7/2022",
        "doc-signer": "Lò Văn Sơn",
        "doc-summary": "Báo cáo kết quả",
    }

    page = presses(clerk, "document", paper)

    assert "Nhiệm vụ 1.2: đã gửi" in page.text
    assert "Nhiệm vụ 2.3 (Quý II/2022): đã gửi" in page.text
    assert row(house, KEY).done_on == row(house, EARLIER).done_on == date(2022, 7, 13)
    assert "văn bản số 45/BC-UBND ngày 13/7/2022" in history_of(house, KEY)[-1].why
    assert "rút dấu quá hạn" in history_of(house, KEY)[-1].why


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"doc-number": "45/BC"}, "đánh dấu ít nhất một nhiệm vụ"),
        ({"doc": "KEY"}, "nhập số, ký hiệu của văn bản"),
        ({"doc": "KEY", "doc-number": "45/BC"}, "nhập ngày của văn bản"),
        ({"doc": "KEY", "doc-number": "45/BC", "doc-signed_on": "2022-07-19"}, "ở sau ngày ghi nhận"),
        ({"doc": "KEY", "doc-number": "45/BC", "doc-signed_on": "hôm qua"}, "ví dụ 18/7/2022"),
    ],
)
def test_an_incomplete_document_is_told_and_stays_typed(
    site: Site, clerk: Somebody, typed: dict[str, str], said: str
) -> None:
    ticks = {**typed, "doc": number(site.house, KEY) if "doc" in typed else []}

    page = presses(clerk, "document", ticks)

    assert page.status == 400
    assert said in page.text
    assert "doc-number" not in typed or typed["doc-number"] in page.values("doc-number")
    assert row(site.house, KEY).work_state == WorkState.OPEN


def test_nothing_arose_is_offered_and_taken_only_where_the_plans_data_allows_it(
    site: Site, clerk: Somebody
) -> None:
    house = site.house
    event = Event(item="2.4", agency=BAT_XAT, on=date(2022, 7, 15), title="Kế hoạch sử dụng đất năm 2023")
    key = record_event(house, event, BAT_XAT, at("2022-07-18T08:30")).obligation
    district = site.by_link(BAT_XAT)
    tick = field(house, key, "nothing")

    refused = presses(clerk, f"send:{number(house, KEY)}", {field(house, KEY, "nothing"): "1"})
    mixed = presses(district, f"send:{number(house, key)}", {tick: "1", field(house, key, "so-a"): "3"})
    done = presses(district, f"send:{number(house, key)}", {tick: "1", field(house, key, "so-a"): ""})

    assert "Không phát sinh trong kỳ" not in clerk.get(FORM).text
    assert "không nhận trả lời 'không phát sinh'" in refused.text
    assert row(house, KEY).work_state == WorkState.OPEN
    assert "đã chọn 'Không phát sinh' thì không nhập số liệu" in mixed.text
    assert 'đã ghi nhận câu trả lời "Không phát sinh"' in done.text
    assert row(house, key).work_state == WorkState.NOTHING_AROSE


def test_a_task_is_not_sent_empty_without_saying_why(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {field(house, KEY, "text"): "Đã làm xong"}

    refused = presses(clerk, f"send:{number(house, KEY)}", typed)
    sent = presses(clerk, f"send:{number(house, KEY)}", {**typed, field(house, KEY, "without"): "chờ ký"})

    assert "báo cáo còn để trống: nhập ít nhất một số liệu (Số tin, bài" in refused.text
    assert "Đã làm xong" in refused.html
    assert "Nhiệm vụ 1.2: đã gửi" in sent.text
    assert versions_of(house, KEY)[-1].text == "Đã làm xong\nChưa có số liệu, tài liệu kèm theo: chờ ký"


def test_a_reason_is_stated_without_handing_in(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {
        field(house, KEY, "reason"): "guidance",
        field(house, KEY, "reason_note"): "chờ văn bản của huyện",
        field(house, KEY, "expected_on"): "2022-07-25",
        field(house, KEY, "ask_until"): "2022-07-29",
        field(house, KEY, "text"): "Đã làm được một nửa",
    }

    page = presses(clerk, f"explain:{number(house, KEY)}", typed)

    assert "Đã ghi nhận lý do" in page.text
    stored = row(house, KEY)
    assert stored.work_state == WorkState.OPEN
    assert stored.delay_reason.startswith("chờ hướng dẫn; chờ văn bản của huyện")
    assert [h.what for h in history_of(house, KEY)][-2:] == ["explain", "ask-extension"]
    assert "Lý do đã nêu chờ hướng dẫn" in page.text


def test_a_late_report_may_say_why(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {field(house, KEY, "so-a"): "5", field(house, KEY, "reason"): "staff"}

    presses(clerk, f"send:{number(house, KEY)}", typed)

    assert row(house, KEY).work_state == WorkState.SUBMITTED
    assert row(house, KEY).delay_reason == "nhân sự"


def test_the_units_own_plan_names_its_document_and_its_people(site: Site, clerk: Somebody) -> None:
    house = site.house
    typed = {
        field(house, PLAN, "number"): "12/KH-UBND",
        field(house, PLAN, "signed_on"): "2022-07-12",
        field(house, PLAN, "leader"): "Lò Văn Sơn",
        field(house, PLAN, "officer"): "Vàng A Páo",
    }

    page = presses(clerk, f"send:{number(house, PLAN)}", typed)

    assert "Kế hoạch của đơn vị: đã gửi" in page.text
    assert row(house, PLAN).done_on == date(2022, 7, 12)
    assert (
        versions_of(house, PLAN)[-1].text == "Lãnh đạo phụ trách: Lò Văn Sơn; Công chức tham mưu: Vàng A Páo"
    )
    contacts = clerk.get("/dau-moi")
    # Their names are proposed for the posts they take, whose addresses stay.
    assert f"Lãnh đạo phụ trách: Lò Văn Sơn, lanhdao.{A_MU_SUNG}@laocai.example" in contacts.text
    assert "Công chức tham mưu: Vàng A Páo" in contacts.text
    assert "Lò Văn Sơn" not in contacts.values("name")
