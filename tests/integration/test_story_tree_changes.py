"""The tree changes under what is open: 1/7/2025 in Lào Cai, three levels become two, four communes one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.load import Configuration
from obligations.errors import Refused
from obligations.model import WorkState
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import letter, text_of
from tests.support.life.over_2025 import (
    CHANGE,
    LAO_CAI,
    OF_LAO_CAI,
    SIGNED,
    configuration_over_the_change,
    live,
    opened_over_the_change,
    task_of,
)
from tests.support.life.stories import (
    Told,
    all_told_of,
    history_of,
    leave_only,
    morning,
    replay,
    reports_in,
    row,
)

A_MU_SUNG, NAM_CHAC, NEW_A_MU_SUNG = "x02686-2022", "x02689-2022", "x02686-2025"
"""The second went into the first's successor."""
BAT_XAT, SO_NOI_VU = "h082-2022", "so-noi-vu"
EARLIER = f"4.6/{A_MU_SUNG}/once"
"""Its last day is 24/6/2025: +4 is 30/6."""


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return configuration_over_the_change(tmp_path_factory.mktemp("2025") / "config")


@pytest.fixture
def house(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[House]:
    with opened_over_the_change(any_empty_url, configuration, home) as fresh:
        yield fresh


def test_a_ladder_goes_on_where_no_district_stands_any_more(house: House) -> None:
    """Late at +2, the tree changes at +3: +4 goes to Sở Nội vụ, and nobody hears a step twice."""
    leave_only(house, task_of(A_MU_SUNG))
    live(house, SIGNED, "2025-07-10")

    assert all_told_of(house, task_of(A_MU_SUNG)) == [
        Told("2025-05-19", "opening", "self", A_MU_SUNG),
        Told("2025-06-19", "-5", "self", A_MU_SUNG),
        Told("2025-06-25", "-1", "self", A_MU_SUNG),
        Told("2025-06-30", "+2", "self", A_MU_SUNG),
        Told("2025-07-01", "hand-over", "self", NEW_A_MU_SUNG),
        Told("2025-07-02", "+4", "focal", SO_NOI_VU),
        Told("2025-07-10", "list", "focal", SO_NOI_VU),
    ]
    duty = row(house, task_of(A_MU_SUNG))
    assert (duty.agency_id, duty.reviewer_id) == (NEW_A_MU_SUNG, SO_NOI_VU)
    told = history_of(house, task_of(A_MU_SUNG))[-1]
    assert told.what == "hand-over"
    assert told.why == (
        "UBND xã A Mú Sung bàn giao cho UBND xã A Mú Sung mới từ ngày 01/7/2025,"
        " theo Nghị quyết 1673/NQ-UBTVQH15"
    )


def test_where_the_district_has_heard_the_collator_still_does_once(house: House) -> None:
    """The change comes between +4, which was the district's, and +5: Sở Nội vụ's own +4 waits one day."""
    leave_only(house, EARLIER)
    live(house, SIGNED, "2025-07-10")
    late = [told for told in all_told_of(house, EARLIER) if told.day > "2025-06-24"]
    assert late == [
        Told("2025-06-26", "+2", "self", A_MU_SUNG),
        Told("2025-06-30", "+4", "superior", BAT_XAT),
        Told("2025-07-01", "hand-over", "self", NEW_A_MU_SUNG),
        Told("2025-07-02", "+4", "focal", SO_NOI_VU),
        Told("2025-07-08", "list", "focal", SO_NOI_VU),
    ]


def test_what_several_owe_alike_is_one_duty_of_the_successor(house: House) -> None:
    leave_only(house, *map(task_of, OF_LAO_CAI))
    live(house, SIGNED, "2025-06-10")
    reports_in(house, task_of(OF_LAO_CAI[0]), "2025-06-11")
    accept(
        house,
        Decision(key=task_of(OF_LAO_CAI[0]), version=1, by="h080-2022", as_of=morning("2025-06-12")),
    )
    reports_in(house, task_of(OF_LAO_CAI[1]), "2025-06-26")
    live(house, "2025-06-27", "2025-07-15")

    stands = {
        key: (row(house, key).agency_id, row(house, key).work_state) for key in map(task_of, OF_LAO_CAI)
    }
    assert list(stands.values()) == [
        (OF_LAO_CAI[0], WorkState.ACCEPTED),
        (LAO_CAI, WorkState.RECEIVED),
        (LAO_CAI, WorkState.OPEN),
        (OF_LAO_CAI[3], WorkState.ENDED),
        (OF_LAO_CAI[4], WorkState.ENDED),
    ]
    late = [told for key in map(task_of, OF_LAO_CAI[2:]) for told in all_told_of(house, key)]
    assert [t.step for t in late if t.recipient == SO_NOI_VU] == ["+4", "list"]
    ended = history_of(house, task_of(OF_LAO_CAI[3]))[-1]
    assert ended.what == "merged"
    assert ended.why.endswith(f"; {task_of(OF_LAO_CAI[2])}")


def test_a_report_that_waited_for_the_district_waits_for_the_collator(house: House) -> None:
    leave_only(house, task_of(A_MU_SUNG), task_of(NAM_CHAC))
    live(house, SIGNED, "2025-06-25")
    reports_in(house, task_of(A_MU_SUNG), "2025-06-25")
    assert row(house, task_of(A_MU_SUNG)).answer_by.isoformat() == "2025-07-02"  # type: ignore[union-attr]
    live(house, "2025-06-26", CHANGE)

    duty = row(house, task_of(A_MU_SUNG))
    assert (duty.work_state, duty.reviewer_id) == (WorkState.SUBMITTED, SO_NOI_VU)
    assert duty.answer_by is not None
    assert duty.answer_by.isoformat() == "2025-07-08"
    # What was handed in is a duty of its own, beside what its neighbour still owes.
    assert row(house, task_of(NAM_CHAC)).work_state is WorkState.OPEN
    said = Decision(key=task_of(A_MU_SUNG), version=1, by=BAT_XAT, as_of=morning("2025-07-02"))
    with pytest.raises(Refused):
        accept(house, said)
    accept(house, Decision(key=said.key, version=1, by=SO_NOI_VU, as_of=said.as_of))
    assert row(house, task_of(A_MU_SUNG)).work_state is WorkState.ACCEPTED


def test_nobody_answers_for_whom_they_were(house: House) -> None:
    leave_only(house, task_of(A_MU_SUNG))
    live(house, SIGNED, CHANGE)
    with pytest.raises(Refused, match="không được báo cáo thay UBND xã A Mú Sung"):
        submit(house, task_of(A_MU_SUNG), A_MU_SUNG, morning("2025-07-02"), Answer(text="Đã thực hiện"))
    reports_in(house, task_of(A_MU_SUNG), "2025-07-02")
    assert row(house, task_of(A_MU_SUNG)).work_state is WorkState.SUBMITTED


def test_what_was_recorded_and_had_not_left_reaches_the_successor(house: House) -> None:
    leave_only(house, task_of(A_MU_SUNG))
    live(house, SIGNED, "2025-06-29")
    replay(house, "2025-06-30", "2025-06-30")
    post = live(house, CHANGE, CHANGE)
    assert all_told_of(house, task_of(A_MU_SUNG))[-2:] == [
        Told(CHANGE, "+2", "self", NEW_A_MU_SUNG),
        Told(CHANGE, "hand-over", "self", NEW_A_MU_SUNG),
    ]
    assert [address for sent in post.sent for address in sent.addresses] == [
        f"{NEW_A_MU_SUNG}@laocai.example"
    ]


def test_the_successor_hears_first_in_one_mail_what_it_holds(house: House) -> None:
    """What it took over, of whom, by what, until when; what those had been told; and nobody above before."""
    leave_only(house, task_of(A_MU_SUNG), task_of(NAM_CHAC), EARLIER)
    live(house, SIGNED, "2025-06-30")
    post = live(house, CHANGE, CHANGE)

    (mail,) = post.sent
    assert mail.addresses == (f"{NEW_A_MU_SUNG}@laocai.example",)
    assert letter(mail.content)["Subject"] == "[KH 239] Nhận bàn giao nhiệm vụ 4.6, 1.2 - UBND xã A Mú Sung"
    said = text_of(mail.content)
    for fact in (
        "Từ ngày 01/7/2025, UBND xã tiếp tục thực hiện 02 nội dung sau do UBND xã A Mú Sung (cũ)",
        "và UBND xã Nậm Chạc bàn giao, theo Nghị quyết 1673/NQ-UBTVQH15.",
        "Thời hạn và những gì đã báo cáo không thay đổi.",
        "các ngày 19/6, 25/6, 30/6/2025",
        "26/6 (quá hạn 03 ngày làm việc)",
        "24/6 (quá hạn 05 ngày làm việc)",
    ):
        assert fact in said, said
    post = live(house, "2025-07-02", "2025-07-02")
    assert [sent.addresses[0] for sent in post.sent] == ["so-noi-vu@laocai.example"]


def test_a_successor_is_told_of_what_ended_in_its_own_duty(house: House) -> None:
    """A department that owes the same report already: its own goes on, and it learns of the other's."""
    own, other = "report/so-tai-chinh/2025-H1-report", "report/so-ke-hoach-va-dau-tu/2025-H1-report"
    leave_only(house, own, other)
    live(house, SIGNED, "2025-06-30")
    before = all_told_of(house, own)
    post = live(house, CHANGE, CHANGE)

    assert row(house, other).work_state is WorkState.ENDED
    assert all_told_of(house, own) == [*before, Told(CHANGE, "hand-over", "self", "so-tai-chinh")]
    (mail,) = post.sent
    assert letter(mail.content)["Subject"].startswith("[KH 239] Nhận bàn giao báo cáo 6 tháng")
    assert "Sở Kế hoạch và Đầu tư bàn giao" in text_of(mail.content)
