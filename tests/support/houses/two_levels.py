"""Plan 239 as if it had been signed on 1/7/2025: the shipped list of that year, no district."""

from __future__ import annotations

import shutil
from pathlib import Path

from config.load import OWN_DIRECTORY, Configuration, load_configuration

SIGNED = "2025-07-01"
LAO_CAI = "x02647-2025"
"""UBND phường Lào Cai."""


def configuration_of_2025(folder: Path) -> Configuration:
    """Write the plan's data three years later, with every place a commune of 2025, and read it."""
    target = folder / "config"
    shutil.copytree(OWN_DIRECTORY, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    plan = target / "plan.toml"
    text = plan.read_text(encoding="utf-8").replace("signed_on = 2022-06-30", f"signed_on = {SIGNED}")
    for level in ("ubnd-cap-xa", "ubnd-cap-huyen"):
        text = text.replace(f'"{level}"', '"ubnd-cap-xa-2025"')
    text = text.replace("cấp huyện", "cấp xã")  # the plan's own words of the bodies that are no more
    text = text.replace('"239-2022"', '"239-2025"').replace("2022-", "2025-")
    plan.write_text(text, encoding="utf-8")
    figures = target / "figures.csv"
    named = figures.read_text(encoding="utf-8").replace("huyện, thị xã, thành phố", "xã, phường")
    figures.write_text(named.replace("huyện", "xã"), encoding="utf-8")
    cycles = target / "cycles.toml"
    cycles.write_text(cycles.read_text(encoding="utf-8").replace('"2022-', '"2025-'), encoding="utf-8")
    return load_configuration(target)
