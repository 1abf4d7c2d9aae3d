"""A letter gives a task beside the plan's own: it has its day, its ladder, its mail like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import BAD_INPUT, REFUSED
from config.load import load_configuration
from notifications.memory import MemoryTransport
from obligations.model import Wording
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened
from tests.support.houses.smaller_plans import of_few_items
from tests.support.life.letters import text_of
from tests.support.life.stories import all_told_of, replay_with_mail, row
from tests.support.running.commands import Call, caller

LETTER = ("--number", "1234/UBND-NC", "--on", "2022-08-10")
TASK = ("task", "add", "--title", "Rà soát quy chế dân chủ", "--product", "Báo cáo rà soát", "--content", "1")
GIVEN = (*TASK, "--lead", "so-y-te", "--before", "2022-09-15", *LETTER)
KEY = "VB.1/so-y-te/once"
CITED = "Văn bản số 1234/UBND-NC ngày 10/8/2022 của UBND tỉnh Lào Cai"


@pytest.fixture
def office(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's own folder with a small plan, whose units owe nothing else."""
    folder = of_few_items(tmp_path / "office", "1.1", "1.3")
    plan = folder / "plan.toml"
    text = re.sub(
        r"^(planners|sheet_keepers) = .*$", r"\1 = []", plan.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    plan.write_text(text, encoding="utf-8")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture
def call(office: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(capfd)


@pytest.fixture
def told(call: Call, office: Path) -> Iterator[tuple[House, list[str]]]:
    """The plan on its way since 30/6, the letter entered on 12/8, and all mail of the task until 5/10."""
    call("init")
    post = MemoryTransport()
    with opened(load_configuration(office)) as before:
        replay_with_mail(before, "2022-06-30", "2022-08-11", post)
    assert call(*GIVEN, "--yes", "--json")["item"] == "VB.1"
    post.sent.clear()
    with opened(load_configuration(office)) as house:
        replay_with_mail(house, "2022-08-12", "2022-10-05", post)
        said = [" ".join(text_of(mail.content).split()) for mail in post.sent]
        yield house, [text for text in said if "VB.1" in text]


def test_it_is_told_as_it_comes_climbs_to_so_noi_vu_and_its_mails_cite_the_letter(
    told: tuple[House, list[str]],
) -> None:
    house, mails = told
    found = row(house, KEY)
    assert (str(found.opened_on), str(found.last_day)) == ("2022-08-10", "2022-09-14")
    steps = [(n.day, n.step, n.recipient) for n in all_told_of(house, KEY)]
    assert steps[:5] == [
        ("2022-08-12", "opening", "so-y-te"),
        ("2022-09-07", "-5", "so-y-te"),
        ("2022-09-13", "-1", "so-y-te"),
        ("2022-09-16", "+2", "so-y-te"),
        ("2022-09-20", "+4", "so-noi-vu"),
    ]
    assert f"{CITED} giao Sở Y tế thực hiện nhiệm vụ trên, sản phẩm: Báo cáo rà soát." in mails[0]
    assert f"{CITED} giao nhiệm vụ này và ấn định thời hạn." in mails[0]
    assert mails[0].startswith("Kính gửi: Sở Y tế")
    to_the_unit = [text for text in mails if text.startswith("Kính gửi: Sở Y tế")]
    assert [text for text in to_the_unit if "Kế hoạch không ghi" in text] == []


def test_it_is_a_row_of_the_plans_file_that_can_be_listed(call: Call, office: Path) -> None:
    head = (office / "plan.toml").read_text(encoding="utf-8").splitlines()[0]
    call(*GIVEN, "--yes")
    call(*TASK, "--lead", "Bát Xát", "--until", "2022-09-15", *LETTER, "--yes")
    assert (office / "plan.toml").read_text(encoding="utf-8").startswith(head)
    found = call("task", "list", "--json")
    assert [(each["item"], each["leads"], each["deadline"]) for each in found] == [
        ("VB.1", ["so-y-te"], "Trước ngày 15/9/2022"),
        ("VB.2", ["h082-2022"], "Chậm nhất ngày 15/9/2022"),
    ]
    assert found[0]["letter"] == {"number": "1234/UBND-NC", "on": "2022-08-10", "from": "UBND tỉnh Lào Cai"}
    assert load_configuration(office).plan().items[-1].deadline.wording is Wording.BY_DAY
    assert f"{CITED}." in " ".join(call("task", "list").split())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--lead", "so-y-teee", "--before", "2022-09-15", *LETTER), "so-y-te (Sở Y tế)"),
        (("--lead", "so-y-te", *LETTER), "--before, --until: ghi một ngày"),
        (("--lead", "so-y-te", "--before", "2022-09-15", "--until", "2022-09-15", *LETTER), "chỉ ghi một"),
        (("--lead", "so-y-te", "--before", "2023-09-15", *LETTER), "VB.1: deadline.day: 14/09/2023"),
        (
            ("--lead", "so-y-te", "--before", "2022-09-15", "--number", "1", "--on", "2022-05-10"),
            "given.signed_on",
        ),
        (("--lead", "so-y-te", "--before", "2022-08-10", *LETTER), "trước ngày của văn bản"),
        (
            ("--lead", "so-y-te", "--before", "2022-09-15", "--number", " ", "--on", "2022-08-10"),
            "given.number",
        ),
        (("--lead", "so-y-te", "--before", "2022-09-15", *LETTER, "--content", "9"), "--content: "),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    call: Call, office: Path, more: tuple[str, ...], said: str
) -> None:
    before = (office / "plan.toml").read_bytes()
    assert said in " ".join(call(*TASK, *more, "--yes", status=BAD_INPUT).split())
    assert (office / "plan.toml").read_bytes() == before


def test_without_a_yes_nothing_is_written(call: Call, office: Path) -> None:
    before = (office / "plan.toml").read_bytes()
    assert "--yes" in call(*GIVEN, status=REFUSED)
    assert (office / "plan.toml").read_bytes() == before


def test_a_book_that_the_folder_cannot_carry_leaves_it_as_it_was(call: Call, office: Path) -> None:
    agencies = office / "agencies.toml"
    of_one_year = agencies.read_text(encoding="utf-8").replace(
        'name = "Sở Nội vụ"\n', 'name = "Sở Nội vụ"\nvalid_to = 2025-12-31\n', 1
    )
    agencies.write_text(of_one_year, encoding="utf-8")
    before = sorted(path.name for path in office.iterdir())
    call("task", "book", "--year", "2026", status=BAD_INPUT)
    assert sorted(path.name for path in office.iterdir()) == before
    load_configuration(office)


def test_a_book_writes_over_no_file(call: Call, office: Path) -> None:
    mine = office / "cycles-van-ban-2023.toml"
    mine.write_text("# của riêng chúng tôi\n", encoding="utf-8")
    assert mine.name in call("task", "book", "--year", "2023", status=REFUSED)
    assert mine.read_text(encoding="utf-8") == "# của riêng chúng tôi\n"
    assert not (office / "plan-van-ban-2023.toml").exists()


def test_a_years_book_of_given_tasks_is_a_plan_of_its_own(call: Call, office: Path) -> None:
    assert call("task", "book", "--year", "2022", "--json") == {
        "plan": "van-ban-2022",
        "file": "plan-van-ban-2022.toml",
    }
    assert "đã có" in call("task", "book", "--year", "2022", "--plan", "239", status=BAD_INPUT)
    words = [word for word in GIVEN if word not in ("--content", "1")]
    call(*words, "--plan", "van-ban-2022", "--yes")
    plan = load_configuration(office).plan("van-ban-2022")
    assert [item.key for item in plan.items] == ["VB.1"]
    call("init", "--plan", "van-ban-2022")
    found = call("obligations", "--plan", "van-ban-2022", "--as-of", "2022-08-12", "--json")
    assert [duty["id"] for duty in found] == [KEY]
    assert "van-ban-2022" in call("deployments", "list")
