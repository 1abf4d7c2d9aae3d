"""Statements about campaigns: what they urge, and which mails carried it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, update

from obligations.states import WITH_THE_UNIT
from store.door import all_of, one_of
from store.rows import Campaign
from store.schema import campaign_duties, campaigns, obligations, papers

c, d, o, p = campaigns.c, campaign_duties.c, obligations.c, papers.c


@dataclass(frozen=True, kw_only=True, slots=True)
class Urged:
    """A duty that a campaign urges."""

    id: int
    obligation_id: int
    key: str
    agency_id: str
    open: bool
    """Whether the unit still has the next word."""
    turn: int
    message_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedUrging:
    """A signed letter that urged a duty."""

    obligation_id: int
    number: str
    signed_on: date
    issuer_id: str


def campaigns_of(connection: Connection, plan: str, issuer: str | None = None) -> list[Campaign]:
    """Return a plan's campaigns, the newest first: all of them, or those of one office."""
    chosen = [c.plan == plan] if issuer is None else [c.plan == plan, c.issuer_id == issuer]
    return all_of(connection, Campaign, select(campaigns).where(*chosen).order_by(c.id.desc()))


def campaign(connection: Connection, plan: str, number: int) -> Campaign | None:
    """Return one campaign of a plan."""
    return one_of(connection, Campaign, select(campaigns).where(c.plan == plan, c.id == number))


def campaigns_by(connection: Connection, paper: int) -> list[Campaign]:
    """Return the campaigns that a paper is the letter of."""
    return all_of(connection, Campaign, select(campaigns).where(c.paper_id == paper).order_by(c.id))


def urged_by(connection: Connection, campaign_ids: Collection[int]) -> dict[int, list[Urged]]:
    """Return what some campaigns urge."""
    query = (
        select(
            d.campaign_id,
            d.id,
            d.obligation_id,
            o.key,
            o.agency_id,
            o.work_state.in_([*WITH_THE_UNIT]).label("open"),
            d.turn,
            d.message_id,
        )
        .join(obligations, o.id == d.obligation_id)
        .where(d.campaign_id.in_(list(campaign_ids)))
        .order_by(d.campaign_id, d.id)
    )
    found: dict[int, list[Urged]] = {key: [] for key in campaign_ids}
    for row in connection.execute(query).mappings():
        values = {name: value for name, value in row.items() if name != "campaign_id"}
        found[row["campaign_id"]].append(Urged(**{**values, "open": bool(values["open"])}))
    return found


def turns(connection: Connection, plan: str, issuer: str, before: date) -> dict[int, int]:
    """Return how often an office urged each duty before a day, by letters that were signed."""
    query = (
        select(d.obligation_id, func.count())
        .join(campaigns, c.id == d.campaign_id)
        .join(papers, p.id == c.paper_id)
        .where(c.plan == plan, c.issuer_id == issuer, p.signed_on < before)
        .group_by(d.obligation_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def signed_urgings(connection: Connection, obligation_ids: Collection[int]) -> list[SignedUrging]:
    """Return the signed letters that urged some duties, the oldest first."""
    query = (
        select(d.obligation_id, p.number, p.signed_on, c.issuer_id)
        .join(campaigns, c.id == d.campaign_id)
        .join(papers, p.id == c.paper_id)
        .where(d.obligation_id.in_(list(obligation_ids)), p.number.is_not(None))
        .order_by(p.signed_on, p.id)
    )
    return all_of(connection, SignedUrging, query)


def write_campaign(
    connection: Connection, values: Mapping[str, object], duties: Collection[tuple[int, int]]
) -> int:
    """Write a campaign and the duties it urges, each with its turn; return its number."""
    written = connection.execute(campaigns.insert().values(**values))
    (key,) = written.inserted_primary_key or (0,)
    rows = [{"campaign_id": key, "obligation_id": duty, "turn": turn} for duty, turn in duties]
    connection.execute(campaign_duties.insert(), rows)
    return int(key)


def drop_unsigned(connection: Connection, plan: str, issuer: str, scope: str) -> None:
    """Take back an office's campaigns of one scope whose letters nobody has signed."""
    unsigned = (
        select(c.id)
        .join(papers, p.id == c.paper_id)
        .where(c.plan == plan, c.issuer_id == issuer, p.scope == scope, p.number.is_(None))
    )
    ids = list(connection.scalars(unsigned))
    connection.execute(campaign_duties.delete().where(d.campaign_id.in_(ids)))
    connection.execute(campaigns.delete().where(c.id.in_(ids)))


def write_mail(connection: Connection, row_ids: Collection[int], message: int) -> None:
    """Write which mail carried the letter to the holder of some duties."""
    connection.execute(update(campaign_duties).where(d.id.in_(list(row_ids))).values(message_id=message))
