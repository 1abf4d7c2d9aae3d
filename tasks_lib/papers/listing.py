"""The list of papers: by unit and state, with what has changed since they were drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from obligations.errors import Invalid
from store.engine import reading
from store.rows import Paper
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.making import Changed, difference, known
from tasks_lib.papers.sql.papers import papers_of


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A paper as a list shows it."""

    paper: Paper
    changed: tuple[Changed, ...]
    """Figures that are others by now, where somebody asked."""

    @property
    def is_signed(self) -> bool:
        """Whether the clerk has entered its number."""
        return self.paper.number is not None

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        paper = self.paper
        return {
            "paper": paper.id,
            "kind": paper.kind,
            "title": paper.title,
            "by": paper.issuer_id,
            "for": paper.for_id,
            "version": paper.version,
            "data_day": paper.data_day.isoformat(),
            "hash": paper.docx,
            "pages": paper.pages,
            "number": paper.number,
            "signed_on": paper.signed_on.isoformat() if paper.signed_on else None,
            "signer": paper.signer,
            "changed": [{"figure": one.name, "was": one.was, "now": one.now} for one in self.changed],
        }


def list_papers(
    house: House, by: str | None = None, kind: str | None = None, fresh: datetime | None = None
) -> list[Listed]:
    """List the papers of a plan; `fresh` compares those not signed with the figures of that instant."""
    with reading(house.engine) as connection:
        rows = papers_of(connection, house.plan.key, by, kind)
    return [
        Listed(
            paper=row,
            changed=() if fresh is None or row.number is not None else tuple(difference(house, row, fresh)),
        )
        for row in rows
    ]


def find_paper(house: House, number: int, by: str) -> Listed:
    """Return a paper of an office; one of another is as if it were not there."""
    with reading(house.engine) as connection:
        found = known(connection, house, number)
    if found.issuer_id != by:
        raise Invalid(f"không có văn bản số {number}")
    return Listed(paper=found, changed=())
