"""What a district's roll-up says, recounted by plain loops from what its units typed, whatever they typed."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from obligations.figures import asked_figures
from obligations.foresee import foresee
from obligations.model import Figure, Kind, Planned, WorkState
from obligations.rollup import Amount
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.figures import read_figures
from tasks_lib.rollup.consolidate import line_of
from tasks_lib.rollup.sql.rollup import Heard
from tests.support.life.stories import BAT_XAT, communes_of

PERIODS = ("2022-Q3-report", "2022-year-report")
ANSWERED = 0.9
Said = dict[tuple[str, str, str], list[tuple[str, str, str]]]
"""By item, part and figure: agency, period and what was typed."""


def _typed(dice: Random, figure: Figure) -> str:
    number = f"{dice.choice((0, dice.randint(1, 99), dice.randint(1_000, 9_999_999))):,}".replace(",", ".")
    match figure.kind:
        case "yes-no":
            return dice.choice(("có", "không"))
        case "percent":
            return f"{dice.randint(0, 999)}/1.{dice.randint(0, 999):03}"
        case "amount":
            return f"{number},{dice.randint(0, 99):02}"
        case _:
            return number


def _amount(figure: Figure, text: str) -> Amount:
    """Read what was typed by hand: no code of the program takes part."""
    if figure.kind == "yes-no":
        return int(text == "có"), 1
    plain = text.replace(".", "").replace(",", ".")
    if figure.kind == "percent":
        part, whole = plain.split("/")
        return int(part), int(whole)
    return Decimal(plain) if figure.kind == "amount" else int(plain)


def _added(amounts: list[Amount]) -> Amount | None:
    if not amounts:
        return None
    if isinstance(amounts[0], tuple):
        pairs = [a for a in amounts if isinstance(a, tuple)]
        return sum(p for p, _ in pairs), sum(w for _, w in pairs)
    return sum((a for a in amounts if not isinstance(a, tuple)), start=0)


def _heard(row: Planned, item: str, figures: dict[str, object]) -> Heard:
    return Heard(
        key=row.key,
        kind=Kind.ROW,
        item=item,
        agency=row.agency,
        part=row.part,
        period=row.period,
        last_day=row.last_day,
        state=WorkState.SUBMITTED,
        done_on=row.last_day,
        proposed=False,
        reason="",
        handed_in=True,
        version=1,
        figures=figures,
        figures_version=1,
        event="",
    )


@pytest.mark.parametrize("seed", range(3))
def test_every_sum_is_that_of_what_was_typed(house: House, seed: int) -> None:
    dice, said, heard = Random(seed), Said(), {}
    here = {BAT_XAT, *communes_of(house, BAT_XAT)}
    for row in foresee(house.plan, house.roster, house.calendar):
        if row.kind is not Kind.ROW or row.agency not in here or row.item is None:
            continue
        item = house.plan.item(row.item)
        assert item is not None
        level = house.agency(row.agency).level
        asked = [f for f in asked_figures(item, row.part, level) if dice.random() < ANSWERED]
        given = {f.key: _typed(dice, f) for f in asked}
        for key, text in given.items():
            said.setdefault((item.key, row.part, key), []).append((row.agency, row.period, text))
        read = dict[str, object](read_figures(item.key, asked, given))
        heard.setdefault((item.key, row.part), []).append(_heard(row, item.key, read))

    seen = 0
    for (key, part), found in heard.items():
        item = house.plan.item(key)
        assert item is not None
        for total in line_of(house, item, part, found, PERIODS[-1]).figures:
            values = said.get((key, part, total.figure.key), [])
            if total.figure.across == "none":
                continue
            now = [_amount(total.figure, text) for _, period, text in values if period == PERIODS[-1]]
            assert total.period.amount == _added(now), (key, part, total.figure.key)
            last = {agency: text for agency, _, text in values}  # the year comes last
            texts = list(last.values()) if total.figure.nature == "as_of" else [t for _, _, t in values]
            assert total.cumulative.amount == _added([_amount(total.figure, text) for text in texts])
            seen += bool(now)
            givers = {source.agency for source in total.period.sources}
            if total.figure.nature == "as_of" and part == "implements":
                assert givers == {BAT_XAT} or BAT_XAT not in givers
    assert seen > 20
