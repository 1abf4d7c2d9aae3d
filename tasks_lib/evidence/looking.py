"""Evidence files: looked at, then stored by the hash of their content; what is not taken leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from config.settings import Settings
from obligations.errors import Gathering, Invalid
from store.reports import Stored
from store.vault import CHUNK, Vault
from tasks_lib.evidence.evidence_names import clean
from tasks_lib.evidence.evidence_refusals import refused
from tasks_lib.evidence.evidence_types import media_type_of

MOST_FILES = 20
"""With one report [ours]."""
_KEPT_IN_MEMORY = CHUNK


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    content: bytes | BinaryIO


def keep(
    settings: Settings, files: Sequence[Path | Upload | Stored], *, asked_by: str = "--evidence"
) -> tuple[Stored, ...]:
    """Store the evidence of one report; the same content twice is one file. Raises Faults naming bad ones.

    All are looked at before the first is stored, so that a report that is refused leaves nothing behind.
    What a draft has kept already is taken as it is.
    """
    if len(files) > MOST_FILES:
        raise Invalid(f"mỗi báo cáo đính kèm nhiều nhất {MOST_FILES} tệp, đã chọn {len(files)}")
    with ExitStack() as copies:
        kept = [file for file in files if isinstance(file, Stored)]
        looked_at, wrong = [], Gathering()
        for file in files:
            with wrong.at():
                if not isinstance(file, Stored):
                    looked_at.append(_look(settings, file, copies, asked_by))
        wrong.settle()
        for stored, content in looked_at:
            content.seek(0)
            Vault(settings.evidence_url).put(stored.sha256, content)
        together = (*kept, *(stored for stored, _ in looked_at))
        # Attached again under whatever name: the report has it already.
        return tuple({stored.sha256: stored for stored in reversed(together)}.values())[::-1]


def sound(settings: Settings, files: Sequence[Upload | Stored]) -> tuple[Stored, ...]:
    """Store those of the files that are taken, each for itself, so that they need not be chosen again."""
    kept: list[Stored] = []
    for file in files:
        with suppress(Invalid):
            kept += keep(settings, (file,))
    return tuple(kept)


def _look(
    settings: Settings, file: Path | Upload, copies: ExitStack, asked_by: str
) -> tuple[Stored, BinaryIO]:
    """Copy a file aside, where it can be read back and forth, and say what it is."""
    name = clean(file.name)
    aside = copies.enter_context(_aside())
    with ExitStack() as reading:
        digest, size = _copy(name, _opened(file, reading, asked_by), aside, settings.evidence_max_mb)
    media_type = media_type_of(name, aside)
    return Stored(name=name, sha256=digest, size=size, media_type=media_type), aside


@contextmanager
def _aside() -> Iterator[BinaryIO]:
    with SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as copy:
        yield cast("BinaryIO", copy)


def _opened(file: Path | Upload, reading: ExitStack, asked_by: str) -> BinaryIO:
    if isinstance(file, Upload):
        stream = BytesIO(file.content) if isinstance(file.content, bytes) else file.content
        if stream.seekable():
            stream.seek(0)
        return stream
    if not file.is_file():
        raise Invalid(f"{asked_by}: không có tệp '{file}'")
    return reading.enter_context(file.open("rb"))


def _copy(name: str, source: BinaryIO, aside: BinaryIO, most_mb: int) -> tuple[str, int]:
    """Copy piece by piece and stop at the limit: of a file that is too large no more is read."""
    digest, size = sha256(), 0
    while piece := source.read(CHUNK):
        size += len(piece)
        if size > most_mb * 1024 * 1024:
            raise refused(name, f"lớn hơn {most_mb} MB", "quét lại với độ phân giải thấp hơn hoặc chia nhỏ")
        digest.update(piece)
        aside.write(piece)
    if size == 0:
        raise refused(name, "rỗng (0 byte)", "kiểm tra lại tệp trên máy rồi đính kèm lại")
    return digest.hexdigest(), size
