"""`dondoc obligations`, `notices`, `history`: what stands in the store."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf, agency_or_none, item_key
from cli.common import (
    DAY,
    as_of_option,
    clipped,
    json_option,
    plan_option,
    print_entries,
    print_json,
    warn_ended,
)
from cli.opened import name_of, open_house
from notifications.wording import local
from obligations.model import Kind, TimeState, WorkState
from obligations.rollup import WAITS_BELOW
from obligations.states import STATE_WORDS, TIME_WORDS, TOLD_AS
from obligations.words import about
from tasks_lib.kernel import clock
from tasks_lib.kernel.message_words import MESSAGE_WORDS

if TYPE_CHECKING:
    from tasks_lib.desk import listing
    from tasks_lib.desk.timeline import Moment
    from tasks_lib.kernel.bootstrap import House


KINDS: dict[str, str] = {
    Kind.TASK: "nhiệm vụ có thời hạn",
    Kind.ROW: "dòng trong báo cáo kỳ",
    Kind.REPORT: "báo cáo kỳ",
    Kind.SHEET: "phiếu tháng",
    Kind.PLAN: "kế hoạch của đơn vị",
}
STATES = {str(state): words for state, words in (*STATE_WORDS.items(), *TIME_WORDS.items())}
ROLE_WORDS = {
    "self": "chính đơn vị",
    "superior": "cấp trên trực tiếp",
    "desk": "nhờ chuyển",
    "focal": "đầu mối tổng hợp",
    "reviewer": "nơi nhận báo cáo",
}


@click.command()
@click.option("--item", metavar="MÃ", help="Mã nhiệm vụ, ví dụ 1.2.")
@click.option("--agency", metavar="CƠ_QUAN", help="Mã cơ quan.")
@click.option(
    "--state",
    type=OneOf(tuple(STATES), STATES),
    metavar="TRẠNG_THÁI",
    help="Trạng thái công việc hoặc thời hạn.",
)
@click.option(
    "--kind", type=OneOf(tuple(KINDS), KINDS), metavar="LOẠI", help="task, row, report, sheet hoặc plan."
)
@click.option("--overdue", is_flag=True, help="Chỉ những việc quá hạn.")
@as_of_option
@plan_option
@json_option
def obligations(
    item: str | None,
    agency: str | None,
    state: str | None,
    kind: str | None,
    overdue: bool,
    as_of: str | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Xem nhiệm vụ được giao của từng đơn vị."""
    from tasks_lib.desk import listing

    house = open_house(plan_name)
    chosen = listing.Filter(
        item=item_key(house, item),
        agency=agency_or_none(house, agency, "--agency"),
        state=state,
        kind=kind,
        overdue=overdue,
    )
    at = clock.parse_as_of(as_of)
    rows = listing.obligations(house, at, chosen)
    warn_ended([house], clock.local_day(at))
    if as_json:
        print_json(rows)
        return
    print_entries((row["id"], _in_words(house, row)) for row in rows)
    click.echo(f"{len(rows)} dòng")


def _in_words(house: House, row: listing.ListedDuty) -> tuple[str, ...]:
    """Say of a row what a person asks: whose, what, by when, how it stands, who has it."""
    last_day, holder = clock.parse_day(row["last_day"]), row["holder"]
    notes = [
        STATE_WORDS[WorkState(row["work_state"])],
        TIME_WORDS[_stands(row)],
        f"theo {row['set_by']}" if row["set_by"] else "",
        "cập nhật chậm" if row["updated_late"] else "",
        WAITS_BELOW if row["waits_for_below"] else "",
        f"đang ở {name_of(house, holder)}" if holder and holder != row["agency"] else "",
        f"thư giữ lại: {row['held']}" if row["held"] else "",
    ]
    stands = "; ".join(note for note in notes if note)
    return (
        f"{name_of(house, row['agency'])}: {_what(house, row)}",
        f"{'đề nghị chậm nhất' if row['proposed'] else 'hạn cuối'} {last_day:%d/%m/%Y}; {stands}",
    )


