"""The mails the portal writes at once, in the layout and the voice of the ladder's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from notifications import headlines, phrases, wording
from notifications.buttons import named
from notifications.model import Mail
from notifications.outgoing import Rendered
from notifications.render import environment, tidy
from obligations.kinds import OfKind
from obligations.levels import Level
from obligations.model import Kind

Sort = Literal[
    "login",
    "renewed",
    "approval",
    "returned",
    "passed",
    "directive",
    "contacts",
    "contacts-set",
    "urging",
    "slip",
]
"""What a note is about; `urging` carries a signed letter, `slip` a quarter's grade, `renewed` is a link in
place of one that has run out, `contacts` a change that is proposed, `contacts-set` one that holds."""
INNER: frozenset[Sort] = frozenset({"approval", "returned", "passed"})
"""Between people of one unit: nobody else writes."""
ANSWER, REVIEW, APPROVE = "answer", "review", "approve"

LABELS: dict[Sort, tuple[tuple[str, str], ...]] = {
    "login": (("login", "Đăng nhập"),),
    "renewed": ((ANSWER, "Cập nhật kết quả"), (REVIEW, "Xem xét báo cáo"), (APPROVE, "Xem và duyệt")),
    "approval": ((APPROVE, "Xem và duyệt"),),
    "returned": ((ANSWER, "Sửa báo cáo"),),
    "passed": ((ANSWER, "Cập nhật kết quả"),),
    "contacts": ((ANSWER, "Xem, dừng nếu không đúng"),),
    "contacts-set": ((ANSWER, "Xem đầu mối của đơn vị"),),
    "urging": ((ANSWER, "Cập nhật kết quả"),),
    "slip": ((ANSWER, "Xem, đối chiếu"),),
    "directive": ((ANSWER, "Cập nhật kết quả"), (REVIEW, "Xem chi tiết")),
}
"""Sort → the links its buttons open, with their labels."""
INVITED = ((ANSWER, "Cung cấp thông tin"),)
"""A body that is not assigned work is asked politely, also on a button."""


@dataclass(frozen=True, kw_only=True)
class NoteTask(OfKind):
    """An obligation a note is about."""

    item: str | None
    title: str
    agency: str
    last_day: date
    kind: Kind = Kind.TASK
    event: str = ""
    quarter: str = ""
    ours: bool = False
    """Whether its last day is only asked for."""
    level: Level | None = None
    """Of its holder; a subject names by it who looks a sheet over."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is said of a unit in a quarter, put before it to be contested."""

    quarter: str
    numbers: str
    """Its products added up, as a sentence."""
    as_of: date
    until: date
    """The last day of its word."""


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
    slip: Slip | None = None
    until: datetime | None = None
    """How long its links open something."""
    in_name_of: str = ""
    """For a directive: whose leaders speak ("UBND huyện Bát Xát")."""
    directs: bool = False
    """Whether that is the recipient's superior; the collating agency directs nobody."""
    forwarded_for: str | None = None
    """The agency without an address that is meant."""
    attached: bool = False
    """Whether a paper travels with it."""
    closed: tuple[str, ...] = ()
    """Addresses of that agency that take no mail."""

    @property
    def greeting(self) -> str:
        """Whom the note greets: the person in the recipient's house, or the house itself."""
        if self.addressee in {"", self.mail.recipient, self.mail.recipient_short}:
            return phrases.greeting(self.mail)
        if self.mail.recipient_short in self.addressee:
            return f"Đồng chí {self.addressee}"
        return f"Đồng chí {self.addressee} ({self.mail.recipient_short})"

    @property
    def opinion(self) -> str:
        """What a directive is called by its direction, and whose it is."""
        leads = self.in_name_of in self.author and self.author != self.in_name_of
        whose = self.author if leads else f"lãnh đạo {self.in_name_of}"
        return f"ý kiến {'chỉ đạo ' if self.directs else ''}của {whose}"

    @property
    def written_by(self) -> str:
        """The author, where `opinion` has not named them."""
        return "" if self.in_name_of in self.author else self.author

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What the author wrote, line by line, without control characters."""
        lines = (wording.one_line(line) for line in self.text.splitlines())
        return tuple(line for line in lines if line)


def render_note(letter: Letter) -> Rendered:
    """Put a note into words; what users wrote stays text, and no part of it is a subject."""
    mail = letter.mail
    labels = INVITED if mail.invited and ANSWER in mail.links else LABELS[letter.sort]
    values = {"letter": "parts/note.j2", "mail": mail, "note": letter, "buttons": named(mail, labels)}
    wordings = environment(html=False).get_template(f"note/{letter.sort}.subject.txt").render(values)
    subject = headlines.fitting(f"[{mail.plan_short}]", wordings, mail.recipient_short)
    values["preheader"] = subject.partition("] ")[2]
    return Rendered(
        subject=subject,
        text=tidy(environment(html=False).get_template("layout.txt").render(values)),
        html=environment(html=True).get_template("layout.html").render(values) + "\n",
    )
