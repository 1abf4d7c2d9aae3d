"""A ministry's plan in its own words: no page, mail or paper of it speaks of a people's committee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from notifications.memory import MemoryTransport
from obligations.errors import DomainError
from obligations.rights import Seat
from store.engine import reading
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.kinds import WRITERS, list_kinds
from tasks_lib.papers.making import draft_in_word
from tasks_lib.papers.order import Order
from tasks_lib.rounds.outlook import outlooks
from tests.support.houses.houses import opened
from tests.support.life.letters import text_of
from tests.support.life.other_trees import MINISTRY, configuration_of
from tests.support.life.over_2025 import live
from tests.support.life.stories import morning, reports_in
from tests.support.pages.visits import visited
from web.routes import PAGES

NEVER = re.compile(
    r"UBND|Ủy ban|ỦY BAN|(?<!\w)(?:[Xx]ã(?! hội)|[Hh]uyện|[Tt]ỉnh|[Pp]hường|Phòng Nội vụ)(?!\w)"
)
TODAY = "2022-07-28"
INSTITUTE, DEPARTMENT = "vien-cong-nghe", "vu-phap-che"
SEATS = (
    (Seat.COORDINATOR, None),
    (Seat.DIRECTOR, None),
    (Seat.OPS, None),
    (Seat.READER, MINISTRY.top.key),
    (Seat.CHAIRPERSON, INSTITUTE),
    (Seat.OFFICER, DEPARTMENT),
)


@pytest.fixture
def lived(home: Path) -> Iterator[tuple[House, MemoryTransport]]:
    """A ministry three weeks after its plan's first last day: one report came in, the rest is late."""
    with opened(configuration_of(MINISTRY, home / "config")) as house:
        initialise(house)
        post = live(house, "2022-06-30", "2022-07-08", MemoryTransport())
        reports_in(house, f"1.2/{DEPARTMENT}/once", "2022-07-11")
        yield house, live(house, "2022-07-11", TODAY, post)


def test_a_ministry_reads_its_own_words(lived: tuple[House, MemoryTransport]) -> None:
    house, post = lived
    said = [f"thư: {text_of(sent.content)}" for sent in post.sent]
    said += [f"văn bản: {kind}" for kind in list_kinds(house)]
    said += [f"luồng {key}: {found}" for key, found in outlooks(house, morning(TODAY)).items()]
    said += [f"{kind}: {words}" for kind, words in papers_of(house)]
    with visited(house, f"{TODAY}T10:00") as site:
        for seat, agency in SEATS:
            somebody = site.login(seat, agency)
            for path in plain_paths(agency or MINISTRY.focal.key):
                seen = somebody.get(path)
                assert seen.status < 500, (seat, path)
                said.append(f"{seat} {path}: {seen.text}")
    found = {f"{text[:60]} … {around(text, m)}" for text in said for m in NEVER.finditer(text)}
    assert not found, "\n".join(sorted(found))


def around(text: str, found: re.Match[str]) -> str:
    """What stands about a word that should not be there."""
    return text[max(0, found.start() - 40) : found.end() + 40]


def plain_paths(agency: str) -> list[str]:
    """The addresses of all pages: those without a part to fill in, and a duty's own."""
    plain = [page.path for page in PAGES if page.method == "GET" and "{" not in page.path]
    return [
        *plain,
        f"/nhiem-vu/1.2/{agency}/once",
        f"/nhiem-vu/1.2/{DEPARTMENT}/once",
        f"/co-quan/{INSTITUTE}",
    ]


def papers_of(house: House) -> Iterator[tuple[str, str]]:
    """Write every kind of paper that one of three bodies can; what is not theirs is refused."""
    written = 0
    for kind in WRITERS:
        for by in (MINISTRY.focal.key, INSTITUTE, MINISTRY.top.key):
            order = Order(kind=kind, by=by, for_=INSTITUTE, items=("1.2",), cycle="2022-Q3")
            try:
                with reading(house.engine) as connection:
                    draft = draft_in_word(connection, house, order, morning(TODAY))
            except DomainError:
                continue
            yield f"{kind} {by}", words_of(draft.docx)
            written += 1
    assert written > 2


def words_of(docx: bytes) -> str:
    """All that stands in a Word file, in one line."""
    return " ".join("".join(node.itertext()) for node in Document(BytesIO(docx)).element.body)
