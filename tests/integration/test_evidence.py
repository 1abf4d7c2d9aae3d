"""Evidence from the form to the desk: kept once, given back as it came, taken away with a trace."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from obligations.errors import Invalid, Refused, Unavailable
from store.engine import reading
from store.evidence import File, files_of
from store.vault import CHUNK, Vault
from tasks_lib.answering.submit import Answer
from tasks_lib.evidence.evidence import content, fetch, how_removed, remove
from tasks_lib.evidence.looking import MOST_FILES, Upload, keep
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import with_settings
from tests.support.life import samples
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    at,
    history_of,
    reports_in,
    row,
    versions_of,
)

KEY, OTHER = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
MINUTES = Upload(name="Biên bản họp thôn.pdf", content=samples.PDF)
HASH = sha256(samples.PDF).hexdigest()
LATER = at("2022-07-12T09:00")


class Endless(io.RawIOBase):
    """A file that never ends, and knows how much of it was read."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return bytes(size)


@pytest.fixture(params=["", "memory://tai-lieu"], ids=["folder", "memory"])
def any_store(request: pytest.FixtureRequest, house: House) -> Iterator[House]:
    """A house whose evidence lies in its own folder, and one where it lies in another of fsspec's stores."""
    yield with_settings(house, evidence_url=request.param) if request.param else house
    with suppress(FileNotFoundError):
        fsspec.filesystem("memory").rm("/tai-lieu", recursive=True)


def _stored(house: House) -> list[str]:
    files, root = fsspec.core.url_to_fs(house.settings.evidence_url)
    return sorted(path.removeprefix(str(root)).lstrip("/") for path in files.find(root))


def _handed_in(house: House, key: str, *files: Upload) -> tuple[File, ...]:
    """Hand in a report with files and return them as they are stored."""
    reports_in(house, key, "2022-07-11T10:00", Answer(text="Đã họp", evidence=files))
    with reading(house.engine) as connection:
        return files_of(connection, [versions_of(house, key)[-1].id]).popitem()[1]


def _bytes(house: House, file: File) -> bytes:
    return b"".join(content(house, file))


def test_kept_by_its_hash_and_given_back_as_it_came(any_store: House) -> None:
    (stored,) = keep(any_store.settings, (MINUTES,))

    assert (stored.name, stored.sha256, stored.size) == (MINUTES.name, HASH, len(samples.PDF))
    assert stored.media_type == "application/pdf"
    assert _stored(any_store) == [f"{HASH[:2]}/{HASH}"]
    assert b"".join(Vault(any_store.settings.evidence_url).chunks(HASH)) == samples.PDF


def test_the_same_content_twice_is_one_file(any_store: House) -> None:
    again = Upload(name="ban-sao.pdf", content=io.BytesIO(samples.PDF))
    (kept,) = keep(any_store.settings, (MINUTES, again))
    (later,) = keep(any_store.settings, (kept, again))
    (alone,) = keep(any_store.settings, (again,))

    assert (kept.name, later.name, alone.name) == (MINUTES.name, MINUTES.name, "ban-sao.pdf")
    assert len(_stored(any_store)) == 1


def test_what_lies_under_a_hash_is_not_written_again(any_store: House) -> None:
    vault = Vault(any_store.settings.evidence_url)
    for content_given in (samples.PDF, b"other"):
        vault.put(HASH, io.BytesIO(content_given))
    assert b"".join(vault.chunks(HASH)) == samples.PDF


