"""A commune at its one form, and the links in the mails the portal writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from notifications.memory import MemoryTransport
from obligations.model import Contact
from obligations.rights import Seat
from store.clauses import EVENT_TITLE
from store.door import all_of, whole
from store.engine import reading
from store.rows import Draft
from store.schema import drafts, obligations
from store.unit_form import Drafted
from tasks_lib.access.contacts import Giver, save_contacts
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    at,
    keys,
    leave_only,
    replay,
    replay_with_mail,
    row,
)
from tests.support.pages.forms import Fields, form_of
from tests.support.pages.visits import Seen, Site, Somebody, visited

FORM = "/don-vi"
LOOK = 'id="xem-lai"'
"""Where a form shows what it is about to send."""


def names(house: House, agency: str, moment: str, *given: Contact) -> None:
    """A unit's chairperson, signed in, enters its contacts."""
    giver = Giver(agency=agency, seat=Seat.CHAIRPERSON, person="Chủ tịch UBND", as_of=at(moment))
    save_contacts(house, giver, given)


def drafts_of(connection: Connection, plan: str, keys: list[str]) -> dict[str, Draft]:
    """Return the drafts of some obligations by key."""
    query = (
        select(obligations, EVENT_TITLE, *whole("draft", drafts))
        .join(drafts, drafts.c.obligation_id == obligations.c.id)
        .where(obligations.c.plan == plan, obligations.c.key.in_(keys))
    )
    return {row.key: row.draft for row in all_of(connection, Drafted, query)}


def two_communes(house: House) -> None:
    """Only A Mú Sung, Mường Vi and their district owe anything."""
    leave_only(house, *keys(house, obligations.c.agency_id.in_((A_MU_SUNG, MUONG_VI, BAT_XAT))))


def two_communes_visited(house: House) -> Iterator[Site]:
    """The same on the fifth day of the plan, with the portal open."""
    two_communes(house)
    replay(house, SIGNED, "2022-07-05")
    with visited(house, "2022-07-05T09:00") as open_site:
        yield open_site


def two_communes_late(house: House) -> Iterator[Site]:
    """The same on Monday 18/7, when item 1.2 is late and its mails are out, with the portal open."""
    two_communes(house)
    replay_with_mail(house, SIGNED, "2022-07-17", MemoryTransport())
    replay(house, "2022-07-18", "2022-07-18")
    with visited(house, "2022-07-18T09:00") as open_site:
        yield open_site


def opened(who: Somebody) -> Fields:
    """The unit's form as it stands when it is opened."""
    return form_of(who.get(FORM).html, FORM)


def presses(who: Somebody, button: str, typed: dict[str, str | list[str]]) -> Seen:
    """Open the form, type, press a button, and say yes to what will be sent."""
    return sends(who, {**opened(who), **typed, "do": button})


def sends(
    who: Somebody,
    typed: Mapping[str, str | list[str]],
    files: dict[str, bytes] | None = None,
    *,
    under: str = "",
) -> Seen:
    """Send the unit's form; what it shows before anything is sent is right."""
    look = who.send(FORM, typed, files, under=under)
    return confirms(who, look, str(typed["do"])) if LOOK in look.html else look


def confirms(who: Somebody, look: Seen, button: str) -> Seen:
    """Say yes to what a form shows before it is sent."""
    return who.send(FORM, {**form_of(look.html, FORM), "do": button})


def field(house: House, key: str, name: str) -> str:
    """The name of a field on an obligation's card."""
    return f"t{row(house, key).id}-{name}"


def number(house: House, key: str) -> str:
    """What ticks name an obligation by."""
    return str(row(house, key).id)


def draft_of(house: House, key: str) -> Draft | None:
    """What the unit is still writing."""
    with reading(house.engine) as connection:
        return drafts_of(connection, house.plan.key, [key]).get(key)


def mail_to(house: House, agency: str) -> str:
    """The text of the newest mail to an agency."""
    return text_of(messages_to(house, agency)[-1].content)


def link_in(text: str) -> str:
    """The path of the first link of the portal in a mail."""
    found = re.search(r"https?://\S+?/l/\S+", text)
    assert found is not None, text
    return urlsplit(found.group()).path
