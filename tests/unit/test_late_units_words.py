"""The report to UBND tỉnh on late units says what an official report says."""

from dataclasses import replace
from datetime import date

from notifications.proposal_model import ProposalGroup, ProposalReport, ProposalRow
from notifications.proposal_paper import abstract, annex, body, closing
from obligations.reckoning import Reckoning
from obligations.reminders import NONE, Reminders

ROW = ProposalRow(
    unit="UBND xã A Mú Sung",
    item="1.2",
    title="Tổ chức thông tin, tuyên truyền & phổ biến",
    subject="nhiệm vụ 1.2",
    deadline_text="Trước ngày 15/7/2022",
    last_day=date(2022, 7, 14),
    working_days_late=10,
    reminders=Reminders(arrived=(date(2022, 7, 7), date(2022, 7, 13), date(2022, 7, 18), date(2022, 7, 20))),
)
POWER = replace(ROW, unit="Công ty Điện lực Lào Cai", item="6.6", reminders=NONE, reason=None)
REPORT = ProposalReport(
    bodies="UBND các huyện, thị xã, thành phố",
    plan_number="239/KH-UBND",
    plan_signed_on=date(2022, 6, 30),
    plan_issuer="UBND tỉnh Lào Cai",
    recipient="Ủy ban nhân dân tỉnh Lào Cai",
    issuer="Sở Nội vụ",
    as_of=date(2022, 7, 28),
    due_items=3,
    reckoned=Reckoning(in_time=430, late=16, overdue=10),
    groups=(
        ProposalGroup(name="UBND huyện Bát Xát", units=21, rows=(ROW, replace(ROW, unit="UBND xã Y Tý"))),
    ),
    outside=(POWER,),
    act_before=date(2022, 8, 10),
)


def test_it_tells_what_the_model_report_tells() -> None:
    said = f"{abstract(REPORT)}\n{body_of(REPORT)}\n{closing(REPORT)}"
    facts = (
        "Các cơ quan, địa phương chưa thực hiện, chậm thực hiện nhiệm vụ tại Kế hoạch số 239/KH-UBND",
        "ngày 30/6/2022 (tính đến ngày 28/7/2022)",
        "Thực hiện nhiệm vụ được giao tại Mục III Kế hoạch số 239/KH-UBND ngày 30/6/2022 của UBND tỉnh,",
        "Sở Nội vụ báo cáo như sau:",
        "có 03 nhiệm vụ đến hạn với 456 lượt cơ quan",
        "- UBND huyện Bát Xát: 02/21 xã, thị trấn (xã A Mú Sung và xã Y Tý) chưa hoàn thành nhiệm vụ 1.2",
        "(thời hạn 14/7/2022, quá hạn 10 ngày làm việc).",
        "Sở Nội vụ kính đề nghị UBND tỉnh xem xét, đôn đốc",
        "trước ngày 10/8/2022",
        "các cơ quan không thuộc UBND tỉnh (Công ty Điện lực Lào Cai)",
        "Sở Nội vụ trân trọng báo cáo UBND tỉnh xem xét, chỉ đạo",
    )
    places = [said.find(fact) for fact in facts]
    assert -1 not in places
    assert places == sorted(places)


def test_communes_stand_as_lines_under_their_district() -> None:
    district, first, _, outside, court = annex(REPORT)
    assert district == {"group": "UBND huyện Bát Xát"}
    assert (first["n"], first["unit"], first["late"]) == ("1", "UBND xã A Mú Sung", "10")
    assert first["told"] == "04 lần (các ngày 07/7, 13/7, 18/7, 20/7/2022)"
    assert first["reason"] == "Chưa có ý kiến"
    assert outside == {"group": "Cơ quan không thuộc UBND tỉnh (đề nghị phối hợp)"}
    assert (court["unit"], court["late"], court["told"], court["reason"], court["proposal"]) == (
        "Công ty Điện lực Lào Cai",
        "",
        "",
        "",
        "Chưa cung cấp",
    )


def body_of(data: ProposalReport) -> str:
    return "\n".join(body(data))


def test_a_district_is_one_sentence_whatever_its_communes_owe() -> None:
    report = replace(
        ROW,
        item="",
        title="Báo cáo Quý III năm 2022",
        subject="báo cáo Quý III/2022",
        deadline_text="",
        last_day=date(2022, 9, 9),
        working_days_late=3,
    )
    older = replace(ROW, item="2.3", subject="nhiệm vụ 2.3", last_day=date(2022, 7, 1), working_days_late=19)
    own = replace(report, unit="UBND huyện Bát Xát")
    rows = (ROW, replace(older, unit="UBND xã Y Tý"), report, own)
    text = body_of(replace(REPORT, groups=(replace(REPORT.groups[0], rows=rows),)))

    assert (
        "- UBND huyện Bát Xát: chưa hoàn thành báo cáo Quý III/2022 (thời hạn 09/9/2022, "
        "quá hạn 03 ngày làm việc); 02/21 xã, thị trấn (xã A Mú Sung và xã Y Tý) chưa hoàn thành "
        "03 nội dung, gồm: nhiệm vụ 1.2, 2.3; "
        "báo cáo Quý III/2022; chậm lâu nhất: nhiệm vụ 2.3 (thời hạn 01/7/2022, quá hạn 19 ngày làm việc)."
    ) in text


def test_no_title_twice_and_no_speech_of_the_machine() -> None:
    late = replace(ROW, item="", title="Báo cáo năm 2022", deadline_text="", last_day=date(2022, 12, 14))
    paper = "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát"
    set_day = replace(ROW, paper=paper)
    rows = annex(replace(REPORT, groups=(ProposalGroup(name="Sở Y tế", rows=(late, set_day)),)))
    assert (rows[1]["what"], rows[1]["day"]) == ("Báo cáo năm 2022", "14/12/2022")
    assert rows[2]["day"] == f"{paper} (hạn cuối 14/7/2022)"


def test_responsibility_is_asked_after_only_where_a_person_chose_to() -> None:
    assert "trách nhiệm" not in body_of(REPORT)
    hard = replace(
        ROW, unit="UBND xã Y Tý", hard=True, proposal="Đề nghị chỉ đạo hoàn thành, làm rõ trách nhiệm"
    )
    text = body_of(replace(REPORT, groups=(replace(REPORT.groups[0], rows=(ROW, hard)),)))
    assert "hoàn thành nhiệm vụ trước ngày 10/8/2022; làm rõ trách nhiệm của UBND xã Y Tý." in text


def test_whom_a_pause_excuses_stands_apart_and_unaccused() -> None:
    paused = replace(ROW, unit="UBND xã Nậm Chạc", proposal="")
    data = replace(REPORT, excused=(paused,), reckoned=Reckoning(in_time=430, late=16, overdue=9, excused=1))
    text = body_of(data)
    assert "10 chưa hoàn thành, trong đó 01 tạm dừng theo địa bàn; 02 lượt" in text
    assert "thống kê riêng, không đề nghị xem xét: UBND xã Nậm Chạc (nhiệm vụ 1.2)." in text
    (line,) = [row for row in annex(data) if row.get("unit") == "UBND xã Nậm Chạc"]
    assert line["proposal"] == ""


def test_the_communes_of_a_city_are_called_xa_phuong() -> None:
    rows = (replace(ROW, unit="UBND phường Cốc Lếu"), replace(ROW, unit="UBND xã Cam Đường"))
    city = ProposalGroup(name="UBND thành phố Lào Cai", units=17, rows=rows)
    assert "02/17 xã, phường" in body_of(replace(REPORT, groups=(city,)))
