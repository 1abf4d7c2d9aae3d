"""The mails the portal writes at once, in the layout and the voice of the ladder's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from notifications import headlines, wording
from notifications.buttons import named
from notifications.model import Mail, Rendered
from notifications.render import environment, tidy

Sort = Literal["login", "renewed", "approval", "returned", "passed", "directive"]
"""What a note is about."""

LABELS: dict[Sort, tuple[tuple[str, str], ...]] = {
    "login": (("login", "Đăng nhập"),),
    "renewed": (("answer", "Cập nhật kết quả"), ("review", "Xem xét báo cáo"), ("approve", "Xem và duyệt")),
    "approval": (("approve", "Xem và duyệt"),),
    "returned": (("answer", "Sửa báo cáo"),),
    "passed": (("answer", "Cập nhật kết quả"),),
    "directive": (("answer", "Cập nhật kết quả"), ("review", "Xem chi tiết")),
}
"""Sort → the links its buttons open, with their labels."""
INVITED = (("answer", "Cung cấp thông tin"),)
"""A body that is not assigned work is asked politely, also on a button."""


@dataclass(frozen=True, kw_only=True)
class NoteTask:
    """An obligation a note is about."""

    item: str | None
    title: str
    agency: str
    last_day: date


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything a note says."""

    sort: Sort
    mail: Mail
    """Plan, recipient, sender, hour and links, as in every mail; it has no sections."""
    addressee: str = ""
    """Whom in the recipient's house: "Nguyễn Văn An", "Chủ tịch UBND xã A Mú Sung"."""
    author: str = ""
    """Who presents, asks, passes on or directs, as the history names them."""
    text: str = ""
    """What the author wrote."""
    tasks: tuple[NoteTask, ...] = ()
    inner_day: date | None = None
    until: datetime | None = None
    """How long its links open something."""
    in_name_of: str = ""
    """For a directive: whose leaders speak ("UBND huyện Bát Xát")."""
    directs: bool = False
    """Whether that is the recipient's superior; the collating agency directs nobody."""
    forwarded_for: str | None = None
    """The agency without an address that is meant."""

    @property
    def opinion(self) -> str:
        """What a directive is called by its direction."""
        return f"ý kiến {'chỉ đạo ' if self.directs else ''}của lãnh đạo {self.in_name_of}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What the author wrote, line by line, without control characters."""
        lines = (wording.one_line(line) for line in self.text.splitlines())
        return tuple(line for line in lines if line)


def render_note(letter: Letter) -> Rendered:
    """Put a note into words; what users wrote stays text, and no part of it is a subject."""
    mail = letter.mail
    labels = INVITED if mail.invited and "answer" in mail.links else LABELS[letter.sort]
    values = {"letter": "parts/note.j2", "mail": mail, "note": letter, "buttons": named(mail, labels)}
    subject = environment(html=False).get_template(f"note/{letter.sort}.subject.txt").render(values)
    return Rendered(
        subject=wording.clip(f"[{mail.plan_short}] {subject}", headlines.SUBJECT_WIDTH),
        text=tidy(environment(html=False).get_template("layout.txt").render(values)),
        html=environment(html=True).get_template("layout.html").render(values) + "\n",
    )
