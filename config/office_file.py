"""A file of an office's own folder, changed so that its remarks stay and all still reads well."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, InlineTable

from config.disk import write_whole
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.errors import Refused


class OfficeFile:
    """A file of TOML: changed in memory, and written once the whole directory would still read well."""

    def __init__(self, directory: Path, name: str) -> None:
        self._directory = directory
        self.path = office_folder(directory) / name
        self._read = self.path.read_text(encoding="utf-8")
        self.document = tomlkit.parse(self._read)

    def rows(self, name: str) -> AoT:
        """Return an array of tables, empty where the file has none yet."""
        rows = self.document.setdefault(name, tomlkit.aot())
        assert isinstance(rows, AoT)
        return rows

    def checked(self) -> Configuration:
        """Return the configuration as it would be; raise ConfigError with every fault, and change nothing."""
        return checked_with(self._directory, {self.path.name: tomlkit.dumps(self.document)})

    def write(self) -> None:
        """Write the file, unless somebody else has changed it meanwhile."""
        if self.path.read_text(encoding="utf-8") != self._read:
            raise Refused(f"{self.path.name} vừa được người khác sửa, đề nghị chạy lại lệnh")
        write_whole(self.path, tomlkit.dumps(self.document).encode())


def checked_with(directory: Path, files: Mapping[str, str]) -> Configuration:
    """Return the configuration as it would be with these files; raise ConfigError with every fault."""
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        aside = Path(folder) / "config"
        shutil.copytree(directory, aside, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        for name, text in files.items():
            (aside / name).write_text(text, encoding="utf-8")
        return load_configuration(aside)


def write_new(directory: Path, files: Mapping[str, str]) -> None:
    """Write new files once the directory reads well with them: all, or where one cannot be written none."""
    folder = office_folder(directory)
    for name in files:
        if (folder / name).exists():
            raise Refused(f"đã có {name}")
    checked_with(folder, files)
    written: list[Path] = []
    try:
        for name, text in files.items():
            written.append(folder / name)
            write_whole(folder / name, text.encode())
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def inline(values: Mapping[str, object]) -> InlineTable:
    """Return values as a table within a line."""
    table = tomlkit.inline_table()
    table.update(values)
    return table


def office_folder(directory: Path) -> Path:
    """Return a folder of an office's own; raise Refused where it is the program's, which nobody edits."""
    if directory == OWN_DIRECTORY:
        raise Refused(
            "dữ liệu đi kèm chương trình không sửa được: xuất ra thư mục riêng bằng"
            " 'dondoc plan export --out THƯ_MỤC', rồi đặt DONDOC_CONFIG_DIR"
        )
    return directory
