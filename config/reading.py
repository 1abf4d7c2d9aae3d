"""Reads TOML and CSV files so that every fault is told with its file, item and field."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.day_rows import EDGE
from config.errors import FaultLog
from config.mirror import NO_ADDRESS, Mirror

M = TypeVar("M", bound=Mirror)

UNREAD = date.min
"""Stands in for a date that could not be read, so that the rest of the file is still checked."""
LONGEST_LIST_OF_BAD_DATES = 100
BARE_DATE = re.compile(r"(?<==\s)\d+-\d+-\d+|(?<==)\d+-\d+-\d+")
POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
WORDS = {
    "missing": "thiếu trường này",
    "extra_forbidden": "không có trường này, đề nghị kiểm tra chính tả",
    "string_too_short": "không được để trống",
    "too_short": "không được để trống",
    "string_type": "phải là chữ trong ngoặc kép",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "float_parsing": "phải là số, phần lẻ sau dấu chấm",
    "bool_type": "phải là true hoặc false",
    "date_type": "phải là một ngày, viết như 2022-07-15",
    "date_from_datetime_parsing": "phải là một ngày, viết như 2022-07-15",
    "list_type": "phải là danh sách trong ngoặc vuông",
    "dict_type": "phải là bảng trong ngoặc nhọn",
    "model_type": "phải là bảng trong ngoặc nhọn",
    "edge": EDGE,
    "no_address": NO_ADDRESS,
}

NOUNS = {
    "level": "cấp",
    "item": "nhiệm vụ",
    "duty": "nhiệm vụ",
    "request": "nội dung đề nghị",
    "content": "nội dung",
    "agency": "cơ quan",
    "group": "nhóm",
    "units": "danh sách đơn vị",
    "contact": "đầu mối",
    "successors": "bảng kế thừa",
    "cycle": "kỳ báo cáo",
    "ladder": "các mức nhắc việc",
    "regulation": "quy định",
    "office": "cơ quan ký",
    "paper": "văn bản",
    "off": "ngày nghỉ",
    "work": "ngày làm bù",
    "rule": "quy tắc",
}
"""What the tables are called in a fault."""


class TomlFile:
    """One file, read once; what is wrong with it goes to the log and the rest can still be used."""

    def __init__(self, path: Path, log: FaultLog) -> None:
        self.name = path.name
        self.log = log
        text = read_text(path, log)
        data = None if text is None else _parse(self.name, text, log)
        self.broken = data is None
        self.sure = not self.broken
        """False when a key is missing or doubled: an unknown name may then be the one that got lost."""
        self._data: dict[str, object] = data or {}
        self._asked: set[str] = set()

    def table(self, section: str, mirror: type[M]) -> M | None:
        """Return the one table of this name, or None if it is missing or wrong."""
        self._asked.add(section)
        if section not in self._data:
            if not self.broken:
                self.log.add(self.name, "", f"[{section}]", "thiếu bảng này")
            return None
        return _validate(mirror, self._data[section], self.name, f"[{section}]", self.log)

    def rows(self, section: str, mirror: type[M], key: str = "key", unique: bool = True) -> list[M]:
        """Return the sound tables of an array; a second one with the same key is a fault."""
        self._asked.add(section)
        rows: list[M] = []
        seen: set[str] = set()
        for number, raw in enumerate(self._raw(section), start=1):
            label = f"{NOUNS[section]} {raw.get(key, f'thứ {number}')}"
            if unique and key in raw and str(raw[key]) in seen:
                self.log.add(self.name, label, key, "trùng, đã có ở trên")
                self.sure = False
                continue
            self.sure = self.sure and (key in raw or not unique)
            seen.add(str(raw.get(key)))
            row = _validate(mirror, raw, self.name, label, self.log)
            rows += [row] if row is not None else []
        return rows

    def keys(self, section: str, key: str = "key") -> set[str]:
        """Return the keys as written, those of unsound tables too."""
        return {name for raw in self._raw(section) if isinstance(name := raw.get(key), str)}

    def finish(self) -> None:
        """Tell sections nobody asked for."""
        for section in self._data.keys() - self._asked:
            self.log.add(self.name, "", section, WORDS["extra_forbidden"])

    def _raw(self, section: str) -> list[dict[str, object]]:
        found = self._data.get(section, [])
        if isinstance(found, list) and all(isinstance(raw, dict) for raw in found):
            return found
        self.log.add(self.name, "", section, f"phải viết thành [[{section}]]")
        return []


def read_text(path: Path, log: FaultLog) -> str | None:
    """Return a file's text, or None with a fault."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        log.add(path.name, "", "", "không đọc được tệp")
    except UnicodeDecodeError:
        log.add(path.name, "", "", "tệp phải lưu dạng UTF-8")
    return None


