"""Before a conversation with a unit that is late: the invitation, and minutes filled in in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notifications.wording import upper_first
from obligations.errors import Refused
from obligations.model import Agency
from obligations.reckoning import Reckoning, Share
from obligations.words import count, day
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.duties_told import Row, counted, duty_rows, figures_of, owed, told_sum, unit_meant
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import dated_plan, glued, report_values


@dataclass(frozen=True, kw_only=True)
class _Case:
    """What there is to talk about with a unit."""

    unit: Agency
    whole: Reckoning
    rows: list[Row]


def write_invitation(desk: Desk) -> Written:
    """Write the invitation: about what, and what the unit is asked to bring; hour and place are blank."""
    case = _case(desk)
    abstract = f"Làm việc về tình hình thực hiện Kế hoạch số {desk.house.plan.number}"
    return Written(
        title=f"Mời {case.unit.name} làm việc",
        values={**_values(desk, case, abstract), "overdue": count(case.whole.overdue)},
        figures=figures_of(case.whole),
    )


def write_minutes(desk: Desk) -> Written:
    """Write the minutes: how the unit stands and what is late; what was said and agreed is left to write."""
    case = _case(desk)
    name = glued(case.unit.name)
    abstract = f"Làm việc với {name} về tình hình thực hiện Kế hoạch số {desk.house.plan.number}"
    return Written(
        title=f"Biên bản làm việc với {case.unit.name}",
        values={
            **_values(desk, case, abstract),
            "sum": f"Đến ngày {day(desk.on)}, nhiệm vụ có thời hạn của đơn vị: {told_sum(case.whole)}.",
            "ahead": _beside(case.whole),
        },
        figures=figures_of(case.whole),
    )


def late_ones(desk: Desk) -> list[StandingLine]:
    """Return what the conversation is about: what is overdue of the unit."""
    return _late(owed(desk, [unit_meant(desk).id]))


def _late(lines: Sequence[StandingLine]) -> list[StandingLine]:
    return [line for line in lines if line.share is Share.OVERDUE]


def _case(desk: Desk) -> _Case:
    unit = unit_meant(desk)
    lines = owed(desk, [unit.id])
    late = _late(lines)
    if not late:
        raise Refused(f"{unit.name}: không có nội dung nào quá hạn, không lập {desk.kind.name.lower()}")
    return _Case(unit=unit, whole=counted(lines), rows=duty_rows(desk, late))


def _values(desk: Desk, case: _Case, abstract: str) -> dict[str, object]:
    return {
        **report_values(desk, abstract, full_name(case.unit)),
        "opening": f"Thực hiện {dated_plan(desk.house)}",
        "unit": glued(case.unit.name),
        "unit_caps": case.unit.name.upper(),
        "rows": case.rows,
    }


def _beside(found: Reckoning) -> str:
    """Say what stands beside what has fallen due."""
    parts = [
        f"đang thực hiện, chưa đến hạn {count(found.running)}" if found.running else "",
        f"hoàn thành trước khi đến hạn {count(found.ahead)}" if found.ahead else "",
        f"chậm so với ngày đề nghị {count(found.asked_open)}" if found.asked_open else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"{upper_first(said)}." if said else ""
