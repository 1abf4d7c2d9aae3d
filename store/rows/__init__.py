"""The rows of the tables as typed nouns; the door makes them (`store.door`)."""

from __future__ import annotations

from store.rows.answers import (
    DayDocument,
    Grade,
    HistoryRow,
    JournalRow,
    MovedDay,
    PauseRow,
    Proposal,
    RecordedEvent,
    Report,
    SignedDocument,
)
from store.rows.duties import Leg, StoredPlan
from store.rows.mail import AddressMark, Bounce, KeptBack, Message, MessageReply, Notice
from store.rows.papers import Campaign, Paper
from store.rows.portal import Assignment, ContactProposal, Draft, Link, Session

__all__ = [
    "AddressMark",
    "Assignment",
    "Bounce",
    "Campaign",
    "ContactProposal",
    "DayDocument",
    "Draft",
    "Grade",
    "HistoryRow",
    "JournalRow",
    "KeptBack",
    "Leg",
    "Link",
    "Message",
    "MessageReply",
    "MovedDay",
    "Notice",
    "Paper",
    "PauseRow",
    "Proposal",
    "RecordedEvent",
    "Report",
    "Session",
    "SignedDocument",
    "StoredPlan",
]
