"""A rendered paper is measured: which words stand on which line, the margins, letters without a font."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pypdf import PdfReader

from config.settings import PROJECT_ROOT
from notifications.papers.pdf import office

MM = 72 / 25.4
PICTURES = PROJECT_ROOT / "build" / "papers"
"""Where pictures of the pages are kept, to be looked at."""
needs_office = pytest.mark.skipif(office() is None, reason="no LibreOffice: no page to measure")


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
    )


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


def pictured(pdf: bytes, name: str, *, most: int = 6, scale: float = 1.0) -> list[Path]:
    """Keep pictures of the first pages, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    document = pypdfium2.PdfDocument(pdf)
    kept = []
    for number in range(min(len(document), most)):
        target = PICTURES / f"{name}-{number + 1}.png"
        document[number].render(scale=scale, grayscale=True).to_pil().save(target, optimize=True)
        kept.append(target)
    return kept
