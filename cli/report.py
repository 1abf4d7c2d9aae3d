"""`dondoc report …`: units answer, desks review."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.chosen import actor, each_agency
from cli.common import DAY, NUMBER, acting, json_option, plan_option, print_json
from cli.opened import open_house
from obligations.errors import Invalid
from tasks_lib.kernel import clock

if TYPE_CHECKING:
    from tasks_lib.duties.change import Change, Decision
    from tasks_lib.kernel.bootstrap import House


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
    from tasks_lib.answering import cycle_form
    from tasks_lib.answering.read_back import read_back
    from tasks_lib.answering.submit import Answer, submit

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
    from tasks_lib.answering import cycle_form

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
    from tasks_lib.answering.submit import Nothing, nothing_arose

    house, at = open_house(plan_name), clock.parse_as_of(as_of)
    named = each_agency(house, missing, "--missing")
    said = Nothing(key=obligation, by=actor(house, by), reason=reason, version=version, missing=named)
    show(nothing_arose(house, said, at), as_json)


def decided(
    house: House, obligation: str, by: str | None, as_of: str | None, reason: str, version: int | None
) -> Decision:
    """Return what the options of a command say is decided about an obligation."""
    from tasks_lib.duties.change import Decision

    at = clock.parse_as_of(as_of)
    return Decision(key=obligation, by=actor(house, by), as_of=at, reason=reason, version=version)


def _deciding(name: str, text: str) -> Callable[[Callable[[House, Decision], Change]], click.Command]:
    """Make a use case one of the review commands: they differ by it alone."""

    def decided_by(use_case: Callable[[House, Decision], Change]) -> click.Command:
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
            show(use_case(house, decided(house, obligation, by, as_of, reason, version)), as_json)

        return command

    return decided_by


@_deciding("accept", "Xác nhận báo cáo.")
def accept(house: House, decision: Decision) -> Change:
    """Accept a report."""
    from tasks_lib.desk import review

    return review.accept(house, decision)


@_deciding("undo", "Hoàn tác việc vừa xác nhận, trong mười phút.")
def undo(house: House, decision: Decision) -> Change:
    """Take back an acceptance of a moment ago."""
    from tasks_lib.desk.undo import undo_accept

    return undo_accept(house, decision)


@_deciding("ask-more", "Đề nghị bổ sung (--reason), ba ngày làm việc.")
def ask_more(house: House, decision: Decision) -> Change:
    """Ask for more."""
    from tasks_lib.desk import review

    return review.ask_more(house, decision)


@_deciding("not-competent", "Xác nhận không thuộc thẩm quyền của đơn vị.")
def not_competent(house: House, decision: Decision) -> Change:
    """Confirm that a duty is not the unit's."""
    from tasks_lib.desk import review

    return review.not_competent(house, decision)


@_deciding("confirm-day", "Xác nhận ngày đơn vị ghi trước khi nhiệm vụ bắt đầu; tính từ ngày đó.")
def confirm_day(house: House, decision: Decision) -> Change:
    """Confirm a day before the duty's beginning."""
    from tasks_lib.desk import review

    return review.confirm_day(house, decision)


@_deciding("take-back", "Rút lại báo cáo đã gửi để sửa, khi nơi xem xét chưa mở xem.")
def taking_back(house: House, decision: Decision) -> Change:
    """Take a report back that nobody has looked at."""
    from tasks_lib.answering.take_back import take_back

    return take_back(house, decision)


@_deciding("reopen", "Mở lại (--reason).")
def reopen(house: House, decision: Decision) -> Change:
    """Open a closed duty again."""
    from tasks_lib.desk import review

    return review.reopen(house, decision)
