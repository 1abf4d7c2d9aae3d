"""Words for stories of a plan: days go by, units answer or stay silent, and somebody is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from notifications.memory import MemoryTransport
from notifications.outgoing import Outgoing
from obligations.calendar import ZONE
from obligations.figures import EVENTS
from obligations.model import Kind
from obligations.obligation import Obligation
from store.door import all_of, sole
from store.engine import reading
from store.rows import HistoryRow, Notice, Proposal, Report
from store.schema import agencies, history, legs, notices, obligations, proposals, reports
from tasks_lib.answering.cycle_form import asked_figures, template
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.duties.change import Change
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import morning_of
from tasks_lib.mailing.deliver import deliver
from tasks_lib.mailing.delivered import DeliveryReport
from tasks_lib.rounds.sweep import SweepReport, sweep
from tests.support.databases.remembered import stretch
from tests.support.houses.small import leave_only

SO_NOI_VU, SO_Y_TE, UBND_TINH = "so-noi-vu", "so-y-te", "ubnd-tinh"
BAT_XAT, SA_PA = "h082-2022", "h088-2022"
A_MU_SUNG, MUONG_VI, Y_TY = "x02686-2022", "x02719-2022", "x02701-2022"

SIGNED, END = "2022-06-30", "2023-01-31"


class Told(NamedTuple):
    """A notice as a story tells it."""

    day: str
    step: str
    role: str
    recipient: str


def morning(day: str) -> datetime:
    """7:30 of a day."""
    return morning_of(date.fromisoformat(day))


def at(moment: str) -> datetime:
    """A local instant written 2022-07-18T23:59."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


def days(first: str, last: str) -> Iterator[str]:
    """Every calendar day of a stretch, both ends with it."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        yield day.isoformat()
        day += timedelta(days=1)


def replay(house: House, first: str, last: str) -> list[SweepReport]:
    """Let the engine run every morning of a stretch."""

    def live(mornings: Sequence[str]) -> list[SweepReport]:
        return [sweep(house, morning(day)) for day in mornings]

    return stretch(house, "swept", list(days(first, last)), live)


def replay_with_mail(house: House, first: str, last: str, post: MemoryTransport) -> None:
    """Let the engine run and deliver every morning of a stretch."""

    def live(mornings: Sequence[str]) -> list[Outgoing]:
        known = len(post.sent)
        for day in mornings:
            sweep(house, morning(day))
            deliver(house, morning(day), transport=post)
        taken = post.sent[known:]
        del post.sent[known:]
        return taken

    mornings = list(days(first, last))
    if (
        house.settings.public_url or type(post) is not MemoryTransport
    ):  # links of this moment, a will of its own
        post.sent += live(mornings)
    else:
        told = house.settings.model_dump_json(exclude={"home", "database_url"})
        post.sent += stretch(house, ("mailed", told), mornings, live)


def reminders_of_7_july(house: House, *owed: str) -> None:
    """Only these duties of item 1.2 are looked at; their reminders are recorded and have not left."""
    leave_only(house, *owed)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    replay(house, "2022-07-07", "2022-07-07")


def send(house: House, day: str) -> DeliveryReport:
    """Deliver in the morning of a day by the house's own transport."""
    return deliver(house, morning(day))


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeAbout(Notice):
    """A notice with what it is about."""

    key: str
    agency_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeOfLeg(NoticeAbout):
    """A notice with its obligation, its holder and its leg."""

    kind: Kind
    opened_on: date
    tier: str
    invited: bool
    leg: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalAbout(Proposal):
    """An entry of the list with its obligation's key."""

    key: str | None


def row(house: House, key: str) -> Obligation:
    """One obligation as it is stored."""
    with reading(house.engine) as connection:
        return sole(connection, Obligation, select(obligations).where(obligations.c.key == key))


def keys(house: House, *conditions: object) -> list[str]:
    """The keys of the obligations that meet some conditions."""
    query = select(obligations.c.key).where(*conditions).order_by(obligations.c.key)  # type: ignore[arg-type]
    with reading(house.engine) as connection:
        return list(connection.scalars(query))


def notices_of(house: House, key: str, leg: str | None = None) -> list[Told]:
    """What was told about one obligation, opening letter apart, in the order of days."""
    return [told for told in all_told_of(house, key, leg) if told.step != "opening"]


