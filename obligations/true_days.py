"""Days that can be true: what of a day that somebody types is refused, and what is a doubt for the desk.

A day that cannot be is refused with the field and the day in the reason. A day that an official may have
meant, but that lies before the duty began, is taken with a doubt: it counts from its entry until the desk
that reviews has confirmed it (domain part 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from obligations.errors import Invalid, Refused
from obligations.model import Plan
from obligations.words import day as words

BEYOND_LIFE = 1
"""Years after the plan's validity up to which a day may be moved or a place may rest (domain part 4)."""
DAYS_OF_A_YEAR = (365, 366)

COMPLETED, SIGNED, ARRIVED = "ngày hoàn thành", "ngày văn bản", "ngày đến"


@dataclass(frozen=True, kw_only=True)
class Term:
    """The days between which what is said of one duty can be true without more ado."""

    signed_on: date
    """The plan's signing."""
    opened_on: date
    entered_on: date
    """The day on which it is said."""
    days_back: int
    """What lies longer before the plan's signing is a slip of the pen: work of another year's plan."""


def term_of(plan: Plan, opened_on: date, entered_on: date) -> Term:
    """Return the term of a duty of a plan that opened on a day, for what is said of it on another."""
    return Term(
        signed_on=plan.signed_on,
        opened_on=opened_on,
        entered_on=entered_on,
        days_back=plan.settings.doubted_days_back,
    )


def last_movable(valid_until: date) -> date:
    """Return the last day to which anything of a plan can be moved: its life and one year."""
    year = valid_until.year + BEYOND_LIFE
    try:
        return valid_until.replace(year=year)
    except ValueError:  # 29 February
        return valid_until.replace(year=year, day=28)


def check_entry(on: date, signed_on: date) -> None:
    """Refuse to do anything to a plan before it was signed."""
    if on < signed_on:
        raise Invalid(f"--as-of: {words(on)} ở trước ngày ban hành Kế hoạch {words(signed_on)}")


def doubt(stated: Mapping[str, date | None], term: Term) -> str:
    """Return why the days stated of a duty are doubtful, "" where they can be true; refuse what cannot be."""
    found = [why for name, on in stated.items() if on is not None and (why := _doubt_of(name, on, term))]
    return "; ".join(found)


def _doubt_of(name: str, on: date, term: Term) -> str:
    if on > term.entered_on:
        entered = "ngày cập nhật" if name == COMPLETED else "ngày ghi nhận"
        raise Invalid(f"{name} {words(on)} ở sau {entered} {words(term.entered_on)}")
    if on < term.signed_on - timedelta(days=term.days_back):
        far = "một năm" if term.days_back in DAYS_OF_A_YEAR else f"{term.days_back} ngày"
        raise Invalid(
            f"{name} {words(on)} ở trước ngày ban hành Kế hoạch {words(term.signed_on)} hơn {far};"
            " đề nghị kiểm tra lại năm"
        )
    if on < term.signed_on:
        return f"{name} {words(on)} ở trước ngày ban hành Kế hoạch {words(term.signed_on)}"
    if on < term.opened_on:
        return f"{name} {words(on)} ở trước ngày bắt đầu {words(term.opened_on)}"
    return ""


def check_arrival(arrived_on: date, document_on: date, entered_on: date) -> None:
    """Refuse a paper that arrived before it was signed, or that is not signed or has not arrived yet."""
    if document_on > entered_on:
        raise Invalid(f"{SIGNED} {words(document_on)} ở sau ngày ghi nhận {words(entered_on)}")
    if arrived_on < document_on:
        raise Invalid(f"{ARRIVED} {words(arrived_on)} ở trước {SIGNED} {words(document_on)}")
    if arrived_on > entered_on:
        raise Invalid(f"{ARRIVED} {words(arrived_on)} ở sau ngày ghi nhận {words(entered_on)}")


def check_event(on: date, signed_on: date, entered_on: date) -> None:
    """Refuse an event that the plan cannot be about, or that has not happened yet."""
    if on < signed_on:
        raise Invalid(f"--on: ngày của sự kiện {words(on)} ở trước ngày ban hành Kế hoạch {words(signed_on)}")
    if on > entered_on:
        raise Invalid(f"--on: ngày của sự kiện {words(on)} ở sau ngày ghi nhận {words(entered_on)}")


def check_review(on: date, reported_on: date | None) -> None:
    """Refuse to look at a report before it was handed in."""
    if reported_on is not None and on < reported_on:
        raise Refused(f"ngày xem xét {words(on)} ở trước ngày báo cáo được cập nhật {words(reported_on)}")


def check_new_day(until: date, valid_until: date, where: str = "--until") -> None:
    """Refuse a last day, or the wish for one, beyond the plan's life and one year."""
    last = last_movable(valid_until)
    if until > last:
        raise Invalid(
            f"{where}: {words(until)} ở sau {words(last)} (hiệu lực của Kế hoạch và một năm);"
            " đề nghị kiểm tra lại năm"
        )


def check_moving_document(document_on: date | None, signed_on: date, entered_on: date) -> None:
    """Refuse a document that is not yet signed, or one older than the plan whose day it moves."""
    if document_on is None:
        return
    if document_on > entered_on:
        raise Invalid(f"--on: {SIGNED} {words(document_on)} ở sau ngày ghi nhận {words(entered_on)}")
    if document_on < signed_on:
        raise Invalid(
            f"--on: {SIGNED} {words(document_on)} ở trước ngày ban hành Kế hoạch {words(signed_on)}"
        )
