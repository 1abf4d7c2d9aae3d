"""A meeting's page is one page, also when it is full: 21 communes, the longest names and lists."""

from __future__ import annotations

from dataclasses import replace

from notifications.papers.pdf import to_pdf
from store.engine import reading
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.making import draft_in_word, set_in_type
from tasks_lib.papers.meeting_page import FEWEST_LINES, MOST_LETTERS, MOST_ROWS, SIGNED_LINES
from tasks_lib.papers.order import Order, Written
from tasks_lib.papers.words import glued
from tasks_lib.rounds.sweep import sweep
from tests.support.life.stories import BAT_XAT, SO_NOI_VU, keys, leave_only, morning
from tests.support.papers.measuring import needs_office, pictured, sheets

DAY = "2022-07-25"
DISTRICT = Order(kind="meeting-page", by=BAT_XAT)
FULL = (
    Order(kind="meeting-page", by=BAT_XAT, authority="kt"),
    Order(kind="meeting-page", by=SO_NOI_VU),
    Order(kind="meeting-page", by=SO_NOI_VU, authority="kt"),
)
"""Signed in three lines, in one and in two."""


def filled_up(house: House, written: Written) -> Written:
    """Make a page as full as it can get: every row with the longest name, lines as long as may be."""
    rows = written.values["rows"]
    assert isinstance(rows, list)
    longest = glued(max((a.short_name or a.name for a in house.agencies if not a.level.top), key=len))
    places = [{**rows[0], "place": longest, "due": "137"} for _ in range(MOST_ROWS)]
    title = max((item.short or item.title for item in house.plan.assigned), key=len)
    told = f"- 10.10. {title} (26/7/2022): 137 lượt"
    names = "Trung Lèng Hồ, " * MOST_LETTERS
    line = f"{told}: {names[: MOST_LETTERS - len(told)]}."
    lists = {"late": [line] * FEWEST_LINES, "coming": [line] * FEWEST_LINES}
    signed, room = written.values["sign"], written.values["room"]
    assert isinstance(signed, dict)
    assert isinstance(room, list)
    lists["room"] = room[: SIGNED_LINES - 1 - len(signed["posts"])]
    return replace(written, values={**written.values, "rows": [*places, rows[-1]], **lists})


@needs_office
def test_the_fullest_page_of_a_meeting_is_one_page(house: House) -> None:
    district = [agency.id for agency in house.agencies if BAT_XAT in (agency.id, agency.area)]
    assert len(district) == MOST_ROWS
    leave_only(house, *keys(house, obligations.c.agency_id.in_(district)))
    sweep(house, morning(DAY))

    with reading(house.engine) as connection:
        real = draft_in_word(connection, house, DISTRICT, morning(DAY))
        papers = [real.docx]
        for order in FULL:
            full = filled_up(house, draft_in_word(connection, house, order, morning(DAY)).written)
            papers.append(set_in_type(house, order, full.title, full.values, morning(DAY)))

    for number, pdf in enumerate(to_pdf(papers) or ()):
        pictured(pdf, f"meeting-page-full-{number}", scale=1.5)
        (page,) = sheets(pdf)
        assert page.overlapping == []
        assert page.bottom >= 19.5
        assert "BÁO CÁO NHANH" in page.text