def test_a_file_from_the_command_line_is_kept_like_an_upload(house: House, tmp_path: Path) -> None:
    path = tmp_path / "Số liệu.xlsx"
    path.write_bytes(samples.excel())
    (stored,) = keep(house.settings, (path,))
    assert (stored.name, stored.size) == ("Số liệu.xlsx", path.stat().st_size)
    with pytest.raises(Invalid, match="không có tệp"):
        keep(house.settings, (tmp_path,))


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (Upload(name="rong.pdf", content=b""), "^tệp 'rong.pdf' rỗng"),
        (Upload(name="../../trang.html", content=samples.HTML), "^tệp 'trang.html' thuộc loại không nhận"),
        (Upload(name="anh.png", content=samples.SVG), "^tệp 'anh.png' có nội dung không đúng"),
        (Upload(name="to.pdf", content=samples.PDF + bytes(1024 * 1024)), "^tệp 'to.pdf' lớn hơn 1 MB"),
    ],
    ids=["empty", "html", "svg", "large"],
)
def test_one_bad_file_and_nothing_is_stored(any_store: House, bad: Upload, said: str) -> None:
    strict = with_settings(any_store, evidence_max_mb=1)
    with pytest.raises(Invalid, match=said):
        keep(strict.settings, (MINUTES, bad))
    assert _stored(strict) == []


def test_a_report_with_a_bad_file_is_not_handed_in(house: House) -> None:
    with pytest.raises(Invalid):
        _handed_in(house, KEY, MINUTES, Upload(name="a.svg", content=samples.SVG))
    assert versions_of(house, KEY) == []


def test_of_a_file_too_large_no_more_is_read_than_the_limit(house: House) -> None:
    endless = Endless()
    with pytest.raises(Invalid, match="lớn hơn 20 MB"):
        keep(house.settings, (Upload(name="phim.pdf", content=endless),))  # type: ignore[arg-type]
    assert endless.taken <= 20 * 1024 * 1024 + CHUNK


def test_exactly_the_limit_is_taken(house: House) -> None:
    full = samples.PDF.ljust(1024 * 1024, b"\n")
    strict = with_settings(house, evidence_max_mb=1)
    (stored,) = keep(strict.settings, (Upload(name="vua.pdf", content=full),))
    assert stored.size == 1024 * 1024


def test_more_files_than_a_report_takes(house: House) -> None:
    many = [
        Upload(name=f"{n}.pdf", content=samples.PDF + b"%" + str(n).encode()) for n in range(MOST_FILES + 1)
    ]
    assert len(keep(house.settings, many[:MOST_FILES])) == MOST_FILES
    with pytest.raises(Invalid, match="nhiều nhất 20 tệp, đã chọn 21"):
        keep(house.settings, many)


def test_a_store_that_fails_half_way_keeps_no_half_file(any_store: House) -> None:
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("đứt")
            return super().read(10)

    vault = Vault(any_store.settings.evidence_url)
    with pytest.raises(Unavailable, match="kho tài liệu kiểm chứng"):
        vault.put(HASH, Torn(samples.PDF))
    assert _stored(any_store) == []
    vault.put(HASH, io.BytesIO(samples.PDF))
    assert b"".join(vault.chunks(HASH)) == samples.PDF


