"""A ladder that begins when its days are over: the unit is told first, then each above it."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from store.engine import reading
from store.schema import notices
from tasks_lib.duties.day_documents import Given, enter
from tasks_lib.duties.events import Event, record_event
from tasks_lib.duties.move_day import Extension, extend
from tasks_lib.duties.pausing import Pause, pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.proposals import list_entries
from tests.support.houses.houses import rewritten
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SO_NOI_VU,
    Told,
    all_told_of,
    leave_only,
    morning,
    notices_of,
    replay,
)

UBND_TINH_S, ABOVE = "120/UBND-NC", "ubnd-tinh"


def extended(house: House, key: str, until: str, recorded: str, signed: str = "2022-07-08") -> None:
    """UBND tỉnh moved the day by a document that Sở Nội vụ writes down later."""
    day, document = date.fromisoformat(until), date.fromisoformat(signed)
    given = Extension(until=day, document_number=UBND_TINH_S, document_on=document)
    extend(house, key, SO_NOI_VU, morning(recorded), given)


def test_a_flood_and_an_extension_written_down_late_still_reach_so_noi_vu(any_house: House) -> None:
    """The flood outlasts the ladder; the document's day is over too when it is recorded on 1/11."""
    key = f"3.5/{BAT_XAT}/2022-Q3"
    leave_only(any_house, key)
    replay(any_house, "2022-09-20", "2022-09-22")
    flood = Pause(place=BAT_XAT, from_day=date(2022, 9, 23), to_day=date(2022, 10, 31), reason="mưa lũ")
    pause(any_house, flood, SO_NOI_VU, morning("2022-09-22"))
    replay(any_house, "2022-09-23", "2022-10-31")

    extended(any_house, key, "2022-10-14", "2022-11-01", signed="2022-09-29")
    replay(any_house, "2022-11-01", "2022-11-05")

    assert notices_of(any_house, key) == [
        Told("2022-11-01", "+2", "self", BAT_XAT),
        Told("2022-11-02", "+4", "focal", SO_NOI_VU),
        Told("2022-11-03", "list", "focal", SO_NOI_VU),
    ]


def test_an_event_written_down_after_its_last_day_is_told_to_the_unit_first(any_house: House) -> None:
    """2.5: the plan of 20/7 was to be posted until 9/8, and is recorded for the commune on 25/8."""
    event = Event(item="2.5", agency=A_MU_SUNG, on=date(2022, 7, 20), title="Phương án bồi thường, hỗ trợ")
    leave_only(any_house)
    replay(any_house, "2022-08-24", "2022-08-24")

    done = record_event(any_house, event, BAT_XAT, morning("2022-08-25"))
    replay(any_house, "2022-08-25", "2022-08-31")

    assert all_told_of(any_house, done.obligation) == [
        Told("2022-08-25", "+2", "self", A_MU_SUNG),
        Told("2022-08-26", "+4", "superior", BAT_XAT),
        Told("2022-08-29", "+5", "focal", SO_NOI_VU),
        Told("2022-08-30", "list", "focal", SO_NOI_VU),
    ]
    with reading(any_house.engine) as connection:
        missed = select(notices.c.missed).where(notices.c.step == "+2")
        assert connection.scalar(missed) == "opening -5 -1"
    # The twenty days are in no law: that step is a line for Sở Nội vụ until a document sets them.
    assert list_entries(any_house) == []
    given = Given(rule="2.5", number="9/UBND-NV", signed_on=date(2022, 7, 5), issuer="UBND tỉnh", place=ABOVE)
    enter(any_house, given, SO_NOI_VU, morning("2022-08-31"))
    assert [entry["obligation"] for entry in list_entries(any_house)] == [done.obligation]


def test_a_monday_line_survives_a_day_that_is_over_when_it_is_moved(house: House) -> None:
    """+5 of Thursday 21/7 leaves on Monday; on Friday an extension until 15/7 is written down: still true."""
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay(house, "2022-07-14", "2022-07-21")

    extended(house, key, "2022-07-15", "2022-07-22")

    assert states_of(house, "+5") == [("waiting", None)]


def test_a_monday_line_that_is_no_longer_true_says_why_it_stays_back(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay(house, "2022-07-14", "2022-07-21")

    extended(house, key, "2022-08-15", "2022-07-22")

    assert states_of(house, "+5") == [("cancelled", "đã điều chỉnh thời hạn đến 15/8/2022")]


def states_of(house: House, step: str) -> list[tuple[str, str | None]]:
    """How the notices of a step stand, and why."""
    with reading(house.engine) as connection:
        rows = connection.execute(select(notices.c.state, notices.c.error).where(notices.c.step == step))
        return [(row.state, row.error) for row in rows]


def test_a_plan_s_day_moved_after_its_lateness_was_told_is_climbed_to_anew(
    any_house: House, tmp_path: Path
) -> None:
    """All steps of 14/7 are spent when the plan's data says 15/8: silence must not be the end of it."""
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(any_house, key)
    replay(any_house, "2022-07-06", "2022-07-29")
    change = ("day = 2022-07-15", "day = 2022-08-16")
    with rewritten(any_house, tmp_path / "config", "plan.toml", change) as changed:
        replay(changed, "2022-08-01", "2022-08-30")

        told = [(t.day, t.step) for t in notices_of(changed, key) if t.day > "2022-07-31"]
        assert told == [
            ("2022-08-08", "-5"),
            ("2022-08-12", "-1"),
            ("2022-08-17", "+2"),
            ("2022-08-19", "+4"),
            ("2022-08-22", "+5"),
            ("2022-08-29", "list"),
        ]
