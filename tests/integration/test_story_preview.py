"""What would leave on a day is shown, and nothing is changed by looking."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from notifications.memory import MemoryTransport
from store.engine import reading
from store.schema import metadata
from tasks_lib.bootstrap import House
from tasks_lib.usecases.preview import preview
from tests.support.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    at,
    leave_only,
    letter,
    replay_with_mail,
    text_of,
)

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


def _contents(house: House) -> dict[str, int]:
    with reading(house.engine) as connection:
        return {
            t.name: connection.scalar(select(func.count()).select_from(t)) or 0
            for t in metadata.tables.values()
        }


def test_a_preview_shows_what_really_leaves_on_that_day(any_house: House) -> None:
    leave_only(any_house, ONE, TWO, f"plan/{A_MU_SUNG}/once")
    seen = preview(any_house, date(2022, 7, 18))
    post = MemoryTransport()
    replay_with_mail(any_house, SIGNED, "2022-07-17", MemoryTransport())
    replay_with_mail(any_house, "2022-07-18", "2022-07-18", post)

    left = {(m.addresses, str(letter(m.content)["Subject"]), text_of(m.content)) for m in post.sent}
    assert {(m.addresses, m.subject, " ".join(m.text.split())) for m in seen.mails} == left
    assert len(seen.mails) == 2


def test_a_preview_changes_nothing(any_house: House) -> None:
    leave_only(any_house, ONE, TWO)
    before = _contents(any_house)
    preview(any_house, date(2022, 7, 25))
    assert _contents(any_house) == before


def test_each_mail_says_to_whom_and_why(house: House) -> None:
    leave_only(house, ONE, TWO)
    (mail,) = preview(house, date(2022, 7, 20)).mails

    assert (mail.recipient, mail.name) == (BAT_XAT, "UBND huyện Bát Xát")
    assert mail.sender == "Phòng Nội vụ huyện Bát Xát"
    assert Counter(mail.why) == {f"{ONE} +4": 1, f"{TWO} +4": 1}


def test_looking_ahead_from_the_middle_goes_on_from_what_was_sent(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-20", MemoryTransport())

    monday = preview(house, date(2022, 7, 25))

    assert [m.recipient for m in monday.mails] == [SO_NOI_VU]
    assert "Tổng hợp đến 25/7/2022" in monday.mails[0].subject


def test_on_a_day_off_nothing_would_leave_and_it_says_until_when(house: House) -> None:
    leave_only(house, ONE)
    saturday = preview(house, date(2022, 7, 9))
    assert saturday.mails == ()
    assert saturday.held_until == at("2022-07-11T07:30")
