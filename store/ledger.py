"""One obligation at a time: found, moved by guarded updates, its ladders stopped or woken, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select

from obligations.errors import Invalid, Refused
from obligations.model import BESIDE_ITS_OWN, LegKind, WorkState
from obligations.nearest import meant
from obligations.obligation import NamedObligation, Obligation
from obligations.states import Action, move
from store.actor import current_actor
from store.door import one_of, sole
from store.duties import NAMED
from store.journal import Happening, write
from store.rows import Leg
from store.schema import history, legs, notices, obligations, proposals, schedule_steps

# Every change goes through these, so they are built once: putting one together costs more than running it.
_FIND = (
    select(*NAMED)
    .where(obligations.c.plan == bindparam("of_plan"), obligations.c.key == bindparam("of_key"))
    .with_for_update(of=obligations)
)
_MOVE = obligations.update().where(
    obligations.c.id == bindparam("of_id"),
    obligations.c.work_state == bindparam("of_state"),
    obligations.c.version == bindparam("of_version"),
)
_RECORD = history.insert()
_SLEEP = (
    legs.update()
    .where(legs.c.obligation_id == bindparam("of_id"), legs.c.next_on.is_not(None))
    .values(next_on=None)
)
_CANCEL_NOTICES = (
    notices.update()
    .where(notices.c.obligation_id == bindparam("of_id"), notices.c.state == "waiting")
    .values(state="cancelled", error=bindparam("why"))
)
_WITHDRAW = proposals.update().where(
    proposals.c.obligation_id == bindparam("of_id"), proposals.c.state == "listed"
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Who does something, when, and why: one row of the history."""

    at: datetime
    by: str
    what: str
    why: str = ""
    person: str | None = None
    """Who of that agency, as the portal knows them."""


def find(connection: Connection, plan: str, key: str) -> NamedObligation:
    """Return the obligation with this key, locked where the database can; raise Invalid if there is none."""
    row = connection.execute(_FIND, {"of_plan": plan, "of_key": key}).mappings().one_or_none()
    if row is None:
        near = _near(connection, plan, key)
        raise Invalid(f"{key}: không có nhiệm vụ được giao nào với mã này{f' ({near})' if near else ''}")
    return NamedObligation(**row)


def numbered(connection: Connection, obligation: int) -> Obligation:
    """Return an obligation by its number; it is there."""
    return sole(connection, Obligation, select(obligations).where(obligations.c.id == obligation))


def _near(connection: Connection, plan: str, key: str) -> str:
    """Return the keys most like one that is none, of those that share a part with it."""
    parts = set(key.split("/"))
    known = connection.scalars(select(obligations.c.key).where(obligations.c.plan == plan))
    return meant(key, [name for name in known if parts & set(name.split("/")[:-1])])


def check_version(row: Obligation, version: int | None) -> None:
    """Refuse to act on a report that is no longer the newest."""
    if version is not None and version != row.version:
        raise Refused(
            f"{row.key}: phiên bản {version} không còn là mới nhất (hiện là {row.version});"
            " xem lại rồi làm lại"
        )


def act(
    connection: Connection,
    row: Obligation,
    action: Action,
    entry: Entry,
    **values: object,
) -> int:
    """Move an obligation by the table of moves and write its history; return the history row's id.

    The update is guarded by the state and version read before, so that of two at once only one wins.
    """
    try:
        to = move(row.work_state, action)
    except Refused as refused:
        raise Refused(f"{row.key}: {refused}") from None
    guard = {"of_id": row.id, "of_state": row.work_state, "of_version": row.version}
    done = connection.execute(_MOVE, {**guard, "work_state": to, **values})
    if done.rowcount != 1:
        raise Refused(f"{row.key}: vừa có người khác thay đổi; xem lại rồi làm lại")
    return write_history(connection, row.id, entry, row.work_state, to)


def write_history(
    connection: Connection, obligation: int, entry: Entry, before: str | None, after: str | None
) -> int:
    """Write one row of history, and its like in the journal; return the history row's id."""
    happening = Happening(
        at=entry.at, what=entry.what, by=entry.by, person=entry.person or "", obligation=obligation
    )
    write(connection, happening)
    written = connection.execute(
        _RECORD,
        {
            "obligation_id": obligation,
            "at": entry.at,
            "by": entry.by,
            "person": entry.person,
            "os_user": current_actor().os_user or None,
            "what": entry.what,
            "from_state": before,
            "to_state": after,
            "why": entry.why,
        },
    )
    (key,) = written.inserted_primary_key or (0,)
    return int(key)


def mirror_rows(
    connection: Connection,
    report: int,
    to: WorkState,
    states: tuple[WorkState, ...],
    entry: Entry,
    **values: object,
) -> None:
    """Let the rows of a cycle report follow it into a state."""
    answered: ColumnElement[bool] = and_(
        obligations.c.parent_id == report, obligations.c.work_state.in_(states)
    )
    found = connection.execute(select(obligations.c.id, obligations.c.work_state).where(answered)).all()
    if not found:
        return
    connection.execute(
        history.insert(),
        [
            {
                "obligation_id": row.id,
                "at": entry.at,
                "by": entry.by,
                "person": entry.person,
                "os_user": current_actor().os_user or None,
                "what": entry.what,
                "from_state": row.work_state,
                "to_state": to,
                "why": entry.why,
            }
            for row in found
        ],
    )
    connection.execute(obligations.update().where(answered).values(work_state=to, **values))


