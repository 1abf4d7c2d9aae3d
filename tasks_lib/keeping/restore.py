"""`dondoc restore`: a copy put in place, with all mail held and what left since then written into it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from config.disk import sync_folder
from obligations.errors import Refused
from store.engine import open_engine, sqlite_file, writing
from store.migrate import is_known, lay_out
from store.resealing import begin_journal
from store.vault import Vault
from tasks_lib.keeping.after_restore import Standing, apply_log, standing
from tasks_lib.keeping.backup import (
    EVIDENCE,
    LETTERS,
    Manifest,
    evidence_place,
    pieces_of,
    verify,
    write_pieces,
)
from tasks_lib.keeping.proof import accept
from tasks_lib.keeping.sql.copying import FILES, SQLITE, is_empty, put_dump
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.home import close_home, database_files, replaced
from tasks_lib.kernel.mail_hold import MAIL_HOLD, hold_mail
from tasks_lib.kernel.signing import KEY_FILE
from tasks_lib.kernel.witness import FILE as WITNESS
from tasks_lib.mailing.mail_log import FOLDER as LOG
from tasks_lib.mailing.sql.left import hold_notes

LOCKED_BYTES, LOCKED_FROM = 510, 0x40000002
"""What SQLite locks in its file while it is open: a lock of ours there is refused to nobody else's gain."""


def restore(
    house: House, copy: Path, at: datetime, *, aside: bool = False, logs: Iterable[Path] = ()
) -> Standing:
    """Put a copy in place; nothing is deleted, and nothing is touched before all of it was looked through.

    With `aside` the database that is there is moved aside. `logs` are folders of mail logs that survived
    elsewhere; the home's own and the copy's are read anyway.
    """
    manifest = verify(copy)
    _check_fits(house, manifest, copy)
    stamp = replaced(at)
    if house.engine.dialect.name == SQLITE:
        with _room(house, aside=aside):
            _bring_files(house, copy, manifest, stamp, logs)
            staged = _staged(house, copy, manifest, at)
            _swap(house, staged, stamp)
    else:
        if not is_empty(house.engine):
            raise Refused(
                "cơ sở dữ liệu PostgreSQL không trống: tạo cơ sở dữ liệu mới (createdb), trỏ"
                " DONDOC_DATABASE_URL vào đó rồi chạy lại; cái cũ giữ nguyên"
            )
        _bring_files(house, copy, manifest, stamp, logs)
        _fill(house, copy, manifest, at)
        _bring_up(house, at)
    # The journal is as old as the copy, and rightly so; what it had been is written into it.
    accept(house, at, "restore", taken_at=manifest.taken_at)
    close_home(house.settings, house.engine)
    return standing(house)


def _check_fits(house: House, manifest: Manifest, copy: Path) -> None:
    if manifest.kind != house.engine.dialect.name:
        raise Refused(
            f"{copy}: bản sao của {manifest.kind}, còn DONDOC_DATABASE_URL là {house.engine.dialect.name}"
        )
    if not is_known(manifest.revision):
        raise Refused(
            f"{copy}: bản sao ở phiên bản {manifest.revision}, mới hơn chương trình: nâng cấp chương trình"
        )


@contextmanager
def _room(house: House, *, aside: bool) -> Iterator[None]:
    """Hold the place of a SQLite file while a copy is put there; refuse while somebody has it open."""
    path = sqlite_file(house.engine)
    assert path is not None
    if not path.exists() or path.stat().st_size == 0:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
        return
    if not aside:
        raise Refused(f"{path}: đã có cơ sở dữ liệu; thêm --replace để chuyển sang một bên (không xóa)")
    with path.open("r+b") as held:
        try:
            fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKED_BYTES, LOCKED_FROM)
        except OSError:
            raise Refused(
                f"{path}: đang có chương trình mở; dừng 'dondoc up', 'dondoc web' và các bộ chạy rồi làm lại"
            ) from None
        yield


