"""A client's own copy of the configuration, spoilt, and what is told of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import OWN_DIRECTORY, load_configuration


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A client's own copy of the configuration, to be spoilt."""
    target = tmp_path / "config"
    shutil.copytree(OWN_DIRECTORY, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return target


def spoil(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(copy: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_configuration(copy)
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    return [str(fault) for fault in caught.value.faults]
