"""Word documents become pages: by LibreOffice, where a machine has it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from obligations.errors import Unavailable

MEDIA_TYPE = "application/pdf"
NAMES = ("soffice", "libreoffice")
MISSING = (
    "máy này chưa có LibreOffice nên chỉ có tệp Word, không có PDF"
    " (Debian: apt install libreoffice-writer-nogui fonts-liberation)"
)
START_SECONDS, EACH_SECONDS = 120, 10


def office() -> str | None:
    """Return where LibreOffice is; None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def to_pdf(papers: Sequence[bytes]) -> list[bytes] | None:
    """Turn Word documents into PDF, all in one start of LibreOffice; None where there is none."""
    program = office()
    if program is None:
        return None
    with TemporaryDirectory(prefix="dondoc-pdf-") as folder:
        place = Path(folder)
        sources = [place / f"{number}.docx" for number, _ in enumerate(papers)]
        for source, content in zip(sources, papers, strict=True):
            source.write_bytes(content)
        _convert(program, place, sources)
        return [source.with_suffix(".pdf").read_bytes() for source in sources]


def _convert(program: str, place: Path, sources: Sequence[Path]) -> None:
    # A profile of its own: one that is in use elsewhere would refuse a second start.
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(place)]
    seconds = START_SECONDS + EACH_SECONDS * len(sources)
    try:
        done = subprocess.run(  # noqa: S603 - the program is found above, the files are ours
            [*command, *map(str, sources)], capture_output=True, timeout=seconds, check=False, text=True
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"LibreOffice không chuyển xong sang PDF trong {seconds} giây") from None
    if any(not source.with_suffix(".pdf").exists() for source in sources):
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Unavailable(f"LibreOffice không chuyển được sang PDF: {said[-1] if said else done.returncode}")


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    return len(PdfReader(BytesIO(pdf)).pages)
