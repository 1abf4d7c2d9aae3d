"""Office files since 2007 and OpenDocument: ZIP packages, looked through before they are kept."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from obligations.errors import Invalid
from tasks_lib.evidence.evidence_legacy import is_container, is_locked
from tasks_lib.evidence.evidence_refusals import (
    grows_too_large,
    has_macros,
    is_broken,
    is_encrypted,
    is_not_what_it_says,
    refused,
)

PACKAGE_PARTS = {
    ".docx": "word/",
    ".xlsx": "xl/",
    ".pptx": "ppt/",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""Extension → the folder such a package has, or for OpenDocument the type it states."""
LARGEST_INSIDE = 200 * 1024 * 1024
"""Bytes of all that is packed in one file [ours]."""
LARGEST_RATIO, RATIO_FROM = 100, 10 * 1024 * 1024
"""No honest document of more than RATIO_FROM bytes packs tighter than this [ours]."""
MOST_ENTRIES = 5000
"""Parts of one package with those of what is embedded in it [ours]."""
DEEPEST = 1
"""A chart in a document carries its table as a package of its own; nothing lies deeper."""

_CHUNK = 1024 * 1024
_KEPT_IN_MEMORY = 1024 * 1024
_PACKAGE, _ENTRY_MARK = b"PK\x03\x04", b"PK\x01\x02"
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ\0", b"\x1f\x8b")
# Word keeps drawings of the old kind packed by gzip.
_PACKED_DRAWINGS = {".emz", ".wmz"}
_SMALL_PART = 1024 * 1024
_CONTENT_TYPES, _ODF_TYPE, _ODF_MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_READ_THROUGH = {_CONTENT_TYPES, _ODF_TYPE, _ODF_MANIFEST}
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What reading a damaged or a forged package raises."""


def check_package(name: str, extension: str, content: BinaryIO) -> None:
    """Raise Invalid unless a file is a whole package of this extension: no password, no macros, no bomb."""
    content.seek(0)
    if content.read(len(_PACKAGE)) != _PACKAGE:
        if is_container(content) and is_locked(content):
            raise is_encrypted(name)
        raise is_not_what_it_says(name, extension)
    if _entries_stated(content) > MOST_ENTRIES:
        raise grows_too_large(name)
    try:
        _Look(name=name, packed=_size(content)).through(extension, content, depth=0)
    except _BROKEN:
        raise is_broken(name) from None


@dataclass(kw_only=True)
class _Look:
    """One look through a package and what is embedded in it; they share one allowance."""

    name: str
    packed: int
    inflated: int = 0
    entries: int = 0

    def through(self, extension: str, content: BinaryIO, depth: int) -> None:
        with ZipFile(content) as package:
            entries = package.infolist()
            self._check_stated(entries)
            stated = {entry.filename: self._part(package, entry, depth) for entry in entries}
        self._check_kind(extension, stated)

    def _check_stated(self, entries: list[ZipInfo]) -> None:
        """Look at what the package says of itself, before anything is unpacked."""
        self.entries += len(entries)
        if self.entries > MOST_ENTRIES:
            raise grows_too_large(self.name)
        self._check_growth(self.inflated + sum(entry.file_size for entry in entries))
        for entry in entries:
            if entry.flag_bits & 1:
                raise is_encrypted(self.name)
            if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise is_broken(self.name)
            _check_entry_name(self.name, entry.filename)

    def _check_growth(self, inflated: int) -> None:
        tight = inflated > RATIO_FROM and inflated > self.packed * LARGEST_RATIO
        if tight or inflated > LARGEST_INSIDE:
            raise grows_too_large(self.name)

    def _part(self, package: ZipFile, entry: ZipInfo, depth: int) -> bytes:
        """Unpack one part to its end and return its text where its text matters."""
        pieces = self._unpacked(package, entry)
        first = next(pieces, b"")
        if first.startswith(_PACKAGE):
            self._embedded(entry, first, pieces, depth)
            return b""
        self._check_archive(entry, first)
        text = bytearray(first if entry.filename in _READ_THROUGH else b"")
        for piece in pieces:
            if entry.filename in _READ_THROUGH:
                text += piece
            if len(text) > _SMALL_PART:
                raise is_broken(self.name)
        return bytes(text)

    def _unpacked(self, package: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
        """Yield what really comes out, whatever size is stated, and count it."""
        endless = copy.copy(entry)
        # The reader stops at the stated size; another program would not.
        endless.file_size = LARGEST_INSIDE + 1
        came_out = 0
        with package.open(endless) as part:
            while piece := part.read(_CHUNK):
                came_out += len(piece)
                self.inflated += len(piece)
                self._check_growth(self.inflated)
                yield piece
        if came_out != entry.file_size:
            raise is_broken(self.name)

    def _embedded(self, entry: ZipInfo, first: bytes, rest: Iterator[bytes], depth: int) -> None:
        extension = PurePath(entry.filename).suffix.lower()
        if depth >= DEEPEST or extension not in PACKAGE_PARTS:
            raise _has_archive(self.name)
        with SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as inner:
            inner.write(first)
            inner.writelines(rest)
            self.through(extension, cast("BinaryIO", inner), depth + 1)

    def _check_archive(self, entry: ZipInfo, first: bytes) -> None:
        drawing = PurePath(entry.filename).suffix.lower() in _PACKED_DRAWINGS
        if first.startswith(_OTHER_ARCHIVES) and not drawing:
            raise _has_archive(self.name)

    def _check_kind(self, extension: str, stated: dict[str, bytes]) -> None:
        wanted = PACKAGE_PARTS[extension]
        if wanted.endswith("/"):
            # Without the zeros it reads the same in UTF-8 and UTF-16.
            types = stated.get(_CONTENT_TYPES, b"").replace(b"\0", b"").lower()
            if b"macroenabled" in types or b"vbaproject" in types:
                raise has_macros(self.name)
            fits = bool(types) and any(part.startswith(wanted) for part in stated)
        else:
            if b"encryption-data" in stated.get(_ODF_MANIFEST, b"").replace(b"\0", b""):
                raise is_encrypted(self.name)
            fits = stated.get(_ODF_TYPE) == wanted.encode()
        if not fits:
            raise is_not_what_it_says(self.name, extension)


def _check_entry_name(name: str, part: str) -> None:
    if PurePath(part).name.lower().startswith("vbaproject") or part.startswith(("Basic/", "Scripts/")):
        raise has_macros(name)


def _has_archive(name: str) -> Invalid:
    return refused(name, "chứa tệp nén bên trong", "bỏ tệp nén đó ra, đính kèm từng tệp riêng")


def _size(content: BinaryIO) -> int:
    return content.seek(0, 2)


def _entries_stated(content: BinaryIO) -> int:
    """Count the parts without opening the package: opening one of half a million takes seconds."""
    content.seek(0)
    count, tail = 0, b""
    while chunk := content.read(_CHUNK):
        count += (tail + chunk).count(_ENTRY_MARK)
        tail = chunk[-(len(_ENTRY_MARK) - 1) :]
    return count
