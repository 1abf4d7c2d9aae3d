"""What runs beside the pages, again and again: mails of the portal whose pause is over, and the watchman."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

AGAIN_SECONDS = 60
"""How often; at night no round comes along to try a login link again or to notice that it is missing."""

log = logging.getLogger(__name__)


def beside(*works: Callable[[], object]) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Return the life of a portal, each work in a thread of its own: a slow one holds up no other."""

    async def again(work: Callable[[], object]) -> None:
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            await run_in_threadpool(_done, work)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(again(work)) for work in works]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    return lifespan


def _done(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        # What broke down now is tried again in a minute, whatever it was.
        log.exception("việc chạy nền của trang web gặp lỗi")
