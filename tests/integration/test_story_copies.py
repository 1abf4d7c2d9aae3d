"""A copy holds files, key and rows, shares its evidence with others, and is refused where it could harm."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from cli.main import REFUSED, run
from obligations.errors import Invalid, Refused, Unavailable
from store.engine import reading
from store.schema import messages, notices
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.keeping.backup import backup, verify
from tasks_lib.keeping.restore import restore
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import lost
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    MUONG_VI,
    at,
    morning,
    replay,
)

pytestmark = pytest.mark.usefixtures("programs_of_postgresql")
TASK = f"1.2/{MUONG_VI}/once"
HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM plans").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_evidence_key_and_rows_come_back_on_a_new_machine(
    any_house: House, elsewhere: House, tmp_path: Path
) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(any_house, "2022-07-01", "2022-07-05")
    submit(any_house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    key = any_house.settings.home / "secret.key"
    made = backup(any_house, tmp_path / "copies", at("2022-07-06T20:00"))
    assert made.as_json()["evidence"] == {"files": 1, "bytes": len(PDF)}
    kept = key.read_text(encoding="ascii")
    any_house.engine.dispose()
    fresh = tmp_path / "fresh"
    settings = elsewhere.settings.model_copy(update={"home": fresh, "evidence_url": str(fresh / "evidence")})
    fresh.mkdir()
    if elsewhere.engine.dialect.name == "sqlite":
        lost(any_house)
    restore(replace(elsewhere, settings=settings), made.folder, at("2022-07-07T10:00"))
    assert (fresh / "secret.key").read_text(encoding="ascii") == kept
    (found,) = [p for p in (fresh / "evidence").rglob("*") if p.is_file()]
    assert found.read_bytes() == scan.read_bytes()
    with reading(elsewhere.engine) as connection:
        assert connection.scalar(select(notices.c.id).limit(1)) is not None
        assert connection.scalars(select(messages.c.id)).all() == []


def test_copies_share_their_evidence(house: House, tmp_path: Path) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(house, "2022-07-01", "2022-07-05")
    submit(house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    copies = tmp_path / "copies"
    for moment in ("2022-07-06T20:00", "2022-07-07T20:00"):
        verify(backup(house, copies, at(moment)).folder)
    assert len([p for p in (copies / "evidence").rglob("*") if p.is_file()]) == 1
    with pytest.raises(Refused, match="đã có bản sao"):
        backup(house, copies, at("2022-07-07T20:00"))


def test_a_lost_evidence_file_is_named_and_the_rest_is_saved(
    house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(house, "2022-07-01", "2022-07-05")
    submit(house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    (kept,) = [p for p in (house.settings.home / "evidence").rglob("*") if p.is_file()]
    kept.unlink()
    capfd.readouterr()
    assert run(["backup", "--to", str(tmp_path / "copies"), "--json"]) == REFUSED
    out, err = capfd.readouterr()
    told = json.loads(out)
    assert (told["verified"], told["missing"]) == (False, [kept.name])
    assert kept.name in err


@pytest.mark.parametrize("spoiled", ["database", "manifest", "evidence"])
def test_a_spoiled_copy_is_refused_before_anything_is_touched(
    house: House, tmp_path: Path, spoiled: str
) -> None:
    scan = tmp_path / "bien-ban.pdf"
    scan.write_bytes(PDF)
    replay(house, "2022-07-01", "2022-07-05")
    submit(house, TASK, MUONG_VI, morning("2022-07-06"), Answer(text="05 buổi", evidence=(scan,)))
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    (proof,) = [p for p in (tmp_path / "copies" / "evidence").rglob("*") if p.is_file()]
    target = {"database": copy / "dondoc.db", "manifest": copy / "manifest.json", "evidence": proof}[spoiled]
    target.write_bytes(target.read_bytes()[:-9])
    house.engine.dispose()
    before = (house.settings.home / "dondoc.db").read_bytes()
    with pytest.raises((Unavailable, Invalid)):
        restore(house, copy, at("2022-07-07T10:00"), aside=True)
    assert (house.settings.home / "dondoc.db").read_bytes() == before


def test_it_is_refused_while_somebody_has_the_database_open(house: House, tmp_path: Path) -> None:
    replay(house, "2022-07-01", "2022-07-01")
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    house.engine.dispose()
    with pytest.raises(Refused, match="--replace"):
        restore(house, copy, at("2022-07-07T10:00"))
    somebody = [sys.executable, "-c", HOLDING, str(house.settings.home / "dondoc.db")]
    held = subprocess.Popen(somebody, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert held.stdout is not None
    held.stdout.readline()
    with pytest.raises(Refused, match="đang có chương trình mở"):
        restore(house, copy, at("2022-07-07T10:00"), aside=True)
    held.communicate()
    assert restore(house, copy, at("2022-07-07T10:00"), aside=True).hold is not None


def test_an_old_copy_of_a_newer_program_is_refused(house: House, tmp_path: Path) -> None:
    copy = backup(house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    told = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps({**told, "revision": "9999"}), encoding="utf-8")
    lost(house)
    with pytest.raises(Refused, match="nâng cấp chương trình"):
        restore(house, copy, at("2022-07-07T10:00"))


def test_a_postgresql_database_that_holds_something_is_left_alone(
    postgres_house: House, tmp_path: Path
) -> None:
    copy = backup(postgres_house, tmp_path / "copies", at("2022-07-06T20:00")).folder
    with pytest.raises(Refused, match="không trống"):
        restore(postgres_house, copy, at("2022-07-07T10:00"), aside=True)
