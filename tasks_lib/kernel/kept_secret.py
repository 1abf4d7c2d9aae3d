"""A secret that is made at first need and kept in a file for its owner's eyes only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from config.disk import sync_folder


def kept_secret(path: Path) -> str:
    """Return what the file holds; it is made where it is missing."""
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write a new secret for the owner's eyes only; of two processes at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)
        sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
