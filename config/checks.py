"""What no single file can know: that names exist elsewhere and dates fit the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from config.agencies import Directory
from config.errors import FaultLog
from config.files import PlanRow
from config.reading import UNREAD
from config.term_checks import level_faults, step_leads, term_faults
from obligations.deadlines import FOCAL, OPENED_BY_EVENT
from obligations.levels import Levels
from obligations.model import Cycle, Deadline, Item, Regulation, Wording
from obligations.period import quarters
from obligations.terms import last_day_before

BY_RULE = (Wording.AS_REGULATED, Wording.AS_DIRECTED, Wording.EVERY_QUARTER)
NAMED_DAY = (Wording.BEFORE, Wording.REPORT_BEFORE, Wording.BY_DAY)


@dataclass(frozen=True)
class PlanCheck:
    """Checks one plan file's head and items against the agencies and its own life."""

    file: str
    agencies: Directory
    life: tuple[date, date]
    items: frozenset[str] | None
    """Keys as written; None when one of them cannot be told."""
    log: FaultLog
    draft: bool = False
    """Of a draft bodies that are no more are doubts, for somebody to name who is there."""

    def head(self, row: PlanRow) -> None:
        """The bodies the head names exist, and the plan ends after it was signed."""
        lists = {"planners": row.planners, "sheet_keepers": row.sheet_keepers, "invited": row.invited}
        named = {"focal": [row.focal], "top": [row.top], **lists}
        for field, refs in named.items():
            self._bodies("[plan]", field, refs)
        if UNREAD not in self.life and row.valid_until < row.signed_on:
            self.log.add(self.file, "[plan]", "valid_until", "sớm hơn ngày ký")
        if row.predecessor == row.key:
            self.log.add(self.file, "[plan]", "predecessor", "kế hoạch không nối tiếp chính nó")
        if self.agencies.top and row.top in self.agencies.agencies and row.top != self.agencies.top:
            self.log.add(self.file, "[plan]", "top", f"agencies.toml ghi '{self.agencies.top}'")

    def contents(self, items: Iterable[Item], numbers: set[int]) -> None:
        """Every item stands under a content that the file names."""
        for item in items:
            if item.content not in numbers:
                self._fault(item, "content", f"không có nội dung {item.content}")

    def item(self, item: Item) -> None:
        """Names and dates of one item."""
        label = f"nhiệm vụ {item.key}"
        self._bodies(label, "leads", item.leads)
        self._bodies(label, "second", [body.body for body in item.second if body.has_account])
        unknown = self.items is not None and item.waits_for not in self.items
        if item.waits_for is not None and (unknown or item.waits_for == item.key):
            self._fault(item, "waits_for", f"không có nhiệm vụ '{item.waits_for}' để chờ")
        if item.waits_for is not None and item.waits_until is None:
            self._fault(item, "waits_until", "thiếu ngày chờ muộn nhất")
        self._deadline(item)
        self._in_life(item, "waits_until", item.waits_until)
        self._given(item)

    def _given(self, item: Item) -> None:
        """A letter is of the plan's life, and gives nothing that was due before it."""
        if item.given is None:
            return
        self._in_life(item, "given.signed_on", item.given.signed_on)
        due = last_day(item.deadline)
        if due is not None and UNREAD not in (due, item.given.signed_on) and due < item.given.signed_on:
            self._fault(item, "deadline.day", f"hạn {due:%d/%m/%Y} trước ngày của văn bản giao")

    def _bodies(self, label: str, field: str, refs: Iterable[str]) -> None:
        signed = self.life[0]
        for ref in refs:
            if not self.agencies.knows(ref):
                self.log.add(self.file, label, field, f"không có cơ quan '{ref}'")
            elif not self.draft and signed != UNREAD and self._empty_on(ref, signed):
                self.log.add(self.file, label, field, f"'{ref}' không có cơ quan nào vào ngày ký kế hoạch")

    def _empty_on(self, ref: str, day: date) -> bool:
        """Whether a sound agency or group has nobody on a day; empty groups are told in their own file."""
        group = self.agencies.groups.get(ref)
        sound = bool(group.members) if group else ref in self.agencies.agencies
        return sound and not self.agencies.members(ref, day)

    def _deadline(self, item: Item) -> None:
        deadline = item.deadline
        if deadline.term is not None:
            for field, why in term_faults(deadline.term, self.life):
                self._fault(item, field, why)
            for why in level_faults(deadline, self.agencies.levels):
                self._fault(item, "deadline.levels", why)
            for refs in step_leads(deadline.term):
                self._bodies(f"nhiệm vụ {item.key}", "deadline.steps.leads", refs)
            return
        if deadline.wording in NAMED_DAY and deadline.day is None:
            self._fault(item, "deadline.day", f"cách ghi '{deadline.wording}' cần một ngày")
        if deadline.wording is Wording.QUARTER and deadline.quarter is None:
            self._fault(item, "deadline.quarter", "cách ghi 'quarter' cần một quý, viết như 2022-Q3")
        field = "deadline.quarter" if deadline.quarter else "deadline.day"
        self._in_life(item, field, last_day(deadline))

    def _in_life(self, item: Item, field: str, day: date | None) -> None:
        if day is None or day == UNREAD or UNREAD in self.life:
            return
        signed, until = self.life
        if not signed <= day <= until:
            self._fault(
                item,
                field,
                f"{day:%d/%m/%Y} nằm ngoài thời gian của kế hoạch ({signed:%d/%m/%Y}-{until:%d/%m/%Y})",
            )

    def _fault(self, item: Item, field: str, message: str) -> None:
        self.log.add(self.file, f"nhiệm vụ {item.key}", field, message)


