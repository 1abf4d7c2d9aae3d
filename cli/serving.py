"""How web servers of ours are run from the command line: their port, their settings, their end."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

from cli.ending import ending_on_signals
from obligations.errors import Invalid, Refused
from web.frame.listening import listen

if TYPE_CHECKING:
    from starlette.types import ASGIApp


HOST = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
NO_SUCH_HOST = (socket.EAI_NONAME, socket.EAI_NODATA, socket.EAI_AGAIN, errno.EADDRNOTAVAIL)
LAST_ANSWERS = 10
"""Seconds that requests have to end in once the server is told to end."""


def address(host: str, port: int) -> str:
    """Return where people on this machine open it."""
    name = HOST if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def listening(host: str, port: int) -> socket.socket:
    """Take the port, or say in one line why that cannot be."""
    try:
        return listen(host, port)
    except OSError as error:
        if error.errno in NO_SUCH_HOST:
            raise Invalid(f"--host: không có địa chỉ '{host}'") from None
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"cổng {port} đang có chương trình khác dùng: đóng chương trình đó hoặc chọn --port"
            ) from None
        raise Refused(f"không mở được cổng {port} tại {host}: {error.strerror}") from None


def serve(app: ASGIApp, opened: socket.socket) -> None:
    """Serve until somebody ends us; no log of requests is kept, for links would stand in it."""
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            ws="none",
            server_header=False,
            # Who asks stands in a proxy's headers; only one on this machine is believed.
            proxy_headers=True,
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_graceful_shutdown=LAST_ANSWERS,
        )
    )
    with ending_on_signals():
        server.run(sockets=[opened])
    if not server.started:
        raise Refused("trang web không khởi động được; lý do ở các dòng trên")
