"""Whom a pause covers, which stretches it touches, who may have the last word on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.load import Configuration
from obligations.errors import Invalid
from obligations.pauses import check_days, covers, may_change, may_pause, touches

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
) -> None:
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
    configuration: Configuration,
    by: str,
    place: str,
    pauses: bool,
    changes_its_own: bool,
    changes_the_focals: bool,
) -> None:
    plan, agency = configuration.plans[0], configuration.agencies[place]
    assert may_pause(by, agency, plan) is pauses
    assert may_change(by, agency, by, plan) is changes_its_own
    assert may_change(by, agency, FOCAL, plan) is changes_the_focals


def test_a_district_changes_what_its_commune_recorded(configuration: Configuration) -> None:
    commune = configuration.agencies[COMMUNE]
    assert may_change(DISTRICT, commune, COMMUNE, configuration.plans[0])
    assert not may_change(COMMUNE, commune, DISTRICT, configuration.plans[0])


ON = date(2022, 8, 1)
NEARER = "ghi ngày gần hơn rồi kéo dài khi cần"


@pytest.mark.parametrize(
    ("first", "last", "own", "said"),
    [
        (date(2022, 6, 30), date(2022, 7, 5), False, ""),
        (
            date(2022, 6, 29),
            date(2022, 7, 5),
            False,
            "--from: 29/6/2022 ở trước ngày ban hành Kế hoạch 30/6/2022",
        ),
        (FIRST, date(2022, 8, 9), False, "--to: 09/8/2022 trước ngày bắt đầu 10/8/2022"),
        (FIRST, FIRST, False, ""),
        # Ninety-two days, or thirty-one of its own, counted from the day it is entered or begins.
        (FIRST, date(2022, 11, 9), False, ""),
        (FIRST, date(2022, 11, 10), False, f"--to: 10/11/2022 dài hơn 92 ngày; {NEARER}"),
        (date(2022, 7, 1), date(2022, 10, 31), False, ""),
        (date(2022, 7, 1), date(2022, 11, 1), False, f"--to: 01/11/2022 dài hơn 92 ngày; {NEARER}"),
        (FIRST, date(2022, 9, 9), True, ""),
        (FIRST, date(2022, 9, 10), True, f"--to: 10/9/2022 dài hơn 31 ngày; {NEARER}"),
        # Without an end only somebody above, and not long beforehand.
        (FIRST, None, True, "--to: đơn vị tự tạm dừng thì nêu ngày kết thúc; chưa rõ thì cấp trên ghi nhận"),
        (date(2022, 11, 1), None, False, ""),
        (date(2022, 11, 2), None, False, "--from: 02/11/2022 còn quá xa; đề nghị kiểm tra lại ngày"),
    ],
)
def test_which_days_a_pause_may_have(
    configuration: Configuration, first: date, last: date | None, own: bool, said: str
) -> None:
    plan = configuration.plans[0]
    if not said:
        check_days(first, last, on=ON, own=own, plan=plan)
        return
    with pytest.raises(Invalid) as refused:
        check_days(first, last, on=ON, own=own, plan=plan)
    assert str(refused.value) == said


def test_a_pause_ends_within_a_year_of_the_plan(configuration: Configuration) -> None:
    plan, late = configuration.plans[0], date(2023, 12, 20)
    check_days(late, date(2023, 12, 31), on=late, own=False, plan=plan)
    with pytest.raises(Invalid) as refused:
        check_days(late, date(2024, 1, 1), on=late, own=False, plan=plan)
    assert str(refused.value) == "--to: 01/01/2024 ở sau 31/12/2023 (hiệu lực của Kế hoạch và một năm)"


def test_how_long_a_place_may_rest_is_a_number_of_the_configuration(configuration: Configuration) -> None:
    plan = configuration.plans[0]
    longer = replace(plan, settings=replace(plan.settings, longest_pause_days=120, longest_own_pause_days=40))
    check_days(FIRST, date(2022, 12, 7), on=ON, own=False, plan=longer)
    with pytest.raises(Invalid, match="120 ngày"):
        check_days(FIRST, date(2022, 12, 8), on=ON, own=False, plan=longer)
    check_days(FIRST, date(2022, 9, 18), on=ON, own=True, plan=longer)
    with pytest.raises(Invalid, match="40 ngày"):
        check_days(FIRST, date(2022, 9, 19), on=ON, own=True, plan=longer)
