"""Whom a pause covers, which stretches it touches, who may have the last word on it."""

from __future__ import annotations

from datetime import date

import pytest

from config.load import Configuration
from obligations.pauses import covers, may_change, may_pause, touches

FIRST, LAST = date(2022, 8, 10), date(2022, 8, 17)
COMMUNE, DISTRICT, OTHER, FOCAL, TOP = "x02686-2022", "h082-2022", "h088-2022", "so-noi-vu", "ubnd-tinh"


@pytest.mark.parametrize(
    ("first", "last", "end", "touched"),
    [
        (date(2022, 8, 1), date(2022, 8, 9), LAST, False),
        (date(2022, 8, 1), FIRST, LAST, True),
        (LAST, date(2022, 9, 1), LAST, True),
        (date(2022, 8, 18), date(2022, 9, 1), LAST, False),
        (date(2022, 8, 18), date(2022, 9, 1), None, True),
        (date(2022, 8, 1), date(2022, 8, 9), None, False),
    ],
)
def test_a_pause_has_a_day_of_a_stretch_or_none(
    first: date, last: date, end: date | None, touched: bool
) -> None:  # fmt: skip
    assert touches(FIRST, end, first, last) is touched


def test_a_place_covers_itself_and_what_lies_below_and_the_top_covers_everybody(
    configuration: Configuration,
) -> None:
    commune, department = configuration.agencies[COMMUNE], configuration.agencies["so-y-te"]
    assert covers(COMMUNE, commune, everywhere=False)
    assert covers(DISTRICT, commune, everywhere=False)
    assert not covers(OTHER, commune, everywhere=False)
    assert not covers(FOCAL, department, everywhere=False)
    assert covers(TOP, commune, everywhere=True)
    assert covers(TOP, department, everywhere=True)


@pytest.mark.parametrize(
    ("by", "place", "pauses", "changes_its_own", "changes_the_focals"),
    [
        (COMMUNE, COMMUNE, True, True, False),
        (DISTRICT, COMMUNE, True, True, False),
        (OTHER, COMMUNE, False, True, False),
        (FOCAL, COMMUNE, True, True, True),
        (FOCAL, TOP, True, True, True),
        (DISTRICT, TOP, False, True, False),
    ],
)
def test_who_decides(
    configuration: Configuration, by: str, place: str, pauses: bool, changes_its_own: bool,
    changes_the_focals: bool,
) -> None:  # fmt: skip
    plan, agency = configuration.plans[0], configuration.agencies[place]
    assert may_pause(by, agency, plan) is pauses
    assert may_change(by, agency, by, plan) is changes_its_own
    assert may_change(by, agency, FOCAL, plan) is changes_the_focals


def test_a_district_changes_what_its_commune_recorded(configuration: Configuration) -> None:
    commune = configuration.agencies[COMMUNE]
    assert may_change(DISTRICT, commune, COMMUNE, configuration.plans[0])
    assert not may_change(COMMUNE, commune, DISTRICT, configuration.plans[0])
