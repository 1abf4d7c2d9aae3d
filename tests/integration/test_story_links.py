"""Links in mails: only where there is a portal, opening exactly the agency meant, written with the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from notifications.memory import MemoryTransport
from notifications.outgoing import Outgoing
from obligations.rights import Seat, Visitor
from store.door import all_of
from store.engine import reading, writing
from store.ledger import Entry, write_history
from store.rows import Link
from store.schema import links, weekly_lines
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import LinkFault, open_link
from tasks_lib.kernel.reach import import_contacts
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.preview import preview
from tests.support.houses.houses import with_settings
from tests.support.life.letters import html_of, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    Y_TY,
    at,
    leave_only,
    morning,
    reminders_of_7_july,
    replay,
    replay_with_mail,
    reports_in,
    row,
)

PORTAL = "https://dondoc.laocai.example"
ONE, TWO, THREE = (f"1.2/{commune}/once" for commune in (A_MU_SUNG, MUONG_VI, Y_TY))
SIGNED_LINK = re.compile(re.escape(PORTAL) + r"/l/([\w.-]+)([#/][\w-]+)?")


def with_portal(house: House) -> House:
    return with_settings(house, public_url=f"{PORTAL}/")


def sent_on(house: House, day: str) -> list[Outgoing]:
    mail = MemoryTransport()
    replay_with_mail(house, day, day, mail)
    return mail.sent


def to(mails: list[Outgoing], recipient: str) -> Outgoing:
    (found,) = [m for m in mails if f".{recipient}." in m.message_id]
    return found


def link_rows(house: House) -> list[Link]:
    with reading(house.engine) as connection:
        return all_of(connection, Link, select(links).order_by(links.c.id))


def opened(house: House, mail: Outgoing, when: str) -> Iterator[Visitor]:
    """Whoever comes by each link of a mail, in the order they stand in it, each once."""
    for signed in dict.fromkeys(found[0] for found in SIGNED_LINK.findall(text_of(mail.content))):
        with reading(house.engine) as connection:
            yield open_link(connection, house, signed, at(when))[1]


def test_a_reminders_link_opens_the_units_form_and_nothing_else(any_house: House) -> None:
    house = with_portal(any_house)
    reminders_of_7_july(house, ONE, TWO)
    mails = sent_on(house, "2022-07-07")

    (visitor,) = opened(house, to(mails, A_MU_SUNG), "2022-07-07T09:00")
    assert (visitor.agency, visitor.seat) == (A_MU_SUNG, Seat.ANSWER_LINK)
    assert visitor.holder == "UBND xã A Mú Sung"
    assert visitor.obligation_id == row(house, ONE).id
    (other,) = opened(house, to(mails, MUONG_VI), "2022-07-07T09:00")
    assert other.agency == MUONG_VI
    assert "Cập nhật kết quả" in html_of(mails[0].content)
    # Thirty days [ours], then it opens nothing.
    assert list(opened(house, to(mails, A_MU_SUNG), "2022-08-06T07:29"))
    with pytest.raises(LinkFault, match="expired"):
        list(opened(house, to(mails, A_MU_SUNG), "2022-08-06T07:30"))


def test_where_there_is_no_portal_mails_carry_no_links(house: House) -> None:
    reminders_of_7_july(house, ONE)
    (mail,) = sent_on(house, "2022-07-07")
    assert "http" not in text_of(mail.content)
    assert "http" not in html_of(mail.content)
    assert "Cập nhật: phúc đáp thư này, ghi số" in text_of(mail.content)
    assert link_rows(house) == []


def test_a_late_unit_may_state_its_reason_by_the_same_link(house: House) -> None:
    served = with_portal(house)
    leave_only(served, ONE)
    replay_with_mail(served, SIGNED, "2022-07-17", MemoryTransport())
    before = len(link_rows(house))
    (mail,) = sent_on(served, "2022-07-18")

    (signed, none), (same, anchor) = SIGNED_LINK.findall(text_of(mail.content))
    assert (signed, none, anchor) == (same, "", "#ly-do")
    assert len(link_rows(house)) == before + 1


def test_the_districts_links_open_its_review_and_never_a_communes_form(any_house: House) -> None:
    house = with_portal(any_house)
    leave_only(house, ONE, TWO)
    replay_with_mail(house, SIGNED, "2022-07-19", MemoryTransport())
    (mail,) = sent_on(house, "2022-07-20")

    (visitor,) = opened(house, mail, "2022-07-20T09:00")
    assert (visitor.agency, visitor.seat) == (BAT_XAT, Seat.REVIEW_LINK)
    assert visitor.obligation_id is None
    anchors = [anchor for _, anchor in SIGNED_LINK.findall(text_of(mail.content))]
    assert anchors == ["", "#ghi-nhan", "/chi-dao"]


def test_a_mail_passed_on_for_one_unit_carries_that_units_button(any_house: House) -> None:
    house = with_portal(any_house)
    with writing(house.engine) as connection:
        import_contacts(connection, {A_MU_SUNG: ()}, house.configuration.agencies, house.plan)
    reminders_of_7_july(house, ONE)
    mail = to(sent_on(house, "2022-07-07"), BAT_XAT)

    (visitor,) = opened(house, mail, "2022-07-07T09:00")
    assert (visitor.agency, visitor.seat, visitor.holder) == (
        A_MU_SUNG,
        Seat.ANSWER_LINK,
        "UBND xã A Mú Sung",
    )


def test_beside_the_desks_own_duties_each_unit_passed_on_to_has_its_own_link(house: House) -> None:
    served = with_portal(house)
    with writing(house.engine) as connection:
        empty = {A_MU_SUNG: (), MUONG_VI: ()}
        import_contacts(connection, empty, house.configuration.agencies, house.plan)
    plan = f"plan/{A_MU_SUNG}/once"
    own = f"plan/{BAT_XAT}/once"
    leave_only(served, ONE, TWO, plan, own)
    replay_with_mail(served, SIGNED, "2022-07-03", MemoryTransport())
    mail = to(sent_on(served, "2022-07-04"), BAT_XAT)

    found = list(opened(served, mail, "2022-07-04T09:00"))
    assert [v.agency for v in found] == [BAT_XAT, A_MU_SUNG, MUONG_VI]
    assert {v.seat for v in found} == {Seat.ANSWER_LINK}
    # A Mú Sung has two duties there and one link; Mường Vi's one duty is what its page shows first.
    assert [v.obligation_id for v in found] == [row(house, own).id, None, row(house, TWO).id]
    assert "Đường dẫn cập nhật kết quả của UBND xã Mường Vi: https" in text_of(mail.content)


def test_a_repeat_sends_the_same_link_and_writes_no_other(any_house: House) -> None:
    house = with_portal(any_house)
    reminders_of_7_july(house, ONE)
    before = len(link_rows(house))

    class Dying(MemoryTransport):
        def send(self, message: Outgoing) -> None:  # type: ignore[override]
            self.sent.append(message)
            raise KeyboardInterrupt

    dying, mail = Dying(), MemoryTransport()
    with pytest.raises(KeyboardInterrupt):
        deliver(house, morning("2022-07-07"), transport=dying)
    later = morning("2022-07-07") + timedelta(hours=1)
    deliver(house, morning("2022-07-07"), transport=mail, now=lambda: later)

    assert mail.sent == dying.sent
    assert len(link_rows(house)) == before + 1
    (visitor,) = opened(house, mail.sent[0], "2022-07-07T09:00")
    assert visitor.agency == A_MU_SUNG


def test_a_preview_shows_links_that_open_nothing_and_leaves_none_behind(any_house: House) -> None:
    house = with_portal(any_house)
    reminders_of_7_july(house, ONE)
    before = link_rows(house)
    (shown,) = preview(house, date(2022, 7, 7)).mails

    (signed, _), *_ = SIGNED_LINK.findall(shown.text)
    with reading(house.engine) as connection, pytest.raises(LinkFault, match="lost"):
        open_link(connection, house, signed, at("2022-07-07T09:00"))
    assert link_rows(house) == before


def test_the_desks_weekly_line_opens_its_queue(house: House) -> None:
    served = with_portal(house)
    leave_only(served, ONE)
    replay_with_mail(served, SIGNED, "2022-07-08", MemoryTransport())
    reports_in(served, ONE, "2022-07-08T10:00")
    with writing(house.engine) as connection:
        line = {"plan": house.plan.key, "recipient_id": BAT_XAT, "mail_on": date(2022, 7, 11)}
        connection.execute(weekly_lines.insert().values(line))
    mail = MemoryTransport()
    deliver(served, morning("2022-07-11"), transport=mail)

    (visitor,) = opened(served, mail.sent[0], "2022-07-11T09:00")
    assert (visitor.agency, visitor.seat) == (BAT_XAT, Seat.REVIEW_LINK)


def test_a_missed_sheet_tells_the_district_and_gives_it_no_chairpersons_form(house: House) -> None:
    served = with_portal(house)
    leave_only(served, f"sheet/{A_MU_SUNG}/2022-07", f"sheet/{A_MU_SUNG}/2022-08")
    replay_with_mail(served, SIGNED, "2022-09-11", MemoryTransport())
    mail = to(sent_on(served, "2022-09-12"), BAT_XAT)
    assert [(v.agency, v.seat) for v in opened(served, mail, "2022-09-12T09:00")] == [
        (BAT_XAT, Seat.REVIEW_LINK)
    ]


def _ask_extension(house: House, key: str, when: str) -> None:
    with writing(house.engine) as connection:
        entry = Entry(at=at(when), by=A_MU_SUNG, what="ask-extension", why="Chờ hướng dẫn")
        write_history(connection, row(house, key).id, entry, None, None)


def test_mondays_table_opens_the_list_and_counts_what_was_asked_since_the_last(any_house: House) -> None:
    house = with_portal(any_house)
    leave_only(house, ONE, TWO, THREE)
    replay_with_mail(house, SIGNED, "2022-07-22", MemoryTransport())
    _ask_extension(house, ONE, "2022-07-19T10:00")
    _ask_extension(house, TWO, "2022-07-22T10:00")
    first = to(sent_on(house, "2022-07-25"), SO_NOI_VU)
    assert "02 đề nghị điều chỉnh thời hạn" in text_of(first.content)
    assert f"Mở bảng theo dõi: {PORTAL}/" in text_of(first.content)
    assert f"{PORTAL}/danh-muc" not in text_of(first.content)  # nobody is on the list yet
    # The list stands behind the login; nothing waits for Sở Nội vụ, so nothing else opens.
    assert list(opened(house, first, "2022-07-25T09:00")) == []

    _ask_extension(house, THREE, "2022-07-25T10:00")
    replay(house, "2022-07-26", "2022-07-31")
    second = to(sent_on(house, "2022-08-01"), SO_NOI_VU)
    assert "01 đề nghị điều chỉnh thời hạn" in text_of(second.content)
    assert f"Xem, chỉnh sửa danh mục: {PORTAL}/danh-muc" in text_of(second.content)


def test_the_opening_letter_asks_for_contacts_at_a_link_that_opens(house: House) -> None:
    served = with_portal(house)
    leave_only(served, ONE, f"5.2/{A_MU_SUNG}/once")
    replay(served, SIGNED, "2022-07-03")
    mail = to(sent_on(served, "2022-07-04"), A_MU_SUNG)
    assert "cho biết đầu mối tại đường dẫn trên" in text_of(mail.content)
    (visitor,) = opened(served, mail, "2022-07-04T09:00")
    assert (visitor.agency, visitor.seat) == (A_MU_SUNG, Seat.ANSWER_LINK)


def test_what_was_accepted_meanwhile_leaves_no_link(house: House) -> None:
    """Answered between recording and sending: no mail, and so no link."""
    served = with_portal(house)
    reminders_of_7_july(served, ONE)
    before = len(link_rows(house))
    reports_in(served, ONE, "2022-07-07T07:00")
    accept(served, Decision(key=ONE, by=BAT_XAT, as_of=at("2022-07-07T07:10")))
    mail = MemoryTransport()
    deliver(served, morning("2022-07-07"), transport=mail)
    assert mail.sent == []
    assert len(link_rows(house)) == before
