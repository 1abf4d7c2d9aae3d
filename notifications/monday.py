"""Monday's table for Sở Nội vụ: its box, its bars by place and its points; what is nought is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notifications import headlines
from notifications.bundle import LISTED
from notifications.model import Digest, Line, Mail
from notifications.phrases import bracketed
from notifications.week import FallsDue, Place
from notifications.wording import (
    clip,
    generic_name,
    joined,
    lower_first,
    plain_date,
    sentence,
    short_date,
    upper_first,
)
from obligations.levels import HEAD, Level
from obligations.reckoning import LONG, added
from obligations.words import count

LINES_SHOWN = 4
"""So few overdue lines stand in the mail itself; more of them in the attached table alone."""
NAMED = 3
"""So many names of a list stand in the mail; the attached table has all."""
WEEK_NAMED = 4
REASON_WIDTH = 60
BAR = 60
"""How wide the longest bar is, in hundredths of its cell: its number stands beside it."""
HEADS = ("Địa bàn", "Quá hạn", "Đúng hạn/đến hạn")

Row = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row of the table by place: its number is drawn and written."""

    name: str
    said: str
    """The number in words: "12 (05 đơn vị)"; "" for nought."""
    width: int
    """How wide its bar is, in hundredths of the cell; 0 where there is none to draw."""
    rate: str
    """What is done in time of what has fallen due: "430/456"."""


def box(mail: Mail, d: Digest) -> tuple[Row, ...]:
    """Return the box on top: what is overdue, how it moved in a week, and what waits for Sở Nội vụ."""
    return tuple(
        (label, words)
        for label, words in (
            ("Quá hạn", _overdue(d)),
            ("Tuần trước", _moved(d)),
            ("Chờ Sở", _waiting(mail, d)),
        )
        if words
    )


def _overdue(d: Digest) -> str:
    found = d.reckoned.overdue
    if not found:
        return "không có" if d.reckoned.due else ""
    all_of_them = "đều " if found > 1 else ""
    of_them = all_of_them if d.long_overdue == found else f"{count(d.long_overdue)} "
    long = f", {of_them}đã quá {count(LONG)} ngày làm việc" if d.long_overdue else ""
    return f"{count(found)} nội dung{headlines.levels_of(d)}{long}"


def _moved(d: Digest) -> str:
    c = d.compared
    if c is None or not (c.then or c.now):
        return ""
    other = "gia hạn, tạm dừng hoặc không còn tính"
    moved = _some((("mới", c.fresh), ("đã xong", c.done), (other, c.otherwise))) or "không đổi"
    return f"{count(c.then)} (sáng {plain_date(c.since)}); trong tuần: {moved}"


def _waiting(mail: Mail, d: Digest) -> str:
    oldest = f", sớm nhất gửi {short_date(mail.awaiting_oldest)}" if mail.awaiting_oldest else ""
    parts = [f"{count(d.awaiting_focal)} báo cáo chờ tiếp nhận{oldest}"] if d.awaiting_focal else []
    if d.extension_requests:
        parts.append(f"{count(d.extension_requests)} đề nghị điều chỉnh thời hạn")
    if d.proposals:
        parts.append(f"{count(d.proposals)} nội dung đề xuất báo cáo {generic_name(mail.plan_issuer)}")
    return "; ".join(parts)


def points(mail: Mail, d: Digest) -> tuple[Row, ...]:
    """Return what else there is to say, each with its label; a point without anything is left out."""
    found = (
        ("Lưu ý", d.ended),
        (f"Danh mục đề xuất báo cáo {generic_name(mail.plan_issuer)}", _proposed(mail, d)),
        (f"{mail.recipient_level.bodies} quá hạn", _departments(d)),
        ("Nhiệm vụ có thời hạn", _dated(d)),
        ("Chậm so với ngày đề nghị (Kế hoạch không ghi ngày)", _asked(d)),
        ("Đến hạn trong tuần", _this_week(d)),
        ("Lý do chậm mới nêu", count(d.new_reasons) if d.new_reasons else ""),
        (f"Phiếu tháng đã qua ngày, {_posts(d)} chưa xem xét", _sheets(d)),
        ("Đang tạm dừng, chưa có ngày kết thúc", _names(f"{p} từ {short_date(on)}" for p, on in d.resting)),
        ("Cơ quan phối hợp chưa cung cấp", _not_supplied(d)),
        ("Thư không gửi được, cần cập nhật đầu mối", _undelivered(d)),
        ("Chưa có địa chỉ thư", _names(d.without_address)),
    )
    return tuple((label, sentence(words)) for label, words in found if words)


def _posts(d: Digest) -> str:
    """Name the posts of who looks the sheets over: they head the units below the highest level."""
    posts = dict.fromkeys(level.post for level, _ in d.overdue_by_level if not level.top)
    return ", ".join(posts) or HEAD


def _some(parts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count(number)}" for name, number in parts if number)


def _names(names: Iterable[str]) -> str:
    """Count names and give the first of them."""
    found = tuple(names)
    more = ", …" if len(found) > NAMED else ""
    return f"{count(len(found))} ({', '.join(found[:NAMED])}{more})" if found else ""


def named(lines: Sequence[Line]) -> str:
    """Name the first units of some lines; the attached table has all."""
    found = tuple(dict.fromkeys(line.agency for line in lines))
    more = ", … (danh sách tại tệp Excel)" if len(found) > NAMED else ""
    return f"{', '.join(found[:NAMED])}{more}"


