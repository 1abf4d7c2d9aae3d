"""`dondoc link|login-link|revoke`: who is let onto the portal, by hand and for scripts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cli.chosen import OneOf, actor, agency_id, agency_or_none
from cli.common import DAY, acting_for_focal, as_of_option, json_option, plan_option, print_json
from cli.opened import open_house
from obligations.errors import Invalid
from obligations.nearest import meant
from obligations.rights import BY_LINK, Seat
from obligations.words import day
from tasks_lib.kernel.clock import parse_as_of, start_of

if TYPE_CHECKING:
    from tasks_lib.kernel.links import Issued


ROLES = tuple(seat for seat in Seat if seat not in BY_LINK)
OTHER_SPELLINGS = {"desk": Seat.DESK, "ubnd-tinh": Seat.READER}
PURPOSES = ("answer", "review")


@click.command()
@click.argument("agency", metavar="CƠ_QUAN")
@click.option("--obligation", metavar="NHIỆM_VỤ", help="Nhiệm vụ được giao hiện ra trước.")
@click.option(
    "--for",
    "purpose",
    type=OneOf(PURPOSES),
    default="answer",
    show_default=True,
    metavar="VIỆC",
    help="answer (cập nhật kết quả) hoặc review (xem xét báo cáo của cấp dưới).",
)
@as_of_option
@plan_option
@json_option
def link(
    agency: str, obligation: str | None, purpose: str, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Tạo đường dẫn như trong thư: mở những việc một cơ quan đang phải làm, không cần tài khoản."""
    from tasks_lib.kernel import links as access

    house = open_house(plan_name)
    of = agency_id(house, agency, "CƠ_QUAN")
    made = access.answer_link(
        house, of, parse_as_of(as_of), obligation=obligation, review=purpose == "review"
    )
    _show(made, as_json)


@click.command("login-link")
@click.option("--role", required=True, metavar="VAI_TRÒ", help=f"Một trong: {', '.join(ROLES)}.")
@click.option(
    "--agency", metavar="CƠ_QUAN", help="Mã cơ quan; mặc định là cơ quan đầu mối, UBND tỉnh nếu là reader."
)
@as_of_option
@plan_option
@json_option
def login_link(
    role: str, agency: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Tạo đường dẫn đăng nhập dùng một lần cho một vai trò của một cơ quan."""
    from tasks_lib.kernel import links as access

    seat = seat_named(role)
    house = open_house(plan_name)
    of = agency_or_none(house, agency, "--agency")
    _show(access.login_link(house, seat, of, parse_as_of(as_of)), as_json)


@click.command()
@click.argument("agency", metavar="CƠ_QUAN")
@click.option(
    "--since",
    type=DAY,
    metavar="NGÀY",
    help="Thu hồi mọi đầu mối đã nhập trên trang web từ ngày này; mặc định chỉ đầu mối nhập qua đường dẫn"
    " còn có thể đang mở.",
)
@acting_for_focal
def revoke(
    agency: str, since: date | None, by: str | None, as_of: str | None, plan_name: str | None, as_json: bool
) -> None:
    """Thu hồi mọi đường dẫn, kết thúc mọi phiên đăng nhập của một cơ quan và đầu mối đã nhập qua đó."""
    from tasks_lib.access import revoke as revoking
    from tasks_lib.duties.initialise import require_initialised

    house = open_house(plan_name)
    require_initialised(house)
    begin = None if since is None else start_of(since)
    whose = agency_id(house, agency, "CƠ_QUAN")
    done = revoking.revoke(house, whose, actor(house, by), parse_as_of(as_of), begin)
    if as_json:
        print_json(done.as_json())
        return
    name = house.agency(whose).name
    click.echo(f"Đã thu hồi {done.links} đường dẫn của {name}")
    if done.suspended or done.refused:
        click.echo(f"Thu hồi {done.suspended} đầu mối; bỏ {done.refused} đề nghị thay đổi chờ xác nhận")


def seat_named(role: str) -> Seat:
    """Return the seat somebody wrote, whatever the spelling; Invalid names those there are."""
    written = role.strip().lower().replace("_", "-")
    found = OTHER_SPELLINGS.get(written) or next((seat for seat in ROLES if seat == written), None)
    if found is None:
        near = meant(role, (*ROLES, *OTHER_SPELLINGS))
        raise Invalid(
            f"--role: không có vai trò '{role}'{f' ({near})' if near else ''};"
            f" chọn một trong: {', '.join(ROLES)}"
        )
    return found


def _show(made: Issued, as_json: bool) -> None:
    if as_json:
        print_json(made.as_json())
        return
    click.echo(made.url)
    click.echo(f"Dùng được đến {made.expires:%H:%M} ngày {day(made.expires.date())}")
