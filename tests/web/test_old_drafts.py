"""A draft kept before drafts had a schema is opened, shown, saved on and handed in after it."""

from __future__ import annotations

from typing import Any

from obligations.model import Contact, WorkState
from store.engine import writing
from tasks_lib.answering.report_draft import SCHEMA
from tasks_lib.answering.sql.drafts import DraftRow, write_draft
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SIGNED, at, replay, row, versions_of
from tests.support.pages.cycle import report_of, row_of, small_province
from tests.support.pages.forms import form_of
from tests.support.pages.unit import draft_of, field, names, opened, presses, two_communes
from tests.support.pages.visits import visited

TASK, CYCLE = f"1.2/{A_MU_SUNG}/once", report_of(MUONG_VI)
OF_41, OF_13 = (row_of(item, MUONG_VI) for item in ("4.1", "1.3"))


def _kept(house: House, key: str, content: dict[str, Any]) -> None:
    """Keep a draft as it stood in the database before."""
    with writing(house.engine) as connection:
        write_draft(
            connection,
            DraftRow(
                obligation_id=row(house, key).id,
                version=3,
                content=content,
                state="writing",
                drafted_by="Vàng A Páo",
                drafted_at=at("2022-07-05T09:00"),
            ),
        )


def test_a_task_s_old_draft_is_shown_and_sent(any_house: House) -> None:
    two_communes(any_house)
    replay(any_house, SIGNED, "2022-07-05")
    names(any_house, A_MU_SUNG, "2022-07-05T09:00", Contact(role="officer", name="Vàng A Páo"))
    _kept(
        any_house,
        TASK,
        {
            "completed_on": "2022-07-04",
            "text": "Đã phát thanh 12 lượt",
            "difficulty": "",
            "without": "",
            "reason": "",
            "reason_note": "",
            "expected_on": "",
            "ask_until": "",
            "figures": {"a": "12"},
            "files": [],
            "document": {"number": "15/BC-UBND", "signed_on": "05/7/2022", "signer": "", "summary": ""},
            "for_version": 0,
        },
    )
    with visited(any_house, "2022-07-06T09:00") as site:
        who = site.by_link(A_MU_SUNG)
        form = opened(who)
        assert form[field(any_house, TASK, "text")] == ["Đã phát thanh 12 lượt"]
        assert form[field(any_house, TASK, "so-a")] == ["12"]
        presses(who, "send", {})
    (version,) = versions_of(any_house, TASK)
    assert (version.text, version.figures["a"]) == ("Đã phát thanh 12 lượt", 12)
    assert row(any_house, TASK).work_state == WorkState.SUBMITTED


def test_a_cycle_report_s_old_draft_is_written_on_and_sent(house: House) -> None:
    small_province(house)
    head = {"number": 1, "by": "Lan", "at": "2022-09-05T09:00:00+07:00"}
    said = {"text": "Đã niêm yết", "figures": {"b": "1.200"}, "estimates": {}}
    _kept(
        house,
        CYCLE,
        {
            "text": "Đã chỉ đạo",
            "difficulty": "",
            "without": "",
            "rows": {OF_41: said},
            "saves": {"": head, OF_41: {**head, "number": 2}},
            "files": [],
            "for_version": 0,
        },
    )
    address = f"/ky/{CYCLE}"
    with visited(house, "2022-09-12T09:00") as site:
        who = site.by_link(MUONG_VI)
        form = form_of(who.get(address).html, address)
        assert form["text"] == ["Đã chỉ đạo"]
        assert form[f"fig:{OF_41}:b"] == ["1.200"]
        assert str(form[f"was:{OF_41}"]).startswith("['2.")
        events = {name: "0" for name in form if name.startswith("fig:") and name.endswith(":events")}
        who.send(address, {**form, **events, f"text:{OF_13}": "Đã lập sổ", "xem": "1"})
        kept = draft_of(house, CYCLE)
        assert kept is not None
        assert kept.content["schema_version"] == SCHEMA
        review = who.get(f"{address}/gui")
        who.send(f"{address}/gui", {**form_of(review.html, "/gui"), "gui": "1"})
    assert [v.figures for v in versions_of(house, OF_41)] == [{"b": 1200}]
    assert [v.text for v in versions_of(house, OF_13)] == ["Đã lập sổ"]
    assert row(house, CYCLE).work_state == WorkState.SUBMITTED
