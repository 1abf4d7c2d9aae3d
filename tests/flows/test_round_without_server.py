"""`dondoc round` on a server that somebody named: away, closed, or none at all, it is one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from cli.main import REFUSED, run
from flows.local_server import HOST, free_port
from tasks_lib.kernel.bootstrap import House

Said = Callable[[str], str]


@contextmanager
def answering(status: int) -> Iterator[str]:
    """A server that says the same to everybody."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            return

    with HTTPServer((HOST, 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}/api"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def said(house: House, capsys: pytest.CaptureFixture[str]) -> Said:
    def _said(api: str) -> str:
        with temporary_settings({PREFECT_API_URL: api}):
            assert run(["round", "--as-of", "2022-07-18"]) == REFUSED
        captured = capsys.readouterr()
        assert captured.out == ""
        (line,) = captured.err.splitlines()
        return line

    return _said


def test_a_server_that_is_away_is_named_in_one_line(said: Said) -> None:
    api = f"http://{HOST}:{free_port()}/api"
    assert said(api).startswith(f"máy chủ Prefect ({api}) không trả lời: ")


def test_a_server_that_asks_for_what_we_have_not_says_which_variable(said: Said) -> None:
    with answering(401) as api:
        assert said(api) == (
            f"máy chủ Prefect ({api}) không nhận: đặt PREFECT_API_AUTH_STRING đúng chuỗi của máy chủ"
        )


def test_something_else_under_that_address_is_said_with_its_answer(said: Said) -> None:
    with answering(404) as api:
        assert said(api) == f"máy chủ Prefect ({api}) trả lời 404: xem PREFECT_API_URL"
