"""The draft report to UBND tỉnh has the form of an official report and leaves the signing to people."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT

from notifications.letters import proposals_report
from notifications.proposal_model import ProposalGroup, ProposalReport, ProposalRow
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
    places="huyện, thị xã, thành phố",
    plan_number="239/KH-UBND",
    plan_signed_on=date(2022, 6, 30),
    plan_issuer="UBND tỉnh Lào Cai",
    recipient="Ủy ban nhân dân tỉnh Lào Cai",
    issuer="Sở Nội vụ",
    sign="BC-SNV",
    place="Lào Cai",
    as_of=date(2022, 7, 28),
    due_items=3,
    reckoned=Reckoning(in_time=430, late=16, overdue=10),
    groups=(
        ProposalGroup(name="UBND huyện Bát Xát", units=21, rows=(ROW, replace(ROW, unit="UBND xã Y Tý"))),
    ),
    outside=(POWER,),
    act_before=date(2022, 8, 10),
)


@pytest.fixture
def report() -> Document:
    return docx.Document(BytesIO(proposals_report(REPORT)))


def test_it_tells_what_the_model_report_tells(report: Document) -> None:
    body = "\n".join(paragraph.text for paragraph in report.paragraphs)
    facts = (
        "BÁO CÁO",
        "Các cơ quan, địa phương chưa thực hiện, chậm thực hiện nhiệm vụ tại Kế hoạch số 239/KH-UBND",
        "ngày 30/6/2022 (tính đến ngày 28/7/2022)",
        "Kính gửi: Ủy ban nhân dân tỉnh Lào Cai.",
        "Thực hiện nhiệm vụ được giao tại Mục III Kế hoạch số 239/KH-UBND ngày 30/6/2022 của UBND tỉnh,",
        "Sở Nội vụ báo cáo như sau:",
        "có 03 nhiệm vụ đến hạn với 456 lượt cơ quan",
        "- UBND huyện Bát Xát: 02/21 xã, thị trấn (xã A Mú Sung và xã Y Tý) chưa hoàn thành nhiệm vụ 1.2",
        "(thời hạn 14/7/2022, quá hạn 10 ngày làm việc).",
        "Sở Nội vụ kính đề nghị UBND tỉnh xem xét, đôn đốc",
        "trước ngày 10/8/2022",
        "các cơ quan không thuộc UBND tỉnh (Công ty Điện lực Lào Cai)",
        "Sở Nội vụ trân trọng báo cáo UBND tỉnh xem xét, chỉ đạo./.",
        "PHỤ LỤC",
    )
    places = [body.find(fact) for fact in facts]
    assert -1 not in places
    assert places == sorted(places)


def test_number_date_and_signature_stay_blank(report: Document) -> None:
    head, signature = report.tables[0], report.tables[1]
    assert head.cell(0, 0).text == "UBND TỈNH LÀO CAI\nSỞ NỘI VỤ"
    assert head.cell(1, 0).text.split() == ["Số:", "/BC-SNV"]
    assert head.cell(1, 1).text.split() == ["Lào", "Cai,", "ngày", "tháng", "năm", "2022"]
    assert signature.cell(0, 0).text.startswith("Nơi nhận:\n- Như trên;\n- Lưu: VT, CCHC.")
    assert signature.cell(0, 1).text.strip() == "GIÁM ĐỐC"


def test_communes_stand_as_lines_under_their_district(report: Document) -> None:
    rows = [[cell.text for cell in row.cells] for row in report.tables[2].rows]
    assert rows[1][0] == "UBND huyện Bát Xát"
    assert rows[2][:2] == ["1", "UBND xã A Mú Sung"]
    assert rows[2][4:7] == ["10", "04 lần (các ngày 07/7, 13/7, 18/7, 20/7/2022)", "Chưa có ý kiến"]
    assert rows[4][0] == "Cơ quan không thuộc UBND tỉnh (đề nghị phối hợp)"
    assert rows[5][1] == "Công ty Điện lực Lào Cai"
    assert rows[5][4:8] == ["", "", "", "Chưa cung cấp"]


def test_pages_follow_the_decree(report: Document) -> None:
    letter, annex = report.sections
    assert letter.different_first_page_header_footer
    assert "PAGE" in letter.header.paragraphs[0]._p.xml
    assert letter.first_page_header.paragraphs[0].text == ""
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert 'w:start="1"' in annex._sectPr.xml


def body_of(data: ProposalReport) -> str:
    return "\n".join(p.text for p in docx.Document(BytesIO(proposals_report(data))).paragraphs)


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
    document = docx.Document(
        BytesIO(
            proposals_report(replace(REPORT, groups=(ProposalGroup(name="Sở Y tế", rows=(late, set_day)),)))
        )
    )
    rows = [[cell.text for cell in row.cells] for row in document.tables[2].rows]
    assert rows[2][2:4] == ["Báo cáo năm 2022", "14/12/2022"]
    assert rows[3][3] == f"{paper} (hạn cuối 14/7/2022)"


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
    rows = [
        [c.text for c in row.cells] for row in docx.Document(BytesIO(proposals_report(data))).tables[2].rows
    ]
    (line,) = [row for row in rows if row[1] == "UBND xã Nậm Chạc"]
    assert line[-1] == ""


def test_the_communes_of_a_city_are_called_xa_phuong() -> None:
    rows = (replace(ROW, unit="UBND phường Cốc Lếu"), replace(ROW, unit="UBND xã Cam Đường"))
    city = ProposalGroup(name="UBND thành phố Lào Cai", units=17, rows=rows)
    said = docx.Document(BytesIO(proposals_report(replace(REPORT, groups=(city,)))))
    assert any("02/17 xã, phường" in paragraph.text for paragraph in said.paragraphs)
