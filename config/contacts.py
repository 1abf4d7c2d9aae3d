"""Contacts: generated under .example by rule, until a file of the client's replaces them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from config.addresses import address_fault
from config.errors import FaultLog
from config.files import ContactRole, ContactRow
from config.reading import TomlFile, csv_rows
from obligations.model import Agency, Contact, Group

COLUMNS = ("agency", "role", "name", "address", "phone")
ROLES = get_args(ContactRole)


def generated_contacts(
    file: TomlFile,
    rules: Iterable[ContactRow],
    agencies: Mapping[str, Agency],
    groups: Mapping[str, Group],
    top: str,
) -> dict[str, tuple[Contact, ...]]:
    """Make every agency's contacts by the rules; the body at the top gets none, ever."""
    made: dict[str, tuple[Contact, ...]] = {}
    phones = {agency.id: _phone(number, agency) for number, agency in enumerate(agencies.values(), start=1)}
    for rule in rules:
        for agency in _covered(file, rule, agencies, groups):
            contact = _contact(rule, agency, phones[agency])
            if fault := address_fault(contact.address, allow_real=False):
                file.log.add(file.name, f"đầu mối {rule.role}", "address", fault)
                break
            if agency != top:
                made[agency] = (*made.get(agency, ()), contact)
    return made


def _covered(
    file: TomlFile, rule: ContactRow, agencies: Mapping[str, Agency], groups: Mapping[str, Group]
) -> list[str]:
    covered: dict[str, None] = {}
    for ref in rule.for_:
        if ref == "*":
            covered |= dict.fromkeys(agencies)
        elif ref in groups:
            covered |= dict.fromkeys(groups[ref].members)
        elif ref in agencies:
            covered[ref] = None
        elif file.sure and ref not in file.keys("agency", "id") | file.keys("group", "id"):
            file.log.add(file.name, f"đầu mối {rule.role}", "for", f"không có cơ quan '{ref}'")
    return list(covered)


def _contact(rule: ContactRow, agency: str, phone: str) -> Contact:
    return Contact(role=rule.role, name=rule.name, address=rule.address.format(id=agency), phone=phone)


def _phone(number: int, agency: Agency) -> str:
    """Make a number nobody has: the area code, and a unit's code or a count in six digits."""
    digits = f"{int(agency.code) if agency.code else number:06d}"
    return f"0214 {digits[:3]} {digits[3:]}"


def read_contacts(
    path: Path, agencies: Mapping[str, Agency], allow_real: bool = False
) -> dict[str, tuple[Contact, ...]]:
    """Read a client's contacts; raise `ConfigError` with one line per fault (file, line, field)."""
    log = FaultLog()
    found: dict[str, tuple[Contact, ...]] = {}
    for label, raw in csv_rows(path, COLUMNS, log):
        faults = list(_faults(raw, agencies, allow_real))
        for field, message in faults:
            log.add(path.name, label, field, message)
        if faults:
            continue
        contact = Contact(role=raw["role"], name=raw["name"], address=raw["address"], phone=raw["phone"])
        if contact.address in {c.address for c in found.get(raw["agency"], ()) if c.role == contact.role}:
            log.add(path.name, label, "address", "trùng, đã có ở trên")
        found[raw["agency"]] = (*found.get(raw["agency"], ()), contact)
    log.raise_if_any()
    return found


def _faults(
    raw: dict[str, str], agencies: Mapping[str, Agency], allow_real: bool
) -> Iterable[tuple[str, str]]:
    agency, address = agencies.get(raw["agency"]), raw["address"]
    if agency is None:
        yield "agency", f"không có cơ quan '{raw['agency']}'"
    elif agency.superior is None and not agency.invited:
        yield "agency", f"{agency.name} không nhận thư tự động"
    if raw["role"] not in ROLES:
        yield "role", f"không nhận {raw['role']!r}, chỉ nhận {', '.join(ROLES)}"
    if not address:
        return  # known by name and telephone only: its mail goes to the superior's desk, to be passed on
    if fault := address_fault(address, allow_real):
        yield "address", fault