def all_told_of(house: House, key: str, leg: str | None = None) -> list[Told]:
    """All that was told about one obligation, the opening letter too."""
    query = (
        select(notices)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(legs, legs.c.id == notices.c.leg_id)
        .where(obligations.c.key == key, legs.c.name.like(leg or "%"))
        .order_by(notices.c.recorded_on, notices.c.id)
    )
    with reading(house.engine) as connection:
        return [Told(str(n.recorded_on), n.step, n.role, n.recipient_id) for n in connection.execute(query)]


def told_on(house: House, day: str) -> list[NoticeAbout]:
    """All notices recorded on a day."""
    query = (
        select(notices, obligations.c.key, obligations.c.agency_id)
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .where(notices.c.recorded_on == date.fromisoformat(day))
    )
    with reading(house.engine) as connection:
        return all_of(connection, NoticeAbout, query)


def every_notice(house: House) -> list[NoticeOfLeg]:
    """All notices ever recorded with their obligation, holder and leg."""
    query = (
        select(
            notices,
            obligations.c.key,
            obligations.c.kind,
            obligations.c.agency_id,
            obligations.c.opened_on,
            agencies.c.tier,
            agencies.c.invited,
            legs.c.name.label("leg"),
        )
        .join(obligations, obligations.c.id == notices.c.obligation_id)
        .join(agencies, agencies.c.id == obligations.c.agency_id)
        .join(legs, legs.c.id == notices.c.leg_id)
    )
    with reading(house.engine) as connection:
        return all_of(connection, NoticeOfLeg, query)


def history_of(house: House, key: str) -> list[HistoryRow]:
    """All that happened to one obligation."""
    query = (
        select(history)
        .join(obligations, obligations.c.id == history.c.obligation_id)
        .where(obligations.c.key == key)
        .order_by(history.c.id)
    )
    with reading(house.engine) as connection:
        return all_of(connection, HistoryRow, query)


def versions_of(house: House, key: str) -> list[Report]:
    """The versions of one obligation's report."""
    query = (
        select(reports)
        .join(obligations, obligations.c.id == reports.c.obligation_id)
        .where(obligations.c.key == key)
        .order_by(reports.c.version)
    )
    with reading(house.engine) as connection:
        return all_of(connection, Report, query)


def proposed(house: House, cause: str = "list") -> list[ProposalAbout]:
    """The entries of the list "Đề xuất báo cáo UBND tỉnh" with their obligation's key."""
    query = (
        select(proposals, obligations.c.key)
        .outerjoin(obligations, obligations.c.id == proposals.c.obligation_id)
        .where(proposals.c.cause == cause)
        .order_by(proposals.c.id)
    )
    with reading(house.engine) as connection:
        return all_of(connection, ProposalAbout, query)


def reports_in(house: House, key: str, moment: str, answer: Answer | None = None) -> Change:
    """The unit hands in what it owes; what a test leaves out that a report must not lack is added."""
    when = at(moment) if "T" in moment else morning(moment)
    return submit(house, key, row(house, key).agency_id, when, _whole(house, key, answer))


def _whole(house: House, key: str, answer: Answer | None) -> Answer:
    if answer is None:
        return complete(house, key)
    if answer.figures or answer.rows or answer.evidence or answer.document or answer.without:
        return answer
    added = complete(house, key)
    return replace(answer, figures=added.figures, rows=added.rows, without=added.without)


def complete(house: House, key: str, text: str = "Đã thực hiện") -> Answer:
    """An answer that says what the plan calls for: figures, of a cycle report a word in every row."""
    owed = row(house, key)
    if owed.kind == Kind.REPORT:
        entries = template(house, key)["rows"]
        events: dict[str, dict[str, int]] = {r["row"]: {EVENTS: 0} for r in entries if EVENTS in r}
        said = [RowAnswer(row=r["row"], text=text, figures=events.get(r["row"], {})) for r in entries]
        return Answer(text=text, rows=tuple(said))
    item = house.plan.item(owed.item) if owed.item else None
    asked = asked_figures(house, item, owed) if item else ()
    if not asked:
        return Answer(text=text, without="văn bản ký sau")
    one = {"percent": "1/1", "yes-no": "có"}.get(asked[0].kind, "1")
    return Answer(text=text, figures={asked[0].key: one})


def communes_of(house: House, district: str) -> list[str]:
    """The communes below a district, in the order of their codes."""
    return sorted(a.id for a in house.configuration.agencies.values() if a.superior == district)


def communes(house: House) -> list[str]:
    """The 152 communes of 2022."""
    return sorted(house.roster.members(("ubnd-cap-xa",)))
