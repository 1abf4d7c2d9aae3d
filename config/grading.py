"""Reads the rules by which a quarter's duties are counted; a directory without them takes ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.errors import FaultLog
from config.load import OWN_DIRECTORY
from config.mirror import Mirror, Text
from config.reading import TomlFile
from obligations.grading import ProgressRule

FILE = "grading.toml"


class RuleRow(Mirror):
    """[[rule]] of grading.toml."""

    key: Text
    decree: Text
    valid_from: date
    valid_to: date | None = None
    source: Text
    full_points: Annotated[int, Field(gt=0)]
    less_per_delay: Annotated[int, Field(ge=0)]
    contest_working_days: Annotated[int, Field(gt=0)]
    band_limits: Annotated[list[Annotated[int, Field(gt=0, le=100)]], Field(min_length=1)]
    fewest_products: Annotated[int, Field(ge=0)]
    readings: list[Text] = Field(default_factory=list)
    unknown: list[Text] = Field(default_factory=list)


def load_rules(directory: Path) -> tuple[ProgressRule, ...]:
    """Return the rules, the earliest first; raise ConfigError with all that is wrong with them."""
    path = directory / FILE
    log = FaultLog()
    file = TomlFile(path if path.exists() else OWN_DIRECTORY / FILE, log)
    rows = file.rows("rule", RuleRow, "key")
    file.finish()
    if not rows:
        log.add(FILE, "", "rule", "cần ít nhất một quy tắc")
    log.raise_if_any()
    values = (
        row.model_dump()
        | {
            "readings": tuple(row.readings),
            "unknown": tuple(row.unknown),
            "band_limits": tuple(sorted(set(row.band_limits), reverse=True)),
        }
        for row in rows
    )
    return tuple(sorted((ProgressRule(**value) for value in values), key=lambda rule: rule.valid_from))


def rule_of(rules: tuple[ProgressRule, ...], day: date) -> ProgressRule:
    """Return the rule in force on a day; before the first of them the first, to be tried out."""
    held = [rule for rule in rules if rule.holds_on(day)]
    return held[-1] if held else rules[0]
