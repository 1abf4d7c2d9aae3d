"""`dondoc plan export`, `diff`, `carry-over`: a plan as a folder of data, compared, carried into a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.common import json_option, plan_option, print_json, print_wrapped
from cli.plan import plan
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.model import Plan
from obligations.words import count

if TYPE_CHECKING:
    from config.load import Configuration

YEAR = click.IntRange(FIRST_YEAR, LAST_YEAR)
__all__ = ["plan"]


@plan.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="THƯ_MỤC", help="Thư mục mới.")
@plan_option
@json_option
def export(out: Path, plan_name: str | None, as_json: bool) -> None:
    """Xuất dữ liệu của một kế hoạch ra thư mục riêng để sửa, rồi kiểm tra bằng 'plan check --config'."""
    from config.export import export_plan
    from config.load import load_configuration

    configuration = load_configuration()
    chosen = configuration.plan(plan_name)
    files = export_plan(configuration, chosen, out)
    if as_json:
        print_json({"plan": chosen.key, "directory": str(out), "files": files})
        return
    click.echo(f"{chosen.key}: {count(len(files))} tệp trong {out}")


@plan.command()
@click.argument("old", metavar="CŨ")
@click.argument("new", metavar="MỚI")
@json_option
def diff(old: str, new: str, as_json: bool) -> None:
    """So sánh hai kế hoạch, mỗi kế hoạch ghi số hoặc thư mục dữ liệu: nhiệm vụ thêm, bỏ, sửa, đổi ngày."""
    from tasks_lib.duties.plan_diff import difference

    before, after = _chosen(old), _chosen(new)
    found = difference(*before, *after)
    if as_json:
        print_json(found.as_json())
        return
    lines = found.in_words()
    for line in lines or [f"{found.old} và {found.new}: không khác nhau"]:
        print_wrapped(line)


def _chosen(text: str) -> tuple[Configuration, Plan]:
    """Return a plan by its name, or the only one of a folder; its key may follow a colon."""
    from config.load import load_configuration

    folder, _, name = text.partition(":")
    if Path(folder).is_dir():
        configuration = load_configuration(Path(folder))
        return configuration, configuration.plan(name or None)
    configuration = load_configuration()
    return configuration, configuration.plan(text)


@plan.command("carry-over")
@click.argument("old", metavar="KẾ_HOẠCH")
@click.option("--year", type=YEAR, required=True, metavar="NĂM", help="Năm mới.")
@click.option("--tree", required=True, metavar="DANH_MỤC", help="Danh mục đơn vị của năm đó: laocai-2025.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục mới; mặc định tên của kế hoạch mới.",
)
@json_option
def carry_over(old: str, year: int, tree: str, out: Path | None, as_json: bool) -> None:
    """Lập dự thảo kế hoạch năm sau từ kế hoạch cũ: ngày, cơ quan, mỗi thay đổi một dòng."""
    from config.carry_over import CarryOver  # what writes TOML costs more than reading a plan's list

    configuration, chosen = _chosen(old)
    carried = CarryOver(configuration, chosen, year, tree)
    out = out or Path(carried.key)
    carried.write(out)
    doubts = [move for move in carried.moves if move.doubt]
    if as_json:
        told = {"plan": carried.key, "year": year, "tree": tree, "directory": str(out)}
        print_json({**told, "doubts": len(doubts), "moves": [move.as_json() for move in carried.moves]})
        return
    for move in carried.moves:
        where = f"nhiệm vụ {move.where}" if move.where else "kế hoạch"
        doubt = f" - CẦN XÁC NHẬN: {move.doubt}" if move.doubt else ""
        print_wrapped(f"{where}, {move.field}: '{move.old}' → '{move.new}'{doubt}")
    total, asked = count(len(carried.moves)), count(len(doubts))
    print_wrapped(
        f"Dự thảo {carried.key} trong {out}: {total} thay đổi, {asked} nội dung cần xác nhận; sửa xong bỏ"
        " dòng 'draft = true', kiểm tra bằng 'dondoc plan check --config'"
    )
