"""The facts by which the round, the delivery and the watchman know of each other."""

from __future__ import annotations

WELL = "ok"
"""The value of a fact about something that ended well; any other value is what was wrong."""
ROUND_DONE = "round_done"
"""The last sweep of the whole plan that ended well; the plan's key follows the colon."""
DELIVERY_DONE = "delivery_done"
"""The last delivery within sending hours that the server did not stop."""
DELIVERY_STOPPED = "delivery_stopped"
"""What the mail server said when it refused everybody; gone with the next delivery that it takes."""
ENGINE_TROUBLE = "engine_trouble"
"""What Prefect's automations saw break; a later round that ended well is its end."""
PROBE = "probe"
"""How the last synthetic duty ended."""
KEY_MARK = "key_mark"
CLOCK_SKEW = "clock_skew"
"""How many seconds this machine's clock is ahead of whoever takes the heartbeat."""
ALARM = "alarm:"
"""Before a check's name: what has been told of its fault."""


def of_plan(key: str, plan: str) -> str:
    """Return the name of a fact that every plan of a database has for itself."""
    return f"{key}:{plan}"
