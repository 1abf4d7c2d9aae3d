"""What the pages of a unit call things, and whom they offer to choose from."""

from __future__ import annotations

from functools import cache

from notifications.wording import clip
from obligations.model import Agency, Contact
from obligations.reasons import REASON_WORDS
from obligations.rights import Seat
from obligations.rollup import shown_value
from obligations.words import about
from tasks_lib.access.contact_words import role_called
from tasks_lib.access.contacts import OWN_ROLES
from tasks_lib.answering.cycle_sums import share
from tasks_lib.answering.drafts import LEADING
from tasks_lib.answering.unit_cards import Card
from tasks_lib.answering.unit_form import UnitForm
from tasks_lib.kernel.wording import duty_name, head_called
from web.answering.unit_reply import prefix_of
from web.frame.ask import Ask

SHORT = 100
"""Characters of the plan's wording in a heading."""


def words(ask: Ask) -> dict[str, object]:
    """Return what the cards' macros call."""
    return {
        "reasons": list(REASON_WORDS.items()),
        "prefix": prefix_of,
        "name": name_of_card,
        "reviewer": lambda card: reviewer_of_card(ask, card),
        "figures_before": figures_before,
        "people": offered,
        "called": called,
        "share": share,
    }


def drafter(ask: Ask, found: UnitForm) -> dict[str, str]:
    """Return who stands as having drafted and approved: a leader who corrects a draft has not drafted it."""
    drafts = [card.draft.drafted_by for card in found.open if card.draft is not None]
    if ask.visitor.seat is Seat.APPROVE_LINK:
        return {"drafter": drafts[0] if drafts else "", "approver": ask.person}
    return {"drafter": ask.person, "approver": ""}


def leaders(found: UnitForm) -> list[Contact]:
    """Return to whom something can be presented."""
    return [c for c in found.contacts if c.role in LEADING]


def officers(found: UnitForm) -> list[Contact]:
    """Return to whom something can be passed, those the unit has named for it first."""
    others = [c for c in found.contacts if c.role not in LEADING]
    return sorted(others, key=lambda c: (*OWN_ROLES, c.role).index(c.role))


def offered(contacts: list[Contact], agency: Agency) -> list[tuple[str, str]]:
    """Return contacts as a list to choose from, by their addresses."""
    return [(c.address, f"{c.name or c.address} ({role_called(c.role, agency).lower()})") for c in contacts]


def name_of_card(card: Card) -> str:
    """Return how a line names a card: "nhiệm vụ 1.2", what an event opened with the event."""
    return duty_name(card.kind, card.item.key if card.item else None, card.period, card.event)


def called(card: Card) -> str:
    """Return what a card is called in one line: with its quarter or event where the same work comes again."""
    again = f" ({card.period.name()})" if card.period.is_a_turn and card.item else ""
    return about(f"{_short(card.title)}{again}", clip(card.event, SHORT))


@cache
def _short(title: str) -> str:
    return clip(title, SHORT)


def figures_before(card: Card) -> dict[str, str]:
    """Return the last period's figures as they are shown."""
    return {f.key: shown_value(f, card.before[f.key]) for f in card.figures if f.key in card.before}


def reviewer_of_card(ask: Ask, card: Card) -> str:
    """Name who looks at a report: "UBND huyện Bát Xát (Phòng Nội vụ huyện Bát Xát)"."""
    if ask.agency.id == ask.house.plan.focal:
        return head_called(ask.house.focal)
    agency = ask.house.agency(card.reviewer)
    return f"{agency.name} ({agency.desk})" if agency.desk else agency.name


def keep_name(ask: Ask) -> str:
    """Return under which name a browser keeps what is typed in the unit's form."""
    return f"don-vi:{ask.agency.id}"


DONE = {
    "luu": "Đã lưu tạm. Nội dung chưa được gửi đi.",
    "ly-do": "Đã ghi nhận lý do và thời điểm dự kiến hoàn thành. Nhiệm vụ vẫn cần được báo cáo kết quả.",
    "trinh": "Đã trình lãnh đạo. Báo cáo được gửi đi sau khi lãnh đạo duyệt.",
    "rut-lai": "Đã rút lại báo cáo; sửa rồi gửi lại. Thời hạn được tính như chưa gửi.",
    "giao": "Đã giao; người được giao nhận được thư kèm đường dẫn.",
}
