"""What `make test` tells at once, and what it tells in turn: all of it is of the longer form, `make soak`.

Of a test that runs on either database one of its two forms is told; which is drawn from the test's own name,
and one in `ON_POSTGRESQL` is told on PostgreSQL, which takes longer over it. A test that is about what
databases do differently is marked `both` and keeps its two forms.

Of the long stories (tests/data/long_stories.txt) one in `ONE_IN` is told, file by file: the commit says
which, the same on every machine, and the next commit tells others. `--turn` names another turn. Without git
all are told, and so is what is named to pytest.

Called as a program it reads what `pytest --durations=0 -vv` printed and writes the list of long stories anew.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import pytest

DATABASES = ("sqlite", "postgresql")
ONE_IN = 6
ON_POSTGRESQL = 4
LONG = Path(__file__).parents[2] / "data" / "long_stories.txt"
SECONDS = 1.0
"""A story is long that takes a second, the mean of its forms, on two busy cores."""
SERVERS = "tests/flows/test_up"
ALWAYS = (
    "tests/explorer/",
    SERVERS,
    "tests/integration/test_journal_tampering.py",
    "tests/integration/test_story_crash.py",
    "tests/integration/test_sweep_equals_ladder.py",
    "tests/simulation/test_every_month.py::test_every_month_every_page_command_and_number",
    "tests/web/test_hostile_requests.py",
    "tests/web/test_probe.py",
)
"""What is told however long it takes: what the proof and the engine stand on."""
_DURATION = re.compile(r"^([\d.]+)s (?:setup|call|teardown) +(\S+::.+)$", re.MULTILINE)


def all_is_asked_for(config: pytest.Config) -> bool:
    """Tell whether pytest was asked for all tests, and not for some by their names."""
    tests = {config.rootpath / name for name in config.getini("testpaths")}
    return {(config.invocation_params.dir / name).resolve() for name in config.args} == tests


def turn_of(config: pytest.Config) -> int | None:
    """Return whose turn it is: as was asked, or as the commit says; None, and all are told, without git."""
    asked: int | None = config.getoption("turn")
    if asked is not None:
        return asked % ONE_IN
    try:
        head = ["git", "rev-parse", "HEAD"]
        commit = subprocess.run(head, cwd=config.rootpath, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(commit, 16) % ONE_IN


def give_turns(items: Iterable[pytest.Item], turn: int | None) -> None:
    """Mark what is not told now as of the longer form."""
    listed = set(LONG.read_text(encoding="utf-8").split("\n"))
    forms: dict[str, dict[str, pytest.Item]] = defaultdict(dict)
    for item in items:
        database = _database(item)
        if database is not None and item.get_closest_marker("both") is None:
            forms[item.nodeid.replace(database, "")][database] = item
        file, story = item.nodeid.partition("::")[0], item.nodeid.partition("[")[0]
        if turn is not None and story in listed and crc32(file.encode()) % ONE_IN != turn:
            item.add_marker(pytest.mark.soak)
    for name, found in forms.items():
        if len(found) == len(DATABASES):
            longer = "postgresql" if crc32(name.encode()) % ON_POSTGRESQL else "sqlite"
            found[longer].add_marker(pytest.mark.soak)


def longest_first(items: list[pytest.Item]) -> None:
    """Begin with what starts whole servers: begun last, one of two workers would wait for it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(SERVERS))


def _database(item: pytest.Item) -> str | None:
    parameters = item.nodeid.rpartition("[")[2].rstrip("]").split("-")
    return next((name for name in DATABASES if name in parameters), None)


def long_stories(printed: str) -> list[str]:
    """Return the long stories of what pytest printed of its durations."""
    forms: dict[str, float] = defaultdict(float)
    for seconds, name in _DURATION.findall(printed):
        forms[name] += float(seconds)
    stories: dict[str, list[float]] = defaultdict(list)
    for name, seconds in forms.items():
        stories[name.partition("[")[0]].append(seconds)
    return sorted(
        story
        for story, took in stories.items()
        if sum(took) / len(took) >= SECONDS and not story.startswith(ALWAYS)
    )


if __name__ == "__main__":
    LONG.write_text("\n".join(long_stories(sys.stdin.read())) + "\n", encoding="utf-8")
