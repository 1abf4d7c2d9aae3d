"""What each page is for and what its letters mean: the one place where pages are explained."""

from __future__ import annotations

from dataclasses import dataclass

from obligations.rights import Seat
from web.frame.ask import Ask

FIRST_OF = {
    Seat.ANSWER_LINK: "/don-vi",
    Seat.REVIEW_LINK: "/hang-doi",
    Seat.APPROVE_LINK: "/duyet",
    Seat.OPS: "/van-hanh",
}
"""Which page a seat finds at "/", where it is not the overview."""


@dataclass(frozen=True)
class Help:
    """What a page is for, and what is done on it."""

    purpose: str
    steps: tuple[str, ...] = ()
    letters: bool = False
    """Whether it uses the letters, so that their meaning stands there too."""

    @property
    def name(self) -> str:
        """Under which name a browser keeps that its hint was read: the address it is said of."""
        return next(key for key, said in HELP.items() if said is self)


HELP: dict[str, Help] = {
    "/": Help(
        "Cho biết trong một màn hình: kế hoạch đứng thế nào, ai chậm nhất, tuần này đến hạn gì, cần làm gì.",
        (
            "Bấm vào một con số để xem danh sách của con số đó.",
            "Tỷ lệ đúng hạn chỉ tính trên nội dung đã đến hạn; việc thường xuyên tính riêng.",
        ),
    ),
    "/bang": Help(
        "Đối chiếu Chỉ số nội dung với đơn vị, nhiệm vụ với địa bàn; mỗi ô ghi đã báo cáo trên tổng số.",
        (
            "Bấm vào tên cột để sắp xếp; bấm lần nữa để đảo chiều.",
            "Địa chỉ của trang giữ nguyên bộ lọc và thứ tự: đánh dấu trang để xem lại.",
        ),
        letters=True,
    ),
    "/bieu-do": Help(
        "Vẽ cùng số liệu với trang Tổng quan; dưới mỗi biểu đồ có bảng số liệu và tệp để đưa vào văn bản.",
        ("Chọn nhiệm vụ hoặc địa bàn để vẽ riêng phần đó.",),
        letters=True,
    ),
    "/danh-sach": Help(
        "Liệt kê từng nội dung được giao, việc cần chú ý ở trên.",
        ("Dùng Lọc để thu hẹp; bấm tên cột để sắp xếp; Tải Excel lấy toàn bộ danh sách.",),
    ),
    "/nhiem-vu-kh": Help(
        "Một nhiệm vụ của Kế hoạch trên tất cả các đơn vị: ai chủ trì, hạn nào, đang đến đâu."
    ),
    "/nhiem-vu": Help(
        "Hồ sơ một nội dung của một đơn vị: báo cáo, số liệu, tài liệu, các lần nhắc việc.",
        (
            "Nơi xem xét tiếp nhận hoặc đề nghị bổ sung ở mục Xử lý.",
            "Tiếp nhận nhầm thì hoàn tác trong 10 phút; sau đó mở lại, có lý do.",
            "Phím: a tiếp nhận, m đề nghị bổ sung, j báo cáo tiếp theo, k báo cáo trước, u hoàn tác.",
        ),
    ),
    "/nhac-viec": Help("Bảng tổng hợp các lần nhắc việc, đôn đốc."),
    "/co-quan": Help("Một cơ quan, đơn vị: ai liên hệ được, được giao gì, chậm gì.", letters=True),
    "/tim": Help("Tìm cơ quan, địa phương, nhiệm vụ; có dấu hoặc không dấu."),
    "/don-vi": Help(
        "Việc của đơn vị: xem việc đến hạn, cập nhật kết quả, số liệu và tài liệu kiểm chứng.",
        (
            "Nhập xong bấm Gửi; nội dung đang nhập được giữ trên máy này nếu mất mạng.",
            "Gửi nhầm thì rút lại được khi nơi xem xét chưa mở xem.",
        ),
    ),
    "/bang-excel": Help(
        "Tải bảng Excel đã lập sẵn, điền rồi nộp lại; chưa gửi gì cho đến khi xem lại và bấm gửi."
    ),
    "/ky": Help("Báo cáo kỳ của đơn vị: điền từng nhiệm vụ, lưu tạm, gửi khi đủ."),
    "/bao-cao-huyen": Help("Báo cáo kỳ của {desks}: tổng hợp từ cấp dưới, bổ sung phần của {heads}."),
    "/duyet": Help("Lãnh đạo xem nội dung cán bộ trình, duyệt để gửi hoặc đề nghị sửa."),
    "/phieu": Help("Phiếu theo dõi tháng của {chairs}: xem, ghi kết luận, bấm đã xem xét.", letters=True),
    "/doi-chieu": Help(
        "Phiếu một quý của đơn vị: đối chiếu từng sản phẩm, đồng ý hoặc đề nghị xem lại trước khi công bố."
    ),
    "/muc-do-hoan-thanh": Help(
        "Ý kiến của đơn vị về dự thảo mức độ hoàn thành của quý: đề nghị xem lại ở trên, trả lời tại chỗ."
    ),
    "/hang-doi": Help(
        "Báo cáo chờ xem xét và việc chậm của đơn vị cấp dưới.",
        (
            "Xem số liệu, tệp ngay trong dòng; mở báo cáo để xem đủ.",
            "Tiếp nhận nhiều dòng cùng lúc chỉ áp dụng cho báo cáo không có điểm cần kiểm tra lại.",
            "Phím: j, k xuống lên; Enter mở; x chọn; a tiếp nhận; m đề nghị bổ sung; u hoàn tác; / tìm.",
        ),
        letters=True,
    ),
    "/chi-dao": Help(
        "Đơn vị đang chậm, chậm nhất ở trên: từ ngày nào, gọi cho ai; ghi ý kiến chỉ đạo cho nhiều đơn vị."
    ),
    "/tong-hop": Help(
        "Cộng số liệu các đơn vị đã báo cáo theo kỳ, theo nhiệm vụ; đơn vị chưa báo cáo được nêu tên."
    ),
    "/huong-dan": Help(
        "Cơ quan hướng dẫn, theo dõi xem kết quả của từng đơn vị và ghi ý kiến.", letters=True
    ),
    "/danh-muc": Help("Danh mục đơn vị đề xuất báo cáo {top}: xem, sửa, đưa ra, lập văn bản."),
    "/van-ban": Help("Văn bản để ký: lập dự thảo từ số liệu, tải Word, ghi số và ngày ký."),
    "/thu-hom-nay": Help("Thư sẽ gửi hôm nay, vì sao; giữ lại thư chưa nên gửi."),
    "/thu": Help("Nội dung một thư đã gửi."),
    "/van-hanh": Help("Hệ thống có tự chạy bình thường không: lượt chạy, thư, sao lưu."),
    "/bat-dau": Help("Những gì cần có trước khi bắt đầu gửi thư; lãnh đạo bấm bắt đầu."),
    "/dau-moi": Help("Đầu mối và địa chỉ thư của đơn vị; thay đổi có hiệu lực khi được xác nhận."),
    "/dia-chi": Help("Địa chỉ không nhận thư và địa chỉ chính thức của đơn vị."),
    "/dieu-chinh": Help("Ghi văn bản của {top} điều chỉnh thời hạn."),
    "/tam-dung": Help(
        "Tạm dừng nhắc việc một địa bàn khi thiên tai, dịch bệnh; thời gian này không tính quá hạn."
    ),
    "/tep": Help("Tài liệu kiểm chứng của một báo cáo."),
    "/dang-nhap": Help("Nhập địa chỉ thư đã đăng ký; hệ thống gửi đường dẫn đăng nhập dùng một lần."),
}
"""By the beginning of a page's address; the longest that fits."""


def help_of(ask: Ask, path: str) -> Help | None:
    """Return what a page is for; None where nothing is said of it."""
    if path == "/" and ask.found is not None:
        path = FIRST_OF.get(ask.visitor.seat, path)
    return found_for(path)


def found_for(path: str) -> Help | None:
    """Return the help of the longest address that a path begins with."""
    fitting = [key for key in HELP if path == key or (key != "/" and path.startswith(f"{key}/"))]
    return HELP[max(fitting, key=len)] if fitting else None
