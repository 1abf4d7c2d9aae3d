"""What click says around our own words, in Vietnamese: its translation, its placeholders, its suggestions."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"
LANGUAGE = "LANGUAGE"
DOMAIN = "messages"
"""The domain click asks, for it names none."""


PLACEHOLDERS = {
    "address": "ĐỊA_CHỈ",
    "agency": "CƠ_QUAN",
    "item": "MÃ",
    "number": "SỐ",
    "numbers": "SỐ",
    "obligation": "NHIỆM_VỤ",
    "obligations": "NHIỆM_VỤ",
    "path": "ĐƯỜNG_DẪN",
    "places": "CƠ_QUAN",
    "seed": "SỐ",
    "state": "TRẠNG_THÁI",
}
ANY_TEXT = "NỘI_DUNG"


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Let click speak Vietnamese whatever the terminal's own language: all that it frames is Vietnamese."""
    before = os.environ.get(LANGUAGE)
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    os.environ[LANGUAGE] = "vi"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(LANGUAGE, None)
        else:
            os.environ[LANGUAGE] = before


def dressed(command: click.Command) -> click.Command:
    """Give a command and all below it Vietnamese placeholders: click keeps those in no translation."""
    command.options_metavar = "[TÙY_CHỌN]"
    for parameter in command.params:
        if parameter.metavar is None and parameter.name is not None:
            parameter.metavar = _placeholder(parameter)
    if isinstance(command, click.Group):
        command.subcommand_metavar = "LỆNH [THAM_SỐ]…"
        for below in command.commands.values():
            dressed(below)
    return command


def _placeholder(parameter: click.Parameter) -> str | None:
    if isinstance(parameter, click.Option):
        return None if parameter.is_flag else PLACEHOLDERS.get(parameter.name or "", ANY_TEXT)
    called = PLACEHOLDERS.get(parameter.name or "", ANY_TEXT)
    several = "…" if parameter.nargs == -1 else ""
    return f"{called}{several}" if parameter.required else f"[{called}]{several}"
