"""The folder where the program keeps its files: what stands in it, and that only its owner reads it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from config.disk import HIDDEN_FROM_OTHERS, close_folder, close_to_others
from config.settings import Settings
from obligations.calendar import ZONE
from obligations.errors import Unavailable
from store.engine import sqlite_file

OURS = (
    "secret.key",
    "prefect.key",
    "journal.head",
    "mail",
    "mail-log",
    "evidence",
    "letters",
    "prefect",
    "backups",
)
BESIDE = ("", "-wal", "-shm")
"""What SQLite keeps beside its file: the log of what is new, and its index."""


def enter_home(settings: Settings) -> None:
    """Make the home where there is none; from now on this process makes files for its owner alone."""
    os.umask(HIDDEN_FROM_OTHERS)
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unavailable(f"DONDOC_HOME: không tạo được thư mục {settings.home}: {fault.strerror}") from None


def close_home(settings: Settings, engine: Engine) -> None:
    """Close to others what an older version, or a hand, left open to them."""
    close_folder(settings.home)
    for path in (*(settings.home / name for name in OURS), *database_files(engine)):
        close_to_others(path)


def replaced(at: datetime) -> str:
    """Return the name of the folder that keeps what a restore has taken the place of."""
    return f"replaced-{at.astimezone(ZONE):%Y-%m-%dT%H%M%S}"


def database_files(engine: Engine) -> list[Path]:
    """Return the files of a SQLite database; none for PostgreSQL."""
    path = sqlite_file(engine)
    return [] if path is None else [path.with_name(path.name + end) for end in BESIDE]
