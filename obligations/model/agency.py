"""Who holds work: an agency, the people mail reaches there, and names that stand for many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from obligations.levels import HEAD, Level

INSIDE = frozenset({"leader", "officer", "clerk"})
"""People within an agency; the ladder's mail goes to them only where it has no other address."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A named post of an agency that mail can reach."""

    role: str
    """unit, clerk, officer, leader, desk, director or substitute."""
    name: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Agency:
    """Whoever holds work; its id carries the year of its list, for codes are re-used."""

    id: str
    name: str
    level: Level
    code: str | None = None
    short_name: str = ""
    """How lists name it: "xã A Mú Sung", "Bát Xát", "Sở Y tế"."""
    superior: str | None = None
    collator: str | None = None
    desk: str | None = None
    """The name of the office that receives for this agency ("Phòng Nội vụ huyện Bát Xát")."""
    head: str = ""
    """What its head is called, where that is not what its level says."""
    invited: bool = False
    reports_through: str | None = None
    """The agency in whose cycle report this one's rows stand (Trung tâm Phục vụ HCC)."""
    ranked: bool = True
    """False for bodies that are asked politely and never ranked (Công an tỉnh, invited bodies)."""
    contacts: tuple[Contact, ...] = ()
    valid_from: date = date.min
    valid_to: date | None = None
    reports_to: str | None = None
    """Who reviews what it reports; None where the collator does."""
    desks: tuple[str, ...] = ()
    """The places its reports climb through, the nearest first (`obligations.chain.settled`)."""
    above: tuple[str, ...] = ()
    """All that stand over it, the nearest first (`obligations.chain.settled`)."""

    @property
    def heads(self) -> bool:
        """Whether others stand below it in the chain, which report to it (a district)."""
        return self.level.heads

    @property
    def headed_by(self) -> str:
        """What its head is called: "Giám đốc", "Chủ tịch"."""
        found = (post for sort, post in self.level.head_of if sort == self.sort)
        return self.head or next(found, self.level.head) or HEAD

    @property
    def sort(self) -> str:
        """The word it goes by alone, where its level calls heads by that ("Sở"); else its whole name."""
        return next((sort for sort, _ in self.level.head_of if self.name.startswith(f"{sort} ")), self.name)

    @property
    def office(self) -> str:
        """The office that receives for it, without the place: "Phòng Nội vụ"; "" where it has none."""
        return (self.level.desk or self.desk or "") if self.desk else ""

    @property
    def next_desk(self) -> str | None:
        """The place of the chain it reports to; None where it reports to the collator at once."""
        return self.desks[0] if self.desks else None

    @property
    def area(self) -> str | None:
        """The place of the chain it is counted under: whom it reports to, a district itself; else none."""
        return self.id if self.heads else self.next_desk

    def is_under(self, place: str) -> bool:
        """Whether a place stands over it, or its reports climb through that."""
        return place in self.desks or place in self.above

    def exists_on(self, on: date) -> bool:
        """Whether it exists on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def exists_within(self, first: date, last: date) -> bool:
        """Whether it exists on some day of a stretch."""
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)

    def contact(self, role: str) -> Contact | None:
        """Return the first contact with this role that has an address."""
        return next((c for c in self.contacts if c.role == role and c.address), None)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A name of the plan that stands for many agencies ("UBND cấp xã")."""

    id: str
    name: str
    members: tuple[str, ...]
