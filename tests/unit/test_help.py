"""Every page says what it is for, and every letter of the pages has one meaning."""

from __future__ import annotations

import pytest

from web.frame.help import HELP, found_for
from web.frame.marks import HANDED_IN, LEGEND, MARKS, MORE_LETTERS, WORKS
from web.routes import PAGES

OPENED = sorted({page.path.partition("/{")[0] or "/" for page in PAGES if page.method == "GET"})


@pytest.mark.parametrize("path", OPENED)
def test_a_page_says_what_it_is_for(path: str) -> None:
    found = found_for(path)
    assert found is not None
    assert found.purpose.endswith(".")


def test_nothing_is_explained_that_is_no_page() -> None:
    assert {
        key for key in HELP if not any(path == key or path.startswith(f"{key}/") for path in OPENED)
    } == set()


def test_a_letter_means_one_thing_and_all_that_are_used_are_explained() -> None:
    letters = [letter for _, letter, _ in (*LEGEND, *MORE_LETTERS)]
    assert len(letters) == len(set(letters))
    used = {letter for _, letter in (*MARKS.values(), *WORKS.values(), HANDED_IN) if letter}
    assert used <= set(letters)
