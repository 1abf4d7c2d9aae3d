"""What is said to be on disk is on disk, whole, and for its owner's eyes alone."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700
HIDDEN_FROM_OTHERS = 0o077
"""The umask under which every file and folder is made."""


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder: a file whose name is lost is lost."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file completely or not at all, and come back when the disk has it.

    A reader never sees half of it: it is written aside and renamed.
    """
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).replace(target)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def close_to_others(path: Path) -> None:
    """Take a file or a folder with all below it away from everybody but its owner; what is not ours stays."""
    if path.is_symlink() or not path.exists():
        return
    _tighten(path)
    if path.is_dir():
        for inner in path.iterdir():
            close_to_others(inner)


def close_folder(folder: Path) -> None:
    """Close one folder itself; never one that is everybody's, or somebody's whole home."""
    if folder.is_dir() and folder not in (Path("/"), Path.home()):
        everybodys = folder.stat().st_mode & stat.S_ISVTX
        if not everybodys:
            _tighten(folder)


def _tighten(path: Path) -> None:
    found = path.stat()
    kept = stat.S_IMODE(found.st_mode) & ~HIDDEN_FROM_OTHERS
    if found.st_uid == os.geteuid() and kept != stat.S_IMODE(found.st_mode):
        path.chmod(kept)
