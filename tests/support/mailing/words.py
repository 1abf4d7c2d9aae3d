"""What a reader of a mail's HTML part sees, and words no mail says."""

from html.parser import HTMLParser

NEVER = (
    "nghĩa vụ",
    "bậc thang",
    "trả lại",
    "miễn",
    "vi phạm",
    "cảnh báo",
    "nhắc nhở",
    "chấp hành",
    "phê bình",
    "yêu cầu",
)
NEVER_TO_INVITED = ("quá hạn", "đôn đốc", "xử lý", "nhắc việc", "chậm")


class Words(HTMLParser):
    """Collects what a reader of the HTML part sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.hidden = False
        self.fetched: list[str] = []

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The line beside the subject is no part of the letter.
        self.hidden = any("display:none" in (value or "") for _, value in attrs)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "background"}]
        assert tag not in {"script", "link", "img", "iframe", "style"}


def words_of(html: str) -> str:
    reader = Words()
    reader.feed(html)
    assert not reader.fetched
    return " ".join(" ".join(reader.seen).split())
