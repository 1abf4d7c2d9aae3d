"""What goes wrong while one message is put together: whether the run goes on, what is kept of it."""

from __future__ import annotations

import re

from jinja2 import TemplateError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from notifications.wording import clip

_WIDTH = 300
_LINK = re.compile(r"https?://\S+")


def is_lost_database(fault: Exception) -> bool:
    """Whether the database itself is away, full or locked: that is no message's fault and ends the run."""
    if isinstance(fault, (OperationalError, InterfaceError)):
        return True
    return isinstance(fault, DBAPIError) and fault.connection_invalidated


def explained(fault: Exception) -> str:
    """Put a fault into one line that ops can read; no link, no statement and no value of a database in it."""
    kind = type(fault).__name__
    if isinstance(fault, SQLAlchemyError):
        # Their text repeats statements with all values, and links are among them.
        return f"không soạn được thư: cơ sở dữ liệu không nhận nội dung thư ({kind})"
    words = "mẫu thư có lỗi" if isinstance(fault, TemplateError) else "dữ liệu của thư có lỗi"
    said = clip(_LINK.sub("…", str(fault)), _WIDTH)
    return f"không soạn được thư: {words} ({kind}{': ' if said else ''}{said})"
