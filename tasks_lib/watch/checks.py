"""The table of checks: what stands first is what people are told first."""

from __future__ import annotations

from tasks_lib.watch import engine_checks as engine
from tasks_lib.watch import house_checks as house
from tasks_lib.watch.model import DAILY, HOURLY, Check

DATABASE = Check(name="database", title="Cơ sở dữ liệu", look=house.database)

CHECKS = (
    DATABASE,
    Check(name="pages", title="Tệp cơ sở dữ liệu", read=house.pages, every=HOURLY),
    Check(name="round", title="Lượt theo dõi", read=engine.round_ran),
    Check(name="engine", title="Lượt chạy lỗi", read=engine.engine),
    Check(name="delivery", title="Gửi thư", read=engine.delivery_ran),
    Check(name="hold", title="Giữ thư sau phục hồi", read=house.hold),
    Check(name="mail", title="Thư không gửi được", read=engine.mail_failed),
    Check(name="waiting", title="Thư chờ lâu", read=engine.mail_waits),
    Check(name="lease", title="Thư bị giữ giữa chừng", read=engine.lease),
    Check(name="ladders", title="Các mức đôn đốc", read=engine.ladders, every=HOURLY),
    Check(name="probe", title="Tự kiểm hằng ngày", read=engine.probe),
    Check(name="journal", title="Nhật ký", look=engine.journal, every=DAILY),
    Check(name="key", title="Khóa ký đường dẫn", read=house.key),
    Check(name="clock", title="Đồng hồ", read=house.clock),
    Check(name="calendar", title="Lịch làm việc", look=house.calendar, every=HOURLY),
    Check(name="configuration", title="Bản cấu hình", read=house.configuration),
    Check(name="disk", title="Dung lượng đĩa", look=house.disk),
    Check(name="evidence", title="Kho tài liệu kiểm chứng", look=house.evidence, every=HOURLY),
)
