"""What an officer types: kept and opened it is the same, an older draft too; a bad file is told by field."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from obligations.errors import Faults, Invalid, Refused
from tasks_lib.answering.report_draft import (
    SCHEMA,
    DocumentDraft,
    PeopleDraft,
    ReportDraft,
    RowDraft,
    RowSave,
    opened,
)
from tasks_lib.answering.report_file import read_file

texts = st.text(max_size=12)
figures = st.dictionaries(st.sampled_from("abc"), texts, max_size=3)
rows = st.builds(
    RowDraft,
    text=texts,
    figures=figures,
    estimates=figures,
    events=st.none() | st.sampled_from(["", "0", "12"]),
)
files = st.fixed_dictionaries(
    {"name": texts, "sha256": texts, "size": st.integers(0, 9), "media_type": texts}
)
moments = st.datetimes(timezones=st.just(UTC))
saves = st.builds(RowSave, number=st.integers(0, 9), by=texts, at=moments)
drafts = st.builds(
    ReportDraft,
    **dict.fromkeys(("completed_on", "text", "difficulty", "without", "reason", "reason_note"), texts),
    figures=figures,
    nothing=st.booleans(),
    document=st.builds(DocumentDraft, number=texts, signed_on=texts),
    people=st.builds(PeopleDraft, leader=texts),
    rows=st.dictionaries(texts, rows, max_size=3),
    missing=st.lists(texts, max_size=2).map(tuple),
    files=st.lists(files, max_size=2).map(tuple),
    saves=st.dictionaries(texts, saves, max_size=2),
    for_version=st.none() | st.integers(0, 9),
)


@given(drafts)
def test_what_is_kept_is_opened_as_it_was(draft: ReportDraft) -> None:
    kept = json.loads(json.dumps(draft.stored()))
    assert kept["schema_version"] == SCHEMA
    assert opened(kept) == draft


def test_what_says_nothing_is_not_kept() -> None:
    assert ReportDraft().stored() == {"schema_version": SCHEMA}
    assert ReportDraft().is_blank
    assert not ReportDraft(nothing=True).is_blank
    assert ReportDraft(figures={"c": " / "}).is_blank
    assert not ReportDraft(figures={"c": "18/21"}).is_blank


OLD_TASK = {
    "completed_on": "2022-07-07",
    "text": "Đã tuyên truyền",
    "difficulty": "",
    "without": "",
    "reason": "",
    "reason_note": "",
    "expected_on": "",
    "ask_until": "",
    "figures": {"a": "12", "c": "18/21"},
    "files": [{"name": "a.pdf", "sha256": "ab", "size": 3, "media_type": "application/pdf"}],
    "document": {},
    "for_version": 0,
}
OLD_CYCLE = {
    "text": "Chung",
    "difficulty": "",
    "without": "",
    "figures": None,
    "missing": ["x02686-2022"],
    "rows": {
        "row/1.3/x/2022-Q3-report": {"text": "Đã làm", "figures": {"a": "5"}, "estimates": {}, "z": 1},
        "row/2.5/x/2022-Q3-report": {"text": "", "figures": {}, "estimates": {}, "events": "0"},
    },
    "saves": {"": {"number": 2, "by": "Lan", "at": "2022-09-06T09:00:00+07:00"}},
    "files": [],
    "for_version": 1,
    "no_more": "x",
}


def test_a_draft_without_a_schema_is_brought_forward() -> None:
    task = opened(OLD_TASK)
    assert task == ReportDraft(
        completed_on="2022-07-07",
        text="Đã tuyên truyền",
        figures={"a": "12", "c": "18/21"},
        files=tuple(OLD_TASK["files"]),
        for_version=0,
    )
    cycle = opened(OLD_CYCLE)
    assert cycle.rows["row/1.3/x/2022-Q3-report"] == RowDraft(text="Đã làm", figures={"a": "5"})
    assert cycle.rows["row/2.5/x/2022-Q3-report"].filled_events == {"events": "0"}
    assert cycle.saves[""] == RowSave(number=2, by="Lan", at=datetime(2022, 9, 6, 2, tzinfo=UTC))
    assert (cycle.missing, cycle.for_version, cycle.figures) == (("x02686-2022",), 1, {})
    people = {"leader": "Lò Văn Sơn", "officer": "", "deputy": "x"}
    assert opened({"document": {"number": "12/KH"}, "people": people}) == ReportDraft(
        document=DocumentDraft(number="12/KH"), people=PeopleDraft(leader="Lò Văn Sơn")
    )


@pytest.mark.parametrize("number", [SCHEMA + 1, -1, "1", None])
def test_a_draft_of_a_schema_to_come_is_refused_in_a_line(number: object) -> None:
    with pytest.raises(Refused, match="dự thảo do phiên bản mới hơn của chương trình lưu"):
        opened({"schema_version": number, "text": "x"})


def test_what_a_draft_has_no_name_for_is_no_draft() -> None:
    with pytest.raises(ValidationError):
        ReportDraft.model_validate({"txt": "x"})


KEY = "report/x/2022-Q3-report"
ENTRY = {"row": "row/1.3/x/2022-Q3-report", "item": "1.3", "text": "x", "figures": {"a": 1, "b": None}}


def _file(folder: Path, **changes: object) -> Path:
    path = folder / "q3.json"
    form = {"obligation": KEY, "version": 0, "text": "", "difficulty": None, "rows": [ENTRY], **changes}
    path.write_text(json.dumps(form), encoding="utf-8")
    return path


def test_a_file_says_what_a_form_would(tmp_path: Path) -> None:
    read = read_file(_file(tmp_path, missing=["x02686-2022"], schema_version=SCHEMA)).draft
    assert read == ReportDraft(
        rows={str(ENTRY["row"]): RowDraft(text="x", figures={"a": 1, "b": None})}, missing=("x02686-2022",)
    )
    assert read.rows[str(ENTRY["row"])].filled == {"a": 1}


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "text": ({"text": 5}, "q3.json: text: cần một đoạn chữ"),
    "no rows": ({"rows": None}, "q3.json: rows: cần danh sách các dòng như mẫu 'report template'"),
    "no row": ({"rows": ["x"]}, "q3.json: rows: cần danh sách các dòng như mẫu 'report template'"),
    "a text of a row": (
        {"rows": [ENTRY | {"text": []}]},
        "q3.json: nhiệm vụ 1.3: text: cần một đoạn chữ",
    ),
    "figures": (
        {"rows": [ENTRY | {"figures": 3}]},
        "q3.json: nhiệm vụ 1.3: figures: cần các cặp khóa và giá trị",
    ),
    "another name": (
        {"rows": [ENTRY | {"figure": 3}]},
        "q3.json: nhiệm vụ 1.3: figure: trường không có trong mẫu",
    ),
    "missing": ({"missing": "x"}, "q3.json: missing: cần danh sách mã đơn vị chưa báo cáo"),
    "twice": ({"rows": [ENTRY, ENTRY]}, "q3.json: rows: dòng row/1.3/x/2022-Q3-report có hai lần"),
    "schema": (
        {"schema_version": 9},
        "q3.json: schema_version: tệp theo mẫu khác phiên bản; lấy mẫu mới bằng 'report template' (bản 1)",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_wrong_is_told_by_its_name_and_field(tmp_path: Path, what: str) -> None:
    changes, told = WRONG[what]
    with pytest.raises(Invalid) as refused:
        read_file(_file(tmp_path, **changes))
    assert str(refused.value) == told


def test_all_that_is_wrong_with_a_file_is_told_at_once_each_at_its_field(tmp_path: Path) -> None:
    rows_ = [ENTRY | {"text": 1}, ENTRY | {"row": "row/2.1/x/2022-Q3-report", "item": "2.1", "estimates": []}]
    with pytest.raises(Faults) as refused:
        read_file(_file(tmp_path, rows=rows_))
    assert [fault.field for fault in refused.value.found] == ["rows.0.text", "rows.1.estimates"]
