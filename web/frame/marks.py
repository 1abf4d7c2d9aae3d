"""How something stands against its last day, as a tone and a letter: the same on every page."""

from __future__ import annotations

from obligations.model import TimeState

MARKS: dict[TimeState, tuple[str, str]] = {
    TimeState.OVERDUE: ("late", "Q"),
    TimeState.PAST_ASKED: ("asked", "N"),
    TimeState.DUE_SOON: ("soon", "S"),
    TimeState.IN_TIME: ("wait", "C"),
    TimeState.PAUSED: ("wait", "T"),
    TimeState.DONE_IN_TIME: ("ok", "Đ"),
    TimeState.DONE_LATE: ("soon", "M"),
    TimeState.DONE_PAST_ASKED: ("asked", "SN"),
    TimeState.NO_DEADLINE: ("", ""),
}
"""A tone, and a letter that says the same in print."""
