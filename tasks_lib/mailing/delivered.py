"""What a delivery says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from obligations.calendar import ZONE

COUNTED = ("bundled", "sent", "failed", "dead", "held")


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """What a delivery did; on a day off or out of hours nothing, and until when it holds."""

    as_of: datetime
    bundled: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0
    held: int = 0
    """Messages parked because they could not be put together; each shows its reason."""
    held_until: datetime | None = None
    stopped: str | None = None
    """Why the run stopped early: the mail server refuses everybody, or is silent."""
    on_hold: datetime | None = None
    """Since when all mail is held because a copy was restored; then nothing is sent."""

    @property
    def went_wrong(self) -> bool:
        """Whether somebody has to look: mail was parked, or the server takes nothing."""
        return self.held > 0 or self.stopped is not None

    @classmethod
    def of_all(cls, of_plans: Sequence[DeliveryReport]) -> DeliveryReport:
        """Return what the deliveries of several plans did together; what kept back one is said for all."""
        return replace(
            of_plans[0],
            **{name: sum(getattr(one, name) for one in of_plans) for name in COUNTED},
            stopped="; ".join(dict.fromkeys(one.stopped for one in of_plans if one.stopped)) or None,
            held_until=next((one.held_until for one in of_plans if one.held_until), None),
            on_hold=next((one.on_hold for one in of_plans if one.on_hold), None),
        )

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {
            "as_of": self.as_of.isoformat(),
            "bundled": self.bundled,
            "sent": self.sent,
            "failed": self.failed,
            "dead": self.dead,
            "held": self.held,
            "held_until": self.held_until.isoformat() if self.held_until else None,
            "stopped": self.stopped,
            "on_hold": self.on_hold.astimezone(ZONE).isoformat() if self.on_hold else None,
        }
