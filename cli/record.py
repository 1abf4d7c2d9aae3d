"""`dondoc document|event|extend|extension|assignment`: what desks and Sở Nội vụ enter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cli.chosen import actor, agency_id, item_key
from cli.common import DAY, acting, acting_for_focal, print_json
from cli.opened import open_house
from cli.report import decided, read_pairs, reason_option, show, version_option
from obligations.answers import Document
from tasks_lib.kernel import clock


@click.group()
def document() -> None:
    """Văn bản đã ký: ghi nhận cho một hay nhiều nhiệm vụ được giao."""


@document.command("record")
@click.argument("obligations", nargs=-1, required=True)
@click.option("--number", required=True, metavar="SỐ", help="Số, ký hiệu: 15/BC-UBND.")
@click.option("--on", "signed_on", type=DAY, required=True, metavar="NGÀY", help="Ngày văn bản.")
@click.option("--signer", default="", help="Người ký.")
@click.option("--summary", default="", help="Trích yếu.")
@click.option("--arrived", type=DAY, metavar="NGÀY", help="Ngày đến; mặc định là ngày văn bản.")
@click.option(
    "--file", "files", multiple=True, type=click.Path(path_type=Path), metavar="TỆP", help="Bản quét văn bản."
)
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar="KHÓA=SỐ",
    help="Số liệu nêu trong văn bản, khi ghi nhận cho một nhiệm vụ.",
)
@acting
def document_record(
    obligations: tuple[str, ...],
    number: str,
    signed_on: date,
    signer: str,
    summary: str,
    arrived: date | None,
    files: tuple[Path, ...],
    figures: tuple[str, ...],
    by: str,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Ghi nhận văn bản (đơn vị, hoặc nơi nhận ghi nhận thay)."""
    from tasks_lib.answering.submit import Enclosed, record_document

    given = Document(number=number, signed_on=signed_on, signer=signer, summary=summary)
    house = open_house(plan_name)
    beside = Enclosed(arrived_on=arrived, files=files, figures=read_pairs(figures))
    at = clock.parse_as_of(as_of)
    changes = record_document(house, obligations, actor(house, by), at, given, beside=beside)
    if as_json:
        found = [change.as_json() for change in changes]
        print_json(found[0] if len(found) == 1 else found)
        return
    for change in changes:
        show(change, as_json=False)


@click.group()
def event() -> None:
    """Sự kiện làm phát sinh nhiệm vụ "Theo quy định"."""


@event.command("record")
@click.argument("item")
@click.option("--agency", required=True, metavar="CƠ_QUAN", help="Cơ quan phải thực hiện.")
@click.option("--on", "on_day", type=DAY, required=True, metavar="NGÀY", help="Ngày của sự kiện.")
@click.option("--title", required=True, help="Tên văn bản, dự án.")
@acting_for_focal
def event_record(
    item: str,
    agency: str,
    on_day: date,
    title: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Ghi nhận sự kiện; hạn cuối tính theo quy định đang có hiệu lực."""
    from tasks_lib.duties import events

    house = open_house(plan_name)
    of, owing = item_key(house, item, "item") or item, agency_id(house, agency, "--agency")
    given = events.Event(item=of, agency=owing, on=on_day, title=title)
    at = clock.parse_as_of(as_of)
    show(events.record_event(house, given, actor(house, by), at), as_json)


@event.command("withdraw")
@click.argument("obligation")
@reason_option
@acting_for_focal
def event_withdraw(
    obligation: str,
    reason: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Rút sự kiện ghi nhầm; nhiệm vụ phát sinh từ đó được hủy."""
    from tasks_lib.duties import events

    house = open_house(plan_name)
    at = clock.parse_as_of(as_of)
    show(events.withdraw_event(house, obligation, actor(house, by), at, reason), as_json)


@click.command()
@click.argument("obligation")
@click.option("--until", type=DAY, required=True, metavar="NGÀY", help="Hạn cuối mới.")
@click.option("--document", "number", default="", metavar="SỐ", help="Số văn bản của UBND tỉnh.")
@click.option("--on", "on_day", type=DAY, metavar="NGÀY", help="Ngày văn bản.")
@reason_option
@version_option
@acting_for_focal
def extend(
    obligation: str,
    until: date,
    number: str,
    on_day: date | None,
    reason: str,
    version: int | None,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Điều chỉnh thời hạn theo văn bản của UBND tỉnh (hoặc ngày gửi UBND cấp huyện)."""
    from tasks_lib.duties import move_day

    house = open_house(plan_name)
    given = move_day.Extension(until=until, document_number=number, document_on=on_day, reason=reason)
    at = clock.parse_as_of(as_of)
    show(move_day.extend(house, obligation, actor(house, by), at, given, version), as_json)


@click.group()
def extension() -> None:
    """Việc điều chỉnh thời hạn đã ghi nhận."""


@extension.command("withdraw")
@click.argument("obligation")
@reason_option
@version_option
@acting_for_focal
def extension_withdraw(
    obligation: str,
    reason: str,
    version: int | None,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Rút lần điều chỉnh thời hạn mới nhất; hạn cuối trở lại như trước (--reason)."""
    from tasks_lib.duties import move_day

    house = open_house(plan_name)
    taking = decided(house, obligation, by, as_of, reason, version)
    show(move_day.withdraw_extension(house, taking), as_json)


@click.group()
def assignment() -> None:
    """Việc giao: hủy khi giao nhầm."""


@assignment.command("cancel")
@click.argument("obligation")
@reason_option
@version_option
@acting_for_focal
def assignment_cancel(
    obligation: str,
    reason: str,
    version: int | None,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Hủy nhiệm vụ giao nhầm (cơ quan đầu mối)."""
    from tasks_lib.desk import review

    house = open_house(plan_name)
    decision = decided(house, obligation, by, as_of, reason, version)
    show(review.cancel(house, decision), as_json)
