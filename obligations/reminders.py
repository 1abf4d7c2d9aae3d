"""What became of the reminders of one duty: recorded, accepted by the server, bounced are three facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """The reminders of one duty by what became of their mails; only what arrived may be held against a unit.

    What is recorded and on its way is in none of these.
    """

    arrived: tuple[date, ...] = ()
    """Days on which the unit's mail server accepted one."""
    passed_on: tuple[date, ...] = ()
    """Days on which another desk's server accepted one that it was asked to pass on."""
    to_superior: tuple[date, ...] = ()
    """Days on which the level above was told of it and its server accepted the mail."""
    refused: tuple[date, ...] = ()
    """Days of mails that no server accepted."""
    bounced: tuple[date, ...] = ()
    """Days of mails that were accepted and came back."""
    addresses: tuple[str, ...] = ()
    """Those that did not take a mail: for the desks that mend them, never for a paper that leaves."""

    @property
    def failed(self) -> bool:
        """Whether a reminder was sent in vain."""
        return bool(self.refused or self.bounced)


NONE = Reminders()
