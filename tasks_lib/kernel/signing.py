"""The key that signs links and cookies, and how a link's address is signed and read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadSignature, Signer

from config.settings import Settings
from tasks_lib.kernel.kept_secret import kept_secret

KEY_FILE = "secret.key"
SALT = "dondoc.link"
FIELDS = 5
LONG_AGO = datetime.min.replace(tzinfo=UTC)


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


@dataclass(frozen=True, kw_only=True)
class Address:
    """What stands in a link's address: its identifier, and enough to know it by where its row is gone."""

    token: str
    purpose: str = ""
    agency: str = ""
    """Empty, as all but the identifier, in links mailed by earlier versions."""
    plan: str = ""
    expires_at: datetime = LONG_AGO


def sign(settings: Settings, address: Address) -> str:
    """Return what stands in a link's address, signed."""
    seconds = int(address.expires_at.timestamp())
    told = ".".join((address.token, address.purpose, f"{seconds:x}", address.agency, address.plan))
    return Signer(secret_key(settings), salt=SALT).sign(told).decode()


def unsign(settings: Settings, signed: str) -> Address | None:
    """Return what a signed address says; None where the signature is not ours."""
    try:
        told = Signer(secret_key(settings), salt=SALT).unsign(signed).decode().split(".", FIELDS - 1)
        if len(told) < FIELDS:
            return Address(token=told[0])
        token, purpose, seconds, agency, plan = told
        expires = datetime.fromtimestamp(int(seconds, 16), UTC)
        return Address(token=token, purpose=purpose, agency=agency, plan=plan, expires_at=expires)
    except (BadSignature, ValueError):
        return None
