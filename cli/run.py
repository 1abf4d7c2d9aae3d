"""`dondoc init|sweep|round|up`: what runs the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.chosen import item_key
from cli.common import (
    as_of_option,
    heartbeat,
    json_option,
    plan_option,
    print_json,
    running_at,
    warn_ended,
)
from cli.opened import open_house
from tasks_lib.kernel import clock
from tasks_lib.kernel.places import PORTAL_PORT

if TYPE_CHECKING:
    from tasks_lib.rounds.sweep import SweepReport


SHOWN_MOVES = 20


@click.command()
@click.option(
    "--grant",
    "role",
    metavar="TÀI_KHOẢN",
    help="PostgreSQL: cấp cho tài khoản của trang web đủ quyền để chạy, không quyền sửa, xóa nhật ký.",
)
@as_of_option
@plan_option
@json_option
def init(role: str | None, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Tạo cơ sở dữ liệu và ghi toàn bộ nhiệm vụ của kế hoạch; chạy lại không làm hỏng gì."""
    from store import journal
    from store.engine import writing
    from store.grants import grant
    from tasks_lib.duties.initialise import initialise

    house = open_house(plan_name)
    changes = initialise(house, clock.parse_as_of(as_of) if as_of else None)
    if role is not None:
        with writing(house.engine) as connection:
            grant(connection, role)
            at, plan = clock.parse_as_of(as_of), house.plan.key
            journal.write(connection, journal.Happening(at=at, plan=plan, what="grant", subject=role))
    if as_json:
        print_json(
            {
                "plan": house.plan.key,
                "added": len(changes.added),
                "removed": len(changes.removed),
                "moved": [{"obligation": k, "from": old, "to": new} for k, old, new in changes.moved],
            }
        )
        return
    click.echo(
        f"Kế hoạch {house.plan.number}: thêm {len(changes.added)}, bỏ {len(changes.removed)},"
        f" tính lại {len(changes.moved)} nhiệm vụ được giao"
    )
    for key, old, new in changes.moved[:SHOWN_MOVES]:
        click.echo(f"  {key}: {old:%d/%m/%Y} → {new:%d/%m/%Y}")


@click.command()
@click.option("--item", metavar="MÃ", help="Chỉ một nhiệm vụ.")
@as_of_option
@plan_option
@json_option
def sweep(item: str | None, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Rà soát một ngày không qua Prefect: mở việc đến kỳ, ghi tin nhắc việc, đôn đốc."""
    from tasks_lib.duties.initialise import require_initialised
    from tasks_lib.rounds.sweep import sweep as sweep_plan

    house = open_house(plan_name)
    require_initialised(house)
    report = sweep_plan(house, running_at(house, as_of), item_key(house, item))
    if item is None:
        heartbeat(house, house.settings.heartbeat_url, as_of)
    warn_ended([house], clock.local_day(report.as_of))
    _show(report, as_json)


def _show(report: SweepReport, as_json: bool) -> None:
    if as_json:
        print_json(report.as_json())
        return
    click.echo(
        f"{clock.local_day(report.as_of):%d/%m/%Y}: mở {report.opened}, ghi {report.notices} tin,"
        f" chưa đến kỳ {report.waiting}, quá hạn {report.overdue},"
        f" chậm so với ngày đề nghị {report.past_asked},"
        f" phiếu tháng chưa xem xét {report.sheets_overdue}"
    )


@click.command("round")
@as_of_option
@plan_option
@json_option
def round_(as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Chạy lượt trong ngày qua Prefect: rà soát một lần, rồi từng nhiệm vụ công bố kết quả."""
    from flows.run import run_round  # Prefect costs two seconds
    from tasks_lib.duties.initialise import require_initialised

    house = open_house(plan_name)
    require_initialised(house)
    at = running_at(house, as_of)
    document = run_round(at, house.plan.key)
    heartbeat(house, house.settings.heartbeat_url, as_of)
    warn_ended([house], clock.local_day(at))
    if as_json:
        print_json(document)
        return
    click.echo(
        f"mở {document['opened']}, ghi {document['notices']} tin,"
        f" chưa đến kỳ {document['waiting']}, quá hạn {document['overdue']},"
        f" chậm so với ngày đề nghị {document['past_asked']},"
        f" phiếu tháng chưa xem xét {document['sheets_overdue']}"
    )


@click.command()
@click.option("--as-of", metavar="NGÀY", help="Ghim một ngày để trình diễn.")
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="CỔNG", help="Cổng của trang Prefect (chỉ để xem)."
)
@click.option(
    "--web-port",
    type=click.IntRange(1, 65535),
    default=PORTAL_PORT,
    show_default=True,
    metavar="CỔNG",
    help="Cổng của trang web.",
)
@click.option("--demo", is_flag=True, help="Chạy trên số liệu và ngày của lần 'dondoc demo' gần nhất.")
def up(as_of: str | None, port: int | None, web_port: int, demo: bool) -> None:
    """Bật trang web, máy chủ Prefect, bộ chạy và lịch trong một lệnh; Ctrl-C tắt tất cả."""
    from cli.up import up as run  # Prefect costs two seconds

    run(as_of, port, web_port, demo=demo)
