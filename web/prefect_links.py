"""Where Prefect shows the runs of an item: an address made of names alone, for either of its two UIs."""

from __future__ import annotations

from urllib.parse import urlencode

from config.settings import Settings
from obligations.rights import Act
from web.ask import Ask

SEPARATOR = " ·"
"""What stands behind an item's key in the names of its runs; without it 1.1 would find 11.1 and 1.10."""


def item_url(settings: Settings, item_key: str) -> str | None:
    """Return the list of an item's runs in Prefect, newest first; None where Prefect's pages are not known."""
    return runs_url(settings, item_key)


def runs_url(settings: Settings, label: str) -> str | None:
    """Return the list of the runs whose names begin with a label: an item's key, "Quý III"."""
    if not settings.prefect_ui_url:
        return None
    query = urlencode({"tab": "flow-runs", "flow-run-search": f"{label}{SEPARATOR}"})
    return f"{settings.prefect_ui_url.rstrip('/')}/runs?{query}"


def item_link(ask: Ask, item_key: str) -> str | None:
    """Return the same for those who look after the runs; nobody else reaches Prefect's pages."""
    return item_url(ask.house.settings, item_key) if ask.may(Act.OPS) else None
