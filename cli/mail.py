"""`dondoc deliver|messages|preview|contacts`: what leaves, what has left, to whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf, agency_id
from cli.common import (
    DAY,
    NUMBER,
    as_of_option,
    heartbeat,
    json_option,
    plan_option,
    print_entries,
    print_json,
    running_at,
    running_houses,
    warn_ended,
)
from cli.opened import name_of, open_house
from tasks_lib.kernel import clock
from tasks_lib.kernel.message_words import MESSAGE_WORDS

if TYPE_CHECKING:
    from tasks_lib.desk import listing
    from tasks_lib.kernel.bootstrap import House
    from tasks_lib.mailing import preview as previews


@click.command()
@as_of_option
@plan_option
@json_option
def deliver(as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Gộp và gửi những thư đến lúc gửi; ngày nghỉ thì giữ lại và nói đến khi nào.

    Không ghi --plan thì gửi của mọi kế hoạch đang chạy: mỗi nơi nhận một thư.
    """
    from tasks_lib.duties.initialise import require_initialised
    from tasks_lib.mailing import deliver as delivery

    houses = running_houses(plan_name, as_of)
    house = houses[0]
    require_initialised(house)
    at = running_at(house, as_of)
    found = delivery.deliver_all(houses, at, now=clock.now)
    warn_ended(houses, clock.local_day(at))
    if not (found.held_until or found.stopped or found.on_hold):
        heartbeat(house, house.settings.heartbeat_delivery_url, as_of)
    if as_json:
        print_json(found.as_json())
    elif found.on_hold:
        click.echo("Chưa gửi: thư đang được giữ sau khi khôi phục bản sao; xem 'dondoc restore --status'")
    elif found.held_until:
        click.echo(f"Chưa gửi: giữ đến {found.held_until:%H:%M ngày %d/%m/%Y}")
    else:
        click.echo(f"Đã gửi {found.sent} thư; chưa gửi được {found.failed}; thôi gửi {found.dead}")
    if found.held:
        click.echo(f"Giữ lại {found.held} thư không soạn được; lý do: dondoc messages --state held", err=True)
    if found.stopped:
        click.echo(f"Dừng lượt gửi vì máy chủ thư không nhận thư: {found.stopped}", err=True)
    if found.went_wrong:
        raise click.exceptions.Exit(1)


@click.group(invoke_without_command=True)
@click.option(
    "--state",
    type=OneOf(MESSAGE_WORDS, MESSAGE_WORDS),
    metavar="TRẠNG_THÁI",
    help=f"{', '.join(MESSAGE_WORDS)}.",
)
@plan_option
@json_option
@click.pass_context
def messages(ctx: click.Context, state: str | None, plan_name: str | None, as_json: bool) -> None:
    """Xem các thư; 'messages retry' gửi lại thư đã thôi gửi."""
    if ctx.invoked_subcommand is not None:
        return
    from tasks_lib.desk import listing

    house = open_house(plan_name)
    rows = listing.messages(house, state)
    if as_json:
        print_json(rows)
        return
    print_entries((f"Thư số {row['id']}", _of_mail(house, row)) for row in rows)
    click.echo(f"{len(rows)} thư")


def _of_mail(house: House, row: listing.ListedMail) -> tuple[str, ...]:
    tried = f" ({row['attempts']} lần thử)" if row["attempts"] > 1 else ""
    why = "; ".join(dict.fromkeys(said for said in (row["held"], row["error"], row["reply"]) if said))
    address = f" <{row['address']}>" if row["address"] else ""
    return (
        row["subject"] or "(chưa soạn)",
        f"gửi {name_of(house, row['recipient'])}{address}",
        f"{MESSAGE_WORDS.get(row['state'], row['state'])}{tried}{f': {why}' if why else ''}",
    )


