"""Báo cáo định kỳ: every item that is owed, counted by the one reckoning."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from obligations.errors import Invalid
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.making import make
from tasks_lib.papers.order import Order
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SIGNED, leave_only, morning, replay

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
