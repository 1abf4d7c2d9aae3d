"""What a mail's buttons open: each link once, in the first section that names it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notifications.bundle import FORWARDED
from notifications.model import Line, Mail, Section
from obligations.deeds import HAND_OVER

ANSWER = (("answer", "Cập nhật kết quả"),)
REVIEW = (("review", "Xem xét báo cáo"),)
RECORD = (("details", "Xem chi tiết"), ("record", "Ghi nhận văn bản đã đến"))
PROPOSALS = (("proposals", "Xem, chỉnh sửa danh mục"),)
WAITING = (("review", "Xem báo cáo chờ tiếp nhận"),)
DETAILS = (("details", "Xem chi tiết"),)
BOARD = (("board", "Mở bảng theo dõi"),)

LABELS: dict[str, tuple[tuple[str, str], ...]] = {
    "director": ANSWER,
    "focal": RECORD,
    "list": PROPOSALS,
    "superior": (*RECORD, ("directive", "Ghi ý kiến chỉ đạo")),
    "overdue": (*ANSWER, ("reason", "Nêu lý do chậm")),
    "review": REVIEW,
    "correction": (("answer", "Bổ sung, gửi lại"),),
    "sheet": (("sheet", "Xem bảng, chọn “Đã xem xét”"),),
    "missed": DETAILS,
    HAND_OVER: (("answer", "Xem việc nhận bàn giao, cập nhật"),),
    "remind": ANSWER,
    "opening": (("answer", "Xem nhiệm vụ, cập nhật"),),
    "forwarded": (("answer", "Mở nội dung của đơn vị"),),
    "awaiting": REVIEW,
}
"""Template kind → the links its buttons open, with their labels, the one to press first; a request is
answered by reply."""

OF_DIGEST = frozenset({"focal", "list", "review"})
"""Sections that Monday's table opens by its own buttons, on top."""


@dataclass(frozen=True, kw_only=True)
class Button:
    """A link to press."""

    label: str
    url: str


def named(mail: Mail, labels: Sequence[tuple[str, str]]) -> tuple[Button, ...]:
    """Return the buttons for those of the links that a mail has."""
    return tuple(Button(label=label, url=mail.links[name]) for name, label in labels if name in mail.links)


def of_digest(mail: Mail) -> tuple[Button, ...]:
    """Return the buttons on top of Monday's table: what waits for a decision, then the board."""
    d = mail.digest
    waiting = WAITING if d and d.awaiting_focal else ()
    listed = PROPOSALS if d and d.proposals else ()
    return named(mail, (*waiting, *listed, *BOARD))


def by_section(mail: Mail, sections: Sequence[Section]) -> tuple[tuple[Button, ...], ...]:
    """Return each section's buttons: one form answers all that an agency has open, so none stands twice."""
    shown: set[str] = set()
    found = []
    for section in sections:
        labels = _labels(mail, section)
        fresh = [(name, label) for name, label in labels if name not in shown]
        shown |= {name for name, _ in fresh}
        found.append(named(mail, fresh))
    return tuple(found)


def _labels(mail: Mail, section: Section) -> tuple[tuple[str, str], ...]:
    """Return the links a section's buttons open: only what it is about, and only for whom it is."""
    if mail.digest and section.template in OF_DIGEST:
        return ()
    if section.template == FORWARDED and any(line.link for line in section.lines):
        # Each unit's own form stands beside its lines; the mail's button would open the recipient's.
        return ()
    if section.template == "review" and waits_elsewhere(mail, section.lines):
        return DETAILS
    return LABELS.get(section.template, ())


def waits_elsewhere(mail: Mail, lines: Sequence[Line]) -> bool:
    """Whether reports wait for desks of districts alone, and the recipient only hears of it."""
    return mail.recipient_level.top and all(line.reports_to for line in lines)


def of_weekly_line(mail: Mail, sections: Sequence[Section]) -> tuple[Button, ...]:
    """Return the button below the desk's weekly line, unless a section has shown it."""
    shown = any(section.template in {"review", "awaiting"} for section in sections)
    return () if shown else named(mail, REVIEW)
