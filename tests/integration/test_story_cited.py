"""A signed report or letter about a moved day stands in the timelines of the duties it is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from obligations.deeds import CITED
from store.schema import obligations
from tasks_lib.desk.listing import told_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.making import make
from tasks_lib.papers.order import Order
from tasks_lib.papers.signing import Signature, sign
from tests.support.life.days import set_days
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    UBND_TINH,
    history_of,
    keys,
    leave_only,
    morning,
    replay,
    reports_in,
)

TASK = "3.1"
SILENT, DONE, OWN = (f"{TASK}/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI, BAT_XAT))
REPORT = f"report/{BAT_XAT}/2022-Q3-report"
DAY, SIGN_DAY = "2022-07-25", "2022-07-26"


@pytest.fixture
def late(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Three units owe a task, one has reported; the machine has no LibreOffice, which takes seconds."""
    monkeypatch.setenv("PATH", str(tmp_path))
    report = keys(house, obligations.c.key == REPORT)
    leave_only(house, SILENT, DONE, OWN, *report)
    set_days(house, "plan", TASK)
    replay(house, SIGNED, DAY)
    reports_in(house, DONE, DAY)
    return house


def signed(house: House, order: Order, number: str, on: str = SIGN_DAY) -> None:
    paper = make(house, order, morning(on)).paper
    signature = Signature(number=number, on=date.fromisoformat(on), signer="Nguyễn Văn An")
    sign(house, paper.id, signature, order.by, morning(on), "Chị Hoa, văn thư")


def cited(house: House, key: str) -> list[str | None]:
    return [row.why for row in history_of(house, key) if row.what == CITED]


def test_a_report_of_an_item_stands_in_the_timelines_of_all_it_tells_of(late: House) -> None:
    signed(late, Order(kind="item-report", by=BAT_XAT, items=(TASK,)), "12")

    words = "Báo cáo số 12/BC-UBND ngày 26/7/2022 của UBND huyện Bát Xát"
    assert [cited(late, key) for key in (SILENT, DONE, OWN)] == [[words]] * 3
    shown = [moment for moment in told_of(late, SILENT) if moment.sort == CITED]
    (moment,) = shown
    assert (moment.what, moment.detail) == ("nêu trong văn bản đã ký", words)
    assert (moment.who, moment.person) == ("UBND huyện Bát Xát", "Chị Hoa, văn thư")


def test_a_letter_that_moves_a_day_stands_where_the_duty_is_still_open(late: House) -> None:
    signed(late, Order(kind="extension-letter", by=UBND_TINH, items=(TASK,)), "45")

    assert cited(late, SILENT) == ["Công văn số 45/UBND-TH ngày 26/7/2022 của UBND tỉnh Lào Cai"]
    assert cited(late, DONE) == []


def test_what_is_settled_before_the_signature_is_not_cited_and_signing_goes_on(late: House) -> None:
    order = Order(kind="extension-request", by=SO_NOI_VU, items=(TASK,))
    paper = make(late, order, morning(DAY)).paper
    for key in (SILENT, OWN):
        reports_in(late, key, SIGN_DAY)
    signature = Signature(number="7", on=date.fromisoformat(SIGN_DAY), signer="Nguyễn Văn An")

    assert sign(late, paper.id, signature, SO_NOI_VU, morning(SIGN_DAY)).paper.number == "7/TTr-SNV"
    assert [cited(late, key) for key in (SILENT, DONE, OWN)] == [[], [], []]


def test_a_periodic_report_stands_in_the_timeline_of_the_report_that_is_owed(late: House) -> None:
    replay(late, "2022-09-01", "2022-09-12")
    signed(late, Order(kind="period-report", by=BAT_XAT, cycle="2022-Q3"), "30", "2022-09-12")

    assert cited(late, REPORT) == ["Báo cáo số 30/BC-UBND ngày 12/9/2022 của UBND huyện Bát Xát"]
    assert cited(late, OWN) == []


def test_a_conversation_stands_in_the_timelines_of_what_was_late_of_the_unit(late: House) -> None:
    replay(late, "2022-08-01", "2022-08-03")
    invites = Order(kind="invitation", by=BAT_XAT, for_=A_MU_SUNG)
    signed(late, invites, "51", "2022-08-03")
    signed(late, Order(kind="minutes", by=BAT_XAT, for_=A_MU_SUNG), "52", "2022-08-03")

    assert [str(words).split(" ngày ")[0] for words in cited(late, SILENT)] == [
        "Giấy mời số 51/GM-UBND",
        "Biên bản số 52/BB-UBND",
    ]
    assert cited(late, DONE) == cited(late, OWN) == []


def test_the_report_on_late_units_stands_in_the_timelines_of_those_it_names(late: House) -> None:
    replay(late, "2022-07-26", "2022-08-15")
    signed(late, Order(kind="late-units", by=SO_NOI_VU), "60", "2022-08-15")

    (words,) = cited(late, SILENT)
    assert words == "Báo cáo số 60/BC-SNV ngày 15/8/2022 của Sở Nội vụ"
    assert cited(late, DONE) == []
