"""Every item of the plan as a report tells it: dated work by the reckoning, continuous by its reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from notifications.wording import joined, sentence
from obligations.model import PART_WORDS, Item
from obligations.reckoning import DONE, FIELDS, Share
from obligations.words import alphabetical, count, day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import name_of
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import glued
from tasks_lib.rollup.consolidate import Line, RollUp

MISSING = (Share.OVERDUE, Share.ASKED_OPEN)
NAMED_MOST = 20
"""More units than these need no names where all of them are meant: a row has to stand on one page."""
NO_REPORT = "đơn vị chưa gửi báo cáo kỳ (nêu tại mục III)"
NOBODY = "Không có đơn vị thuộc phạm vi báo cáo"
TOLD: tuple[tuple[Share, str], ...] = (
    (Share.IN_TIME, "đúng hạn"),
    (Share.LATE, "sau thời hạn"),
    (Share.AHEAD, "trước khi đến hạn"),
    (Share.ASKED_IN_TIME, "kịp ngày đề nghị"),
    (Share.ASKED_LATE, "sau ngày đề nghị"),
)
OPEN: tuple[tuple[Share, str], ...] = (
    (Share.OVERDUE, "chưa hoàn thành, quá hạn"),
    (Share.ASKED_OPEN, "chưa hoàn thành, chậm so với ngày đề nghị"),
    (Share.EXCUSED, "tạm dừng theo địa bàn"),
    (Share.RUNNING, "đang thực hiện, chưa đến hạn"),
    (Share.NOTHING_AROSE, "không phát sinh"),
    (Share.NOT_COMPETENT, "không thuộc thẩm quyền"),
)


@dataclass(frozen=True, kw_only=True)
class ItemStanding:
    """How one item stands in a place."""

    item: Item
    lines: tuple[StandingLine, ...]
    """What is dated of it."""
    rows: tuple[Line, ...]
    """What is continuous of it: of its leads, and of those who implement it."""

    @property
    def is_owed(self) -> bool:
        """Whether anybody here owes it."""
        return bool(self.lines or self.rows)

    def result(self) -> str:
        """Say in one sentence how far it is: the numbers add up."""
        parts = [text for text in (told_dated(self.lines), *(_reported(row) for row in self.rows)) if text]
        return sentence("; ".join(parts)) if parts else f"{NOBODY}."

    def missing(self, house: House, silent: Collection[str] = (), writing: str = "") -> str:
        """Name who has not done or not reported it; of those who sent no report at all only that they are.

        Whoever is `writing` its report is not missing from it.
        """
        late = [line.agency_id for line in self.lines if line.share in MISSING]
        without = {unit.agency for row in self.rows for unit in row.standing.missing} - {writing}
        owing = {line.agency_id for line in self.lines}
        if len(owing) > NAMED_MOST and owing == set(late):
            named = f"Tất cả {count(len(owing))} đơn vị"
        else:
            named = by_place(house, dict.fromkeys([*late, *sorted(without - set(silent) - set(late))]))
        return "; ".join(text for text in (named, NO_REPORT if without & set(silent) else "") if text)

    def figures(self) -> Mapping[str, int | str]:
        """Return the numbers it states."""
        found: dict[str, int | str] = {}
        if self.lines:
            found[f"{self.item.key}: tổng số"] = len(self.lines)
            for share, name in FIELDS.items():
                if number := _number(self.lines, share):
                    found[f"{self.item.key}: {name}"] = number
        for row in self.rows:
            for counted in row.standing.counts:
                found[f"{self.item.key} ({row.part}, {counted.tier}): đã báo cáo"] = counted.reported
                found[f"{self.item.key} ({row.part}, {counted.tier}): tổng số"] = counted.total
        return found


def item_standings(house: House, lines: Sequence[StandingLine], roll_up: RollUp | None) -> list[ItemStanding]:
    """Return every item of the plan, dated and continuous, whoever owes it."""
    by_item: dict[str, list[StandingLine]] = defaultdict(list)
    for line in lines:
        if line.item:
            by_item[line.item].append(line)
    rows: dict[str, list[Line]] = defaultdict(list)
    for row in roll_up.lines if roll_up is not None else ():
        rows[row.item.key].append(row)
    return [
        ItemStanding(item=item, lines=tuple(by_item[item.key]), rows=tuple(rows[item.key]))
        for item in house.plan.assigned
    ]


def by_place(house: House, agencies: Iterable[str]) -> str:
    """Name agencies by the place they are counted under: "Bát Xát: xã A Lù, xã Y Tý; Sở Y tế"."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for key in agencies:
        agency = house.agency(key)
        area = agency.area if agency.area != key else None
        grouped[area or ""].append(glued(agency.name if area is None else agency.short_name or agency.name))
    parts = []
    for area in sorted(grouped, key=lambda key: alphabetical(name_of(house, key) if key else "")):
        named = ", ".join(sorted(grouped[area], key=alphabetical))
        parts.append(f"{glued(house.agency(area).short_name)}: {named}" if area else named)
    return "; ".join(parts)


def _number(lines: Iterable[StandingLine], *shares: Share) -> int:
    return sum(line.share in shares for line in lines)


def told_dated(lines: Sequence[StandingLine]) -> str:
    """Say how many of some dated duties are done, how, and what of the rest: the numbers add up."""
    if len(lines) <= 1:
        return _alone(lines[0]) if lines else ""
    done = _number(lines, *DONE)
    how = [f"{words} {count(number)}" for share, words in TOLD if (number := _number(lines, share))]
    said = f"hoàn thành {count(done)}/{count(len(lines))} lượt{f' ({joined(how)})' if how else ''}"
    rest = [f"{words} {count(number)}" for share, words in OPEN if (number := _number(lines, share))]
    return "; ".join([said, *rest])


def _alone(line: StandingLine) -> str:
    """Say how one unit's own duty stands."""
    words = dict((*TOLD, *OPEN))
    on = f" ngày {day(line.done_on)}" if line.done_on and line.share in DONE else ""
    said = words.get(line.share, "")
    return f"đã hoàn thành{on} ({said})" if line.share in DONE else said


def _supplied(row: Line) -> str:
    """Say of a body that is only invited whether it has supplied; it is counted with nobody."""
    if row.standing.counts:
        return ""
    names = joined([unit.name for unit in row.standing.not_supplied])
    return f"chưa cung cấp: {names}" if names else "cơ quan được đề nghị phối hợp đã cung cấp"


def _reported(row: Line) -> str:
    if supplied := _supplied(row):
        return supplied
    if [c.total for c in row.standing.counts] == [1]:
        return "đã báo cáo trong kỳ" if row.standing.counts[0].reported else "chưa báo cáo trong kỳ"
    counts = [f"{count(c.reported)}/{count(c.total)} {c.noun}" for c in row.standing.counts]
    if not counts:
        return ""
    who = f"đơn vị {PART_WORDS[row.part]}"
    return f"{who} đã báo cáo: {joined(counts)}"
