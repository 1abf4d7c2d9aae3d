"""Công văn đôn đốc: who is urged, how it is signed and carried, and what stands on its pages."""

from __future__ import annotations

import json
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from cli.main import run
from config.load import OWN_DIRECTORY
from notifications.papers.pdf import MISSING
from obligations.deeds import URGED
from obligations.errors import Invalid, Refused
from tasks_lib.desk.listing import Filter, obligations
from tasks_lib.duties.pausing import Pause, pause_all
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.campaigns import running, urge
from tasks_lib.papers.kinds import list_kinds
from tasks_lib.papers.listing import list_papers
from tasks_lib.papers.making import file_of
from tasks_lib.papers.order import Order
from tasks_lib.papers.signing import Signature, sign
from tests.support.houses.houses import opened
from tests.support.houses.two_levels import LAO_CAI, configuration_of_2025
from tests.support.life.letters import messages_to
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    Y_TY,
    history_of,
    leave_only,
    morning,
    replay,
    reports_in,
)
from tests.support.papers.measuring import (
    broken_names,
    fonts,
    missing_letters,
    needs_office,
    pictured,
    sheets,
)

SILENT, PAUSED, DONE = (f"1.2/{unit}/once" for unit in (A_MU_SUNG, Y_TY, MUONG_VI))
NOT_DUE = f"3.1/{A_MU_SUNG}/once"
DAY, SIGN_DAY = "2022-07-25", "2022-07-26"
ORDER = Order(kind="urging", by=SO_NOI_VU)
SIGNATURE = Signature(number="45", on=date(2022, 7, 26), signer="Nguyễn Văn An")


@pytest.fixture
def late(house: House) -> House:
    """One commune is silent, one is paused, one has reported; another task of the silent one is not due."""
    leave_only(house, SILENT, PAUSED, DONE, NOT_DUE)
    replay(house, SIGNED, "2022-07-08")
    reports_in(house, DONE, "2022-07-08")
    pause = Pause(place=Y_TY, from_day=date(2022, 7, 11), to_day=date(2022, 8, 5), reason="Mưa lũ")
    pause_all(house, [pause], SO_NOI_VU, morning("2022-07-11"))
    replay(house, "2022-07-11", DAY)
    return house


