"""What is taken as evidence, and what is not whatever it is called."""

from collections.abc import Callable
from io import BytesIO

import pytest

from obligations.errors import Invalid
from tasks_lib.evidence import evidence_packages
from tasks_lib.evidence.evidence_types import MEDIA_TYPES, media_type_of
from tests.support.life import samples


def short(value: object) -> str:
    """Name a case without its bytes, which differ from one run to the next."""
    return value if isinstance(value, str) else "content"


WORD, EXCEL, PICTURE = samples.word(), samples.excel(), samples.png()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Biên bản.pdf", samples.PDF),
        ("BIÊN BẢN.PDF", samples.PDF),
        ("ảnh.jpg", samples.JPEG),
        ("ảnh.jpeg", samples.JPEG),
        ("ảnh.png", PICTURE),
        ("ảnh.heic", samples.heic()),
        ("ảnh.heic", samples.heic(b"mif1")),
        ("ảnh.heif", samples.heic()),
        ("quét.tif", samples.TIFF),
        ("quét.tiff", samples.TIFF_BIG_ENDIAN),
        ("báo cáo.docx", WORD),
        ("số liệu.xlsx", EXCEL),
        ("báo cáo.odt", samples.open_text()),
        ("báo cáo.doc", samples.legacy("WordDocument", "1Table")),
        ("số liệu.xls", samples.legacy("Workbook")),
        ("số liệu.xls", samples.legacy("Book")),
        ("trình chiếu.ppt", samples.legacy("PowerPoint Document")),
        ("biểu đồ.docx", samples.package({"word/embeddings/Bang1.xlsx": EXCEL}, base=WORD)),
        ("hình vẽ.docx", samples.package({"word/media/image1.emz": b"\x1f\x8b\x08" + bytes(20)}, base=WORD)),
    ],
    ids=short,
)
def test_what_offices_hand_in_is_taken(name: str, content: bytes) -> None:
    assert media_type_of(name, BytesIO(content)) == MEDIA_TYPES["." + name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        samples.SVG,
        samples.SCRIPT,
        samples.PROGRAM,
        b"van ban",
        b"   <html>",
        b"\x00",
        samples.HTML + samples.PDF,
        samples.SVG + samples.JPEG,
        bytes(546) + b"jbjb",
        samples.legacy("!_StringPool"),
        samples.package({"a.txt": b"a"}),
        bytes.fromhex("ffd9"),
    ],
    ids=short,
)
@pytest.mark.parametrize("extension", sorted(MEDIA_TYPES))
def test_a_borrowed_extension_helps_nobody(content: bytes, extension: str) -> None:
    with pytest.raises(Invalid, match=rf"^tệp 'a{extension}' có nội dung không đúng với phần mở rộng"):
        media_type_of(f"a{extension}", BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", WORD),
        ("a.docx", EXCEL),
        ("a.xlsx", WORD),
        ("a.docx", samples.open_text()),
        ("a.odt", WORD),
        ("a.ods", samples.open_text()),
        ("a.jpg", PICTURE),
        ("a.png", samples.JPEG),
        ("a.doc", samples.legacy("Workbook")),
        ("a.xls", samples.legacy("WordDocument")),
        ("a.doc", WORD),
        ("a.docx", samples.legacy("WordDocument")),
        ("a.pdf", samples.PDF[1:]),
        ("a.docx", samples.package({"word/document.xml": b"<w/>"})),
    ],
    ids=short,
)
def test_one_kind_does_not_pass_for_another(name: str, content: bytes) -> None:
    with pytest.raises(Invalid, match="không đúng với phần mở rộng"):
        media_type_of(name, BytesIO(content))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.html", "thuộc loại không nhận; gửi PDF, ảnh"),
        ("a.svg", "thuộc loại không nhận"),
        ("a.pdf.exe", "thuộc loại không nhận"),
        ("a.js", "thuộc loại không nhận"),
        ("a", "không có phần mở rộng"),
        ("a.zip", "là tệp nén; giải nén"),
        ("a.rar", "là tệp nén"),
        ("a.xlsm", "có macro; lưu lại không có macro"),
        ("a.docm", "có macro"),
    ],
)
def test_an_extension_that_is_not_taken_is_told_what_to_do(name: str, said: str) -> None:
    with pytest.raises(Invalid, match=f"^tệp '{name}' {said}") as refused:
        media_type_of(name, BytesIO(samples.PDF))
    assert "\n" not in str(refused.value)


