"""What mails say of days that the plan does not set: asked for, set by a document, or gone by."""

from datetime import date

from notifications.memory import MemoryTransport
from tasks_lib.duties import day_documents
from tasks_lib.duties.move_day import Extension, extend
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import letter, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    leave_only,
    morning,
    replay_with_mail,
)

OWN_PLAN = f"plan/{A_MU_SUNG}/once"
REPORT = f"report/{A_MU_SUNG}/2022-Q3-report"
INNER = f"3.1/{A_MU_SUNG}/once"
THIRD_MONTH = f"sheet/{A_MU_SUNG}/2022-07"


def _document(house: House, rule: str, on: str, by: str = SO_NOI_VU) -> None:
    issuer = "UBND tỉnh" if by == SO_NOI_VU else house.agency(by).name
    given = day_documents.Given(
        rule=rule, number="12/UBND-NV", signed_on=date(2022, 7, 5), issuer=issuer, place=""
    )
    day_documents.enter(house, given, by, morning(on))


def _mails(house: House, first: str, last: str, to: str = A_MU_SUNG) -> dict[str, tuple[str, str]]:
    """The subjects and texts to somebody in a stretch, by day; the days before it pass without a look."""
    post = MemoryTransport()
    replay_with_mail(house, first, last, post)
    day_of = {m.message_id: str(m.mail_on) for m in messages_to(house, to)}
    return {
        day_of[mail.message_id]: (str(letter(mail.content)["Subject"]), text_of(mail.content))
        for mail in post.sent
        if mail.message_id in day_of
    }


def test_a_communes_day_of_the_cycle_is_asked_for_until_the_plans_has_passed(house: House) -> None:
    leave_only(house, REPORT)
    _mails(house, SIGNED, "2022-09-05")
    told = _mails(house, "2022-09-06", "2022-09-13")
    assert list(told) == ["2022-09-06", "2022-09-08", "2022-09-12"]
    for subject, text in told.values():
        assert "Đề nghị chậm nhất: thứ Sáu, ngày 09/9/2022" in text
        assert "để UBND cấp huyện kịp gửi trước ngày 15/9/2022, đề nghị gửi sớm hơn" in text
        assert "quá hạn" not in f"{subject} {text}".lower()
        assert "danh mục đề xuất" not in text

    # Told again ten working days after the ladder: by then the plan's own day is what is overdue.
    again = _mails(house, "2022-09-14", "2022-10-14")
    subject, text = list(again.values())[-1]
    assert subject == "[KH 239] Đôn đốc lần 01: báo cáo Quý III - UBND xã A Mú Sung"
    assert "Hạn cuối: thứ Tư, ngày 14/9/2022" in text
    assert "đề nghị gửi chậm nhất ngày 09/9/2022" in text


def test_once_a_document_sets_the_day_mails_cite_it(house: House) -> None:
    leave_only(house, REPORT)
    replay_with_mail(house, SIGNED, "2022-08-31", MemoryTransport())
    _document(house, "report", "2022-08-31", BAT_XAT)

    told = _mails(house, "2022-09-01", "2022-09-13")

    for _, text in told.values():
        assert "Hạn cuối: thứ Sáu, ngày 09/9/2022" in text
        assert "Văn bản số 12/UBND-NV ngày 05/7/2022 của UBND huyện Bát Xát ấn định ngày này" in text
        assert "đề nghị gửi chậm nhất" not in text
    assert "Quá hạn 09/9" in told["2022-09-12"][0]


def test_the_list_is_announced_only_to_whom_it_is_for(house: House) -> None:
    """An own plan's day stays proposed; a document makes the step for the list one that comes."""
    own_plan_of_a_district = f"plan/{BAT_XAT}/once"
    leave_only(house, own_plan_of_a_district)
    replay_with_mail(house, SIGNED, "2022-07-15", MemoryTransport())
    ((_, silent),) = _mails(house, "2022-07-16", "2022-07-18", BAT_XAT).values()
    assert "danh mục đề xuất báo cáo" not in silent


def test_with_a_document_the_list_is_announced(house: House) -> None:
    leave_only(house, f"plan/{BAT_XAT}/once")
    replay_with_mail(house, SIGNED, "2022-07-07", MemoryTransport())
    _document(house, "plan", "2022-07-07")
    told = _mails(house, "2022-07-08", "2022-07-18", BAT_XAT)
    assert "danh mục đề xuất báo cáo UBND tỉnh" in told["2022-07-18"][1]


def test_an_extension_by_a_document_sets_the_day_of_an_own_plan(any_house: House) -> None:
    leave_only(any_house, OWN_PLAN)
    replay_with_mail(any_house, SIGNED, "2022-07-12", MemoryTransport())
    paper = Extension(until=date(2022, 7, 22), document_number="77/UBND-NC", document_on=date(2022, 7, 11))
    extend(any_house, OWN_PLAN, SO_NOI_VU, morning("2022-07-12"), paper)

    told = _mails(any_house, "2022-07-13", "2022-07-26")

    subject, text = told["2022-07-26"]
    assert subject.startswith("[KH 239] Quá hạn 22/7")
    assert "Văn bản số 77/UBND-NC ngày 11/7/2022 của UBND tỉnh Lào Cai ấn định ngày này" in text
