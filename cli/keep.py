"""`dondoc backup|restore`: copies of everything, and putting one in place again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.common import as_of_option, json_option, plan_option, print_json
from cli.opened import open_house
from obligations.calendar import ZONE
from obligations.errors import Invalid
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.keeping.after_restore import Standing


SHOWN = 20


@click.command()
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Nơi giữ các bản sao, nên ở ổ đĩa hoặc máy khác; mặc định là backups trong DONDOC_HOME.",
)
@as_of_option
@plan_option
@json_option
def backup(to: Path | None, as_of: str | None, plan_name: str | None, as_json: bool) -> int:
    """Sao lưu cơ sở dữ liệu, tài liệu kiểm chứng, khóa và nhật ký thư; đọc lại để kiểm tra."""
    from tasks_lib.keeping import backup as copies

    house = open_house(plan_name)
    made = copies.backup(house, (to or house.settings.home / "backups").absolute(), clock.parse_as_of(as_of))
    if as_json:
        print_json(made.as_json())
    else:
        kept = made.manifest
        click.echo(
            f"Đã sao lưu vào {made.folder}: {kept.rows['messages']} thư, {len(kept.evidence)} tài liệu kiểm"
            " chứng; đã đọc lại toàn bộ"
        )
    for digest in made.manifest.missing:
        click.echo(f"tài liệu kiểm chứng {digest}: kho không còn tệp này", err=True)
    return 0 if made.verified else 1


@click.command()
@click.argument("copy", type=click.Path(path_type=Path), metavar="BẢN_SAO", required=False)
@click.option("--replace", is_flag=True, help="Chuyển cơ sở dữ liệu đang có sang một bên (không xóa).")
@click.option(
    "--mail-log",
    "logs",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    metavar="THƯ_MỤC",
    help="Nhật ký thư còn lại của máy cũ.",
)
@click.option("--status", is_flag=True, help="Xem thư nào đã gửi sau bản sao, thư nào sẽ gửi.")
@click.option("--release", "let_go", is_flag=True, help="Cho gửi thư lại sau khi đã xem.")
@click.option("--forget", is_flag=True, help="Với --release: không gửi những thư đang chờ, vì có thể đã gửi.")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@as_of_option
@plan_option
@json_option
def restore(
    copy: Path | None,
    replace: bool,
    logs: tuple[Path, ...],
    status: bool,
    let_go: bool,
    forget: bool,
    yes: bool,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Khôi phục một bản sao; mọi thư được giữ lại cho đến khi có người xem rồi cho gửi."""
    from tasks_lib.keeping.after_restore import release, standing
    from tasks_lib.keeping.restore import restore as put_in_place

    if (copy is not None) + status + let_go != 1:
        raise Invalid("chọn một: BẢN_SAO để khôi phục, --status để xem, hoặc --release để cho gửi thư")
    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    if copy is not None:
        stood = put_in_place(house, copy.absolute(), at, aside=replace, logs=logs)
    elif status:
        stood = standing(house)
    else:
        if not yes and sys.stdin.isatty():
            _show(standing(house))
            click.confirm("Cho gửi thư?", abort=True, err=True)
        stood = release(house, at, forget=forget)
    if as_json:
        print_json({**stood.as_json(), "released": let_go})
        return
    if let_go:
        click.echo("Đã cho gửi thư lại.")
        return
    _show(stood)


def _show(stood: Standing) -> None:
    if stood.hold is None:
        click.echo("Thư không bị giữ.")
        return
    click.echo(f"Mọi thư đang được giữ; bản sao lúc {stood.hold.copied_at:%H:%M ngày %d/%m/%Y}.")
    known = f", từ {stood.first} đến {stood.last}" if stood.messages else ""
    click.echo(f"Đã gửi sau bản sao, theo nhật ký thư: {stood.messages} thư{known}.")
    click.echo(f"Sẽ gửi khi cho gửi lại: {len(stood.would_leave)} nơi nhận.")
    for _, name, count in stood.would_leave[:SHOWN]:
        click.echo(f"  {name}: {count} tin")
    _show_lost(stood)
    click.echo("Xem xong: 'dondoc restore --release'; không gửi những tin này: thêm --forget.")


def _show_lost(stood: Standing) -> None:
    """Name who has to answer again, and how far that is known."""
    lost = stood.lost
    click.echo(f"Đã báo cáo sau bản sao, nay không còn, đề nghị đơn vị gửi lại: {len(lost.answers)} báo cáo.")
    for one, name in zip(lost.answers, stood.lost_of, strict=True):
        when = f", gửi lúc {one.at.astimezone(ZONE):%H:%M ngày %d/%m/%Y}" if one.at else ""
        click.echo(f"  {name}: {one.obligation}{when}")
    if not lost.compared:
        click.echo(
            "Không có cơ sở dữ liệu cũ để đối chiếu, có thể còn báo cáo khác: hỏi các đơn vị có việc đến hạn"
            " từ lúc sao lưu."
        )
