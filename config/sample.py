"""The sample plan of the present year: plan 239 carried over to the tree of two levels, to be tried."""

from __future__ import annotations

import tomllib
from pathlib import Path

from config.carry_over import CarryOver, rows_of
from config.edits import edited, table_of
from config.export import PLAN_FILE
from config.load import OWN_DIRECTORY, load_configuration
from config.sample_name import KEY, NUMBER

YEAR, TREE = 2026, "laocai-2025"
MARK = "Kế hoạch mẫu"
ASKED_FILE = OWN_DIRECTORY / "sample.toml"


def write_sample(target: Path) -> None:
    """Write the sample into a new folder: it says that it is one, and it may run."""
    configuration = load_configuration(OWN_DIRECTORY)
    carried = CarryOver(configuration, configuration.plan(), YEAR, TREE)
    carried.key = KEY
    carried.write(target)
    with edited(target / PLAN_FILE) as document:
        head = table_of(document, "plan")
        head.update({"number": NUMBER, "title": f"{MARK}: {head['title']}"})
        del head["draft"]
        asked = tomllib.loads(ASKED_FILE.read_text(encoding="utf-8"))
        for row in rows_of(document):
            row.update(asked.get(str(row["key"]), {}))
