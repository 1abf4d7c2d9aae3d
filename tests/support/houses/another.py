"""Another process at work on the same database: sweeps, delivers or hands in, and dies where a story says.

Run as `python -m tests.support.houses.another WHAT DAY [DIES] [KEY FILE]`; settings come from the
environment, and what the process did goes to stdout as JSON. It dies at a named point, or so many seconds
after it began.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from config.settings import PROJECT_ROOT
from notifications.outgoing import Outcome, Outgoing
from notifications.transport import Transport
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.kernel.bootstrap import House, open_house
from tasks_lib.kernel.clock import morning_of, now
from tasks_lib.kernel.delivering import transport_of
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep

BEFORE_SENDING, AFTER_ACCEPTING, AFTER_LOGGED = "before-sending", "after-accepting", "after-logged"


def start(house: House, what: str, day: str, dies: str = "", *more: str) -> subprocess.Popen[str]:
    """Start another process on a house's database and mail server."""
    settings = house.settings
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT_ROOT),
        "DONDOC_HOME": str(settings.home),
        "DONDOC_DATABASE_URL": house.engine.url.render_as_string(hide_password=False),
        "DONDOC_MAIL_TRANSPORT": settings.mail_transport,
        "DONDOC_SMTP_HOST": settings.smtp_host,
        "DONDOC_SMTP_PORT": str(settings.smtp_port),
        "DONDOC_SMTP_TIMEOUT": str(settings.smtp_timeout),
    }
    command = [sys.executable, "-m", "tests.support.houses.another", what, day, dies, *more]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT)


def killed(process: subprocess.Popen[str]) -> bool:
    """Wait for a process and say whether it was killed; it has nothing else to fail by."""
    process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL, -signal.SIGALRM)
    return process.returncode != 0


class _Dying:
    """A true transport whose process is killed at a point of the first message."""

    def __init__(self, inner: Transport, point: str) -> None:
        self._inner = inner
        self._point = point

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inner.__exit__(kind, error, trace)

    def send(self, message: Outgoing) -> Outcome:
        """Die before handing over, or after the server has said yes."""
        if self._point == BEFORE_SENDING:
            os.kill(os.getpid(), signal.SIGKILL)
        outcome = self._inner.send(message)
        if self._point == AFTER_ACCEPTING and outcome.ok:
            os.kill(os.getpid(), signal.SIGKILL)
        return outcome


def _dies_after_logging() -> None:
    """Be killed as soon as the disk has the first line of the mail log, and nothing is marked."""
    really = os.fdatasync

    def last(descriptor: int) -> None:
        really(descriptor)
        os.kill(os.getpid(), signal.SIGKILL)

    os.fdatasync = last


def _main(what: str, day: str, dies: str = "", *more: str) -> None:
    house = open_house()
    at = morning_of(date.fromisoformat(day))
    transport = transport_of(house.settings)
    if dies in (BEFORE_SENDING, AFTER_ACCEPTING):
        transport = _Dying(transport, dies)
    elif dies == AFTER_LOGGED:
        _dies_after_logging()
    elif dies:
        # Its default ends the process in the kernel, between any two instructions.
        signal.setitimer(signal.ITIMER_REAL, float(dies))
    if what == "sweep":
        print(json.dumps(sweep(house, at).as_json()))
    elif what == "submit":
        key, file = more
        answer = Answer(text="Đã tuyên truyền", evidence=(Path(file),))
        print(submit(house, key, key.split("/")[1], at, answer).version)
    else:
        print(json.dumps(deliver(house, at, now=now, transport=transport).as_json()))


if __name__ == "__main__":
    _main(*sys.argv[1:])
