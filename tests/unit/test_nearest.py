"""A word that is none of those known is told what comes nearest to it."""

from __future__ import annotations

import pytest

from obligations.nearest import meant, nearest

KNOWN = ["Bát Xát", "Bảo Thắng", "Bảo Yên", "Bắc Hà", "Sa Pa", "Văn Bàn"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("bat xat", "Bát Xát"), ("BAT XAC", "Bát Xát"), ("sapa", "Sa Pa"), ("van ban", "Văn Bàn")],
)
def test_diacritics_and_capitals_apart(typed: str, first: str) -> None:
    assert nearest(typed, KNOWN)[0] == first


def test_the_likeliest_stands_first_and_at_most_three_are_named() -> None:
    found = nearest("bao yen", [*KNOWN, "Bảo Yến", "Bao Yem", "Bảo Yêm", "Bão Yên"])
    assert found[0] == "Bảo Yên"
    assert len(found) <= 3


def test_of_two_that_sound_alike_the_first_is_named() -> None:
    assert nearest("bao yen", ["Bảo Yên", "Bão Yến"]) == ["Bảo Yên"]


def test_what_is_like_nothing_is_only_named_where_something_has_to_be() -> None:
    assert nearest("xyz", ["Bát Xát"]) == []
    assert nearest("bx", ["Bát Xát"]) == []
    assert nearest("bx", ["Bát Xát"], faint=True) == ["Bát Xát"]
    assert nearest("q", ["Bát Xát"], faint=True) == []


def test_a_refusal_names_them_or_says_nothing() -> None:
    assert meant("bat xat", ["Bát Xát", "Sa Pa"]) == "gần nhất: Bát Xát"
    assert meant("bx", ["Bát Xát"]) == ""
    assert meant("bx", ["Bát Xát"], faint=True) == "gần nhất: Bát Xát"
    assert meant("1.21", ["1.2", "1.213"]) == "gần nhất: 1.213, 1.2"
