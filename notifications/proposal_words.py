"""The sentences of the draft report to UBND tỉnh."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.proposal_model import ProposalGroup, ProposalReport, ProposalRow
from notifications.reminded import NOT_REACHED
from notifications.wording import joined, plain_date
from obligations.places import parts_of, place_of
from obligations.words import count

TASK = "nhiệm vụ "


def figures(data: ProposalReport) -> str:
    """Say what fell due and how it was done: the sum adds up."""
    found = data.reckoned
    who = f"{count(found.due)} lượt cơ quan, đơn vị, địa phương phải thực hiện"
    due = f"Đến hết ngày {plain_date(data.as_of)}, có {count(data.due_items)} nhiệm vụ đến hạn với {who}"
    done = f"{count(found.in_time)} hoàn thành đúng hạn, {count(found.late)} hoàn thành sau thời hạn"
    paused = f", trong đó {count(found.excused)} tạm dừng theo địa bàn" if found.excused else ""
    named = count(sum(len(group.rows) for group in data.groups))
    annex = f"{named} lượt chậm nhiều ngày hoặc nhiều nhiệm vụ cùng lúc nêu tại Phụ lục kèm theo"
    return f"{due}; {done}, {count(found.missing)} chưa hoàn thành{paused}; {annex}."


def request(data: ProposalReport, top: str) -> str:
    """Ask UBND tỉnh to urge those named."""
    bodies = f"{data.bodies} và các cơ quan nêu trên"
    act = f"kính đề nghị {top} xem xét, đôn đốc {bodies} hoàn thành nhiệm vụ{_act_before(data)}"
    return f"{data.issuer} {act}{_responsibility(data)}."


def _responsibility(data: ProposalReport) -> str:
    """Ask after responsibility only of the units for which a person chose to."""
    units = tuple(dict.fromkeys(row.unit for group in data.groups for row in group.rows if row.hard))
    return f"; làm rõ trách nhiệm của {joined(units)}" if units else ""


def _act_before(data: ProposalReport) -> str:
    return f" trước ngày {plain_date(data.act_before)}" if data.act_before else ""


def summary(group: ProposalGroup) -> str:
    """Say in one sentence what a district or department and its units have not done."""
    own = [row for row in group.rows if row.unit == group.name]
    below = [row for row in group.rows if row.unit != group.name]
    parts = [_undone(own)] if own else []
    if below:
        units = tuple(dict.fromkeys(place_of(row.unit) for row in below))
        of_all = f"{count(len(units))}/{count(group.units)} {parts_of(place_of(group.name))}"
        parts.append(f"{of_all} ({joined(units)}) {_undone(below)}")
    return f"- {group.name}: {'; '.join(parts)}{_unheard(group)}."


def _undone(rows: Sequence[ProposalRow]) -> str:
    """Name what is not done: one thing with its days, several counted, with the one that is longest late."""
    oldest = min(rows, key=lambda row: row.last_day)
    days = f"thời hạn {plain_date(oldest.last_day)}, quá hạn {count(oldest.working_days_late)} ngày làm việc"
    subjects = tuple(dict.fromkeys(row.subject for row in rows))
    if len(subjects) == 1:
        return f"chưa hoàn thành {subjects[0]} ({days})"
    items = [subject.removeprefix(TASK) for subject in subjects if subject.startswith(TASK)]
    others = [subject for subject in subjects if not subject.startswith(TASK)]
    named = "; ".join([*([TASK + ", ".join(sorted(items))] if items else []), *others])
    what = f"{count(len(subjects))} nội dung, gồm: {named}"
    return f"chưa hoàn thành {what}; chậm lâu nhất: {oldest.subject} ({days})"


def excused(data: ProposalReport) -> list[str]:
    """Name apart whom a pause of their place excuses; nothing is proposed against them."""
    if not data.excused:
        return []
    by_unit: dict[str, list[str]] = {}
    for row in data.excused:
        by_unit.setdefault(row.unit, []).append(row.subject)
    named = "; ".join(f"{unit} ({', '.join(dict.fromkeys(found))})" for unit, found in by_unit.items())
    return [f"Chậm do tạm dừng theo địa bàn, thống kê riêng, không đề nghị xem xét: {named}."]


def _unheard(group: ProposalGroup) -> str:
    """Name the units of which a reminder has not arrived."""
    units = tuple(dict.fromkeys(row.unit for row in group.rows if not row.reminders.arrived))
    return f"; {NOT_REACHED}: {joined(units)}" if units else ""


def outside(data: ProposalReport, top: str) -> list[str]:
    """Name the bodies not under UBND tỉnh that have not supplied."""
    if not data.outside:
        return []
    named = ", ".join(dict.fromkeys(row.unit for row in data.outside))
    return [
        f"Đối với các cơ quan không thuộc {top} ({named}), kính đề nghị {top} có ý kiến đề nghị phối hợp."
    ]
