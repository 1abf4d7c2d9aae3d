"""The record of reminders as an annex: to be printed, or taken as a workbook."""

from __future__ import annotations

from starlette.responses import Response

from obligations.rights import Act
from tasks_lib.desk.reminders import Reminded, reminders_of
from tasks_lib.desk.sides import whose_obligation
from tasks_lib.desk.timeline import Moment
from web.frame.ask import About, Ask, Page
from web.frame.table import Cell, Column, Table, Value, tabled

TITLE = "Bảng tổng hợp các lần nhắc việc, đôn đốc"


def of_obligation(ask: Ask) -> Response:
    """Show when a unit was reminded of one duty."""
    key = ask.param("key")
    agency, _ = whose_obligation(ask.house, key)
    return _annex(ask, agency, reminders_of(ask.house, agency, key), back=f"/nhiem-vu/{key}")


def of_unit(ask: Ask) -> Response:
    """Show when a unit was reminded of what."""
    agency = ask.param("agency")
    return _annex(ask, agency, reminders_of(ask.house, agency), back="")


def _annex(ask: Ask, agency: str, found: tuple[Reminded, ...], back: str) -> Response:
    name = ask.house.agency(agency).name
    table = Table(
        name="nhac-viec-don-doc",
        title=f"Các lần nhắc việc, đôn đốc {name}",
        columns=(
            Column(key="on", heading="Ngày", kind="date"),
            Column(key="name", heading="Nhiệm vụ, báo cáo", width=50),
            Column(key="what", heading="Hình thức", width=28),
            Column(key="by", heading="Người, cơ quan thực hiện", width=28),
            Column(key="to", heading="Nơi nhận", width=28),
            Column(key="detail", heading="Nội dung", width=40),
            Column(key="mail", heading="Tình trạng thư", width=26),
        ),
        rows=[_row(ask, line) for line in found],
        empty="Chưa có lần nhắc việc, đôn đốc nào.",
    )
    times = sum(line.moment.is_reminder for line in found)
    accepted = sum(line.moment.is_reminder and line.moment.accepted for line in found)
    return tabled(
        ask,
        "desk/reminders.html",
        title=TITLE,
        tables=[table],
        name=name,
        times=times,
        accepted=accepted,
        back=back,
        agency=agency,
    )


def _row(ask: Ask, line: Reminded) -> dict[str, Value]:
    moment = line.moment
    return {
        "on": moment.day,
        "name": Cell(value=line.name, href=ask.url(f"/nhiem-vu/{line.key}")),
        "what": moment.what,
        "by": f"{moment.who} ({moment.person})" if moment.person else moment.who,
        "to": moment.to,
        "detail": moment.detail,
        "mail": _mail(ask, moment),
    }


def _mail(ask: Ask, moment: Moment) -> Cell | str:
    """Link to the mail for whoever may read it again; under a link from a mail nobody may."""
    readable = moment.message and not ask.visitor.link and ask.may_to(Act.MAIL, moment.recipient)
    return Cell(value=moment.mail, href=ask.url(f"/thu/{moment.message}")) if readable else moment.mail


PAGES: tuple[Page, ...] = (
    Page("GET", "/nhiem-vu/{key:path}/nhac-viec", of_obligation, Act.SEE, About.OBLIGATION),
    Page("GET", "/nhac-viec/{agency}", of_unit, Act.SEE, About.AGENCY),
)
