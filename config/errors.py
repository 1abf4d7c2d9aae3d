"""What is wrong with the configuration, one line per fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where it stands, down to the field, and what it is."""

    file: str
    item: str
    """As a reader finds it: "nhiệm vụ 1.2", "dòng 5"; empty for the file as a whole."""
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.item, self.field, self.message) if part)


class ConfigError(Exception):
    """Raised with every fault found; nothing has been loaded then."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FaultLog:
    """Collects faults so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, file: str, item: str, field: str, message: str) -> None:
        """Note one fault; the same one noted twice is told once."""
        fault = Fault(file, item, field, message)
        if fault not in self.faults:
            self.faults.append(fault)

    def raise_if_any(self) -> None:
        """Raise `ConfigError` with all that has been noted."""
        if self.faults:
            raise ConfigError(self.faults)
