"""A province without districts: the collator reviews, writes and hears; nobody speaks of a district."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.load import Configuration
from notifications.memory import MemoryTransport
from store.schema import obligations
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import opened, with_settings
from tests.support.houses.two_levels import LAO_CAI, SIGNED, configuration_of_2025
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    SO_NOI_VU,
    UBND_TINH,
    Told,
    all_told_of,
    every_notice,
    keys,
    leave_only,
    morning,
    proposed,
    replay,
    replay_with_mail,
    reports_in,
    row,
)
from tests.support.pages.portal import portal_of
from tests.support.pages.seats import Visits
from web.routes import PAGES

ITEM_1_2 = f"1.2/{LAO_CAI}/once"
CYCLE = f"report/{LAO_CAI}/2025-Q3-report"
NEVER = ("huyện", "Phòng Nội vụ", "UBND cấp huyện")
SEATS = {
    "coordinator": SO_NOI_VU,
    "director": SO_NOI_VU,
    "reader": UBND_TINH,
    "officer": LAO_CAI,
    "chairperson": LAO_CAI,
}


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return configuration_of_2025(tmp_path_factory.mktemp("2025"))


@pytest.fixture
def house(configuration: Configuration, home: Path) -> Iterator[House]:
    with opened(configuration, f"sqlite:///{home / 'dondoc.db'}") as fresh:
        initialise(fresh)
        yield with_settings(fresh, home=home)


def test_the_collator_reviews_every_report_and_ubnd_tinh_none(house: House) -> None:
    assert keys(house, obligations.c.reviewer_id != SO_NOI_VU) == []
    assert {level.key for level in house.levels} == {"commune", "province"}
    assert len(keys(house, obligations.c.key == ITEM_1_2)) == 1
    assert keys(house, obligations.c.agency_id.like("%-2022")) == []


def test_a_silent_commune_climbs_from_the_opening_to_the_list(house: House) -> None:
    leave_only(house, ITEM_1_2)
    post = MemoryTransport()
    replay_with_mail(house, SIGNED, "2025-07-28", post)

    assert all_told_of(house, ITEM_1_2) == [
        Told("2025-07-03", "opening", "self", LAO_CAI),
        Told("2025-07-07", "-5", "self", LAO_CAI),
        Told("2025-07-11", "-1", "self", LAO_CAI),
        Told("2025-07-16", "+2", "self", LAO_CAI),
        Told("2025-07-18", "+4", "focal", SO_NOI_VU),
        Told("2025-07-28", "list", "focal", SO_NOI_VU),
    ]
    assert [entry.key for entry in proposed(house)] == [ITEM_1_2]
    mails = [*messages_to(house, LAO_CAI), *messages_to(house, SO_NOI_VU)]
    assert len(mails) >= 6
    assert messages_to(house, UBND_TINH) == []
    for sent in post.sent:
        said = text_of(sent.content)
        assert not any(word in said for word in NEVER), said
    to_the_ward = [text_of(message.content) for message in messages_to(house, LAO_CAI)]
    assert all("Sở Nội vụ" in said for said in to_the_ward)


def test_the_collator_accepts_what_a_commune_hands_in(house: House) -> None:
    leave_only(house, ITEM_1_2)
    replay(house, SIGNED, "2025-07-08")
    reports_in(house, ITEM_1_2, "2025-07-09")
    accept(house, Decision(key=ITEM_1_2, version=1, by=SO_NOI_VU, as_of=morning("2025-07-10")))
    assert row(house, ITEM_1_2).work_state == "accepted"


def test_nobody_hears_before_the_unit_and_no_notice_is_for_who_is_none(house: House) -> None:
    replay(house, SIGNED, "2025-08-15")
    told = every_notice(house)
    late = [n for n in told if n.step in ("+1", "+2", "+4", "+5")]
    assert {n.recipient_id for n in late if n.agency_id == LAO_CAI} == {LAO_CAI, SO_NOI_VU}
    assert {n.role for n in late} <= {"self", "focal", "director"}
    first = {n.key: min((m.recorded_on, m.role) for m in late if m.key == n.key) for n in late[:200]}
    assert {role for _, role in first.values()} <= {"self", "director"}


def test_no_letter_of_a_cycle_speaks_of_a_district(house: House) -> None:
    """Its day lies before the plan's: for whom that is good is the collator, who rolls up."""
    leave_only(house, CYCLE, *keys(house, obligations.c.parent_id == row(house, CYCLE).id))
    post = MemoryTransport()
    replay_with_mail(house, "2025-08-29", "2025-09-19", post)
    told = [(n.step, n.recipient) for n in all_told_of(house, CYCLE) if n.step[0] in "+-"]
    assert told == [("-5", LAO_CAI), ("-1", LAO_CAI), ("+2", LAO_CAI), ("+4", SO_NOI_VU)]
    letters = [text_of(sent.content) for sent in post.sent]
    assert any("gửi sớm hơn để Sở Nội vụ tổng hợp" in said for said in letters)
    assert not [said for said in letters if any(word in said for word in NEVER)]


def test_every_page_opens_and_none_speaks_of_a_district(house: House) -> None:
    replay(house, SIGNED, "2025-07-21")
    asked = [page.path for page in PAGES if page.method == "GET" and "{" not in page.path]
    asked += [f"/nhiem-vu/{key}" for key in (ITEM_1_2, CYCLE)]
    shown: dict[tuple[str, str], str] = {}
    with ExitStack() as clients:
        visits = Visits(clients.enter_context(portal_of(house, "2025-07-21")), clients)
        for seat, agency in SEATS.items():
            for path in asked:
                answer = visits.answer(seat, agency, "GET", path)
                assert answer.status_code < 500, (seat, path)
                if answer.status_code == 200:
                    shown[seat, path] = answer.text
    assert {seat for seat, _ in shown} == SEATS.keys()
    assert not [at for at, text in shown.items() if any(word in text for word in NEVER)]
