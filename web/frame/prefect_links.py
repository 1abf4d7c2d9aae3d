"""Where Prefect shows the runs of an item: an address made of names alone."""

from __future__ import annotations

from urllib.parse import urlencode

from config.settings import Settings
from obligations.rights import Act
from web.frame.ask import Ask

SEPARATOR = " ·"
"""What follows an item's key in the names of its runs; without it 1.1 would find 1.10 too."""


def item_url(settings: Settings, item_key: str) -> str | None:
    """Return an item's runs in Prefect, newest first; None where Prefect's pages are not known."""
    start = prefect_url(settings)
    query = urlencode({"tab": "flow-runs", "flow-run-search": f"{item_key}{SEPARATOR}"})
    return f"{start}/v2/runs?{query}" if start else None


def prefect_url(settings: Settings) -> str | None:
    """Return where Prefect's pages begin."""
    return settings.prefect_ui_url.rstrip("/") if settings.prefect_ui_url else None


def item_link(ask: Ask, item_key: str) -> str | None:
    """Return the same for those who look after the runs; nobody else reaches Prefect's pages."""
    return item_url(ask.house.settings, item_key) if ask.may(Act.ENGINE) else None
