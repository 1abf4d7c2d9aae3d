"""A commune gets a workbook of its duties, fills it in, and it comes back: all of it is taken, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from obligations.model import WorkState
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SIGNED, replay, row, versions_of
from tests.support.pages.cycle import report_of, row_of, small_province
from tests.support.pages.unit import two_communes
from tests.support.pages.workbooks import FORGED, INPUT, cell_of, changed, filled
from tests.support.running.commands import Call, caller

PAPI, DRAFT, BUDGET = f"1.2/{A_MU_SUNG}/once", f"4.6/{A_MU_SUNG}/once", f"2.3/{A_MU_SUNG}/2022-Q2"
MONDAY = "2022-07-18T09:00"
Change = Callable[[Workbook], object]


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(capfd)


@pytest.fixture
def made(house: House, say: Call, tmp_path: Path) -> Path:
    """The workbook of A Mú Sung's duties on Monday 18/7/2022."""
    two_communes(house)
    replay(house, SIGNED, "2022-07-18")
    return _make(say, tmp_path, "--for", A_MU_SUNG)


def _make(say: Call, where: Path, *words: str, on: str = MONDAY) -> Path:
    told = say("workbook", "make", *words, "--as-of", on, "--out", str(where / "bang"), "--json")
    return Path(told["file"])


def _load(say: Call, path: Path, by: str = A_MU_SUNG, status: int = 0, on: str = MONDAY) -> Any:  # noqa: ANN401 - JSON
    return say("workbook", "load", str(path), "--by", by, "--as-of", on, "--json", status=status)


def _fill(path: Path, typed: dict[tuple[str, ...], Any]) -> Path:
    path.write_bytes(filled(path.read_bytes(), typed))
    return path


def test_a_workbook_shows_whose_it_is_and_locks_all_but_what_is_filled_in(made: Path) -> None:
    book = load_workbook(made)
    sheet, marks = book[INPUT], book["dau"]

    assert sheet["B1"].value == "Việc của đơn vị: UBND xã A Mú Sung"
    assert "Không nhập, không đính kèm" in sheet["B4"].value
    assert marks.sheet_state == "veryHidden"
    assert [marks.cell(n, 2).value for n in range(1, 5)] == ["1", "duties", "239-2022", A_MU_SUNG]
    assert sheet.protection.sheet
    given, whole = cell_of(sheet, PAPI, "figures.c"), cell_of(sheet, PAPI, "figures.c", "G")
    assert not sheet[given].protection.locked
    assert not sheet[whole].protection.locked
    assert sheet[cell_of(sheet, PAPI, "figures.a", "G")].protection.locked
    assert sheet["F6"].protection.locked
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    lists = {str(found.sqref): found.formula1 for found in sheet.data_validations.dataValidation}
    assert lists[cell_of(sheet, PAPI, "reason")] == "dau!$D$1:$D$5"
    assert f"sheet/{A_MU_SUNG}" not in {str(c.value) for c in sheet["A"]}


def test_what_is_filled_in_is_handed_in_as_the_form_would(house: House, say: Call, made: Path) -> None:
    _fill(
        made,
        {
            (PAPI, "completed_on"): date(2022, 7, 13),
            (PAPI, "text"): "Đã phát thanh 12 buổi\ntại 5 thôn",
            (PAPI, "figures.a"): "1.200",
            (PAPI, "figures.c"): 18,
            (PAPI, "figures.c", "G"): 21,
            (PAPI, "document.number"): "45/BC-UBND",
            (PAPI, "document.signed_on"): "13/7/2022",
            (BUDGET, "reason"): "khác",
            (BUDGET, "reason_note"): "Đang chờ quyết toán",
            (BUDGET, "expected_on"): "25/7/2022",
        },
    )

    done = _load(say, made)

    assert [(c["obligation"], c["work_state"]) for c in done["handed_in"]] == [
        (PAPI, "submitted"),
        (BUDGET, "open"),
    ]
    (version,) = versions_of(house, PAPI)
    assert version.text == "Đã phát thanh 12 buổi\ntại 5 thôn"
    assert version.figures == {"a": 1200, "c": [18, 21]}
    assert row(house, PAPI).done_on == date(2022, 7, 13)
    assert "khác; Đang chờ quyết toán; dự kiến hoàn thành ngày 25/7/2022" in str(
        row(house, BUDGET).delay_reason
    )
    assert "là bản cũ" not in say(
        "workbook", "load", str(made), "--by", A_MU_SUNG, "--as-of", MONDAY, status=2
    )


