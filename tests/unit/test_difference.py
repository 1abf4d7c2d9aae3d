"""What differs between two texts: nothing of either is lost, and a reader sees few, whole changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tasks_lib.kernel.difference import ADDED, REMOVED, SAME, Moved, Piece, values_between, words_between

TEXTS = st.text("ab 1.\nđế", max_size=40) | st.lists(
    st.sampled_from(["xã", "thôn", "12", "15", "đã", "; ", " ", "\n", "."]), max_size=25
).map("".join)


def without(pieces: tuple[Piece, ...], sort: str) -> str:
    return "".join(piece.text for piece in pieces if piece.sort != sort)


@given(TEXTS, TEXTS)
def test_without_the_added_pieces_it_is_the_old_text_and_without_the_removed_ones_the_new(
    before: str, after: str
) -> None:
    pieces = words_between(before, after)

    assert without(pieces, ADDED) == before
    assert without(pieces, REMOVED) == after


@given(TEXTS)
def test_the_same_text_has_no_change(text: str) -> None:
    assert {piece.sort for piece in words_between(text, text)} <= {SAME}


def test_a_changed_word_is_shown_alone() -> None:
    assert words_between("Đã làm tại 12 thôn.", "Đã làm tại 15 thôn.") == (
        Piece(SAME, "Đã làm tại "),
        Piece(REMOVED, "12"),
        Piece(ADDED, "15"),
        Piece(SAME, " thôn."),
    )


def test_words_changed_one_after_the_other_are_one_change() -> None:
    assert words_between("Đã triển khai đến thôn, bản.", "Đã thực hiện trong kỳ.") == (
        Piece(SAME, "Đã "),
        Piece(REMOVED, "triển khai đến thôn, bản"),
        Piece(ADDED, "thực hiện trong kỳ"),
        Piece(SAME, "."),
    )


def test_long_texts_are_compared_line_by_line() -> None:
    lines = [f"dòng {n} của báo cáo" for n in range(2000)]
    after = [*lines[:7], "dòng bảy", *lines[8:]]

    pieces = words_between("\n".join(lines), "\n".join(after))

    assert [p for p in pieces if p.sort != SAME] == [
        Piece(REMOVED, "dòng 7 của báo cáo\n"),
        Piece(ADDED, "dòng bảy\n"),
    ]


def test_values_that_came_went_or_changed_are_named() -> None:
    before = {"Số buổi": "10 buổi", "Văn bản": "số 1", "Tỷ lệ": "18/21 (85,7%)"}
    after = {"Số buổi": "13 buổi", "Tỷ lệ": "18/21 (85,7%)", "Tệp": "a.pdf"}

    assert values_between(before, after) == (
        Moved("Số buổi", "10 buổi", "13 buổi"),
        Moved("Tệp", "", "a.pdf"),
        Moved("Văn bản", "số 1", ""),
    )
