"""Công văn đôn đốc: who has reported and when, and who is asked again, for how many times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from notifications.wording import joined
from obligations.errors import Invalid, Refused
from obligations.model import Agency, Kind
from obligations.reckoning import FIELDS, Share
from obligations.words import count, day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import full_name, name_of
from tasks_lib.papers.duties_told import is_below, owed, together
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.campaigns import turns
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.urging_annexes import REPORTED, asked_rows, by_subject, named, reported_rows, subject_of
from tasks_lib.papers.words import glued, letter_values

ANSWER_WORKING_DAYS = 5
"""Working days that a letter gives the units [ours]."""
NAMED_MOST = 12
"""So many addressees of one level are named at the head; more are those of the annex."""


def write_urging(desk: Desk) -> Written:
    """Write the letter: only what is overdue by the plan or a document is asked for, nothing that rests."""
    lines = lines_of(desk)
    asked = [line for line in lines if line.share is Share.OVERDUE]
    if not asked:
        raise Refused(
            "không có nội dung nào quá hạn để đôn đốc (việc chưa đến hạn, đang tạm dừng hoặc theo ngày chỉ"
            " đề nghị không được đưa vào công văn)"
        )
    wanted = {subject_of(line) for line in asked}
    about = [line for line in lines if subject_of(line) in wanted]
    often = turns(desk.connection, desk.house.plan.key, desk.order.by, desk.on + timedelta(days=1))
    each = {line.obligation_id: often.get(line.obligation_id, 0) + 1 for line in asked}
    turn = max(each.values())
    plan = desk.house.plan
    abstract = f"đôn đốc báo cáo kết quả thực hiện Kế hoạch số {plan.number} (lần {turn})"
    return Written(
        title=f"{abstract[:1].upper()}{abstract[1:]}",
        values=_values(desk, abstract, about, asked, each),
        figures=_figures(about),
        duties=each,
    )


def units_asked(desk: Desk) -> list[str]:
    """Return the units that have something to be urged, in the order of the list of agencies."""
    lines = lines_of(desk)
    late = {line.agency_id for line in lines if line.share is Share.OVERDUE}
    return [key for key in desk.house.configuration.agencies if key in late]


def lines_of(desk: Desk) -> list[StandingLine]:
    """Return all that the chosen units owe of the chosen items, late or not."""
    return owed(desk, _scope(desk), desk.order.items)


def _scope(desk: Desk) -> list[str]:
    """Return whose duties a letter of this office may be about, or refuse units that are not below it."""
    house, by = desk.house, desk.order.by
    mine = {a.id for a in house.agencies if is_below(house, by, a) and a.exists_on(desk.on)}
    for unit in desk.order.units:
        if unit not in mine:
            raise Invalid(f"--unit: {desk.issuer.name} không gửi công văn đôn đốc {name_of(house, unit)}")
    return [*desk.order.units] or sorted(mine)


def _values(
    desk: Desk,
    abstract: str,
    about: Sequence[StandingLine],
    asked: Sequence[StandingLine],
    each: Mapping[int, int],
) -> dict[str, object]:
    house = desk.house
    focal = desk.order.by == house.plan.focal
    again = sum(turn > 1 for turn in each.values())
    before = house.calendar.add(desk.on, ANSWER_WORKING_DAYS)
    return {
        **letter_values(desk, abstract, *_addressees(desk, asked)),
        "subjects": [_subject_line(house, found) for found in by_subject(about).values()],
        "excused": _excused(house, about),
        "asks": "đề nghị" if focal else "yêu cầu",
        "desk": house.focal.name if focal and not _through(house, asked) else _desk_words(desk, asked),
        "before": day(before),
        "again": f"Trong đó có {count(again)} lượt được đôn đốc từ lần thứ hai trở lên." if again else "",
        "closing": _closing(desk),
        "reported": reported_rows(house, about),
        "asked": asked_rows(desk, asked, each),
    }


def _through(house: House, asked: Iterable[StandingLine]) -> bool:
    return any(house.agency(line.agency_id).next_desk for line in asked)


def _desk_words(desk: Desk, asked: Iterable[StandingLine]) -> str:
    """Say where reports go: a unit below a district reports to that."""
    house = desk.house
    if desk.order.by != house.plan.focal:
        return f"{desk.issuer.name} (qua {desk.issuer.desk or 'cơ quan chuyên môn'})"
    direct = any(house.agency(line.agency_id).next_desk is None for line in asked)
    passing, heads = set(), set()
    for unit in (house.agency(line.agency_id) for line in asked):
        if unit.next_desk is not None:
            passing.add(unit.level)
            heads.add(house.agency(unit.next_desk).level)
    below = ", ".join(level.short for level in house.levels if level in passing)
    names = joined(sorted(level.agency for level in heads))
    return (
        f"{names} để tổng hợp, gửi {house.focal.name}"
        if not direct
        else f"{house.focal.name} ({below} gửi qua {names})"
    )


def _closing(desk: Desk) -> str:
    focal = desk.house.focal.name
    if desk.order.by == desk.house.plan.focal:
        top = desk.house.agency(desk.house.plan.top).name
        return f"Sau thời hạn trên, {focal} tổng hợp, báo cáo {top} xem xét"
    return f"Sau thời hạn trên, {desk.issuer.name} tổng hợp kết quả, gửi {focal} theo quy định"


def _addressees(desk: Desk, asked: Iterable[StandingLine]) -> list[str]:
    """Return to whom it goes: a unit below a district through that, others by themselves."""
    house = desk.house
    if desk.order.by == house.plan.focal and not desk.order.units:
        keys = [house.agency(line.agency_id).area or line.agency_id for line in asked]
    else:
        keys = [line.agency_id for line in asked]
    order = {key: place for place, key in enumerate(house.configuration.agencies)}
    by_level: dict[str, list[Agency]] = defaultdict(list)
    for key in sorted(dict.fromkeys(keys), key=lambda key: order.get(key, len(order))):
        agency = house.agency(key)
        by_level[agency.level.key].append(agency)
    found: list[str] = []
    for agencies in reversed(by_level.values()):
        if len(agencies) > NAMED_MOST:
            found.append(f"{together(agencies[0].level)} có tên tại Phụ lục II")
        else:
            found += [full_name(agency) for agency in agencies]
    return found


def _counted(lines: Iterable[StandingLine], *shares: Share) -> int:
    return sum(line.share in shares for line in lines)


def _subject_line(house: House, lines: Sequence[StandingLine]) -> str:
    """Say of one thing how many owe it, have reported it and have not: the numbers add up."""
    done = [line for line in lines if line.share in REPORTED]
    late, missing = _counted(lines, Share.LATE), _counted(lines, Share.OVERDUE)
    parts = [f"đã báo cáo {count(len(done))}/{count(len(lines))} đơn vị"]
    if late:
        parts[0] += f" (sau thời hạn {count(late)})"
    parts.append(f"chưa báo cáo {count(missing)}")
    if resting := _counted(lines, Share.EXCUSED):
        parts.append(f"tạm dừng theo địa bàn {count(resting)}")
    if running := _counted(lines, Share.RUNNING):
        parts.append(f"chưa đến hạn {count(running)}")
    if outside := len(lines) - len(done) - missing - resting - running:
        parts.append(f"không thuộc diện báo cáo {count(outside)}")
    days = joined([day(found) for found in sorted({line.last_day for line in lines})])
    return f"- {named(house, lines[0])} (thời hạn {days}): {'; '.join(parts)}."


def _excused(house: House, lines: Iterable[StandingLine]) -> str:
    """Name apart who rests: nothing is asked of them."""
    names = {line.agency_id for line in lines if line.share is Share.EXCUSED}
    if not names:
        return ""
    named = joined([glued(name_of(house, key)) for key in sorted(names, key=lambda key: name_of(house, key))])
    about = "Đơn vị trên địa bàn đang tạm dừng, thống kê riêng, không thuộc diện đề nghị tại văn bản này"
    return f"{about}: {named}."


def _figures(lines: Sequence[StandingLine]) -> dict[str, int | str]:
    """Return what the letter states, in all and by subject."""
    found: dict[str, int | str] = {}
    for (kind, item, period), mine in by_subject(lines).items():
        name = f"{item or Kind(kind).value} {period}"
        found[f"{name}: tổng số"] = len(mine)
        for share in (*REPORTED, Share.OVERDUE, Share.EXCUSED):
            found[f"{name}: {FIELDS[share]}"] = _counted(mine, share)
    found["units_asked"] = len({line.agency_id for line in lines if line.share is Share.OVERDUE})
    found["asked"] = _counted(lines, Share.OVERDUE)
    return found
