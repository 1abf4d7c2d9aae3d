"""What comes once a year or once in a generation, against a sweep: a plan carried, a province handed over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bench.measure import Line, Times, timed
from config.carry_over import CarryOver
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from store.engine import reading
from store.schema import hand_overs
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened
from tests.support.life.over_2025 import CHANGE, configuration_over_the_change
from tests.support.life.stories import morning

ROUNDS = 5
FRIDAY, MONDAY = "2025-06-27", "2025-06-30"
"""The last mornings under the old tree; on the second monthly and half-yearly duties are told of."""
ELSEWHERE = {"1.1", "3.3", "3.5", "4.2", "4.3"}
"""Items whose own days of 2022 do not lie in a plan that was signed in May 2025."""
TREE, YEAR = "laocai-2025", 2027


def lines() -> Iterator[Line]:
    """Measure both in turns with the sweep of the morning before the change of tree."""
    shipped = load_configuration(OWN_DIRECTORY)
    with TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        items = [item.key for item in shipped.plan().items if item.key not in ELSEWHERE]
        over = configuration_over_the_change(folder / "config", items)
        stage = _laid_out(over, folder)
        swept, handed, carried, duties = [], [], [], 0
        for number in range(ROUNDS + 1):
            played = folder / "played.db"
            shutil.copy(stage, played)
            with opened(over, f"sqlite:///{played}") as house:
                took = timed(lambda house=house: sweep(house, morning(MONDAY)))
                changed = timed(lambda house=house: sweep(house, morning(CHANGE)))
                duties = _handed_over(house)
            written = timed(lambda number=number: _carry(shipped, folder / f"carried-{number}"))
            if number:
                swept.append(took)
                handed.append(changed)
                carried.append(written)
    floor = Times(tuple(swept))
    note = f"{duties} nhiệm vụ của đơn vị không còn; lượt quét hôm trước làm mức sàn"
    yield Line("SQLite: lượt quét bàn giao cả tỉnh ngày 01/7/2025", Times(tuple(handed)), floor, "", note)
    yield Line(f"Chuyển kế hoạch sang năm {YEAR}, ghi và kiểm tra", Times(tuple(carried)), floor)


def _laid_out(over: Configuration, folder: Path) -> Path:
    """Lay the plan out over both trees and live to the Friday before the change."""
    path = folder / "stage.db"
    with opened(over, f"sqlite:///{path}") as house:
        initialise(house)
        sweep(house, morning(FRIDAY))
    return path


def _carry(shipped: Configuration, target: Path) -> None:
    CarryOver(shipped, shipped.plan(), YEAR, TREE).write(target)


def _handed_over(house: House) -> int:
    with reading(house.engine) as connection:
        return connection.scalar(select(func.count()).select_from(hand_overs)) or 0
