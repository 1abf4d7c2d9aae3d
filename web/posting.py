"""Sends the mails the portal writes (login links, directives): at once, and again if need be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from tasks_lib.bootstrap import House
from tasks_lib.usecases.notes import deliver_notes

AGAIN_SECONDS = 60
"""How often mails whose pause is over are looked for, when a server was away."""

log = logging.getLogger(__name__)


def send_notes(house: House, as_of: datetime) -> None:
    """Send what waits; what fails stays in the outbox and is tried again."""
    try:
        deliver_notes(house, as_of)
    except Exception:
        log.exception("chưa gửi được thư của cổng; thư còn trong hàng đợi")


def sending(
    house: House, clock: Callable[[], datetime]
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Return what runs beside the pages: at night no round comes along to try a login link again."""

    async def again() -> None:
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            await run_in_threadpool(send_notes, house, clock())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(again())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return lifespan
