"""The sweep: records the notices of a day for all obligations at once.

It decides exactly what `obligations.ladder.decide` decides for one; a property test compares the two on
random worlds. Everything here is a fixed number of statements, whatever the number of obligations; they are
built once, for to put one together takes longer than to execute it where little is due.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    String,
    Update,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from obligations.ladder import LIST
from obligations.model import Role, StepRule
from store.our_days import proposed
from store.schema import agencies, legs, notices, obligations, proposals, schedule_roles, schedule_steps
from store.statements import THE_DAY, THE_PLAN, once
from store.upsert import insert_new_in
from tasks_lib.duties.sql.opening import Day
from tasks_lib.rounds.sql.due import (
    AGAIN,
    FOCAL,
    MONDAY,
    TOMORROW,
    TOP,
    due_legs,
    find_due,
    given,
    is_top_step,
    repeats,
)


def record_notices(connection: Connection, day: Day) -> Counter[str | None]:
    """Fire the step of every leg awake that `decide` would, once; return how many notices by item.

    Nothing fires on a day off; what was due then fires on the next working day.
    """
    if not day.working:
        return Counter()
    if not find_due(connection, day):
        return Counter()
    # Under the plan's lock nobody else writes its notices, so what is newer is this sweep's.
    before = connection.scalar(select(func.max(notices.c.id))) or 0
    for statement in (_notices_of_due, _listed, _advance):
        connection.execute(once(statement, connection.dialect.name), given(day))
    counted = (
        select(notices.c.item, func.count().label("recorded"))
        .where(notices.c.id > before, notices.c.plan == day.plan)
        .group_by(notices.c.item)
    )
    return Counter({row.item: row.recorded for row in connection.execute(counted)})


_NOTICED = (
    "plan",
    "obligation_id",
    "item",
    "leg_id",
    "step",
    "role",
    "recipient_id",
    "meant_for_id",
    "fires_on",
    "recorded_on",
    "mail_on",
    "template",
    "missed",
    "streak",
    "state",
)


def _notices_of_due(dialect: str) -> Insert:
    holder, meant = agencies.alias(), agencies.alias()
    role = schedule_roles.c.role
    passed_on = meant.c.mail_to_id != meant.c.id
    to_superior = and_(repeats(), role == Role.SUPERIOR)
    streak = _streak()
    rows = (
        select(
            obligations.c.plan,
            obligations.c.id,
            obligations.c.item,
            due_legs.c.leg_id,
            _code(),
            case((passed_on, Role.DESK.value), else_=role),
            meant.c.mail_to_id,
            meant.c.id,
            case((repeats(), due_legs.c.next_on), else_=schedule_steps.c.fires_on),
            THE_DAY,
            case((schedule_steps.c.rhythm == "monday", MONDAY), else_=THE_DAY),
            case((to_superior, literal("superior")), else_=_template()),
            _missed(),
            streak,
            literal("waiting"),
        )
        .select_from(due_legs)
        .join(obligations, obligations.c.id == due_legs.c.obligation_id)
        .join(holder, holder.c.id == obligations.c.agency_id)
        .join(schedule_steps, is_top_step())
        .join(schedule_roles, _is_told_by_it())
        .join(meant, meant.c.id == _told(holder))
        .where(meant.c.id != TOP)
        # Who hears from the first time on needs no counting.
        .where(or_(schedule_roles.c.min_streak <= 1, schedule_roles.c.min_streak <= streak))
    )
    return insert_new_in(dialect, notices).from_select(_NOTICED, rows)


def _told(holder: FromClause) -> ColumnElement[str]:
    """Return who is told by a role of a step: the holder, who stands above it, or the focal agency."""
    over = agencies.alias("over")
    upper = select(over.c.desk_id).where(over.c.id == holder.c.desk_id).scalar_subquery()
    role = schedule_roles.c.role
    return case(
        (role == Role.SELF, obligations.c.agency_id),
        (role == Role.SUPERIOR, func.coalesce(holder.c.desk_id, holder.c.superior_id)),
        (role == Role.UPPER, upper),
        (role.in_([Role.REVIEWER, Role.DESK]), obligations.c.reviewer_id),
        else_=FOCAL,
    )


def _is_told_by_it() -> ColumnElement[bool]:
    """Whether a role belongs to the step that fires."""
    return and_(
        schedule_roles.c.schedule_id == due_legs.c.schedule_id, schedule_roles.c.seq == due_legs.c.top
    )


def _code() -> ColumnElement[str]:
    """Return a step's code; what repeats is numbered."""
    code = schedule_steps.c.code
    return case((repeats(), code + literal("-") + cast(due_legs.c.repeats + 1, String)), else_=code)