def test_every_fault_is_told_with_its_cell_and_nothing_is_taken(house: House, say: Call, made: Path) -> None:
    _fill(
        made,
        {
            (PAPI, "figures.a"): "mười hai",
            (PAPI, "figures.c"): 22,
            (PAPI, "figures.c", "G"): 21,
            (PAPI, "completed_on"): "31/2/2022",
            (BUDGET, "completed_on"): True,
            (BUDGET, "figures.a"): date(2022, 12, 8),
            (DRAFT, "text"): "Đã tuyên truyền",
            (DRAFT, "figures.a"): date(2022, 12, 8),
            (DRAFT, "document.number"): "46/BC-UBND",
        },
    )
    sheet = load_workbook(made)[INPUT]

    told = say("workbook", "load", str(made), "--by", A_MU_SUNG, "--as-of", MONDAY, status=2).splitlines()

    places = (
        (PAPI, "completed_on", "nhiệm vụ 1.2, Ngày hoàn thành"),
        (PAPI, "figures.a", "cần một số đếm không âm, viết như 1.234; đã nhập 'mười hai'"),
        (PAPI, "figures.c", "số thứ nhất (22) lớn hơn tổng số (21)"),
        (BUDGET, "completed_on", "cần một ngày, viết như 13/7/2022; đã nhập 'có'"),
        (BUDGET, "figures.a", "trả lời có hoặc không, đã nhập '08/12/2022'"),
        (DRAFT, "figures.a", "ô này đang là ngày tháng (Excel tự đổi, ví dụ 8/12)"),
        (DRAFT, "document.signed_on", "nhập ngày của văn bản"),
    )
    for key, field, words in places:
        cell = cell_of(sheet, key, field)
        where = f"trang '{INPUT}', ô {cell} (dòng {cell[1:]}, cột F): "
        assert any(line.startswith(where) and words in line for line in told), (where, words, told)
    assert len(told) == len(places)
    assert {row(house, key).work_state for key in (PAPI, BUDGET, DRAFT)} == {WorkState.OPEN}


def _rename(book: Workbook) -> None:
    book[INPUT]["F6"] = "Giá trị"


def _formula(book: Workbook) -> None:
    book[INPUT]["F9"] = '=HYPERLINK("http://x.example","12")'


def _merge(book: Workbook) -> None:
    book[INPUT].merge_cells("C9:D9")


def _row_taken_out(book: Workbook) -> None:
    book[INPUT].delete_rows(9)


def _label(book: Workbook) -> None:
    book[INPUT]["C9"] = "Số khác"


def _older(book: Workbook) -> None:
    book["dau"]["B1"] = "0"


def _unmarked(book: Workbook) -> None:
    del book["dau"]


def _other_plan(book: Workbook) -> None:
    book["dau"]["B3"] = "240-2022"


def _anothers_duty(book: Workbook) -> None:
    """Somebody writes another unit's duty into the hidden marks."""
    for sheet, column in ((book[INPUT], 1), (book["dau"], 6), (book["dau"], 1)):
        for line in range(1, sheet.max_row + 1):
            cell = sheet.cell(line, column)
            if isinstance(cell.value, str) and cell.value.startswith(PAPI):
                cell.value = cell.value.replace(A_MU_SUNG, MUONG_VI)


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        (_rename, 2, "có tiêu đề đã bị sửa ở trang 'Nhập liệu', ô F6 (mẫu ghi 'Nhập')"),
        (_formula, 2, "có công thức ở ô F9"),
        (_merge, 2, "có ô bị gộp (C9:D9)"),
        (_row_taken_out, 2, "có dòng đã bị sửa, thêm hoặc xóa ở trang 'Nhập liệu', dòng 9"),
        (_label, 2, "dòng 9 (cột C)"),
        (_older, 2, "lập theo mẫu phiên bản khác"),
        (_unmarked, 2, "không phải bảng do hệ thống lập"),
        (_other_plan, 1, "là bảng của kế hoạch khác"),
        (_anothers_duty, 1, "có nhiệm vụ không phải của UBND xã A Mú Sung"),
    ],
)
def test_a_frame_that_was_changed_is_refused_in_one_line(
    house: House, say: Call, made: Path, change: Change, status: int, words: str
) -> None:
    _fill(made, {(PAPI, "text"): "Đã làm", (PAPI, "figures.a"): 3})
    made.write_bytes(changed(made.read_bytes(), change))

    said = _refused(say, made, A_MU_SUNG, status)

    assert said.startswith(f"tệp '{made.name}' ")
    assert words in said
    assert row(house, PAPI).work_state == WorkState.OPEN


def _refused(say: Call, path: Path, by: str, status: int) -> str:
    said = say("workbook", "load", str(path), "--by", by, "--as-of", MONDAY, status=status).strip()
    assert len(said.splitlines()) == 1, said
    return str(said)


