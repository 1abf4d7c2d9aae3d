"""Every change is a row of one chain, written with the change; what was altered past it is found."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cli.main import run
from store.engine import reading
from store.guards import KEPT, guard, missing
from store.proof import Fault, Proof, entries, prove
from tasks_lib.access.revoke import revoke
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.keeping.proof import Wanted, read, verify
from tasks_lib.keeping.proof import accept as accept_end
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.journal_words import on_paper
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, SIGNED, SO_NOI_VU, at, replay, reports_in

pytestmark = pytest.mark.both

OF_A_MU_SUNG = f"1.2/{A_MU_SUNG}/once"


def proof(house: House) -> Proof:
    with reading(house.engine) as connection:
        return prove(connection)


def a_week(house: House) -> None:
    """The duties open, a commune reports and its district accepts."""
    replay(house, SIGNED, "2022-07-07")
    reports_in(house, OF_A_MU_SUNG, "2022-07-08")
    accept(house, Decision(key=OF_A_MU_SUNG, by=BAT_XAT, as_of=at("2022-07-09T09:00")))


def test_a_week_makes_one_whole_chain(any_house: House) -> None:
    a_week(any_house)
    found = proof(any_house)
    assert found.found is None
    with reading(any_house.engine) as connection:
        rows = list(entries(connection))
        assert missing(connection) == []
    assert found.head is not None
    assert found.head.count == len(rows)
    whats = [row["what"] for row in rows]
    assert whats[0] == "configuration"
    assert whats.count("sweep") == 8
    assert whats[-2:] == ["submit", "accept"]


def test_what_is_only_added_to_refuses_everything_else(any_house: House) -> None:
    """Tables that this week leaves empty have their triggers too: `missing` above names what has none."""
    a_week(any_house)
    with any_house.engine.begin() as connection:
        filled = [t for t in KEPT if connection.scalar(text(f"SELECT count(*) FROM {t}"))]
    assert {"journal", "history", "reports"} <= set(filled) < set(KEPT)
    for table in filled:
        for statement in (f"UPDATE {table} SET id = id + 1000", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="chỉ được ghi thêm"), any_house.engine.begin() as connection:
                connection.execute(text(statement))


def test_a_day_moved_back_is_found_also_after_the_program_changed_the_row_again(any_house: House) -> None:
    replay(any_house, SIGNED, "2022-07-07")
    reports_in(any_house, OF_A_MU_SUNG, "2022-07-18")
    with any_house.engine.begin() as connection:
        connection.execute(
            text("UPDATE obligations SET done_on = '2022-07-10' WHERE key = :key"), {"key": OF_A_MU_SUNG}
        )
    found = proof(any_house).found
    assert found is not None
    assert (found.fault, found.table) == (Fault.CHANGED, "obligations")

    accept(any_house, Decision(key=OF_A_MU_SUNG, by=BAT_XAT, as_of=at("2022-07-19T09:00")))

    again = proof(any_house).found
    assert again is not None
    assert (again.fault, again.table, again.row) == (Fault.CHANGED, "obligations", found.row)


def test_verify_says_which_row_in_one_line(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_week(house)
    assert run(["verify"]) == 0
    assert "Nhật ký nguyên vẹn" in capsys.readouterr().out
    with house.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER dondoc_reports_update"))
        connection.execute(text("UPDATE reports SET text = 'khác'"))

    assert run(["verify"]) == 1

    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "Bảng reports (báo cáo) dòng 1 đã bị sửa" in said
    assert OF_A_MU_SUNG in said


def test_rows_cut_off_at_the_end_are_missed_by_the_home_and_by_the_paper(house: House) -> None:
    replay(house, SIGNED, "2022-07-04")
    before = verify(house)
    revoke(house, A_MU_SUNG, SO_NOI_VU, at("2022-07-04T09:00"))
    paper = on_paper(verify(house).head or "")
    assert verify(house, paper, date(2022, 7, 4)).ok
    assert not verify(house, paper, date(2022, 7, 3)).ok
    with house.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER dondoc_journal_delete"))
        connection.execute(text("DELETE FROM journal WHERE id = (SELECT max(id) FROM journal)"))
        guard(connection)

    cut = verify(house)
    assert (cut.ok, cut.cut, cut.head) == (False, True, before.head)
    assert "đuôi nhật ký bị cắt" in cut.text
    (house.settings.home / "journal.head").unlink()
    assert verify(house).ok  # nothing else knows
    assert not verify(house, paper).ok

    accept_end(house, at("2022-07-05T09:00"))
    assert verify(house).ok
    assert read(house, Wanted(limit=1))[0]["what"] == "head-accept"


def test_an_end_that_somebody_else_wrote_is_told(house: House) -> None:
    path = house.settings.home / "journal.head"
    replay(house, SIGNED, SIGNED)
    path.write_text(path.read_text(encoding="ascii").replace('"count": ', '"count": 1'), encoding="ascii")
    assert "không phải do chương trình này ghi" in verify(house).text
