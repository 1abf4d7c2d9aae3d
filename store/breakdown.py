"""Whose fault a fault of the database is: its own, of whoever asked too much at once, or of our statement."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError

TOO_MUCH: Final = "nội dung gửi đến quá dài hoặc quá nhiều để xử lý một lần: rút gọn rồi thử lại"
HELP: Final = {
    "is full": "ổ đĩa hết dung lượng",
    "disk I/O error": "không đọc, ghi được đĩa: kiểm tra dung lượng trống",
    "malformed": "khôi phục bản sao bằng 'dondoc restore'",
    "not a database": "khôi phục bản sao bằng 'dondoc restore'",
    "readonly": "chương trình không có quyền ghi vào DONDOC_HOME",
    "unable to open": "kiểm tra thư mục, quyền truy cập",
}
"""What may help, by what SQLite says."""
_LIMITS: Final = (
    "pattern too complex",
    "too many SQL variables",
    "string or blob too big",
    "Expression tree is too large",
    "parser stack overflow",
    "number of parameters must be",
)
_PROGRAM_LIMIT: Final = "54"
"""The class of PostgreSQL's states for what is longer or more than it takes."""
_OURS: Final = ("no such column", "no such function", "syntax error", "ambiguous column", "incomplete input")
"""What SQLite calls a breakdown and is a statement of ours that is wrong."""


def asks_too_much(fault: DBAPIError) -> bool:
    """Whether what somebody typed is longer or more than the database takes: theirs to mend."""
    state = getattr(fault.orig, "sqlstate", None) or ""
    return state.startswith(_PROGRAM_LIMIT) or any(words in str(fault.orig) for words in _LIMITS)


def is_breakdown(fault: DBAPIError) -> bool:
    """Whether the database is away, damaged, locked or full, rather than wrongly asked."""
    if asks_too_much(fault) or any(words in str(fault.orig) for words in _OURS):
        return False
    # A damaged SQLite file is told by the driver's bare DatabaseError, the base of all the others.
    return (
        isinstance(fault, (OperationalError, InternalError, InterfaceError)) or type(fault) is DatabaseError
    )


def breakdown_words(fault: DBAPIError) -> str:
    """Return what is said about a database that broke down, and what may help."""
    what = "bị hỏng" if type(fault) is DatabaseError else "không trả lời"
    said = str(fault.orig).splitlines()[0]
    helping = next((f" ({words})" for told, words in HELP.items() if told in said), "")
    return f"cơ sở dữ liệu {what}: {said}{helping}"
