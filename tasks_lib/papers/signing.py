"""A paper was signed: the clerk enters number, day and signer; mails and timelines cite it from then on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from notifications.notes import ANSWER
from notifications.outgoing import Attachment
from notifications.papers import fill, pdf
from obligations.deeds import CITED, URGED
from obligations.errors import Invalid, Refused
from obligations.places import initials
from obligations.words import day
from store.engine import reading
from store.journal import Happening, write
from store.ledger import Entry, find, write_history
from store.rows import Campaign, Paper
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tasks_lib.mailing.notes import Note, post
from tasks_lib.papers.citing import cite, cited, order_of
from tasks_lib.papers.kinds import forms_of
from tasks_lib.papers.making import known, put, set_in_type
from tasks_lib.papers.order import Desk
from tasks_lib.papers.sql import campaigns
from tasks_lib.papers.sql import papers as statements
from tasks_lib.papers.sql.campaigns import Urged
from tasks_lib.papers.words import belongs, day_of_paper

SIGNED = "paper-sign"
_NUMBER = re.compile(r"[0-9]{1,6}[0-9A-ZĐa-zđ.-]*(/[0-9A-ZĐa-zđ.-]{1,40})?")
MOST_LETTERS = 120


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What the clerk enters."""

    number: str
    on: date
    signer: str


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A paper that has its number, and the mails that carry it."""

    paper: Paper
    mails: tuple[int, ...] = ()
    unreached: tuple[str, ...] = ()
    """Units that no address is known of, of which none was written to."""


def sign(house: House, key: int, signature: Signature, by: str, as_of: datetime, person: str = "") -> Signed:
    """Enter how a paper was signed; a letter that urges leaves with it, in the ordinary outbox."""
    with reading(house.engine) as connection:
        paper = known(connection, house, key)
    number = _checked(house, paper, signature, by, as_of)
    entered = Signature(number=number, on=signature.on, signer=" ".join(signature.signer.split()))
    if (paper.number, paper.signed_on, paper.signer) == (entered.number, entered.on, entered.signer):
        return Signed(paper=paper)
    if paper.number is not None:
        raise Refused(f"văn bản {key}: đã ghi số {paper.number}")
    content = numbered(house, paper, entered)
    docx = set_in_type(house, order_of(paper), paper.title, content, as_of)
    files = pdf.to_pdf([docx])
    page = files[0] if files else None
    with changing(house, as_of) as connection:
        if known(connection, house, key, locked=True).number is not None:
            raise Refused(f"văn bản {key}: người khác vừa ghi số")
        _refuse_twice(connection, house, paper, entered)
        statements.write_signed(
            connection, key, number=number, on=entered.on, signer=entered.signer, at=as_of, by=person or by
        )
        values = {**put(house, docx, page), "content": content}
        values["pages"] = None if page is None else pdf.pages(page)
        statements.write_files(connection, key, values)
        write(connection, _happening(house, paper, entered, by, as_of, person))
        signed = known(connection, house, key)
        cite(connection, house, signed, Entry(at=as_of, by=by, what=CITED, why="", person=person or None))
        found = campaigns.campaigns_by(connection, key)
        attachment = _attached(signed, docx, page)
        entry = Entry(at=as_of, by=by, what=URGED, why="", person=person or None)
        return _sent(connection, house, signed, found, attachment, entry)


def _happening(
    house: House, paper: Paper, entered: Signature, by: str, as_of: datetime, person: str
) -> Happening:
    return Happening(
        at=as_of,
        plan=house.plan.key,
        what=SIGNED,
        subject=f"{paper.kind} {entered.number}",
        by=by,
        person=person,
        details={
            "paper": paper.id,
            "number": entered.number,
            "on": day(entered.on),
            "signer": entered.signer,
        },
    )


def numbered(house: House, paper: Paper, signature: Signature) -> dict[str, object]:
    """Return what a paper says with its number, day and signer in their places."""
    content = dict(paper.content)
    head, signed = content["head"], content["sign"]
    assert isinstance(head, Mapping)
    assert isinstance(signed, Mapping)
    bare, _, symbol = signature.number.partition("/")
    desk_belongs = _belongs(house, paper, signature)
    return {
        **content,
        "head": {**head, "number": bare, "symbol": symbol, "day": day_of_paper(signature.on, signature.on)},
        "sign": {**signed, "name": signature.signer},
        **({"belongs": desk_belongs} if "belongs" in content else {}),
    }


def _belongs(house: House, paper: Paper, signature: Signature) -> str:
    with reading(house.engine) as connection:
        desk = Desk(connection, house, forms_of(house), order_of(paper), paper.made_at)
        return belongs(desk, signature.number, signature.on)


def _checked(house: House, paper: Paper, signature: Signature, by: str, as_of: datetime) -> str:
    """Return the number with its symbol, or refuse what cannot be."""
    if by != paper.issuer_id:
        raise Refused(f"văn bản {paper.id}: chỉ {house.agency(paper.issuer_id).name} ghi số văn bản của mình")
    text = "".join(signature.number.split())
    if not _NUMBER.fullmatch(text):
        raise Invalid(f"--number: ghi số của văn bản, ví dụ 45/{initials(house.plan.issuer)}-NV")
    if not signature.signer.strip() or len(signature.signer) > MOST_LETTERS:
        raise Invalid("--signer: ghi họ tên người ký")
    if signature.on < paper.data_day:
        raise Invalid(f"--on: dự thảo có số liệu đến ngày {day(paper.data_day)}, không thể ký trước ngày đó")
    if signature.on > local_day(as_of):
        raise Invalid(f"--on: ngày {day(signature.on)} chưa đến")
    head = paper.content["head"]
    assert isinstance(head, Mapping)
    return text if "/" in text else f"{text}/{head['symbol']}"


def _refuse_twice(connection: Connection, house: House, paper: Paper, entered: Signature) -> None:
    """Refuse a number that another paper of the office has in that year."""
    for other in statements.papers_of(connection, house.plan.key, paper.issuer_id):
        same_year = other.signed_on is not None and other.signed_on.year == entered.on.year
        if other.number == entered.number and same_year:
            raise Refused(f"số {entered.number} đã ghi cho văn bản {other.id}")


def _attached(paper: Paper, docx: bytes, page: bytes | None) -> Attachment:
    name = f"{paper.kind}-{(paper.number or '').replace('/', '-')}"
    if page is not None:
        return Attachment(name=f"{name}.pdf", media_type=pdf.MEDIA_TYPE, content=page)
    return Attachment(name=f"{name}.docx", media_type=fill.MEDIA_TYPE, content=docx)


def _sent(
    connection: Connection,
    house: House,
    paper: Paper,
    found: Sequence[Campaign],
    attachment: Attachment,
    entry: Entry,
) -> Signed:
    """Write the mails that carry a signed letter, and a line into the history of each duty it urges."""
    mails: list[int] = []
    unreached: list[str] = []
    urged = campaigns.urged_by(connection, [one.id for one in found])
    by_unit: dict[str, list[Urged]] = defaultdict(list)
    for one in found:
        for row in urged[one.id]:
            # What was reported between draft and signature is not urged any more.
            if row.open:
                by_unit[row.agency_id].append(row)
    letter = cited(house, paper)
    for agency, rows in by_unit.items():
        for row in rows:
            duty = find(connection, house.plan.key, row.key)
            why = replace(entry, why=f"{letter} (lần {row.turn})")
            write_history(connection, duty.id, why, duty.work_state, duty.work_state)
        try:
            message = _posted(connection, house, paper, agency, rows, attachment, entry)
        except Invalid:
            unreached.append(agency)
            continue
        campaigns.write_mail(connection, [row.id for row in rows], message)
        mails.append(message)
    return Signed(paper=paper, mails=tuple(mails), unreached=tuple(unreached))


def _posted(
    connection: Connection,
    house: House,
    paper: Paper,
    agency: str,
    rows: Sequence[Urged],
    attachment: Attachment,
    entry: Entry,
) -> int:
    only = rows[0].obligation_id if len(rows) == 1 else None
    wanted = Wanted(purpose=Purpose.ANSWER, agency=agency, obligation_id=only)
    link = issue(connection, house, wanted, entry.at, timedelta(days=house.settings.link_days))
    note = Note(
        sort="urging",
        recipient=agency,
        sender=entry.by,
        links={ANSWER: link.url},
        text=_named(paper, rows),
        obligations=tuple(row.key for row in rows),
        until=link.expires,
        attachments=(attachment,),
    )
    return post(connection, house, note, entry.at)


def _named(paper: Paper, rows: Sequence[Urged]) -> str:
    turn = max(row.turn for row in rows)
    on = f" ngày {day(paper.signed_on)}" if paper.signed_on else ""
    return f"Công văn số {paper.number}{on} (đôn đốc lần {turn})"
