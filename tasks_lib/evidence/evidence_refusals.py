"""How a file that is not taken is spoken of: one line with its name and what to do."""

from __future__ import annotations

from obligations.errors import Invalid


def refused(name: str, why: str, remedy: str) -> Invalid:
    """Return the refusal of a file."""
    return Invalid(f"tệp '{name}' {why}; {remedy}")


def is_not_what_it_says(name: str, extension: str) -> Invalid:
    """Return the refusal of a file whose bytes are not what its extension says."""
    return refused(
        name, f"có nội dung không đúng với phần mở rộng {extension}", "lưu lại đúng loại hoặc quét thành PDF"
    )


def has_macros(name: str) -> Invalid:
    """Return the refusal of a file that carries programs."""
    return refused(name, "có macro", "lưu lại không có macro (.docx, .xlsx) hoặc dưới dạng PDF")


def is_encrypted(name: str) -> Invalid:
    """Return the refusal of a file that opens with a password only."""
    return refused(name, "có đặt mật khẩu", "bỏ mật khẩu rồi đính kèm lại")


def is_broken(name: str) -> Invalid:
    """Return the refusal of a file that cannot be read to its end."""
    return refused(name, "bị hỏng, không mở được", "mở lại trên máy, lưu thành tệp mới rồi đính kèm")


def grows_too_large(name: str) -> Invalid:
    """Return the refusal of a file that unpacks to more than any honest document does."""
    return refused(name, "khi mở ra lớn bất thường", "lưu dưới dạng PDF rồi đính kèm lại")
