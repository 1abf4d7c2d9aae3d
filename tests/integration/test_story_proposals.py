"""The list "Đề xuất báo cáo UBND tỉnh": filled by the ladder, decided by people, sent by no machine."""

import docx
import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.proposals import drop, list_entries, release
from tasks_lib.papers.listing import list_papers
from tasks_lib.papers.making import file_of
from tests.support.life.days import set_days
from tests.support.life.letters import all_messages, messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    UBND_TINH,
    history_of,
    leave_only,
    morning,
    proposed,
    replay,
    replay_with_mail,
    reports_in,
)

COURT = "toa-an-nhan-dan-tinh"
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


def test_ten_working_days_late_enters_the_list_with_its_district(any_house: House) -> None:
    leave_only(any_house, ONE, TWO)
    replay(any_house, SIGNED, "2022-07-27")
    assert list_entries(any_house) == []

    replay(any_house, "2022-07-28", "2022-07-28")

    entries = list_entries(any_house)
    assert [(e["obligation"], e["district"], e["entered_on"]) for e in entries] == [
        (ONE, "huyện Bát Xát", "2022-07-28"),
        (TWO, "huyện Bát Xát", "2022-07-28"),
    ]


def test_a_report_takes_it_off_the_list(house: House) -> None:
    leave_only(house, ONE, TWO)
    replay(house, SIGNED, "2022-07-28")

    reports_in(house, ONE, "2022-07-29")

    assert [e["obligation"] for e in list_entries(house)] == [TWO]
    assert {p.key: p.state for p in proposed(house)} == {ONE: "withdrawn", TWO: "listed"}


def test_three_overdue_at_once_are_a_chronic_case_once_a_month(house: House) -> None:
    three = (f"1.2/{A_MU_SUNG}/once", f"plan/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once")
    leave_only(house, *three)
    set_days(house, "plan", "3.1")
    replay(house, SIGNED, "2022-07-26")
    assert proposed(house, "chronic") == []

    replay(house, "2022-07-27", "2022-08-31")

    cases = proposed(house, "chronic")
    assert [(c.agency_id, str(c.entered_on)) for c in cases] == [
        (A_MU_SUNG, "2022-07-28"),
        (A_MU_SUNG, "2022-08-01"),
    ]
    assert cases[0].reason == "3 nhiệm vụ quá hạn cùng lúc"


def test_a_chronic_case_does_not_depend_on_which_days_were_swept(house: House) -> None:
    """Only the days on which something was due: the entries are those of every day."""
    three = (f"1.2/{A_MU_SUNG}/once", f"plan/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once")
    leave_only(house, *three)
    set_days(house, "plan", "3.1")
    for day in ("07-04", "07-18", "07-20", "07-21", "07-28", "08-01", "08-02", "08-09", "08-11"):
        replay(house, f"2022-{day}", f"2022-{day}")

    assert [str(c.entered_on) for c in proposed(house, "chronic")] == ["2022-07-28", "2022-08-01"]


def test_so_noi_vu_drops_a_line_with_a_reason(house: House) -> None:
    leave_only(house, ONE, TWO)
    replay(house, SIGNED, "2022-07-28")
    first, second = (e["id"] for e in list_entries(house))

    with pytest.raises(Invalid, match="--reason"):
        drop(house, [first], SO_NOI_VU, morning("2022-07-29"), "")
    with pytest.raises(Refused):
        drop(house, [first], BAT_XAT, morning("2022-07-29"), "đã làm xong")
    drop(house, [first], SO_NOI_VU, morning("2022-07-29"), "đã làm xong, chờ văn bản")

    assert [e["id"] for e in list_entries(house)] == [second]
    assert history_of(house, ONE)[-1].why == "đã làm xong, chờ văn bản"
    with pytest.raises(Invalid):
        drop(house, [first], SO_NOI_VU, morning("2022-07-29"), "lần nữa")


def test_released_it_is_a_draft_to_sign_and_no_mail_goes_up(house: House) -> None:
    leave_only(house, ONE, TWO)
    post = MemoryTransport()
    replay_with_mail(house, SIGNED, "2022-07-28", post)

    released = release(house, SO_NOI_VU, morning("2022-07-29"))

    assert [e["obligation"] for e in released.entries] == [ONE, TWO]
    assert released.draft.read_bytes()[:2] == b"PK"  # a DOCX
    assert list_entries(house) == []
    (kept,) = list_papers(house, SO_NOI_VU, fresh=morning("2022-07-29"))
    assert (kept.paper.kind, kept.paper.figures["named"], kept.changed) == ("late-units", 2, ())
    assert file_of(house, kept.paper) == released.draft.read_bytes()
    with pytest.raises(Refused, match="trống"):
        release(house, SO_NOI_VU, morning("2022-07-29"))
    replay_with_mail(house, "2022-07-29", "2022-08-31", post)
    assert messages_to(house, UBND_TINH) == []
    assert not any("ubnd-tinh@" in a for m in post.sent for a in m.addresses)


def test_the_report_can_be_made_after_a_cycle_and_its_figures_add_up(any_house: House) -> None:
    """An invited body has not supplied, one unit was late, one is missing, one is ahead of its day."""
    ahead = f"3.5/{BAT_XAT}/2022-Q3"
    leave_only(any_house, ONE, TWO, ahead, f"row/3.4/{COURT}/2022-Q3-report")
    replay(any_house, SIGNED, "2022-07-28")
    replay(any_house, "2022-09-14", "2022-09-20")
    reports_in(any_house, ahead, "2022-09-20")
    reports_in(any_house, TWO, "2022-09-20")

    released = release(any_house, SO_NOI_VU, morning("2022-09-21"))

    text = "\n".join(p.text for p in docx.Document(str(released.draft)).paragraphs)
    assert "có 01 nhiệm vụ đến hạn với 02 lượt cơ quan, đơn vị, địa phương phải thực hiện" in text
    assert "00 hoàn thành đúng hạn, 01 hoàn thành sau thời hạn, 01 chưa hoàn thành; 01 lượt" in text
    assert "Tòa án nhân dân tỉnh" in text


def test_released_once_it_is_not_listed_again(house: House) -> None:
    leave_only(house, ONE)
    replay(house, SIGNED, "2022-07-28")
    release(house, SO_NOI_VU, morning("2022-07-29"), number="120/BC-SNV")

    replay(house, "2022-07-29", "2022-09-30")

    assert [(p.state, p.document_number) for p in proposed(house)] == [("released", "120/BC-SNV")]


def test_the_list_is_told_to_so_noi_vu_on_monday(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-28", MemoryTransport())
    before = len(all_messages(house))

    replay_with_mail(house, "2022-07-29", "2022-08-01", MemoryTransport())

    (monday,) = all_messages(house)[before:]
    assert (monday.recipient_id, str(monday.mail_on)) == (SO_NOI_VU, "2022-08-01")
    assert "01 chờ Sở" in monday.subject
