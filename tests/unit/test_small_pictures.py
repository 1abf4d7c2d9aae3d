"""Small pictures of evidence: of photographs and scans, and never at the price of unpacking a bomb."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter

from tasks_lib.evidence.small import THUMB, can_be_shown, page, photo


def jpeg(width: int, height: int, turned: int = 1) -> bytes:
    """A photograph; a telephone held upright says so in its EXIF."""
    made = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turned
    Image.new("RGB", (width, height), "#336699").save(made, "JPEG", exif=exif)
    return made.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A few hundred bytes that say that they are a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(width: float, height: float) -> bytes:
    """An empty page of some size."""
    writer = PdfWriter()
    writer.add_blank_page(width, height)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def size(made: bytes | None) -> tuple[int, int]:
    assert made is not None
    with Image.open(BytesIO(made), formats=("JPEG",)) as found:
        assert not found.getexif()
        return found.size


def test_a_photograph_is_small_upright_and_says_nothing_of_where_it_was_taken() -> None:
    assert size(photo(jpeg(1600, 1200), "JPEG", THUMB)) == (160, 120)
    assert size(photo(jpeg(1600, 1200, turned=6), "JPEG", THUMB)) == (120, 160)


@pytest.mark.parametrize(("width", "height"), [(10_000, 9_000), (20_000, 20_000), (100_000, 100_000)])
def test_what_says_it_is_huge_is_not_unpacked(width: int, height: int) -> None:
    assert photo(png_that_says(width, height), "PNG", THUMB) is None


@pytest.mark.parametrize("data", [b"", b"GIF89a", jpeg(40, 40)[:200], png_that_says(50, 50)[:60]])
def test_what_is_damaged_or_something_else_has_no_picture(data: bytes) -> None:
    assert photo(data, "JPEG", THUMB) is None
    assert photo(data, "PNG", THUMB) is None
    assert page(data, THUMB) is None


@pytest.mark.parametrize(("width", "height"), [(595, 842), (14_400, 10), (200_000, 200_000)])
def test_a_page_is_drawn_no_larger_than_asked_whatever_it_says(width: float, height: float) -> None:
    assert max(size(page(pdf(width, height), THUMB))) <= THUMB + 1


def test_only_photographs_and_scans_are_shown() -> None:
    assert [can_be_shown(name) for name in ("a.JPG", "b.pdf", "c.docx", "d.heic", "e")] == [
        True,
        True,
        False,
        False,
        False,
    ]
