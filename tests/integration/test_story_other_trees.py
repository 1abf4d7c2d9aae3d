"""A ministry and a commune with rooms of its own carry out a plan: from init to what is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from notifications.memory import MemoryTransport
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.initialise import initialise
from tests.support.houses.houses import opened
from tests.support.life.letters import messages_to, text_of
from tests.support.life.other_trees import COMMUNE, MINISTRY, Tree, configuration_of
from tests.support.life.over_2025 import live
from tests.support.life.stories import Told, all_told_of, morning, reports_in, row

NEVER = ("huyện", "Phòng Nội vụ", "Sở Nội vụ", "UBND tỉnh")
LAST_HOLDER = -1


@pytest.mark.parametrize("tree", [MINISTRY, COMMUNE], ids=["ministry", "commune"])
def test_a_plan_is_carried_out(tree: Tree, home: Path) -> None:
    silent, diligent = tree.holders[LAST_HOLDER].key, tree.holders[0].key
    with opened(configuration_of(tree, home / "config")) as house:
        initialise(house)
        post = live(house, "2022-06-30", "2022-07-08", MemoryTransport())
        handed_in = f"1.2/{diligent}/once"
        reports_in(house, handed_in, "2022-07-11")
        accept(house, Decision(key=handed_in, version=1, by=tree.focal.key, as_of=morning("2022-07-12")))
        live(house, "2022-07-11", "2022-07-28", post)

        assert row(house, handed_in).work_state == "accepted"
        assert {row(house, f"1.2/{body.key}/once").reviewer_id for body in tree.holders} == {tree.focal.key}
        assert all_told_of(house, f"1.2/{silent}/once") == [
            Told("2022-07-04", "opening", "self", silent),
            Told("2022-07-07", "-5", "self", silent),
            Told("2022-07-13", "-1", "self", silent),
            Told("2022-07-18", "+2", "self", silent),
            Told("2022-07-20", "+4", "focal", tree.focal.key),
            Told("2022-07-28", "list", "focal", tree.focal.key),
        ]
        assert messages_to(house, tree.top.key) == []
        said = [text_of(sent.content) for sent in post.sent]
        assert said
        assert not [text for text in said if any(word in text for word in NEVER)], said
