"""The tables of docs/plans.md are what the hand-over of 1/7/2025 comes to, counted again."""

from __future__ import annotations

from pathlib import Path

from config.settings import PROJECT_ROOT
from tests.support.life.replay_2025 import DUTIES, SUMS, replayed, table


def test_the_page_shows_what_the_replay_comes_to(home: Path) -> None:
    came_to = replayed(home)
    page = (PROJECT_ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
    assert table(DUTIES, came_to.duties) in page
    assert table(SUMS, came_to.figures) in page
    for name, *counts in came_to.duties:
        before, handed_over, merged, ended = map(int, counts)
        assert before == handed_over + merged + ended, name
    for *_, eve, day in came_to.figures:
        assert eve == day
