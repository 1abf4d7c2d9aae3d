"""Ready links for a demonstration: into the board, and onto the form of a commune that is late."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import click

from obligations.model import TimeState
from obligations.rights import SEAT_WORDS, Seat

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House


NO_PLACE_FOR_LINKS = "Đường dẫn không ghi vào nhật ký: tạo bằng 'dondoc login-link' và 'dondoc link'"


def welcome(house: House, at: datetime) -> None:
    """Say on a terminal how to come in; only a demonstration does, for these links open everything.

    What goes into a file or a log is read by others, and later: there it is only said how to make them.
    """
    if not sys.stderr.isatty():
        click.echo(NO_PLACE_FOR_LINKS, err=True)
        return
    for who, url in ready_links(house, at):
        click.echo(f"  {who}: {url}", err=True)


def ready_links(house: House, at: datetime) -> list[tuple[str, str]]:
    """Make a coordinator's link and the link of a commune that is late, each with whom it lets in as."""
    from tasks_lib.kernel.links import answer_link, login_link

    commune = house.agency(latest_commune(house, at))
    coordinator = house.focal
    return [
        (
            f"{coordinator.name}, {SEAT_WORDS[Seat.COORDINATOR]} (dùng một lần)",
            login_link(house, Seat.COORDINATOR, None, at).url,
        ),
        (f"{commune.name}, cập nhật kết quả không cần tài khoản", answer_link(house, commune.id, at).url),
    ]


def latest_commune(house: House, at: datetime) -> str:
    """Return the commune with most overdue on a day; any where none is late."""
    from tasks_lib.desk.listing import Filter, obligations

    late: Counter[str] = Counter()
    for entry in obligations(house, at, Filter()):
        if house.agency(entry["agency"]).level.rank == 0:
            late[entry["agency"]] += entry["time_state"] == TimeState.OVERDUE
    return max(late, key=lambda agency: (late[agency], agency))