def csv_rows(path: Path, columns: tuple[str, ...], log: FaultLog) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ("dòng 5", its values) of a CSV file that must have these columns."""
    text = read_text(path, log)
    if text is None:
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    absent = [column for column in columns if column not in (reader.fieldnames or ())]
    for column in absent:
        log.add(path.name, "dòng 1", column, "thiếu cột này")
    if absent:
        return
    for raw in reader:
        label = f"dòng {reader.line_num}"
        if None in raw or any(value is None for value in raw.values()):
            log.add(path.name, label, "", f"phải có {len(reader.fieldnames or ())} ô")
        elif any(raw.values()):
            yield label, {column: raw[column].strip() for column in columns}


def csv_models(path: Path, mirror: type[M], log: FaultLog) -> Iterator[tuple[str, M]]:
    """Yield ("dòng 5", its typed row) of a CSV file whose columns are the mirror's fields."""
    for label, raw in csv_rows(path, tuple(mirror.model_fields), log):
        row = _validate(mirror, raw, path.name, label, log)
        if row is not None:
            yield label, row


def _validate(mirror: type[M], raw: object, file: str, label: str, log: FaultLog) -> M | None:
    try:
        return mirror.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            log.add(file, label, ".".join(str(part) for part in detail["loc"]), explain(detail))
    return None


def explain(detail: ErrorDetails) -> str:
    """Say in Vietnamese what the validator found."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in WORDS:
        return WORDS[kind]
    if "expected" in context:
        return f"không nhận {detail['input']!r}, chỉ nhận {str(context['expected']).replace(' or ', ', ')}"
    return f"giá trị {detail['input']!r} không hợp lệ ({detail['msg']})"


def _parse(name: str, text: str, log: FaultLog) -> dict[str, object] | None:
    """Parse TOML; a date that does not exist is told and stood in for, anything else ends the file."""
    for _ in range(LONGEST_LIST_OF_BAD_DATES):
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            repaired = _tell(name, text, str(error), log)
            if repaired is None:
                return None
            text = repaired
    return None


def _tell(name: str, text: str, error: str, log: FaultLog) -> str | None:
    """Note a syntax fault with its line, item and field; return the text mended if it was only a date."""
    position = POSITION.search(error)
    if position is None:
        log.add(name, "", "", f"không đúng cú pháp TOML ({error})")
        return None
    number, column = int(position[1]), int(position[2]) - 1
    lines = text.split("\n")
    line = lines[number - 1]
    bad = _bad_date(line)
    what = f"không đúng cú pháp TOML ({POSITION.sub('', error).strip()})"
    if bad is not None:
        column, what = bad.start(), f"ngày {bad[0]} không có thật hoặc viết sai"
    log.add(name, _item_around(lines, number - 1), _field_at(line, column), f"{what} (dòng {number})")
    if bad is None:
        return None
    lines[number - 1] = line[: bad.start()] + UNREAD.isoformat() + line[bad.end() :]
    return "\n".join(lines)


def _bad_date(line: str) -> re.Match[str] | None:
    """Find a value that looks like a date and is none: 2022-02-30, 2022-7-5."""
    for found in BARE_DATE.finditer(line):
        try:
            date.fromisoformat(found[0])
        except ValueError:
            return found
    return None


def _field_at(line: str, column: int) -> str:
    """Name the field whose value stands at a column: "deadline.day" inside an inline table."""
    names = re.findall(r"([\w-]+)\s*=", line[:column])
    outer = re.match(r"\s*([\w-]+)\s*=\s*\[?\s*\{", line)
    if outer and names and names[-1] != outer[1]:
        return f"{outer[1]}.{names[-1]}"
    return names[-1] if names else ""


def _item_around(lines: list[str], at: int) -> str:
    """Name the table around a line by its key."""
    start = next((n for n in range(at, -1, -1) if lines[n].startswith("[")), None)
    if start is None:
        return ""
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("[")), len(lines))
    found = re.search(
        r'^(?:key|id|item|name|number)\s*=\s*"?([^"\n]+)', "\n".join(lines[start:end]), re.MULTILINE
    )
    header = lines[start].strip("[] \r")
    if found is None or not lines[start].startswith("[["):
        return f"[{header}]"
    return f"{NOUNS.get(header, header)} {found[1].strip()}"
