"""`dondoc picture …`: how the plan stands as an SVG or PNG file, with the table it is drawn from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from cli.chosen import OneOf, agency_or_none, item_key
from cli.common import as_of_option, json_option, plan_option, print_json
from cli.opened import open_house
from obligations.errors import Invalid
from tasks_lib.kernel import clock
from tasks_lib.pictures.shapes import Picture

SVG, PNG = ".svg", ".png"


def _kinds() -> Collection[str]:
    from tasks_lib.pictures.kinds import KINDS

    return KINDS


@click.command()
@click.argument("drawing", type=OneOf(_kinds), metavar="LOẠI")
@click.option("--item", metavar="MÃ", help="Chỉ nhiệm vụ này, ví dụ 1.2.")
@click.option("--agency", metavar="CƠ_QUAN", help="Chỉ cơ quan này và cấp dưới của cơ quan này.")
@click.option(
    "--out",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TỆP",
    help="Tệp .svg hoặc .png sẽ ghi.",
)
@as_of_option
@plan_option
@json_option
def picture(
    drawing: str,
    item: str | None,
    agency: str | None,
    file: Path,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Vẽ một biểu đồ của ngày --as-of ra tệp, kèm bảng số liệu của nó."""
    from tasks_lib.pictures.asked import Asked
    from tasks_lib.pictures.drawn import alone, png
    from tasks_lib.pictures.kinds import draw

    if file.suffix not in (SVG, PNG):
        raise Invalid(f"--out: '{file.name}' phải có đuôi {SVG} hoặc {PNG}")
    house = open_house(plan_name)
    asked = Asked(
        house=house,
        as_of=clock.parse_as_of(as_of),
        item=item_key(house, item),
        agency=agency_or_none(house, agency, "--agency"),
    )
    made = draw(drawing, asked)
    try:
        file.write_bytes(png(made) if file.suffix == PNG else alone(made).encode())
    except OSError as fault:
        raise Invalid(f"--out: không ghi được {file}: {fault.strerror}") from fault
    if as_json:
        print_json(_told(made, file))
        return
    click.echo(f"{made.title}. {made.said}")
    click.echo(f"Đã ghi {file}")


def _told(made: Picture, file: Path) -> dict[str, object]:
    return {
        "picture": made.kind,
        "title": made.title,
        "said": made.said,
        "headings": made.headings,
        "rows": made.rows,
        "keys": made.keys,
        "file": str(file),
    }
