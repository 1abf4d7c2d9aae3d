"""Changes of the file of report cycles that keep its remarks: a cycle added, moved, switched off."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from config.disk import write_whole
from config.export import head_of, plan_file
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.errors import Invalid, Refused
from obligations.model import Plan


@dataclass(frozen=True, kw_only=True)
class NewCycle:
    """A cycle to be added, as its row of the file will say it."""

    key: str
    name: str
    every: str
    """month, quarter, half or year."""
    month: int | None
    """The last month of one that comes once a year; None for the others."""
    before_day: Mapping[str, int]
    close_day: Mapping[str, int]
    only: int | None = None
    """The one year it is of."""


class CycleFile:
    """A plan's file of cycles: changed, and written back once the whole directory still reads well."""

    def __init__(self, configuration: Configuration, plan: Plan) -> None:
        if configuration.directory == OWN_DIRECTORY:
            raise Refused(
                "dữ liệu đi kèm chương trình không sửa được: xuất ra thư mục riêng bằng"
                " 'dondoc plan export --out THƯ_MỤC', rồi đặt DONDOC_CONFIG_DIR"
            )
        self._directory = configuration.directory
        self.path = self._directory / head_of(plan_file(self._directory, plan))["cycles"]
        self._read = self.path.read_text(encoding="utf-8")
        self._document = tomlkit.parse(self._read)

    def add(self, new: NewCycle) -> None:
        """Add a cycle after those there are; raise Invalid where one has its key."""
        if new.key in {row["key"] for row in self._rows()}:
            raise Invalid(f"kỳ báo cáo {new.key}: đã có trong {self.path.name}")
        row = tomlkit.table()
        row.update({"key": new.key, "name": new.name, "every": new.every})
        row.update({name: value for name, value in (("month", new.month), ("only", new.only)) if value})
        for field, days in (("before_day", new.before_day), ("close_day", new.close_day)):
            row[field] = tomlkit.inline_table()
            row[field].update(days)
        self._rows().append(row)

    def move(self, key: str, before_day: Mapping[str, int], close_day: Mapping[str, int]) -> None:
        """Give a cycle other days at some levels; the rest stays."""
        row = self._row(key)
        for field, days in (("before_day", before_day), ("close_day", close_day)):
            row[field].update(days)

    def switch(self, key: str, off_from: date | None) -> None:
        """Switch a cycle off from a day on, or on again."""
        row = self._row(key)
        if off_from is None:
            row.pop("off_from", None)
        else:
            row["off_from"] = off_from

    def checked(self) -> Configuration:
        """Return the configuration as it would be; raise ConfigError with every fault, and change nothing."""
        with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
            aside = Path(folder) / "config"
            shutil.copytree(self._directory, aside, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
            (aside / self.path.name).write_text(tomlkit.dumps(self._document), encoding="utf-8")
            return load_configuration(aside)

    def write(self) -> None:
        """Write the file, unless somebody else has changed it meanwhile."""
        if self.path.read_text(encoding="utf-8") != self._read:
            raise Refused(f"{self.path.name} vừa được người khác sửa, đề nghị chạy lại lệnh")
        write_whole(self.path, tomlkit.dumps(self._document).encode())

    def _rows(self) -> AoT:
        rows = self._document.setdefault("cycle", tomlkit.aot())
        assert isinstance(rows, AoT)
        return rows

    def _row(self, key: str) -> Table:
        for row in self._rows():
            if row["key"] == key and isinstance(row, Table):
                return row
        known = ", ".join(str(row["key"]) for row in self._rows())
        raise Invalid(f"không có kỳ báo cáo '{key}' trong {self.path.name}; hiện có: {known}")
