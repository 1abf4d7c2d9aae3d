"""One message per recipient, nothing untrue in it, no fault of one line that stops the others."""

from datetime import date

from sqlalchemy import select

from notifications.memory import MemoryTransport
from store.engine import reading, writing
from store.schema import agencies, messages, notices, obligations, weekly_lines
from tasks_lib.answering.submit import Answer
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import all_messages, html_of, letter, messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    Y_TY,
    at,
    leave_only,
    morning,
    reminders_of_7_july,
    replay,
    replay_with_mail,
    reports_in,
    row,
    send,
)

ONE = f"1.2/{A_MU_SUNG}/once"
FOUR = tuple(f"1.2/{c}/once" for c in (A_MU_SUNG, MUONG_VI, Y_TY, "x02689-2022"))


def test_one_recipient_with_many_duties_gets_one_message(any_house: House) -> None:
    four_duties = tuple(f"{item}/{A_MU_SUNG}/once" for item in ("4.6", "5.1", "5.2", "5.3"))
    leave_only(any_house, *four_duties)
    post = MemoryTransport()
    replay_with_mail(any_house, SIGNED, "2022-09-21", post)
    before = len(post.sent)

    replay_with_mail(any_house, "2022-09-22", "2022-09-22", post)

    (mail,) = post.sent[before:]
    for item in ("4.6", "5.1", "5.2", "5.3"):
        assert item in text_of(mail.content)


def test_nothing_new_no_mail(house: House) -> None:
    leave_only(house, ONE)
    post = MemoryTransport()
    replay_with_mail(house, SIGNED, "2022-07-07", post)
    before = len(post.sent)

    replay_with_mail(house, "2022-07-08", "2022-07-12", post)
    again = deliver(house, morning("2022-07-12"), transport=post)

    assert len(post.sent) == before
    assert (again.bundled, again.sent) == (0, 0)


def test_late_duties_stand_first_and_name_the_subject(house: House) -> None:
    """On 18/7 the commune is late with 1.2; a reminder for its own plan goes in the same mail."""
    leave_only(house, ONE, f"plan/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once")
    post = MemoryTransport()
    replay_with_mail(house, SIGNED, "2022-07-19", post)

    mail = next(m for m in post.sent if "20220718" in m.message_id or "20220719" in m.message_id)
    assert "Quá hạn 14/7: " in str(letter(mail.content)["Subject"])


def _lost_from_the_configuration(house: House, key: str) -> None:
    """Give an obligation to an agency that the configuration has lost, so that it cannot be worded."""
    with writing(house.engine) as connection:
        lost = {"id": "xa-da-mat", "name": "UBND xã đã mất", "tier": "commune", "superior_id": BAT_XAT}
        connection.execute(agencies.insert().values(**lost, mail_to_id="xa-da-mat", invited=False))
        connection.execute(obligations.update().where(obligations.c.key == key).values(agency_id="xa-da-mat"))


def test_one_line_that_cannot_be_worded_is_parked_and_the_others_leave(house: House) -> None:
    healthy, broken, other = (f"1.2/{c}/once" for c in (A_MU_SUNG, MUONG_VI, Y_TY))
    leave_only(house, healthy, broken, other)
    replay_with_mail(house, SIGNED, "2022-07-18", MemoryTransport())
    _lost_from_the_configuration(house, broken)
    post = MemoryTransport()

    replay_with_mail(house, "2022-07-19", "2022-07-25", post)

    district, focal = (text_of(m.content) for m in post.sent)
    assert "UBND xã A Mú Sung" in district
    assert "UBND xã Y Tý" in district
    with reading(house.engine) as connection:
        query = select(notices.c.step, notices.c.state, notices.c.error).where(
            notices.c.obligation_id == row(house, broken).id, notices.c.fires_on >= date(2022, 7, 19)
        )
        parked = {n.step: (n.state, n.error) for n in connection.execute(query)}
    assert {step: state for step, (state, _) in parked.items()} == {"+4": "held", "+5": "held"}
    assert all("không soạn được thư" in error for _, error in parked.values())
    # Sở Nội vụ's table leaves with the healthy lines and shows what could not be worded.
    assert "UBND xã A Mú Sung" in focal
    assert broken in focal


