"""`dondoc watch|probe`: whether all goes on by itself, and a duty of the system's own sent its whole way."""

from __future__ import annotations

import click

from cli.common import as_of_option, json_option, plan_option, print_json, print_rows, running_at
from cli.opened import open_house
from tasks_lib.kernel import clock

NOT_WELL = 1
MARKS = {True: "✓", False: "!", None: "?"}


@click.command()
@click.option("--accept-key", "accepted", is_flag=True, help="Xác nhận khóa ký hiện tại là khóa đúng.")
@as_of_option
@plan_option
@json_option
def watch(accepted: bool, as_of: str | None, plan_name: str | None, as_json: bool) -> int:
    """Kiểm tra hệ thống có tự chạy bình thường không; có nội dung cần xử lý thì mã thoát là 1."""
    from tasks_lib.watch.watchman import Watchman, accept_key

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    if accepted:
        accept_key(house, at)
    findings = Watchman(house, clock.running_from(as_of)).look()
    amiss = [finding.title for finding in findings if not finding.ok]
    if as_json:
        print_json({"ready": not amiss, "checks": [finding.as_json() for finding in findings]})
    else:
        rows = [{**finding.as_json(), "mark": MARKS[finding.ok]} for finding in findings]
        print_rows(rows, {"mark": "", "title": "Nội dung kiểm tra", "said": "Chi tiết"})
    if amiss:
        click.echo(f"Cần xử lý: {', '.join(amiss)}", err=True)
    return NOT_WELL if amiss else 0


@click.command()
@as_of_option
@plan_option
@json_option
def probe(as_of: str | None, plan_name: str | None, as_json: bool) -> int:
    """Tự kiểm: gửi một nhiệm vụ riêng của hệ thống qua cả đường đi, từ đến hạn đến trả lời."""
    from tasks_lib.watch.probe import probe as try_it  # a client that most runs do not need

    house = open_house(plan_name)
    tried = try_it(house, running_at(house, as_of), clock.now)
    if as_json:
        print_json(tried.as_json())
    elif tried.ok:
        click.echo("Tự kiểm đạt: đến hạn, nhắc, gửi thư, mở đường dẫn, trả lời")
    if not tried.ok:
        click.echo(f"Tự kiểm không đạt: {tried.said}", err=True)
    return 0 if tried.ok else NOT_WELL
