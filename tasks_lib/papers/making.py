"""A paper is drafted: written, set, kept by version; and compared with the figures of a later day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest

from sqlalchemy import Connection

from config.papers import form_file
from notifications.papers.fill import PARTS, Stamp, cleaned, fill
from notifications.papers.pdf import pages, to_pdf
from obligations.errors import Invalid, Refused
from obligations.papers import PaperForms
from store.engine import reading
from store.journal import Happening, write
from store.rows import Paper
from store.vault import Vault
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.papers.kinds import WRITERS, check_order, forms_of
from tasks_lib.papers.order import NOTHING_SAID, Desk, Order, Said, Values, Written
from tasks_lib.papers.sql import papers as statements

MADE = "paper-make"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A paper that is written and set, and not kept yet."""

    order: Order
    written: Written
    content: Mapping[str, object]
    docx: bytes
    pdf: bytes | None

    @property
    def pages(self) -> int | None:
        """How many pages it has; None where nothing counted them."""
        return None if self.pdf is None else pages(self.pdf)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper that is kept, with its files."""

    paper: Paper
    docx: bytes
    pdf: bytes | None
    fresh: bool
    """False where the same data had made the same paper before."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A figure that is another by now."""

    name: str
    was: int | str | None
    now: int | str | None


def make(house: House, order: Order, as_of: datetime) -> Made:
    """Draft a paper and keep it; the same again from the same data is no new version."""
    (draft,) = drafts(house, [order], as_of)
    with changing(house, as_of) as connection:
        return keep(connection, house, draft, as_of)


def drafts(house: House, orders: Sequence[Order], as_of: datetime) -> list[Draft]:
    """Write and set papers, all in one start of LibreOffice."""
    with reading(house.engine) as connection:
        written = [draft_in_word(connection, house, order, as_of) for order in orders]
    files = to_pdf([draft.docx for draft in written])
    return [replace(draft, pdf=pdf) for draft, pdf in zip_longest(written, files or ())]


def draft_in_word(
    connection: Connection, house: House, order: Order, as_of: datetime, said: Said = NOTHING_SAID
) -> Draft:
    """Write a paper and set it in Word alone: pages take seconds, and may come with the signature."""
    forms = forms_of(house)
    check_order(house, forms, order)
    found = WRITERS[order.kind](Desk(connection, house, forms, order, as_of, said))
    docx = set_in_type(house, order, found.title, found.values, as_of)
    return Draft(order=order, written=found, content=plain(found.values), docx=docx, pdf=None)


def set_in_type(house: House, order: Order, title: str, values: Values, as_of: datetime) -> bytes:
    """Fill in the form of a paper: the plan's own, the office's, else the shipped one."""
    place, plan = house.configuration.directory, house.plan.key
    parts = {name: form_file(place, plan, name) for name in PARTS.values()}
    stamp = Stamp(title=title, author=house.agency(order.by).name, on=local_day(as_of))
    return fill(form_file(place, plan, f"{order.kind}.docx"), parts, values, stamp)


def plain(values: Values) -> dict[str, object]:
    """Return what a paper says as it is kept."""
    found = json.loads(json.dumps(cleaned(values), ensure_ascii=False))
    assert isinstance(found, dict)
    return found


def keep(connection: Connection, house: House, draft: Draft, as_of: datetime) -> Made:
    """Keep a draft as the next version of its paper."""
    order, plan = draft.order, house.plan.key
    digest = sha256(draft.docx).hexdigest()
    before = statements.newest_version(connection, plan, order.kind, order.by, order.scope)
    if before is not None and before.docx == digest and before.number is None:
        return Made(paper=before, docx=draft.docx, pdf=draft.pdf, fresh=False)
    files = put(house, draft.docx, draft.pdf)
    values: dict[str, object] = {
        "plan": plan,
        "kind": order.kind,
        "issuer_id": order.by,
        "for_id": order.for_,
        "scope": order.scope,
        "version": before.version + 1 if before is not None else 1,
        "title": draft.written.title,
        "data_day": local_day(as_of),
        **files,
        "pages": draft.pages,
        "content": dict(draft.content),
        "figures": dict(draft.written.figures),
        "made_at": as_of,
        "made_by": order.by,
        "person": order.person,
    }
    key = statements.write_paper(connection, values)
    details = {"paper": key, "hash": digest, "version": values["version"]}
    write(
        connection,
        Happening(
            at=as_of,
            plan=plan,
            what=MADE,
            subject=order.kind,
            by=order.by,
            person=order.person,
            details=details,
        ),
    )
    return Made(paper=known(connection, house, key), docx=draft.docx, pdf=draft.pdf, fresh=True)


def put(house: House, docx: bytes, pdf: bytes | None) -> dict[str, object]:
    """Put a paper's files into the store of evidence, each under its hash."""
    vault = Vault(house.settings.evidence_url)
    found: dict[str, object] = {}
    for name, content in (("docx", docx), ("pdf", pdf)):
        digest = None if content is None else sha256(content).hexdigest()
        if content is not None and digest is not None:
            vault.put(digest, BytesIO(content))
        found |= {name: digest, f"{name}_size": None if content is None else len(content)}
    return found


def known(connection: Connection, house: House, key: int, *, locked: bool = False) -> Paper:
    """Return a paper that there is, or raise Invalid."""
    found = statements.paper(connection, house.plan.key, key, locked=locked)
    if found is None:
        raise Invalid(f"không có văn bản số {key}")
    return found


def file_of(house: House, paper: Paper, *, pdf: bool = False) -> bytes:
    """Return a paper's file."""
    digest = paper.pdf if pdf else paper.docx
    if digest is None:
        raise Invalid(f"văn bản {paper.id}: chưa có tệp PDF (có khi ghi số, trên máy có LibreOffice)")
    return b"".join(Vault(house.settings.evidence_url).chunks(digest))


def difference(house: House, paper: Paper, as_of: datetime) -> list[Changed]:
    """Return which figures of a paper are others by now; a subject that is settled has none left."""
    order = Order.of(paper.kind, paper.issuer_id, paper.scope)
    with reading(house.engine) as connection:
        forms: PaperForms = forms_of(house)
        now = figures_now(Desk(connection, house, forms, order, as_of))
    names = dict.fromkeys([*paper.figures, *now])
    return [
        Changed(name=name, was=_figure(paper.figures.get(name)), now=now.get(name))
        for name in names
        if paper.figures.get(name) != now.get(name)
    ]


def figures_now(desk: Desk) -> Mapping[str, int | str]:
    """Return the figures a paper would state now; none where there is nothing left to write."""
    try:
        return WRITERS[desk.order.kind](desk).figures
    except Refused:
        return {}


def _figure(value: object) -> int | str | None:
    return value if isinstance(value, (int, str)) else None
