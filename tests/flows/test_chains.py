"""Chains of one and of four levels through the flows of their plan; two and three: test_two_plans.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.factory import subject_flow
from flows.subjects import subjects
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.shift import Shift, sharing
from tasks_lib.rounds.sweep import sweep
from tests.flows.running import ran
from tests.integration.test_chain_lengths import ITEM, province
from tests.support.houses.trees import FOCAL, TOP
from tests.support.life.stories import every_notice, morning

DAYS = ("2022-08-29", "2022-09-12")
"""A first reminder, and a week after the last day, 5/9."""


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize("length", [1, 4])
def test_the_items_flow_tells_what_a_plain_sweep_tells(length: int, home: Path, tmp_path: Path) -> None:
    (tmp_path / "twin").mkdir()
    with province(length, home) as house, province(length, tmp_path / "twin") as twin:
        assert len(house.levels) == length
        (item,) = (one for one in subjects(house.configuration, house.plan) if one.key == ITEM)
        for day in DAYS:
            with sharing(Shift(house, morning(day))):
                state = ran(subject_flow(item), day)
            sweep(twin, morning(day), ITEM)
        assert state.name == "Quá hạn"
        assert told(house) == told(twin)
        late = {
            key for key, step, recipient, *_ in told(house) if step.startswith("+") and recipient == FOCAL
        }
        assert late == {f"{ITEM}/{agency.id}/once" for agency in house.agencies if agency.id != TOP}


def told(house: House) -> list[tuple[str, ...]]:
    """What was recorded, to whom and when."""
    rows = every_notice(house)
    return sorted((r.key, r.step, r.recipient_id, r.role, str(r.recorded_on), str(r.mail_on)) for r in rows)
