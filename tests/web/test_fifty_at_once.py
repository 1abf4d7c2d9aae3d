"""Fifty officers hand in at the same moment: what came in is what is stored, each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from obligations.model import WorkState
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tests.support.life.samples import PDF
from tests.support.life.stories import SIGNED, communes, keys, leave_only, replay, row, versions_of
from tests.support.pages.unit import field, opened, sends
from tests.support.pages.visits import Seen, Somebody, visited

MANY = 50


def test_what_came_in_is_what_is_stored(any_house: House) -> None:
    units = communes(any_house)[:MANY]
    owed = {unit: f"4.6/{unit}/once" for unit in units}
    leave_only(any_house, *owed.values())
    replay(any_house, SIGNED, SIGNED)
    with visited(any_house, "2022-07-18T09:00") as site:
        people = {unit: site.by_link(unit) for unit in units}
        forms = {unit: opened(who) for unit, who in people.items()}
        together = Barrier(MANY)

        def hand_in(unit: str) -> Seen:
            typed = {**forms[unit], field(any_house, owed[unit], "text"): f"Kết quả của {unit}"}
            under = field(any_house, owed[unit], "files")
            together.wait()
            who: Somebody = people[unit]
            return sends(who, {**typed, "do": "send"}, {f"{unit}.pdf": PDF}, under=under)

        with ThreadPoolExecutor(MANY) as pool:
            seen = dict(zip(units, pool.map(hand_in, units), strict=True))

    came_in = [unit for unit, page in seen.items() if page.status == 200 and "Đã gửi" in page.text]
    stored = keys(any_house, obligations.c.work_state == WorkState.SUBMITTED)
    assert len(came_in) == len(stored) == MANY
    for unit, key in owed.items():
        (version,) = versions_of(any_house, key)
        assert (row(any_house, key).version, version.text) == (1, f"Kết quả của {unit}")
