"""What an e-mail address is, asked in one place by everything that takes or uses one."""

from __future__ import annotations

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

RESERVED = ".example"
"""The reserved domain: whatever ends so reaches nobody."""


def address_fault(address: str, allow_real: bool) -> str:
    """Return why an address cannot be written to, or nothing."""
    if fault := _syntax_fault(address):
        return fault
    if not allow_real and not address.endswith(RESERVED):
        return f"địa chỉ thật chưa được phép dùng: {address!r} phải kết thúc bằng {RESERVED}"
    return ""


def is_usable(address: str) -> bool:
    """Whether a mail server takes it as an address at all; what a database holds from before may be none."""
    return not _syntax_fault(address)


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


# Asked again for the same few hundred addresses with every mail.
@lru_cache(maxsize=4096)
def _syntax_fault(address: str) -> str:
    try:
        # The domain is not looked up: on the day of import the office's network may be away.
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except (EmailNotValidError, UnicodeError):
        return _explained(address)
    if found.ascii_domain.lower() != address.rpartition("@")[2].lower():
        return f"tên miền có dấu, nhập dạng {found.ascii_domain}: {address!r}"
    return ""


def _explained(address: str) -> str:
    """Say what is wrong; mail servers of offices take no letters with diacritics before the @ (SMTPUTF8)."""
    if not address.rpartition("@")[0].isascii():
        return f"không phải địa chỉ thư, phần trước @ có chữ có dấu: {address!r}"
    return f"không phải địa chỉ thư: {address!r}"
