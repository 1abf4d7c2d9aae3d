"""A page's form as a browser would send it: every field with what stands in it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

SENT_BY_ITSELF = frozenset({"submit", "button", "file", "image"})

Fields = dict[str, list[str]]


def form_of(html: str, action: str) -> Fields:
    """The fields of the form whose address ends so; buttons and unticked boxes are not sent."""
    reader = _Reader(action)
    reader.feed(html)
    reader.close()
    assert reader.found, f"no form to {action}"
    return reader.fields


def forms_of(html: str) -> dict[str, Fields]:
    """The fields of every form of a page that sends something, by its address."""
    found = re.findall(r'<form method="post" action="([^"]+)"', html)
    return {unescape(action): form_of(html, unescape(action)) for action in found}


class _Reader(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self._action = action
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None
        self._option: dict[str, str] = {}
        self._text = ""
        self.found = False
        self.fields: Fields = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action", "").endswith(self._action)
            self.found = self.found or self._inside
        if not self._inside:
            return
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area, self._text = given["name"], ""
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option":
            self._option, self._text = given, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea" and self._area is not None:
            self._put(self._area, self._text)
            self._area = None
        elif tag == "option" and self._select is not None:
            # A list where nothing is chosen sends its first line.
            if "selected" in self._option or self._select not in self.fields:
                self.fields[self._select] = [self._option.get("value", self._text)]
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        self._text += data

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        ticked = kind not in {"checkbox", "radio"} or "checked" in given
        if name and ticked and kind not in SENT_BY_ITSELF:
            self._put(name, given.get("value", "on" if kind in {"checkbox", "radio"} else ""))

    def _put(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)
