"""Codes by which the history of a duty keeps what was done, where several rooms need them."""

from __future__ import annotations

from typing import Final

OPENED: Final = "open"
"""Its reason is how the day was reckoned."""
LOOK: Final = "look"
"""The desk has opened the report."""
ACCEPT: Final = "accept"
"""The desk confirms a report."""
UNDO_ACCEPT: Final = "undo-accept"
"""It takes that back within minutes."""
ASK_MORE: Final = "ask-more"
"""The desk wants more of a report before it decides."""
CALL: Final = "call"
REMARK: Final = "remark"
EXPLAIN: Final = "explain"
ASK_EXTENSION: Final = "ask-extension"
DIRECTIVE: Final = "directive"
URGED: Final = "urge-letter"
"""A signed letter urges it."""
UNPLANNED: Final = "unplanned"
PLANNED_AGAIN: Final = "planned-again"
HAND_OVER: Final = "hand-over"
"""Its holder is no more: the duty is the successor's."""
MERGED: Final = "merged"
"""The same, and the successor has another duty that says it."""
ENDED: Final = "ended"
"""Its holder is no more, and nobody took over."""
SENDING: Final = ("submit", "nothing-arose")
"""By these a report comes in."""
