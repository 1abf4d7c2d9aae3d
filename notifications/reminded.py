"""How letters, papers and pages speak of earlier reminders: of what arrived, and of what did not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from notifications.wording import dates, joined, plain_date, upper_first
from obligations.reminders import Reminders
from obligations.words import count

NOT_REACHED = "chưa nhận được thư nhắc việc"
NONE_ARRIVED = f"đơn vị {NOT_REACHED} nào"
NAMED = 3
"""So many days of reminders are named in a mail; more are counted."""
URGED = "đã nhắc việc, đôn đốc"


def to_holder(told: Reminders) -> str:
    """Tell the unit itself which reminders went before; its own address it knows."""
    parts = []
    if told.arrived:
        parts.append(f"Hệ thống đã gửi thư nhắc việc vào {dates(told.arrived)}.")
    if told.refused:
        parts.append(f"Thư nhắc việc {dates(told.refused)} chưa gửi được: địa chỉ thư của đơn vị không nhận.")
    if told.bounced:
        parts.append(f"Thư nhắc việc {dates(told.bounced)} bị trả lại: địa chỉ thư của đơn vị không nhận.")
    if told.passed_on:
        parts.append(f"Thư nhắc việc được gửi nhờ cơ quan cấp trên chuyển giúp {dates(told.passed_on)}.")
    return " ".join(parts)


def briefly(told: Reminders, *, urged: bool = True) -> str:
    """Tell in a mail which reminders went before: their days, or how many there were since the first.

    Nobody is urged to a day that is only asked for.
    """
    days = told.arrived
    parts = []
    if days and len(days) <= NAMED:
        parts.append(f"Đã nhắc việc {dates(days)}.")
    elif days:
        span = f"từ {plain_date(min(days))} đến {plain_date(max(days))}"
        parts.append(
            f"{upper_first(URGED) if urged else 'Đã nhắc việc'} {count(len(set(days)))} lần, {span}."
        )
    if told.refused:
        parts.append(f"Thư {dates(told.refused)} chưa gửi được: địa chỉ thư của đơn vị không nhận.")
    if told.bounced:
        parts.append(f"Thư {dates(told.bounced)} bị trả lại: địa chỉ thư của đơn vị không nhận.")
    if told.passed_on:
        parts.append(f"Đã gửi nhờ cơ quan cấp trên chuyển giúp {dates(told.passed_on)}.")
    return " ".join(parts)


def together(several: Iterable[Reminders]) -> Reminders:
    """Put the reminders of several duties together: a day on which one arrived counts once."""
    found = tuple(several)
    return Reminders(
        **{
            each.name: tuple(sorted({value for told in found for value in getattr(told, each.name)}))
            for each in fields(Reminders)
        }
    )


def to_desk(told: Reminders) -> str:
    """Tell a level above which reminders reached the unit, with the addresses that it may mend."""
    first = f"đã nhắc việc {dates(told.arrived)}" if told.arrived else NONE_ARRIVED
    return "; ".join((first, *_failures(told, told.addresses)))


def counted(told: Reminders, *, addresses: bool = True) -> str:
    """Count the reminders that reached the unit: "đã nhắc việc, đôn đốc 03 lần (các ngày …)"."""
    first = f"{URGED} {times(_urged(told))}" if told.arrived else NONE_ARRIVED
    return "; ".join((first, *_failures(told, told.addresses if addresses else ())))


def for_report(told: Reminders) -> str:
    """Count them in a paper that leaves the house: without addresses, under a heading that names them."""
    first = times(_urged(told)) if told.arrived else NONE_ARRIVED
    return "; ".join((first, *_failures(told, ())))


def _urged(told: Reminders) -> tuple[date, ...]:
    """Return the days that count as urging: to the unit, and to the level above it."""
    return (*told.arrived, *told.to_superior)


def times(days: Iterable[date]) -> str:
    """Count days and name them."""
    found = sorted(set(days))
    return f"{count(len(found))} lần ({dates(found)})"


def _failures(told: Reminders, addresses: Iterable[str]) -> list[str]:
    where = f"địa chỉ {joined(tuple(addresses))} không nhận" if addresses else "địa chỉ thư không nhận"
    words = []
    if told.refused:
        words.append(f"thư nhắc việc {dates(told.refused)} chưa gửi được ({where})")
    if told.bounced:
        words.append(f"thư nhắc việc {dates(told.bounced)} bị trả lại ({where})")
    if told.passed_on:
        words.append(f"thư nhắc việc gửi nhờ chuyển {dates(told.passed_on)}")
    return words
