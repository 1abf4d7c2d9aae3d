"""Processes of a flow run, found among all of the machine and killed without a word."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.support.running.rooms import Room


def kill_worker_of(room: Room, run: str) -> bool:
    """Kill the process of a run and the worker that started it, as a power cut would."""
    line = line_of(run)
    if not line:
        return False
    worker = next(worker for worker in room.workers if worker.pid in line)
    os.killpg(worker.pid, signal.SIGKILL)
    for pid in line[: line.index(worker.pid)]:
        os.kill(pid, signal.SIGKILL)
    worker.wait(60)
    return True


def kill_process_of(run: str) -> bool:
    """Kill the process of a run alone, as a machine short of memory would."""
    line = line_of(run)
    if line:
        os.kill(line[0], signal.SIGKILL)
    return bool(line)


def line_of(run: str) -> list[int]:
    """The process of a run, its parent, and so on up to the first of all."""
    process = next((pid for pid in numbers() if run in value_of(pid, "PREFECT__FLOW_RUN_ID")), None)
    if process is None:
        return []
    line = [process]
    while line[-1] > 1:
        line.append(parent(line[-1]))
    return line


def numbers() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def value_of(pid: int, name: str) -> str:
    try:
        pairs = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return ""
    return dict(pair.partition("=")[::2] for pair in pairs).get(name, "")


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
