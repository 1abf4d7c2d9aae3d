"""How letters, papers and pages speak of earlier reminders: of what arrived, and of what did not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from notifications.wording import count, dates, joined
from obligations.reminders import Reminders

NOT_REACHED = "chưa nhận được thư nhắc việc"
NONE_ARRIVED = f"đơn vị {NOT_REACHED} nào"
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
