"""`dondoc paper …`: papers an office signs, drafted from the plan's figures as Word and PDF."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf, actor, agency_id, agency_or_none, each_item
from cli.common import (
    DAY,
    NUMBER,
    acting_for_focal,
    as_of_option,
    json_option,
    plan_option,
    print_json,
    print_rows,
)
from cli.opened import name_of, open_house
from cli.progress import progress
from obligations.errors import Invalid
from store.rows import Paper
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House
    from tasks_lib.papers.listing import Listed
    from tasks_lib.papers.making import Changed, Made


KINDS = {"kind": "Mã", "name": "Văn bản", "signed_by": "Ai ký"}
LIST = {
    "paper": "Số",
    "title": "Văn bản",
    "by": "Cơ quan",
    "data_day": "Số liệu",
    "version": "Bản",
    "pages": "Trang",
    "number": "Số, ký hiệu",
    "signed_on": "Ngày ký",
    "signer": "Người ký",
}

items_option = click.option(
    "--item", "items", multiple=True, metavar="MÃ", help="Chỉ nhiệm vụ này; ghi được nhiều lần."
)
out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="THƯ_MỤC",
    help="Ghi tệp vào thư mục này.",
)


def _kinds() -> Collection[str]:
    from tasks_lib.papers.kinds import WRITERS

    return WRITERS


@click.group()
def paper() -> None:
    """Văn bản để ký: lập dự thảo, xem, ghi số và ngày."""


@paper.command()
@plan_option
@json_option
def kinds(plan_name: str | None, as_json: bool) -> None:
    """Xem các loại văn bản lập được và ai ký."""
    from tasks_lib.papers.kinds import list_kinds

    found = list_kinds(open_house(plan_name))
    if as_json:
        print_json(found)
        return
    print_rows(found, KINDS)


@paper.command("make")
@click.argument("kind", type=OneOf(_kinds), metavar="LOẠI")
@click.option("--for", "for_", metavar="CƠ_QUAN", help="Cơ quan mà văn bản nói đến hoặc gửi đến.")
@items_option
@click.option("--cycle", metavar="KỲ", help="Kỳ báo cáo, ví dụ 2022-Q3.")
@click.option("--authority", metavar="QUYỀN", help="self, kt, tl hoặc tuq; mặc định theo loại văn bản.")
@click.option("--each", is_flag=True, help="Mỗi đơn vị phải có văn bản này một dự thảo Word.")
@out_option
@acting_for_focal
def make_(
    kind: str,
    for_: str | None,
    items: tuple[str, ...],
    cycle: str | None,
    authority: str | None,
    each: bool,
    out: Path | None,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Lập dự thảo một văn bản từ số liệu của ngày --as-of."""
    from tasks_lib.papers import kinds, making
    from tasks_lib.papers.campaigns import urge
    from tasks_lib.papers.listing import Listed
    from tasks_lib.papers.order import Order

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    if each:
        if for_ or items or by:
            raise Invalid("--each: lập cho mọi đơn vị, không dùng cùng --for, --item, --by")
        _make_each(house, kind, cycle, at, out, as_json=as_json)
        return
    meant = agency_or_none(house, for_, "--for")
    order = Order(
        kind=kind,
        by=meant if kind in kinds.OWN_PAPERS and meant and by is None else actor(house, by),
        for_=meant,
        items=each_item(house, items),
        units=(meant,) if kind == kinds.URGING and meant else (),
        cycle=cycle,
        authority=authority,
    )
    made = urge(house, order, at)[0][1] if kind == kinds.URGING else making.make(house, order, at)
    if not as_json:
        show_made([made], out)
        return
    print_json({**Listed(paper=made.paper, changed=()).as_json(), **written_out([made], out)[0]})


def _make_each(
    house: House, kind: str, cycle: str | None, at: datetime, out: Path | None, *, as_json: bool
) -> None:
    """Draft a paper of every unit that owes it, in Word alone: pages come with the signature."""
    from tasks_lib.papers.listing import Listed
    from tasks_lib.papers.unit_drafts import make_each, orders_of_each

    with progress("Lập dự thảo", shown=True) as moved:
        made = make_each(house, orders_of_each(house, kind, cycle, at), at, moved)
    files = [_written(one, out) for one in made]
    if as_json:
        found = [Listed(paper=one.paper, changed=()).as_json() for one in made]
        print_json([{**listed, **there} for listed, there in zip(found, files, strict=True)])
        return
    for there in files:
        if there["docx"]:
            click.echo(there["docx"])
    click.echo(f"Đã lập {len(made)} dự thảo")


