"""`dondoc dates read`: what a wording of time means, and what has to be asked of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.common import DAY, INDENT, json_option, print_json, print_wrapped
from config.day_rules import inline, rule_of
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.errors import Invalid
from obligations.terms_told import Told, told
from obligations.words import day

if TYPE_CHECKING:
    from config.wordings import Reading


YEAR = click.IntRange(FIRST_YEAR, LAST_YEAR)


@click.group()
def dates() -> None:
    """Thời hạn: đọc cách ghi trong kế hoạch."""


@dates.command("read")
@click.argument("wording", metavar="CÁCH_GHI")
@click.option("--signed", type=DAY, metavar="NGÀY", help="Ngày ký kế hoạch: để tính từ ngày ký.")
@click.option("--until", type=DAY, metavar="NGÀY", help="Ngày hết hiệu lực của kế hoạch.")
@click.option("--year", type=YEAR, metavar="NĂM", help="Năm, khi cách ghi không nêu; mặc định là năm ký.")
@json_option
def read_(wording: str, signed: date | None, until: date | None, year: int | None, as_json: bool) -> None:
    """Đọc một cách ghi thời hạn: hạn cuối, vì sao, ghi vào plan.toml thế nào, điều gì cần làm rõ."""
    from config.wordings import read

    if not wording.strip():
        raise Invalid("CÁCH_GHI: nêu cách ghi thời hạn, ví dụ 'Trước ngày 15/7/2022'")
    if signed is not None and until is not None and until < signed:
        raise Invalid("--until: sớm hơn ngày ký")
    reading = read(wording, signed=signed, year=year)
    found = _told(reading, wording, signed, until, year)
    if as_json:
        print_json(_document(reading, found))
        return
    _print(reading, found)


def _told(
    reading: Reading, wording: str, signed: date | None, until: date | None, year: int | None
) -> Told | None:
    """Return the days of what was read, in the year asked for, else the signing's, else the wording's own."""
    from config.load import OWN_DIRECTORY, calendar_of
    from config.settings import read_settings

    if reading.term is None:
        return None
    shown = " ".join(wording.split())
    known = year or (signed.year if signed else reading.year)
    if known is None:
        return Told(last_days=(), why=f"'{shown}' → {reading.term.waits or 'cần biết năm để tính (--year)'}")
    calendar = calendar_of((read_settings().config_dir or OWN_DIRECTORY).resolve())
    return told(reading.term, shown, year=known, signed=signed, until=until, calendar=calendar)


def _document(reading: Reading, found: Told | None) -> dict[str, object]:
    return {
        "rule": None if reading.term is None else rule_of(reading.term),
        "last_days": [] if found is None else [on.isoformat() for on in found.last_days],
        "why": "" if found is None else found.why,
        "printed": "" if reading.term is None else reading.term.printed,
        "doubts": list(reading.doubts),
    }


def _print(reading: Reading, found: Told | None) -> None:
    if reading.term is None or found is None:
        click.echo("Chưa đọc được.")
    else:
        print_wrapped(f"Đọc là: {reading.term.printed}")
        if found.last_days:
            print_wrapped(f"Hạn cuối: {', '.join(map(day, found.last_days))}")
        print_wrapped(f"vì {found.why}", INDENT)
        print_wrapped(f"Trong plan.toml: deadline = {inline(rule_of(reading.term))}")
    for doubt in reading.doubts:
        print_wrapped(f"Đề nghị làm rõ: {doubt}")
