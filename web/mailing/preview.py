"""The morning's preview: what will be mailed today, to whom and why, with a hold."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.rights import Act
from obligations.words import count
from tasks_lib.kernel.clock import parse_day
from tasks_lib.kernel.plan_life import is_started
from tasks_lib.mailing.holds import held, hold, lift
from tasks_lib.mailing.mail_reasons import in_words
from tasks_lib.mailing.preview import Preview, PreviewedMail, preview_from
from tasks_lib.watch.ops import mail_today
from web.frame.ask import About, Ask, Page, whole_number
from web.frame.faults import plain
from web.frame.render import page
from web.frame.table import Cell, Column, Refusal, Table, tabled

TODAY = "/thu-hom-nay"
HOLD = f"{TODAY}/giu"
LIFT = f"{TODAY}/bo-giu"
ONE = f"{TODAY}/{{agency}}"
ALL = "tat-ca"
FARTHEST = timedelta(days=10)
"""Every day up to then is rehearsed, so the preview does not look farther."""
DONE_WORDS = {
    "giu": "Đã giữ lại thư của {} nơi nhận.",
    "bo": "Đã bỏ giữ {} nơi nhận; thư gửi ở lượt gửi tiếp theo.",
}
REASONS = 3
WEEKLY = "dòng hằng tuần"
"""A desk's line on what waits for it has no duty of its own as its reason."""
LEFT_WORDS = "Thư trong ngày đã gửi trước khi giữ: {}."


def show(ask: Ask) -> Response:
    """Show what leaves today."""
    return _page(ask, ask.texts("recipient"))


def one(ask: Ask) -> Response:
    """Show the whole mail to one agency."""
    agency = ask.house.agency(ask.param("agency"))
    on = _day(ask)
    mails = [m for m in _rehearsed(ask, on).mails if m.recipient == agency.id]
    return page(
        ask,
        "mailing/preview_mail.html",
        title=f"Thư gửi {agency.name}",
        mails=mails,
        on=on,
        today=TODAY,
        hold_url=HOLD,
        lift_url=LIFT,
        agency=agency,
        words=partial(in_words, ask.house),
        can_hold=on == ask.on and ask.may(Act.HOLD),
    )


def keep_back(ask: Ask) -> Response:
    """Hold the ticked recipients' mail of today."""
    chosen = ask.texts("recipient")
    try:
        if ALL in chosen:
            chosen = [m.recipient for m in _rehearsed(ask, ask.on).mails]
        left = hold(
            ask.house,
            chosen,
            ask.on,
            by=ask.agency.id,
            as_of=ask.as_of,
            reason=ask.text("reason"),
            person=ask.person,
        )
    except DomainError as fault:
        return _page(ask, chosen, problem=plain(fault))
    gone = f"&da-gui={','.join(left)}" if left else ""
    return RedirectResponse(ask.url(f"{TODAY}?xong=giu&so={len(set(chosen))}{gone}"), status_code=303)


def let_go(ask: Ask) -> Response:
    """Let held mail leave after all."""
    try:
        count = lift(
            ask.house, ask.texts("recipient"), ask.on, by=ask.agency.id, as_of=ask.as_of, person=ask.person
        )
    except DomainError as fault:
        return _page(ask, [], problem=plain(fault))
    return RedirectResponse(ask.url(f"{TODAY}?xong=bo&so={count}"), status_code=303)


def _day(ask: Ask) -> date:
    """Return the day asked for; a day that is past cannot be rehearsed."""
    on = parse_day(ask.query("ngay")) if ask.query("ngay") else ask.on
    if not ask.on <= on <= ask.on + FARTHEST:
        raise Invalid(f"chỉ xem trước được hôm nay và {FARTHEST.days} ngày sau")
    return on


def _rehearsed(ask: Ask, on: date) -> Preview:
    return preview_from(ask.house, on, ask.on, ask.as_of)


def _page(ask: Ask, ticked: list[str], problem: str = "") -> Response:
    on = ask.on if ask.posted else _day(ask)
    found = _rehearsed(ask, on)
    return tabled(
        ask,
        "mailing/preview.html",
        title="Thư hôm nay" if on == ask.on else "Thư sẽ gửi",
        tables=[_table(ask, found)],
        refusal=Refusal(status=409 if problem else 200, problem=problem),
        found=found,
        ticked=set(ticked),
        held=held(ask.house, on),
        all=ALL,
        hold_url=HOLD,
        lift_url=LIFT,
        today=TODAY,
        sent=mail_today(ask.house, ask.as_of).get("sent", 0),
        started=is_started(ask.house),
        reason=ask.text("reason"),
        done=_done(ask),
        can_hold=on == ask.on and ask.may(Act.HOLD),
    )


def _done(ask: Ask) -> str:
    number = whole_number(ask.query("so"), 0)
    said = DONE_WORDS.get(ask.query("xong"), "").format(count(number))
    known = ask.house.configuration.agencies
    left = [known[key].name for key in ask.query("da-gui").split(",") if key in known]
    return f"{said} {LEFT_WORDS.format(', '.join(left))}" if left else said


def _table(ask: Ask, found: Preview) -> Table:
    return Table(
        name="thu-hom-nay",
        title=f"{count(len(found.mails))} thư",
        columns=(
            Column(key="name", heading="Nơi nhận", width=28),
            Column(key="addresses", heading="Địa chỉ", width=32),
            Column(key="sender", heading="Người gửi hiển thị", width=28),
            Column(key="subject", heading="Tiêu đề", width=60),
            Column(key="why", heading="Vì", width=50),
            Column(key="held", heading="Giữ lại", width=30),
        ),
        rows=[
            {
                "name": Cell(value=mail.name, href=ask.url(f"{TODAY}/{mail.recipient}?ngay={found.on}")),
                "addresses": ", ".join(mail.addresses),
                "sender": mail.sender,
                "subject": mail.subject,
                "why": _why(ask, mail),
                "held": Cell(value=mail.held, tone="soon" if mail.held else ""),
            }
            for mail in found.mails
        ],
        empty="Không có thư nào sẽ gửi.",
    )


def _why(ask: Ask, mail: PreviewedMail) -> str:
    """Name the first reasons; a table for hundreds of mails has no room for all."""
    if not mail.why:
        return WEEKLY
    shown = "; ".join(in_words(ask.house, why) for why in mail.why[:REASONS])
    return f"{shown}; … ({count(len(mail.why))} dòng)" if len(mail.why) > REASONS else shown


PAGES = (
    Page("GET", TODAY, show, Act.PREVIEW, link=False),
    Page("POST", HOLD, keep_back, Act.HOLD, link=False),
    Page("POST", LIFT, let_go, Act.HOLD, link=False),
    Page("GET", ONE, one, Act.PREVIEW, About.AGENCY, link=False),
)
