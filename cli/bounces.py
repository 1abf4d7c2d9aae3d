"""`dondoc bounces`: what mail servers sent back."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from cli.common import as_of_option, json_option, plan_option, print_json
from cli.opened import open_house
from notifications.bounces import Raw, read_mailbox, read_stream
from obligations.errors import Invalid
from tasks_lib.kernel import clock


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path, allow_dash=True))
@as_of_option
@plan_option
@json_option
def bounces(path: Path | None, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Đọc thông báo thư bị trả lại (Maildir, mbox, thư mục .eml, một tệp, hoặc - là đầu vào chuẩn)."""
    from tasks_lib.mailing.bounces import take_bounces

    house = open_house(plan_name)
    found = take_bounces(house, _mails(path or house.settings.bounces), clock.parse_as_of(as_of))
    if as_json:
        print_json(found.as_json())
        return
    click.echo(
        f"Đã đọc {found.read} thư: {found.bounced} địa chỉ trả lại thư, {found.delayed} địa chỉ còn chờ, "
        f"{found.already} đã biết, {found.unknown} không phải thông báo về thư của Hệ thống"
    )
    click.echo(f"Đánh dấu {found.marked} địa chỉ không nhận thư; nhờ chuyển {found.passed_on} tin nhắc việc")


def _mails(path: Path | None) -> Iterable[Raw]:
    if path is None:
        raise Invalid("chưa nêu hộp thư: dondoc bounces ĐƯỜNG_DẪN, hoặc đặt DONDOC_BOUNCES")
    if str(path) == "-":
        return read_stream(sys.stdin.buffer.read())
    if not path.exists():
        raise Invalid(f"{path}: không có hộp thư hoặc tệp này")
    return read_mailbox(path)
