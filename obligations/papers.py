"""What papers an office signs: kinds, and in what words each sort of office signs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from obligations.model import Agency, Plan

PROPOSAL = "Đề nghị đôn đốc hoàn thành"
"""What is proposed about a late unit unless Sở Nội vụ writes something else."""
HARD = "Đề nghị chỉ đạo hoàn thành, làm rõ trách nhiệm"
"""The hard form, which a person chooses for a unit that is late many times without a reason."""

LETTER: Final = "CV"
"""The sort of a paper without a sort of its own in its number."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """How one sort of agency signs."""

    key: str
    symbol: str
    """After the initials in a letter's number: CCHC."""
    filed: str
    """The last line of "Nơi nhận", after "Lưu:"."""
    copies: tuple[str, ...]
    """Further lines of it."""
    posts: Mapping[str, tuple[str, ...]]
    """By authority (self, kt, tl, tuq): the lines over the signature."""


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper."""

    key: str
    name: str
    sort: str
    title: str
    """What it is called where it is cited: "Công văn", "Báo cáo"."""
    by: Mapping[str, str]
    """Whose it can be, and under which authority it is signed there unless somebody says."""


@dataclass(frozen=True, kw_only=True)
class PaperForms:
    """All papers of a plan and all offices that sign."""

    offices: Mapping[str, Office]
    kinds: Mapping[str, PaperKind]


def office_of(agency: Agency, plan: Plan) -> str:
    """Say what sort of office an agency is, for its papers."""
    if agency.id == plan.focal:
        return "collator"
    if agency.id == plan.top:
        return "province"
    if agency.level.top:
        return "department"
    return "district" if agency.level.heads else "commune"