def _undelivered(d: Digest) -> str:
    """Count the addresses that mail does not reach, the first with the reason, so that they can be mended."""
    named = ", ".join(
        f"{agency} ({clip(_place(why), REASON_WIDTH)})" for agency, why in d.undelivered[:NAMED]
    )
    more = ", …" if len(d.undelivered) > NAMED else ""
    return f"{count(len(d.undelivered))}, gồm {named}{more}" if named else ""


def _place(why: str) -> str:
    """Return the address that takes no mail; what the server said of it stands in the attached table."""
    address, said, _ = why.partition(": ")
    return address if said and "@" in address else why


def _proposed(mail: Mail, d: Digest) -> str:
    if not d.proposals:
        return ""
    new = sum(len(section.lines) for section in mail.sections if section.template == LISTED)
    fresh = f", mới {count(new)}" if new else ""
    units = (
        f"{count(d.proposed_units)} đơn vị, {count(d.proposals)} nội dung trong số quá hạn nêu trên{fresh}"
    )
    return f"{units} (chưa gửi; lãnh đạo Sở quyết định)"


def _departments(d: Digest) -> str:
    late = [place for place in d.departments if place.reckoned.overdue]
    more = "; …" if len(late) > NAMED else ""
    return "; ".join(f"{p.name} {count(p.reckoned.overdue)}" for p in late[:NAMED]) + more


def _dated(d: Digest) -> str:
    """Say how all dated work stands: due = in time + late + missing, then what is not due yet."""
    t = d.reckoned
    due = _some((("đúng hạn", t.in_time), ("sau thời hạn", t.late), ("chưa hoàn thành", t.missing)))
    paused = f" (tạm dừng theo địa bàn {count(t.excused)})" if t.excused else ""
    early = _some((("đang thực hiện", t.running), ("xong trước hạn", t.ahead)))
    apart = _some((("không phát sinh", t.nothing_arose), ("không thuộc thẩm quyền", t.not_competent)))
    parts = [f"đến hạn {count(t.due)}: {due}{paused}"] if t.due else []
    parts += [f"chưa đến hạn: {early}"] if early else []
    parts += [f"không tính vào tỷ lệ: {apart}"] if apart else []
    parts += [f"thường xuyên, theo kỳ báo cáo: {count(d.continuous)}"] if d.continuous else []
    return "; ".join(parts)


def _asked(d: Digest) -> str:
    """Say what is late against days that nobody has set: where it is not done, and what is done by now."""
    found, places = d.reckoned, [p for p in (*d.areas, *d.departments) if p.reckoned.asked_open]
    places.sort(key=lambda place: -place.reckoned.asked_open)
    named = "; ".join(f"{p.name} {count(p.reckoned.asked_open)}" for p in places[:NAMED])
    more = "; …" if len(places) > NAMED else ""
    parts = [f"chưa xong {count(found.asked_open)} ({named}{more})"] if found.asked_open else []
    parts += [f"đã xong {count(found.asked_late)}"] if found.asked_late else []
    return "; ".join(parts)


def due_in_words(due: FallsDue) -> str:
    """Say of one thing that falls due how many have reported: "nhiệm vụ 3.1 (29/7, đã có 02/09)"."""
    day = f"{'đề nghị ' if due.ours else ''}{short_date(due.last_day)}"
    return bracketed(lower_first(due.what), f"{day}, đã có {count(due.reported)}/{count(due.of_all)}")


def _this_week(d: Digest) -> str:
    more = "; …" if len(d.due_this_week) > WEEK_NAMED else ""
    return "; ".join(due_in_words(due) for due in d.due_this_week[:WEEK_NAMED]) + more


def _sheets(d: Digest) -> str:
    if not d.sheets_overdue:
        return ""
    months = _by_period(d.sheets_missed)
    fresh = "".join(f", mới qua ngày ({month}): {_names(units)}" for month, units in months.items())
    return f"{count(d.sheets_overdue)}{fresh}"


def _not_supplied(d: Digest) -> str:
    periods = _by_period(d.not_supplied)
    return "; ".join(f"{joined(tuple(dict.fromkeys(b)))} ({p})" for p, b in periods.items())


def _by_period(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Group names by the period they stand with."""
    periods: dict[str, list[str]] = {}
    for name, period in pairs:
        periods.setdefault(period, []).append(name)
    return periods


def bars(d: Digest, top: Level) -> tuple[Bar, ...]:
    """Return the districts, one row for the departments and one for all; nothing where nothing is due."""
    if not d.reckoned.due:
        return ()
    together = Place(
        name=top.bodies,
        reckoned=added(p.reckoned for p in d.departments),
        late_units=sum(p.late_units for p in d.departments),
    )
    places = [place for place in (*d.areas, together) if place.reckoned.due]
    most = max((place.reckoned.overdue for place in places), default=0)
    late = sum(place.late_units for place in places)
    whole = Place(name=upper_first(top.whole), reckoned=d.reckoned, late_units=late)
    return (*(_bar(place, most) for place in places), _bar(whole, 0))


def _bar(place: Place, most: int) -> Bar:
    late = place.reckoned.overdue
    return Bar(
        name=place.name,
        said=f"{count(late)} ({count(place.late_units)} đơn vị)" if late else "",
        width=max(1, late * BAR // most) if most and late else 0,
        rate=f"{count(place.reckoned.in_time)}/{count(place.reckoned.due)}",
    )


def few(d: Digest) -> tuple[Line, ...]:
    """Return the overdue lines where they are few enough to be read in the mail."""
    return d.rows if len(d.rows) <= LINES_SHOWN else ()
