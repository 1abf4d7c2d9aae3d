"""Names of evidence files are shown, never trusted."""

import unicodedata
from email.message import Message
from pathlib import PurePath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks_lib.evidence.evidence_names import LONGEST, clean, disposition

EXTENSIONS = st.sampled_from([".pdf", ".docx", ".JPG", ".xlsx"])


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Biên bản họp thôn.pdf", "Biên bản họp thôn.pdf"),
        (unicodedata.normalize("NFD", "Biên bản họp thôn.pdf"), "Biên bản họp thôn.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"..\..\windows\system32\a.pdf", "a.pdf"),
        (r"C:\fakepath\Báo cáo.docx", "Báo cáo.docx"),
        ("/tmp/..", "tep"),
        ("", "tep"),
        ("...", "tep"),
        (".htaccess", "htaccess"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "ab Set-Cookie_ x.pdf"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("a   b .pdf", "a b.pdf"),
        ("a.pdf. . ", "a.pdf"),
        ('"><script>.pdf', "___script_.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_made_plain(given_name: str, kept: str) -> None:
    assert clean(given_name) == kept


@given(st.text(max_size=400))
@example("a." + "b" * 200)
@example("\u0301/\u0301.pdf")
def test_whatever_the_name_the_result_is_one_plain_component(name: str) -> None:
    kept = clean(name)
    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set('/\\<>:"|?*')
    assert kept[0] not in ". "
    assert kept[-1] not in ". "
    assert not any(unicodedata.category(c).startswith("C") for c in kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert clean(kept) == kept


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=300), EXTENSIONS)
def test_an_extension_outlives_a_name_that_is_too_long(stem: str, extension: str) -> None:
    assert PurePath(clean(stem + extension)).suffix == extension


@given(st.text(max_size=200))
def test_a_download_carries_the_name_and_nothing_else(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert not set(header) & set('\r\n"\\')
    read = Message()
    read["Content-Disposition"] = header
    assert read.get_content_disposition() == "attachment"
    assert read.get_filename() == clean(name)