def words_of(content: bytes) -> str:
    """All text of a Word file, its tables too."""
    document = docx.Document(BytesIO(content))
    texts = [found.text for found in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return " ".join(" ".join(texts).split())


def test_only_what_is_overdue_is_urged_and_nobody_who_rests_is_accused(late: House) -> None:
    (campaign, made) = urge(late, ORDER, morning(DAY))[0]

    assert [row.key for row in campaign.urged] == [SILENT]
    text = words_of(made.docx)
    assert "đã báo cáo 01/03 đơn vị; chưa báo cáo 01; tạm dừng theo địa bàn 01" in text
    assert "không thuộc diện đề nghị tại văn bản này: UBND xã Y Tý" in text
    assert "xã Mường Vi (08/7)" in text
    assert "3.1" not in text


def test_the_numbers_of_the_letter_are_those_of_the_list_of_obligations(late: House) -> None:
    (_, made) = urge(late, ORDER, morning(DAY))[0]

    rows = obligations(late, morning(DAY), Filter(item="1.2"))
    owed = [row for row in rows if row["work_state"] != "cancelled"]
    figures = made.paper.figures
    assert figures["1.2 once: tổng số"] == len(owed)
    assert figures["1.2 once: overdue"] == sum(row["time_state"] == "overdue" for row in owed)
    assert figures["1.2 once: excused"] == sum(row["time_state"] == "paused" for row in owed)
    done = sum(row["time_state"] == "done_in_time" for row in owed)
    assert figures["1.2 once: in_time"] == done


def test_the_same_from_the_same_data_is_one_paper_and_fresh_figures_are_a_difference(late: House) -> None:
    first = urge(late, ORDER, morning(DAY))[0][1]
    again = urge(late, ORDER, morning(DAY))[0][1]
    assert (again.paper.id, again.fresh) == (first.paper.id, False)

    reports_in(late, SILENT, SIGN_DAY)

    (listed,) = list_papers(late, SO_NOI_VU, fresh=morning(SIGN_DAY))
    assert ("asked", 1, None) in [(one.name, one.was, one.now) for one in listed.changed]


def test_a_signed_letter_is_carried_by_mail_and_cited_in_the_history(late: House) -> None:
    paper = urge(late, ORDER, morning(DAY))[0][1].paper
    assert not [m for m in messages_to(late, A_MU_SUNG) if "Công văn" in (m.subject or "")]

    done = sign(late, paper.id, SIGNATURE, SO_NOI_VU, morning(SIGN_DAY))

    assert done.paper.number == "45/SNV-CCHC"
    assert len(done.mails) == 1
    mail = messages_to(late, A_MU_SUNG)[-1]
    assert "45/SNV-CCHC" in mail.subject
    assert b"urging-45-SNV-CCHC" in mail.content
    cited = [h.why for h in history_of(late, SILENT) if h.what == URGED]
    assert cited == ["Công văn số 45/SNV-CCHC ngày 26/7/2022 của Sở Nội vụ (lần 1)"]
    assert not [h for h in history_of(late, PAUSED) if h.what == URGED]
    (again,) = [one for one in running(late) if one.is_due_again(date(2022, 8, 8))]

    second = urge(late, ORDER, morning("2022-08-08"), repeats=again.campaign.id)[0][0]
    assert (second.campaign.turn, second.campaign.repeats_id) == (2, again.campaign.id)


def test_what_was_reported_between_draft_and_signature_gets_no_mail(late: House) -> None:
    paper = urge(late, ORDER, morning(DAY))[0][1].paper
    reports_in(late, SILENT, SIGN_DAY)

    assert sign(late, paper.id, SIGNATURE, SO_NOI_VU, morning(SIGN_DAY)).mails == ()
    assert not [h for h in history_of(late, SILENT) if h.what == URGED]


def test_what_cannot_be_is_refused(late: House) -> None:
    paper = urge(late, ORDER, morning(DAY))[0][1].paper
    early = Signature(number="45", on=date(2022, 7, 20), signer="Nguyễn Văn An")
    with pytest.raises(Invalid, match="không thể ký trước ngày đó"):
        sign(late, paper.id, early, SO_NOI_VU, morning(SIGN_DAY))
    with pytest.raises(Refused, match="chỉ Sở Nội vụ"):
        sign(late, paper.id, SIGNATURE, BAT_XAT, morning(SIGN_DAY))
    with pytest.raises(Refused, match="không phải văn bản của UBND xã A Mú Sung"):
        urge(late, Order(kind="urging", by=A_MU_SUNG), morning(DAY))
    with pytest.raises(Invalid, match="không gửi công văn đôn đốc"):
        urge(late, Order(kind="urging", by="h088-2022", units=(A_MU_SUNG,)), morning(DAY))
    with pytest.raises(Refused, match="không có nội dung nào quá hạn"):
        urge(late, Order(kind="urging", by=SO_NOI_VU, items=("3.1",)), morning(DAY))
    sign(late, paper.id, SIGNATURE, SO_NOI_VU, morning(SIGN_DAY))
    with pytest.raises(Refused, match="đã ghi số 45/SNV-CCHC"):
        sign(
            late,
            paper.id,
            Signature(number="46", on=date(2022, 7, 26), signer="B"),
            SO_NOI_VU,
            morning(SIGN_DAY),
        )


def test_a_template_an_office_has_edited_is_taken_and_a_broken_one_is_named(
    late: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    shutil.copytree(OWN_DIRECTORY, own, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    form = docx.Document(str(own / "papers" / "urging.docx"))
    form.paragraphs[-1].text = "In ngày {{ until }} tại {{ head.place }}"
    form.save(str(own / "papers" / "urging.docx"))
    monkeypatch.setenv("DONDOC_CONFIG_DIR", str(own))
    monkeypatch.setenv("DONDOC_DATABASE_URL", late.settings.database_url)

    assert run(["campaign", "make", "--as-of", DAY, "--out", str(tmp_path / "out")]) == 0
    (made,) = (tmp_path / "out").glob("*.docx")
    assert "In ngày 25/7/2022 tại Lào Cai" in words_of(made.read_bytes())

    form.paragraphs[-1].text = "{{ head.nothing.at.all }}"
    form.save(str(own / "papers" / "urging.docx"))
    assert run(["campaign", "make", "--as-of", SIGN_DAY]) == 2


def test_a_machine_without_libreoffice_says_so_and_gives_word(
    late: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["paper", "make", "urging", "--as-of", DAY, "--out", str(tmp_path), "--json"]) == 0
    said = capfd.readouterr()
    found = json.loads(said.out)
    assert (found["pdf"], found["pages"], Path(found["docx"]).is_file()) == (None, None, True)
    assert MISSING in said.err
    assert late.plan.key == "239-2022"


def test_a_tree_without_districts_is_offered_no_district_paper(tmp_path: Path, home: Path) -> None:
    with opened(configuration_of_2025(tmp_path), f"sqlite:///{home / 'two.db'}") as house:
        assert [kind["signed_by"] for kind in list_kinds(house) if kind["kind"] == "urging"] == [
            ["Sở Nội vụ"]
        ]
        assert house.agency(LAO_CAI).next_desk is None


@needs_office
def test_the_pages_are_those_of_decree_30(late: House) -> None:
    paper = urge(late, ORDER, morning(DAY))[0][1]
    assert paper.pdf is not None
    pages = sheets(paper.pdf)
    pictured(paper.pdf, "urging")

    first = pages[0]
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in first.lines[:3]), first.lines[:4]
    assert any("Độc lập - Tự do - Hạnh phúc" in line for line in first.lines[:3])
    assert any("UBND TỈNH LÀO CAI" in line for line in first.lines[:3])
    assert any("SỞ NỘI VỤ" in line for line in first.lines[:3])
    assert 30 <= first.left <= 35
    assert 15 <= first.right <= 20.5
    assert 19.5 <= first.top <= 25
    assert first.bottom >= 20
    assert any("GIÁM ĐỐC" in line for line in first.lines), "signed on the page of its text"
    assert not first.lines[0].strip().isdecimal(), "no number on page one"
    assert [round(page.width) for page in pages[:3]] == [210, 210, 297]
    assert "Phụ lục I" in pages[1].lines[0]
    assert "(Kèm theo Công văn số" in pages[1].text
    assert len(pages) == paper.paper.pages == 3
    assert fonts(paper.pdf)
    assert all(fonts(paper.pdf).values()), fonts(paper.pdf)
    assert {name.partition("-")[0] for name in fonts(paper.pdf)} == {"LiberationSerif"}
    assert missing_letters(paper.pdf) == []
    assert broken_names(paper.docx, pages) == []
    assert [page.overlapping for page in pages] == [[], [], []]


@needs_office
def test_a_district_signs_as_its_chairperson_has_it_sign(late: House) -> None:
    order = Order(kind="urging", by=BAT_XAT)
    paper = urge(late, order, morning(DAY))[0][1]
    assert paper.pdf is not None
    first = sheets(paper.pdf)[0]
    pictured(paper.pdf, "urging-district")
    head = " | ".join(first.lines[:4])
    assert "ỦY BAN NHÂN DÂN" in head
    assert "HUYỆN BÁT XÁT" in head
    assert "Bát Xát, ngày" in first.text
    assert "TL. CHỦ TỊCH" in first.text
    assert "TRƯỞNG PHÒNG NỘI VỤ" in first.text
    assert "yêu cầu các cơ quan" in first.text


def test_hostile_words_stay_words(late: House) -> None:
    number = Signature(number="45", on=date(2022, 7, 26), signer="<b>{{ 7*7 }}</b> & 'Ông'")
    paper = urge(late, ORDER, morning(DAY))[0][1].paper
    signed = sign(late, paper.id, number, SO_NOI_VU, morning(SIGN_DAY))
    assert "<b>{{ 7*7 }}</b> & 'Ông'" in words_of(file_of(late, signed.paper))
