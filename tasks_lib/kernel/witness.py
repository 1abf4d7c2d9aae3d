"""The journal's end, kept beside the database: how many rows there were and the newest one's hash.

Rows taken away at the end of a chain leave nothing behind in it. Whoever has the database alone cannot make
this file say otherwise: it stands in the home and is signed with the key.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from config.settings import Settings
from store.journal import Head
from tasks_lib.kernel.signing import kept_key, secret_key

FILE: Final = "journal.head"

log = logging.getLogger(__name__)


class Broken(Exception):
    """A file that somebody else wrote, or that cannot be read."""


def keeper(settings: Settings) -> Callable[[Head], None]:
    """Return what keeps the journal's end after every commit."""

    def keep(head: Head) -> None:
        try:
            _keep(settings, head)
        except (OSError, Broken) as fault:
            # The change itself is committed; without the file `verify` only proves less.
            log.warning("%s: không ghi được: %s", FILE, fault)

    return keep


def _keep(settings: Settings, head: Head) -> None:
    known = kept(settings)
    # Of two processes the one that has seen more rows is right.
    if known is None or known.count < head.count:
        renew(settings, head)


def renew(settings: Settings, head: Head) -> None:
    """Write the end down whatever stands there: after a restore the journal is shorter, and rightly so."""
    settings.home.mkdir(parents=True, exist_ok=True)
    path = settings.home / FILE
    partial = path.with_name(f".{FILE}.{os.getpid()}.{head.count}")
    document = {"count": head.count, "hash": head.hash, "mac": _mac(secret_key(settings), head)}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(document, file)
    partial.replace(path)


def kept(settings: Settings) -> Head | None:
    """Return the end that is kept, or None where none is; raise Broken of one that is not ours."""
    path = settings.home / FILE
    if not path.exists():
        return None
    try:
        document = json.loads(path.read_text(encoding="ascii"))
        head = Head(count=int(document["count"]), hash=str(document["hash"]))
        mac = str(document["mac"])
    except (ValueError, KeyError, TypeError):
        raise Broken(_broken(path)) from None
    key = kept_key(settings)
    if key is None or not hmac.compare_digest(mac.encode(), _mac(key, head).encode()):
        raise Broken(_broken(path))
    return head


def _broken(path: Path) -> str:
    return f"{path}: không phải do chương trình này ghi, hoặc khóa secret.key đã thay"


def _mac(key: str, head: Head) -> str:
    return hmac.new(key.encode(), f"journal:{head.count}:{head.hash}".encode(), sha256).hexdigest()
