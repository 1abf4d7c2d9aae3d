"""A filled skeleton of `dondoc report template`: what is wrong is told by file and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from obligations.errors import Fault, Faults, Invalid
from obligations.words import legible
from tasks_lib.answering.report_draft import SCHEMA, ReportDraft, RowDraft, Text, absent

WORDS = {
    "string_type": "cần một đoạn chữ",
    "dict_type": "cần các cặp khóa và giá trị",
    "extra_forbidden": "trường không có trong mẫu",
    "literal_error": f"tệp theo mẫu khác phiên bản; lấy mẫu mới bằng 'report template' (bản {SCHEMA})",
}
ROWS = "cần danh sách các dòng như mẫu 'report template'"
MISSING = "cần danh sách mã đơn vị chưa báo cáo"


class RowOfFile(RowDraft):
    """One entry of a file's `rows`; what the skeleton tells beside the fields is not read back."""

    row: Text = ""
    item: object = None
    title: object = None
    part: object = None
    asks: object = None


class ReportFile(BaseModel):
    """What a file says of a cycle report; what else stands in it is not read back."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    obligation: object = None
    schema_version: Literal[1] = SCHEMA
    text: Text = ""
    difficulty: Text = ""
    missing: Annotated[list[object], absent([])] = Field(default_factory=list)
    rows: list[RowOfFile]

    @property
    def draft(self) -> ReportDraft:
        """Return it as the form would have it."""
        return ReportDraft(
            text=self.text,
            difficulty=self.difficulty,
            rows={row.row: row.as_row for row in self.rows},
            missing=tuple(str(agency) for agency in self.missing),
        )


def read_file(path: Path) -> ReportFile:
    """Read a filled skeleton; raise Faults naming the file, and every field that is none."""
    form = _load(path)
    try:
        found = ReportFile.model_validate(form)
    except ValidationError as error:
        faults = [_fault(form, told) for told in error.errors(include_url=False, include_input=False)]
        raise Faults(list(dict.fromkeys(faults)), path.name) from None
    for row in _twice(found):
        raise Invalid(f"{path.name}: rows: dòng {row} có hai lần")
    return found


def _fault(form: dict[str, object], told: ErrorDetails) -> Fault:
    """Say what is wrong in Vietnamese, at its field; of a row also which item it is of."""
    where = told["loc"]
    name, words = str(where[0]), WORDS.get(told["type"], told["msg"])
    if name == "rows" and len(where) <= 2:  # noqa: PLR2004 - the list, or one entry as a whole
        words, where = ROWS, ("rows",)
    elif name == "missing":
        words = MISSING
    called = ".".join(map(str, where[2:] if name == "rows" and len(where) > 2 else where))  # noqa: PLR2004
    of_item = f"nhiệm vụ {_item(form, where)}: " if name == "rows" and len(where) > 1 else ""
    return Fault(".".join(map(str, where)), f"{of_item}{called}: {words}")


def _item(form: dict[str, object], where: tuple[int | str, ...]) -> object:
    rows = form.get("rows")
    entry = rows[where[1]] if isinstance(rows, list) and isinstance(where[1], int) else None
    return entry.get("item") if isinstance(entry, dict) else None


def _twice(found: ReportFile) -> Iterator[str]:
    seen: set[str] = set()
    for row in found.rows:
        if row.row in seen:
            yield row.row
        seen.add(row.row)


def _load(path: Path) -> dict[str, object]:
    try:
        form = _legible(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Invalid(f"{path.name}: không đọc được tệp ({error.strerror})") from None
    except ValueError as error:
        raise Invalid(f"{path.name}: không phải JSON hợp lệ ({error})") from None
    except RecursionError:
        raise Invalid(f"{path.name}: không phải JSON hợp lệ (lồng nhau quá sâu)") from None
    if not isinstance(form, dict):
        raise Invalid(f"{path.name}: cần một đối tượng JSON như mẫu 'report template'")
    return form


def _legible(value: object) -> object:
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, list):
        return [_legible(one) for one in value]
    if isinstance(value, dict):
        return {legible(key): _legible(one) for key, one in value.items()}
    return value