def test_a_store_nobody_can_reach_is_said_in_one_line(house: House, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("no folder")
    for url in (str(tmp_path / "tep"), "nowhere://x"):
        with pytest.raises(Unavailable, match=r"DONDOC_EVIDENCE_URL") as fault:
            keep(with_settings(house, evidence_url=url).settings, (MINUTES,))
        assert "\n" not in str(fault.value)


def test_what_was_handed_in_is_fetched_with_whose_it_is(any_house: House) -> None:
    picture = Upload(name="ảnh.png", content=samples.png())
    minutes, photograph = _handed_in(any_house, KEY, MINUTES, picture)
    found = fetch(any_house, photograph.id)

    assert (found.obligation, found.agency_id, found.item) == (KEY, A_MU_SUNG, "1.2")
    assert found.file == photograph
    assert (photograph.name, photograph.media_type) == ("ảnh.png", "image/png")
    assert _bytes(any_house, photograph) == samples.png()
    assert _bytes(any_house, minutes) == samples.PDF
    with reading(any_house.engine) as connection:
        assert files_of(connection, []) == files_of(connection, [10**6]) == {}


def test_a_number_nobody_gave_out_is_bad_input(house: House) -> None:
    with pytest.raises(Invalid, match="không có tài liệu kiểm chứng số 77"):
        fetch(house, 77)
    with pytest.raises(Invalid, match="không có tài liệu kiểm chứng số 77"):
        remove(house, 77, SO_NOI_VU, LATER, "nhầm")


def test_a_content_that_has_gone_is_said_before_the_first_piece(house: House) -> None:
    (file,) = _handed_in(house, KEY, MINUTES)
    Vault(house.settings.evidence_url).delete(HASH)
    with pytest.raises(Unavailable):
        content(house, file)


@pytest.mark.parametrize("desk", [BAT_XAT, SO_NOI_VU])
def test_a_desk_takes_a_file_away_with_a_trace(any_house: House, desk: str) -> None:
    minutes, photograph = _handed_in(any_house, KEY, MINUTES, Upload(name="a.png", content=samples.png()))
    before = row(any_house, KEY)

    change = remove(any_house, minutes.id, desk, LATER, "có dữ liệu cá nhân", person="Lò Thị A")

    gone = fetch(any_house, minutes.id).file
    assert (gone.name, gone.removed_by, gone.removed_at) == (MINUTES.name, desk, LATER)
    trace = (
        f"tệp '{MINUTES.name}': {any_house.agency(desk).name} đã gỡ ngày 12/7/2022, lý do: có dữ liệu cá nhân"
    )
    assert how_removed(any_house, gone) == trace
    with pytest.raises(Refused, match="có dữ liệu cá nhân"):
        content(any_house, gone)
    last = history_of(any_house, KEY)[-1]
    assert (last.id, last.what, last.by, last.person) == (change.history_id, "remove-file", desk, "Lò Thị A")
    assert last.why == f"tệp '{MINUTES.name}': có dữ liệu cá nhân"
    assert row(any_house, KEY) == before
    assert [name[3:] for name in _stored(any_house)] == [photograph.sha256]


def test_a_content_another_report_has_too_stays_until_the_last_goes(any_house: House) -> None:
    (mine,), (theirs,) = _handed_in(any_house, KEY, MINUTES), _handed_in(any_house, OTHER, MINUTES)

    remove(any_house, mine.id, BAT_XAT, LATER, "đính kèm nhầm")
    assert _bytes(any_house, theirs) == samples.PDF

    remove(any_house, theirs.id, BAT_XAT, LATER, "đính kèm nhầm")
    assert _stored(any_house) == []


@pytest.mark.parametrize("stranger", [A_MU_SUNG, SA_PA, "so-y-te"])
def test_neither_the_unit_nor_another_desk_takes_files_away(house: House, stranger: str) -> None:
    (file,) = _handed_in(house, KEY, MINUTES)
    with pytest.raises(Refused, match=r"(UBND|Sở) .* không được gỡ tệp"):
        remove(house, file.id, stranger, LATER, "nhầm")
    assert _bytes(house, file) == samples.PDF
    assert history_of(house, KEY)[-1].what == "submit"


def test_without_a_reason_or_a_second_time_nothing_is_taken_away(house: House) -> None:
    (file,) = _handed_in(house, KEY, MINUTES)
    with pytest.raises(Invalid, match="nêu lý do"):
        remove(house, file.id, BAT_XAT, LATER, "  ")
    assert _bytes(house, file) == samples.PDF
    remove(house, file.id, BAT_XAT, LATER, "nhầm")
    with pytest.raises(Refused, match="đã được gỡ trước đó"):
        remove(house, file.id, SO_NOI_VU, LATER, "lần nữa")
    assert fetch(house, file.id).file.removed_by == BAT_XAT


def test_what_was_taken_away_can_be_handed_in_again(house: House) -> None:
    (file,) = _handed_in(house, KEY, MINUTES)
    remove(house, file.id, BAT_XAT, LATER, "thiếu dấu")
    (again,) = _handed_in(house, OTHER, MINUTES)
    assert _bytes(house, again) == samples.PDF
    with pytest.raises(Refused):
        content(house, fetch(house, file.id).file)
