"""Ending what an agency's links opened, and what came in by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store import access
from store.engine import writing
from store.journal import Happening, write
from tasks_lib.access.contact_changes import Decider, suspend
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import known


@dataclass(frozen=True, kw_only=True)
class Revoked:
    """What was ended."""

    links: int
    suspended: int
    """Contacts that came in on the portal and are taken back."""
    refused: int
    """Changes of contacts that waited to be confirmed."""

    def as_json(self) -> dict[str, int]:
        """Return the document scripts read."""
        return {"revoked": self.links, "suspended": self.suspended, "refused": self.refused}


def revoke(house: House, agency: str, by: str, at: datetime, since: datetime | None = None) -> Revoked:
    """Revoke every link and end every session of an agency: an officer left, a mail was forwarded too far.

    Contacts that came in by its links are suspended too; with `since` all that came in on the portal since.
    """
    known(house, agency)
    decider = Decider(by=by, person=known(house, by).name, as_of=at)
    with writing(house.engine) as connection:
        access.end_sessions(connection, house.plan.key, agency, at)
        links = access.revoke_links(connection, house.plan.key, agency, by, at)
        suspended, refused = suspend(connection, house, agency, decider, since)
        done = {"links": links, "suspended": suspended, "refused": refused}
        write(
            connection,
            Happening(at=at, plan=house.plan.key, what="revoke", subject=agency, by=by, details=done),
        )
        return Revoked(links=links, suspended=suspended, refused=refused)