def _staged(house: House, copy: Path, manifest: Manifest, at: datetime) -> Path:
    """Make the database ready beside its place: up to date, mail held, what left since written into it."""
    path = sqlite_file(house.engine)
    assert path is not None
    staged = path.with_name(f".{path.name}.restoring")
    for old in (staged.with_name(staged.name + end) for end in ("", "-wal", "-shm")):
        old.unlink(missing_ok=True)
    write_pieces(staged, pieces_of(copy / FILES[manifest.kind]))
    engine = open_engine(str(house.engine.url.set(database=str(staged))))
    try:
        lay_out(engine)
        on_stage = replace(house, engine=engine)
        with writing(engine) as connection:
            hold_mail(connection, datetime.fromisoformat(manifest.taken_at), at)
        _bring_up(on_stage, at)
    finally:
        engine.dispose()
    return staged


def _bring_up(house: House, at: datetime) -> None:
    lay_out(house.engine)
    with writing(house.engine) as connection:
        begin_journal(connection, at)  # a copy of a time before there was one
    with writing(house.engine) as connection:
        hold_notes(connection)
    apply_log(house)


def _swap(house: House, staged: Path, stamp: str) -> None:
    path = sqlite_file(house.engine)
    assert path is not None
    for old in database_files(house.engine):
        _move_aside(old, stamp)
    staged.rename(path)
    sync_folder(path.parent)


def _fill(house: House, copy: Path, manifest: Manifest, at: datetime) -> None:
    """Fill an empty PostgreSQL database; that mail is held is written in the same transaction."""
    script = house.settings.home / ".restoring.sql"
    held = (
        # A dump leaves the search path empty behind it.
        f"RESET search_path; DELETE FROM facts WHERE key = '{MAIL_HOLD}';"  # noqa: S608 - our own words
        f" INSERT INTO facts (key, value, at)"
        f" VALUES ('{MAIL_HOLD}', '{manifest.taken_at}', '{at.isoformat()}')"
    )
    try:
        put_dump(house.engine, copy / FILES[manifest.kind], script, held)
    finally:
        script.unlink(missing_ok=True)


def _bring_files(house: House, copy: Path, manifest: Manifest, stamp: str, logs: Iterable[Path]) -> None:
    """Bring evidence, letters, the key and the mail logs home; what is there already stays."""
    vault = Vault(house.settings.evidence_url)
    for digest in manifest.evidence:
        if digest not in manifest.missing:
            with evidence_place(copy.parent / EVIDENCE, digest).open("rb") as content:
                vault.put(digest, content)
    home = house.settings.home
    _bring_key(home, copy / KEY_FILE, stamp)
    # The copy's journal is shorter than the one this speaks of; it stays as a witness of what was lost.
    _move_aside(home / WITNESS, stamp)
    for path in sorted((copy / LETTERS).glob("*")):
        (home / LETTERS).mkdir(exist_ok=True)
        if not (home / LETTERS / path.name).exists():
            write_pieces(home / LETTERS / path.name, pieces_of(path))
    for folder in (copy / LOG, *logs):
        for path in sorted(folder.glob("*.jsonl")):
            _add_lines(path, home / LOG / path.name)


def _bring_key(home: Path, copied: Path, stamp: str) -> None:
    """Put the copy's key in place: with another one no link ever mailed would open."""
    own = home / KEY_FILE
    if own.exists() and own.read_bytes() != copied.read_bytes():
        _move_aside(own, stamp)
    if not own.exists():
        write_pieces(own, pieces_of(copied))


def _move_aside(path: Path, stamp: str) -> None:
    """Keep what another file takes the place of; one that is not there is no fault."""
    if path.exists():
        away = path.parent / stamp
        away.mkdir(exist_ok=True)
        path.rename(away / path.name)


def _add_lines(source: Path, target: Path) -> None:
    """Add the lines of another mail log that ours has not."""
    target.parent.mkdir(exist_ok=True)
    own = target.read_bytes() if target.exists() else b""
    known = set(own.splitlines())
    new = [line for line in source.read_bytes().splitlines() if line not in known]
    if new:
        start = own if not own or own.endswith(b"\n") else own + b"\n"
        write_pieces(target, [start, *(line + b"\n" for line in new)])