@messages.command()
@click.argument("numbers", nargs=-1, type=NUMBER)
@as_of_option
@plan_option
@json_option
def retry(numbers: tuple[int, ...], as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Gửi lại các thư đã thôi gửi hoặc bị giữ (tất cả, hoặc theo số)."""
    from tasks_lib.watch import ops

    house = open_house(plan_name)
    at = clock.parse_as_of(as_of)
    count = ops.retry_named(house, numbers, at) if numbers else ops.retry(house, None, at)
    if as_json:
        print_json({"retried": count})
        return
    click.echo(f"{count} thư sẽ được gửi lại")


@messages.command()
@click.argument("number", type=NUMBER)
@plan_option
@json_option
def show(number: int, plan_name: str | None, as_json: bool) -> None:
    """Đọc lại một thư: gửi ai, tình trạng, máy chủ trả lời gì, nội dung (không có đường dẫn)."""
    from tasks_lib.mailing import letters

    found = letters.letter(open_house(plan_name), number)
    if as_json:
        print_json(letters.letter_as_json(found))
        return
    click.echo(f"Thư số {found.number}: {found.subject or '(chưa soạn)'}")
    click.echo(f"Gửi: {found.name} <{', '.join(found.addresses)}>; ngày {found.mail_on:%d/%m/%Y}")
    click.echo(f"Tình trạng: {found.words}{f'; {found.error}' if found.error else ''}")
    for answer in found.answered:
        click.echo(f"  {answer.at:%d/%m/%Y %H:%M} {answer.address}: {answer.what} ({answer.text})")
    for carried in found.carried:
        click.echo(f"  {carried.obligation} {carried.step}")
    click.echo(f"\n{found.content.text if found.content else found.why_not}")


@click.command()
@click.option("--on", "on_day", type=DAY, required=True, metavar="NGÀY", help="Ngày cần xem.")
@as_of_option
@plan_option
@json_option
def preview(on_day: date, as_of: str | None, plan_name: str | None, as_json: bool) -> None:
    """Chạy thử một ngày: mọi thư sẽ gửi, gửi ai, vì sao; không thay đổi gì.

    Kế hoạch đang chạy thì mỗi ngày từ hôm nay (--as-of) đến ngày đó được chạy thử; chưa chạy thì coi như
    khởi động đúng ngày đó. Không ghi --plan thì xem của mọi kế hoạch đang chạy: mỗi nơi nhận một thư.
    """
    from tasks_lib.kernel.wording import ended_words
    from tasks_lib.mailing import preview as previews

    houses, now = running_houses(plan_name, as_of), clock.parse_as_of(as_of)
    found = previews.preview_of_all(houses, on_day, clock.local_day(now), now)
    if as_json:
        print_json(_preview_as_json(found, ended=any(ended_words(house.plan, on_day) for house in houses)))
        return
    warn_ended(houses, on_day)
    for mail in found.mails:
        click.echo(f"{'─' * 78}\nGửi: {mail.name} <{', '.join(mail.addresses)}>")
        click.echo(f"Người gửi hiển thị: {mail.sender}\nTiêu đề: {mail.subject}")
        if mail.held:
            click.echo(f"Giữ lại, không gửi ngày này: {mail.held}")
        click.echo(f"Vì: {'; '.join(mail.why)}\n\n{mail.text}")
    click.echo(said_of(found))


def _preview_as_json(found: previews.Preview, *, ended: bool) -> dict[str, object]:
    return {
        "on": found.on,
        "held_until": found.held_until,
        "on_hold": found.on_hold,
        "ended": ended,
        "mails": [vars(mail) for mail in found.mails],
        "parked": [vars(mail) for mail in found.parked],
    }


def said_of(found: previews.Preview) -> str:
    """Return in a line how many mails leave on a rehearsed day, and what keeps the others."""
    said = f"Ngày {found.on:%d/%m/%Y}: {len(found.leaving)} thư sẽ gửi"
    if found.held_until:
        said += f"; ngoài ngày, giờ gửi: thư giữ đến {found.held_until:%H:%M ngày %d/%m/%Y}"
    if found.on_hold:
        said += "; mọi thư đang được giữ sau khi khôi phục bản sao: xem 'dondoc restore --status'"
    if back := len(found.mails) - len(found.leaving):
        said += f"; giữ lại {back}"
    return f"{said}; không soạn được {len(found.parked)}" if found.parked else said


@click.group()
def contacts() -> None:
    """Đầu mối và địa chỉ thư của các đơn vị."""


@contacts.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--allow-real", is_flag=True, help="Cho phép địa chỉ thật (không kết thúc bằng .example).")
@plan_option
@json_option
def contacts_import(path: Path, allow_real: bool, plan_name: str | None, as_json: bool) -> None:
    """Nhập danh sách đầu mối (agency,role,name,address,phone) thay địa chỉ tạo sẵn."""
    from config.contacts import read_contacts
    from store.engine import writing
    from store.journal import Happening, write
    from tasks_lib.duties.initialise import require_initialised
    from tasks_lib.kernel.reach import import_contacts

    house = open_house(plan_name)
    require_initialised(house)
    given = read_contacts(path, house.configuration.agencies, allow_real)
    with writing(house.engine) as connection:
        import_contacts(connection, given, house.configuration.agencies, house.plan)
        imported = {"agencies": sorted(given), "real": allow_real}
        at = clock.now()
        write(connection, Happening(at=at, plan=house.plan.key, what="contacts-import", details=imported))
    if as_json:
        print_json({"agencies": len(given)})
        return
    click.echo(f"Đã nhập đầu mối của {len(given)} cơ quan")


@contacts.command("lift")
@click.argument("agency")
@click.argument("address", required=False)
@as_of_option
@plan_option
@json_option
def contacts_lift(
    agency: str, address: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Bỏ dấu "không nhận thư" của một đơn vị (hoặc một địa chỉ): thư lại gửi thẳng đến đơn vị."""
    from tasks_lib.mailing.hand_on import lift_marks

    house = open_house(plan_name)
    of = agency_id(house, agency, "agency")
    count = lift_marks(house, of, address, "dondoc", clock.parse_as_of(as_of))
    if as_json:
        print_json({"lifted": count})
        return
    click.echo(f"Đã bỏ dấu {count} địa chỉ")