@paper.command("list")
@click.option("--by", metavar="CƠ_QUAN", help="Chỉ văn bản của cơ quan này.")
@click.option("--kind", type=OneOf(_kinds), metavar="LOẠI", help="Chỉ loại văn bản này.")
@click.option("--fresh", is_flag=True, help="So với số liệu của ngày --as-of.")
@as_of_option
@plan_option
@json_option
def list_(
    by: str | None, kind: str | None, fresh: bool, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Xem các văn bản đã lập, bản mới nhất trước."""
    from tasks_lib.papers.listing import list_papers

    house = open_house(plan_name)
    at = clock.parse_as_of(as_of) if fresh else None
    found = list_papers(house, agency_or_none(house, by, "--by"), kind, at)
    if as_json:
        print_json([listed.as_json() for listed in found])
        return
    print_rows([_row(house, listed) for listed in found], LIST)
    for listed in found:
        for line in changes(listed.changed):
            click.echo(f"{listed.paper.id}: {line}")


@paper.command("sign")
@click.argument("number_of", metavar="VĂN_BẢN", type=NUMBER)
@click.option("--number", required=True, metavar="SỐ", help="Số, ký hiệu văn thư cấp, ví dụ 45/UBND-NV.")
@click.option("--on", "on_day", required=True, type=DAY, metavar="NGÀY", help="Ngày ký.")
@click.option("--signer", required=True, metavar="HỌ_TÊN", help="Người ký.")
@acting_for_focal
def sign_(
    number_of: int,
    number: str,
    on_day: date,
    signer: str,
    by: str | None,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Ghi số, ngày, người ký; công văn đôn đốc thì ghi thư gửi kèm vào hàng đợi."""
    from tasks_lib.papers import citing, signing
    from tasks_lib.papers.listing import Listed

    house = open_house(plan_name)
    entered = signing.Signature(number=number, on=on_day, signer=signer)
    done = signing.sign(house, number_of, entered, actor(house, by), clock.parse_as_of(as_of))
    if as_json:
        print_json(
            {
                **Listed(paper=done.paper, changed=()).as_json(),
                "mails": list(done.mails),
                "unreached": list(done.unreached),
            }
        )
        return
    click.echo(f"Đã ghi: {citing.cited(house, done.paper)}, người ký {done.paper.signer}")
    if done.mails:
        click.echo(f"{len(done.mails)} thư gửi kèm công văn đã vào hàng đợi")
    for key in done.unreached:
        click.echo(f"{name_of(house, key)}: chưa có địa chỉ thư, không gửi được", err=True)


def show_made(made: list[Made], out: Path | None) -> None:
    """Write the files of papers that were drafted, and say what they are."""
    for one, files in zip(made, written_out(made, out), strict=True):
        same = "" if one.fresh else " (số liệu không đổi, giữ bản đã lập)"
        counted = f", {one.paper.pages} trang" if one.paper.pages else ""
        click.echo(f"Văn bản {one.paper.id}: {one.paper.title}, bản {one.paper.version}{counted}{same}")
        for found in files.values():
            if found:
                click.echo(f"  {found}")


def written_out(made: list[Made], out: Path | None) -> list[dict[str, str | None]]:
    """Write the files of papers into a folder; return where each is."""
    from notifications.papers.pdf import MISSING

    if any(one.pdf is None for one in made):
        click.echo(MISSING, err=True)
    return [_written(one, out) for one in made]


def _written(made: Made, out: Path | None) -> dict[str, str | None]:
    found: dict[str, str | None] = {"docx": None, "pdf": None}
    if out is None:
        return found
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in (("docx", made.docx), ("pdf", made.pdf)):
            if content is not None:
                target = out / f"{file_stem(made.paper)}.{name}"
                target.write_bytes(content)
                found[name] = str(target)
    except OSError as fault:
        raise Invalid(f"--out: không ghi được vào {out} ({fault.strerror})") from fault
    return found


def file_stem(paper: Paper) -> str:
    """Return what a paper's files are called."""
    meant = f"-{paper.for_id}" if paper.for_id else ""
    return f"{paper.kind}-{paper.issuer_id}{meant}-{paper.data_day:%Y%m%d}-{paper.id}"


def changes(found: tuple[Changed, ...]) -> list[str]:
    """Tell which figures are others by now."""
    return [
        f"{one.name}: khi lập {one.was if one.was is not None else 0}, nay {one.now or 0}" for one in found
    ]


def _row(house: House, listed: Listed) -> dict[str, object]:
    row = listed.as_json()
    return {**row, "by": name_of(house, agency_id(house, listed.paper.issuer_id, "--by"))}