def test_another_units_workbook_and_one_of_another_kind_are_refused(say: Call, made: Path) -> None:
    assert "là bảng của UBND xã A Mú Sung, không phải của UBND xã Mường Vi" in _refused(
        say, made, MUONG_VI, 1
    )
    said = say("report", "submit", PAPI, "--by", A_MU_SUNG, "--as-of", MONDAY, "--figure", "a=1")
    assert "submitted" in said
    _fill(made, {(PAPI, "text"): "Đã làm", (PAPI, "figures.a"): 3})

    told = _refused(say, made, A_MU_SUNG, 2)

    assert "đơn vị đã gửi báo cáo" in told
    assert "tải bảng mới" in told


@pytest.mark.parametrize(("forged", "words"), FORGED)
def test_what_is_no_honest_workbook_ends_in_one_line(
    say: Call, made: Path, forged: Callable[[Path], bytes], words: str
) -> None:
    made.write_bytes(forged(made))
    assert words in _refused(say, made, A_MU_SUNG, 2)


def test_hostile_text_stays_text(house: House, say: Call, made: Path) -> None:
    odd = "<script>alert(\"x\")</script> =cmd|'/c calc'!A0 {{ 7*7 }} \u202e"
    _fill(made, {(PAPI, "text"): odd, (PAPI, "figures.a"): 3})

    _load(say, made)

    assert versions_of(house, PAPI)[0].text == odd.strip()
    words = ("--for", A_MU_SUNG, "--as-of", MONDAY, "--out", str(made.parent), "--json")
    assert PAPI not in say("workbook", "make", *words)["parts"]


def test_a_cycle_report_comes_back_as_a_whole_and_a_stale_one_does_not(
    house: House, say: Call, tmp_path: Path
) -> None:
    small_province(house)
    replay(house, "2022-09-07", "2022-09-07")
    path = _make(say, tmp_path, "--for", MUONG_VI, "--cycle", "2022-Q3", on="2022-09-08T09:00")
    own, shown = row_of("1.3", MUONG_VI), row_of("4.1", MUONG_VI)
    sheet = load_workbook(path)[INPUT]
    assert [c.value for c in sheet[6]][5:] == ["Nhập", "Trên tổng số", "Ước đến cuối kỳ", "Ước: trên tổng số"]
    events = [c.value.partition("|")[0] for c in sheet["A"] if str(c.value).endswith("|events")]
    _fill(
        path,
        {
            ("", "text"): "Đã chỉ đạo",
            (shown, "text"): "Đã niêm yết",
            (shown, "figures.a"): 8,
            (shown, "figures.a", "G"): 10,
            (shown, "figures.a", "H"): 9,
            (shown, "figures.a", "I"): 10,
            **{(key, "events"): 0 for key in events},
        },
    )
    stale = _make(say, tmp_path / "cu", "--for", MUONG_VI, "--cycle", "2022-Q3", on="2022-09-08T09:00")
    assert say("workbook", "load", str(path), "--by", MUONG_VI, "--as-of", "2022-09-05T09:00", status=1)

    done = _load(say, path, by=MUONG_VI, on="2022-09-08T10:00")

    assert [c["work_state"] for c in done["handed_in"]] == ["submitted"]
    assert versions_of(house, report_of(MUONG_VI))[0].text == "Đã chỉ đạo"
    assert versions_of(house, shown)[0].figures["a"] == [8, 10]
    assert versions_of(house, shown)[0].estimates["a"] == [9, 10]
    assert row(house, own).work_state == WorkState.SUBMITTED
    _fill(stale, {("", "text"): "Bản khác"})
    assert "là bản cũ" in _refused(say, stale, MUONG_VI, 1)


def test_a_report_that_lacks_its_events_is_told_by_cell(house: House, say: Call, tmp_path: Path) -> None:
    small_province(house)
    replay(house, "2022-09-07", "2022-09-07")
    path = _make(say, tmp_path, "--for", MUONG_VI, "--cycle", "2022-Q3-report", on="2022-09-08T09:00")
    _fill(path, {("", "text"): "Đã chỉ đạo"})

    told = say("workbook", "load", str(path), "--by", MUONG_VI, "--as-of", "2022-09-08T10:00", status=2)

    sheet = load_workbook(path)[INPUT]
    cell = cell_of(sheet, row_of("2.4", MUONG_VI), "events")
    assert f"ô {cell} (dòng {cell[1:]}, cột F): nhiệm vụ 2.4" in told
    assert "cần số lần phát sinh trong kỳ (0 = không phát sinh)" in told
