"""The report to UBND tỉnh on late units, from the entries of the list of proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from notifications.proposal_model import ProposalGroup, ProposalReport, ProposalRow
from notifications.proposal_paper import abstract, annex, body, closing, note
from obligations.days_of_ours import binding_day
from obligations.levels import Level, named_together
from obligations.papers import HARD, PROPOSAL
from obligations.reminders import NONE, Reminders
from obligations.words import about
from store import reckoning
from store.late import LateDuty, duties_meant
from store.proposed import LISTED, Entry, entries
from store.reminders import reminders
from tasks_lib.duties.our_days import day_of, read_papers
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.journal_words import mark_on_paper
from tasks_lib.kernel.wording import deadline_text, full_name, name_of, title
from tasks_lib.mailing.compose_line import is_excused
from tasks_lib.mailing.sql import digest
from tasks_lib.mailing.sql.mail_data import pauses_of
from tasks_lib.papers.duties_told import owed
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import report_values

REPLY_WORKING_DAYS = 5
"""Working days that the draft proposes to give the late units [ours]."""


@dataclass(frozen=True, kw_only=True)
class Meant:
    """A duty the report names."""

    duty: LateDuty
    told: Reminders
    last_day: date
    """From which it is late: the plan's own day, where that has passed an inner one."""
    paper: str
    """The document that sets the day, where the plan does not."""
    excused: bool
    """Whether a pause of its place covers the last day or a day of the lateness: named apart, unaccused."""


def _bodies(levels: Sequence[Level]) -> str:
    return named_together(levels, lambda level: f"các {level.plural}" if level is levels[0] else level.plural)


def write_late_units(desk: Desk) -> Written:
    """Write the report of the chosen entries of the list, else of all that waits for a decision."""
    return late_units_of(desk, _chosen(desk))


def named_late(desk: Desk) -> list[StandingLine]:
    """Return the duties that the report names as late."""
    found = duties_meant(desk.connection, desk.house.plan.key, _chosen(desk), desk.on)
    named = {duty.obligation_id: duty.agency_id for duty in found}
    lines = owed(desk, set(named.values())) if named else []
    return [line for line in lines if line.obligation_id in named]


def _chosen(desk: Desk) -> list[Entry]:
    chosen = desk.order.entries
    rows = entries(desk.connection, desk.house.plan.key, None if chosen else LISTED)
    return [row for row in rows if not chosen or row.id in chosen]


def late_units_of(desk: Desk, rows: Sequence[Entry]) -> Written:
    """Write the report: grouped by district; apart what is excused, and bodies not under UBND tỉnh."""
    data = _report(desk, rows)
    return Written(
        title=abstract(data),
        values={
            **report_values(desk, abstract(data), data.recipient),
            "texts": body(data),
            "closing": closing(data),
            "as_of": note(data),
            "rows": annex(data),
        },
        figures={
            "items": data.due_items,
            "due": data.reckoned.due,
            **{name: getattr(data.reckoned, name) for name in ("in_time", "late", "missing", "excused")},
            "named": sum(len(group.rows) for group in data.groups),
        },
    )


def _report(desk: Desk, rows: Sequence[Entry]) -> ProposalReport:
    connection, house, on = desk.connection, desk.house, desk.on
    plan, meant = house.plan.key, meant_by(desk.connection, desk.house, rows, desk.on)
    return ProposalReport(
        plan_number=house.plan.number,
        plan_signed_on=house.plan.signed_on,
        plan_issuer=house.plan.issuer,
        bodies=_bodies([level for level in house.reporting() if not level.top]),
        recipient=full_name(house.agency(house.plan.top)),
        issuer=desk.issuer.name,
        as_of=on,
        due_items=reckoning.reach(connection, plan, on, on).items,
        reckoned=reckoning.reckon(connection, plan, on, reckoning.dated(plan)),
        groups=_groups(house, [one for one in meant if not one.excused], _edited(rows), on),
        excused=tuple(_row(house, one, "", on) for one in meant if one.excused),
        outside=_outside(connection, house, on),
        act_before=house.calendar.add(on, REPLY_WORKING_DAYS),
        # What is released can be proven by whoever holds the paper; a draft would be another every time.
        journal_mark=mark_on_paper(connection) if desk.order.entries else "",
    )