def _stands(row: listing.ListedDuty) -> TimeState:
    """Return how a row stands as people are told it."""
    said = TimeState(row["time_state"])
    return TOLD_AS.get(said, said) if row["proposed"] else said


def _what(house: House, row: listing.ListedDuty) -> str:
    from tasks_lib.kernel.wording import title

    number = f"{row['item']}. " if row["item"] else ""
    said = clipped(title(house, row["kind"], row["item"], row["period"]))
    return f"{number}{about(said, row['event'])} ({KINDS[Kind(row['kind'])]})"


@click.command()
@click.option("--item", metavar="MÃ", help="Mã nhiệm vụ, ví dụ 1.2.")
@click.option("--agency", metavar="CƠ_QUAN", help="Cơ quan có nhiệm vụ.")
@click.option("--recipient", metavar="CƠ_QUAN", help="Cơ quan nhận tin.")
@click.option("--from", "from_day", type=DAY, metavar="NGÀY", help="Ghi từ ngày.")
@click.option("--to", "to_day", type=DAY, metavar="NGÀY", help="Ghi đến ngày.")
@plan_option
@json_option
def notices(
    item: str | None,
    agency: str | None,
    recipient: str | None,
    from_day: date | None,
    to_day: date | None,
    plan_name: str | None,
    as_json: bool,
) -> None:
    """Xem các tin nhắc việc, đôn đốc đã ghi."""
    from tasks_lib.desk import listing
    from tasks_lib.desk.sql.listing import Wanted

    house = open_house(plan_name)
    wanted = Wanted(
        plan=house.plan.key,
        item=item_key(house, item),
        agency=agency_or_none(house, agency, "--agency"),
        recipient=agency_or_none(house, recipient, "--recipient"),
        from_day=from_day,
        to_day=to_day,
    )
    rows = listing.notices(house, wanted)
    if as_json:
        print_json(rows)
        return
    print_entries((_day_of(row), (_of_notice(house, row),)) for row in rows)
    click.echo(f"{len(rows)} dòng")


def _day_of(row: listing.ListedNotice) -> str:
    return f"{clock.parse_day(row['recorded_on']):%d/%m/%Y}  {row['obligation']}"


def _of_notice(house: House, row: listing.ListedNotice) -> str:
    from tasks_lib.mailing.mail_reasons import cause, in_words

    why = cause(row["obligation"], row["leg"], row["step"], proposed=row["proposed"])
    about = in_words(house, why)
    roles = ROLE_WORDS | {"director": house.focal.headed_by}
    to = f"{name_of(house, row['recipient'])} ({roles.get(row['role'], row['role'])})"
    mail = f", thư số {row['message']}" if row["message"] else ""
    return f"{about}; gửi {to}: {MESSAGE_WORDS.get(row['state'], row['state'])}{mail}"


@click.command()
@click.argument("obligation")
@plan_option
@json_option
def history(obligation: str, plan_name: str | None, as_json: bool) -> None:
    """Xem mọi việc đã xảy ra với một nhiệm vụ được giao."""
    from tasks_lib.desk import listing

    house = open_house(plan_name)
    if as_json:
        print_json(listing.history(house, obligation))
        return
    told = listing.told_of(house, obligation)
    print_entries((_head(moment), (_told(moment), moment.detail)) for moment in told)


def _head(moment: Moment) -> str:
    here = local(moment.at)
    return f"{here:%H:%M %d/%m/%Y}  {moment.who}{f' ({moment.person})' if moment.person else ''}"


def _told(moment: Moment) -> str:
    to = f", gửi {moment.to}" if moment.to else ""
    mail = f"; {moment.mail}{f' (thư số {moment.message})' if moment.message else ''}" if moment.mail else ""
    return f"{moment.what}{to}{mail}"
