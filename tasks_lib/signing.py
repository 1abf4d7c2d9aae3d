"""The key that signs links and cookies, and how a link's address is signed and read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from itsdangerous import BadSignature, Signer

from config.disk import sync_folder
from config.settings import Settings

KEY_FILE = "secret.key"
SALT = "dondoc.link"


def secret_key(settings: Settings) -> str:
    """Return the key from the environment, or the one under the home, made at first need."""
    kept = kept_key(settings)
    if kept is None:
        _make(settings.home / KEY_FILE)
        kept = kept_key(settings)
    assert kept is not None
    return kept


def kept_key(settings: Settings) -> str | None:
    """Return the key that is there already; None where there is none yet, or none any more."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.home / KEY_FILE
    return path.read_text(encoding="ascii").strip() if path.exists() else None


def _make(path: Path) -> None:
    """Write a new key for the owner's eyes only; of two processes at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{KEY_FILE}.{os.getpid()}")
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


def new_token() -> str:
    """Return an identifier nobody can guess."""
    return secrets.token_urlsafe(18)


def sign(settings: Settings, token: str) -> str:
    """Return what stands in a link's address."""
    return Signer(secret_key(settings), salt=SALT).sign(token).decode()


def unsign(settings: Settings, signed: str) -> str | None:
    """Return the identifier of a signed address; None where the signature is not ours."""
    try:
        return Signer(secret_key(settings), salt=SALT).unsign(signed).decode()
    except (BadSignature, UnicodeError):
        return None
