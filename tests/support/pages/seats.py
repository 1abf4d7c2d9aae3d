"""People of every seat on the portal of 5/9/2022, and obligations and files to try them on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx

from config.load import Configuration
from config.settings import Settings
from obligations.rights import Seat
from store.engine import reading, writing
from store.evidence import files_of
from store.schema import messages, obligations
from tasks_lib.answering.submit import Answer
from tasks_lib.evidence.looking import Upload
from tasks_lib.kernel.links import Purpose, Wanted, answer_link, issue, login_link
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened
from tests.support.houses.small import leave_only
from tests.support.life import stories
from tests.support.life.samples import PDF
from tests.support.pages.forms import Fields, forms_of
from tests.support.pages.portal import Portal, portal_of
from tests.support.pages.visits import form_token

MOMENT = "2022-09-12"
"""Dated work of every tier is open or late; Q3's cycle reports are open."""
OWNERS = (
    "ubnd-tinh",
    "so-noi-vu",
    "so-tu-phap",
    "so-y-te",
    "h082-2022",
    "h088-2022",
    "x02686-2022",
    "x03004-2022",
)
"""Who is assigned anything in this province: the pages that show all of it are then short."""
OWN_DUTY = {"so-noi-vu": "III.3.b"}
"""What is tried for whoever owes no ordinary cycle report."""


class Visits:
    """The portal, and people of every seat on it."""

    def __init__(self, portal: Portal, clients: ExitStack) -> None:
        self.house = portal.house
        self._portal = portal
        self._clients = clients
        self._known: dict[tuple[str, str], tuple[httpx.Client, str]] = {}
        self._tokens: dict[httpx.Client, str] = {}
        self._owed: dict[tuple[str, str | None], str] = {}
        self._files: dict[str, int] = {}
        self._mails: dict[str, int] = {}
        self._forms: dict[tuple[str, str, str], Fields] = {}

    def come(self, seat: str, agency: str) -> tuple[httpx.Client, str]:
        """Return somebody of this seat, and what their addresses begin with."""
        if (seat, agency) not in self._known:
            self._known[seat, agency] = (
                self._by_link(seat, agency) if "link" in seat else self._in(seat, agency)
            )
        return self._known[seat, agency]

    def forget(self, agency: str) -> None:
        """Let whoever comes from an agency sign in anew."""
        self._known = {who: door for who, door in self._known.items() if who[1] != agency}

    def stranger(self) -> httpx.Client:
        """Return somebody who is not signed in."""
        return self._clients.enter_context(self._portal.client())

    def _in(self, seat: str, agency: str) -> tuple[httpx.Client, str]:
        client = self.stranger()
        path = urlsplit(login_link(self.house, Seat(seat), agency, self._portal.clock()).url).path
        client.post(path, data={"csrftoken": form_token(client, path)})
        self._tokens[client] = form_token(client)
        return client, ""

    def _by_link(self, seat: str, agency: str) -> tuple[httpx.Client, str]:
        at = self._portal.clock()
        if seat == "approve-link":
            with writing(self.house.engine) as connection:
                wanted = Wanted(purpose=Purpose.APPROVE, agency=agency)
                link = issue(connection, self.house, wanted, at, timedelta(days=1))
        else:
            link = answer_link(self.house, agency, at, review=seat == "review-link")
        return self.stranger(), urlsplit(link.url).path

    def owed(self, agency: str, item: str | None) -> str:
        """Return an open obligation of an agency: for an item, or its cycle report."""
        if (agency, item) not in self._owed:
            wanted = obligations.c.item == (item or OWN_DUTY.get(agency))
            if item is None and agency not in OWN_DUTY:
                wanted = obligations.c.kind == "report"
            self._owed[agency, item] = stories.keys(
                self.house,
                obligations.c.agency_id == agency,
                wanted,
                obligations.c.kind != "row",
                obligations.c.opened_on <= date.fromisoformat(MOMENT),
            )[0]
        return self._owed[agency, item]

    def file_of(self, agency: str, item: str | None) -> int:
        """Return the number of a file of evidence to that obligation, handed in at first need."""
        key = self.owed(agency, item)
        if key not in self._files:
            missing = () if item else tuple(set(stories.communes_of(self.house, agency)) & set(OWNERS))
            answer = Answer(
                text="Đã thực hiện", evidence=(Upload(name="bao-cao.pdf", content=PDF),), missing=missing
            )
            stories.reports_in(self.house, key, MOMENT, answer)
            report = stories.versions_of(self.house, key)[-1].id
            with reading(self.house.engine) as connection:
                self._files[key] = files_of(connection, [report])[report][0].id
        return self._files[key]

    def mail_to(self, agency: str) -> int:
        """Return the number of a mail that was sent to an agency, written at first need."""
        if agency not in self._mails:
            on, at = date.fromisoformat(MOMENT), stories.morning(MOMENT)
            sent = {
                "plan": self.house.plan.key,
                "recipient_id": agency,
                "mail_on": on,
                "state": "sent",
                "message_id": f"<{agency}.mail@laocai.example>",
                "addresses": [],
                "accepted": [],
                "subject": "Thư",
                "attempts": 1,
                "next_try_at": at,
                "sent_at": at,
            }
            with writing(self.house.engine) as connection:
                written = connection.execute(messages.insert().values(**sent))
            self._mails[agency] = (written.inserted_primary_key or (0,))[0]
        return self._mails[agency]

    def answer(
        self, seat: str, agency: str, method: str, path: str, fields: list[tuple[str, bytes]] | None = None
    ) -> httpx.Response:
        """Ask for a page, or send a form to it, by default an empty one."""
        client, root = self.come(seat, agency)
        if method == "GET":
            return client.get(f"{root}{path}")
        token = [] if root else [("csrftoken", self._tokens[client].encode())]
        body = urlencode([*token, *(fields or ())])
        sent = {"content-type": "application/x-www-form-urlencoded"}
        return client.post(f"{root}{path}", content=body, headers=sent)

    def form(self, seat: str, agency: str, path: str) -> Fields:
        """Return the fields of the form that is sent there, from the page it stands on, if it does."""
        if (seat, agency, path) not in self._forms:
            pages = (path, path.rpartition("/")[0], "/don-vi")
            client, root = self.come(seat, agency)
            shown = (forms_of(client.get(f"{root}{page or '/'}").text) for page in pages)
            found = next((form[at] for form in shown for at in form if at == f"{root}{path}"), {})
            self._forms[seat, agency, path] = {k: v for k, v in found.items() if k != "csrftoken"}
        return self._forms[seat, agency, path]

    def send(self, seat: str, agency: str, method: str, path: str) -> int:
        """Do the same with an empty form; return the status, 401 where it leads to the door."""
        response = self.answer(seat, agency, method, path)
        to_the_door = response.status_code == 303 and response.headers["location"].endswith("/dang-nhap")
        return 401 if to_the_door else response.status_code


@contextmanager
def people(configuration: Configuration, home: Path, url: str = "") -> Iterator[Visits]:
    """Open the portal on 5/9/2022 with what is due open, on a database in which the plan is initialised."""
    settings = Settings(home=home, mail_transport="memory", database_url=url)
    with opened(configuration, settings.database_url) as plain, ExitStack() as clients:
        house = replace(plain, settings=settings)
        leave_only(house, *stories.keys(house, obligations.c.agency_id.in_(OWNERS)))
        sweep(house, stories.morning(MOMENT))
        yield Visits(clients.enter_context(portal_of(house, MOMENT)), clients)
