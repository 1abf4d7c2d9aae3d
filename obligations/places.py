"""What the state calls its places and their people's committees: the same in every tree, said once."""

from __future__ import annotations

SORTS = ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố", "quận", "tỉnh")
"""How the names of places begin, in the order in which they are told together."""
COMMITTEE, COMMITTEE_IN_FULL = "UBND", "Ủy ban nhân dân"
"""How the names of people's committees begin: shortly, and as a letter addresses them."""
_BEGINNING = f"{COMMITTEE} "
TOWNS = {"thành phố": "TP.", "thị xã": "TX."}
"""Sorts of towns as tables shorten them: beside a town's bare name, which its province bears too."""
RURAL, IN_RURAL, IN_TOWNS = "huyện", "xã, thị trấn", "xã, phường"


def is_committee(body: str) -> bool:
    """Whether a name is that of a people's committee."""
    return body.startswith(_BEGINNING)


def place_of(body: str) -> str:
    """Return the place a people's committee is of: "huyện Bát Xát"; of others the name itself."""
    return body.removeprefix(_BEGINNING)


def in_full(body: str) -> str:
    """Return a name as a letter addresses it: "Ủy ban nhân dân xã A Mú Sung"; of others the name itself."""
    return f"{COMMITTEE_IN_FULL} {place_of(body)}" if is_committee(body) else body


def without_committee(text: str) -> str:
    """Take the word for people's committees out of a text, where room is short."""
    return text.replace(_BEGINNING, "")


def sort_of(place: str) -> str:
    """Return the word a place's name begins with: "thị trấn"; "" where it begins with none."""
    return next((sort for sort in SORTS if place.startswith(f"{sort} ")), "")


def bare(place: str) -> str:
    """Name a place without its sort: "A Mú Sung"."""
    return place.removeprefix(f"{sort_of(place)} ")


def named_in(name: str) -> str:
    """Return the bare name of the place a body's name ends with: "Lào Cai"; of others the name itself."""
    found = (name.rpartition(f"{sort} ")[2] for sort in SORTS if f"{sort} " in name)
    return min(found, key=len, default=name)


def parts_of(place: str) -> str:
    """Say what the units of a district are by law: "xã, thị trấn"; in a town "xã, phường"."""
    return IN_RURAL if sort_of(place) == RURAL else IN_TOWNS


def committee_of_its_sort(body: str) -> str:
    """Name a people's committee by the sort of its place alone: "UBND xã"; of others the name itself."""
    sort = sort_of(place_of(body)) if is_committee(body) else ""
    return f"{_BEGINNING}{sort}" if sort else body


def initials(name: str) -> str:
    """Shorten a name the way document numbers do: "UBND huyện Bát Xát" is UBND, "Sở Y tế" is SYT."""
    first = name.split(maxsplit=1)[0]
    return first if first.isupper() else "".join(word[0] for word in name.split()).upper()
