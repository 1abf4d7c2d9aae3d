"""The words of the domain as frozen values; Vietnamese equivalents stand in docs/glossary.md."""

from __future__ import annotations

from obligations.model.agency import INSIDE, Agency, Contact, Group
from obligations.model.deadline import Deadline, Wording
from obligations.model.duty import PART_WORDS, Judged, Kind, Part, Planned, TimeState, WorkState
from obligations.model.item import ASKED, Figure, GivenBy, Item, LeadMode, SecondBody, SecondRole
from obligations.model.ladder import (
    BESIDE_ITS_OWN,
    Ladder,
    LadderRole,
    LadderStep,
    LegKind,
    Rhythm,
    Role,
    StepRule,
)
from obligations.model.plan import Content, Cycle, Plan, Regulation, Settings, YearScores

__all__ = [
    "ASKED",
    "BESIDE_ITS_OWN",
    "INSIDE",
    "PART_WORDS",
    "Agency",
    "Contact",
    "Content",
    "Cycle",
    "Deadline",
    "Figure",
    "GivenBy",
    "Group",
    "Item",
    "Judged",
    "Kind",
    "Ladder",
    "LadderRole",
    "LadderStep",
    "LeadMode",
    "LegKind",
    "Part",
    "Plan",
    "Planned",
    "Regulation",
    "Rhythm",
    "Role",
    "SecondBody",
    "SecondRole",
    "Settings",
    "StepRule",
    "TimeState",
    "Wording",
    "WorkState",
    "YearScores",
]
