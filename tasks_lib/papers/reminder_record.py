"""Bảng tổng hợp các lần nhắc việc, đôn đốc of a unit: what was sent, what became of it, and on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from obligations.errors import Refused
from obligations.words import count, day
from tasks_lib.desk.reminders import Reminded, reminders_of
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.duties_told import unit_meant
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.campaigns import SignedUrging, signed_urgings
from tasks_lib.papers.sql.standing import standing_lines
from tasks_lib.papers.words import dated_plan, glued, report_values

LETTER = "công văn đôn đốc"


def write_reminder_record(desk: Desk) -> Written:
    """Write the record: duty by duty, mails with what became of them, calls, signed letters."""
    house, unit = desk.house, unit_meant(desk)
    found = [line for line in reminders_of(house, unit.id) if _is_of(desk, line)]
    lines = standing_lines(desk.connection, house.plan.key, desk.on, [unit.id])
    keys = {line.obligation_id: line.key for line in lines}
    letters = [one for one in signed_urgings(desk.connection, keys) if one.signed_on <= desk.on]
    if not (found or letters):
        raise Refused(f"{unit.name}: chưa có lần nhắc việc, đôn đốc nào")
    accepted = sum(line.moment.accepted for line in found)
    mails = sum(line.moment.is_notice for line in found)
    abstract = f"Các lần nhắc việc, đôn đốc {glued(unit.name)} đến ngày {day(desk.on)}"
    return Written(
        title=f"Các lần nhắc việc, đôn đốc {unit.name}",
        values={
            **report_values(desk, abstract, full_name(unit)),
            "opening": f"Thực hiện {dated_plan(house)}",
            "sum": (
                f"Thư nhắc việc, đôn đốc đã ghi: {count(mails)}, máy chủ thư đã nhận {count(accepted)};"
                f" công văn đôn đốc đã ký {count(len({one.number for one in letters}))};"
                f" trao đổi trực tiếp, ý kiến chỉ đạo {count(len(found) - mails)}."
            ),
            "rows": _rows(desk, found, letters, keys),
        },
        figures={"mails": mails, "accepted": accepted, "letters": len(letters)},
    )


def _is_of(desk: Desk, line: Reminded) -> bool:
    """Whether a line reminded somebody: what the collator was told for its own lists reminded nobody."""
    moment = line.moment
    return moment.day <= desk.on and not (moment.is_notice and moment.recipient == desk.house.plan.focal)


def _rows(
    desk: Desk, found: Sequence[Reminded], letters: Sequence[SignedUrging], keys: dict[int, str]
) -> list[dict[str, str]]:
    """Return the rows, duty by duty, each in the order of its days."""
    names = {line.key: line.name for line in found}
    by_duty: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for line in found:
        moment = line.moment
        told = {"what": moment.what, "to": moment.to, "mail": moment.mail or moment.detail}
        by_duty[line.key].append((moment.day.isoformat(), {"on": day(moment.day), **told}))
    for one in letters:
        cited = f"số {one.number} của {desk.house.agency(one.issuer_id).name}"
        told = {"what": LETTER, "to": desk.house.agency(desk.order.for_ or "").name, "mail": cited}
        by_duty[keys[one.obligation_id]].append(
            (one.signed_on.isoformat(), {"on": day(one.signed_on), **told})
        )
    rows: list[dict[str, str]] = []
    for key, lines in by_duty.items():
        rows.append({"group": names.get(key, key)})
        for number, (_, row) in enumerate(sorted(lines, key=lambda pair: pair[0]), start=1):
            rows.append({"group": "", "n": str(number), **row})
    return rows
