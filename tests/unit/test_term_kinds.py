"""What every kind of deadline has to say of itself."""

from __future__ import annotations

import pytest

from obligations.terms import Life, Term, Turn


def test_a_kind_that_does_not_say_whether_it_comes_once_is_none() -> None:
    """One that says nothing would silently count as one that comes again."""

    class Someday(Term):
        key = "someday"

        def turns(self, life: Life) -> list[Turn]:
            return []

        @property
        def printed(self) -> str:
            return "Một ngày nào đó"

    with pytest.raises(TypeError, match=r"abstract .*once"):
        Someday()  # type: ignore[abstract]
