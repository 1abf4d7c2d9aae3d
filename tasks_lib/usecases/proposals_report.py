"""The draft report to UBND tỉnh, from the released entries of the list of proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from notifications.letters import ProposalGroup, ProposalReport, ProposalRow, proposals_report
from obligations.model import Kind, Tier
from obligations.reminders import NONE, Reminders
from store import digest, reckoning
from store.ledger import AnyRow
from store.mail_data import overdue_lines
from store.reminders import reminders
from tasks_lib.bootstrap import House
from tasks_lib.clock import local_day
from tasks_lib.journal_words import mark_on_paper
from tasks_lib.wording import deadline_text, full_name, period_name, title

PROPOSAL = "Đề nghị chỉ đạo hoàn thành, làm rõ trách nhiệm"
"""What is proposed about a late unit unless Sở Nội vụ edits it."""
PROPOSAL_UNHEARD = "Đề nghị chỉ đạo hoàn thành"
"""The same about a unit that no reminder has reached: nothing is held against it."""
REPLY_WORKING_DAYS = 5
"""Working days that the draft proposes to give the late units [ours]."""


def draft(connection: Connection, house: House, entries: Sequence[AnyRow], as_of: datetime) -> bytes:
    """Write the draft as DOCX: rows grouped by district, bodies not under UBND tỉnh apart."""
    on = local_day(as_of)
    late = _late(connection, house, entries, on)
    reminded = reminders(connection, {row.obligation_id for row in late}, on + timedelta(days=1))
    plan = house.plan.key
    found = reckoning.reckon(connection, plan, on, reckoning.dated(plan))
    focal, top = house.agency(house.plan.focal), house.agency(house.plan.top)
    return proposals_report(
        ProposalReport(
            plan_number=house.plan.number,
            plan_signed_on=house.plan.signed_on,
            plan_issuer=house.plan.issuer,
            recipient=full_name(top),
            issuer=focal.name,
            sign="BC-SNV",
            place=house.plan.issuer.rpartition("tỉnh ")[2],
            as_of=on,
            due_items=reckoning.reach(connection, plan, on, on).items,
            reckoned=found,
            groups=_groups(house, late, reminded, _edited(entries), on),
            outside=_outside(connection, house, on),
            act_before=house.calendar.add(on, REPLY_WORKING_DAYS),
            journal_mark=mark_on_paper(connection),
        )
    )


def standing_text(told: Iterable[Reminders]) -> str:
    """Return what is proposed about a unit of which nobody has edited it, by what reached it."""
    return PROPOSAL if all(one.arrived for one in told) else PROPOSAL_UNHEARD


def _late(connection: Connection, house: House, entries: Sequence[AnyRow], on: date) -> list[AnyRow]:
    """Return the obligations that the entries mean: their own, and all overdue of a chronic agency."""
    named = {entry.obligation_id for entry in entries if entry.obligation_id is not None}
    chronic = {entry.agency_id for entry in entries if entry.cause == "chronic"}
    rows = overdue_lines(connection, house.plan.key, on)
    return [row for row in rows if row.obligation_id in named or row.agency_id in chronic]


def _edited(entries: Sequence[AnyRow]) -> dict[int | str, str]:
    """Return what Sở Nội vụ wrote about entries, by obligation, or by agency for a chronic case."""
    return {e.obligation_id or e.agency_id: e.reason for e in entries if e.decided_by is not None}


def _groups(
    house: House,
    late: Sequence[AnyRow],
    reminded: dict[int, Reminders],
    edited: dict[int | str, str],
    on: date,
) -> tuple[ProposalGroup, ...]:
    """Group communes under their district; departments and districts stand by themselves."""
    by_head: dict[str, list[ProposalRow]] = defaultdict(list)
    for row in late:
        agency = house.agency(row.agency_id)
        is_commune = agency.tier is Tier.COMMUNE and agency.superior
        head = house.agency(agency.superior).name if is_commune and agency.superior else agency.name
        told = reminded.get(row.obligation_id, NONE)
        text = edited.get(row.obligation_id) or edited.get(row.agency_id) or standing_text([told])
        by_head[head].append(_row(house, row, told, text, on))
    return tuple(ProposalGroup(name=head, rows=tuple(rows)) for head, rows in sorted(by_head.items()))


def _row(house: House, row: AnyRow, told: Reminders, text: str, on: date) -> ProposalRow:
    return ProposalRow(
        unit=house.agency(row.agency_id).name,
        item=row.item or title(house, row.kind, None, row.period),
        title=title(house, row.kind, row.item, row.period),
        deadline_text=deadline_text(house, row.kind, row.item, row.why),
        last_day=row.last_day,
        working_days_late=-house.calendar.between(on, row.last_day),
        reminders=told,
        reason=row.delay_reason,
        proposal=text,
    )


def _outside(connection: Connection, house: House, on: date) -> tuple[ProposalRow, ...]:
    """Return invited bodies that have not supplied: asked to cooperate, never ranked."""
    return tuple(
        ProposalRow(
            unit=house.agency(row.agency_id).name,
            item=period_name(house.plan, row.period),
            title=f"Cung cấp kết quả phối hợp {period_name(house.plan, row.period)}",
            deadline_text=deadline_text(house, Kind.ROW, None, ""),
            last_day=row.last_day,
            working_days_late=0,
            proposal="Đề nghị phối hợp, cung cấp",
        )
        for row in digest.not_supplied(connection, house.plan.key, on)
    )
