"""The chain: the unit reports, the desk answers, silence becomes receipt, who holds the ball is chased."""

from datetime import date

import pytest

from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.desk.review import accept, ask_more, cancel, not_competent, reopen
from tasks_lib.duties.change import Decision
from tasks_lib.duties.move_day import Extension, extend
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SIGNED,
    SO_NOI_VU,
    Told,
    history_of,
    leave_only,
    morning,
    notices_of,
    proposed,
    replay,
    replay_with_mail,
    reports_in,
    row,
    versions_of,
)

KEY = f"1.2/{A_MU_SUNG}/once"


def _decides(by: str, day: str, reason: str = "", version: int | None = None, key: str = KEY) -> Decision:
    return Decision(key=key, by=by, as_of=morning(day), reason=reason, version=version)


def test_accepted_the_commune_cannot_change_it(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-06")
    reports_in(any_house, KEY, "2022-07-06")

    done = accept(any_house, _decides(BAT_XAT, "2022-07-08"))

    assert done.work_state == "accepted"
    with pytest.raises(Refused, match="hoàn thành"):
        reports_in(any_house, KEY, "2022-07-08")
    replay(any_house, "2022-07-07", "2022-07-29")
    assert notices_of(any_house, KEY) == []


def test_asked_for_more_it_has_three_working_days_and_keeps_in_time(house: House) -> None:
    replay(house, SIGNED, "2022-07-14")
    reports_in(house, KEY, "2022-07-14", Answer(text="Lần đầu"))

    ask_more(house, _decides(BAT_XAT, "2022-07-15", "bổ sung số liệu"))

    asked = row(house, KEY)
    assert (asked.work_state, asked.answer_by) == ("more_asked", date(2022, 7, 20))
    replay(house, "2022-07-15", "2022-07-19")
    assert notices_of(house, KEY, "correction-%") == [Told("2022-07-19", "-1", "self", A_MU_SUNG)]

    reports_in(house, KEY, "2022-07-20", Answer(text="Lần hai"))

    again = row(house, KEY)
    assert (again.work_state, again.version) == ("submitted", 2)
    assert again.done_on == date(2022, 7, 14)  # "đúng hạn" is not taken back
    assert [v.text for v in versions_of(house, KEY)] == ["Lần đầu", "Lần hai"]
    # The lead's ladder does not climb for what has been handed in.
    replay(house, "2022-07-20", "2022-07-29")
    assert {t.step for t in notices_of(house, KEY, "lead")} == {"-5", "-1"}


def test_the_correction_mail_says_what_was_asked(house: House) -> None:
    leave_only(house, KEY)
    replay_with_mail(house, SIGNED, "2022-07-12", MemoryTransport())
    reports_in(house, KEY, "2022-07-12")
    ask_more(house, _decides(BAT_XAT, "2022-07-13", "bổ sung biên bản họp thôn"))
    post = MemoryTransport()

    replay_with_mail(house, "2022-07-14", "2022-07-18", post)

    (mail,) = (m for m in post.sent if A_MU_SUNG in m.message_id)
    assert "Nội dung: Bổ sung biên bản họp thôn." in text_of(mail.content)
    assert "Bổ sung đến hết: thứ Hai, ngày 18/7/2022 (còn 01 ngày làm việc)" in text_of(mail.content)


def test_more_asked_and_never_answered_counts_as_received_as_it_stands(house: House) -> None:
    replay(house, SIGNED, "2022-07-14")
    reports_in(house, KEY, "2022-07-14")
    ask_more(house, _decides(BAT_XAT, "2022-07-15", "bổ sung số liệu"))

    replay(house, "2022-07-15", "2022-07-21")

    assert row(house, KEY).work_state == "received"
    assert "như đã gửi" in history_of(house, KEY)[-1].why


def test_no_answer_in_five_working_days_is_received(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-06")
    reports_in(any_house, KEY, "2022-07-06")

    replay(any_house, "2022-07-07", "2022-07-13")
    assert row(any_house, KEY).work_state == "submitted"
    replay(any_house, "2022-07-14", "2022-07-14")

    assert row(any_house, KEY).work_state == "received"
    last = history_of(any_house, KEY)[-1]
    assert (last.what, last.by, last.from_state, last.to_state) == (
        "receive",
        "system",
        "submitted",
        "received",
    )


def test_the_desk_hears_once_a_week_of_what_waits(house: House) -> None:
    leave_only(house, KEY)
    replay_with_mail(house, SIGNED, "2022-07-05", MemoryTransport())
    reports_in(house, KEY, "2022-07-08T15:00")
    post = MemoryTransport()

    replay_with_mail(house, "2022-07-09", "2022-07-15", post)

    (line,) = messages_to(house, BAT_XAT)
    assert line.mail_on == date(2022, 7, 11)
    assert "chờ" in line.subject


def test_a_district_never_decides_for_another(house: House) -> None:
    replay(house, SIGNED, "2022-07-06")
    reports_in(house, KEY, "2022-07-06")

    for act in (accept, not_competent):
        with pytest.raises(Refused, match="UBND thị xã Sa Pa không phải cơ quan xem xét của UBND xã"):
            act(house, _decides(SA_PA, "2022-07-07", "của huyện khác"))
    with pytest.raises(Refused):
        submit(house, KEY, MUONG_VI, morning("2022-07-07"), Answer(text="báo cáo thay"))
    with pytest.raises(Refused):
        submit(house, f"1.2/{MUONG_VI}/once", BAT_XAT, morning("2022-07-07"), Answer(text="báo cáo thay"))


def test_a_stale_version_is_refused_with_a_clear_text(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-06")
    first = reports_in(any_house, KEY, "2022-07-06")
    ask_more(any_house, _decides(BAT_XAT, "2022-07-07", "bổ sung"))
    second = reports_in(any_house, KEY, "2022-07-08")

    with pytest.raises(Refused, match="phiên bản 1 không còn là mới nhất"):
        accept(any_house, _decides(BAT_XAT, "2022-07-11", version=first.version))
    assert accept(any_house, _decides(BAT_XAT, "2022-07-11", version=second.version)).work_state == "accepted"


def test_reopened_past_its_day_it_comes_back_on_a_ladder_of_its_own(house: House) -> None:
    """Acknowledged and forgotten must come back."""
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-14")
    reports_in(house, KEY, "2022-07-14")
    accept(house, _decides(BAT_XAT, "2022-07-15"))
    replay(house, "2022-07-15", "2022-08-01")

    reopen(house, _decides(BAT_XAT, "2022-08-01", "báo cáo nhầm nhiệm vụ"))

    assert row(house, KEY).work_state == "open"
    replay(house, "2022-08-02", "2022-08-31")
    # Three working days until 4/8, and the ladder from there.
    assert [(t.day, t.step) for t in notices_of(house, KEY, "reopened-%")] == [
        ("2022-08-03", "-1"),
        ("2022-08-08", "+2"),
        ("2022-08-10", "+4"),
        ("2022-08-11", "+5"),
        ("2022-08-18", "list"),
    ]


def test_reopening_takes_in_time_from_nobody(any_house: House) -> None:
    """Accepted in July, opened again in October by the desk's own mistake: handed in anew it was in time."""
    leave_only(any_house, KEY)
    reports_in(any_house, KEY, "2022-07-13")
    accept(any_house, _decides(BAT_XAT, "2022-07-15"))
    reopen(any_house, _decides(BAT_XAT, "2022-10-10", "xác nhận nhầm"))
    assert row(any_house, KEY).done_on is None

    reports_in(any_house, KEY, "2022-10-11")
    assert row(any_house, KEY).done_on == date(2022, 7, 13)


def test_what_was_late_stays_late_when_it_is_opened_again(house: House) -> None:
    leave_only(house, KEY)
    reports_in(house, KEY, "2022-07-20")
    accept(house, _decides(BAT_XAT, "2022-07-21"))
    reopen(house, _decides(BAT_XAT, "2022-07-22", "xác nhận nhầm"))

    reports_in(house, KEY, "2022-07-25")
    assert row(house, KEY).done_on == date(2022, 7, 20)


def test_reopened_in_time_the_ladder_goes_on_where_it_stopped(house: House) -> None:
    replay(house, SIGNED, "2022-07-08")
    reports_in(house, KEY, "2022-07-08")
    accept(house, _decides(BAT_XAT, "2022-07-11"))
    reopen(house, _decides(BAT_XAT, "2022-07-12", "báo cáo nhầm"))

    replay(house, "2022-07-09", "2022-07-18")

    assert [(t.day, t.step) for t in notices_of(house, KEY)] == [
        ("2022-07-07", "-5"),
        ("2022-07-13", "-1"),
        ("2022-07-18", "+2"),
    ]


def test_not_competent_is_confirmed_by_the_superior_and_nothing_more_is_chased(house: House) -> None:
    key = f"5.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay(house, SIGNED, "2022-07-06")

    not_competent(house, _decides(BAT_XAT, "2022-07-06", "không có thủ tục thuộc thẩm quyền", key=key))

    replay(house, "2022-07-07", "2022-10-20")
    assert notices_of(house, key) == []
    assert row(house, key).work_state == "not_competent"


def test_only_so_noi_vu_cancels_what_was_assigned_by_mistake(house: House) -> None:
    replay(house, SIGNED, "2022-07-28")
    assert [p.key for p in proposed(house) if p.key == KEY] == [KEY]

    with pytest.raises(Refused):
        cancel(house, _decides(BAT_XAT, "2022-07-29", "giao nhầm"))
    cancel(house, _decides(SO_NOI_VU, "2022-07-29", "giao nhầm"))

    assert row(house, KEY).work_state == "cancelled"
    assert [p.state for p in proposed(house) if p.key == KEY] == ["withdrawn"]


def test_an_extension_needs_the_document_of_ubnd_tinh(house: House) -> None:
    leave_only(house, KEY)
    replay(house, SIGNED, "2022-07-08")
    until = date(2022, 7, 29)

    with pytest.raises(Refused):
        extend(house, KEY, BAT_XAT, morning("2022-07-08"), Extension(until=until))
    with pytest.raises(Invalid, match="văn bản của UBND tỉnh"):
        extend(house, KEY, SO_NOI_VU, morning("2022-07-08"), Extension(until=until))
    allowed = Extension(until=until, document_number="3001/UBND-NC", document_on=date(2022, 7, 7))
    extend(house, KEY, SO_NOI_VU, morning("2022-07-08"), allowed)

    moved = row(house, KEY)
    assert (moved.first_day, moved.last_day) == (date(2022, 7, 14), until)
    replay(house, "2022-07-09", "2022-08-12")
    assert [(t.day, t.step) for t in notices_of(house, KEY, "extension-%")] == [
        ("2022-07-22", "-5"),
        ("2022-07-28", "-1"),
        ("2022-08-02", "+2"),
        ("2022-08-04", "+4"),
        ("2022-08-05", "+5"),
        ("2022-08-12", "list"),
    ]
    assert [(t.day, t.step) for t in notices_of(house, KEY, "lead")] == [("2022-07-07", "-5")]


def test_an_inner_day_is_the_districts_to_move_up_to_the_plans_day(house: House) -> None:
    key = f"3.1/{A_MU_SUNG}/once"
    replay(house, SIGNED, "2022-07-08")

    extend(house, key, BAT_XAT, morning("2022-07-08"), Extension(until=date(2022, 7, 28)))
    with pytest.raises(Refused):
        extend(house, key, BAT_XAT, morning("2022-07-08"), Extension(until=date(2022, 8, 2)))

    assert row(house, key).last_day == date(2022, 7, 28)


def test_what_was_extended_before_it_opened_climbs_from_its_new_day(house: House) -> None:
    key = f"report/{BAT_XAT}/2022-year-report"
    leave_only(house, key)
    replay(house, SIGNED, "2022-07-08")
    allowed = Extension(
        until=date(2022, 12, 21), document_number="3001/UBND-NC", document_on=date(2022, 7, 7)
    )
    extend(house, key, SO_NOI_VU, morning("2022-07-08"), allowed)

    replay(house, "2022-12-01", "2022-12-28")

    assert [(t.day, t.step) for t in notices_of(house, key)] == [
        ("2022-12-14", "-5"),
        ("2022-12-20", "-1"),
        ("2022-12-23", "+2"),
        ("2022-12-27", "+4"),
    ]
