"""Who answers for whom from which day: the table as read, what of it is refused, what is doubted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.successors import Extent, Succession, Successors
from tests.support.houses.spoilt import copy as copied
from tests.support.life.over_2025 import written_over_the_change

CHANGE, EVE = date(2025, 7, 1), date(2025, 6, 30)
FILE = "units/successors_2025.csv"
A_MU_SUNG = "x02686-2022,x02686-2025,2025-07-01,Nghị quyết 1673/NQ-UBTVQH15,full,"
copy = copied


@pytest.fixture(scope="module")
def config() -> Configuration:
    return load_configuration(OWN_DIRECTORY)


def test_every_agency_of_the_list_of_2022_is_in_the_table_once(config: Configuration) -> None:
    whole = config.successors.whole
    ending = {a.id for a in config.agencies.values() if a.valid_to is not None}
    assert whole.keys() == ending
    assert sum(key.startswith("x") for key in whole) == 152
    assert sum(row.part is Extent.NONE for row in whole.values()) == 9
    assert len({row.new for row in whole.values() if row.old.startswith("x")}) == 48
    assert config.successors.days == (CHANGE,)


def test_a_name_stands_for_the_successor_from_the_day_on(config: Configuration) -> None:
    assert config.members("so-ke-hoach-va-dau-tu", EVE) == ("so-ke-hoach-va-dau-tu",)
    assert config.members("so-ke-hoach-va-dau-tu", CHANGE) == ("so-tai-chinh",)
    assert config.members("h082-2022", CHANGE) == ()
    departments = config.members("so-ban-nganh", CHANGE)
    assert len(departments) == len(set(departments)) == 16


def test_successors_are_followed_day_by_day() -> None:
    rows = (
        _row("a", "b", date(2025, 7, 1)),
        _row("b", "c", date(2026, 1, 1)),
        _row("c", None, date(2027, 1, 1)),
    )
    table = Successors(rows)
    held = [table.holder("a", date(year, 1, 1)) for year in (2025, 2026, 2027)]
    assert held == ["a", "c", None]
    assert table.holder("a", date(2025, 7, 1)) == "b"
    assert [row.old for row in table.into("c")] == ["b"]
    assert {key: row.new for key, row in table.of_day(date(2026, 1, 1)).items()} == {"b": "c"}


def test_in_a_ring_nobody_answers() -> None:
    """`plan check` refuses one; read all the same, it has an end."""
    day = date(2025, 7, 1)
    ring = Successors((_row("a", "b", day), _row("b", "c", day), _row("c", "a", day)))
    assert [ring.holder(agency, day) for agency in "abc"] == [None, None, None]
    assert ring.holder("a", date(2025, 6, 30)) == "a"


def _row(old: str, new: str | None, on: date) -> Succession:
    part = Extent.FULL if new else Extent.NONE
    return Succession(old=old, new=new, on=on, resolution="Nghị quyết", part=part)


FAULTS = {
    "an unknown agency": (
        A_MU_SUNG.replace("x02686-2022", "x99999-2022"),
        "dòng 19: old: không có cơ quan 'x99999-2022'",
    ),
    "an unknown successor": (
        A_MU_SUNG.replace("x02686-2025", "x99999-2025"),
        "dòng 19: new: không có cơ quan 'x99999-2025'",
    ),
    "a successor that is not there": (
        A_MU_SUNG.replace("x02686-2025", "so-lao-dong-thuong-binh-va-xa-hoi"),
        "dòng 19: new: 'so-lao-dong-thuong-binh-va-xa-hoi' không có vào ngày 01/7/2025",
    ),
    "an agency that goes on": (
        A_MU_SUNG.replace("x02686-2022", "so-y-te"),
        "dòng 19: on: 'so-y-te' không có ngày kết thúc, không phải đến hết ngày trước 01/7/2025",
    ),
    "another day": (
        A_MU_SUNG.replace("2025-07-01", "2025-08-01"),
        "dòng 19: on: 'x02686-2022' đến hết 30/6/2025, không phải đến hết ngày trước 01/8/2025",
    ),
    "two for one": (
        f"{A_MU_SUNG}\n{A_MU_SUNG.replace('x02686-2025', 'x02647-2025')}",
        "dòng 20: old: 'x02686-2022' đã có một dòng kế thừa toàn bộ ở trên",
    ),
    "a part and no whole": (
        A_MU_SUNG.replace("full", "partial"),
        "dòng 19: part: 'x02686-2022' chỉ có kế thừa một phần; cần một dòng full hoặc none",
    ),
    "nobody, and yet whole": (
        A_MU_SUNG.replace("x02686-2025", ""),
        "dòng 19: new: để trống khi và chỉ khi part là none",
    ),
    "no resolution and no doubt": (
        A_MU_SUNG.replace("Nghị quyết 1673/NQ-UBTVQH15", ""),
        "dòng 19: resolution: thiếu văn bản; chưa có thì nêu ở cột doubt",
    ),
    "no day": (
        A_MU_SUNG.replace("2025-07-01", "mai"),
        "dòng 19: on: phải là một ngày, viết như 2022-07-15",
    ),
    "no such part": (A_MU_SUNG.replace("full", "half"), "dòng 19: part: "),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(copy: Path, name: str) -> None:
    new, told = FAULTS[name]
    path = copy / FILE
    text = path.read_text(encoding="utf-8")
    assert A_MU_SUNG in text
    path.write_text(text.replace(A_MU_SUNG, new), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_configuration(copy)
    lines = [str(fault) for fault in raised.value.faults]
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"successors_2025.csv: {told}")


def test_a_ring_is_one_fault(copy: Path) -> None:
    _spoil(copy / FILE, "ban-dan-toc,so-dan-toc-va-ton-giao,", "ban-dan-toc,ban-dan-toc,")
    with pytest.raises(ConfigError, match="kế thừa nối thành vòng: ban-dan-toc"):
        load_configuration(copy)


def _spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_plan_239_ended_before_any_change_and_has_no_doubt(config: Configuration) -> None:
    assert _doubts(config) == []


def test_doubts_name_departments_districts_and_who_has_no_row(tmp_path: Path) -> None:
    folder = written_over_the_change(tmp_path / "config")
    _spoil(folder / FILE, f"{A_MU_SUNG}\n", "")
    told = _doubts(load_configuration(folder))
    assert told[0] == ("UBND xã Tà Chải: không có trong bảng đối chiếu; tạm theo thị trấn Bắc Hà")
    assert told[1].startswith(
        "UBND thành phố Lào Cai, UBND huyện Bát Xát, UBND huyện Mường Khương và 06 đơn vị khác"
    )
    assert told[2].endswith(": ngày và nghị quyết sắp xếp cơ quan chuyên môn")
    assert told[3:] == ["UBND xã A Mú Sung: kết thúc ngày 30/6/2025, chưa có nơi kế thừa"]


def _doubts(config: Configuration) -> list[str]:
    return config.doubts(config.plan())
