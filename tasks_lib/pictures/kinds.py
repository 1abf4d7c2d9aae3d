"""Which pictures there are; each is made of what is asked, on a day that is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tasks_lib.kernel.bootstrap import House
from tasks_lib.pictures import flow, places
from tasks_lib.pictures.asked import Asked
from tasks_lib.pictures.shapes import Picture


@dataclass(frozen=True)
class PictureKind:
    """How a picture is made, and what it is called where one is chosen."""

    make: Callable[[Asked], Picture]
    words: str


KINDS: Mapping[str, PictureKind] = {
    "weeks": PictureKind(flow.weeks, "Hoàn thành theo tuần"),
    "districts": PictureKind(places.districts, "Theo địa bàn"),
    "communes": PictureKind(places.communes, "Từng {lowest}"),
    "ahead": PictureKind(flow.ahead, "Bốn tuần tới"),
    "items": PictureKind(flow.items, "Từng nhiệm vụ"),
    "tiers": PictureKind(places.tiers, "Theo cấp"),
    "steps": PictureKind(flow.steps, "Nhắc việc theo bước"),
    "papi": PictureKind(flow.papi, "Điểm và việc"),
}
"""By the word that commands and addresses use."""


def kind_words(house: House, kind: str) -> str:
    """Return what a picture is called where one is chosen."""
    return KINDS[kind].words.format(lowest=house.levels[0].short)


def draw(kind: str, asked: Asked) -> Picture:
    """Make a picture."""
    return KINDS[kind].make(asked)
