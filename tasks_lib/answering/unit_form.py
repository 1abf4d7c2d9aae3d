"""The one form of a unit: all it has open on a day, with what stands beside the fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.chain import reviewer_of
from obligations.figures import Value, asked_figures
from obligations.model import Contact, Figure, Item, Kind, TimeState, WorkState
from obligations.obligation import Obligation
from obligations.reminders import NONE, Reminders
from obligations.rollup import consolidates
from store import unit_form as store
from store.engine import reading
from store.evidence import File, files_of
from store.people import contacts_of
from store.reminders import reminders
from store.unit_form import FiguresBefore, Owed
from tasks_lib.access.contacts import needs_confirming
from tasks_lib.answering.drafts import current_draft
from tasks_lib.answering.enough import why_no_nothing
from tasks_lib.answering.unit_cards import Card, Newest
from tasks_lib.duties.our_days import Papers, read_papers, told_day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import title
from tasks_lib.mailing.compose_agency import desk_of
from tasks_lib.mailing.sql.mail_data import asked_of


@dataclass(frozen=True, kw_only=True)
class UnitForm:
    """All of a unit's cards, late ones first."""

    open: tuple[Card, ...]
    waiting: tuple[Card, ...]
    """Handed in, not yet looked at."""
    closed: tuple[Card, ...]
    """Named by the visitor, and no longer the unit's to answer."""
    contacts: tuple[Contact, ...]
    """The unit's own that mail can reach."""
    contacts_due: bool
    helper: Contact
    """Who is called."""
    helper_desk: str

    def card(self, key: str) -> Card | None:
        """Return the card of an obligation."""
        return next((c for c in (*self.open, *self.waiting, *self.closed) if c.key == key), None)

    @property
    def presented(self) -> tuple[Card, ...]:
        """What waits for a leader."""
        return tuple(c for c in self.open if c.is_presented)


@dataclass(frozen=True)
class _Around:
    """What was read beside the obligations."""

    papers: Papers
    reminded: Mapping[int, Reminders] = field(default_factory=dict)
    asked: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[int, tuple[File, ...]] = field(default_factory=dict)
    before: Mapping[str, Sequence[FiguresBefore]] = field(default_factory=dict)


def unit_form(
    house: House, agency: str, as_of: datetime, *, first: int | None = None, also: Collection[str] = ()
) -> UnitForm:
    """Return what a unit has open: late, then soon, then the rest; `first` names what a link is about."""
    on = local_day(as_of)
    with reading(house.engine) as connection:
        rows = store.owed_by(connection, house.plan.key, agency, on, also)
        around = _around(connection, house, agency, rows, on)
        desk = _desk(house, agency)
        contacts = contacts_of(connection, {agency, desk})
        opened, confirmed = store.confirmed_since(connection, house.plan.key, agency, on)
    cards = [_card(house, row, around, on) for row in rows]
    still = sorted((c for c in cards if c.is_open), key=lambda c: _order(c, first))
    helper = desk_of(house.agency(desk), contacts)
    return UnitForm(
        open=tuple(still),
        waiting=tuple(c for c in cards if c.state == WorkState.SUBMITTED),
        closed=tuple(c for c in cards if not c.is_open and c.state != WorkState.SUBMITTED),
        contacts=tuple(c for c in contacts.get(agency, ()) if c.address),
        contacts_due=needs_confirming(house, opened, confirmed),
        helper=Contact(role="desk", name=helper.officer, address=helper.reply_to, phone=helper.phone),
        helper_desk=helper.name,
    )


def _order(card: Card, first: int | None) -> tuple[bool, int, date, int]:
    """Late first, what the link is about at the head; then soon, then the rest."""
    rank = {TimeState.OVERDUE: 0, TimeState.PAST_ASKED: 1, TimeState.DUE_SOON: 2}.get(card.time, 3)
    if card.state == WorkState.MORE_ASKED:
        rank = min(rank, 2)
    return card.id != first, rank, card.last_day, card.id


def _desk(house: House, agency: str) -> str:
    """Return whose desk a unit calls: its reviewer's."""
    return reviewer_of(house.agency(agency), house.plan)


def _around(connection: Connection, house: House, agency: str, rows: Sequence[Owed], on: date) -> _Around:
    ids = [r.id for r in rows]
    reported = [r.report.id for r in rows if r.report is not None]
    # What is owed once has no period before.
    items = {r.item for r in rows if r.item is not None and r.is_task and not r.period.is_once}
    asked = [r.id for r in rows if r.work_state == WorkState.MORE_ASKED]
    before: dict[str, list[FiguresBefore]] = {}
    for row in store.figures_before(connection, agency, house.plan.key, items) if items else ():
        before.setdefault(row.item, []).append(row)
    return _Around(
        papers=read_papers(connection, house, [r.id for r in rows if r.last_day != r.first_day]),
        reminded=reminders(connection, ids, on) if ids else {},
        asked=asked_of(connection, asked) if asked else {},
        files=files_of(connection, reported),
        before=before,
    )


def form_of(house: House, row: Obligation) -> str:
    """Return where an obligation has a form of its own: written row by row, or for the units below too."""
    if row.is_task:
        below = consolidates(house.plan, row.kind, row.item, house.agency(row.agency_id))
        return f"/bao-cao-huyen/{row.key}" if below else ""
    return {Kind.REPORT: f"/ky/{row.key}", Kind.SHEET: f"/phieu/{row.key}"}.get(row.kind, "")


def _card(house: House, row: Owed, around: _Around, on: date) -> Card:
    item = house.plan.item(row.item) if row.item else None
    soon = house.calendar.add(on, house.plan.settings.due_soon_working_days)
    told = told_day(house, row, around.papers, on)
    return Card(
        id=row.id,
        key=row.key,
        kind=row.kind,
        item=item,
        title=title(house, row.kind, row.item, row.period),
        period=row.period,
        event=row.event,
        version=row.version,
        state=row.work_state,
        time=row.stands(on, soon),
        last_day=row.last_day,
        told_day=told,
        why=row.why,
        days_left=house.calendar.between(on, told.day),
        reviewer=row.reviewer_id,
        answer_by=row.answer_by,
        doubted_on=row.doubted_on,
        delay_reason=row.delay_reason or "",
        reminded=around.reminded.get(row.id, NONE),
        asked=around.asked.get(row.id, ""),
        figures=_asked(house, row, item),
        before=_before(row, around),
        newest=_newest(row, around),
        draft=current_draft(row, row.draft),
        officer=row.officer or "",
        inner_day=row.inner_day,
        takes_nothing=not why_no_nothing(house, row),
        form=form_of(house, row),
    )


def _asked(house: House, row: Owed, item: Item | None) -> tuple[Figure, ...]:
    if item is None or not row.is_task:
        return ()
    return asked_figures(item, row.part, house.agency(row.agency_id).level)


def _before(row: Owed, around: _Around) -> Mapping[str, Value]:
    """Return the figures of the latest earlier report of the same item."""
    before = around.before.get(row.item, ()) if row.item else ()
    earlier = [r for r in before if r.last_day < row.last_day and r.figures]
    return earlier[-1].figures if earlier else {}


def _newest(row: Owed, around: _Around) -> Newest | None:
    if row.report is None:
        return None
    return Newest(
        entered_at=row.report.entered_at,
        completed_on=row.report.completed_on,
        text=row.report.text,
        difficulty=row.report.difficulty,
        figures=row.report.figures,
        document=row.document.number if row.document is not None else "",
        files=tuple(f for f in around.files.get(row.report.id, ()) if not f.is_removed),
    )
