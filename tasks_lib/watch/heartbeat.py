"""Tells a watchman elsewhere that a round or a delivery ended well; its silence is that one's alarm."""

from __future__ import annotations

import logging
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

from obligations.errors import DomainError
from store.engine import writing
from store.facts import put_fact
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.keys import CLOCK_SKEW

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 5.0


def beat(house: House, url: str | None, now: datetime) -> None:
    """Call the address, if there is one; that it does not answer is logged and fails nothing.

    `now` is the machine's own clock: the answer says what time it is elsewhere, and the difference is kept.
    """
    if url is None:
        return
    try:
        answer = httpx.get(url, timeout=PATIENCE_SECONDS, follow_redirects=True)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        # The address itself is a secret of whoever watches, and stays out of the log.
        log.warning("nơi nhận tín hiệu không trả lời: %s", type(fault).__name__)
        return
    _keep_skew(house, answer.headers.get("date"), now)


def _keep_skew(house: House, told: str | None, now: datetime) -> None:
    try:
        ahead = now - parsedate_to_datetime(told or "")
    except (ValueError, TypeError):
        return
    try:
        with writing(house.engine) as connection:
            put_fact(connection, CLOCK_SKEW, str(round(ahead.total_seconds())), now)
    except DomainError as fault:
        log.warning("chưa ghi được độ lệch đồng hồ: %s", type(fault).__name__)
