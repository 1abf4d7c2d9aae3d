"""A district signs off for its communes: whoever is missing is named, or it is refused (case 15)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import REFUSED, run
from obligations.answers import Document
from obligations.errors import Invalid, Refused
from obligations.model import WorkState
from tasks_lib.answering.cycle_form import template
from tasks_lib.answering.submit import Answer, record_document
from tasks_lib.desk.listing import Filter
from tasks_lib.desk.listing import obligations as listed
from tasks_lib.desk.review import accept, ask_more, reopen
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    SO_Y_TE,
    Y_TY,
    at,
    history_of,
    leave_only,
    morning,
    replay,
    reports_in,
    row,
    versions_of,
)

COMMUNES = (A_MU_SUNG, Y_TY, MUONG_VI)
OURS = f"3.1/{BAT_XAT}/once"
CYCLE = f"report/{BAT_XAT}/2022-Q3-report"
SYNTHESIS = f"report/{SO_NOI_VU}/2022-Q3-report"


def _of(commune: str) -> str:
    return f"3.1/{commune}/once"


def _cycle_of(agency: str) -> str:
    return f"report/{agency}/2022-Q3-report"


def _three_communes(house: House) -> None:
    """Bát Xát has three communes; everything else was assigned by mistake."""
    below = [key for commune in COMMUNES for key in (_of(commune), _cycle_of(commune))]
    leave_only(house, OURS, CYCLE, *below)


def _missing(house: House, key: str) -> object:
    return versions_of(house, key)[-1].missing


def _waits(house: House, key: str, day: str) -> bool:
    (entry,) = [e for e in listed(house, morning(day), Filter()) if e["id"] == key]
    return bool(entry["waits_for_below"])


def test_3_1_is_not_signed_off_while_communes_are_missing_unless_they_are_named(any_house: House) -> None:
    _three_communes(any_house)
    reports_in(any_house, _of(A_MU_SUNG), "2022-07-25")

    with pytest.raises(Refused) as refused:
        reports_in(any_house, OURS, "2022-07-28")
    told = str(refused.value)
    assert "còn 02/03 xã chưa báo cáo" in told
    assert f"UBND xã Y Tý ({Y_TY}), UBND xã Mường Vi ({MUONG_VI})" in told
    assert "A Mú Sung" not in told
    assert "--missing" in told
    assert row(any_house, OURS).version == 0

    done = reports_in(any_house, OURS, "2022-07-28", Answer(text="Đã tổ chức", missing=(MUONG_VI, Y_TY)))
    assert done.work_state == WorkState.SUBMITTED
    assert _missing(any_house, OURS) == [Y_TY, MUONG_VI]


def test_naming_some_is_not_enough(house: House) -> None:
    _three_communes(house)
    with pytest.raises(Refused, match="còn 03/03"):
        reports_in(house, OURS, "2022-07-28", Answer(missing=(MUONG_VI, Y_TY)))


def test_when_all_have_reported_nobody_is_named(house: House) -> None:
    _three_communes(house)
    for commune in COMMUNES:
        reports_in(house, _of(commune), "2022-07-25")
    reports_in(house, OURS, "2022-07-28")
    assert _missing(house, OURS) == []


def test_who_was_named_and_has_reported_meanwhile_is_not_missing(house: House) -> None:
    _three_communes(house)
    reports_in(house, _of(Y_TY), "2022-07-25")
    reports_in(house, OURS, "2022-07-28", Answer(missing=COMMUNES))
    assert _missing(house, OURS) == [A_MU_SUNG, MUONG_VI]


def test_a_stranger_is_not_missing(house: House) -> None:
    _three_communes(house)
    with pytest.raises(Invalid, match=f"missing: '{SA_PA}'"):
        reports_in(house, OURS, "2022-07-28", Answer(missing=(*COMMUNES, SA_PA)))
    with pytest.raises(Invalid, match="missing"):
        reports_in(house, _of(Y_TY), "2022-07-25", Answer(missing=(MUONG_VI,)))


def test_asked_for_more_a_commune_has_reported_and_reopened_it_has_not(house: House) -> None:
    _three_communes(house)
    for commune in COMMUNES:
        reports_in(house, _of(commune), "2022-07-22")

    def decides(commune: str) -> Decision:
        return Decision(key=_of(commune), by=BAT_XAT, as_of=morning("2022-07-25"), reason="bổ sung")

    ask_more(house, decides(A_MU_SUNG))
    accept(house, decides(Y_TY))
    reopen(house, decides(Y_TY))

    with pytest.raises(Refused, match=r"còn 01/03 xã chưa báo cáo: UBND xã Y Tý"):
        reports_in(house, OURS, "2022-07-28")


def test_the_signed_paper_is_what_it_is_and_the_machine_notes_who_was_missing(any_house: House) -> None:
    _three_communes(any_house)
    reports_in(any_house, _of(Y_TY), "2022-07-25")
    paper = Document(number="31/BC-UBND", signed_on=morning("2022-07-28").date())

    record_document(any_house, (OURS,), SO_NOI_VU, at("2022-07-29T09:00"), paper, person="Lê Thị Thử")

    assert _missing(any_house, OURS) == [A_MU_SUNG, MUONG_VI]
    assert history_of(any_house, OURS)[-1].person == "Lê Thị Thử"


def test_3_3_asks_nothing_of_communes_so_nobody_is_missing(house: House) -> None:
    key = f"3.3/{BAT_XAT}/once"
    reports_in(house, key, "2022-08-25")
    assert _missing(house, key) == []


def test_a_district_names_communes_on_the_command_line_and_in_its_form(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _three_communes(house)
    reports_in(house, _cycle_of(Y_TY), "2022-09-08")
    form = template(house, CYCLE)
    assert form["missing"] == []
    assert "missing" not in template(house, _cycle_of(Y_TY))
    path = tmp_path / "bc.json"

    def submits(named_in_form: list[str], *named: str) -> int:
        for entry in form["rows"]:
            entry.update({"events": 0} if "events" in entry else {})
        path.write_text(json.dumps({**form, "missing": named_in_form}), encoding="utf-8")
        words = [word for agency in named for word in ("--missing", agency)]
        return run(
            ["report", "submit", CYCLE, "--by", BAT_XAT, "--from", str(path), "--as-of", "2022-09-13", *words]
        )

    assert submits([]) == REFUSED
    assert submits([], A_MU_SUNG) == REFUSED
    assert "UBND xã Mường Vi" in capsys.readouterr().err
    assert submits([MUONG_VI], A_MU_SUNG) == 0
    assert _missing(house, CYCLE) == [A_MU_SUNG, MUONG_VI]


def test_the_synthesis_names_districts_and_departments_and_leaves_communes_to_their_district(
    house: House,
) -> None:
    leave_only(house, SYNTHESIS, CYCLE, _cycle_of(SO_Y_TE), _cycle_of(SA_PA), _cycle_of(Y_TY))
    reports_in(house, CYCLE, "2022-09-13", Answer(missing=(Y_TY,)))

    with pytest.raises(Refused) as refused:
        reports_in(house, SYNTHESIS, "2022-09-19")
    assert "còn 02/03" in str(refused.value)
    assert "Y Tý" not in str(refused.value)

    reports_in(house, SYNTHESIS, "2022-09-19", Answer(missing=(SA_PA, SO_Y_TE)))
    assert _missing(house, SYNTHESIS) == [SA_PA, SO_Y_TE]


def test_so_noi_vu_sees_what_waits_for_the_units_below(any_house: House) -> None:
    _three_communes(any_house)
    replay(any_house, "2022-07-22", "2022-07-22")
    reports_in(any_house, _of(A_MU_SUNG), "2022-07-22")
    reports_in(any_house, _of(Y_TY), "2022-07-22")

    assert _waits(any_house, OURS, "2022-07-25")
    assert not _waits(any_house, _of(MUONG_VI), "2022-07-25")
    reports_in(any_house, _of(MUONG_VI), "2022-07-26")
    assert not _waits(any_house, OURS, "2022-07-26")
    assert _waits(any_house, CYCLE, "2022-07-26")

    reports_in(any_house, CYCLE, "2022-09-13", Answer(missing=COMMUNES))
    assert not _waits(any_house, CYCLE, "2022-09-13")


def test_who_drafted_and_who_approved_stands_in_the_history(house: House) -> None:
    answer = Answer(
        text="Đã tổ chức",
        estimates={"a": "12"},
        drafted_by="Vàng Thị Thử",
        approved_by="Lý A Thử",
        person="Lý A Thử",
    )
    reports_in(house, _of(Y_TY), "2022-07-25", answer)

    told = history_of(house, _of(Y_TY))[-1]
    assert (told.person, told.why) == ("Lý A Thử", "người soạn Vàng Thị Thử; người duyệt Lý A Thử")
    (version,) = versions_of(house, _of(Y_TY))
    assert (version.drafted_by, version.approved_by) == ("Vàng Thị Thử", "Lý A Thử")
    assert version.estimates == {"a": 12}


def test_who_decides_stands_in_the_history(house: House) -> None:
    reports_in(house, _of(Y_TY), "2022-07-22")
    decision = Decision(
        key=_of(Y_TY), by=BAT_XAT, as_of=morning("2022-07-25"), reason="bổ sung", person="Hoàng Văn Thử"
    )
    ask_more(house, decision)
    assert history_of(house, _of(Y_TY))[-1].person == "Hoàng Văn Thử"
