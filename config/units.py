"""Reads a state list of administrative units into agencies of the chain."""

from __future__ import annotations

from pathlib import Path

from config.errors import FaultLog
from config.files import UnitsRow
from config.reading import csv_rows
from obligations.model import Agency, Tier

COLUMNS = ("code", "name", "type", "level", "parent_code")
LEVELS = {"huyen": Tier.DISTRICT, "xa": Tier.COMMUNE}
PROVINCE = "tinh"


def read_units(path: Path, row: UnitsRow, log: FaultLog) -> list[Agency]:
    """Return the communes and districts of a list, districts first named by the communes below them."""
    units: dict[str, dict[str, str]] = {}
    for label, raw in csv_rows(path, COLUMNS, log):
        if raw["code"] in units:
            log.add(path.name, label, "code", f"mã {raw['code']} trùng, đã có ở trên")
        elif raw["level"] not in (*LEVELS, PROVINCE):
            log.add(path.name, label, "level", f"không nhận {raw['level']!r}, chỉ nhận tinh, huyen, xa")
        else:
            units[raw["code"]] = raw
    return [_agency(path, raw, units, row, log) for raw in units.values() if raw["level"] != PROVINCE]


def _agency(
    path: Path, raw: dict[str, str], units: dict[str, dict[str, str]], row: UnitsRow, log: FaultLog
) -> Agency:
    parent = units.get(raw["parent_code"])
    if parent is None:
        log.add(path.name, f"mã {raw['code']}", "parent_code", f"không có mã '{raw['parent_code']}'")
    district = parent if parent is not None and parent["level"] == "huyen" else None
    tier = LEVELS[raw["level"]]
    office = district or raw
    return Agency(
        id=_id(raw, row),
        name=f"UBND {place(raw)}",
        tier=tier,
        code=raw["code"],
        short_name=place(raw) if tier is Tier.COMMUNE else _bare(raw),
        superior=_id(district, row) if district else row.superior,
        collator=None if district else row.collator,
        desk=row.desk.format(place=place(office)) if row.desk else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def place(raw: dict[str, str]) -> str:
    """Return a unit's name within a sentence: "xã A Mú Sung", "thành phố Lào Cai"."""
    return raw["name"][:1].lower() + raw["name"][1:]


def _bare(raw: dict[str, str]) -> str:
    return raw["name"].removeprefix(raw["type"]).strip()


def _id(raw: dict[str, str], row: UnitsRow) -> str:
    prefix = row.commune_prefix if raw["level"] == "xa" else row.district_prefix or "h"
    return f"{prefix}{raw['code']}-{row.year}"
