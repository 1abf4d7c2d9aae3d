"""What paper is asked for, and what its writer gives back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.model import Agency
from obligations.papers import Office, PaperForms, PaperKind, office_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day

Values = Mapping[str, object]
"""What a template is filled in with."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which paper somebody asks for."""

    kind: str
    by: str
    """Whose paper it is: whoever signs."""
    for_: str | None = None
    items: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    cycle: str | None = None
    entries: tuple[int, ...] = ()
    """Of the list of proposals: those that are released; none means all that wait."""
    authority: str | None = None
    person: str = ""

    @property
    def scope(self) -> str:
        """What it is about, as one text: drafts of the same are versions of one paper."""
        about = {
            "for": self.for_,
            "items": self.items,
            "units": self.units,
            "cycle": self.cycle,
            "entries": self.entries,
        }
        return json.dumps({key: found for key, found in about.items() if found}, sort_keys=True)

    @staticmethod
    def of(kind: str, by: str, scope: str) -> Order:
        """Return the order a kept paper was made by."""
        about = json.loads(scope)
        return Order(
            kind=kind,
            by=by,
            for_=about.get("for"),
            items=tuple(about.get("items", ())),
            units=tuple(about.get("units", ())),
            cycle=about.get("cycle"),
            entries=tuple(about.get("entries", ())),
        )


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a unit is still writing of its report: it has handed in nothing of it yet."""

    by: str = ""
    """The unit; "" where a paper tells only what has been handed in."""
    text: str = ""
    difficulty: str = ""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By item, line by line."""


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Desk:
    """Where a paper is written: the database as it stands, the house, the order and its day."""

    connection: Connection
    house: House
    forms: PaperForms
    order: Order
    as_of: datetime
    said: Said = NOTHING_SAID

    @property
    def on(self) -> date:
        """The day of its data."""
        return local_day(self.as_of)

    @property
    def kind(self) -> PaperKind:
        """Its kind."""
        return self.forms.kinds[self.order.kind]

    @property
    def issuer(self) -> Agency:
        """Whoever signs it."""
        return self.house.agency(self.order.by)

    @property
    def office(self) -> Office:
        """In what words its issuer signs."""
        return self.forms.offices[office_of(self.issuer, self.house.plan)]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a paper says, before it has a form."""

    title: str
    """What it is about, as a list names it."""
    values: Values
    figures: Mapping[str, int | str] = field(default_factory=dict)
    """The figures it states, by what they count: compared with those of a later day."""
    duties: Mapping[int, int] = field(default_factory=dict)
    """Of a letter that urges: which duties, and each one's turn."""
