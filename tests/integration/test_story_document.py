"""Completed is not updated: documents, files, and the days they count by (domain part 3)."""

from datetime import date
from pathlib import Path

import pytest

from obligations.answers import Document
from obligations.errors import Faults, Invalid, Refused
from obligations.model import Kind, TimeState, WorkState
from obligations.states import Standing, time_state
from tasks_lib.answering.submit import Answer, Enclosed, record_document
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    Y_TY,
    history_of,
    leave_only,
    morning,
    notices_of,
    proposed,
    replay,
    reports_in,
    row,
    versions_of,
)

KEY = f"1.2/{A_MU_SUNG}/once"
REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """The minutes of a village meeting as a file."""
    path = tmp_path / "Biên bản họp thôn.pdf"
    path.write_bytes(b"%PDF-1.4 bi\xc3\xaan b\xe1\xba\xa3n")
    return path


def _stands(house: House, key: str, day: str) -> TimeState:
    found, on = row(house, key), date.fromisoformat(day)
    standing = Standing(
        kind=Kind(found.kind),
        work_state=WorkState(found.work_state),
        last_day=found.last_day,
        done_on=found.done_on,
    )
    return time_state(standing, on, house.calendar.add(on, 5))


def test_completed_on_10_entered_on_18_with_the_minutes_is_in_time(any_house: House, minutes: Path) -> None:
    replay(any_house, SIGNED, "2022-07-18")
    assert _stands(any_house, KEY, "2022-07-18") is TimeState.OVERDUE

    done = date(2022, 7, 10)
    reports_in(any_house, KEY, "2022-07-18T10:00", Answer(completed_on=done, evidence=(minutes,)))

    assert row(any_house, KEY).done_on == done
    assert _stands(any_house, KEY, "2022-07-18") is TimeState.DONE_IN_TIME
    assert row(any_house, KEY).updated_late  # "cập nhật chậm", a milder mark apart
    replay(any_house, "2022-07-19", "2022-07-28")
    assert [t.step for t in notices_of(any_house, KEY)] == ["-5", "-1", "+2"]


def test_without_document_or_file_it_counts_from_its_entry(house: House) -> None:
    replay(house, SIGNED, "2022-07-18")
    reports_in(house, KEY, "2022-07-18T10:00", Answer(completed_on=date(2022, 7, 10)))

    assert row(house, KEY).done_on == date(2022, 7, 18)
    assert _stands(house, KEY, "2022-07-18") is TimeState.DONE_LATE


def test_entered_soon_after_completion_carries_no_mark(house: House, minutes: Path) -> None:
    replay(house, SIGNED, "2022-07-11")
    answer = Answer(completed_on=date(2022, 7, 8), evidence=(minutes,))
    reports_in(house, KEY, "2022-07-11T10:00", answer)
    assert not row(house, KEY).updated_late


