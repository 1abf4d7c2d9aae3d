"""Evidence files, stored by the hash of their content under the program's home."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from obligations.errors import Invalid
from store.reports import Stored

LARGEST = 20 * 1024 * 1024
"""Bytes; larger files do not travel by the province's mail either [ours]."""


def keep(home: Path, files: tuple[Path, ...]) -> tuple[Stored, ...]:
    """Copy evidence into the store; the same content twice is one file. Raises Invalid naming the file."""
    return tuple(_keep(home, path) for path in files)


def _keep(home: Path, path: Path) -> Stored:
    if not path.is_file():
        raise Invalid(f"--evidence: không có tệp '{path}'")
    size = path.stat().st_size
    if size == 0:
        raise Invalid(f"--evidence: tệp '{path.name}' rỗng")
    if size > LARGEST:
        raise Invalid(f"--evidence: tệp '{path.name}' lớn hơn {LARGEST // 1024 // 1024} MB")
    content = path.read_bytes()
    digest = sha256(content).hexdigest()
    target = home / "evidence" / digest[:2] / digest
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".partial")
        partial.write_bytes(content)
        partial.replace(target)
    return Stored(name=path.name, sha256=digest, size=size)
