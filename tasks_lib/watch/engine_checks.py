"""Checks of what has to go on by itself: the round, the delivery, the mail, the ladders."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from config.settings import Settings
from notifications.wording import clip, plain_date
from obligations.calendar import ONE_DAY, ZONE, WorkingCalendar
from obligations.words import count
from store.facts import Fact, fact
from store.outbox import DEAD, HELD
from store.plans import ended_on
from tasks_lib.keeping.proof import verify
from tasks_lib.kernel import keys
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.keys import WELL
from tasks_lib.kernel.mail_hold import mail_hold
from tasks_lib.kernel.rhythm import DELIVERIES, PROBE_AT, ROUND_AT
from tasks_lib.watch.model import Sight, Told, well, wrong
from tasks_lib.watch.sql import watch

GRACE = timedelta(minutes=30)
"""How late a round or a delivery may be [ours]."""
WAITING_TOO_LONG = timedelta(hours=2)
"""Of sending hours [ours]."""
LEASE_FORGOTTEN = timedelta(minutes=30)
MAIL_LOOKED_BACK = timedelta(days=7)
LEG_FORGOTTEN_AFTER = 2
"""Working days behind its day: the next sweep fires what an outage left [ours]."""
MOST_NAMED = 3


NOT_STARTED = "kế hoạch chưa khởi động (dondoc plan start)"


def asleep(sight: Sight, connection: Connection) -> str | None:
    """Return why nothing is expected of the plan: not started, or all of it done; None while it runs."""
    row = watch.plan_row(connection, sight.plan)
    if row is None or row.started_on is None or row.started_on > sight.on:
        return NOT_STARTED
    ended = ended_on(connection, sight.plan)
    if ended is not None and ended <= sight.on:
        return "kế hoạch đã kết thúc"
    if sight.on > sight.house.plan.valid_until and not watch.unfinished(connection, sight.plan):
        return "kế hoạch đã kết thúc"
    return None


def demanded(calendar: WorkingCalendar, now: datetime, planned: time, started: date) -> date | None:
    """Return the last working day on which something should have run by now, after the day of the start."""
    day = now.astimezone(ZONE).date()
    if now < datetime.combine(day, planned, ZONE) + GRACE:
        day -= ONE_DAY
    day = calendar.previous_working(day)
    return day if day > started else None


def round_ran(sight: Sight, connection: Connection) -> Told:
    """Tell when the round of the last working day is missing."""
    return _ran(sight, connection, keys.ROUND_DONE, ROUND_AT, f"lượt {ROUND_AT:%-H:%M}")


def engine(sight: Sight, connection: Connection) -> Told:
    """Tell what broke in the engine, until a round has ended well since."""
    broken = fact(connection, keys.of_plan(keys.ENGINE_TROUBLE, sight.plan))
    done = fact(connection, keys.of_plan(keys.ROUND_DONE, sight.plan))
    if broken is None or (done is not None and done.at > broken.at):
        return well()
    return wrong(f"lượt chạy bị lỗi lúc {_at(broken)}: {clip(broken.value, 160)}")


def delivery_ran(sight: Sight, connection: Connection) -> Told:
    """Tell when mail was not delivered on the last working day, or the server stopped the run."""
    stopped = fact(connection, keys.DELIVERY_STOPPED)
    if stopped is not None:
        return wrong(f"máy chủ thư từ chối, việc gửi thư đang dừng: {clip(stopped.value, 160)}")
    first = max(sight.house.settings.sending_starts, DELIVERIES[0])
    return _ran(sight, connection, keys.DELIVERY_DONE, first, "lượt gửi thư")


def _ran(sight: Sight, connection: Connection, key: str, planned: time, what: str) -> Told:
    row, why = watch.plan_row(connection, sight.plan), asleep(sight, connection)
    if row is None or row.started_on is None or why is not None:
        return well(why or NOT_STARTED)
    done = fact(connection, keys.of_plan(key, sight.plan))
    day = demanded(sight.house.calendar, sight.now, planned, row.started_on)
    if day is None or (done is not None and local_day(done.at) >= day):
        return well(f"gần nhất {_at(done)}" if done else "chưa đến lượt đầu tiên")
    named = "hôm nay" if day == sight.on else f"ngày {plain_date(day)}"
    last = f"gần nhất {_at(done)}" if done else "chưa chạy lần nào"
    return wrong(f"{what} {named} chưa chạy ({last})")


def _at(done: Fact) -> str:
    here = done.at.astimezone(ZONE)
    return f"{here:%H:%M} ngày {plain_date(here.date())}"


def mail_failed(sight: Sight, connection: Connection) -> Told:
    """Tell the mails of the last days that were given up or could not be worded."""
    since = sight.on - MAIL_LOOKED_BACK
    states = watch.mail_by_state(connection, sight.plan, since)
    lines = watch.parked_lines(connection, sight.plan, since)
    total, dead, held = sum(states.values()), states.get(DEAD, 0), states.get(HELD, 0)
    said = [
        f"{count(dead)}/{count(total)} thư không gửi được" if dead else "",
        f"{count(held)} thư không soạn được" if held else "",
        f"{count(lines)} nội dung không soạn được" if lines and not held else "",
    ]
    found = [words for words in said if words]
    return (
        wrong(f"{', '.join(found)} trong 07 ngày qua") if found else well(f"{count(total)} thư trong 07 ngày")
    )


def mail_waits(sight: Sight, connection: Connection) -> Told:
    """Tell when a mail has been ready for hours in which it could have left."""
    if mail_hold(connection) is not None:
        return well("đang giữ thư")
    oldest = watch.oldest_waiting(connection, sight.plan, sight.on)
    if oldest is None or oldest > latest_readiness(sight.house.calendar, sight.house.settings, sight.now):
        return well()
    return wrong(f"có thư chờ gửi từ {_at(Fact(value='', at=oldest))}")


def latest_readiness(calendar: WorkingCalendar, settings: Settings, now: datetime) -> datetime:
    """Return the instant by which a mail must have been ready to wait too long by now, in sending hours."""
    day = now.astimezone(ZONE).date()
    while True:
        if calendar.is_working(day):
            start = datetime.combine(day, settings.sending_starts, ZONE)
            end = datetime.combine(day, settings.sending_ends, ZONE)
            bound = min(now, end) - WAITING_TOO_LONG
            if bound >= start:
                return bound
        day -= ONE_DAY


def lease(sight: Sight, connection: Connection) -> Told:
    """Tell mails that a sender took and never gave back, and nobody took over."""
    stuck = watch.stuck_leases(connection, sight.plan, sight.now - LEASE_FORGOTTEN)
    return wrong(f"{count(stuck)} thư bị một lượt gửi giữ lại và không gửi") if stuck else well()


def ladders(sight: Sight, connection: Connection) -> Told:
    """Tell overdue duties whom nobody will ever hear of again."""
    if (why := asleep(sight, connection)) is not None:
        return well(why)
    behind = sight.house.calendar.add(sight.on, -LEG_FORGOTTEN_AFTER)
    dead = watch.dead_legs(connection, sight.plan, sight.on, behind)
    if not dead:
        return well()
    more = ", …" if len(dead) > MOST_NAMED else ""
    return wrong(
        f"{count(len(dead))} nhiệm vụ quá hạn không được đôn đốc tiếp: {', '.join(dead[:MOST_NAMED])}{more}"
    )


def probe(sight: Sight, connection: Connection) -> Told:
    """Tell when the synthetic duty of the last working day failed or is missing."""
    done = fact(connection, keys.of_plan(keys.PROBE, sight.plan))
    if done is not None and done.value != WELL and asleep(sight, connection) is None:
        return wrong(f"tự kiểm {_at(done)} không đạt: {clip(done.value, 160)}")
    return _ran(sight, connection, keys.PROBE, PROBE_AT, "tự kiểm")


def journal(sight: Sight) -> Told:
    """Prove the journal from its first row on."""
    verdict = verify(sight.house)
    return well(verdict.text) if verdict.ok else wrong(clip(verdict.text, 160))
