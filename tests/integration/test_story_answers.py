"""What counts as an answer: "nothing arose" where the plan allows it, and no empty report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.main import run
from obligations.board import Group
from obligations.errors import Invalid, Refused
from obligations.model import WorkState
from store.engine import reading
from tasks_lib.answering.cycle_form import template
from tasks_lib.answering.submit import Answer, Nothing, nothing_arose, submit
from tasks_lib.desk.queue import Filters, queue
from tasks_lib.desk.review import accept, ask_more, reopen
from tasks_lib.duties.change import Decision
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sign_off import missing_below
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SO_NOI_VU,
    at,
    complete,
    history_of,
    leave_only,
    morning,
    notices_of,
    replay,
    row,
    versions_of,
)

KEY = f"1.2/{A_MU_SUNG}/once"
EVENT = f"2.4/{BAT_XAT}/e-0001"


def _event(house: House) -> None:
    """A land-use plan is recorded on 11/8 for Bát Xát, due on 9/9."""
    leave_only(house)
    title = "Quyết định phê duyệt kế hoạch sử dụng đất"
    record_event(
        house,
        Event(item="2.4", agency=BAT_XAT, on=date(2022, 8, 10), title=title),
        BAT_XAT,
        morning("2022-08-11"),
    )


def missing_of(house: House, key: str) -> tuple[str, ...]:
    """The units below that the report would have to name."""
    with reading(house.engine) as connection:
        return missing_below(connection, house, row(house, key))


def _decides(day: str, reason: str = "") -> Decision:
    return Decision(key=EVENT, by=SO_NOI_VU, as_of=morning(day), reason=reason)


def test_no_dated_task_is_closed_by_nothing_arose(house: House) -> None:
    """In July every one of these was green by one tick."""
    for item, agency in (("1.1", "so-noi-vu"), ("1.2", A_MU_SUNG), ("3.3", BAT_XAT), ("5.1", A_MU_SUNG)):
        key = f"{item}/{agency}/once"
        with pytest.raises(Refused, match="Kế hoạch đã giao thực hiện, không nhận trả lời"):
            nothing_arose(house, Nothing(key=key, by=agency), morning("2022-07-04"))
        assert row(house, key).done_on is None
    for kind in ("report", "sheet", "plan"):
        period = {"report": "2022-Q3-report", "sheet": "2022-07", "plan": "once"}[kind]
        with pytest.raises(Refused, match="chỉ trả lời cho nhiệm vụ"):
            nothing_arose(
                house, Nothing(key=f"{kind}/{A_MU_SUNG}/{period}", by=A_MU_SUNG), morning("2022-09-08")
            )
    with pytest.raises(Refused, match="trả lời trong báo cáo kỳ"):
        nothing_arose(
            house, Nothing(key=f"row/2.5/{A_MU_SUNG}/2022-Q3-report", by=A_MU_SUNG), morning("2022-09-08")
        )


def test_nothing_arose_waits_in_the_desks_queue_until_it_is_confirmed(any_house: House) -> None:
    _event(any_house)
    nothing_arose(
        any_house, Nothing(key=EVENT, by=BAT_XAT, reason="quyết định đã bị thu hồi"), morning("2022-08-15")
    )

    found = queue(any_house, SO_NOI_VU, morning("2022-08-16"), Filters(group=Group.NOTHING))
    assert [(r.key, r.group, r.text) for r in found.rows] == [
        (EVENT, Group.NOTHING, "quyết định đã bị thu hồi")
    ]
    with pytest.raises(Refused):
        accept(any_house, Decision(key=EVENT, by=BAT_XAT, as_of=morning("2022-08-16")))
    accept(any_house, _decides("2022-08-16"))

    assert queue(any_house, SO_NOI_VU, morning("2022-08-16"), Filters(group=Group.NOTHING)).total == 0
    assert row(any_house, EVENT).work_state == WorkState.NOTHING_AROSE
    assert [h.what for h in history_of(any_house, EVENT)][-2:] == ["nothing-arose", "accept"]
    with pytest.raises(Refused, match="đã được xác nhận"):
        accept(any_house, _decides("2022-08-17"))
    replay(any_house, "2022-08-17", "2022-09-30")
    assert [n.step for n in notices_of(any_house, EVENT)] == []


def test_a_desk_that_knows_better_opens_it_again_and_the_ladder_goes_on(house: House) -> None:
    _event(house)
    nothing_arose(house, Nothing(key=EVENT, by=BAT_XAT), morning("2022-08-15"))

    reopen(house, _decides("2022-08-16", "quyết định vẫn còn hiệu lực"))
    replay(house, "2022-08-17", "2022-09-15")

    assert row(house, EVENT).done_on is None
    assert [n.step for n in notices_of(house, EVENT)] == ["-5", "-1", "+2", "+4"]


@pytest.mark.parametrize(
    ("key", "lacks"),
    [
        (KEY, "nhập ít nhất một số liệu (Số tin, bài, lượt phát thanh"),
        ("III.3.b/so-noi-vu/once", "kèm tài liệu kiểm chứng hoặc số, ngày văn bản"),
        (f"plan/{A_MU_SUNG}/once", "nhập số, ngày kế hoạch đã ban hành"),
        (f"report/{A_MU_SUNG}/2022-Q3-report", "nhập nội dung, số liệu của ít nhất một nhiệm vụ"),
    ],
)
def test_nothing_is_handed_in_empty_and_what_is_missing_is_named(house: House, key: str, lacks: str) -> None:
    agency, when = key.split("/")[1], at("2022-09-08T09:00")

    with pytest.raises(Invalid) as told:
        submit(house, key, agency, when, Answer(text="Đã làm"))
    assert f": báo cáo còn để trống: {lacks}" in str(told.value)
    assert str(told.value).endswith("nếu chưa có, nêu lý do")
    submit(house, key, agency, when, Answer(text="Đã làm", without="hồ sơ đang lập"))

    (version,) = versions_of(house, key)
    assert version.text == "Đã làm\nChưa có số liệu, tài liệu kèm theo: hồ sơ đang lập"


def test_what_was_proven_before_is_proven_when_it_is_completed(any_house: House, tmp_path: Path) -> None:
    minutes = tmp_path / "biên bản.pdf"
    minutes.write_bytes(PDF)
    leave_only(any_house, KEY)
    submit(any_house, KEY, A_MU_SUNG, morning("2022-07-11"), Answer(text="Một", evidence=(minutes,)))
    asks = Decision(key=KEY, by=BAT_XAT, as_of=morning("2022-07-12"), reason="ghi rõ số thôn")
    ask_more(any_house, asks)

    submit(any_house, KEY, A_MU_SUNG, morning("2022-07-13"), Answer(text="Hai: 12 thôn"))

    assert [v.text for v in versions_of(any_house, KEY)] == ["Một", "Hai: 12 thôn"]


@pytest.mark.parametrize(("agency", "closes"), [(A_MU_SUNG, "7"), (BAT_XAT, "12"), (SO_NOI_VU, "15")])
def test_a_cycle_report_is_handed_in_from_its_closing_day_on(house: House, agency: str, closes: str) -> None:
    """A report of the third quarter was accepted on 5/7, ten weeks before its figures closed."""
    key = f"report/{agency}/2022-Q3-report"
    said = replace(complete(house, key), missing=missing_of(house, key))
    day = date(2022, 9, int(closes))

    for early in (date(2022, 7, 5), day - timedelta(days=1)):
        with pytest.raises(Refused, match=f"gửi được từ ngày 0?{closes}/9/2022"):
            submit(house, key, agency, morning(early.isoformat()), said)
    submit(house, key, agency, morning(day.isoformat()), said)

    assert row(house, key).work_state == WorkState.SUBMITTED


def test_one_number_is_read_the_same_on_the_command_line_and_from_a_file(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The portal's own form: `tests/web/test_unit_form.py`."""
    report, item = f"report/{A_MU_SUNG}/2022-Q3-report", f"row/1.3/{A_MU_SUNG}/2022-Q3-report"
    by = ["--by", A_MU_SUNG, "--as-of"]
    form = template(house, report)
    for entry in form["rows"]:
        entry.update({"events": "1.200"} if "events" in entry else {})
        entry["figures"].update({"b": "7.024,88", "c": "1.234"} if entry["row"] == item else {})
    path = tmp_path / "bao-cao.json"
    path.write_text(json.dumps(form), encoding="utf-8")

    assert run(["report", "submit", KEY, *by, "2022-07-12", "--figure", "a=1.234", "--figure", "c=7/9"]) == 0
    told = capsys.readouterr().out
    assert run(["report", "submit", report, *by, "2022-09-08", "--from", str(path)]) == 0

    assert (
        "Số tin, bài, lượt phát thanh về Chỉ số PAPI và dân chủ ở cơ sở: 1.234 (đọc là 1 nghìn 234)" in told
    )
    assert versions_of(house, KEY)[-1].figures == {"a": 1234, "c": [7, 9]}
    assert versions_of(house, item)[-1].figures == {"b": "7024.88", "c": 1234}
    assert versions_of(house, f"row/2.4/{A_MU_SUNG}/2022-Q3-report")[-1].figures == {"events": 1200}
