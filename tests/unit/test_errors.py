"""What is wrong is told in one line, all of it at once, and where there are fields each thing at its own."""

from __future__ import annotations

import pytest

from obligations.errors import Fault, Faults, Gathering, Invalid, Refused

NO_DAY, NO_NUMBER = Fault("completed_on", "thiếu ngày hoàn thành"), Fault("figures.a", "cần một số đếm")
NO_MONEY = Fault("figures.b", "cần một số tiền")


def test_faults_are_one_line_that_begins_with_what_it_is_about() -> None:
    about = Faults([NO_DAY, NO_NUMBER], "nhiệm vụ 1.2")
    assert str(about) == "nhiệm vụ 1.2: thiếu ngày hoàn thành; cần một số đếm"
    assert (about.found, about.about) == ((NO_DAY, NO_NUMBER), "nhiệm vụ 1.2")


def test_where_an_entry_is_about_nothing_more_the_line_begins_with_the_fault() -> None:
    alone = Faults([NO_DAY])
    assert str(alone) == "thiếu ngày hoàn thành"
    assert alone.about == ""


def test_a_part_of_an_entry_has_its_own_faults_named_from_there() -> None:
    of_all = Faults([NO_DAY, NO_NUMBER, NO_MONEY], "nhiệm vụ 1.2")
    of_figures = of_all.under("figures", "số liệu")
    assert of_figures is not None
    assert of_figures.found == (Fault("a", "cần một số đếm"), Fault("b", "cần một số tiền"))
    assert str(of_figures) == "số liệu: cần một số đếm; cần một số tiền"


def test_a_part_that_is_the_faulty_field_itself_is_faulty_as_a_whole() -> None:
    of_the_day = Faults([NO_DAY, NO_NUMBER]).under("completed_on")
    assert of_the_day is not None
    assert of_the_day.found == (Fault("", "thiếu ngày hoàn thành"),)
    assert str(of_the_day) == "thiếu ngày hoàn thành"


def test_a_part_without_faults_has_none_whatever_its_name_begins_with() -> None:
    faults = Faults([NO_DAY, NO_NUMBER], "nhiệm vụ 1.2")
    assert faults.under("note") is None
    assert faults.under("fig") is None


def test_all_that_is_wrong_is_gathered_and_each_thing_told_once() -> None:
    entry = Gathering("nhiệm vụ 1.2")
    with entry.at("completed_on"):
        raise Invalid("thiếu ngày hoàn thành")
    with entry.at("figures"):
        raise Faults([Fault("a", "cần một số đếm"), Fault("", "thiếu số liệu")])
    with entry.at():
        raise Faults([Fault("figures.a", "cần một số đếm"), Fault("", "nêu lý do")])
    with entry.at():
        raise Invalid("nêu lý do")
    with pytest.raises(Faults) as told:
        entry.settle()
    assert told.value.found == (
        NO_DAY,
        NO_NUMBER,
        Fault("figures", "thiếu số liệu"),
        Fault("", "nêu lý do"),
    )
    assert str(told.value) == (
        "nhiệm vụ 1.2: thiếu ngày hoàn thành; cần một số đếm; thiếu số liệu; nêu lý do"
    )


def test_where_nothing_is_wrong_nothing_is_raised() -> None:
    entry = Gathering()
    with entry.at("completed_on"):
        pass
    entry.settle()
    assert (entry.found, entry.about) == ([], "")


def test_a_rule_that_forbids_is_not_gathered_among_slips_of_the_pen() -> None:
    entry = Gathering()
    with pytest.raises(Refused, match="không thể báo cáo"), entry.at("completed_on"):
        raise Refused("không thể báo cáo")
    assert entry.found == []
