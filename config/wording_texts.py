"""The words around the time in a wording: what is done, by whom, and what nobody of us understands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from obligations.words import legible

DASHES = re.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NEW_PART = re.compile(r"\s*;\s*|\.\s+(?=[A-ZÀ-ỸĐ0-9])|\s*\n\s*[-+•]\s*")
BRACKETS = re.compile(r"\(([^()]*)\)")
ROUND_ABOUT = re.compile(
    r"(hoàn thành|thực hiện|xong|thời hạn|thời gian|tiến độ|hạn cuối|hạn chót|hạn|yêu cầu|phải)"
    r"(\s+(hoàn thành|thực hiện|xong|việc))*",
    re.IGNORECASE,
)
"""Words before a day that add nothing to it."""
TELLING = re.compile(r"(báo cáo|gửi báo cáo|nộp báo cáo|gửi|định kỳ|báo cáo định kỳ)", re.IGNORECASE)
ARRIVING = re.compile(
    r"((gửi|nộp) )?(báo cáo|kết quả)( (kết quả|thực hiện|kết quả thực hiện))?"
    r"(( (về|cho|đến|gửi))? (?P<to>(sở|ubnd|bộ|ban|văn phòng|công an|thanh tra|phòng)(?!\w)[^,:;()]*?))?"
    r"( để tổng hợp)?",
    re.IGNORECASE,
)
VERBS = (
    "ban hành|xây dựng|tổ chức|triển khai|báo cáo|tổng kết|sơ kết|lựa chọn|nghiệm thu|thử nghiệm|vận hành"
    "|trình|tham mưu|rà soát|đánh giá|công bố|đề xuất|hoàn thiện|phê duyệt|khởi công|khánh thành|kiểm tra"
    "|thẩm định|tổng hợp|gửi|nộp|hướng dẫn|tập huấn|tuyên truyền|cập nhật|thành lập|kết thúc|bắt đầu|dự thảo"
    "|lấy ý kiến|ký|bàn giao|công khai|đăng tải|khảo sát|hoàn thành|thực hiện|chuẩn bị|đăng ký|phát động"
    "|xét duyệt|giám sát|góp ý|xin ý kiến|thông qua|chạy thử|đưa vào|kết nối|số hóa|tiếp nhận|giải ngân"
    "|quyết toán|xác nhận"
)
PRODUCT = re.compile(rf"({VERBS})(?!\w).*", re.IGNORECASE)
BODY = re.compile(
    r"(các\s+)?(sở|ban|bộ(?!\s+(thủ tục|tiêu chí|chỉ số))|ubnd|hđnd|ủy ban|công an|văn phòng|thanh tra|phòng"
    r"|trung tâm|cục|chi cục|hội(?!\s+(nghị|thảo|thi))|đoàn|ubmttq|báo|đài|bảo hiểm|thuế|kho bạc|xã|phường"
    r"|đơn vị|cơ quan|địa phương|huyện|viện|trường(?!\s+hợp)|tổ)(?!\w)",
    re.IGNORECASE,
)
HOLDING = re.compile(rf"(?P<who>.+?)\s+(?P<what>chủ trì|({VERBS})(?!\w).*)")
"""A body and what it does: bodies' names are in capitals ("Ban Tổ chức"), what they do is not."""
OCCASION = re.compile(r"(?<!\w)(kỳ họp|phiên họp|đại hội|tết)(?!\w)", re.IGNORECASE)
"""What has a day of its own that no calendar of ours knows."""
NUMBERED = re.compile(r"(số\s+)?\d+/(\d{4}/)?[A-ZĐ][\wĐ-]*(\s+ngày\s+\d{1,2}/\d{1,2}/\d{4})?")
"""A document's number and day, which set nothing."""
ABOUT_TIME = re.compile(
    r"\d\s*[/.\-]\s*\d|(?<!\w)(quý|quí|tháng|ngày|năm|tuần|hằng|hàng|trước|định kỳ|đến hết|hạn|thường xuyên"
    r"|sau khi|giai đoạn|thứ hai|thứ ba|thứ tư|thứ sáu|chủ nhật|phấn đấu|chậm nhất|giờ)(?!\w)",
    re.IGNORECASE,
)
LAWFUL = re.compile(r"(của|tại|hiện hành|pháp luật|trong|về|hiện nay)(?!\w).*", re.IGNORECASE)
"""How "Theo quy định" goes on where it names which."""
SHOWN = 80
"""Letters of a wording that a question quotes."""
PUNCTUATION = " \t\n.,:;-/"


@dataclass(frozen=True)
class Said:
    """What words around a time say: what is done, by whom, to whom it is reported."""

    product: str = ""
    holder: str = ""
    unread: tuple[str, ...] = ()


def cleaned(text: str) -> str:
    """Return a cell's text with one form of every sign: composed letters, plain spaces and dashes."""
    plain = UNSEEN.sub("", unicodedata.normalize("NFC", legible(text)))
    plain = DASHES.sub("-", plain)
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    joined = "\n".join(line for line in lines if line)
    return re.sub(r"\n(?![-+•])", " ", joined).strip()


def parts_of(text: str) -> list[str]:
    """Split a cell at semicolons, at sentences and at listed lines; what is in brackets stays together."""
    kept = BRACKETS.sub(lambda found: found[0].replace(";", "\x01").replace(". ", "\x02"), text)
    parts = (part.replace("\x01", ";").replace("\x02", ". ") for part in NEW_PART.split(kept))
    return [stripped for part in parts if (stripped := part.strip(PUNCTUATION))]


def is_about_time(text: str) -> bool:
    """Whether words that were taken for no time speak of it all the same; numbers of documents do not."""
    return ABOUT_TIME.search(NUMBERED.sub("", text)) is not None


def around(text: str) -> Said:
    """Read words beside a time: a product, a holder, both, or what is not understood."""
    words = text.strip(PUNCTUATION)
    if not words or ROUND_ABOUT.fullmatch(words):
        return Said()
    if is_about_time(words) or OCCASION.search(words) or set("()") & set(words):
        return Said(unread=(words,))
    if PRODUCT.fullmatch(words):
        return Said(product=words)
    if BODY.match(words):
        held = HOLDING.fullmatch(words)
        if held is None:
            return Said(holder=words)
        return Said(holder=held["who"], product="" if held["what"].lower() == "chủ trì" else held["what"])
    return Said(unread=(words,))


def in_brackets(text: str) -> Said:
    """Read a remark in brackets: somebody's own part of the work is for a person to place."""
    said = around(text)
    if said.holder and said.product:
        return Said(unread=(text,))
    return said


def question(words: str, quoted: str) -> str:
    """Ask of some words, quoting them as they stand, shortened where they are long."""
    shown = quoted if len(quoted) <= SHOWN else f"{quoted[:SHOWN].rsplit(' ', 1)[0]}…"
    return f"{words}: “{' '.join(shown.split())}”" if quoted else words
