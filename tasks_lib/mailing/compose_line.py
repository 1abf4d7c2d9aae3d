"""What any line about an obligation says, whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from notifications.model import Line
from obligations.days_of_ours import binding_day, is_ours, is_proposed
from obligations.ladder import CORRECTION
from obligations.model import Agency
from obligations.pauses import covers, touches
from obligations.reminders import NONE
from store.late import LateDuty
from store.rows import PauseRow
from tasks_lib.duties.closing import closes_on
from tasks_lib.duties.our_days import Papers, day_asked_for, day_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import deadline_text, district_of, place_name, quarter_of, title, way_of
from tasks_lib.mailing.sql.mail_data import OwedLine, Telling

_UNTIL = re.compile(r" \(đến hết [0-9/]+\)$")
_VERB = re.compile(r"^đề nghị ", re.IGNORECASE)


def described(house: House, row: OwedLine | LateDuty, on: date, papers: Papers) -> Line:
    """Return a line as far as it follows from the obligation and the document that sets its day."""
    day = day_of(house, row, row.obligation_id, papers, on)
    last_day = binding_day(day, on)
    agency = house.agency(row.agency_id)
    item = house.plan.item(row.item) if row.item else None
    weak = {c.number for c in house.plan.contents if c.weak}
    line = Line(
        obligation=row.key,
        kind=row.kind,
        item=row.item,
        title=title(house, row.kind, row.item, row.period),
        short=item.short if item else "",
        quarter=quarter_of(house, row.item, row.period),
        agency=agency.name,
        agency_short=agency.short_name or agency.name,
        level=agency.level,
        district=district_of(house, agency),
        reports_to=place_name(house.agency(agency.next_desk)) if agency.next_desk else "",
        way=way_of(house, agency.id),
        deadline_text=deadline_text(house, row.kind, row.item, row.why),
        last_day=last_day,
        why=row.why,
        opened_on=row.opened_on,
        days_left=house.calendar.between(on, last_day),
        reason=row.delay_reason,
        weak=item is not None and item.content in weak,
        ours=is_proposed(day, on),
        asked_day=row.last_day if is_ours(day) and day.paper is None else None,
        paper=str(day.paper or ""),
        paper_said=day.paper.said if day.paper else "",
        plan_day=row.plan_day,
        event=row.event,
        closes_on=closes_on(house, agency, row.period) if row.is_cycle_report else None,
        step="",
        missed=(),
        reminders=NONE,
        next_steps=(),
    )
    return line if item is None else replace(line, given=str(item.given or ""), product=item.outcome)


def is_excused(agency: Agency, last_day: date, on: date, pauses: Sequence[PauseRow]) -> bool:
    """Whether a pause covers the last day or a day of the lateness: then lateness is excused."""
    return any(
        covers(p.place_id, agency, everywhere=p.everywhere) and touches(p.from_day, p.to_day, last_day, on)
        for p in pauses
    )


def day_to_keep(row: Telling, on: date, *, proposed: bool) -> date | None:
    """Return another day than the last that a unit is asked to keep, where there is one.

    Of a report that is to be completed it is the day set for that; nobody is asked for anything on a day off,
    but on the working day before.
    """
    if row.template == CORRECTION:
        return row.answer_by
    return day_asked_for(row.target, on) if proposed else None


def asked_in_words(said: str | None) -> str | None:
    """Return what a reviewer asks for, without the day and the verb that the mail says itself."""
    return None if said is None else _VERB.sub("", _UNTIL.sub("", said))
