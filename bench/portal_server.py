"""The portal in a process of its own, with an empty page beside its pages, for `bench.pages`."""

from __future__ import annotations

import json
import sys
from datetime import date

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from obligations.rights import Act, Seat
from tasks_lib.kernel.bootstrap import open_house
from tasks_lib.kernel.clock import morning_of
from tasks_lib.kernel.links import login_link
from web.app import create_app
from web.frame.ask import Ask, Page
from web.frame.listening import listen
from web.frame.render import page

EMPTY = "/trong"
BARE = "/tran"


def _empty(ask: Ask) -> Response:
    """A page of the same stack that reads nothing but the session and its rights."""
    return page(ask, "frame/base.html", title="Trang trống")


def _with_bare(app: ASGIApp) -> ASGIApp:
    """Answer one address before anything of ours is asked: what the server itself costs."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != BARE:
            await app(scope, receive, send)
            return
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]}
        )
        await send({"type": "http.response.body", "body": b"ok"})

    return answer


def main(day: str) -> None:
    """Serve the house of the environment on a free port and say on one line where, and how to sign in."""
    at = morning_of(date.fromisoformat(day))
    house = open_house()
    extra = (Page("GET", EMPTY, _empty, Act.BOARD),)
    app = _with_bare(create_app(house, lambda: at, extra))
    seats = {"officer": (Seat.OFFICER, "x02686-2022"), "coordinator": (Seat.COORDINATOR, None)}
    doors = {name: login_link(house, seat, agency, at).url for name, (seat, agency) in seats.items()}
    with listen("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        print(json.dumps({"url": url, "doors": doors}), flush=True)
        config = uvicorn.Config(app, log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
