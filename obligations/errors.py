"""What the domain answers when it will not do something; every message is one line for a user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


class DomainError(Exception):
    """Base of all that a user is told in one line."""


class Invalid(DomainError):
    """The input itself is wrong: an unknown name, an impossible date, a missing field."""


class Refused(DomainError):
    """The input is right, but a rule forbids it now: a wrong side, a stale version, a closed state."""


class Unavailable(DomainError):
    """Something the program needs does not answer, or broke down on the way; the line says where to look."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with what was entered."""

    field: str
    """Where it was entered, by parts: "completed_on", "figures.a"; "" is the whole."""
    words: str


class Faults(Invalid):
    """All that is wrong with one entry, each fault at its field; in one line where there are no fields."""

    def __init__(self, found: Sequence[Fault], about: str = "") -> None:
        """Take what is wrong, and what it is about: "nhiệm vụ 1.2"."""
        self.found = tuple(found)
        self.about = about
        said = "; ".join(fault.words for fault in found)
        super().__init__(f"{about}: {said}" if about else said)

    def under(self, part: str, about: str = "") -> Faults | None:
        """Return what is wrong with one part of the entry, None where nothing is."""
        inside = [f for f in self.found if f"{f.field}.".startswith(f"{part}.")]
        found = [Fault(f.field[len(part) + 1 :], f.words) for f in inside]
        return Faults(found, about) if found else None


class Gathering:
    """Gathers what is wrong with an entry, so that all of it is told at once."""

    def __init__(self, about: str = "") -> None:
        """Begin with nothing wrong."""
        self.about = about
        self.found: list[Fault] = []

    @contextmanager
    def at(self, field: str = "") -> Iterator[None]:
        """Go on after what is wrong with a field; what has parts tells which of them."""
        try:
            yield
        except Faults as faults:
            self.found += [Fault(f"{field}.{f.field}".strip("."), f.words) for f in faults.found]
        except Invalid as fault:
            self.found.append(Fault(field, str(fault)))

    def settle(self) -> None:
        """Raise what was gathered, each thing once."""
        if self.found:
            raise Faults(tuple(dict.fromkeys(self.found)), self.about)