def test_a_document_of_13_recorded_by_the_desk_on_25_withdraws_the_red_mark(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-25")
    paper = Document(number="45/BC-UBND", signed_on=date(2022, 7, 13), signer="Chủ tịch", summary="Báo cáo")

    record_document(any_house, (KEY,), BAT_XAT, morning("2022-07-25"), paper)

    assert _stands(any_house, KEY, "2022-07-25") is TimeState.DONE_IN_TIME
    last = history_of(any_house, KEY)[-1]
    assert last.by == BAT_XAT
    assert "45/BC-UBND" in last.why
    assert "rút dấu quá hạn" in last.why
    replay(any_house, "2022-07-26", "2022-08-05")
    assert [t.step for t in notices_of(any_house, KEY)] == ["-5", "-1", "+2", "+4", "+5"]
    assert [p.key for p in proposed(any_house) if p.key == KEY] == []


def test_one_document_answers_many_obligations(house: House) -> None:
    replay(house, SIGNED, "2022-07-20")
    three = tuple(f"1.2/{c}/once" for c in (A_MU_SUNG, MUONG_VI, Y_TY))
    paper = Document(number="46/BC-PNV", signed_on=date(2022, 7, 14))

    changes = record_document(house, three, BAT_XAT, morning("2022-07-20"), paper)

    assert [c.work_state for c in changes] == ["submitted"] * 3
    assert len({versions_of(house, key)[0].document_id for key in three}) == 1


def test_a_paper_takes_its_scan_and_figures_and_a_wrong_one_leaves_nothing(
    house: House, minutes: Path
) -> None:
    replay(house, SIGNED, "2022-07-20")
    paper = Document(number="45/BC-UBND", signed_on=date(2022, 7, 13))

    def recorded(keys: tuple[str, ...], **figures: object) -> None:
        beside = Enclosed(files=(minutes,), figures=figures)
        record_document(house, keys, BAT_XAT, morning("2022-07-20"), paper, beside=beside)

    with pytest.raises(Faults, match="lớn hơn tổng số"):
        recorded((KEY,), c="22/21")
    with pytest.raises(Invalid, match="một nhiệm vụ"):
        recorded((KEY, f"1.2/{MUONG_VI}/once"), a="7")
    with pytest.raises(Invalid, match="--file: không có tệp"):
        record_document(
            house, (KEY,), BAT_XAT, morning("2022-07-20"), paper, beside=Enclosed(files=(Path("mat.pdf"),))
        )
    assert row(house, KEY).work_state == "open"

    recorded((KEY,), a="7", c="18/21")

    assert versions_of(house, KEY)[-1].figures == {"a": 7, "c": [18, 21]}
    assert row(house, KEY).done_on == date(2022, 7, 13)


def test_of_many_one_that_is_refused_refuses_all(house: House) -> None:
    replay(house, SIGNED, "2022-07-20")
    paper = Document(number="46/BC-PNV", signed_on=date(2022, 7, 14))
    elsewhere = "1.2/x03001-2022/once"
    assert house.agency("x03001-2022").superior != BAT_XAT

    with pytest.raises(Refused):
        record_document(house, (KEY, elsewhere), BAT_XAT, morning("2022-07-20"), paper)

    assert row(house, KEY).work_state == "open"


def test_another_districts_desk_records_nothing(house: House) -> None:
    replay(house, SIGNED, "2022-07-20")
    with pytest.raises(Refused):
        record_document(
            house, (KEY,), SA_PA, morning("2022-07-20"), Document(number="1/BC", signed_on=date(2022, 7, 14))
        )


def test_a_document_of_tomorrow_is_refused(house: House) -> None:
    replay(house, SIGNED, "2022-07-20")
    with pytest.raises(Invalid, match="sau ngày ghi nhận"):
        record_document(
            house,
            (KEY,),
            BAT_XAT,
            morning("2022-07-20"),
            Document(number="1/BC", signed_on=date(2022, 7, 21)),
        )


def test_work_completed_tomorrow_is_refused(house: House) -> None:
    replay(house, SIGNED, "2022-07-20")
    with pytest.raises(Invalid, match="sau ngày cập nhật"):
        reports_in(house, KEY, "2022-07-20", Answer(completed_on=date(2022, 7, 21)))


def test_a_cycle_report_at_2359_of_its_last_day_is_in_time_and_at_midnight_late(any_house: House) -> None:
    """Midnight in Hà Nội is 17:00 UTC of the day before."""
    late = f"report/{MUONG_VI}/2022-Q3-report"
    leave_only(any_house, REPORT, late)
    replay(any_house, "2022-09-01", "2022-09-09")

    reports_in(any_house, REPORT, "2022-09-09T23:59")
    reports_in(any_house, late, "2022-09-10T00:00")

    assert row(any_house, REPORT).done_on == date(2022, 9, 9)
    assert _stands(any_house, REPORT, "2022-09-12") is TimeState.DONE_IN_TIME
    assert row(any_house, late).done_on == date(2022, 9, 10)
    assert _stands(any_house, late, "2022-09-12") is TimeState.DONE_LATE


def test_a_cycle_report_on_paper_counts_from_the_day_it_reached_the_desk(house: House) -> None:
    leave_only(house, REPORT)
    replay(house, "2022-09-01", "2022-09-14")
    paper = Document(number="88/BC-UBND", signed_on=date(2022, 9, 8))

    record_document(
        house, (REPORT,), BAT_XAT, morning("2022-09-14"), paper, beside=Enclosed(arrived_on=date(2022, 9, 12))
    )

    assert row(house, REPORT).done_on == date(2022, 9, 12)
    assert _stands(house, REPORT, "2022-09-14") is TimeState.DONE_LATE
