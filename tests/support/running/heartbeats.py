"""A real HTTP server that takes heartbeats and says what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Heartbeats:
    """Whoever waits for heartbeats: where, what came, and what is answered."""

    url: str = ""
    status: int = 200
    date: str = ""
    """The time it tells; its own clock's unless given."""
    came: list[str] = field(default_factory=list)


@contextmanager
def taking_heartbeats() -> Iterator[Heartbeats]:
    """Run the server for the length of a test."""
    taken = Heartbeats()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            taken.came.append(self.path)
            self.send_response(taken.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return taken.date or super().date_time_string(timestamp)  # type: ignore[arg-type]

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        taken.url = f"http://127.0.0.1:{server.server_port}/bao-song"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield taken
        finally:
            server.shutdown()
            thread.join()
