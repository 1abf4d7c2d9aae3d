"""A hand-over in the tables: who held what, who holds it since, which duty ended in which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, or_, select

from obligations.deeds import ENDED, HAND_OVER, MERGED
from obligations.hand_over import Held, Move
from obligations.model import BESIDE_ITS_OWN, WorkState
from store.door import all_of
from store.schema import hand_overs, history, legs, obligations
from store.sealing import UNWATCHED, watch
from tasks_lib.duties.sql.opening import SYSTEM

o, h = obligations.c, hand_overs.c
These: TypeAlias = ColumnElement[bool]
"""Which rows of `hand_overs` are those of one change."""
OPEN = (WorkState.OPEN, WorkState.SUBMITTED, WorkState.MORE_ASKED)
HANDED_IN = dict.fromkeys((WorkState.SUBMITTED, WorkState.MORE_ASKED), WorkState.RECEIVED)
"""What was handed in counts as received, as it stands, where nobody is left to complete it."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is written of one day's hand-over beside the duties themselves."""

    plan: str
    on: date
    at: datetime
    resolutions: Mapping[str, str]
    """By agency that ended."""
    words: Mapping[tuple[str, str | None], str]
    """By agency that ended and its successor: what the history says."""


def open_of(connection: Connection, plan: str, agencies: Collection[str]) -> list[Held]:
    """Return the open duties of some agencies."""
    told = (
        select(func.max(legs.c.last_seq))
        .where(legs.c.obligation_id == o.id, legs.c.kind.not_in(BESIDE_ITS_OWN))
        .scalar_subquery()
    )
    columns = (o.id, o.kind, o.item, o.period, o.part, o.agency_id, o.work_state, o.version, o.last_day)
    query = select(*columns, func.coalesce(told, 0).label("told"), o.parent_id).where(
        o.plan == plan, o.agency_id.in_(agencies), o.work_state.in_(OPEN)
    )
    return all_of(connection, Held, query.order_by(o.id))


def write_moves(
    connection: Connection, moves: list[Move], written: Written, stood: Mapping[int, WorkState]
) -> These:
    """Write down what becomes of duties, with a line of history each, and let it come true of their rows.

    Returns which rows of `hand_overs` are these.
    """
    _say(connection, moves, written, stood)
    before = connection.scalar(select(func.max(h.id))) or 0
    rows = [
        {
            "plan": written.plan,
            "obligation_id": move.obligation,
            "from_id": move.old,
            "to_id": move.new,
            "merged_into_id": move.into,
            "on": written.on,
            "resolution": written.resolutions[move.old],
        }
        for move in moves
    ]
    connection.execute(hand_overs.insert(), rows)
    these = and_(h.plan == written.plan, h.id > before)
    _carry_out(connection, these)
    return these


def carried_on(these: These) -> Select[tuple[int]]:
    """Select the duties that a successor holds from now on."""
    return select(h.obligation_id).where(these, h.to_id.is_not(None), h.merged_into_id.is_(None))


def grown(these: These) -> Select[tuple[int]]:
    """Select the duties that a successor held already, in which another's ended."""
    into = h.merged_into_id
    return select(into).where(these, into.is_not(None), into.not_in(carried_on(these)))


def ended(these: These) -> Select[tuple[int]]:
    """Select the duties that ended with their holder, in another or in nothing."""
    return select(h.obligation_id).where(these, or_(h.to_id.is_(None), h.merged_into_id.is_not(None)))


def _carry_out(connection: Connection, these: These) -> None:
    merged = select(h.obligation_id).where(these, h.merged_into_id.is_not(None))
    rows_of_merged = and_(o.parent_id.in_(merged), o.id.not_in(ended(these)))
    watch(connection, obligations, or_(o.id.in_(select(h.obligation_id).where(these)), rows_of_merged))
    to = select(h.to_id).where(these, h.obligation_id == o.id).scalar_subquery()
    into = select(h.merged_into_id).where(these, h.obligation_id == o.parent_id).scalar_subquery()
    for statement in (
        obligations.update().where(o.id.in_(carried_on(these))).values(agency_id=to),
        obligations.update().where(o.id.in_(ended(these))).values(work_state=_last_state(), answer_by=None),
        obligations.update().where(rows_of_merged).values(parent_id=into),
    ):
        connection.execute(statement, execution_options=UNWATCHED)


def _last_state() -> ColumnElement[str]:
    """Say how a duty ends whose holder does: what was handed in counts as received, as it stands."""
    handed_in = o.work_state.in_(list(HANDED_IN))
    return case((handed_in, literal(WorkState.RECEIVED.value)), else_=literal(WorkState.ENDED.value))


def _say(connection: Connection, moves: list[Move], written: Written, stood: Mapping[int, WorkState]) -> None:
    keys: dict[int, str] = {}
    into = {move.into for move in moves if move.into is not None}
    if into:
        # Few are asked for one by one: what others end in is named to them.
        query = select(o.id, o.key).where(o.plan == written.plan, o.work_state == WorkState.OPEN)
        keys = {row.id: row.key for row in connection.execute(query) if row.id in into}
    connection.execute(
        history.insert(), [_line(move, stood[move.obligation], keys, written) for move in moves]
    )


def _line(move: Move, stood: WorkState, keys: Mapping[int, str], written: Written) -> dict[str, object]:
    what = HAND_OVER if move.new is not None and move.into is None else MERGED if move.new else ENDED
    more = "" if move.into is None else f"; {keys[move.into]}"
    return {
        "obligation_id": move.obligation,
        "at": written.at,
        "by": SYSTEM,
        "what": what,
        "from_state": stood,
        "to_state": stood if what == HAND_OVER else HANDED_IN.get(stood, WorkState.ENDED),
        "why": written.words[move.old, move.new] + more,
    }


def write_reviewers(connection: Connection, plan: str, reviewers: Mapping[str, str], answer_by: date) -> None:
    """Let what was handed over lie with the successors' reviewers, who have the full time for each report."""
    for agency, reviewer in reviewers.items():
        mine = o.plan == plan, o.agency_id == agency, o.reviewer_id != reviewer, o.work_state.in_(OPEN)
        with_the_desk = o.work_state == WorkState.SUBMITTED, o.answer_by < answer_by
        connection.execute(obligations.update().where(*mine, *with_the_desk).values(answer_by=answer_by))
        connection.execute(obligations.update().where(*mine).values(reviewer_id=reviewer))
