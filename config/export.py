"""One plan's data as a folder of its own: what an office takes away, edits, and hands back checked."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from config.disk import OWNER_ONLY_FOLDER
from config.load import Configuration
from obligations.errors import Invalid
from obligations.model import Plan

NAMED_FILES = ("figures", "scores", "cycles", "ladders", "regulations")
"""Fields of [plan] that name a file beside it."""
PLAN_FILE = "plan.toml"
EVERYBODYS = ("agencies.toml", "calendar.toml", "units", "tiles")
"""What all plans of a directory go by."""


def export_plan(configuration: Configuration, plan: Plan, target: Path) -> list[str]:
    """Copy the files a plan goes by into a new folder, where its own is plan.toml; return their names.

    Raises Invalid where the folder holds anything: nothing is written over.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Invalid(f"--out: {target} đã có và không trống, chọn thư mục khác")
    source = configuration.directory
    path = plan_file(source, plan)
    head = head_of(path)
    target.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    shutil.copyfile(path, target / PLAN_FILE)
    named = [head[field] for field in NAMED_FILES if head.get(field)]
    for name in (*named, *EVERYBODYS):
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (source / name).exists():
            shutil.copyfile(source / name, target / name)
    return sorted(found.relative_to(target).as_posix() for found in target.rglob("*") if found.is_file())


def plan_file(source: Path, plan: Plan) -> Path:
    """Return the file of a directory that holds a plan."""
    for path in (source / PLAN_FILE, *sorted(source.glob("plan-*.toml"))):
        if path.exists() and head_of(path)["key"] == plan.key:
            return path
    raise Invalid(f"{source}: không còn tệp của kế hoạch {plan.key}")


def head_of(path: Path) -> dict[str, str]:
    """Return [plan] of a plan's file."""
    head: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["plan"]
    return head