def meant_by(connection: Connection, house: House, entries: Sequence[Entry], on: date) -> list[Meant]:
    """Return the duties that entries mean, with what reached their units."""
    mine = duties_meant(connection, house.plan.key, entries, on)
    told = reminders(connection, {duty.obligation_id for duty in mine}, on + timedelta(days=1))
    pauses = pauses_of(connection, house.plan.key)
    papers = read_papers(connection, house, {duty.obligation_id for duty in mine})
    days = {duty.obligation_id: day_of(house, duty, duty.obligation_id, papers, on) for duty in mine}
    return [
        Meant(
            duty=duty,
            last_day=binding_day(days[duty.obligation_id], on),
            paper=str(days[duty.obligation_id].paper or ""),
            told=told.get(duty.obligation_id, NONE),
            excused=duty.paused or is_excused(house.agency(duty.agency_id), duty.last_day, on, pauses),
        )
        for duty in mine
    ]


def head_of(house: House, agency: str) -> str:
    """Return under whom an agency's entries stand: a commune under its district, others by themselves."""
    known = house.configuration.agencies.get(agency)
    return (known.area if known is not None else None) or agency


def _edited(entries: Sequence[Entry]) -> dict[int | str, str]:
    """Return what Sở Nội vụ wrote about entries, by obligation, or by agency for a chronic case."""
    return {e.obligation_id or e.agency_id: e.reason for e in entries if e.edited}


def _groups(
    house: House, meant: Sequence[Meant], edited: dict[int | str, str], on: date
) -> tuple[ProposalGroup, ...]:
    """Group communes under their district in the order of the list of agencies."""
    order = {agency: place for place, agency in enumerate(house.configuration.agencies)}
    by_head: dict[str, list[ProposalRow]] = defaultdict(list)
    for one in sorted(meant, key=lambda one: order.get(one.duty.agency_id, len(order))):
        duty = one.duty
        text = edited.get(duty.obligation_id) or edited.get(duty.agency_id) or PROPOSAL
        by_head[head_of(house, duty.agency_id)].append(_row(house, one, text, on))
    heads = sorted(by_head, key=lambda head: order.get(head, len(order)))
    return tuple(
        ProposalGroup(name=name_of(house, head), units=_units_below(house, head), rows=tuple(by_head[head]))
        for head in heads
    )


def _units_below(house: House, head: str) -> int:
    """Count the units that report to a district that take part in the plan."""
    return sum(a.next_desk == head for a in house.roster.agencies.values())


def _row(house: House, meant: Meant, text: str, on: date) -> ProposalRow:
    duty = meant.duty
    return ProposalRow(
        unit=name_of(house, duty.agency_id),
        item=duty.item or "",
        title=title(house, duty.kind, duty.item, duty.period, duty.event),
        subject=subject_of(house, duty),
        deadline_text=deadline_text(house, duty.kind, duty.item, duty.why) if duty.item else "",
        last_day=meant.last_day,
        paper=meant.paper,
        working_days_late=-house.calendar.between(on, meant.last_day),
        reminders=meant.told,
        reason=duty.delay_reason,
        proposal=text,
        hard=text == HARD,
    )


def subject_of(house: House, duty: LateDuty) -> str:
    """Name a duty as a sentence counts it: "nhiệm vụ 2.3", "báo cáo Quý III/2022"."""
    if duty.item:
        return about(f"nhiệm vụ {duty.item}", duty.event)
    if duty.is_cycle_report:
        return f"báo cáo {house.plan.period_name(duty.period).replace(' năm ', '/')}"
    return "kế hoạch triển khai của đơn vị"


def _outside(connection: Connection, house: House, on: date) -> tuple[ProposalRow, ...]:
    """Return invited bodies that have not supplied: asked to cooperate, never ranked."""
    return tuple(
        ProposalRow(
            unit=name_of(house, row.agency_id),
            item="",
            title=f"Cung cấp kết quả phối hợp {house.plan.period_name(row.period)}",
            subject=f"kết quả phối hợp {house.plan.period_name(row.period)}",
            deadline_text="",
            last_day=row.last_day,
            working_days_late=0,
            proposal="Đề nghị phối hợp, cung cấp",
        )
        for row in digest.not_supplied(connection, house.plan.key, on)
    )
