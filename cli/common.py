"""What the commands share: options, how a house is opened, how results are printed."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.exceptions import Abort

from cli.opened import open_house, open_houses
from obligations.errors import Refused
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from config.office_file import OfficeFile
    from tasks_lib.kernel.bootstrap import House

NARROWEST = 40
INDENT = "    "
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A calendar day written 2022-07-18."""

    name = "ngày"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; a day that does not exist is said in one line."""
        if isinstance(value, date):
            return value
        try:
            return clock.parse_day(value)
        except Exception as error:
            self.fail(str(error), param, ctx)


DAY = Day()
MOST = 2**31 - 1
"""The largest number the database holds: what is larger is none of ours."""
NUMBER = click.IntRange(0, MOST)


def warn_ended(houses: Iterable[House], on: date) -> bool:
    """Say on stderr of each plan whose time is over on a day that it is; return whether any is."""
    from tasks_lib.kernel.wording import ended_words

    found = [ended for house in houses if (ended := ended_words(house.plan, on))]
    for ended in found:
        click.echo(f"CHÚ Ý: {ended}.", err=True)
    return bool(found)


def plan_option(command: F) -> F:
    """Add --plan: which plan is meant where there are several."""
    return click.option("--plan", "plan_name", metavar="SỐ", help="Số kế hoạch, khi có nhiều kế hoạch.")(
        command
    )


def json_option(command: F) -> F:
    """Add --json: one document on stdout, for scripts."""
    return click.option("--json", "as_json", is_flag=True, help="In một tài liệu JSON cho chương trình.")(
        command
    )


def as_of_option(command: F) -> F:
    """Add --as-of: the instant that counts as now."""
    text = "Thời điểm tính: 2022-07-18 (07:30) hoặc 2022-07-18T23:59; bỏ trống là hiện tại."
    return click.option("--as-of", metavar="NGÀY", help=text)(command)


def write_once_agreed(file: OfficeFile, show: Callable[[], None], *, yes: bool) -> None:
    """Write an office's file: at once with `yes`, else shown and asked for; raises Refused, Abort."""
    if not yes and not sys.stdin.isatty():
        raise Refused("chưa ghi: chạy lại với '--yes'")
    if not yes:
        show()
        if not click.confirm(f"Ghi vào {file.path.name}?", err=True):
            raise Abort
    file.write()


def acting(command: F) -> F:
    """Add what every change takes: --by, --as-of, --plan, --json."""
    by = click.option("--by", required=True, metavar="CƠ_QUAN", help="Mã cơ quan thực hiện thao tác.")
    return by(as_of_option(plan_option(json_option(command))))


def acting_for_focal(command: F) -> F:
    """Add the same to what is by default the focal agency's own to do."""
    by = click.option("--by", metavar="CƠ_QUAN", help="Mã cơ quan; mặc định là cơ quan đầu mối.")
    return by(as_of_option(plan_option(json_option(command))))


def running_at(house: House, as_of: str | None) -> datetime:
    """Return the instant to run at; by the real clock only a plan that has been started runs."""
    from store.engine import reading
    from store.plans import ended_on, started_on

    if as_of is None:
        with reading(house.engine) as connection:
            started = started_on(connection, house.plan.key)
            ended = ended_on(connection, house.plan.key)
        if started is None:
            raise Refused("kế hoạch chưa được khởi động: xem trước và bật bằng 'dondoc plan start'")
        if ended is not None and ended <= clock.local_day(clock.now()):
            raise Refused(f"kế hoạch đã kết thúc từ ngày {ended:%d/%m/%Y}")
        if started > clock.local_day(clock.now()):
            raise Refused(f"kế hoạch được khởi động từ ngày {started:%d/%m/%Y}, chưa đến ngày đó")
    return clock.parse_as_of(as_of)


def running_houses(plan_name: str | None, as_of: str | None) -> list[House]:
    """Open the house of the plan that is named, else of every plan that runs; of one alone, as it is."""
    from store.engine import reading
    from store.plans import runs_on

    if plan_name is not None:
        return [open_house(plan_name)]
    found = open_houses()
    if len(found) == 1:
        return found
    on = clock.local_day(clock.parse_as_of(as_of))
    with reading(found[0].engine) as connection:
        running = [house for house in found if runs_on(connection, house.plan.key, on)]
    # Of several that do not run yet one has to be named.
    return running or [open_house()]


def heartbeat(house: House, url: str | None, as_of: str | None) -> None:
    """Tell a watchman elsewhere what ended well by the real clock; a day run again by hand tells nothing."""
    if as_of is None and url is not None:
        from tasks_lib.watch.heartbeat import beat  # a client that most runs do not need

        beat(house, url, clock.now())


def print_json(document: object) -> None:
    """Print one JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def print_entries(entries: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Print a list for people: each entry's id on a line of its own, to be copied, and what it is below.

    Lines fit the terminal, eighty columns where there is none; an id or an address is never broken.
    """
    for head, lines in entries:
        click.echo(head)
        for line in lines:
            print_wrapped(line, INDENT)


def print_wrapped(text: str, indent: str = "") -> None:
    """Print a line in as many as fit the terminal, the further ones set in; nothing for nothing."""
    if text:
        filled = textwrap.fill(
            text,
            max(get_terminal_size().columns, NARROWEST),
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        click.echo(filled)


def clipped(text: str, letters: int = 60) -> str:
    """Return the beginning of a long text, whole words of it."""
    return text if len(text) <= letters else f"{text[:letters].rsplit(' ', 1)[0]}…"


def print_rows(
    rows: Iterable[Mapping[str, object]], columns: Mapping[str, str], *, title: str | None = None
) -> None:
    """Print rows as a table; `columns` gives each field's Vietnamese heading."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, header_style="bold", title_justify="left")
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in columns))
    Console().print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
