"""An item says how much is to be reached, who answers for it and which room does it; 239 says none of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from config.carry_over import CarryOver
from config.export import export_plan
from config.load import OWN_DIRECTORY, load_configuration
from config.sample import KEY, write_sample
from flows.subjects import subjects
from notifications.memory import MemoryTransport
from obligations.model import ASKED
from obligations.period import Period
from obligations.rights import Seat
from store.engine import reading
from tasks_lib.duties.dates import shown_plan
from tasks_lib.duties.initialise import initialise
from tasks_lib.duties.plan_diff import difference
from tasks_lib.grading.grades import grade_quarter
from tasks_lib.grading.told import workbook
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.making import draft_in_word
from tasks_lib.papers.order import Order
from tests.support.houses.houses import opened
from tests.support.houses.smaller_plans import of_few_items
from tests.support.houses.spoilt import faults
from tests.support.life.letters import text_of
from tests.support.life.stories import SIGNED, morning, replay, replay_with_mail
from tests.support.pages.visits import visited

SO_NOI_VU = "so-noi-vu"
SAID = {
    "product": "Kế hoạch triển khai năm 2022",
    "quantity": "01 kế hoạch",
    "leader": "Phó Giám đốc Sở",
    "room": "Phòng Xây dựng chính quyền",
}


def saying(folder: Path, key: str, **said: str) -> Path:
    """Write what one item asks for into a plan's file."""
    plan, head = folder / "plan.toml", f'key = "{key}"\n'
    lines = "".join(f'{field} = "{text}"\n' for field, text in said.items())
    text = plan.read_text(encoding="utf-8")
    assert text.count(head) == 1
    plan.write_text(text.replace(head, f"{head}{lines}"), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return of_few_items(tmp_path / "office", "1.1", "1.3", "2.1")


@pytest.fixture
def office(home: Path, folder: Path) -> Iterator[House]:
    for key in ("1.1", "2.1"):
        saying(folder, key, **SAID)
    with opened(load_configuration(folder)) as house:
        initialise(house)
        yield house


@pytest.mark.parametrize(
    ("field", "written", "told"),
    [
        ("quantity", '""', "không được để trống"),
        ("quantity", "2", "phải là chữ trong ngoặc kép"),
        ("leader", '"Phó Giám đốc Sở, 0912.345.678"', "không ghi điện thoại, thư điện tử ở đây"),
        ("room", '"Phòng Tổ chức, tochuc@laocai.gov.vn"', "không ghi điện thoại, thư điện tử ở đây"),
    ],
)
def test_a_fault_is_one_line(folder: Path, field: str, written: str, told: str) -> None:
    plan = folder / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('key = "1.1"\n', f'key = "1.1"\n{field} = {written}\n'), encoding="utf-8")
    (line,) = faults(folder)
    assert line.startswith(f"plan.toml: nhiệm vụ 1.1: {field}: {told}")


def test_plan_239_says_none_of_it() -> None:
    assert [item.key for item in load_configuration(OWN_DIRECTORY).plan().everything if item.asked] == []


def test_it_is_taken_away_compared_and_carried_over_with_a_doubt_for_what_is_of_its_year(
    folder: Path, tmp_path: Path
) -> None:
    before = load_configuration(folder)
    after = load_configuration(saying(folder, "1.1", **SAID))
    export_plan(after, after.plan(), tmp_path / "away")
    away = load_configuration(tmp_path / "away")
    assert away.plan().items[0].asked == SAID
    assert difference(before, before.plan(), after, after.plan()).in_words() == [
        f"nhiệm vụ 1.1, {ASKED[field].lower()}: '' → '{text}'" for field, text in SAID.items()
    ]
    over = CarryOver(after, after.plan(), 2027, "laocai-2025")
    item = over.write(tmp_path / "2027").plan().items[0]
    assert item.asked == {**SAID, "product": "Kế hoạch triển khai năm 2027"}
    doubted = {move.field for move in over.moves if move.where == "1.1" and move.field in SAID and move.doubt}
    assert doubted == {"quantity", "leader", "room"}
    assert any("số lượng cần đạt của năm cũ" in doubt for doubt in item.doubts)


def test_pages_mail_commands_and_flows_say_it_of_the_item_alone_that_does(office: House) -> None:
    post = MemoryTransport()
    replay_with_mail(office, SIGNED, "2022-07-01", post)
    said = [" ".join(text_of(mail.content).split()) for mail in post.sent]
    assert any("sản phẩm: Kế hoạch triển khai năm 2022 (01 kế hoạch)." in text for text in said)
    with visited(office, "2022-07-01T09:00") as site:
        person = site.login(Seat.COORDINATOR)
        for address in ("/nhiem-vu-kh/1.1", f"/nhiem-vu/1.1/{SO_NOI_VU}/once"):
            page = " ".join(person.get(address).text.split())
            for field, text in SAID.items():
                assert f"{ASKED[field]} {text}" in page
        other = person.get("/nhiem-vu-kh/1.3").text
        assert "Số lượng cần đạt" not in other
    first, second, _ = shown_plan(office)["items"]
    assert {field: first[field] for field in ASKED} == SAID
    assert not set(ASKED) & set(second)
    (flow,) = [each for each in subjects(office.configuration, office.plan) if each.key == "1.1"]
    assert "**Số lượng cần đạt:** 01 kế hoạch" in flow.description


def test_the_units_own_plan_is_drafted_with_it(office: House) -> None:
    replay(office, SIGNED, "2022-07-01")
    order = Order(kind="unit-plan", by="so-tu-phap")
    with reading(office.engine) as connection:
        made = draft_in_word(connection, office, order, morning("2022-07-01"))
    (row,) = [row for row in made.written.values["rows"] if row.get("n") == "2.1"]  # type: ignore[union-attr]
    assert str(row["product"]).startswith("Kế hoạch triển khai năm 2022; 01 kế hoạch")
    assert row["who"] == "Phó Giám đốc Sở; Phòng Xây dựng chính quyền"


def test_a_quarters_workbook_sets_it_beside_what_was_done(office: House) -> None:
    replay(office, SIGNED, "2022-07-08")
    book = workbook(office, grade_quarter(office, Period("2022-Q3"), morning("2022-07-08")))
    rows = list(load_workbook(BytesIO(book))["Sản phẩm"].iter_rows(min_row=5, values_only=True))
    assert rows[0][-2:] == ("Sản phẩm phải có", "Số lượng cần đạt")
    assert (SAID["product"], SAID["quantity"]) in {row[-2:] for row in rows if row[1] == "1.1"}
    assert {row[-2:] for row in rows[1:] if row[1] != "1.1"} <= {("", "")}


def test_the_sample_of_this_year_says_it_of_a_few_items(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample")
    said = {
        item.key: item.asked for item in load_configuration(tmp_path / "sample").plan(KEY).items if item.asked
    }
    assert list(said) == ["1.1", "1.2", "4.2", "5.1"]
    assert said["1.2"]["quantity"] == "ít nhất 02 đợt mỗi xã, phường"
    assert set(said["4.2"]) == set(ASKED)
