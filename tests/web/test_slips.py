"""A quarter's slip: mailed to its unit once, read, accepted or contested by it, answered by the collator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from obligations.grading import GradeState
from obligations.period import Period
from obligations.rights import Seat
from store.engine import reading, writing
from store.rows import Grade
from store.schema import agencies, journal
from tasks_lib.grading import grades
from tasks_lib.grading.sql.grades import grades_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tests.support.life.letters import messages_to
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, SIGNED, SO_NOI_VU, at, replay, reports_in
from tests.support.pages.forms import form_of
from tests.support.pages.unit import link_in, mail_to, two_communes
from tests.support.pages.visits import Seen, Site, Somebody, visited

Q3, SLIP, GRADES = Period("2022-Q3"), "/doi-chieu", "/muc-do-hoan-thanh"
DRAFTED = "2022-10-03T09:00"
REASON = "Nhiệm vụ 1.2 đã báo cáo bằng văn bản số 12/BC-UBND"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """Two communes until 3/10/2022, when Sở Nội vụ drafts the quarter; A Mú Sung has reported one task."""
    two_communes(house)
    replay(house, SIGNED, "2022-07-12")
    reports_in(house, f"1.2/{A_MU_SUNG}/once", "2022-07-13")
    replay(house, "2022-10-03", "2022-10-03")
    with visited(house, DRAFTED) as open_site:
        yield open_site


def drafts(site: Site, moment: str = DRAFTED) -> list[str]:
    return grades.draft(site.house, Q3, SO_NOI_VU, at(moment))


def kept(site: Site, agency: str) -> Grade:
    with reading(site.house.engine) as connection:
        return grades_of(connection, site.house.plan.key, Q3)[agency]


def says(who: Somebody, do: str, reason: str = "") -> Seen:
    return who.send(SLIP, {**form_of(who.get(SLIP).html, SLIP), "noi-dung": reason, "do": do})


def slips_mailed(site: Site, agency: str) -> list[str]:
    return [
        m.subject or "" for m in messages_to(site.house, agency) if "đối chiếu" in (m.subject or "").lower()
    ]


def happened(site: Site, what: str) -> list[str]:
    with reading(site.house.engine) as connection:
        return list(connection.scalars(select(journal.c.subject).where(journal.c.what == what)))


def test_a_unit_reads_its_slip_by_the_mails_link_and_contests_it_and_is_answered(site: Site) -> None:
    assert set(drafts(site)) == {A_MU_SUNG, MUONG_VI, BAT_XAT}
    mail = mail_to(site.house, A_MU_SUNG)
    commune = site.by_path("")
    page = commune.get(f"{link_in(mail)}")
    assert "Phiếu đối chiếu mức độ hoàn thành Quý III/2022" in page.text
    assert "1.2. Tuyên truyền PAPI" in page.text
    assert "đúng hạn 01" in page.text
    assert "hết thứ Hai, ngày 10/10/2022" in page.text

    commune = site.by_link(A_MU_SUNG)
    assert "Phiếu đối chiếu mức độ hoàn thành Quý III/2022 chờ ý kiến" in commune.get("/don-vi").text
    nothing = says(commune, "xem-lai")
    assert (nothing.status, "Nêu nội dung đề nghị xem lại" in nothing.text) == (400, True)
    done = says(commune, "xem-lai", REASON)
    assert "Đã ghi đề nghị xem lại" in done.text
    assert (kept(site, A_MU_SUNG).state, kept(site, A_MU_SUNG).answer) == (GradeState.CONTESTED, REASON)
    assert "chờ ý kiến" not in commune.get("/don-vi").text

    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)
    listed = coordinator.get(GRADES)
    assert "UBND xã A Mú Sung đề nghị xem lại" in listed.text
    assert REASON in listed.text
    silent = coordinator.post(GRADES, quy="2022-Q3", don_vi=A_MU_SUNG, tra_loi="")
    assert (silent.status, "Nhập nội dung trả lời đơn vị" in silent.text) == (400, True)
    answered = coordinator.post(GRADES, quy="2022-Q3", don_vi=A_MU_SUNG, tra_loi="Đã ghi nhận văn bản số 12")
    assert "Đã trả lời" in answered.text
    assert "đề nghị xem lại “" not in answered.text
    assert "“Đã ghi nhận văn bản số 12”" in " ".join(mail_to(site.house, A_MU_SUNG).split())
    again = commune.get(SLIP)
    assert "Sở Nội vụ trả lời Đã ghi nhận văn bản số 12" in again.text
    assert "Đã ghi: đơn vị đồng ý" in says(commune, "dong-y").text
    assert kept(site, A_MU_SUNG).state is GradeState.ACCEPTED
    for what in ("grade-contest", "grade-reply", "grade-accept"):
        assert happened(site, what) == [A_MU_SUNG]
    refused = coordinator.post(GRADES, quy="2022-Q3", don_vi=A_MU_SUNG, tra_loi="Lần nữa")
    assert (refused.status, "không có đề nghị xem lại nào" in refused.text) == (409, True)


def test_a_unit_is_told_once_and_what_it_said_of_the_same_numbers_stays(site: Site) -> None:
    drafts(site)
    assert len(slips_mailed(site, A_MU_SUNG)) == 1
    says(site.by_link(A_MU_SUNG), "dong-y")

    assert drafts(site, "2022-10-05T09:00") == []
    assert len(slips_mailed(site, A_MU_SUNG)) == 1
    assert kept(site, A_MU_SUNG).state is GradeState.ACCEPTED

    reports_in(site.house, f"2.3/{A_MU_SUNG}/2022-Q2", "2022-10-06")
    assert drafts(site, "2022-10-06T09:00") == [A_MU_SUNG]
    assert len(slips_mailed(site, A_MU_SUNG)) == 2
    assert kept(site, A_MU_SUNG).state is GradeState.DRAFT


def test_nobody_reads_another_s_slip_and_a_link_grants_no_more_than_itself(site: Site) -> None:
    own = site.by_link(A_MU_SUNG)
    assert "Chưa có phiếu đối chiếu nào của UBND xã A Mú Sung" in own.get(SLIP).text
    drafts(site)
    desk, chair = site.login(Seat.DESK, BAT_XAT), site.login(Seat.CHAIRPERSON, BAT_XAT)
    for above in (desk, chair):
        seen = above.get(f"{SLIP}?quy=2022-Q3&don-vi={A_MU_SUNG}")
        assert "UBND xã A Mú Sung" not in seen.text
        assert above.get(GRADES).status == 403
        assert above.get(f"/thu/{messages_to(site.house, A_MU_SUNG)[-1].id}").status == 403
    for reader in (site.login(Seat.CHAIRPERSON, A_MU_SUNG), site.login(Seat.COORDINATOR, SO_NOI_VU)):
        assert reader.get(f"/thu/{messages_to(site.house, A_MU_SUNG)[-1].id}").status == 200
    assert own.get(GRADES).status == 404
    assert site.by_link(BAT_XAT, review=True).get(SLIP).status == 403
    with writing(site.house.engine) as connection:
        wanted = Wanted(purpose=Purpose.APPROVE, agency=A_MU_SUNG)
        link = issue(connection, site.house, wanted, site.clock(), timedelta(days=1))
    approves = site.by_path(f"/l/{link.signed}")
    assert approves.get(SLIP).status == 403
    assert approves.send(SLIP, {"quy": "2022-Q3", "do": "dong-y"}).status == 403
    assert kept(site, A_MU_SUNG).state is GradeState.DRAFT


def test_a_word_on_a_draft_that_is_no_longer_the_newest_or_in_time_is_refused(site: Site) -> None:
    drafts(site)
    commune = site.by_link(MUONG_VI)
    old = form_of(commune.get(SLIP).html, SLIP)
    reports_in(site.house, f"1.2/{MUONG_VI}/once", "2022-10-04")
    drafts(site, "2022-10-04T09:00")
    refused = commune.send(SLIP, {**old, "do": "dong-y"})
    assert (refused.status, "dự thảo đã được lập lại" in refused.text.lower()) == (409, True)

    site.clock.at("2022-10-12T09:00")
    late = commune.get(SLIP)
    assert "Đồng ý với số liệu" not in late.text
    gone = commune.send(SLIP, {"quy": "2022-Q3", "do": "xem-lai", "noi-dung": REASON})
    assert (gone.status, "hết thời gian đối chiếu" in gone.text) == (409, True)
    assert kept(site, MUONG_VI).state is GradeState.DRAFT


def test_a_unit_without_an_address_is_named_and_no_other_desk_gets_its_slip(
    site: Site,
) -> None:
    coordinator = site.login(Seat.COORDINATOR, SO_NOI_VU)
    assert "Chưa lập dự thảo" in coordinator.get(GRADES).text
    assert GRADES in coordinator.get("/van-ban").html
    with writing(site.house.engine) as connection:
        connection.execute(agencies.update().where(agencies.c.id == MUONG_VI).values(mail_to_id=BAT_XAT))
    drafts(site)
    assert slips_mailed(site, MUONG_VI) == []
    assert len(slips_mailed(site, BAT_XAT)) == 1
    assert "chưa có địa chỉ thư: UBND xã Mường Vi" in coordinator.get(GRADES).text
