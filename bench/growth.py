"""What one province costs beside many others in one database: whether the whole grows as their number."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import replace
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from bench.houses import house_on
from bench.measure import Line, Times, timed
from bench.provinces import multiply
from notifications.memory import MemoryTransport
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.databases.databases import Cluster, cluster
from tests.support.life.stories import morning

PROVINCES = (1, 8, 63)
EVE, HEAVIEST = "2022-07-01", "2022-07-04"
"""The morning on which a province gets its opening letters, and the one before."""
WORK = {
    "mở kỳ kế hoạch của một tỉnh": lambda house: initialise(_another(house)),
    "rà soát ngày nhiều tin nhất": lambda house: sweep(house, morning(HEAVIEST)),
    "soạn và gửi thư của ngày đó": lambda house: deliver(
        house, morning(HEAVIEST), transport=MemoryTransport()
    ),
}
"""In the order in which they are done."""


def lines() -> Iterator[Line]:
    """Measure each beside none, seven and 62 other provinces; the floor is a database with one."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder, cluster(lasting=True) as server:
        os.environ.update({"DONDOC_HOME": folder, "DONDOC_MAIL_TRANSPORT": "memory"})
        with server.database() as stage:
            with house_on(stage) as house:
                initialise(house)
                sweep(house, morning(EVE))
            alone: dict[str, Times] = {}
            for many in PROVINCES:
                for what, took in _beside(server, stage, many).items():
                    floor = alone.setdefault(what, took)
                    yield Line(
                        f"PostgreSQL, {many} tỉnh: {what}", took, floor, "", _exponent(took, floor, many)
                    )


def _beside(server: Cluster, stage: str, many: int) -> dict[str, Times]:
    """Time one province's work in a database of so many."""
    with server.database(str(make_url(stage).database)) as url, house_on(url) as house:
        multiply(house, many)
        return {what: Times((timed(lambda do=do: do(house)),)) for what, do in WORK.items()}


def _another(house: House) -> House:
    return replace(house, plan=replace(house.plan, key="tinh-moi"))


def _exponent(took: Times, floor: Times, many: int) -> str:
    """Say how the work of all provinces grows with their number: one is as their number itself."""
    if many == 1:
        return ""
    return f"số mũ tăng trưởng của cả {many} tỉnh: {1 + math.log(took.median / floor.median, many):.2f}"
