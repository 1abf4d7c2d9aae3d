"""`dondoc watch`: a morning without its round, and a key that was changed on purpose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli.main import run
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.signing import KEY_FILE
from tests.support.running.watching import lives, started

KEY = "0123456789abcdef0123456789abcdef"


def watched(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """What the command ends with, and its checks by name."""
    capsys.readouterr()
    status = run(["watch", "--as-of", "2022-07-06T09:00", "--json", *options])
    printed = capsys.readouterr()
    said = json.loads(printed.out)
    assert said["ready"] == (status == 0)
    amiss = [check["title"] for check in said["checks"] if not check["ok"]]
    assert printed.err == (f"Cần xử lý: {', '.join(amiss)}\n" if amiss else "")
    return status, {check["name"]: check for check in said["checks"]}


def test_a_missing_round_is_told_and_ends_with_1(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    started(house, "2022-06-30")
    lives(house, "2022-06-30", "2022-07-05")

    status, checks = watched(capsys)

    assert status == 1
    assert checks["round"]["said"].startswith("lượt 6:30 hôm nay chưa chạy")
    assert run(["watch", "--as-of", "2022-07-06T09:00"]) == 1
    assert "lượt 6:30 hôm nay chưa chạy" in " ".join(capsys.readouterr().out.split())


def test_a_key_that_was_changed_is_told_until_it_is_accepted(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    key = house.settings.home / KEY_FILE
    for text, accepted in ((KEY, True), (KEY[::-1], False)):
        key.write_text(text, encoding="utf-8")
        key.chmod(0o600)
        status, checks = watched(capsys, *(["--accept-key"] if accepted else []))
        assert checks["key"]["ok"] is accepted
    assert status == 1
    assert "dondoc watch --accept-key" in checks["key"]["said"]

    _, checks = watched(capsys, "--accept-key")
    assert checks["key"]["ok"] is True
    _, checks = watched(capsys)
    assert checks["key"]["ok"] is True
