"""Header lines of a message, encoded here because the standard library's folding loses spaces.

`email.policy` in Python 3.11 drops a space where it folds between two encoded words, which turned
"nhiệm vụ" into "nhiệmvụ"; the older `email.header.Header` keeps every letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.header import Header
from email.utils import formataddr

from notifications.wording import one_line

_LINE = 75
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def line(name: str, value: str) -> bytes:
    """Write one header line of ready, ASCII value."""
    return f"{name}: {value}\r\n".encode("ascii")


def text(name: str, words: str) -> bytes:
    """Write a header of free text; line breaks in it become spaces, so it stays one header."""
    clean = one_line(words)
    return line(name, clean if _is_plain(clean) else _encoded(name, clean))


def mailbox(name: str, display_name: str, address: str) -> bytes:
    """Write a header of one address with the name shown for it."""
    shown, checked = one_line(display_name), plain_address(address)
    if _is_plain(shown):
        return line(name, formataddr((shown, checked)))
    encoded = _encoded(name, shown)
    if "\r\n" in encoded:
        # Some programs show a gap between two encoded words of a name: a line of its own mostly fits one.
        encoded = f"\r\n {_encoded('', shown)}"
    return line(name, f"{encoded}\r\n <{checked}>")


def mailboxes(name: str, addresses: Iterable[str]) -> bytes:
    """Write a header of several bare addresses."""
    return line(name, ",\r\n ".join(plain_address(address) for address in addresses))


def identifiers(name: str, ids: Iterable[str]) -> bytes:
    """Write a header of message ids, one a line."""
    return line(name, "\r\n ".join(one_line(each) for each in ids))


def plain_address(address: str) -> str:
    """Return the address if it is one; anything else is refused before it reaches a header."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"không phải địa chỉ thư: {address!r}")
    return address


def _is_plain(words: str) -> bool:
    return words.isascii() and "=?" not in words


def _encoded(name: str, words: str) -> str:
    return Header(words, "utf-8", header_name=name, maxlinelen=_LINE).encode(linesep="\r\n")
