"""`deliver`, `preview`, `messages` where two plans run: one mail an office by command as by the clock."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cli.main import BAD_INPUT
from tasks_lib.kernel.bootstrap import open_houses
from tasks_lib.kernel.plan_life import start
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.smaller_plans import of_few_items, two_plans
from tests.support.life.stories import A_MU_SUNG, morning
from tests.support.running.commands import Call, caller

FIRST, SECOND = "239-2022", "240-2022"


@pytest.fixture
def call(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Call:
    folder = two_plans(of_few_items(tmp_path / "office", "1.2"), "1.2")
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(folder))
    call = caller(capfd)
    for plan in (FIRST, SECOND):
        call("init", "--plan", plan)
    return call


def _started() -> None:
    for house in open_houses():
        start(house, date(2022, 7, 1), morning("2022-07-01"), although_ended=True)
        sweep(house, morning("2022-07-04"))
        sweep(house, morning("2022-07-07"))


def test_of_several_plans_that_do_not_run_one_has_to_be_named(call: Call) -> None:
    said = call("deliver", "--as-of", "2022-07-07", status=BAD_INPUT)
    assert "có nhiều kế hoạch, đề nghị chọn một" in said
    assert "chọn một" in call("preview", "--on", "2022-07-07", "--as-of", "2022-07-07", status=BAD_INPUT)


def test_an_office_gets_one_mail_by_command_and_both_plans_list_it(call: Call) -> None:
    _started()
    seen = call("preview", "--on", "2022-07-07", "--as-of", "2022-07-07", "--json")["mails"]
    assert max(Counter(mail["recipient"] for mail in seen).values()) == 1
    (foreseen,) = (mail["subject"] for mail in seen if mail["recipient"] == A_MU_SUNG)
    assert foreseen.startswith("[KH 239, KH 240] Hạn 14/7: ")

    done = call("deliver", "--as-of", "2022-07-07", "--json")
    assert (done["sent"], done["failed"], done["held"]) == (len(seen), 0, 0)

    of_first, of_second = (call("messages", "--plan", plan, "--json") for plan in (FIRST, SECOND))
    (sent,) = (mail for mail in of_second if mail["recipient"] == A_MU_SUNG)
    assert (sent["subject"], sent["state"]) == (foreseen, "sent")
    assert sent["reply"]
    assert sent["id"] in {mail["id"] for mail in of_first}
    shown = call("messages", "show", str(sent["id"]), "--plan", SECOND, "--json")
    assert "Kế hoạch số 239/KH-UBND" in shown["text"]
    assert "Kế hoạch số 240/KH-UBND" in shown["text"]

    alone = call("preview", "--on", "2022-07-13", "--as-of", "2022-07-13", "--plan", SECOND, "--json")[
        "mails"
    ]
    assert all(mail["subject"].startswith("[KH 240]") for mail in alone if mail["recipient"] == A_MU_SUNG)
