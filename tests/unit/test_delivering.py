"""A claimer of messages is known to be gone as soon as its process has ended, whoever has noticed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

from tasks_lib.kernel.delivering import is_gone, owner_name

HERE = socket.gethostname()


def ended(process: subprocess.Popen[bytes]) -> bool:
    """Wait, without asking for its status, until a child has ended."""
    for _ in range(200):
        if is_gone(f"{HERE}:{process.pid}:x"):
            return True
        time.sleep(0.05)
    return False


def test_this_process_is_here() -> None:
    assert not is_gone(owner_name())
    assert str(os.getpid()) in owner_name()


def test_a_killed_process_is_gone_before_and_after_its_parent_has_noticed() -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    assert not is_gone(f"{HERE}:{process.pid}:x")
    process.kill()
    assert ended(process)
    process.wait()
    assert is_gone(f"{HERE}:{process.pid}:x")


def test_of_another_machine_nobody_can_tell() -> None:
    assert not is_gone("elsewhere:1:x")
    assert not is_gone("nonsense")
