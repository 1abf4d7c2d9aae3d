"""One report serves two plans: a unit answers once, each plan's desk reviews for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.load import Configuration, load_configuration
from obligations.answers import Document
from obligations.errors import Refused
from obligations.model import Kind, WorkState
from obligations.period import Period
from store.engine import reading
from store.ledger import find
from store.schema import evidence, reports
from tasks_lib.answering.cycle_form import template
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.submit import Answer, record_document, submit
from tasks_lib.answering.take_back import take_back
from tasks_lib.desk.review import accept, ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import answer_link
from tasks_lib.kernel.plan_life import end, start
from tasks_lib.rollup.consolidate import Scope, consolidate
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import of_every_plan
from tests.support.houses.one_report import SECOND, of_one_report
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, UBND_TINH, morning
from tests.support.pages.forms import form_of
from tests.support.pages.visits import visited

REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"
OF_13, OF_25 = (f"row/{item}/{A_MU_SUNG}/2022-Q3-report" for item in ("1.3", "2.5"))
OF_29, OF_41 = (f"row/{item}/{A_MU_SUNG}/2022-Q3-report" for item in ("2.9", "4.1"))


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return load_configuration(of_one_report(tmp_path_factory.mktemp("one") / "config"))


@pytest.fixture
def houses(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[list[House]]:
    with of_every_plan(configuration, any_empty_url, home=home, public_url="http://127.0.0.1:8239") as found:
        for house in found:
            sweep(house, morning("2022-09-07"))
        yield found


def states(houses: list[House], key: str = REPORT) -> list[WorkState]:
    with reading(houses[0].engine) as connection:
        return [find(connection, house.plan.key, key).work_state for house in houses]


def row_said(house: House, key: str) -> dict[str, object]:
    """What the newest version of a row says."""
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
        mine = (reports.c.obligation_id == row.id) & (reports.c.version == row.version)
        said = connection.execute(reports.select().where(mine)).one()
        return {"text": said.text, **said.figures}


def files_of(house: House) -> list[str]:
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, REPORT)
        own = reports.select().with_only_columns(reports.c.id).where(reports.c.obligation_id == row.id)
        kept = evidence.select().with_only_columns(evidence.c.sha256).where(evidence.c.report_id.in_(own))
        return list(connection.scalars(kept))


def answered(proof: Path) -> Answer:
    proof.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return Answer(
        text="Đã chỉ đạo",
        evidence=(proof,),
        rows=(
            RowAnswer(row=OF_13, text="Đã lập sổ", figures={"a": [7, 9], "b": 12, "c": 4}),
            RowAnswer(row=OF_25, text="", figures={"events": 0}),
            RowAnswer(row=f"{SECOND}:{OF_29}", text="Giám sát 02 cuộc", figures={"d": 2}),
            RowAnswer(row=f"{SECOND}:{OF_41}", text="Niêm yết đủ", figures={"a": [3, 3]}),
        ),
    )


def test_a_unit_answers_once_and_each_desk_reviews_for_itself(houses: list[House], tmp_path: Path) -> None:
    first, second = houses
    asked = [row["row"] for row in template(first, REPORT)["rows"]]
    assert asked == [OF_13, OF_25, f"{SECOND}:{OF_29}", f"{SECOND}:{OF_41}"]

    with pytest.raises(Refused, match="gửi chung trong báo cáo kỳ của Kế hoạch số 239/KH-UBND"):
        submit(houses[1], REPORT, A_MU_SUNG, morning("2022-09-08"), Answer(text="Đã làm"))
    submit(first, REPORT, A_MU_SUNG, morning("2022-09-08"), answered(tmp_path / "bc.pdf"))

    assert states(houses) == [WorkState.SUBMITTED, WorkState.SUBMITTED]
    assert row_said(second, OF_29) == {
        "text": "Đã lập sổ\nGiám sát 02 cuộc",
        "a": [7, 9],
        "b": 12,
        "c": 4,
        "d": 2,
    }
    assert row_said(second, OF_41) == {"text": "Niêm yết đủ", "a": [3, 3]}
    assert row_said(first, OF_13) == {"text": "Đã lập sổ", "a": [7, 9], "b": 12, "c": 4}
    assert files_of(first) == files_of(second) != []

    # Neither plan counts what the other was told beside it.
    for house, item in zip(houses, ("1.3", "2.9"), strict=True):
        scope = Scope(kind=Kind.REPORT, period=Period("2022-Q3-report"))
        line = consolidate(house, UBND_TINH, scope, morning("2022-09-10")).line(item)
        assert line is not None
        assert [figure.period.shown() for figure in line.figures[:3]] == ["7/9 (77,8%)", "12", "4"]

    accept(first, Decision(key=REPORT, by=BAT_XAT, as_of=morning("2022-09-09")))
    assert states(houses) == [WorkState.ACCEPTED, WorkState.SUBMITTED]
    # What one desk asks to be completed is completed in its own plan; the other is done.
    ask_more(second, Decision(key=REPORT, by=BAT_XAT, as_of=morning("2022-09-09"), reason="nêu rõ 4.1"))
    more = tuple(RowAnswer(row=key, text="Bổ sung", figures={}) for key in (OF_29, OF_41))
    submit(
        second,
        REPORT,
        A_MU_SUNG,
        morning("2022-09-12"),
        Answer(text="Bổ sung", rows=more, without="đã gửi kèm lần trước"),
    )
    assert states(houses) == [WorkState.ACCEPTED, WorkState.SUBMITTED]


def test_what_is_taken_back_is_of_both_a_paper_answers_both_and_an_ended_plan_serves_none(
    houses: list[House], tmp_path: Path
) -> None:
    submit(houses[0], REPORT, A_MU_SUNG, morning("2022-09-08"), answered(tmp_path / "bc.pdf"))
    take_back(houses[0], Decision(key=REPORT, by=A_MU_SUNG, as_of=morning("2022-09-08"), reason="nhầm số"))
    assert states(houses) == [WorkState.OPEN, WorkState.OPEN]

    paper = Document(number="12/BC-UBND", signed_on=date(2022, 9, 8))
    record_document(houses[0], (REPORT,), BAT_XAT, morning("2022-09-09"), paper)
    assert states(houses) == [WorkState.SUBMITTED, WorkState.SUBMITTED]

    other = f"report/{MUONG_VI}/2022-Q3-report"
    start(houses[0], date(2022, 9, 9), morning("2022-09-09"), although_ended=True)
    end(houses[0], date(2022, 9, 10), morning("2022-09-09"), reason="Kế hoạch 240 thay thế")
    rows = tuple(
        RowAnswer(row=f"row/{item}/{MUONG_VI}/2022-Q3-report", text="Xong") for item in ("2.9", "4.1")
    )
    alone = Answer(text="Đã làm", rows=rows, without="văn bản ký sau")
    submit(houses[1], other, MUONG_VI, morning("2022-09-12"), alone)
    assert states(houses, other) == [WorkState.OPEN, WorkState.SUBMITTED]


def test_the_links_of_both_plans_lead_to_one_form(houses: list[House]) -> None:
    with visited(houses[0], "2022-09-08T09:00") as site:
        served = [replace(site.house, plan=house.plan) for house in houses]
        links = [answer_link(house, A_MU_SUNG, site.clock()).url for house in served]
        pages = [site.by_path(urlsplit(link).path).get(f"/ky/{REPORT}") for link in links]
        names = [sorted(form_of(page.html, f"/ky/{REPORT}")) for page in pages]
        assert names[0] == names[1]
        for said in ("1.3.", "Kế hoạch số 240/KH-UBND", "2.9.", "4.1."):
            assert said in pages[1].text
        assert "Số cuộc giám sát tại thôn" in pages[0].text
        # A figure that both ask is asked once.
        assert len(re.findall("Tổng số tiền đóng góp tự nguyện đã ghi sổ trong kỳ", pages[0].text)) <= 2

        clerk = site.by_path(urlsplit(links[1]).path)
        form = form_of(pages[1].html, f"/ky/{REPORT}")
        given = {**form, f"fig:{OF_25}:events": "0", f"text:{SECOND}:{OF_41}": "Niêm yết đủ", "luu-het": "1"}
        saved = clerk.send(f"/ky/{REPORT}", given)
        assert "Niêm yết đủ" in saved.html
        review = clerk.get(f"/ky/{REPORT}/gui")
        clerk.send(f"/ky/{REPORT}/gui", {**form_of(review.html, f"/ky/{REPORT}/gui"), "gui": "1"})
    assert states(houses) == [WorkState.SUBMITTED, WorkState.SUBMITTED]
