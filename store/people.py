"""Agencies and their contacts in the database, and to whom an agency's mail is directed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, select

from obligations.model import Agency, Contact, Plan
from store.schema import agencies, contacts, standing_over
from store.upsert import insert_new


def write_agencies(connection: Connection, known: Mapping[str, Agency]) -> None:
    """Write the configured agencies and contacts; contacts that ops imported stay."""
    present = set(connection.scalars(select(agencies.c.id)))
    new = [a for a in known.values() if a.id not in present]
    if new:
        connection.execute(agencies.insert(), [_row(a) for a in new])
    for agency in known.values():
        if agency.id in present:
            values = {k: v for k, v in _row(agency).items() if k != "mail_to_id"}
            connection.execute(agencies.update().where(agencies.c.id == agency.id).values(values))
    imported = set(connection.scalars(select(contacts.c.agency_id).where(contacts.c.imported)))
    rows = [
        _contact(agency.id, contact, imported=False)
        for agency in known.values()
        if agency.id not in imported
        for contact in agency.contacts
    ]
    _write_configured(connection, rows)
    _write_lines(connection, known)


def _write_configured(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Let exactly these stand beside the imported ones; where they do, nothing is written or sealed anew."""
    names = _contact("", Contact(role="", name="", address=""), imported=False)
    standing = select(*(contacts.c[name] for name in names)).where(~contacts.c.imported)
    if [dict(row) for row in connection.execute(standing.order_by(contacts.c.id)).mappings()] == rows:
        return
    connection.execute(contacts.delete().where(~contacts.c.imported))
    if rows:
        connection.execute(contacts.insert(), rows)


def _write_lines(connection: Connection, known: Mapping[str, Agency]) -> None:
    """Let exactly the configured agencies stand over each other."""
    wanted = {(agency.id, over) for agency in known.values() for over in agency.above}
    mine = standing_over.c.agency_id
    standing = {(row.agency_id, row.over_id) for row in connection.execute(select(standing_over))}
    changed = sorted({agency for agency, _ in wanted ^ standing if agency in known})
    if not changed:
        return
    connection.execute(standing_over.delete().where(mine.in_(changed)))
    rows = [{"agency_id": a, "over_id": over} for a, over in sorted(wanted) if a in set(changed)]
    if rows:
        connection.execute(standing_over.insert(), rows)


def lay_agency(connection: Connection, agency: Agency) -> None:
    """Write an agency down that no configuration knows, with contacts that none overwrites."""
    connection.execute(insert_new(connection, agencies).values(_row(agency)))
    known = select(contacts.c.id).where(contacts.c.agency_id == agency.id).limit(1)
    if connection.scalar(known) is None:
        connection.execute(
            contacts.insert(), [_contact(agency.id, c, imported=True) for c in agency.contacts]
        )


def replace_contacts(connection: Connection, given: Mapping[str, tuple[Contact, ...]]) -> None:
    """Replace the contacts of the agencies in a list from ops."""
    connection.execute(contacts.delete().where(contacts.c.agency_id.in_(given)))
    rows = [_contact(agency, c, imported=True) for agency, found in given.items() for c in found]
    if rows:
        connection.execute(contacts.insert(), rows)


def confirm_contacts(connection: Connection, agency: str, on: date) -> None:
    """Record that an agency said its contacts hold; a new configuration does not overwrite them."""
    mine = contacts.update().where(contacts.c.agency_id == agency)
    connection.execute(mine.values(confirmed_on=on, imported=True))


def any_address_outside(connection: Connection, domain: str) -> bool:
    """Whether some address does not end in a domain."""
    query = select(contacts.c.id).where(contacts.c.address != "", ~contacts.c.address.endswith(domain))
    return connection.scalar(query.limit(1)) is not None


def direct_mail(connection: Connection, targets: Mapping[str, str]) -> None:
    """Let the mail of some agencies go to others, and that of everybody else to themselves."""
    connection.execute(agencies.update().values(mail_to_id=agencies.c.id))
    for agency, target in targets.items():
        connection.execute(agencies.update().where(agencies.c.id == agency).values(mail_to_id=target))


def contacts_of(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, tuple[Contact, ...]]:
    """Return the contacts by agency, of all agencies or of those named."""
    query = select(contacts).order_by(contacts.c.id)
    if ids is not None:
        query = query.where(contacts.c.agency_id.in_(list(ids)))
    found: dict[str, list[Contact]] = {}
    for row in connection.execute(query):
        contact = Contact(role=row.role, name=row.name, address=row.address, phone=row.phone)
        found.setdefault(row.agency_id, []).append(contact)
    return {agency: tuple(items) for agency, items in found.items()}


def without_address(connection: Connection, plan: Plan) -> list[str]:
    """Return the agencies that mail cannot reach directly ("chưa có địa chỉ")."""
    query = select(agencies.c.id).where(agencies.c.mail_to_id != agencies.c.id, agencies.c.id != plan.top)
    return list(connection.scalars(query.order_by(agencies.c.id)))


def _row(agency: Agency) -> dict[str, object]:
    return {
        "id": agency.id,
        "name": agency.name,
        "tier": agency.level.key,
        "superior_id": agency.superior,
        "desk_id": agency.next_desk,
        "area_id": agency.area,
        "mail_to_id": agency.id,
        "invited": agency.invited,
    }


def _contact(agency: str, contact: Contact, *, imported: bool) -> dict[str, object]:
    return {
        "agency_id": agency,
        "role": contact.role,
        "name": contact.name,
        "address": contact.address,
        "phone": contact.phone,
        "imported": imported,
    }
