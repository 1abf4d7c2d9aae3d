"""The commands by name: where each is written, and its line in the help; to list them imports none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a command is written, and what it is for in one short line."""

    where: str
    """Module and name: "cli.run:sweep"."""
    purpose: str


GROUPS: dict[str, dict[str, Place]] = {
    "Bắt đầu": {
        "demo": Place("cli.demo:command", "Trình diễn: diễn lại kế hoạch đến một ngày"),
        "init": Place("cli.run:init", "Tạo cơ sở dữ liệu, ghi toàn bộ nhiệm vụ của kế hoạch"),
        "plan": Place("cli.plan_files:plan", "Kế hoạch: kiểm tra, xem, khởi động"),
        "cycle": Place("cli.cycle:cycle", "Kỳ báo cáo: xem, thêm, đổi ngày, dừng"),
        "task": Place("cli.task:task", "Nhiệm vụ giao thêm bằng văn bản: xem, thêm"),
        "dates": Place("cli.dates:dates", "Thời hạn: đọc một cách ghi trong kế hoạch"),
        "up": Place("cli.run:up", "Bật trang web, Prefect và lịch chạy trong một lệnh"),
        "web": Place("cli.web:command", "Bật riêng trang web của hệ thống"),
        "door": Place("cli.door:command", "Mở trang Prefect chỉ để xem qua cổng"),
        "deployments": Place("cli.deployments:deployments", "Lịch chạy của Prefect (prefect.yaml)"),
    },
    "Hằng ngày": {
        "round": Place("cli.run:round_", "Chạy lượt trong ngày qua Prefect"),
        "sweep": Place("cli.run:sweep", "Rà soát một ngày, không qua Prefect"),
        "deliver": Place("cli.mail:deliver", "Gộp và gửi những thư đến lúc gửi"),
        "preview": Place("cli.mail:preview", "Chạy thử một ngày: thư nào sẽ gửi, vì sao"),
        "bounces": Place("cli.bounces:bounces", "Đọc thông báo thư bị trả lại"),
        "watch": Place("cli.watch:watch", "Kiểm tra hệ thống có tự chạy bình thường không"),
        "probe": Place("cli.watch:probe", "Tự kiểm cả đường đi, từ đến hạn đến trả lời"),
    },
    "Xem": {
        "agencies": Place("cli.agencies:agencies", "Các cơ quan, đơn vị, địa phương"),
        "unit": Place("cli.unit:unit", "Đơn vị của một ngày, ai kế thừa ai"),
        "obligations": Place("cli.lists:obligations", "Nhiệm vụ được giao của từng đơn vị"),
        "history": Place("cli.lists:history", "Mọi việc đã xảy ra với một nhiệm vụ"),
        "notices": Place("cli.lists:notices", "Các tin nhắc việc, đôn đốc đã ghi"),
        "messages": Place("cli.mail:messages", "Các thư; 'messages retry' gửi lại"),
        "proposals": Place("cli.proposals:proposals", 'Danh mục "Đề xuất báo cáo UBND tỉnh"'),
        "grade": Place("cli.grade:grade", "Mức độ hoàn thành của quý, theo sản phẩm"),
        "journal": Place("cli.journal:journal", "Nhật ký: mọi thay đổi, ai, lúc nào, từ đâu"),
        "picture": Place("cli.picture:picture", "Biểu đồ ra tệp SVG, PNG: theo tuần, địa bàn, xã …"),
        "paper": Place("cli.paper:paper", "Văn bản để ký: lập dự thảo, ghi số và ngày"),
        "campaign": Place("cli.campaign:campaign", "Đợt đôn đốc bằng công văn"),
        "simulate": Place("cli.simulate:simulate", "Diễn lại cả kỳ kế hoạch; không thư nào được gửi"),
    },
    "Ghi nhận": {
        "report": Place("cli.report:report", "Báo cáo: gửi, xác nhận, đề nghị bổ sung"),
        "workbook": Place("cli.workbook:workbook", "Bảng Excel của đơn vị: lập sẵn, nhận lại"),
        "document": Place("cli.record:document", "Văn bản đã ký: ghi nhận cho các nhiệm vụ"),
        "day-document": Place("cli.day_documents:day_document", "Văn bản ấn định ngày Kế hoạch không ghi"),
        "event": Place("cli.record:event", 'Sự kiện làm phát sinh nhiệm vụ "Theo quy định"'),
        "extend": Place("cli.record:extend", "Điều chỉnh thời hạn theo văn bản"),
        "extension": Place("cli.record:extension", "Việc điều chỉnh thời hạn đã ghi nhận"),
        "pause": Place("cli.pause:pause", "Tạm dừng đôn đốc một địa bàn"),
        "pauses": Place("cli.pause:pauses", "Các đợt tạm dừng: xem, đổi, rút"),
        "assignment": Place("cli.record:assignment", "Việc giao: hủy khi giao nhầm"),
    },
    "Người dùng và dữ liệu": {
        "contacts": Place("cli.contacts:contacts", "Đầu mối và địa chỉ thư của các đơn vị"),
        "link": Place("cli.access:link", "Tạo đường dẫn như trong thư"),
        "login-link": Place("cli.access:login_link", "Tạo đường dẫn đăng nhập dùng một lần"),
        "revoke": Place("cli.access:revoke", "Thu hồi đường dẫn, phiên đăng nhập"),
        "backup": Place("cli.keep:backup", "Sao lưu dữ liệu, tài liệu, khóa và nhật ký"),
        "restore": Place("cli.keep:restore", "Khôi phục một bản sao; thư được giữ lại"),
        "verify": Place("cli.journal:verify", "Kiểm tra nhật ký và dữ liệu được niêm phong"),
    },
}
"""In the order in which somebody new needs them."""

COMMANDS = {name: place for group in GROUPS.values() for name, place in group.items()}
