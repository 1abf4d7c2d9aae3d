"""How runs end, from counts alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.verdict import judge
from obligations.model import Wording
from obligations.reckoning import FIELDS, Reckoning
from tasks_lib.rounds.outlook import DESK, REQUEST, Outlook


def standing(**counts: Any) -> Outlook:  # noqa: ANN401 - the fields of an outlook
    blank: dict[str, Any] = dict.fromkeys(("opened", "reported", "late_units", "waiting"), 0)
    blank |= {
        "item": "1.2",
        "wording": Wording.BEFORE,
        "focal": "Sở Nội vụ",
        "dated": True,
        "with_focal": 0,
        "noticed": 0,
        "steps": (),
        "next_last_day": None,
        "department_or_district_late": False,
        "areas": (),
        "levels": {},
    }
    columns = {name: counts.pop(name) for name in FIELDS.values() if name in counts}
    blank.update(counts, reckoned=Reckoning(**columns))
    return Outlook(**blank)


def test_what_has_not_opened_is_not_yet_due() -> None:
    verdict = judge(standing(waiting=152, next_last_day=date(2022, 10, 17)))
    assert (verdict.name, verdict.red) == ("Chưa đến kỳ", False)
    assert verdict.message == "152 đầu việc chưa đến kỳ; hạn cuối gần nhất 17/10/2022"


def test_nothing_late_is_on_track() -> None:
    verdict = judge(standing(opened=152, reported=140, in_time=138, late=2))
    assert (verdict.name, verdict.red) == ("Đúng tiến độ", False)
    assert verdict.message.startswith(
        "Đã báo cáo 140/152; đến hạn 140: đúng hạn 138, sau thời hạn 2, quá hạn 0"
    )


def test_under_a_tenth_of_communes_late_is_named_but_green() -> None:
    verdict = judge(standing(opened=152, reported=137, overdue=15, late_units=15))
    assert (verdict.name, verdict.red) == ("Còn 15 đơn vị chậm", False)


def test_a_tenth_late_is_overdue() -> None:
    assert judge(standing(opened=150, overdue=15, late_units=15)).red
    assert judge(standing(opened=152, overdue=16, late_units=16)).name == "Quá hạn"


def test_what_is_late_against_a_proposed_day_has_a_state_of_its_own_and_is_never_red() -> None:
    """21 communes past 9/9, which no plan says; one district past the plan's day is another thing."""
    verdict = judge(standing(opened=152, reported=131, in_time=129, asked_open=21, asked_late=2))
    assert (verdict.name, verdict.red) == ("Chậm so với ngày đề nghị", False)
    assert verdict.message.endswith("quá hạn 0 (đã báo Sở Nội vụ 0); chậm so với ngày đề nghị 23 (đã xong 2)")
    assert judge(standing(opened=161, overdue=1, asked_open=21, department_or_district_late=True)).red


def test_one_late_district_is_overdue_however_few() -> None:
    verdict = judge(standing(opened=161, overdue=1, late_units=1, department_or_district_late=True))
    assert (verdict.name, verdict.red) == ("Quá hạn", True)


def test_one_unit_late_with_two_quarters_is_one_unit() -> None:
    assert judge(standing(opened=304, overdue=2, late_units=1)).name == "Còn 1 đơn vị chậm"


def test_continuous_work_counts_who_has_reported_and_is_never_red() -> None:
    verdict = judge(standing(wording=Wording.CONTINUOUS, dated=False, opened=152, reported=18))
    assert (verdict.name, verdict.red) == ("Thường xuyên: 18/152 đã báo cáo", False)


def test_invited_bodies_are_never_late() -> None:
    verdict = judge(standing(item=REQUEST, wording=None, dated=False, opened=3, reported=1))
    assert (verdict.name, verdict.red) == ("Đã cung cấp: 1/3", False)
    assert "quá hạn" not in verdict.message


def test_desks_with_nothing_waiting_say_so() -> None:
    assert judge(standing(item=DESK, wording=None, dated=False)).message == "Không có báo cáo chờ xác nhận"
