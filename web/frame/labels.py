"""What the fields of forms are called when what was typed is given back outside its form."""

from __future__ import annotations

import re

FIELD_WORDS = {
    "completed_on": "Ngày hoàn thành",
    "text": "Kết quả thực hiện",
    "difficulty": "Khó khăn, vướng mắc",
    "without": "Lý do chưa có số liệu, tài liệu",
    "reason": "Lý do",
    "reason_note": "Tiến độ, lý do cụ thể",
    "expected_on": "Ngày dự kiến hoàn thành",
    "ask_until": "Đề nghị điều chỉnh thời hạn đến ngày",
    "number": "Số, ký hiệu văn bản",
    "signed_on": "Ngày văn bản",
    "signer": "Người ký",
    "summary": "Trích yếu",
    "leader": "Lãnh đạo",
    "officer": "Công chức tham mưu",
    "inner_day": "Thời hạn trong đơn vị",
    "note": "Ý kiến",
    "drafted_by": "Người soạn",
    "approved_by": "Người duyệt",
    "conclusion": "Kết luận",
    "name": "Họ và tên",
    "address": "Địa chỉ thư",
    "phone": "Điện thoại",
}
UNTYPED = frozenset(
    {
        "csrftoken",
        "version",
        "viec",
        "do",
        "draft",
        "nothing",
        "carry",
        "doc",
        "giao",
        "role",
        "was",
        "da-xem",
        "luu",
        "luu-het",
        "xem",
        "trinh",
        "missing",
        "bo-tep",
        "tep-da-luu",
        "bang",
        "da-neu-ten",
    }
)
"""Buttons, ticks and what forms carry for themselves."""
FIGURES = {"so": "Số liệu", "fig": "Số liệu", "est": "Ước thực hiện"}

_CARD = re.compile(r"t\d+-|doc-|giao-")


def bare(name: str) -> str:
    """Return a field's name without what tells its card or row."""
    return _CARD.sub("", name, count=1).partition(":")[0]


def is_typed(name: str) -> bool:
    """Whether a field holds what somebody typed."""
    return bare(name) not in UNTYPED


def label(name: str) -> str:
    """Return what a field is called; of a cycle report's rows with the row's item."""
    plain, (_, _, about) = bare(name), name.partition(":")
    of = f" ({about.split('/')[1]})" if about.count("/") else ""
    kind, _, figure = plain.partition("-")
    if kind in FIGURES:
        return f"{FIGURES[kind]}{f' {figure}' if figure else ''}{of}"
    return f"{FIELD_WORDS.get(plain, plain)}{of}"
