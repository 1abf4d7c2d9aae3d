"""What ticked reports carry: figures, words, document, and whether the desk has opened them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, select

from obligations.deeds import LOOK, SENDING
from obligations.figures import Figures
from store.door import all_of, whole
from store.rows import SignedDocument
from store.schema import documents, history, obligations, reports

o = obligations.c


@dataclass(frozen=True, kw_only=True, slots=True)
class CarriedRow:
    """The newest report of an obligation, as far as a desk has to see it before it says yes."""

    key: str
    report: int
    figures: Figures | None
    text: str | None
    document: SignedDocument | None
    opened: bool
    """Whether whoever looks at it has opened it since it came in."""


def carried_by(connection: Connection, plan: str, keys: Collection[str]) -> list[CarriedRow]:
    """Return what the newest reports of some obligations carry; what has no report is left out."""
    last = (
        select(func.max(history.c.id))
        .where(history.c.obligation_id == o.id, history.c.what.in_(SENDING))
        .correlate(obligations)
        .scalar_subquery()
    )
    looked = exists().where(
        history.c.obligation_id == o.id, history.c.what == LOOK, history.c.id > func.coalesce(last, 0)
    )
    query = (
        select(
            o.key,
            reports.c.id.label("report"),
            reports.c.figures,
            reports.c.text,
            *whole("document", documents),
            looked.label("opened"),
        )
        .join(reports, and_(reports.c.obligation_id == o.id, reports.c.version == o.version))
        .outerjoin(documents, documents.c.id == reports.c.document_id)
        .where(o.plan == plan, o.key.in_(list(keys)))
    )
    return all_of(connection, CarriedRow, query)
