"""`dondoc report …`: units answer, desks review."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from cli.chosen import actor, each_agency
from cli.common import DAY, NUMBER, acting, json_option, plan_option, print_json
from obligations.errors import Invalid
from tasks_lib.answering import cycle_form
from tasks_lib.answering.read_back import read_back
from tasks_lib.answering.submit import Answer, nothing_arose, submit
from tasks_lib.answering.take_back import take_back
from tasks_lib.desk import review
from tasks_lib.desk.undo import undo_accept
from tasks_lib.duties.change import Change, Decision
from tasks_lib.kernel import clock
from tasks_lib.kernel.bootstrap import House, open_house

version_option = click.option(
    "--version", type=NUMBER, metavar="N", help="Phiên bản báo cáo đang xem; bản cũ bị từ chối."
)
reason_option = click.option("--reason", default="", metavar="LÝ_DO", help="Lý do, nội dung.")
missing_option = click.option(
    "--missing", multiple=True, metavar="CƠ_QUAN", help="Đơn vị cấp dưới chưa báo cáo; ghi đủ từng đơn vị."
)


@click.group()
def report() -> None:
    """Báo cáo kết quả thực hiện: gửi, xác nhận, đề nghị bổ sung, mở lại."""


def show(change: Change, as_json: bool) -> None:
    """Print what a change left behind."""
    if as_json:
        print_json(change.as_json())
        return
    click.echo(f"{change.obligation}: {change.work_state} (phiên bản {change.version})")


def read_pairs(pairs: tuple[str, ...]) -> dict[str, object]:
    """Read --figure k=v given several times."""
    read: dict[str, object] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise Invalid(f"--figure: viết khóa=giá trị, đã nhập '{pair}'")
        read[key.strip()] = value.strip()
    return read


@report.command("submit")
@click.argument("obligation")
@version_option
@click.option("--completed", type=DAY, metavar="NGÀY", help="Ngày hoàn thành.")
@click.option("--text", default="", help="Kết quả thực hiện.")
@click.option("--difficulty", default="", help="Khó khăn, vướng mắc.")
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar="KHÓA=SỐ",
    help="Số liệu theo khóa, xem 'report template'; tỷ lệ viết 18/21.",
)
@click.option(
    "--evidence",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Tài liệu kiểm chứng.",
)
@click.option(
    "--from",
    "form",
    type=click.Path(path_type=Path),
    metavar="TỆP.json",
    help="Báo cáo kỳ theo mẫu 'report template'.",
)
@click.option(
    "--without", default="", metavar="LÝ_DO", help="Lý do báo cáo chưa có số liệu, tài liệu, văn bản."
)
@missing_option
@reason_option
@acting
def submit_(
    obligation: str,
    version: int | None,
    completed: date | None,
    text: str,
    difficulty: str,
    figures: tuple[str, ...],
    evidence: tuple[Path, ...],
    form: Path | None,
    without: str,
    missing: tuple[str, ...],
    reason: str,
    by: str,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Báo cáo kết quả một nhiệm vụ, một báo cáo kỳ (--from), một phiếu theo dõi tháng."""
    house = open_house(plan_name)
    filled = cycle_form.read_form(house, obligation, form) if form is not None else cycle_form.Form()
    answer = Answer(
        completed_on=completed,
        text=text or filled.text,
        difficulty=difficulty or filled.difficulty,
        figures=read_pairs(figures),
        evidence=evidence,
        reason=reason,
        without=without,
        rows=filled.rows,
        missing=(*each_agency(house, missing, "--missing"), *filled.missing),
    )
    at = clock.parse_as_of(as_of)
    show(submit(house, obligation, actor(house, by), at, answer, version), as_json)
    for line in () if as_json else read_back(house, obligation, at):
        click.echo(line)


@report.command()
@click.argument("obligation")
@plan_option
@json_option
def template(obligation: str, plan_name: str | None, as_json: bool) -> None:
    """In mẫu của báo cáo kỳ (mỗi dòng một nhiệm vụ) hay của một nhiệm vụ: khóa, tên số liệu cần nhập."""
    del as_json  # the template is JSON either way
    document = cycle_form.template(open_house(plan_name), obligation)
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@report.command("nothing-arose")
@click.argument("obligation")
@version_option
@missing_option
@reason_option
@acting
def nothing_arose_(
    obligation: str,
    version: int | None,
    missing: tuple[str, ...],
    reason: str,
    by: str,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Trả lời "không phát sinh" (đơn vị tự trả lời)."""
    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    named = each_agency(house, missing, "--missing")
    show(nothing_arose(house, obligation, actor(house, by), at, reason, version, missing=named), as_json)


def _deciding(name: str, use_case: Callable[[House, Decision], Change], text: str) -> click.Command:
    """Make one of the review commands: they differ by their use case alone."""

    @report.command(name, help=text)
    @click.argument("obligation")
    @version_option
    @reason_option
    @acting
    def command(
        obligation: str,
        version: int | None,
        reason: str,
        by: str,
        as_of: str | None,
        plan_name: str | None,
        as_json: bool,
    ) -> None:
        house = open_house(plan_name)
        decision = Decision(
            key=obligation,
            by=actor(house, by),
            as_of=clock.parse_as_of(as_of),
            reason=reason,
            version=version,
        )
        show(use_case(house, decision), as_json)

    return command


accept = _deciding("accept", review.accept, "Xác nhận báo cáo.")
undo_accept_ = _deciding("undo", undo_accept, "Hoàn tác việc vừa xác nhận, trong mười phút.")
ask_more = _deciding("ask-more", review.ask_more, "Đề nghị bổ sung (--reason), ba ngày làm việc.")
not_competent = _deciding(
    "not-competent", review.not_competent, "Xác nhận không thuộc thẩm quyền của đơn vị."
)
confirm_day = _deciding(
    "confirm-day", review.confirm_day, "Xác nhận ngày đơn vị ghi trước khi nhiệm vụ bắt đầu; tính từ ngày đó."
)
take_back_ = _deciding("take-back", take_back, "Rút lại báo cáo đã gửi để sửa, khi nơi xem xét chưa mở xem.")
reopen = _deciding("reopen", review.reopen, "Mở lại (--reason).")
