"""What the rows of the journal say, in words; the one table of their codes beside that of the timeline."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from store.journal import head
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.deed_words import DEED_WORDS, deed_words

SHORT: Final = 16
"""Letters of a hash that stand on paper: a mail or a report can be read aloud."""
GROUP: Final = 4

JOURNAL_WORDS: Final[dict[str, str]] = {
    "journal-begin": "bắt đầu nhật ký: niêm phong dữ liệu có sẵn",
    "schema": "nâng cấp cơ sở dữ liệu: niêm phong lại",
    "change": "thay đổi dữ liệu",
    "configuration": "áp dụng dữ liệu kế hoạch, lịch làm việc",
    "plan-start": "khởi động kế hoạch",
    "plan-end": "kết thúc kế hoạch",
    "sweep": "rà soát trong ngày",
    "hand-over-all": "bàn giao nhiệm vụ khi sắp xếp đơn vị",
    "open": "mở nhiệm vụ đến kỳ trước lượt rà soát",
    "deliver": "lượt gửi thư",
    "mail-retry": "cho gửi lại thư",
    "mail-back": "ghi nhận thư bị trả lại",
    "mail-pass-on": "chuyển nơi khác thư không gửi được",
    "mail-hold": "giữ thư",
    "mail-lift": "thôi giữ thư",
    "address-lift": "bỏ dấu địa chỉ không nhận thư",
    "contacts-import": "nhập danh sách đầu mối",
    "contacts-save": "cập nhật đầu mối",
    "contacts-address": "đặt địa chỉ chính thức của đơn vị",
    "contacts-confirm": "xác nhận đầu mối còn đúng",
    "contacts-name": "nêu lãnh đạo, công chức phụ trách trong kế hoạch",
    "contacts-confirmed": "đồng ý thay đổi đầu mối",
    "contacts-refused": "không đồng ý thay đổi đầu mối",
    "contacts-withdrawn": "dừng đề nghị thay đổi đầu mối",
    "link": "tạo đường dẫn",
    "login-link": "tạo đường dẫn đăng nhập",
    "login-ask": "đề nghị đường dẫn đăng nhập",
    "link-renew": "gửi lại đường dẫn",
    "sign-in": "đăng nhập",
    "sign-out": "kết thúc phiên đăng nhập",
    "revoke": "thu hồi đường dẫn, phiên đăng nhập",
    "assign": "giao việc trong đơn vị",
    "draft-present": "trình dự thảo báo cáo",
    "draft-return": "đề nghị sửa dự thảo đã trình",
    "day-document": "ghi văn bản ấn định thời hạn",
    "day-document-withdraw": "rút văn bản ấn định thời hạn",
    "grade-draft": "lập dự thảo mức độ hoàn thành của quý",
    "grade-contest": "đơn vị đề nghị xem lại mức độ hoàn thành",
    "grade-accept": "đơn vị đồng ý mức độ hoàn thành",
    "grade-reply": "trả lời đơn vị, lập lại dự thảo mức độ hoàn thành",
    "grade-publish": "công bố mức độ hoàn thành",
    "paper-make": "lập dự thảo văn bản",
    "paper-sign": "ghi số, ngày, người ký của văn bản",
    "probe-lay": "ghi kế hoạch riêng để tự kiểm hằng ngày",
    "key-accept": "xác nhận khóa ký hiện có",
    "grant": "cấp quyền dùng cơ sở dữ liệu cho tài khoản của trang web",
    "restore": "khôi phục từ bản sao lưu",
    "head-accept": "lấy đuôi nhật ký như hiện có",
    "mail-release": "cho gửi thư sau khi khôi phục",
}


def known_happenings() -> tuple[str, ...]:
    """Return the codes of all that a row of the journal can be about."""
    return (*JOURNAL_WORDS, *DEED_WORDS)


def words_of(house: House, what: str) -> str:
    """Return what a row of the journal says it is."""
    return JOURNAL_WORDS.get(what) or deed_words(house, what)


def on_paper(digest: str) -> str:
    """Return a hash as it stands in a mail or a report: sixteen letters in four groups."""
    return "-".join(digest[at : at + GROUP] for at in range(0, SHORT, GROUP))


def mark_on_paper(connection: Connection) -> str:
    """Return the end of the journal for a paper; empty where there is no journal."""
    end = head(connection)
    return on_paper(end.hash) if end else ""


def from_paper(text: str) -> str:
    """Return the beginning of a hash that somebody read off a paper."""
    return "".join(c for c in text.lower() if c in "0123456789abcdef")
