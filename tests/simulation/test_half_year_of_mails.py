"""The mails of a half-year, of every kind and month, counted: each is read in seconds, none is cut.

A district with all its communes and some others live through it, once answering now and then, once silent.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from config.load import Configuration
from notifications.headlines import SUBJECT_WIDTH
from store.engine import reading
from store.schema import obligations
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.simulation.simulate import simulate
from tests.support.houses.small import leave_only
from tests.support.life.stories import BAT_XAT, SO_NOI_VU, SO_Y_TE
from tests.support.mailing.read_mails import Read, all_read, replayed_in

SIGNED = date(2022, 6, 30)
MOST = {"remind": 120, "overdue": 160, "sheet": 120, "correction": 120, "review": 150}
"""The most words before the footer of any mail about one duty."""
FEW = 10
"""So many communes live through it."""
PAGE = 400


LIVED = {"mixed": date(2022, 12, 31), "silent": date(2022, 9, 30)}
"""How they behave, and until when: a silent unit's later mails repeat."""


@pytest.fixture(scope="module", params=["mixed", pytest.param("silent", marks=pytest.mark.soak)])
def read(
    request: pytest.FixtureRequest, configuration: Configuration, tmp_path_factory: pytest.TempPathFactory
) -> list[Read]:
    """Every mail of the half-year."""
    folder: Path = tmp_path_factory.mktemp("half-year")
    with replayed_in(folder, configuration) as scratch:
        initialise(scratch)
        leave_only(scratch, *_owed_by_a_district(scratch))
        simulate(scratch, SIGNED, LIVED[request.param], request.param, 1)
        return all_read(scratch)


def _owed_by_a_district(house: House) -> list[str]:
    players = [key for key, a in house.configuration.agencies.items() if a.superior == BAT_XAT][:FEW]
    with reading(house.engine) as connection:
        mine = obligations.c.agency_id.in_([*players, BAT_XAT, SO_Y_TE, SO_NOI_VU])
        return list(connection.scalars(select(obligations.c.key).where(mine)))


def test_every_month_has_its_mails_and_every_kind_is_among_them(read: list[Read]) -> None:
    last = max(mail.on for mail in read)
    assert last.month >= 9
    assert {mail.on.month for mail in read} >= {*range(7, last.month + 1)}
    assert set().union(*(mail.kinds for mail in read)) >= {
        "opening",
        "remind",
        "overdue",
        "superior",
        "sheet",
    }


def test_no_subject_is_cut_or_longer_than_a_list_of_mails_shows(read: list[Read]) -> None:
    assert [mail.subject for mail in read if "…" in mail.subject or len(mail.subject) > SUBJECT_WIDTH] == []


@pytest.mark.parametrize("kind", MOST)
def test_what_is_about_one_duty_is_short(read: list[Read], kind: str) -> None:
    # A desk's weekly line on what waits for it may stand below; Sở Nội vụ reads its table first.
    alone = [
        m
        for m in read
        if m.kinds == {kind} and m.duties == 1 and m.recipient != SO_NOI_VU and "đang chờ" not in m.text
    ]
    if not alone:
        assert kind in ("correction", "review")  # nobody asks a silent unit for more
        return
    assert {f"{m.on} {m.subject}": m.words for m in alone if m.words > MOST[kind]} == {}


def test_an_opening_letter_and_mondays_table_are_one_page(read: list[Read]) -> None:
    # What else Sở Nội vụ is told on a Monday stands below its table, and is counted with its kind.
    whole = [m for m in read if m.kinds <= {"focal", "list"}]
    tables = [m for m in whole if m.recipient == SO_NOI_VU and "Số liệu chốt" in m.text]
    pages = [*tables, *(m for m in read if m.kinds == {"opening"})]
    assert len(tables) >= 10
    assert {f"{m.on} {m.subject}": m.words for m in pages if m.words_beside_its_table > PAGE} == {}


def test_a_superiors_mail_names_each_unit_once(read: list[Read]) -> None:
    told = [m for m in read if m.kinds == {"superior"} and m.recipient == BAT_XAT]
    assert told
    for mail in told:
        rows = Counter(re.findall(r"(?m)^- (UBND (?:xã|thị trấn) [^:(]+?)(?: \(|:)", mail.body))
        assert rows
        assert {unit: times for unit, times in rows.items() if times > 1} == {}, mail.subject
