"""What a form that came back says is wrong: its list, the fields it leads to, and no codes."""

from __future__ import annotations

import re

from tests.support.pages.visits import Seen

CODES = re.compile(r"số liệu [a-z]\b|\d{4}-Q\d|x\d{5}-\d{4}|/once|ask_until|expected_on|completed_on")
"""What only the program calls so."""


def told(page: Seen) -> list[tuple[str, str]]:
    """The links of the list above the form: the field each leads to, and what it says."""
    found = re.search(r'<div [^>]*id="can-sua" role="alert" tabindex="-1".*?</div>', page.html, re.DOTALL)
    assert found is not None, page.text
    return re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', found.group())


def tag_of(page: Seen, where: str) -> str:
    """The opening tag of the field of one id."""
    (found,) = re.findall(rf'<(?:input|select|textarea)[^>]*\bid="{re.escape(where)}"[^>]*>', page.html)
    return str(found)


def is_told_at(page: Seen, where: str) -> bool:
    """Whether a field is marked as wrong and tied to its words, which stand once."""
    tag = tag_of(page, where)
    marked = 'aria-invalid="true"' in tag and f"e-{where}" in tag
    return marked and page.html.count(f'id="e-{where}"') == 1
