"""Who sits at the command line: the account of the operating system, asked here and nowhere below."""

from __future__ import annotations

import os
from collections.abc import Mapping

from store.actor import Actor

try:
    import pwd
except ImportError:  # not on Windows
    pwd = None  # type: ignore[assignment]


def at_the_keyboard(environment: Mapping[str, str]) -> Actor:
    """Return whoever runs this command, and beside it whoever called sudo for it."""
    return Actor(channel="command", os_user=account(environment))


def account(environment: Mapping[str, str]) -> str:
    """Return the name of the process's real user, not what the environment says of it: "root (sudo: an)"."""
    name = _real_user(environment)
    sudo = environment.get("SUDO_USER", "")
    return f"{name} (sudo: {sudo})" if sudo and sudo != name else name


def _real_user(environment: Mapping[str, str]) -> str:
    if pwd is None:
        return environment.get("USERNAME", "")
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container's user without a name
        return f"uid {number}"
