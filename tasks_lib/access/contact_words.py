"""Changes of contacts in words."""

from __future__ import annotations

from obligations.model import Agency, Contact
from tasks_lib.access.sql import contact_proposals as store
from tasks_lib.access.sql.contact_proposals import ContactChange
from tasks_lib.kernel.wording import head_called

ROLE_WORDS = {
    "unit": "Địa chỉ chính thức của đơn vị",
    "desk": "Nơi nhận, đầu mối tiếp nhận",
    "director": "Thủ trưởng cơ quan",
    "leader": "Lãnh đạo phụ trách",
    "officer": "Công chức tham mưu",
    "clerk": "Văn thư",
    "substitute": "Người thay thế",
}


STATE_WORDS = {
    store.PROPOSED: "chờ xác nhận",
    store.CONFIRMED: "đang dùng",
    store.REFUSED: "không được xác nhận",
    store.WITHDRAWN: "đã dừng",
    store.SUSPENDED: "đã thu hồi",
}


def role_called(role: str, agency: Agency) -> str:
    """Return what somebody is at an agency: "Văn thư", "Giám đốc Sở"."""
    return head_called(agency) if role == "director" else ROLE_WORDS.get(role, role)


def in_words(change: ContactChange, agency: Agency) -> str:
    """Return a change in one line."""
    role = role_called(change.role, agency)
    if change.new is None:
        return f"{role}: thôi {_line(change.old)}"
    instead = f", thay {_line(change.old)}" if change.old else ""
    return f"{role}: {_line(change.new)}{instead}"


def _line(contact: Contact | None) -> str:
    if contact is None:
        return ""
    # "lãnh đạo phụ trách" names a post, which stands before it.
    name = contact.name if contact.name[:1].isupper() else ""
    return ", ".join(part for part in (name, contact.address, contact.phone) if part)
