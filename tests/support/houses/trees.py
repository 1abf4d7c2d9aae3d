"""Random trees of a province: chains of one to four levels, with whoever reports past the place above it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from obligations.chain import settled
from obligations.levels import Level, Levels
from obligations.model import Agency, Contact
from tests.support.houses.levels import COMMUNE, DISTRICT, LEVELS, PROVINCE

TOP, FOCAL = "tinh", "so-noi-vu"
CLUSTER = Level(key="cluster", name="cấp cụm", plural="cụm xã", short="cụm")
OF_LENGTH = {
    1: Levels.ordered([PROVINCE]),
    2: Levels.ordered([COMMUNE, PROVINCE]),
    3: LEVELS,
    4: Levels.ordered([COMMUNE, CLUSTER, DISTRICT, PROVINCE]),
}
DEPARTMENTS = ("so-y-te", "toa-an")
PLACES = ("h1", "h2", "x1", "x2", "x3")
HOLDERS = [FOCAL, *DEPARTMENTS, *PLACES]


@dataclass(frozen=True)
class Tree:
    """The agencies of a province and the levels they stand at."""

    levels: Levels
    agencies: dict[str, Agency]


@st.composite
def trees(draw: st.DrawFn, length: int | None = None) -> Tree:
    """Draw a tree over the same few ids, of a length or any; some have no address."""
    levels = OF_LENGTH[length or draw(st.sampled_from([1, 2, 3, 3, 4]))]
    silent = draw(st.sets(st.sampled_from(HOLDERS), max_size=4)) | {TOP}
    made = {TOP: _agency(TOP, levels.top, None, silent), FOCAL: _agency(FOCAL, levels.top, TOP, silent)}
    made["so-y-te"] = _agency("so-y-te", levels.top, TOP, silent)
    made["toa-an"] = _agency("toa-an", levels.top, None, silent, invited=True)
    for key in PLACES:
        heads = [a for a in made.values() if a.heads]
        above = draw(st.sampled_from([None, *heads, *heads]))
        lower = [level for level in levels if level.rank < (above.level if above else levels.top).rank]
        level = draw(st.sampled_from(lower or [levels.top]))
        past = draw(st.sampled_from([None] * 5 + [FOCAL]))
        made[key] = _agency(key, level, above.id if above else TOP, silent, reports_to=past)
    return Tree(levels, settled(made))


def line(length: int) -> Tree:
    """Return one agency of each level below the highest, called as its level, each under the next."""
    levels = OF_LENGTH[length]
    made = [_agency(TOP, levels.top, None, set()), _agency(FOCAL, levels.top, TOP, set())]
    superior = TOP
    for level in levels.downwards[1:]:
        made.append(_agency(level.key, level, superior, set()))
        superior = level.key
    return Tree(levels, settled({a.id: a for a in made}))


def _agency(
    key: str,
    level: Level,
    superior: str | None,
    silent: set[str],
    *,
    invited: bool = False,
    reports_to: str | None = None,
) -> Agency:
    reached = () if key in silent else (Contact(role="unit", address=f"{key}@laocai.example"),)
    return Agency(
        id=key,
        name=key,
        level=level,
        superior=superior,
        invited=invited,
        contacts=reached,
        reports_to=reports_to,
    )
