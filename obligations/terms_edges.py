"""Where a stretch of time begins and ends: a part of several values of the language of days."""

from __future__ import annotations

from datetime import date

from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms import check_stretch, stretch
from obligations.words import day

Edge = date | Period
"""Where a stretch of time begins or ends: a day, or a month, quarter, half-year or year."""


def first_of(edge: Edge) -> date:
    """Return the first day of an edge."""
    return edge.first_day if isinstance(edge, Period) else edge


def last_of(edge: Edge) -> date:
    """Return the last day of an edge."""
    return edge.last_day if isinstance(edge, Period) else edge


def edge_words(edge: Edge) -> str:
    """Name an edge: "ngày 01/3/2026", "Quý II/2026"."""
    return stretch(edge) if isinstance(edge, Period) else f"ngày {day(edge)}"


def check_edges(since: Edge | None, until: Edge | None) -> None:
    """Refuse a stretch that ends before it begins."""
    for field, edge in (("from", since), ("to", until)):
        if isinstance(edge, Period):
            check_stretch(edge, field)
    if since is not None and until is not None and last_of(until) < first_of(since):
        raise Invalid("to: sớm hơn lúc bắt đầu")


def lasting(since: Edge | None, until: Edge | None) -> str:
    """Print since when and until when: ", từ Quý II/2026 đến năm 2030"; "" where neither is said."""
    begins = f"từ {edge_words(since)}" if since is not None else ""
    ends = f"đến {edge_words(until)}" if until is not None else ""
    if begins or ends:
        return ", " + " ".join(part for part in (begins, ends) if part)
    return ""