def test_a_message_of_which_nothing_can_be_worded_is_held_and_shown(house: House) -> None:
    broken, other = f"1.2/{MUONG_VI}/once", f"1.2/{Y_TY}/once"
    leave_only(house, broken, other)
    replay(house, SIGNED, "2022-07-06")
    _lost_from_the_configuration(house, broken)
    replay(house, "2022-07-07", "2022-07-07")
    post = MemoryTransport()
    report = deliver(house, morning("2022-07-07"), transport=post)

    assert report.sent == 1  # Y Tý's
    for recipient in (MUONG_VI, "xa-da-mat"):
        (held,) = messages_to(house, recipient)
        assert held.state == "held"
        assert "không soạn được thư" in held.error


def test_on_a_day_off_it_holds_and_says_until_when(house: House) -> None:
    leave_only(house, ONE)
    replay(house, SIGNED, "2022-07-09")

    saturday = send(house, "2022-07-09")

    assert saturday.held_until == at("2022-07-11T07:30")
    assert (saturday.bundled, saturday.sent) == (0, 0)
    assert all_messages(house) == []
    # Before Quốc khánh the next working day lies behind three days off.
    assert send(house, "2022-09-01").held_until == at("2022-09-05T07:30")


def test_out_of_hours_it_holds_until_the_next_morning(house: House) -> None:
    leave_only(house, ONE)
    replay(house, SIGNED, "2022-07-04")

    assert deliver(house, at("2022-07-04T06:59")).held_until == at("2022-07-04T07:30")
    assert deliver(house, at("2022-07-04T17:00")).held_until == at("2022-07-05T07:30")
    assert deliver(house, at("2022-07-04T16:59")).held_until is None


def test_names_with_diacritics_and_ampersands_are_right_everywhere(house: House) -> None:
    """Text that looks like a header, a tag or a file stays text."""
    odd = "thiên tai & lũ <b>ống</b>\r\nBcc: ai-do@laocai.example /etc/hostname"
    key = f"report/{A_MU_SUNG}/2022-Q3-report"
    leave_only(house, key)
    replay_with_mail(house, SIGNED, "2022-09-08", MemoryTransport())
    with writing(house.engine) as connection:
        connection.execute(obligations.update().where(obligations.c.key == key).values(delay_reason=odd))
    post = MemoryTransport()

    replay_with_mail(house, "2022-09-09", "2022-09-14", post)

    to_district = next(m for m in post.sent if f".{BAT_XAT}." in m.message_id)
    mail = letter(to_district.content)
    assert mail["Bcc"] is None
    assert "huyện Bát Xát" in str(mail["Subject"])
    assert "thiên tai & lũ" in text_of(to_district.content)
    assert "thiên tai &amp; lũ &lt;b&gt;ống" in html_of(to_district.content)
    assert not list(mail.iter_attachments())
    unit = next(m for m in post.sent if f".{A_MU_SUNG}." in m.message_id)
    assert "<p" not in text_of(unit.content)
    assert "UBND xã A Mú Sung" in str(letter(unit.content)["Subject"])


def test_an_answer_that_looks_like_a_path_attaches_nothing(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-18", MemoryTransport())
    reports_in(house, ONE, "2022-07-18T09:00", Answer(text="/etc/hostname", reason="/etc/passwd"))
    with writing(house.engine) as connection:
        connection.execute(
            weekly_lines.insert().values(plan=house.plan.key, recipient_id=BAT_XAT, mail_on=date(2022, 7, 19))
        )
    post = MemoryTransport()
    deliver(house, morning("2022-07-19"), transport=post)

    (mail,) = post.sent
    assert not list(letter(mail.content).iter_attachments())


def test_a_trial_sends_everything_to_one_address(house: House, smtp: MailServer) -> None:
    reminders_of_7_july(house, *FOUR)
    trial = with_settings(smtp.serving(house), mail_redirect="thu-nghiem@laocai.example")

    deliver(trial, morning("2022-07-07"))

    assert {tuple(e.rcpt_tos) for e in smtp.box.taken} == {("thu-nghiem@laocai.example",)}
    assert len(smtp.box.taken) == 4


def test_no_address_outside_the_reserved_domain_is_ever_written_to(house: House) -> None:
    replay(house, "2022-07-04", "2022-07-04")
    post = MemoryTransport()
    deliver(house, morning("2022-07-04"), transport=post)

    assert post.sent
    assert all(a.endswith(".example") for m in post.sent for a in m.addresses)
    with reading(house.engine) as connection:
        assert set(connection.scalars(select(messages.c.state))) == {"sent"}
