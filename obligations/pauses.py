"""Pauses of places: whom they cover, which days they may have, who may change them (domain part 3)."""

from __future__ import annotations

from datetime import date, timedelta

from obligations.errors import Invalid
from obligations.model import Agency, Plan
from obligations.true_days import last_movable
from obligations.words import count
from obligations.words import day as words


def covers(place: str, agency: Agency, *, everywhere: bool) -> bool:
    """Whether a pause is about an agency: the place itself and what lies below; of the top body everybody."""
    return everywhere or place in (agency.id, *agency.above)


def touches(from_day: date, to_day: date | None, first: date, last: date) -> bool:
    """Whether a pause has a day of a stretch; without an end it goes on."""
    return from_day <= last and (to_day is None or to_day >= first)


def may_pause(by: str, place: Agency, plan: Plan) -> bool:
    """Whether somebody may let a place rest: itself, who stands above, the focal agency."""
    return by in (plan.focal, place.id) or place.is_under(by)


def may_change(by: str, place: Agency, recorded_by: str, plan: Plan) -> bool:
    """Whether somebody may change or withdraw a pause: who recorded it, and who stands above the place."""
    return by in (plan.focal, recorded_by) or (place.is_under(by) and recorded_by != plan.focal)


def check_days(from_day: date, to_day: date | None, *, on: date, own: bool, plan: Plan) -> None:
    """Refuse days that a pause cannot have; `own` is a place's word on itself."""
    last = last_movable(plan.valid_until)
    if from_day < plan.signed_on:
        raise Invalid(f"--from: {words(from_day)} ở trước ngày ban hành Kế hoạch {words(plan.signed_on)}")
    if to_day is None:
        if own:
            raise Invalid("--to: đơn vị tự tạm dừng thì nêu ngày kết thúc; chưa rõ thì cấp trên ghi nhận")
        if from_day > on + timedelta(days=plan.settings.longest_pause_days):
            raise Invalid(f"--from: {words(from_day)} còn quá xa; đề nghị kiểm tra lại ngày")
        return
    if to_day < from_day:
        raise Invalid(f"--to: {words(to_day)} trước ngày bắt đầu {words(from_day)}")
    if to_day > last:
        raise Invalid(f"--to: {words(to_day)} ở sau {words(last)} (hiệu lực của Kế hoạch và một năm)")
    longest = plan.settings.longest_own_pause_days if own else plan.settings.longest_pause_days
    if (to_day - max(from_day, on)).days >= longest:
        raise Invalid(
            f"--to: {words(to_day)} dài hơn {count(longest)} ngày; ghi ngày gần hơn rồi kéo dài khi cần"
        )


NO_END = "khi có thông báo"


def stretch(from_day: date, to_day: date | None) -> str:
    """Write the days of a pause."""
    return f"từ {words(from_day)} đến {words(to_day) if to_day else NO_END}"
