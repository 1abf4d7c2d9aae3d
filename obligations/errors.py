"""What the domain answers when it will not do something; every message is one line for a user."""

from __future__ import annotations


class DomainError(Exception):
    """Base of all that a user is told in one line."""


class Invalid(DomainError):
    """The input itself is wrong: an unknown name, an impossible date, a missing field."""


class Refused(DomainError):
    """The input is right, but a rule forbids it now: a wrong side, a stale version, a closed state."""


class Unavailable(DomainError):
    """Something the program needs does not answer, or broke down on the way; the line says where to look."""
