"""Statements about papers: their versions, and what the clerk enters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from store.door import all_of, one_of
from store.rows import Paper
from store.schema import papers

p = papers.c


def papers_of(
    connection: Connection, plan: str, issuer: str | None = None, kind: str | None = None
) -> list[Paper]:
    """Return a plan's papers, the newest first: all of them, or those of one office or kind."""
    chosen = [p.plan == plan]
    if issuer is not None:
        chosen.append(p.issuer_id == issuer)
    if kind is not None:
        chosen.append(p.kind == kind)
    return all_of(connection, Paper, select(papers).where(*chosen).order_by(p.id.desc()))


def paper(connection: Connection, plan: str, number: int, *, locked: bool = False) -> Paper | None:
    """Return one paper of a plan."""
    query = select(papers).where(p.plan == plan, p.id == number)
    return one_of(connection, Paper, query.with_for_update() if locked else query)


def newest_version(connection: Connection, plan: str, kind: str, issuer: str, scope: str) -> Paper | None:
    """Return the newest version of one paper."""
    same = (p.plan == plan, p.kind == kind, p.issuer_id == issuer, p.scope == scope)
    return one_of(connection, Paper, select(papers).where(*same).order_by(p.version.desc()).limit(1))


def write_paper(connection: Connection, values: Mapping[str, object]) -> int:
    """Write a draft and return its number."""
    written = connection.execute(papers.insert().values(**values))
    (key,) = written.inserted_primary_key or (0,)
    return int(key)


def write_signed(
    connection: Connection, key: int, *, number: str, on: date, signer: str, at: datetime, by: str
) -> None:
    """Write how a paper was signed."""
    connection.execute(
        update(papers)
        .where(p.id == key)
        .values(number=number, signed_on=on, signer=signer, entered_at=at, entered_by=by)
    )


def write_files(connection: Connection, key: int, values: Mapping[str, object]) -> None:
    """Write which files a paper has since it was signed."""
    connection.execute(update(papers).where(p.id == key).values(**values))
