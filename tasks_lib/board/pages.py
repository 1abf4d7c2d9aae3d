"""The page of an item over all units, and the page of one agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from obligations.errors import Invalid
from obligations.model import Agency, Contact, Item, SecondRole
from obligations.rights import Visitor
from obligations.seats import guides_of
from store.engine import reading
from store.people import contacts_of
from tasks_lib.board.sight import day_of, sight_of
from tasks_lib.board.sql.search import RemarkRow, remarks_on
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import name_of

ROLE_WORDS: dict[SecondRole, str] = {
    SecondRole.IMPLEMENTS: "thực hiện",
    SecondRole.GUIDES: "hướng dẫn, theo dõi",
    SecondRole.COOPERATES: "phối hợp",
    SecondRole.INSPECTED: "được thanh tra, kiểm tra",
}
CONTACT_WORDS = {
    "unit": "Địa chỉ chung",
    "clerk": "Văn thư",
    "officer": "Công chức tham mưu",
    "leader": "Lãnh đạo",
    "desk": "Bộ phận tiếp nhận",
    "substitute": "Người thay thế",
}
MOST_REMARKS = 20


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a guide said about a unit's work."""

    at: datetime
    by: str
    text: str
    key: str
    about: str


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """An item's text and what guides have said; its counts are a matrix of its own."""

    item: Item
    second: tuple[tuple[str, str], ...]
    """(body, role) of the second column."""
    guides: tuple[str, ...]
    remarks: tuple[Remark, ...]


def item_page(house: House, visitor: Visitor, as_of: datetime, key: str) -> ItemPage:
    """Return an item's page; raise Invalid if there is none."""
    item = house.plan.item(key)
    if item is None:
        raise Invalid(f"không có nhiệm vụ '{key}' trong Kế hoạch")
    day, sight = day_of(house, local_day(as_of)), sight_of(house, visitor)
    with reading(house.engine) as connection:
        rows = remarks_on(connection, day, sight, key, MOST_REMARKS)
    return ItemPage(
        item=item,
        second=tuple((body.text or name_of(house, body.body), ROLE_WORDS[body.role]) for body in item.second),
        guides=tuple(name_of(house, guide) for guide in guides_of(item, house.roster)),
        remarks=tuple(_remark(house, row) for row in rows),
    )


def _remark(house: House, row: RemarkRow) -> Remark:
    by = name_of(house, row.by)
    return Remark(
        at=row.at,
        by=f"{by} ({row.person})" if row.person and row.person != by else by,
        text=row.why,
        key=row.key,
        about=name_of(house, row.agency_id),
    )


@dataclass(frozen=True, kw_only=True)
class Card:
    """One agency with who can be called there."""

    agency: Agency
    superior: str
    contacts: tuple[tuple[str, Contact], ...]
    """(what they are there, who)"""


def _called(agency: Agency, contact: Contact) -> str:
    return agency.headed_by if contact.role == "director" else CONTACT_WORDS.get(contact.role, contact.role)


def agency_card(house: House, key: str) -> Card:
    """Return who an agency is and who can be called there."""
    agency = house.agency(key)
    with reading(house.engine) as connection:
        found = contacts_of(connection, (key,)).get(key, ())
    return Card(
        agency=agency,
        superior=name_of(house, agency.superior) if agency.superior else "",
        contacts=tuple((_called(agency, c), c) for c in found),
    )