def confirm_stated_day(connection: Connection, row: Obligation, done_on: date) -> None:
    """Let a stated day count that waited for the desk's word; the rows of a cycle report follow it."""
    confirmed = obligations.update().where(
        obligations.c.id == row.id,
        obligations.c.version == row.version,
        obligations.c.doubted_on.is_not(None),
    )
    if connection.execute(confirmed.values(done_on=done_on, doubted_on=None)).rowcount != 1:
        raise Refused(f"{row.key}: vừa có người khác thay đổi; xem lại rồi làm lại")
    below = and_(obligations.c.parent_id == row.id, obligations.c.done_on == row.done_on)
    connection.execute(obligations.update().where(below).values(done_on=done_on))


def sleep_legs(connection: Connection, obligation: int, why: str | None = None) -> None:
    """Stop every ladder of an obligation; what was recorded but has not left is cancelled with it.

    `why` stays with what was cancelled, where its own history does not say it already.
    """
    stop_legs(connection, obligation)
    connection.execute(_CANCEL_NOTICES, {"of_id": obligation, "why": why})


def stop_legs(connection: Connection, obligation: int) -> None:
    """Stop every ladder of an obligation; what was recorded still leaves, for it is still true."""
    connection.execute(_SLEEP, {"of_id": obligation})


def stand_down(connection: Connection, obligation: int, version: int) -> None:
    """Stop all about an obligation for which a version was handed in, so that it can be taken up again."""
    why = _answered(version)
    sleep_legs(connection, obligation, why)
    withdraw_proposal(connection, obligation, why)


def take_up(connection: Connection, obligation: int, version: int) -> None:
    """Take up what `stand_down` stopped for a version: what was told leaves, the list has it again.

    The ladder is behind these steps, so nobody else would ever tell what they say.
    """
    why = _answered(version)
    connection.execute(
        notices.update()
        .where(notices.c.obligation_id == obligation, notices.c.state == "cancelled", notices.c.error == why)
        .values(state="waiting", error=None, message_id=None)
    )
    connection.execute(
        proposals.update()
        .where(
            proposals.c.obligation_id == obligation,
            proposals.c.state == "withdrawn",
            proposals.c.reason == why,
        )
        .values(state="listed", reason="")
    )


def _answered(version: int) -> str:
    return f"đã có báo cáo, lần {version}"


def withdraw_proposal(connection: Connection, obligation: int, why: str) -> None:
    """Take an obligation off the list "Đề xuất báo cáo UBND tỉnh" while it has not been released."""
    connection.execute(_WITHDRAW, {"of_id": obligation, "state": "withdrawn", "reason": why})


def start_leg(
    connection: Connection,
    obligation: int,
    kind: LegKind,
    schedule_id: int,
    starts_on: date,
    *,
    in_turn: bool = False,
    asleep: bool = False,
) -> None:
    """Begin a further ladder of an obligation, numbered among those of its kind.

    One born late goes in turn; one asleep waits until the obligation is opened again.
    """
    same = select(func.count()).where(legs.c.obligation_id == obligation, legs.c.kind == kind)
    number = (connection.scalar(same) or 0) + 1
    connection.execute(
        legs.insert().values(
            obligation_id=obligation,
            kind=kind,
            name=f"{kind}-{number}",
            schedule_id=schedule_id,
            starts_on=starts_on,
            last_seq=0,
            in_turn=in_turn,
            next_on=None if asleep else first_day(connection, schedule_id, 0, starts_on),
        )
    )


def go_in_turn(connection: Connection, obligation: int) -> None:
    """Let the ladders of an obligation that was written down late tell the unit before anybody above it."""
    connection.execute(legs.update().where(legs.c.obligation_id == obligation).values(in_turn=True))


def wake_lead(connection: Connection, obligation: int) -> None:
    """Let the newest of an obligation's own ladders go on from where it stopped."""
    leg = own_leg(connection, obligation)
    if leg is not None:
        following = first_day(connection, leg.schedule_id, leg.last_seq, leg.starts_on)
        connection.execute(legs.update().where(legs.c.id == leg.id).values(next_on=following))


def own_leg(connection: Connection, obligation: int) -> Leg | None:
    """Return the newest of an obligation's own ladders, reviews and corrections apart."""
    own = select(legs).where(legs.c.obligation_id == obligation, legs.c.kind.not_in(BESIDE_ITS_OWN))
    return one_of(connection, Leg, own.order_by(legs.c.id.desc()).limit(1))


def first_day(connection: Connection, schedule_id: int, after: int, starts_on: date) -> date | None:
    """Return the day of a schedule's next step behind one number, not before a leg's start."""
    first: date | None = connection.scalar(
        select(func.min(schedule_steps.c.fires_on)).where(
            schedule_steps.c.schedule_id == schedule_id,
            schedule_steps.c.seq > after,
            schedule_steps.c.fires_on >= starts_on,
        )
    )
    return first