def _nested() -> bytes:
    inner = samples.package({"word/embeddings/Bang.xlsx": EXCEL}, base=WORD)
    return samples.package({"word/embeddings/Trong.docx": inner}, base=WORD)


def _bomb_inside() -> bytes:
    inner = samples.package({"xl/worksheets/sheet9.xml": bytes(30 * 1024 * 1024)}, base=EXCEL)
    return samples.package({"word/embeddings/Bang.xlsx": inner}, base=WORD)


def _lying_bomb() -> bytes:
    return samples.lying(samples.package({"word/document.xml": bytes(30 * 1024 * 1024)}), 1000)


def _many_parts() -> bytes:
    return samples.package({f"word/{n}.xml": b"" for n in range(evidence_packages.MOST_ENTRIES + 1)})


@pytest.mark.parametrize("make", [samples.bomb, _bomb_inside, _lying_bomb, _many_parts])
def test_a_bomb_does_not_go_off(make: Callable[[], bytes]) -> None:
    content = make()
    assert len(content) < 1024 * 1024
    with pytest.raises(Invalid, match="lớn bất thường"):
        media_type_of("a.docx", BytesIO(content))


def test_what_unpacks_beyond_the_limit_is_refused_also_when_it_packs_badly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evidence_packages, "LARGEST_INSIDE", 1000)
    with pytest.raises(Invalid, match="lớn bất thường"):
        media_type_of("a.docx", BytesIO(WORD))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", samples.legacy("EncryptionInfo", "EncryptedPackage"), "có đặt mật khẩu; bỏ mật khẩu"),
        ("a.xls", samples.legacy("Workbook", "EncryptedPackage"), "có đặt mật khẩu"),
        ("a.docx", samples.with_password(WORD), "có đặt mật khẩu"),
        (
            "a.odt",
            samples.open_text(**{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
            "có đặt mật khẩu",
        ),
        ("a.doc", samples.legacy("WordDocument", "Macros", "_VBA_PROJECT"), "có macro"),
        ("a.docx", samples.package({"word/vbaProject.bin": b"x"}, base=WORD), "có macro"),
        (
            "a.docx",
            samples.package(
                {
                    "[Content_Types].xml": "<Types>document.macroEnabled.main</Types>".encode("utf-16"),
                    "word/document.xml": b"<w/>",
                }
            ),
            "có macro",
        ),
        ("a.odt", samples.open_text(**{"Basic/Standard/Module1.xml": b"<x/>"}), "có macro"),
        ("a.docx", samples.package({"word/a.zip": samples.package({"a": b"a"})}, base=WORD), "chứa tệp nén"),
        ("a.docx", samples.package({"word/a.bin": b"Rar!\x1a\x07"}, base=WORD), "chứa tệp nén"),
        ("a.docx", _nested(), "chứa tệp nén bên trong"),
        ("a.docx", WORD[:-40], "bị hỏng"),
        ("a.docx", samples.unusual(), "bị hỏng"),
        ("a.docx", samples.lying(samples.package({"word/document.xml": b"<w/>" * 9}), 3), "bị hỏng"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "bị hỏng"),
    ],
    ids=short,
)
def test_what_a_desk_could_not_open_safely_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=f"^tệp '{name}' {said}"):
        media_type_of(name, BytesIO(content))


def test_a_part_flipped_on_the_way_is_noticed() -> None:
    stored = samples.package({"[Content_Types].xml": samples.TYPES, "word/document.xml": b"<w/>" * 9}, 0)
    with pytest.raises(Invalid, match="bị hỏng"):
        media_type_of("a.docx", BytesIO(stored.replace(b"<w/><w/>", b"<w/><v/>", 1)))
