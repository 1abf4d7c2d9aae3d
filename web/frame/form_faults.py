"""What is wrong with a form, each fault at its field: for the list above the form and for the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from notifications.wording import upper_first
from obligations.errors import DomainError, Faults


@dataclass(frozen=True)
class At:
    """One fault as a form shows it."""

    id: str
    """Of the field on the page; "" where the page has none for it."""
    words: str
    about: str = ""
    """Which of several tasks it concerns; the field itself does not say it again."""

    @property
    def said(self) -> str:
        """The fault as the list above the form says it."""
        return upper_first(f"{self.about}: {self.words}" if self.about else self.words)


class Told(TypedDict, total=False):
    """What is wrong with a form, as a page takes it."""

    faults: list[At]
    problem: str


def placed(fault: DomainError, place: Callable[[str], str], key: str = "", about: str = "") -> list[At]:
    """Return what is wrong, each fault where `place` says that its field stands; "" asks for the whole.

    Scripts are told the key of what a refusal is about; people are told what it is called.
    """
    if isinstance(fault, Faults):
        return [At(place(it.field), it.words, fault.about) for it in fault.found]
    by_key, words = str(fault).startswith(f"{key}: "), str(fault).removeprefix(f"{key}: ")
    return [At(place(""), words, about if by_key else "")]


def by_field(name: str) -> str:
    """Return where a field stands that is called on the page as in the fault."""
    return f"f-{name}" if name else ""


def once(faults: Iterable[At]) -> list[At]:
    """Return faults, each once: one document answers many tasks and is wrong once."""
    return list({(fault.id, fault.words): fault for fault in faults}.values())


def at_fields(faults: Sequence[At]) -> dict[str, str]:
    """Return by field what it says is wrong with it."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        if fault.id:
            found.setdefault(fault.id, []).append(upper_first(fault.words))
    return {where: "; ".join(words) for where, words in found.items()}
