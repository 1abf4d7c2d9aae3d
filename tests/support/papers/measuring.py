"""A rendered paper is measured: lines and margins, what overlaps, names broken, letters without a font."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from pathlib import Path

import docx
import pdfplumber
import pypdfium2
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from config.settings import PROJECT_ROOT
from notifications.papers.fill import GLUE
from notifications.papers.pdf import office

MM = 72 / 25.4
FEW_LINES = 4
"""A page of two pictures has their headings, which are centred."""
PICTURES = PROJECT_ROOT / "build" / "papers"
"""Where pictures of the pages are kept, to be looked at."""
needs_office = pytest.mark.skipif(office() is None, reason="no LibreOffice: no page to measure")


TOUCHING = 0.2
"""Letters of two lines may touch by such a part of their height: a box is as high as the tallest letter."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A word and where it stands, in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def inset(self) -> float:
        """How far letters of another line may reach into it."""
        return (self.bottom - self.top) * TOUCHING

    def lies_on(self, other: Box) -> bool:
        """Whether the two are printed over each other."""
        apart = min(self.inset, other.inset)
        return (
            min(self.right, other.right) - max(self.left, other.left) > 1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > apart
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One page: its lines from the top, and where its words stand, in millimetres."""

    lines: tuple[str, ...]
    left: float
    right: float
    top: float
    bottom: float
    width: float
    height: float
    words: tuple[Box, ...] = field(repr=False)

    @property
    def overlapping(self) -> list[str]:
        """Words that are printed over each other."""
        found = []
        by_top = sorted(self.words, key=lambda word: word.top)
        for place, word in enumerate(by_top):
            near = takewhile(lambda other: other.top < word.bottom, by_top[place + 1 :])  # noqa: B023
            found += [f"{word.text} / {other.text}" for other in near if word.lies_on(other)]
        return found

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(self.lines)


def sheets(pdf: bytes) -> list[Sheet]:
    """Return the pages of a paper."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [_sheet(page) for page in opened.pages]


def _sheet(page: pdfplumber.page.Page) -> Sheet:
    words = page.extract_words(x_tolerance=1.5, y_tolerance=2)
    rows: dict[int, list[dict[str, float | str]]] = defaultdict(list)
    for word in words:
        rows[round(word["bottom"] / 3)].append(word)
    lines = tuple(
        " ".join(str(word["text"]) for word in sorted(row, key=lambda w: w["x0"]))
        for _, row in sorted(rows.items())
    )
    return Sheet(
        lines=lines,
        left=min(w["x0"] for w in words) / MM,
        right=(page.width - max(w["x1"] for w in words)) / MM,
        top=min(w["top"] for w in words) / MM,
        bottom=(page.height - max(w["bottom"] for w in words)) / MM,
        width=page.width / MM,
        height=page.height / MM,
        words=tuple(
            Box(text=str(w["text"]), left=w["x0"], right=w["x1"], top=w["top"], bottom=w["bottom"])
            for w in words
        ),
    )


def broken_names(word: bytes, pages: list[Sheet]) -> list[str]:
    """Return what a Word file holds together by its blanks and its pages do not show in one line."""
    held: dict[str, int] = defaultdict(int)
    for paragraph in docx.Document(BytesIO(word)).element.body.iter(qn("w:p")):
        text = "".join(run.text or "" for run in paragraph.iter(qn("w:t")))
        for part in text.split(" "):
            if GLUE in part.strip(GLUE):
                held[part.replace(GLUE, "")] += 1
    lines = [line.replace(" ", "") for page in pages for line in page.lines]
    return [name for name, times in held.items() if sum(line.count(name) for line in lines) < times]


def missing_letters(pdf: bytes) -> list[str]:
    """Return what has no letter in the font it is set in."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [c["text"] for page in opened.pages for c in page.chars if c["text"] in "\ufffd□"]


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return the fonts of a paper, and whether each travels with it."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            described = font.get_object()
            inner = described.get("/DescendantFonts", [described])[0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            name = str(described["/BaseFont"]).partition("+")[2]
            found[name] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found


def pictured(pdf: bytes, name: str, *, most: int = 12, scale: float = 1.0) -> list[Path]:
    """Keep pictures of the first pages, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    document = pypdfium2.PdfDocument(pdf)
    kept = []
    for number in range(min(len(document), most)):
        target = PICTURES / f"{name}-{number + 1}.png"
        document[number].render(scale=scale, grayscale=True).to_pil().save(target, optimize=True)
        kept.append(target)
    return kept


def printed_well(word: bytes, pdf: bytes, name: str) -> list[Sheet]:
    """Keep pictures of a paper, hold its pages to what every page has to be, and return them."""
    pictured(pdf, name)
    pages = sheets(pdf)
    for page in pages:
        assert page.left >= 29.5, page.lines
        assert page.left <= 45 or len(page.lines) < FEW_LINES, page.lines
        assert page.right >= 14.5, page.lines
        assert page.bottom >= 19.5, page.lines
        assert page.overlapping == [], page.lines
    assert broken_names(word, pages) == []
    assert all(fonts(pdf).values())
    assert {font.partition("-")[0] for font in fonts(pdf)} == {"LiberationSerif"}
    assert missing_letters(pdf) == []
    assert "None" not in " ".join(page.text for page in pages)
    return pages
