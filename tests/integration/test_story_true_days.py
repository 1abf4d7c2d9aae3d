"""Any day in the past made a late unit green: what cannot be is refused, what may be meant is confirmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from obligations.answers import Document
from obligations.errors import Invalid, Refused
from obligations.model import Kind, TimeState, WorkState
from obligations.reasons import DelayReason
from obligations.states import Standing, time_state
from tasks_lib.answering.explain import Explanation, explain
from tasks_lib.answering.submit import Answer, Enclosed, record_document, submit
from tasks_lib.desk.review import accept, ask_more, confirm_day, reopen
from tasks_lib.duties.change import Decision
from tasks_lib.duties.events import Event, record_event, withdraw_event
from tasks_lib.duties.move_day import Extension, extend
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    history_of,
    leave_only,
    morning,
    replay,
    reports_in,
    row,
    versions_of,
)

KEY, REPORT = f"1.2/{A_MU_SUNG}/once", f"report/{A_MU_SUNG}/2022-Q3-report"
LAST_YEARS = Document(number="12/BC-UBND", signed_on=date(2021, 7, 10))


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "Biên bản.pdf"
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
    return time_state(standing, on, on)


def test_a_document_of_last_year_takes_no_red_mark_away_until_the_desk_says_so(any_house: House) -> None:
    leave_only(any_house, KEY)
    replay(any_house, SIGNED, "2022-07-18")

    reports_in(any_house, KEY, "2022-07-18", Answer(document=LAST_YEARS))

    assert row(any_house, KEY).work_state == "submitted"
    assert row(any_house, KEY).doubted_on == LAST_YEARS.signed_on
    assert _stands(any_house, KEY, "2022-07-18") is TimeState.DONE_LATE
    why = history_of(any_house, KEY)[-1].why
    assert "ngày văn bản 10/7/2021 ở trước ngày ban hành Kế hoạch 30/6/2022" in why
    assert "rút dấu quá hạn" not in why

    # To accept the report confirms no day.
    accept(any_house, Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-19")))
    assert _stands(any_house, KEY, "2022-07-19") is TimeState.DONE_LATE
    with pytest.raises(Refused):
        confirm_day(any_house, Decision(key=KEY, by=A_MU_SUNG, as_of=morning("2022-07-19")))
    confirm_day(
        any_house, Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-19"), reason="đã xem văn bản")
    )

    assert _stands(any_house, KEY, "2022-07-19") is TimeState.DONE_IN_TIME
    assert row(any_house, KEY).doubted_on is None
    last = history_of(any_house, KEY)[-1]
    assert (last.what, last.by, last.why) == (
        "confirm-day",
        BAT_XAT,
        "tính từ ngày 10/7/2021; đã xem văn bản",
    )
    with pytest.raises(Refused, match="không có ngày nào chờ xác nhận"):
        confirm_day(any_house, Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-19")))


def test_the_desk_that_enters_a_paper_confirms_it_apart_as_well(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-18")
    record_document(house, (KEY,), BAT_XAT, morning("2022-07-18"), LAST_YEARS)
    assert _stands(house, KEY, "2022-07-18") is TimeState.DONE_LATE


def test_a_completion_before_the_signing_is_doubted_and_of_another_year_refused(
    house: House, minutes: Path
) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-18")
    with pytest.raises(Invalid, match=r"ngày hoàn thành 01/01/2021 .* hơn một năm"):
        reports_in(house, KEY, "2022-07-18", Answer(completed_on=date(2021, 1, 1), evidence=(minutes,)))
    reports_in(house, KEY, "2022-07-18", Answer(completed_on=date(2022, 6, 20), evidence=(minutes,)))
    assert row(house, KEY).doubted_on == date(2022, 6, 20)
    assert not row(house, KEY).updated_late
    assert _stands(house, KEY, "2022-07-18") is TimeState.DONE_LATE


def test_sent_again_the_new_day_is_the_one_to_confirm(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-11")
    reports_in(house, KEY, "2022-07-11", Answer(document=LAST_YEARS))
    more = Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-13"), reason="xem lại năm của văn bản")
    ask_more(house, more)
    reports_in(house, KEY, "2022-07-13", Answer(text="như trên", without="đã gửi bản giấy"))
    assert row(house, KEY).doubted_on == LAST_YEARS.signed_on  # nothing else has been stated
    ask_more(house, more)
    right = Document(number="12/BC-UBND", signed_on=date(2022, 7, 10))
    reports_in(house, KEY, "2022-07-13", Answer(document=right))
    assert (row(house, KEY).doubted_on, row(house, KEY).done_on) == (None, date(2022, 7, 10))


def test_a_report_of_the_period_before_is_doubted(house: House) -> None:
    """The year's report opens on 15/9, the day after the third quarter's."""
    year = f"report/{A_MU_SUNG}/2022-year-report"
    leave_only(house, year)
    replay(house, "2022-12-01", "2022-12-14")
    opened = row(house, year).opened_on
    paper = Document(number="80/BC-UBND", signed_on=date(2022, 9, 8))
    assert paper.signed_on < opened
    record_document(house, (year,), BAT_XAT, morning("2022-12-14"), paper)
    assert row(house, year).doubted_on == date(2022, 9, 8)
    assert _stands(house, year, "2022-12-14") is TimeState.DONE_LATE
    confirm_day(house, Decision(key=year, by=BAT_XAT, as_of=morning("2022-12-14")))
    assert _stands(house, year, "2022-12-14") is TimeState.DONE_IN_TIME


def test_a_paper_arrives_neither_before_it_was_signed_nor_tomorrow(house: House) -> None:
    leave_only(house, REPORT)
    replay(house, "2022-09-01", "2022-09-14")
    paper = Document(number="88/BC-UBND", signed_on=date(2022, 9, 8))
    for arrived in (date(2022, 9, 7), date(2022, 9, 15)):
        with pytest.raises(Invalid, match="ngày đến"):
            record_document(
                house, (REPORT,), BAT_XAT, morning("2022-09-14"), paper, beside=Enclosed(arrived_on=arrived)
            )
    empty = Document(number=" ", signed_on=date(2022, 9, 8))
    with pytest.raises(Invalid, match="nhập số, ký hiệu"):
        record_document(house, (REPORT,), BAT_XAT, morning("2022-09-14"), empty)
    assert versions_of(house, REPORT) == []


def test_an_event_of_2019_or_of_next_month_is_refused_and_one_of_today_withdrawn(house: House) -> None:
    for on in (date(2019, 8, 10), date(2022, 9, 10)):
        event = Event(item="2.4", agency=BAT_XAT, on=on, title="Quyết định")
        with pytest.raises(Invalid, match="ngày của sự kiện"):
            record_event(house, event, BAT_XAT, morning("2022-08-11"))
    right = Event(item="2.4", agency=BAT_XAT, on=date(2022, 8, 11), title="Quyết định")
    done = record_event(house, right, BAT_XAT, morning("2022-08-11"))
    with pytest.raises(Invalid, match="trước ngày ban hành"):
        withdraw_event(house, done.obligation, BAT_XAT, morning("2022-06-01"), "ghi nhầm")
    gone = withdraw_event(house, done.obligation, BAT_XAT, morning("2022-08-12"), "ghi nhầm")
    assert gone.work_state == "cancelled"


@pytest.mark.parametrize(
    ("until", "paper_on", "told"),
    [
        (date(2999, 10, 14), date(2022, 9, 1), "hiệu lực của Kế hoạch và một năm"),
        (date(2099, 10, 14), date(2022, 9, 1), "hiệu lực của Kế hoạch và một năm"),
        (date(2022, 10, 14), date(2022, 12, 31), "sau ngày ghi nhận"),
        (date(2022, 10, 14), date(2021, 9, 1), "trước ngày ban hành"),
    ],
)
def test_a_last_day_is_not_moved_out_of_sight(house: House, until: date, paper_on: date, told: str) -> None:
    key = f"3.5/{BAT_XAT}/2022-Q3"
    given = Extension(until=until, document_number="120/UBND-NC", document_on=paper_on)
    with pytest.raises(Invalid, match=told):
        extend(house, key, SO_NOI_VU, morning("2022-09-05"), given)
    assert row(house, key).last_day == date(2022, 9, 30)


def test_a_wish_for_a_later_day_is_bounded_too(house: House) -> None:
    replay(house, SIGNED, "2022-07-18")
    wish = Explanation(reason=DelayReason.STAFF, ask_until=date(2099, 7, 29))
    with pytest.raises(Invalid, match="một năm"):
        explain(house, KEY, A_MU_SUNG, morning("2022-07-18"), wish)


def test_nothing_is_handed_in_before_the_signing_nor_accepted_before_it_came(house: House) -> None:
    leave_only(house, KEY, f"1.2/{MUONG_VI}/once")
    with pytest.raises(Invalid, match="trước ngày ban hành"):
        submit(house, KEY, A_MU_SUNG, morning("2022-06-29"), Answer(text="Đã thực hiện"))
    replay(house, SIGNED, "2022-07-12")
    reports_in(house, KEY, "2022-07-12T10:00")
    early = Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-11"), reason="thiếu")
    for deed in (accept, ask_more):
        with pytest.raises(Refused, match="ngày xem xét 11/7/2022"):
            deed(house, early)
    accept(house, Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-12")))
    with pytest.raises(Refused, match="ngày xem xét"):
        reopen(house, early)
