"""Contacts: generated under .example by rule, until a file of the client's replaces them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from config.errors import FaultLog
from config.files import ContactRole, ContactRow
from config.reading import TomlFile, csv_rows
from obligations.model import Agency, Contact, Group

COLUMNS = ("agency", "role", "name", "address", "phone")
ROLES = get_args(ContactRole)
RESERVED = ".example"
"""The reserved domain: whatever ends so reaches nobody."""
ADDRESS = re.compile(r"[^@\s,;:<>()\"\\]+@[^@\s,;:<>()\"\\]+\.[A-Za-z]{2,}")


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
        if not rule.address.endswith(RESERVED):
            file.log.add(file.name, f"đầu mối {rule.role}", "address", f"phải kết thúc bằng {RESERVED}")
            continue
        for agency in _covered(file, rule, agencies, groups):
            if agency != top:
                made[agency] = (*made.get(agency, ()), _contact(rule, agency, phones[agency]))
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


def domain_fault(address: str, domains: str) -> str:
    """Return why the domain of an address typed on the portal is not let in, or nothing."""
    domain = address.rpartition("@")[2].lower()
    let_in = [known.strip().lower().removeprefix("*").strip(".") for known in domains.split(",")]
    known = [name for name in let_in if name]
    if domain.endswith(RESERVED) or any(domain == name or domain.endswith(f".{name}") for name in known):
        return ""
    if not known:
        return f"tên miền '{domain}' chưa được phép; quản trị hệ thống khai báo tên miền thư công vụ"
    return f"tên miền '{domain}' không phải tên miền thư công vụ ({', '.join(known)})"


def address_fault(address: str, allow_real: bool) -> str:
    """Return why an address cannot be written to, or nothing."""
    if not ADDRESS.fullmatch(address):
        return f"không phải địa chỉ thư: {address!r}"
    if not allow_real and not address.endswith(RESERVED):
        return f"địa chỉ thật chưa được phép dùng: {address!r} phải kết thúc bằng {RESERVED}"
    return ""
