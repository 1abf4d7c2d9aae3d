"""A half-year in which everything happens that a mail tells of: none breaks a rule of reading."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from shutil import copyfile

import pytest

from config.load import Configuration
from notifications.headlines import SUBJECT_WIDTH
from tests.simulation.test_half_year_of_mails import MOST, PAGE
from tests.support.life.eventful import FEW_WEEKS, WHOLE, World, lived
from tests.support.life.stories import SO_NOI_VU
from tests.support.mailing.read_mails import Read, all_read, replayed_in

FIRST_WEEKS = {"opening", "remind", "overdue", "superior", "focal", "director", "correction", "sheet"}
KINDS = {*FIRST_WEEKS, "list", "review", "request"}
NOTES = ("passed", "approval", "returned", "contacts", "contacts-set", "directive")
SIGNS = ('"', "'", "→", ") (", "::", " ,", "..", "…,", "None")
NEVER_READ = (*SIGNS, "đơn vị trực thuộc", "đồng chí cán bộ", "N.T ")
LONG = 9
"""A sentence of so many words is not said twice in one mail."""


WORLDS = {"first weeks": FEW_WEEKS, "half-year": WHOLE}


@pytest.fixture(scope="module", params=["first weeks", pytest.param("half-year", marks=pytest.mark.soak)])
def world(request: pytest.FixtureRequest) -> World:
    """Few units until the first days of August; in the longer form many until the end of the year."""
    return WORLDS[request.param]


@pytest.fixture(scope="module")
def read(
    world: World,
    configuration: Configuration,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Read]:
    """Every mail of it, those that the portal writes at once among them; none to sign in is kept."""
    folder: Path = tmp_path_factory.mktemp("eventful")
    with replayed_in(folder, configuration) as scratch:
        copyfile(sqlite_template, str(scratch.engine.url.database))
        lived(scratch, folder, world)
        return all_read(scratch)


def test_all_that_can_be_told_is_told(read: list[Read], world: World) -> None:
    assert set().union(*(mail.kinds for mail in read)) >= (KINDS if world is WHOLE else FIRST_WEEKS)
    sorts = [str(mail.head["Message-ID"]).split(".")[2] for mail in read]
    assert [sort for sort in NOTES if sort not in sorts] == []
    passed_on = [mail for mail in read if mail.subject.startswith("[KH 239] Nhờ chuyển ")]
    assert len({mail.recipient for mail in passed_on}) == 3


def test_no_subject_is_longer_than_a_list_of_mails_shows(read: list[Read]) -> None:
    assert [m.subject for m in read if len(m.subject) > SUBJECT_WIDTH or "…" in m.subject] == []


@pytest.mark.parametrize("never", NEVER_READ)
def test_no_sign_of_programmers_and_no_wrong_name_is_read(read: list[Read], never: str) -> None:
    said = ((mail, re.sub(r"https?://\S+", "", mail.body)) for mail in read)
    assert [f"{mail.on} {mail.subject}" for mail, body in said if never in body] == []


def test_no_sentence_is_said_twice_in_a_mail(read: list[Read]) -> None:
    twice = {}
    for mail in read:
        # A row of a table says of one duty what another says of the next.
        prose = " ".join(line for line in mail.body.split("\n\n") if not line.startswith("- "))
        said = Counter(re.split(r"(?<=[.?!]) ", " ".join(prose.split())))
        twice |= {f"{mail.on} {s}": n for s, n in said.items() if n > 1 and len(s.split()) >= LONG}
    assert twice == {}


@pytest.mark.parametrize("kind", MOST)
def test_what_is_about_one_duty_is_short(read: list[Read], world: World, kind: str) -> None:
    alone = [
        m
        for m in read
        if m.kinds == {kind} and m.duties == 1 and m.recipient != SO_NOI_VU and "đang chờ" not in m.text
    ]
    # What is handed on, and what an outage held back, has to say more.
    own = [m for m in alone if "chuyển giúp" not in m.text and "chưa gửi được" not in m.text]
    assert own or kind == "review" or world is not WHOLE
    assert {f"{m.on} {m.subject}": m.words for m in own if m.words > MOST[kind]} == {}


def test_mondays_table_is_a_page_whatever_has_happened(read: list[Read], world: World) -> None:
    tables = [m for m in read if m.recipient == SO_NOI_VU and "Số liệu chốt" in m.text]
    assert len(tables) >= (20 if world is WHOLE else 4)
    own = {f"{m.on} {m.subject}": m.words_of_its_table for m in tables}
    assert {told: words for told, words in own.items() if words > PAGE} == {}


def test_whoever_hands_on_opens_the_units_form_and_no_other(read: list[Read]) -> None:
    """A link names its agency: beside what is to be handed on stands the unit's alone."""
    told = [m for m in read if "chuyển giúp nội dung dưới đây" in " ".join(m.body.split())]
    assert told
    for mail in told:
        handed = mail.body.partition("\n---")[0] if "Nhờ chuyển" in mail.subject else mail.body
        links = re.findall(r"/l/[^.\s]+\.answer\.\w+\.([\w-]+)\.", handed)
        assert mail.recipient not in links or "Nhờ chuyển" not in mail.subject, mail.subject
