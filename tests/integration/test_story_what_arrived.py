"""A letter claims only what arrived: what was refused is named so, and nothing is held against the unit."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from notifications.memory import MemoryTransport
from obligations.reminders import Reminders
from store.engine import reading
from store.reminders import reminders
from tasks_lib.desk.reminders import reminders_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.proposals import look_ahead
from tasks_lib.leading.proposals_page import proposals_page
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.hand_on import lift_marks
from tasks_lib.mailing.preview import preview
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import MailServer
from tests.support.life.letters import letter, messages_to, text_of
from tests.support.life.stories import (
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    at,
    days,
    leave_only,
    morning,
    replay_with_mail,
    row,
)

ONE = f"1.2/{MUONG_VI}/once"
REFUSAL = "550 5.1.1 khong co hop thu nay"
TRIES = ("07:30", "08:30", "12:45", "14:00")


def _address(house: House) -> str:
    return house.agency(MUONG_VI).contacts[0].address


def _day(house: House, day: str) -> None:
    """One day of the engine: the sweep, and a delivery now and then until the office closes."""
    sweep(house, morning(day))
    for clock in TRIES:
        deliver(house, at(f"{day}T{clock}"))


@pytest.fixture
def served(house: House, smtp: MailServer) -> House:
    return _refused_until_14_july(house, smtp)


def _refused_until_14_july(house: House, smtp: MailServer) -> House:
    """On 7/7 and 13/7 the commune's mailbox takes nothing, though the desk thinks it mended in between."""
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    served = smtp.serving(house)
    for day in days("2022-07-07", "2022-07-14"):
        smtp.box.refused = {_address(house): REFUSAL}
        _day(served, day)
        if day in ("2022-07-07", "2022-07-13"):
            lift_marks(house, MUONG_VI, None, BAT_XAT, at(f"{day}T16:00"))
    smtp.box.refused = {}
    return served


def _newest(house: House, recipient: str) -> str:
    return text_of(messages_to(house, recipient)[-1].content)


def _told(house: House, before: str) -> Reminders:
    key = row(house, ONE).id
    with reading(house.engine) as connection:
        return reminders(connection, [key], morning(before).date())[key]


def test_the_commune_is_told_which_reminders_could_not_be_sent(served: House) -> None:
    for day in days("2022-07-15", "2022-07-18"):
        _day(served, day)

    told = _newest(served, MUONG_VI)

    assert "Đã nhắc việc" not in told
    assert (
        "Thư các ngày 07/7/2022 và 13/7/2022 chưa gửi được: địa chỉ thư của đơn vị không nhận. "
        "Đã gửi nhờ cơ quan cấp trên chuyển giúp các ngày 07/7/2022 và 13/7/2022." in told
    )


def test_the_district_reads_of_the_reminder_that_arrived_and_of_those_that_did_not(
    any_house: House, smtp: MailServer
) -> None:
    served = _refused_until_14_july(any_house, smtp)
    for day in days("2022-07-15", "2022-07-20"):
        _day(served, day)

    told = _newest(served, BAT_XAT)

    failed = f"thư các ngày 07/7/2022 và 13/7/2022 chưa gửi được ({_address(served)})"
    assert f"đã nhắc việc ngày 18/7/2022; {failed}" in told


def test_digest_table_list_and_report_name_what_was_refused(served: House) -> None:
    for day in days("2022-07-15", "2022-07-29"):
        _day(served, day)

    monday = next(m for m in messages_to(served, SO_NOI_VU) if str(m.mail_on) == "2022-07-25")
    assert "đã nhắc việc ngày 18/7/2022; thư các ngày 07/7/2022 và 13/7/2022 chưa gửi được" in text_of(
        monday.content
    )
    (attached,) = letter(monday.content).iter_attachments()
    book = load_workbook(BytesIO(attached.get_payload(decode=True)))  # type: ignore[arg-type]
    cells = [str(cell.value) for line in book.active.iter_rows() for cell in line]  # type: ignore[union-attr]
    assert any(cell.startswith("Đã nhắc việc ngày 18/7/2022; thư nhắc việc các ngày") for cell in cells)

    (entry,) = proposals_page(served, morning("2022-07-29")).units
    assert entry.tasks[0].reminded.arrived == (morning("2022-07-18").date(),)
    report = _paper(look_ahead(served, SO_NOI_VU, morning("2022-07-29")))
    assert "02 lần (các ngày 18/7/2022 và 20/7/2022); thư nhắc việc các ngày 07/7/2022 và" in report
    assert "03 lần" not in report
    assert _address(served) not in report


def test_where_nothing_arrived_nobody_is_accused(house: House, smtp: MailServer) -> None:
    leave_only(house, ONE)
    served = smtp.serving(house)
    smtp.box.refused = {_address(house): REFUSAL}
    for day in days(SIGNED, "2022-07-29"):
        _day(served, day)

    assert "); chưa nhận được thư nhắc việc; " in _newest(served, SO_NOI_VU)
    (entry,) = proposals_page(served, morning("2022-07-29")).units
    assert "trách nhiệm" not in entry.text
    report = _paper(look_ahead(served, SO_NOI_VU, morning("2022-07-29")))
    assert "chưa nhận được thư nhắc việc: UBND xã Mường Vi" in report
    assert "Đơn vị chưa nhận được thư nhắc việc nào" in report
    assert "làm rõ trách nhiệm" not in report


def test_a_reminder_accepted_after_its_day_counts_from_the_day_it_was_accepted(
    house: House, smtp: MailServer
) -> None:
    leave_only(house, ONE)
    served = smtp.serving(house)
    for day in days(SIGNED, "2022-07-06"):
        _day(served, day)
    smtp.box.refused = {_address(house): "451 4.3.0 doi mot lat"}
    sweep(served, morning("2022-07-07"))
    deliver(served, at("2022-07-07T16:30"))
    smtp.box.refused = {}
    for day in days("2022-07-08", "2022-07-08"):
        _day(served, day)

    assert _told(served, "2022-07-12").arrived == (morning("2022-07-08").date(),)


def test_a_preview_does_not_say_that_a_refused_reminder_arrived(served: House) -> None:
    seen = preview(served, morning("2022-07-18").date())
    (mail,) = (mail for mail in seen.mails if mail.recipient == MUONG_VI)

    text = " ".join(mail.text.split())
    assert "chưa gửi được" in text
    assert "Đã nhắc việc" not in text


def test_the_record_of_reminders_says_what_became_of_each_mail(served: House) -> None:
    replay_with_mail(served, "2022-07-15", "2022-07-18", MemoryTransport())

    mails = [line.moment.mail for line in reminders_of(served, MUONG_VI, ONE)]

    assert mails == [
        "thư chưa gửi được",
        "thư gửi ngày 07/7/2022, máy chủ thư đã nhận",
        "thư chưa gửi được",
        "thư gửi ngày 13/7/2022, máy chủ thư đã nhận",
        "thư gửi ngày 18/7/2022, máy chủ thư đã nhận",
    ]


def _paper(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])
