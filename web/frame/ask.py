"""What a page is asked: by whom, when, with which fields; and what it may rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from starlette.background import BackgroundTasks
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from obligations.errors import Refused
from obligations.model import Agency
from obligations.rights import Act, Relation, Visitor, may, may_to
from obligations.seats import relations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from web.frame.posting import send_notes

MOST_DIGITS = 9
"""More is no number of ours, and no database would take it."""

View = Callable[["Ask"], Response]


def is_whole(text: str) -> bool:
    """Whether a text is a whole number as addresses and hidden fields carry it."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def whole_number(text: str, default: int) -> int:
    """Return such a number; for anything else the default."""
    return int(text) if is_whole(text) else default


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Return the numbers among some fields."""
    return [int(text) for text in texts if is_whole(text)]


class Number(Convertor[int]):
    """A number in an address; a longer one is no address of ours."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"

    def convert(self, value: str) -> int:
        """Read it."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Write it."""
        return str(value)


register_url_convertor("number", Number())


class About(StrEnum):
    """What a page's address names, so that the guard can tell whose it is."""

    NOTHING = "nothing"
    OBLIGATION = "obligation"
    AGENCY = "agency"
    EVIDENCE = "evidence"
    MESSAGE = "message"


@dataclass(frozen=True)
class Page:
    """One row of the table of pages: an address, what it does, and the act that the rights are asked for."""

    method: str
    path: str
    view: View
    act: Act | None = None
    """None is open to everybody, signed in or not."""
    about: About = About.NOTHING
    link: bool = True
    """Whether it can also be reached under a link from a mail."""


@dataclass
class Ask:
    """One request, put to a view."""

    house: House
    as_of: datetime
    request: Request
    form: FormData
    root: str
    """What addresses of this visit begin with: the link they came by, or nothing."""
    found: Visitor | None = None
    background: BackgroundTasks = field(default_factory=BackgroundTasks)

    @property
    def visitor(self) -> Visitor:
        """Whoever asks; pages with an act always have one."""
        if self.found is None:
            raise Refused("trang này cần đăng nhập")
        return self.found

    @property
    def on(self) -> date:
        """The local day of the request."""
        return local_day(self.as_of)

    @cached_property
    def agency(self) -> Agency:
        """The visitor's agency."""
        return self.house.agency(self.visitor.agency)

    @property
    def person(self) -> str:
        """The visitor as the history names them."""
        return self.visitor.holder

    @property
    def posted(self) -> bool:
        """Whether something is to be changed."""
        return self.request.method == "POST"

    def param(self, name: str) -> str:
        """Return a part of the address."""
        return str(self.request.path_params[name])

    def query(self, name: str, default: str = "") -> str:
        """Return a field of the address' query."""
        return self.request.query_params.get(name, default).strip()

    def text(self, name: str, default: str = "") -> str:
        """Return a text field of the form, its line ends as the house writes them."""
        value = self.form.get(name)
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else default

    def texts(self, name: str) -> list[str]:
        """Return all values of a field that stands several times, such as ticked boxes."""
        return [value for value in self.form.getlist(name) if isinstance(value, str) and value]

    def files(self, name: str) -> list[UploadFile]:
        """Return the files chosen in a field; browsers send an empty one where nothing was chosen."""
        return [f for f in self.form.getlist(name) if isinstance(f, UploadFile) and f.filename]

    def url(self, path: str) -> str:
        """Return an address of the portal within this visit."""
        return f"{self.root}{path}"

    def may(self, act: Act) -> bool:
        """Whether the visitor may do this to anybody at all."""
        return self.found is not None and may(self.found.seat, act)

    def relations(self, agency: str, item: str | None = None) -> frozenset[Relation]:
        """Return how the visitor's agency stands to another, for an item or for none."""
        house = self.house
        found = house.plan.item(item) if item else None
        return relations(self.visitor.agency, house.agency(agency), found, house.plan, house.roster)

    def may_to(self, act: Act, agency: str, item: str | None = None) -> bool:
        """Whether the visitor may do this to an agency, for an item or for none."""
        return self.found is not None and may_to(self.found.seat, act, self.relations(agency, item))

    def notes_wait(self) -> None:
        """Let the mails this request wrote leave as soon as it has been answered."""
        if not self.background.tasks:
            self.background.add_task(send_notes, self.house, self.as_of)

    def require(self, act: Act, agency: str, item: str | None = None) -> None:
        """Refuse what the visitor may not do to an agency."""
        if not self.may_to(act, agency, item):
            raise Forbidden


class Forbidden(Exception):
    """The visitor's seat has no right to this."""
