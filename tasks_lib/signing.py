"""The key that signs links and cookies, and how a link's address is signed and read."""

from __future__ import annotations

import secrets

from itsdangerous import BadSignature, Signer

from config.settings import Settings
from tasks_lib.kept_secret import kept_secret

KEY_FILE = "secret.key"
SALT = "dondoc.link"


def secret_key(settings: Settings) -> str:
    """Return the key from the environment, or the one under the home, made at first need."""
    return kept_key(settings) or kept_secret(settings.home / KEY_FILE)


def kept_key(settings: Settings) -> str | None:
    """Return the key that is there already; None where there is none yet, or none any more."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.home / KEY_FILE
    return kept_secret(path) if path.exists() else None


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
