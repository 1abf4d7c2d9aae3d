"""One row of the appendix: who leads, who else has a part, which figures it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from obligations.errors import Invalid
from obligations.model.deadline import Deadline
from obligations.terms import Term
from obligations.words import letter

ASKED: Final = {
    "product": "Sản phẩm",
    "quantity": "Số lượng cần đạt",
    "leader": "Lãnh đạo phụ trách",
    "room": "Phòng, bộ phận phụ trách",
}
"""What an item may say beside its title, bodies and day, and what that is called."""


class LeadMode(StrEnum):
    """Several leads answer each at its level, or jointly through the first named."""

    EACH = "each"
    JOINT = "joint"


class SecondRole(StrEnum):
    """What a body in the appendix' second column does."""

    IMPLEMENTS = "implements"
    GUIDES = "guides"
    COOPERATES = "cooperates"
    INSPECTED = "inspected"


@dataclass(frozen=True, kw_only=True)
class SecondBody:
    """One body of the second column and what it does there."""

    body: str
    """An agency's or group's id; `text` alone where it has no account."""
    role: SecondRole
    text: str = ""
    has_account: bool = True


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A named number an item asks for (config/figures.csv)."""

    item: str
    key: str
    name: str
    unit: str
    kind: str
    """count, amount, percent (two counts) or yes-no."""
    nature: str
    """`period` adds over time, `as_of` takes the last."""
    lead: tuple[str, ...]
    """The levels at which a lead is asked for it."""
    hands: tuple[str, ...]
    """The levels at which an implementer is asked for it: one figure of an item at each."""
    across: str
    """sum, two_counts, yes_of_n or none."""
    most: int = 0
    """The largest number that can be true of it; 0 lets its kind decide."""


@dataclass(frozen=True, kw_only=True)
class GivenBy:
    """The letter by which a task was given beside the plan's own (nhiệm vụ giao theo văn bản)."""

    number: str
    signed_on: date
    issuer: str
    """As papers name it: "UBND tỉnh Lào Cai"."""

    def __str__(self) -> str:
        """Cite it: "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND tỉnh Lào Cai"."""
        return letter(self.number, self.signed_on, self.issuer)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One row of the appendix (nhiệm vụ), or a duty of part III with a key such as III.3.a."""

    key: str
    printed: str
    content: int | None
    title: str
    leads_text: str
    cooperating_text: str
    deadline_text: str
    lead_mode: LeadMode
    leads: tuple[str, ...]
    """Agencies' or groups' ids in the order printed."""
    second: tuple[SecondBody, ...]
    deadline: Deadline
    figures: tuple[Figure, ...] = ()
    sub_dimension: str | None = None
    doubts: tuple[str, ...] = ()
    """What the client should confirm, where the print is unclear."""
    waits_for: str | None = None
    """Key of the item that has to be done first."""
    waits_until: date | None = None
    """The day after which waiting no longer excuses."""
    short: str = ""
    """What mails call it in a few words; the title itself where there is none."""
    nothing_may_arise: bool = False
    """Whether "không phát sinh" is an answer to its tasks."""
    owed_after_validity: bool = True
    """Whether a period that ends within the plan's life is owed where its last day lies after it."""
    given: GivenBy | None = None
    """The letter that gives it and sets its day; None for what the plan's own paper says."""
    product: str = ""
    """What is to be there when it is done, as the plan or the letter says it."""
    quantity: str = ""
    """How much of it is to be reached: "100% thủ tục hành chính", "04 đợt"."""
    leader: str = ""
    """Which leader of its lead answers for it; a post, or a name."""
    room: str = ""
    """Which room of its lead does it."""

    @property
    def asked(self) -> dict[str, str]:
        """Return what it asks for beside its day and who answers for it, by field; only what is said."""
        return {field: text for field in ASKED if (text := getattr(self, field))}

    @property
    def asked_in_words(self) -> tuple[tuple[str, str], ...]:
        """Return the same as pages and papers name it."""
        return tuple((ASKED[field], text) for field, text in self.asked.items())

    @property
    def outcome(self) -> str:
        """Say its product and how much of it in one: "Kế hoạch triển khai (01 kế hoạch)"."""
        if self.product and self.quantity:
            return f"{self.product} ({self.quantity})"
        return self.product or self.quantity

    @property
    def in_charge(self) -> str:
        """Name who answers for it and which room does it: "Phó Giám đốc Sở; Phòng Cải cách hành chính"."""
        return "; ".join(text for text in (self.leader, self.room) if text)

    def opens(self, day: date) -> date:
        """Return when a turn of a day opens: never before the letter that gives it was signed."""
        return max(day, self.given.signed_on) if self.given else day

    def term(self) -> Term:
        """Return what its deadline means; raises Invalid with the item and the field that is missing."""
        try:
            return self.deadline.stated()
        except Invalid as error:
            raise Invalid(f"nhiệm vụ {self.key}: {error}") from error
