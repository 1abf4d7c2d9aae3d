"""A unit's one form: every task in it is answered by itself; what is right is in, the rest is told.

One transaction for each: a fault in one report keeps none of the others from arriving on its day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from obligations.errors import DomainError, Gathering, Invalid, Refused
from obligations.obligation import NamedObligation
from obligations.rights import Seat
from store.engine import reading, writing
from store.ledger import check_version, find
from store.reports import Stored
from tasks_lib.access.contacts import Giver, name_people
from tasks_lib.answering.answering import answer_of, check_typed, explanation_of, nothing_said
from tasks_lib.answering.drafts import Writing, save_draft
from tasks_lib.answering.enough import Says, check_says_something, why_no_nothing
from tasks_lib.answering.explain import Explanation, explain
from tasks_lib.answering.report_draft import PeopleDraft, ReportDraft
from tasks_lib.answering.submit import Answer, Nothing, nothing_arose, submit
from tasks_lib.duties.change import Change
from tasks_lib.evidence.looking import Upload, keep, sound
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import work_name

Taking = Callable[[tuple[Upload, ...]], tuple[Stored, ...]]
"""What becomes of the files that came along."""
Meant = Explanation | Answer | str
"""What a reply comes to: a reason for delay, a report, or what goes with "nothing arose"."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends a unit's form, and who of the unit wrote and approved what stands in it."""

    by: str
    """The unit."""
    person: str
    as_of: datetime
    seat: Seat = Seat.ANSWER_LINK
    """In what capacity they are here; without one they may do least."""
    drafted_by: str = ""
    approved_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the form says of one obligation."""

    key: str
    version: int | None
    """The report's version that was on the screen."""
    content: ReportDraft
    uploads: tuple[Upload, ...] = ()
    reason_only: bool = False
    """Only the reason for delay is sent; what else was typed stays a draft."""
    draft_version: int | None = None
    """The draft's version that was on the screen; 0 where there was none."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What became of the replies of one form."""

    handed_in: tuple[Change, ...]
    explained: tuple[Change, ...]
    faults: dict[str, DomainError]
    """By key: why it was not taken."""


def send(house: House, sender: Sender, replies: Sequence[Reply]) -> Sent:
    """Hand in what was filled in; what is refused is kept as a draft with its files, as far as it can be."""
    handed: list[Change] = []
    explained: list[Change] = []
    faults: dict[str, DomainError] = {}
    for reply in replies:
        try:
            change = _answer(house, sender, reply)
            (explained if _only_explains(reply) else handed).append(change)
        except DomainError as fault:
            faults[reply.key] = fault
            _keep(house, writing_of(sender, reply))
    return Sent(handed_in=tuple(handed), explained=tuple(explained), faults=faults)


def can_be_sent(house: House, sender: Sender, reply: Reply) -> bool:
    """Whether a reply can be handed in as it stands, its files apart; nothing is changed."""
    try:
        row, said = _meant(house, sender, reply, lambda _: ())
    except DomainError:
        return False
    return not (isinstance(said, str) and why_no_nothing(house, row))


def save(house: House, sender: Sender, replies: Sequence[Reply]) -> dict[str, DomainError]:
    """Keep what was filled in as drafts, each by itself; return by key why one could not be kept."""
    faults: dict[str, DomainError] = {}
    for reply in replies:
        try:
            save_draft(house, writing_of(sender, reply))
        except DomainError as fault:
            faults[reply.key] = fault
            _keep(house, writing_of(sender, reply))
    return faults


def writing_of(sender: Sender, reply: Reply) -> Writing:
    """Return a reply as what is still being written."""
    return Writing(
        key=reply.key,
        by=sender.by,
        person=sender.person,
        as_of=sender.as_of,
        content=reply.content,
        uploads=reply.uploads,
        version=reply.draft_version,
        drafted_by=sender.drafted_by,
    )


def _keep(house: House, writing: Writing) -> None:
    """Keep as a draft what can be: what is closed has none, a bad file is named in the fault."""
    with suppress(DomainError):
        save_draft(house, replace(writing, uploads=sound(house.settings, writing.uploads)))


def _only_explains(reply: Reply) -> bool:
    """Whether the reply is no report."""
    return reply.reason_only or (reply.content.only_explains and not reply.uploads)


def _answer(house: House, sender: Sender, reply: Reply) -> Change:
    row, said = _meant(house, sender, reply, lambda uploads: keep(house.settings, uploads))
    match said:
        case Explanation():
            return explain(house, reply.key, sender.by, sender.as_of, said, sender.person)
        case str():
            return _nothing(house, sender, reply, said)
    change = submit(house, reply.key, sender.by, sender.as_of, said, reply.version)
    if row.is_own_plan:
        _people(house, sender, reply.content.people)
    return change


def _meant(house: House, sender: Sender, reply: Reply, take: Taking) -> tuple[NamedObligation, Meant]:
    """Return what a reply comes to, its files taken as is said; raise what is wrong with it."""
    row = _owned(house, sender, reply.key)
    content, on = reply.content, local_day(sender.as_of)
    if content.is_blank and not reply.uploads:
        raise Invalid(f"{work_name(row)}: chưa nhập kết quả, số văn bản hay lý do")
    if _only_explains(reply):
        return row, explanation_of(house, row, content, on)
    if content.nothing:
        people = sender.drafted_by, sender.approved_by
        return row, nothing_said(row, content, *people, with_files=bool(reply.uploads))
    check_version(row, reply.version)
    kept = _sound(house, sender, reply, row, take)
    answer = answer_of(house, row, content, on)
    return row, replace(
        answer,
        evidence=(*answer.evidence, *kept),
        drafted_by=sender.drafted_by,
        approved_by=sender.approved_by,
        person=sender.person,
    )


def _sound(
    house: House, sender: Sender, reply: Reply, row: NamedObligation, take: Taking
) -> tuple[Stored, ...]:
    """Take the files that came along; raise Faults with all that is wrong with them and what was typed."""
    content = reply.content
    kept: tuple[Stored, ...] = ()
    wrong = Gathering(work_name(row))
    with wrong.at():
        check_typed(house, row, content, local_day(sender.as_of))
    with wrong.at("files"):
        kept = take(reply.uploads)
    with wrong.at(), reading(house.engine) as connection:
        check_says_something(connection, house, row, _says(reply))
    wrong.settle()
    return kept


def _says(reply: Reply) -> Says:
    content = reply.content
    return Says(
        given=bool(content.filled or content.rows),
        proven=content.has_document or bool(content.files or reply.uploads),
        text=content.text,
        without=content.without,
    )


def _owned(house: House, sender: Sender, key: str) -> NamedObligation:
    with reading(house.engine) as connection:
        row = find(connection, house.plan.key, key)
    if row.agency_id != sender.by:
        raise Refused(f"{work_name(row)}: không phải nhiệm vụ của {house.agency(sender.by).name}")
    return row


def _nothing(house: House, sender: Sender, reply: Reply, said: str) -> Change:
    nothing = Nothing(
        key=reply.key,
        by=sender.by,
        reason=said,
        version=reply.version,
        missing=reply.content.missing,
        person=sender.person,
    )
    return nothing_arose(house, nothing, sender.as_of)


def _people(house: House, sender: Sender, people: PeopleDraft) -> None:
    with writing(house.engine) as connection:
        giver = Giver(agency=sender.by, seat=sender.seat, person=sender.person, as_of=sender.as_of)
        name_people(connection, house, giver, people.model_dump())
