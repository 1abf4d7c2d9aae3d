"""What differs between two plans, or two versions of one: items, their words, their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.load import Configuration
from obligations.calendar import WorkingCalendar
from obligations.deadlines import item_dues
from obligations.model import ASKED, Item, Plan
from obligations.words import day

COMPARED = (
    "title",
    "leads_text",
    "cooperating_text",
    "deadline_text",
    "leads",
    "second",
    "lead_mode",
    *ASKED,
)
"""What of an item is compared word for word; its days are compared as days."""
FIELD_WORDS = {
    "title": "nội dung",
    "leads_text": "chủ trì",
    "cooperating_text": "phối hợp, thực hiện",
    "deadline_text": "thời hạn",
    "leads": "mã cơ quan chủ trì",
    "second": "mã cơ quan phối hợp, thực hiện",
    "lead_mode": "cách chủ trì",
    **{field: words.lower() for field, words in ASKED.items()},
}


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A field of an item that says something else."""

    item: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A last day of an item that is another; None where a side has none."""

    item: str
    period: str
    old: date | None
    new: date | None


@dataclass(frozen=True, kw_only=True)
class PlanDiff:
    """What differs between two plans."""

    old: str
    new: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    moved: tuple[Moved, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "from": self.old,
            "to": self.new,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [{"item": c.item, "field": c.field, "from": c.old, "to": c.new} for c in self.changed],
            "moved": [
                {"item": m.item, "period": m.period, "from": _iso(m.old), "to": _iso(m.new)}
                for m in self.moved
            ],
        }

    def in_words(self) -> list[str]:
        """Return a line for each difference."""
        lines = [f"thêm nhiệm vụ {key}" for key in self.added]
        lines += [f"bỏ nhiệm vụ {key}" for key in self.removed]
        lines += [f"nhiệm vụ {c.item}, {FIELD_WORDS[c.field]}: '{c.old}' → '{c.new}'" for c in self.changed]
        lines += [
            f"nhiệm vụ {m.item}, kỳ {m.period}: hạn cuối {_told(m.old)} → {_told(m.new)}" for m in self.moved
        ]
        return lines


def difference(old: Configuration, old_plan: Plan, new: Configuration, new_plan: Plan) -> PlanDiff:
    """Compare two plans item by item, each reckoned with the calendar of its own configuration."""
    before, after = _items(old_plan), _items(new_plan)
    both = [key for key in after if key in before]
    return PlanDiff(
        old=old_plan.key,
        new=new_plan.key,
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=tuple(c for key in both for c in _changed(before[key], after[key])),
        moved=tuple(
            moved
            for key in both
            for moved in _moved(
                key, _days(before[key], old_plan, old.calendar), _days(after[key], new_plan, new.calendar)
            )
        ),
    )


def _items(plan: Plan) -> dict[str, Item]:
    return {item.key: item for item in plan.everything}


def _changed(old: Item, new: Item) -> list[Changed]:
    return [
        Changed(item=old.key, field=name, old=_text(getattr(old, name)), new=_text(getattr(new, name)))
        for name in COMPARED
        if getattr(old, name) != getattr(new, name)
    ]


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(getattr(one, "body", "") or getattr(one, "text", "") or str(one) for one in value)
    return str(value)


def _days(item: Item, plan: Plan, calendar: WorkingCalendar) -> dict[str, date]:
    return {str(due.period): due.last_day for due in item_dues(item, plan, calendar)}


def _moved(key: str, old: dict[str, date], new: dict[str, date]) -> list[Moved]:
    return [
        Moved(item=key, period=period, old=old.get(period), new=new.get(period))
        for period in dict.fromkeys((*old, *new))
        if old.get(period) != new.get(period)
    ]


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on is not None else None


def _told(on: date | None) -> str:
    return day(on) if on is not None else "không có"
