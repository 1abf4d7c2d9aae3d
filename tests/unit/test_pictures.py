"""Pictures say what their tables say, in patterns and words as well as in colours; they carry no style."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from xml.etree import ElementTree

import pytest

from config.load import Configuration
from config.tiles import load_tiles
from obligations.reckoning import Reckoning, Share
from obligations.tiles import Tile
from tasks_lib.pictures.bars import Bar, bars, parts_of
from tasks_lib.pictures.drawn import PAGE, PATTERNED, alone, on_page
from tasks_lib.pictures.shapes import Drawing, Picture, Tone, Words
from tasks_lib.pictures.sql.counted import Days
from tasks_lib.pictures.squares import Square, squares
from tasks_lib.pictures.weeks import curve, plot


def days(last_day: str, done_on: str | None, share: Share, total: int = 1) -> Days:
    """So many duties with one last day that were done on one day, or are not."""
    return Days(
        agency="x",
        item="1.2",
        last_day=date.fromisoformat(last_day),
        done_on=date.fromisoformat(done_on) if done_on else None,
        share=share,
        total=total,
    )


STORY = (
    days("2022-07-14", "2022-07-12", Share.IN_TIME, 5),
    days("2022-07-14", "2022-07-20", Share.LATE, 2),
    days("2022-07-14", None, Share.OVERDUE, 3),
    days("2022-07-26", "2022-07-15", Share.IN_TIME, 1),
    days("2022-07-26", None, Share.EXCUSED, 1),
    days("2022-08-30", "2022-07-25", Share.AHEAD, 4),
    days("2022-08-30", None, Share.RUNNING, 6),
)


def picture(drawing: Drawing, title: str = "Hoàn thành") -> Picture:
    """A picture of a drawing."""
    return Picture(kind="weeks", title=title, said="Ba.", headings=("A",), rows=(), drawing=drawing)


def test_a_week_counts_what_had_fallen_due_by_its_sunday_and_what_of_it_was_done_by_then() -> None:
    found = curve(STORY, date(2022, 7, 28))
    assert [(w.until.isoformat(), w.due, w.done, w.missing, w.ahead) for w in found] == [
        ("2022-07-17", 10, 5, 5, 1),
        ("2022-07-24", 10, 7, 3, 1),
        ("2022-07-28", 12, 8, 4, 4),
    ]


def test_nothing_due_is_no_curve() -> None:
    assert curve([days("2022-08-30", None, Share.RUNNING)], date(2022, 7, 28)) == ()


def test_the_last_numbers_stand_at_the_ends_of_both_lines() -> None:
    words = [s.text for s in plot(curve(STORY, date(2022, 7, 28))).shapes if isinstance(s, Words)]
    assert {"■ đến hạn 12", "● đã xong 08", "▨ còn 04"} <= set(words)


LATE = Reckoning(in_time=6, late=2, overdue=3, excused=1)
DRAWINGS = {
    "bars": bars([Bar(label="Bát Xát & <Sa Pa>", parts=parts_of(LATE), after="03/12")], shares=True),
    "plot": plot(curve(STORY, date(2022, 7, 28))),
    "squares": squares(
        [Square(tile=Tile(unit="x", area="Bát Xát", row=1, column=0), name="UBND xã A Mú Sung", found=LATE)]
    ),
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_picture_is_well_formed_and_carries_neither_style_nor_script(drawing: Drawing) -> None:
    for made in (alone(picture(drawing)), on_page(picture(drawing))):
        ElementTree.fromstring(made)
        assert not re.search(r"style|<script|\son\w+=|href", made)
        assert 'role="img"' in made
        assert "Hoàn thành. Ba." in made


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_on_a_page_every_colour_is_the_style_sheets(drawing: Drawing) -> None:
    assert not re.search(r"#[0-9a-f]{6}\b", on_page(picture(drawing)))
    assert set(PAGE) == set(Tone)


def test_every_part_of_a_bar_but_the_plain_one_has_a_pattern_of_its_own() -> None:
    made = alone(picture(DRAWINGS["bars"]))
    found = dict(re.findall(r'<pattern id="hinh-weeks-(\w+)"[^>]*>(.*?)</pattern>', made))
    assert set(found) == {"late", "soon", "wait"} <= set(PATTERNED)
    drawn = {re.sub(r"#[0-9a-f]{6}", "", shape) for shape in found.values()}
    assert len(drawn) == len(found)


def test_the_parts_of_a_bar_add_up_to_what_is_due() -> None:
    assert sum(part.number for part in parts_of(LATE)) == LATE.due


def test_every_commune_of_both_trees_has_one_square_of_its_own(configuration: Configuration) -> None:
    tiles = load_tiles(configuration)
    communes = {a.id for a in configuration.agencies.values() if a.level.rank == 0}
    assert set(tiles) == communes
    assert Counter(key[-4:] for key in tiles) == {"2022": 152, "2025": 99}
    assert len({(t.unit[-4:], t.row, t.column) for t in tiles.values()}) == len(tiles)
