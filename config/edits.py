"""A file of TOML changed in place: its remarks and its order are kept."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument


@contextmanager
def edited(path: Path) -> Iterator[TOMLDocument]:
    """Give a file's document to be changed; it is written back where nothing was raised."""
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    yield document
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def table_of(document: TOMLDocument, name: str) -> MutableMapping[str, object]:
    """Return a table that the file has."""
    table = document[name]
    assert isinstance(table, MutableMapping)
    return table
