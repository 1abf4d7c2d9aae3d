"""Sends the mails the portal writes (login links, directives): at once, and again if need be."""

from __future__ import annotations

import logging
from datetime import datetime

from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.notes import deliver_notes

log = logging.getLogger(__name__)


def send_notes(house: House, as_of: datetime) -> None:
    """Send what waits; what fails stays in the outbox and is tried again."""
    try:
        deliver_notes(house, as_of)
    except Exception:
        log.exception("chưa gửi được thư của cổng; thư còn trong hàng đợi")
