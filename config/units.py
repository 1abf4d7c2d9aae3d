"""Reads a state list of administrative units into agencies of the chain."""

from __future__ import annotations

from pathlib import Path

from config.errors import FaultLog
from config.files import UnitsRow
from config.reading import csv_rows
from obligations.levels import Level, Levels
from obligations.model import Agency

COLUMNS = ("code", "name", "type", "level", "parent_code")
PROVINCE = "tinh"
"""What the state's list calls the province itself, which is no agency of the list."""


def read_units(path: Path, row: UnitsRow, levels: Levels, log: FaultLog) -> list[Agency]:
    """Return the units of a list at the levels of the chain that it calls by their names."""
    known = {level.unit: level for level in levels if level.unit}
    units: dict[str, dict[str, str]] = {}
    for label, raw in csv_rows(path, COLUMNS, log):
        if raw["code"] in units:
            log.add(path.name, label, "code", f"mã {raw['code']} trùng, đã có ở trên")
        elif raw["level"] not in (*known, PROVINCE):
            named = ", ".join([PROVINCE, *(level.unit for level in reversed([*known.values()]))])
            log.add(path.name, label, "level", f"không nhận {raw['level']!r}, chỉ nhận {named}")
        else:
            units[raw["code"]] = raw
    chained = [raw for raw in units.values() if raw["level"] != PROVINCE]
    return [_agency(path, raw, units, row, known, log) for raw in chained]


def _agency(
    path: Path,
    raw: dict[str, str],
    units: dict[str, dict[str, str]],
    row: UnitsRow,
    known: dict[str, Level],
    log: FaultLog,
) -> Agency:
    parent = units.get(raw["parent_code"])
    if parent is None:
        log.add(path.name, f"mã {raw['code']}", "parent_code", f"không có mã '{raw['parent_code']}'")
    above = parent if parent is not None and parent["level"] != PROVINCE else None
    level = known[raw["level"]]
    office = above or raw
    return Agency(
        id=_id(raw, row, level),
        name=f"{level.body} {place(raw)}".strip(),
        level=level,
        code=raw["code"],
        short_name=place(raw) if level.rank == 0 else _bare(raw),
        superior=_id(above, row, known[above["level"]]) if above else row.superior,
        collator=None if above else row.collator,
        reports_to=None if above else row.reports_to,
        desk=row.desk.format(desk=known[office["level"]].desk, place=place(office)) if row.desk else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def place(raw: dict[str, str]) -> str:
    """Return a unit's name within a sentence: "xã A Mú Sung", "thành phố Lào Cai"."""
    return raw["name"][:1].lower() + raw["name"][1:]


def _bare(raw: dict[str, str]) -> str:
    return raw["name"].removeprefix(raw["type"]).strip()


def _id(raw: dict[str, str], row: UnitsRow, level: Level) -> str:
    return f"{level.prefix}{raw['code']}-{row.year}"
