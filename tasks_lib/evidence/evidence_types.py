"""What kinds of evidence are taken: the extension must be known, and the bytes must be what it says."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO

import puremagic

from tasks_lib.evidence.evidence_legacy import LEGACY_STREAMS, check_legacy
from tasks_lib.evidence.evidence_packages import PACKAGE_PARTS, check_package
from tasks_lib.evidence.evidence_refusals import has_macros, is_not_what_it_says, refused

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""Extension → as what it is served. Signed scans, photographs from a phone, office files; no archives, whose
contents nobody at a desk sees."""
TAKEN = "PDF, ảnh (JPG, PNG, HEIC, TIF), Word, Excel, PowerPoint"
"""The same for a user."""
_WITH_MACROS = {".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppsm"}
_ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tgz", ".tar"}
# One picture, more than one way to write its extension.
_SAME = {
    ".jpeg": {".jpg", ".jpeg"},
    ".tif": {".tif", ".tiff"},
    ".tiff": {".tif", ".tiff"},
    ".heic": {".heic", ".heif"},
    ".heif": {".heic", ".heif"},
}
_HEAD = 4096
# Some telephones open a HEIC picture with its family's mark, which the library of signatures has not.
_HEIF_FAMILY = {b"ftypmif1", b"ftypmsf1"}


def media_type_of(name: str, content: BinaryIO) -> str:
    """Return as what a file is served; raise Invalid unless it may be taken and is what its name says."""
    extension = PurePath(name).suffix.lower()
    _check_extension(name, extension)
    content.seek(0)
    if extension in PACKAGE_PARTS:
        check_package(name, extension, content)
    elif extension in LEGACY_STREAMS:
        check_legacy(name, extension, content)
    elif not _begins_as(extension, content.read(_HEAD)):
        raise is_not_what_it_says(name, extension)
    return MEDIA_TYPES[extension]


def _check_extension(name: str, extension: str) -> None:
    if extension in MEDIA_TYPES:
        return
    if extension in _WITH_MACROS:
        raise has_macros(name)
    if extension in _ARCHIVES:
        raise refused(name, "là tệp nén", "giải nén rồi đính kèm từng tệp")
    raise refused(name, "thuộc loại không nhận" if extension else "không có phần mở rộng", f"gửi {TAKEN}")


def _begins_as(extension: str, head: bytes) -> bool:
    if extension in {".heic", ".heif"} and head[4:12] in _HEIF_FAMILY:
        return True
    try:
        # Without the name: told one, the library believes it where it knows nothing better.
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return False
    # Marks further inside can stand in any file; a file is what it begins as.
    found = {match.extension for match in matches if match.offset in (0, 4)}
    return bool(found & _SAME.get(extension, {extension}))
