"""People on the portal without a browser: signed in or by a link, reading pages and sending forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx
from sqlalchemy import event, select

from obligations.rights import Seat
from store.engine import reading
from store.migrate import ASK
from store.schema import message_contents, messages
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import answer_link, login_link
from tests.support.life.letters import text_of
from tests.support.pages.portal import Clock, Portal, portal_of, visitor

TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Seen:
    """A page as somebody sees it."""

    status: int
    html: str
    address: str
    content: bytes
    headers: httpx.Headers

    @property
    def text(self) -> str:
        """What it says, in one line."""
        return " ".join(unescape(TAGS.sub(" ", self.html)).split())

    def values(self, name: str) -> list[str]:
        """The values of the fields of one name."""
        fields = re.findall(r"<input[^>]*>", self.html)
        return [unescape(_attribute(f, "value")) for f in fields if _attribute(f, "name") == name]

    def links(self, part: str) -> list[str]:
        """The addresses of links that hold a text."""
        return [unescape(a) for a in re.findall(r'href="([^"]*)"', self.html) if part in a]


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


class Somebody:
    """One visitor with cookies of their own."""

    def __init__(self, client: httpx.Client, root: str = "") -> None:
        self._client = client
        self._root = root
        self._known = ""

    def _token(self) -> str:
        """The token of their session's forms; good for all of them."""
        self._known = self._known or form_token(self._client)
        return self._known

    def get(self, path: str) -> Seen:
        """Open a page."""
        return _seen(self._client.get(f"{self._root}{path}"))

    def post(self, path: str, **fields: str | list[str]) -> Seen:
        """Send a form and see where it leads; a field's name carries "_" for "-"."""
        data = {name.replace("_", "-"): value for name, value in fields.items()}
        if not self._root:
            data["csrftoken"] = self._token()
        return _seen(self._client.post(f"{self._root}{path}", data=data))

    def send(
        self,
        path: str,
        fields: Mapping[str, str | list[str]],
        files: dict[str, bytes] | None = None,
        under: str = "evidence",
    ) -> Seen:
        """Send a form whose fields have any names, with files under one of them."""
        data = dict(fields)
        if "csrftoken" not in data and not self._root:
            data["csrftoken"] = self._token()
        sent = [(under, (name, content)) for name, content in (files or {}).items()]
        return _seen(self._client.post(f"{self._root}{path}", data=data, files=sent or None))


def login_mailed_to(house: House, address: str) -> str:
    """Return the newest login link that was mailed to an address; nothing where there is none."""
    with reading(house.engine) as connection:
        contents = connection.execute(
            select(message_contents.c.content, messages.c.addresses)
            .join(messages, messages.c.id == message_contents.c.message_id)
            .order_by(messages.c.id.desc())
        )
        for content, addresses in contents:
            found = re.search(r"https?://\S+?/dang-nhap/\S+", text_of(content))
            if address in addresses and found is not None:
                return found.group()
    return ""


def form_token(client: httpx.Client, path: str = "/dang-nhap") -> str:
    """Open a page that everybody may see and return the token of its form."""
    found = TOKEN.search(client.get(path).text)
    assert found is not None
    return found.group(1)


def signed_in_as(portal: Portal, client: httpx.Client, seat: Seat, agency: str | None = None) -> None:
    """Sign somebody in at a portal; the session's cookie is the client's then."""
    path = urlsplit(login_link(portal.house, seat, agency, portal.clock()).url).path
    client.post(path, data={"csrftoken": form_token(client, path)}, follow_redirects=False)


def _seen(response: httpx.Response) -> Seen:
    textual = "text" in response.headers.get("content-type", "")
    return Seen(
        status=response.status_code,
        html=response.text if textual else "",
        address=response.url.raw_path.decode(),
        content=response.content,
        headers=response.headers,
    )


class Site:
    """The portal of a house at a moment that a test moves."""

    def __init__(self, portal: Portal, clients: ExitStack) -> None:
        self._portal = portal
        self._clients = clients

    @property
    def house(self) -> House:
        """The house it serves."""
        return self._portal.house

    @property
    def app(self) -> Any:  # noqa: ANN401 - any ASGI application
        """The application that runs, for what only its process can tell."""
        return self._portal.app

    @property
    def clock(self) -> Clock:
        """What its clock shows."""
        return self._portal.clock

    def login(self, seat: Seat, agency: str | None = None) -> Somebody:
        """Sign somebody in."""
        client = self._client()
        signed_in_as(self._portal, client, seat, agency)
        return Somebody(client)

    def signed_in_at(self, address: str) -> Somebody:
        """Let somebody ask for a login link at an address and use it; a refusal when none is mailed."""
        client = self._client()
        client.post("/dang-nhap", data={"csrftoken": form_token(client), "address": address})
        path = urlsplit(login_mailed_to(self.house, address)).path
        client.post(path, data={"csrftoken": form_token(client, path)}, follow_redirects=False)
        return Somebody(client)

    def by_link(self, agency: str, *, review: bool = False, obligation: str | None = None) -> Somebody:
        """Let somebody come by a link from a mail."""
        url = answer_link(self.house, agency, self.clock(), review=review, obligation=obligation).url
        return Somebody(self._client(), urlsplit(url).path)

    def by_path(self, path: str) -> Somebody:
        """Let somebody come by the path of a link that stood in a mail."""
        return Somebody(self._client(), path)

    def _client(self) -> httpx.Client:
        return self._clients.enter_context(visitor(self._portal.url, led=True))


@contextmanager
def visited(house: House, moment: str) -> Iterator[Site]:
    """Run the portal of a house for the time of a block, for people to visit."""
    with ExitStack() as clients, portal_of(house, moment) as portal:
        yield Site(portal, clients)


@contextmanager
def counting(house: House) -> Iterator[list[str]]:
    """Collect the statements that reach the database, apart from what stands before every transaction."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", ASK)):
            found.append(statement)

    event.listen(house.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(house.engine, "before_cursor_execute", note)