def last_day(deadline: Deadline) -> date | None:
    """Return the last day a deadline names by itself, if it does."""
    if deadline.wording is Wording.QUARTER and deadline.quarter:
        return deadline.quarter.last_day
    if deadline.day is None or deadline.day == UNREAD or deadline.wording is Wording.BY_DAY:
        return deadline.day
    return last_day_before(deadline.day)


def check_cycles(file: str, cycles: Iterable[Cycle], levels: Levels, log: FaultLog) -> None:
    """Each level has its days, and figures close before they are sent.

    That a working day lies between needs no check: `obligations.deadlines.closing_day` sees to it every year.
    """
    # Where the levels could not be read, nothing can be said of a word.
    if not len(levels):
        return
    known = (*levels.keys, FOCAL)
    told: set[str] = set()
    for cycle in cycles:
        row = cycle.series or cycle.key
        if row in told:
            continue
        told.add(row)
        label = f"kỳ báo cáo {row}"
        for field, days in (("before_day", cycle.before_day), ("close_day", cycle.close_day)):
            for level in set(known) - days.keys():
                log.add(file, label, f"{field}.{level}", "thiếu ngày của cấp này")
            for level in days.keys() - set(known):
                log.add(file, label, f"{field}.{level}", f"không có cấp này, chỉ nhận {', '.join(known)}")
        for level in sorted(set(known) & cycle.before_day.keys() & cycle.close_day.keys()):
            before, close = cycle.before_day[level], cycle.close_day[level]
            if close >= before - 1:
                why = f"chốt số liệu ngày {close} không trước ngày gửi (trước ngày {before})"
                log.add(file, label, f"close_day.{level}", why)


def check_regulations(
    file: str,
    regulations: Iterable[Regulation],
    items: Mapping[str, Item],
    known: set[str] | None,
    log: FaultLog,
) -> None:
    """A rule belongs to an item that goes by one, and two rules of an item never hold on one day."""
    by_item: dict[str, list[Regulation]] = {}
    for rule in regulations:
        item = items.get(rule.item)
        if known is not None and rule.item not in known:
            log.add(file, f"quy định {rule.item}", "item", f"không có nhiệm vụ '{rule.item}'")
        elif item is not None and item.deadline.wording not in BY_RULE:
            why = "nhiệm vụ không ghi thời hạn 'Theo quy định' hoặc hằng quý"
            log.add(file, f"quy định {rule.item}", "item", why)
        elif item is not None and item.deadline.wording in OPENED_BY_EVENT and not rule.recorders:
            log.add(file, f"quy định {rule.item}", "recorders", "thiếu trường này")
        if UNREAD not in (rule.valid_from, rule.valid_to):
            by_item.setdefault(rule.item, []).append(rule)
    for key, rules in by_item.items():
        for earlier, later in pairwise(sorted(rules, key=lambda rule: rule.valid_from)):
            if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
                log.add(
                    file,
                    f"quy định {key}",
                    "valid_from",
                    f"{later.valid_from:%d/%m/%Y} trùng thời gian với quy định trước",
                )


def check_quarters(
    file: str,
    items: Iterable[Item],
    regulations: Iterable[Regulation],
    life: tuple[date, date],
    log: FaultLog,
) -> None:
    """A rule is in force at the end of each quarter that an item of every quarter is owed for."""
    if UNREAD in life:
        return
    for item in items:
        if item.deadline.wording is not Wording.EVERY_QUARTER:
            continue
        rules = [rule for rule in regulations if rule.item == item.key and UNREAD not in _in_force(rule)]
        for period in quarters(*life):
            end = period.last_day
            if end <= life[1] and not any(first <= end <= last for first, last in map(_in_force, rules)):
                why = f"không có quy định nào áp dụng cho {period.name()}"
                log.add(file, f"nhiệm vụ {item.key}", "deadline", why)
                break


def _in_force(rule: Regulation) -> tuple[date, date]:
    return rule.valid_from, rule.valid_to or date.max
