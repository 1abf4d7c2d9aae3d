"""Báo cáo định kỳ: every item that is owed, counted by the one reckoning."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest

from obligations.errors import Invalid
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.figure_tables import ZERO_WIDTH
from tasks_lib.papers.making import make
from tasks_lib.papers.order import Order
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    leave_only,
    morning,
    replay,
)
from tests.support.pages.cycle import reported, small_province

DAY = "2022-07-18"
TWO = tuple(f"1.2/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI))


def test_a_district_counts_its_communes_and_names_who_is_missing(house: House) -> None:
    leave_only(house, *TWO)
    replay(house, SIGNED, DAY)
    order = Order(kind="period-report", by=BAT_XAT, for_=BAT_XAT, cycle="2022-Q3")

    made = make(house, order, morning(DAY))

    assert (made.paper.figures["1.2: tổng số"], made.paper.figures["1.2: overdue"]) == (2, 2)
    rows = made.paper.content["items"]
    assert isinstance(rows, list)
    (row,) = [found for found in rows if found.get("n") == "1.2"]
    assert row["missing"].replace("\N{NO-BREAK SPACE}", " ") == "Bát Xát: xã A Mú Sung, xã Mường Vi"
    assert made.paper.content["to"] == ["Ủy ban nhân dân tỉnh Lào Cai (qua Sở Nội vụ)"]
    scores = made.paper.content["scores"]
    assert isinstance(scores, dict)
    assert scores["years"] == ["2020", "2021"]
    first = scores["rows"][0]
    assert (first["before"], first["last"], first["due"], first["missing"]) == ("5,15", "4,36", "02", "02")
    plots = made.paper.content["plots"]
    assert isinstance(plots, list)
    assert [one["title"][:9] for one in plots] == ["Biểu đồ 1", "Biểu đồ 2"]
    assert len(docx.Document(BytesIO(made.docx)).inline_shapes) == len(plots)
    with pytest.raises(Invalid, match="--cycle: ghi kỳ báo cáo"):
        make(house, Order(kind="period-report", by=BAT_XAT, for_=BAT_XAT), morning(DAY))


def test_figures_are_added_up_from_what_the_communes_typed_with_districts_as_columns(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    small_province(house)
    replay(house, "2022-09-07", "2022-09-08")
    reported(house)
    typed = {
        ("4.1", "a"): (8 + 10, 10 + 11),
        ("4.1", "b"): (3 + 2,),
        ("2.1", "a"): (2 + 5,),
        ("1.3", "c"): (4,),
    }

    order = Order(kind="period-report", by=SO_NOI_VU, cycle="2022-Q3")
    content = make(house, order, morning("2022-09-09")).paper.content

    figures = content["figures"]
    assert isinstance(figures, list)
    assert [table["title"].partition(":")[0] for table in figures] == [
        f"Chỉ số nội dung {n}" for n in (1, 2, 4)
    ]
    known = {(f.item, f.key): f.name for item in house.plan.assigned for f in item.figures}
    shown = {}
    for table in figures:
        of_district, whole = (table["columns"].index(name) for name in ("Bát Xát", "Trong kỳ"))
        for found in table["rows"]:
            cells = [found["cells"][place].replace(ZERO_WIDTH, "") for place in (of_district, whole)]
            assert cells[0] == cells[1], "one district alone has reported"
            shown[found["item"], found["name"]] = tuple(map(int, re.findall(r"\d+", cells[0])))
    for (item, key), numbers in typed.items():
        (said,) = [
            said for (of, name), said in shown.items() if of == item and name.startswith(known[item, key])
        ]
        assert said[: len(numbers)] == numbers, (item, key)
