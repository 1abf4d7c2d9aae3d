"""Word, Excel and PowerPoint files of before 2007: one container for all, also for installers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from tasks_lib.evidence.evidence_refusals import has_macros, is_encrypted, is_not_what_it_says

CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
"""What a compound file (OLE) begins with."""
LEGACY_STREAMS = {
    ".doc": {"WordDocument"},
    ".xls": {"Workbook", "Book"},
    ".ppt": {"PowerPoint Document"},
}
"""Extension → the stream in which such a file has its content."""
_ENCRYPTED = "EncryptedPackage"
_MACROS = "_VBA_PROJECT"
# An entry of the container's directory: 64 bytes of name in UTF-16, then the name's length in bytes with its
# end. Directories start at sectors, so entries lie at multiples of their size.
_ENTRY, _NAME, _CHUNK = 128, 64, 128 * 8192


def check_legacy(name: str, extension: str, content: BinaryIO) -> None:
    """Raise Invalid unless a file is an old office file of this extension, without password and macros."""
    if not is_container(content):
        raise is_not_what_it_says(name, extension)
    found = _streams(content, {_ENCRYPTED, _MACROS, *LEGACY_STREAMS[extension]})
    if _ENCRYPTED in found:
        raise is_encrypted(name)
    if _MACROS in found:
        raise has_macros(name)
    if not found & LEGACY_STREAMS[extension]:
        raise is_not_what_it_says(name, extension)


def is_container(content: BinaryIO) -> bool:
    """Whether a file is a compound file."""
    content.seek(0)
    return content.read(len(CONTAINER)) == CONTAINER


def is_locked(content: BinaryIO) -> bool:
    """Whether a compound file is a newer office file under a password."""
    return _ENCRYPTED in _streams(content, {_ENCRYPTED})


def _streams(content: BinaryIO, wanted: set[str]) -> set[str]:
    """Return which of these names stand in the container's directory."""
    heads = {_head(name): name for name in wanted}
    starts = tuple(heads)
    named = (_named(entry) for entry in _entries(content) if entry.startswith(starts))
    return {heads[name] for name in named if name in heads}


def _entries(content: BinaryIO) -> Iterator[bytes]:
    content.seek(0)
    while chunk := content.read(_CHUNK):
        for start in range(0, len(chunk), _ENTRY):
            yield chunk[start : start + _NAME + 2]


def _head(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _named(entry: bytes) -> bytes:
    return entry[: int.from_bytes(entry[_NAME : _NAME + 2], "little")]
