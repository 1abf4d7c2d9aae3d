"""The program as somebody gets it who has no checkout: a wheel, installed apart from the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from config.settings import PROJECT_ROOT

BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE")


@dataclass(frozen=True)
class Installed:
    """An environment that has the wheel, and of the checkout only the libraries."""

    folder: Path
    user: Path
    """The home of whoever runs it; all it may write to."""

    @property
    def packages(self) -> Path:
        """Where the wheel's packages lie."""
        return self.folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment that knows nothing of the checkout."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DONDOC_", "PREFECT_", "XDG_"))}
        kept.pop("PYTHONPATH", None)
        return kept | {"HOME": str(self.user), "PYTHONDONTWRITEBYTECODE": "1"} | more

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the command `dondoc` in the user's home."""
        return subprocess.run(
            [self.folder / "bin" / "dondoc", *arguments],
            cwd=self.user,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
        )

    def files(self) -> set[str]:
        """Every file among the installed packages."""
        return {str(path.relative_to(self.packages)) for path in self.packages.rglob("*") if path.is_file()}


def build_wheel(packages: list[str], folder: Path) -> Path:
    """Build the wheel from a copy of what is under version control here, for building writes beside it."""
    sources = folder / "sources"
    sources.mkdir()
    for room in sorted({package.partition(".")[0] for package in packages}):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT_ROOT / room, sources / room, ignore=ignored)
    for name in BUILT_FROM:
        shutil.copy(PROJECT_ROOT / name, sources / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(sources))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Installed:
    """Install a wheel into an environment of its own that borrows the libraries of this one."""
    environment = folder / "environment"
    user = folder / "user"
    user.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    found = Installed(environment, user)
    # A path in a .pth file brings what lies there, but not the checkout that its own .pth files point to.
    (found.packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    _pip("--python", str(environment / "bin" / "python"), "install", "--no-deps", "--no-index", str(wheel))
    return found


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
