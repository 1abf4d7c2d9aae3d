"""Sends the mails a page wrote (login links, directives) once the page has been answered."""

from __future__ import annotations

import logging
from datetime import datetime

from tasks_lib.usecases.notes import deliver_notes

from tasks_lib.bootstrap import House

log = logging.getLogger(__name__)


def send_notes(house: House, as_of: datetime) -> None:
    """Send what waits; what fails stays in the outbox and is tried again by the next delivery."""
    try:
        deliver_notes(house, as_of)
    except Exception:
        log.exception("chưa gửi được thư của cổng; thư còn trong hàng đợi")
