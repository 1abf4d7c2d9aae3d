"""Evidence files for tests: honest ones as offices make them, and those nobody should take."""

from __future__ import annotations

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import docx
import xlsxwriter

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
JPEG = bytes.fromhex("ffd8ffe1") + b"\x00\x10Exif\x00\x00" + bytes(200) + bytes.fromhex("ffd9")
TIFF = b"II*\x00\x08\x00\x00\x00" + bytes(40)
TIFF_BIG_ENDIAN = b"MM\x00*\x00\x00\x00\x08" + bytes(40)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
PROGRAM = b"MZ\x90\x00" + bytes(300)
WORD_XML, ODF_TEXT = "word/document.xml", b"application/vnd.oasis.opendocument.text"
TYPES = b'<Types><Override PartName="/word/document.xml" ContentType="x"/></Types>'


def heic(brand: bytes = b"heic") -> bytes:
    """What a telephone's picture begins with."""
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1heic" + bytes(60)


def png() -> bytes:
    """One black point."""

    def part(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    head = pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    points = part(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + points + part(b"IEND", b"")


def word() -> bytes:
    """A document as Word writes it."""
    out = BytesIO()
    document = docx.Document()
    document.add_paragraph("Báo cáo kết quả thực hiện")
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    """A workbook as Excel writes it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Số liệu").write(0, 0, "18/21")
    return out.getvalue()


def package(parts: dict[str, bytes], method: int = ZIP_DEFLATED, base: bytes = b"") -> bytes:
    """A ZIP of these parts, behind those of another one."""
    out = BytesIO(base)
    with ZipFile(out, "a" if base else "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def open_text(**parts: bytes) -> bytes:
    """A text as LibreOffice writes it."""
    stored = package({"mimetype": ODF_TEXT}, ZIP_STORED)
    return package(
        {"content.xml": b"<office/>", "META-INF/manifest.xml": b"<manifest/>", **parts}, base=stored
    )


def legacy(*streams: str) -> bytes:
    """A file of before 2007: the container's head and the entries of its directory."""
    head = bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\x00")
    return head + b"".join(_entry(name) for name in ("Root Entry", *streams)) + bytes(512)


def lying(content: bytes, size: int) -> bytes:
    """A ZIP of one part whose headers state another size than what comes out."""
    forged = bytearray(content)
    forged[22:26] = pack("<I", size)
    central = content.rindex(b"PK\x01\x02")
    forged[central + 24 : central + 28] = pack("<I", size)
    return bytes(forged)


def with_password(content: bytes) -> bytes:
    """The same ZIP, its parts marked as encrypted."""
    forged = bytearray(content)
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        forged[place + 8] |= 1
        place += 4
    return bytes(forged)


def unusual() -> bytes:
    """A document packed in a way no office program packs."""
    return package({"[Content_Types].xml": TYPES, WORD_XML: b"<w/>"}, ZIP_BZIP2)


def bomb(size: int = 30 * 1024 * 1024) -> bytes:
    """A document of a few kilobytes that unpacks to many megabytes."""
    return package({"[Content_Types].xml": TYPES, WORD_XML: bytes(size)})


def _entry(name: str) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    return (written.ljust(64, b"\x00") + pack("<H", len(written))).ljust(128, b"\x00")
