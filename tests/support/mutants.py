"""A plugin of `make mutants`: examples that repeat and are not shrunk, and what is quick judges first.

Called as a program it tells what a run found, module by module.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from mutmut.stats import status_by_exit_code

from store.statements import once

WHERE = Path("mutants")
settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=20,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)


def pytest_configure() -> None:
    """Take the profile after conftest has taken the usual one."""
    settings.load_profile("mutants")
    once.cache_clear()  # put together before the mutant woke


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quickest first: most mutants fall to one of them."""
    measured = Path("mutmut-stats.json")
    if measured.exists():
        seconds = json.loads(measured.read_text(encoding="utf-8"))["duration_by_test"]
        items.sort(key=lambda item: seconds.get(item.nodeid, 0.0))


def found() -> dict[str, Counter[str]]:
    """Count by module what became of its mutants."""
    modules = {}
    for told in sorted(WHERE.rglob("*.py.meta")):
        codes = json.loads(told.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        modules[str(told.relative_to(WHERE).with_suffix(""))] = Counter(status_by_exit_code[c] for c in codes)
    return modules


def main() -> None:
    """Print a line for each module: how many of the mutants that were tried a test noticed."""
    modules = {name: counted for name, counted in found().items() if counted}
    modules["together"] = sum(modules.values(), Counter())
    for name, counted in modules.items():
        tried = counted.total() - counted["not checked"]
        noticed = counted["killed"] + counted["timeout"]
        percent = f"{noticed / tried:6.1%}" if tried else "     –"
        rest = ", ".join(f"{n} {what}" for what, n in sorted(counted.items()) if what != "killed")
        print(f"{name:34} {noticed:5} of {tried:5} {percent}  {rest}")


if __name__ == "__main__":
    main()