def _template() -> ColumnElement[str]:
    """Say which text a step has: what a proposed day keeps off the list, Sở Nội vụ is told in its table."""
    off = and_(schedule_steps.c.code == LIST, proposed(THE_PLAN, THE_DAY))
    return case((off, literal("focal")), else_=schedule_steps.c.template)


def _missed() -> ColumnElement[str]:
    """Return the codes of the earlier steps that were due as well and never fired; mostly there are none."""
    earlier = schedule_steps.alias()
    skipped = (
        select(func.aggregate_strings(earlier.c.code, " "))
        .where(
            earlier.c.schedule_id == due_legs.c.schedule_id,
            earlier.c.seq > due_legs.c.last_seq,
            earlier.c.seq < due_legs.c.top,
            earlier.c.fires_on >= due_legs.c.starts_on,
        )
        .scalar_subquery()
    )
    return case((due_legs.c.top == due_legs.c.last_seq + 1, ""), else_=func.coalesce(skipped, ""))


def _streak() -> ColumnElement[int]:
    """Return for a sheet how many months in a row were missed, this one included; 1 for all else."""
    before = obligations.alias()
    this = select(obligations.c.previous_id.label("before"), literal(1).label("months"))
    run = this.correlate(obligations).cte(recursive=True, nesting=True)
    missed = or_(before.c.done_on.is_(None), before.c.done_on > before.c.last_day)
    run = run.union_all(
        select(before.c.previous_id, run.c.months + 1).where(before.c.id == run.c.before, missed)
    )
    months = select(func.max(run.c.months)).scalar_subquery()
    return case((obligations.c.previous_id.is_(None), 1), else_=months)


def _listed(dialect: str) -> Insert:
    rows = (
        select(
            obligations.c.plan,
            literal(LIST),
            obligations.c.agency_id,
            obligations.c.id,
            literal("leg:") + cast(due_legs.c.leg_id, String),
            THE_DAY,
            literal("listed"),
            literal(""),
        )
        .select_from(due_legs)
        .join(obligations, obligations.c.id == due_legs.c.obligation_id)
        .join(schedule_steps, is_top_step())
        .where(schedule_steps.c.code == LIST, ~proposed(THE_PLAN, THE_DAY))
    )
    columns = ["plan", "cause", "agency_id", "obligation_id", "episode", "entered_on", "state", "reason"]
    return insert_new_in(dialect, proposals).from_select(columns, rows)


def _advance(_dialect: str) -> Update:
    """Put each leg behind the step it fired; the day of the next is found once for all legs of a schedule.

    One that goes in turn may have its next step due already: that is for the next day. What repeats stays
    before its last step.
    """
    step = schedule_steps
    following = select(
        step.c.schedule_id,
        step.c.seq,
        repeats().label("repeats"),
        func.lead(step.c.fires_on).over(partition_by=step.c.schedule_id, order_by=step.c.seq).label("on"),
        func.lead(step.c.rule).over(partition_by=step.c.schedule_id, order_by=step.c.seq).label("rule"),
    ).subquery()
    return (
        legs.update()
        .where(
            legs.c.id == due_legs.c.leg_id,
            following.c.schedule_id == due_legs.c.schedule_id,
            following.c.seq == due_legs.c.top,
        )
        .values(
            last_seq=case((following.c.repeats, due_legs.c.top - 1), else_=due_legs.c.top),
            in_turn=due_legs.c.in_turn,
            repeats=case((following.c.repeats, due_legs.c.repeats + 1), else_=due_legs.c.repeats),
            next_on=case(
                (or_(following.c.repeats, following.c.rule == StepRule.REPEAT), AGAIN),
                (following.c.on <= THE_DAY, TOMORROW),
                else_=following.c.on,
            ),
        )
    )
