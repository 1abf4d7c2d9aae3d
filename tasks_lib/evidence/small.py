"""A photograph or a scan's first page, small: drawn anew, so that a browser never opens the file itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING

from store.evidence import File
from store.vault import Vault
from tasks_lib.kernel.bootstrap import House

if TYPE_CHECKING:
    from PIL.Image import Image

THUMB, WHOLE = 160, 1400
"""Points of the longer side: in a row, and to be read."""
PHOTOS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF"}
PAPERS = (".pdf",)
MOST_BYTES = 40_000_000
MOST_POINTS = 60_000_000
"""A telephone's largest photograph has fifty million; what says more is not unpacked."""
QUALITY = 72
KEPT = 200
_ONE_AT_A_TIME = Lock()
"""PDFium is one for the whole process and knows no threads; pictures unpack one at a time with it."""


def can_be_shown(name: str) -> bool:
    """Whether a file's kind has a small picture."""
    return PurePath(name).suffix.lower() in (*PHOTOS, *PAPERS)


def small(house: House, file: File, side: int = THUMB) -> bytes | None:
    """Return a JPEG of a file, or None where it has none: too large, damaged, or of another kind."""
    if file.is_removed or file.size > MOST_BYTES or not can_be_shown(file.name):
        return None
    kind = PurePath(file.name).suffix.lower()
    if side == THUMB:
        return _kept(house.settings.evidence_url, file.sha256, kind)
    return _made(house.settings.evidence_url, file.sha256, kind, side)


@lru_cache(maxsize=KEPT)
def _kept(url: str, sha256: str, kind: str) -> bytes | None:
    return _made(url, sha256, kind, THUMB)


def _made(url: str, sha256: str, kind: str, side: int) -> bytes | None:
    data = _read(Vault(url).chunks(sha256))
    if data is None:
        return None
    with _ONE_AT_A_TIME:
        return page(data, side) if kind in PAPERS else photo(data, PHOTOS[kind], side)


def _read(chunks: Iterator[bytes]) -> bytes | None:
    """Read a file whole, but no more of it than was said."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MOST_BYTES:
            return None
    return bytes(data)


def photo(data: bytes, kind: str, side: int) -> bytes | None:
    """Draw a photograph small; its header says how large it is before anything is unpacked."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - only pages that show files

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=(kind,)) as found:
                if found.width * found.height > MOST_POINTS:
                    return None
                found.draft("RGB", (side * 2, side * 2))
                turned = ImageOps.exif_transpose(found)
                turned.thumbnail((side, side))
                return _jpeg(turned.convert("RGB"))
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError):
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def page(data: bytes, side: int) -> bytes | None:
    """Draw a scan's first page small, whatever size it says it is."""
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only pages that show files

    try:
        with PdfDocument(data) as document:
            if not len(document):
                return None
            first = document[0]
            longest = max(first.get_size())
            if not longest > 0:
                return None
            drawn: Image = first.render(scale=side / longest, may_draw_forms=False).to_pil()
            return _jpeg(drawn.convert("RGB"))
    except (PdfiumError, OSError, ValueError, MemoryError):
        return None


def _jpeg(image: Image) -> bytes:
    made = BytesIO()
    image.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
