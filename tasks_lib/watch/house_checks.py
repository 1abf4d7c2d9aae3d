"""Checks of what the program stands on: database, files, key, clock, calendar, configuration."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import Connection

from notifications.wording import local, plain_date
from obligations.words import count
from store.facts import fact, put_fact
from store.vault import Vault
from tasks_lib.duties.initialise import require_initialised
from tasks_lib.kernel.keys import CLOCK_SKEW, DELIVERY_DONE, KEY_MARK, ROUND_DONE, of_plan
from tasks_lib.kernel.mail_hold import mail_hold
from tasks_lib.kernel.signing import KEY_FILE, kept_key, new_token
from tasks_lib.watch.model import Sight, Told, well, wrong
from tasks_lib.watch.sql import watch

CLOCKS_APART = timedelta(minutes=10)
"""Less is what clocks of two machines do."""
SKEW_KNOWN_FOR = timedelta(days=2)
DAYS_BACK = timedelta(days=7)
DAYS_AHEAD = 14
"""How far ahead a doubtful day off is told."""
SAMPLE = b"dondoc: kho tai lieu kiem chung ghi va doc duoc\n"
MEGABYTE = 1024 * 1024


def database(sight: Sight) -> Told:
    """Write a row and read it again, and the first page of every table."""
    require_initialised(sight.house)  # the pulse would only say that it cannot open the file
    if watch.pulse(sight.house.engine, new_token(), sight.now):
        return well("ghi và đọc được")
    return wrong("tệp cơ sở dữ liệu đã bị chuyển đi hoặc thay bằng tệp khác: khởi động lại trang web")


def pages(_sight: Sight, connection: Connection) -> Told:
    """Let the database look through its own file."""
    fault = watch.damage(connection)
    return wrong(f"tệp cơ sở dữ liệu bị hỏng, cần phục hồi từ bản sao lưu: {fault}") if fault else well()


def configuration(sight: Sight, connection: Connection) -> Told:
    """Tell when the portal goes by other files than the round."""
    row = watch.plan_row(connection, sight.plan)
    if row is None or row.fingerprint == sight.house.configuration.fingerprint:
        return well()
    return wrong(
        "trang web và lượt theo dõi dùng hai bản cấu hình khác nhau (kế hoạch, lịch làm việc):"
        " khởi động lại trang web sau khi sửa cấu hình"
    )


def disk(sight: Sight) -> Told:
    """Look at what is left where the home lies."""
    settings = sight.house.settings
    free = shutil.disk_usage(settings.home).free // MEGABYTE
    if free < settings.disk_min_mb:
        return wrong(
            f"ổ đĩa chỉ còn {count(free)} MB trống (mức tối thiểu {count(settings.disk_min_mb)} MB):"
            " giải phóng dung lượng"
        )
    return well(f"còn {count(free)} MB trống")


def evidence(sight: Sight) -> Told:
    """Store a small file, read it again, take it away."""
    vault = Vault(sight.house.settings.evidence_url)
    sample = SAMPLE + new_token().encode()
    digest = hashlib.sha256(sample).hexdigest()
    vault.put(digest, BytesIO(sample))
    try:
        same = b"".join(vault.chunks(digest)) == sample
    finally:
        vault.delete(digest)
    return well("ghi và đọc được") if same else wrong("kho tài liệu kiểm chứng trả lại nội dung khác")


def key(sight: Sight, connection: Connection) -> Told:
    """Tell when the key that signs links has gone or is another than the one mails were signed with."""
    mark = key_mark(sight)
    if mark is None:
        return wrong(f"không có {KEY_FILE}: chép lại từ bản sao lưu, nếu không mọi đường dẫn đã gửi đều hỏng")
    known = fact(connection, KEY_MARK)
    if known is not None and known.value != mark:
        return wrong(
            "khóa ký đã đổi, đường dẫn trong thư đã gửi không mở được: chép lại khóa cũ,"
            " hoặc xác nhận khóa mới bằng 'dondoc watch --accept-key'"
        )
    return well()


def key_mark(sight: Sight) -> str | None:
    """Return a mark by which the key is known again without telling it; None where there is no key."""
    own = kept_key(sight.house.settings)
    return hashlib.sha256(f"dondoc.mark:{own}".encode()).hexdigest()[:16] if own else None


def remember_key(sight: Sight, connection: Connection, *, again: bool = False) -> None:
    """Write down by which key mails are signed, the first time or when ops accept another."""
    mark = key_mark(sight)
    if mark is not None and (again or fact(connection, KEY_MARK) is None):
        put_fact(connection, KEY_MARK, mark, sight.now)


def hold(_sight: Sight, connection: Connection) -> Told:
    """Tell while all mail is held back after a restore."""
    held = mail_hold(connection)
    if held is None:
        return well()
    return wrong(
        f"toàn bộ thư đang được giữ sau khi khôi phục bản sao lúc {_moment(held.copied_at)}:"
        " xem 'dondoc restore --status', cho gửi bằng 'dondoc restore --release'"
    )


def clock(sight: Sight, connection: Connection) -> Told:
    """Compare the clock with the newest that was written, with the database's and with the heartbeat's."""
    ran = (fact(connection, of_plan(key, sight.plan)) for key in (ROUND_DONE, DELIVERY_DONE))
    written = watch.newest_instant(connection, sight.plan, sight.on - DAYS_BACK)
    newest = max((instant for instant in (written, *(f.at for f in ran if f)) if instant), default=None)
    if newest is not None and newest > sight.now + CLOCKS_APART:
        return wrong(f"đồng hồ máy chậm: đã có dữ liệu ghi lúc {_moment(newest)}")
    if sight.real:
        server = watch.server_clock(connection)
        if server is not None and abs(server - sight.now) > CLOCKS_APART:
            return wrong(f"đồng hồ máy lệch với máy chủ cơ sở dữ liệu ({_moment(server)})")
    skew = fact(connection, CLOCK_SKEW)
    if skew is not None and abs(sight.now - skew.at) < SKEW_KNOWN_FOR:
        apart = timedelta(seconds=int(skew.value))
        if abs(apart) > CLOCKS_APART:
            side = "nhanh" if apart > timedelta() else "chậm"
            return wrong(f"đồng hồ máy {side} {_stretch(abs(apart))} so với nơi nhận tín hiệu")
    return well()


def _moment(instant: datetime) -> str:
    here = local(instant)
    return f"{here:%H:%M} ngày {plain_date(here.date())}"


def _stretch(apart: timedelta) -> str:
    hours = apart // timedelta(hours=1)
    return f"{hours} giờ" if hours else f"{apart // timedelta(minutes=1)} phút"


def calendar(sight: Sight) -> Told:
    """Tell a day that the overlay alone makes free or worked, and that nothing explains."""
    days = (sight.on + timedelta(days=number) for number in range(DAYS_AHEAD + 1))
    doubtful = [day for day in days if day in sight.house.calendar.year(day.year).doubtful]
    if not doubtful:
        return well()
    day = doubtful[0]
    what = "làm việc" if sight.house.calendar.is_working(day) else "nghỉ"
    return wrong(
        f"calendar.toml ghi ngày {plain_date(day)} là ngày {what}, nhưng ngày lễ hay làm bù gần đó không giải"
        " thích được: kiểm tra lại"
    )
