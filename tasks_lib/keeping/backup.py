"""`dondoc backup`: database, evidence, key and mail log in one folder, read back before it counts as made."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection

from config.disk import sync_folder, write_whole
from obligations.calendar import ZONE
from obligations.errors import Invalid, Refused, Unavailable
from store.engine import snapshot
from store.facts import fact
from store.migrate import newest
from store.vault import Vault
from tasks_lib.answering.sql.drafts import evidence_of_drafts
from tasks_lib.duties.initialise import INSTANCE
from tasks_lib.keeping.sql.copying import FILES, counts_in_copy, evidence_named, row_counts, write_copy
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.signing import KEY_FILE, secret_key
from tasks_lib.mailing.mail_log import FOLDER as LOG

MANIFEST, EVIDENCE, LETTERS = "manifest.json", "evidence", "letters"
FORMAT = 1
ALEMBIC = "alembic_version"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a copy holds: enough to see on another machine that nothing of it is missing."""

    format: int
    program: str
    taken_at: str
    instance: str
    kind: str
    revision: str
    database: str
    """The SHA-256 of the database's file."""
    rows: dict[str, int]
    evidence: dict[str, int]
    """Size by SHA-256; the files stand in the folder beside, shared by all copies."""
    missing: tuple[str, ...] = ()
    """Contents that rows name and the store has lost."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A copy that was made and read back."""

    folder: Path
    manifest: Manifest
    database_bytes: int

    @property
    def verified(self) -> bool:
        """Whether everything that rows name is in it."""
        return not self.manifest.missing

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        found = self.manifest
        return {
            "backup": str(self.folder),
            "taken_at": found.taken_at,
            "database": {
                "kind": found.kind,
                "revision": found.revision,
                "bytes": self.database_bytes,
                "rows": sum(found.rows.values()),
            },
            "messages": found.rows["messages"],
            "evidence": {"files": len(found.evidence), "bytes": sum(found.evidence.values())},
            "missing": list(found.missing),
            "verified": self.verified,
        }


def backup(house: House, to: Path, at: datetime) -> Backup:
    """Make a copy under `to`, in a folder named after the instant; one that is not whole does not appear."""
    folder = to / f"{at.astimezone(ZONE):%Y-%m-%dT%H%M%S}"
    if folder.exists():
        raise Refused(f"{folder}: đã có bản sao của thời điểm này")
    part = to / f".{folder.name}.part"
    try:
        part.mkdir(parents=True)
        manifest = _filled(house, part, to / EVIDENCE, at)
        write_whole(part / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())
        part.rename(folder)
        sync_folder(to)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    size = (folder / FILES[manifest.kind]).stat().st_size
    return Backup(folder=folder, manifest=manifest, database_bytes=size)


def _filled(house: House, part: Path, evidence: Path, at: datetime) -> Manifest:
    kind = house.engine.dialect.name
    target = part / FILES[kind]
    with snapshot(house.engine) as connection:
        rows, named = row_counts(connection), evidence_named(connection) | evidence_of_drafts(connection)
        instance = _instance(connection)
        write_copy(connection, target)
    _sync(target)
    check_rows(kind, target, rows)
    _copy_small_files(house, part)
    # After the database: a content is stored before its row, so that all the copy names can be there.
    missing = tuple(digest for digest in named if not _keep(house, evidence, digest))
    return Manifest(
        format=FORMAT,
        program=version("dondoc"),
        taken_at=at.astimezone(ZONE).isoformat(timespec="seconds"),
        instance=instance,
        kind=kind,
        revision=newest(),
        database=digest_of(target),
        rows=rows,
        evidence=named,
        missing=missing,
    )


def check_rows(kind: str, path: Path, rows: dict[str, int]) -> None:
    """Read a copy back; raise Unavailable where it does not hold as many rows as were there."""
    found = counts_in_copy(kind, path)
    differing = [name for name, count in rows.items() if found.get(name) != count]
    if differing:
        name = differing[0]
        raise Unavailable(
            f"bản sao cơ sở dữ liệu thiếu dữ liệu: bảng {name} có {found.get(name)} dòng,"
            f" đúng ra {rows[name]}"
        )


def _instance(connection: Connection) -> str:
    known = fact(connection, INSTANCE)
    if known is None:
        raise Refused("cơ sở dữ liệu chưa có tên riêng: chạy 'dondoc init' rồi sao lưu lại")
    return known.value


def _copy_small_files(house: House, part: Path) -> None:
    write_whole(part / KEY_FILE, secret_key(house.settings).encode())
    for name in (LOG, LETTERS):
        source = house.settings.home / name
        for path in sorted(source.glob("*")) if source.is_dir() else ():
            (part / name).mkdir(exist_ok=True)
            write_whole(part / name / path.name, path.read_bytes())


def _keep(house: House, evidence: Path, digest: str) -> bool:
    """See to it that the folder beside the copies has a content; what it has already is only looked at."""
    target = evidence_place(evidence, digest)
    if target.exists() and digest_of(target) == digest:
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_pieces(target, Vault(house.settings.evidence_url).chunks(digest))
    except Unavailable:
        return False
    if digest_of(target) != digest:
        target.unlink()
        return False
    return True


def evidence_place(evidence: Path, digest: str) -> Path:
    """Return where a content stands beside the copies."""
    return evidence / digest[:2] / digest


def write_pieces(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a large file aside, wait for the disk, and give it its name."""
    aside = target.with_name(f".{target.name}.part")
    try:
        with aside.open("wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def pieces_of(path: Path) -> Iterator[bytes]:
    """Read a large file piece by piece."""
    with path.open("rb") as content:
        while piece := content.read(1024 * 1024):
            yield piece


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read_manifest(copy: Path) -> Manifest:
    """Read what a copy says of itself; raise Invalid where it is none, or one of a later program."""
    try:
        told = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
        found = Manifest(**{**told, "missing": tuple(told["missing"])})
    except OSError:
        raise Invalid(f"{copy}: không phải thư mục bản sao (không đọc được {MANIFEST})") from None
    except (ValueError, TypeError, KeyError):
        raise Invalid(f"{copy}/{MANIFEST}: không đọc được nội dung") from None
    if found.format != FORMAT:
        raise Refused(f"{copy}: bản sao của phiên bản chương trình mới hơn ({found.program})")
    return found


def verify(copy: Path) -> Manifest:
    """Look through a copy: its database from the first row to the last, and every evidence file."""
    manifest = read_manifest(copy)
    database = copy / FILES[manifest.kind]
    if not database.is_file() or digest_of(database) != manifest.database:
        raise Unavailable(f"{database}: thiếu hoặc không còn như lúc sao lưu")
    check_rows(manifest.kind, database, manifest.rows)
    for digest in manifest.evidence:
        place = evidence_place(copy.parent / EVIDENCE, digest)
        if digest not in manifest.missing and (not place.is_file() or digest_of(place) != digest):
            raise Unavailable(f"{place}: thiếu hoặc không còn như lúc sao lưu")
    return manifest
