"""Draws the shipped templates anew: `python -m notifications.papers.shipped`; offices edit copies in Word."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from docx.document import Document

from notifications.papers.form_letters import cooperation, extension_letter, invitation, urging
from notifications.papers.form_reports import (
    extension_request,
    item_report,
    late_units,
    own_plan,
    period_report,
)
from notifications.papers.form_sheets import (
    completion_slip,
    completion_table,
    follow_up,
    meeting_page,
    minutes,
    reminder_record,
)
from notifications.papers.forms import letterhead, signature

SHIPPED: dict[str, Callable[[], Document]] = {
    "letterhead": letterhead,
    "signature": signature,
    "urging": urging,
    "period-report": period_report,
    "late-units": late_units,
    "meeting-page": meeting_page,
    "invitation": invitation,
    "minutes": minutes,
    "follow-up": follow_up,
    "completion-table": completion_table,
    "completion-slip": completion_slip,
    "reminder-record": reminder_record,
    "extension-request": extension_request,
    "extension-letter": extension_letter,
    "cooperation": cooperation,
    "unit-plan": own_plan,
    "item-report": item_report,
}


def write(folder: Path) -> None:
    """Write all shipped templates into a folder; one that would say the same is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in SHIPPED.items():
        drawn = BytesIO()
        draw().save(drawn)
        target = folder / f"{name}.docx"
        if not target.exists() or _parts(BytesIO(target.read_bytes())) != _parts(drawn):
            target.write_bytes(drawn.getvalue())


def _parts(packed: BytesIO) -> dict[str, bytes]:
    """Return what a Word file holds; its package alone bears the hour it was packed."""
    with ZipFile(packed) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "config" / "papers")
