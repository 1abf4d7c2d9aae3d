"""A second plan beside the first in one configuration: of the same bodies, with a few of the items."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from config.load import OWN_DIRECTORY

KEY, NUMBER = "240-2022", "240/KH-UBND"


def two_plans(folder: Path, *items: str, key: str = KEY, number: str = NUMBER) -> Path:
    """Write both plans into a folder of their own; of the second only these items, and no duty."""
    if not folder.exists():
        shutil.copytree(OWN_DIRECTORY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    head, *blocks = _blocks((folder / "plan.toml").read_text(encoding="utf-8"), "item", "duty", "request")
    head = head.replace('"239-2022"', f'"{key}"').replace('"239/KH-UBND"', f'"{number}"')
    for file in ("figures.csv", "regulations.toml"):
        head = head.replace(f'"{file}"', f'"{key}-{file}"')
    text = head + "".join(_of(blocks, "key", items))
    (folder / f"plan-{key}.toml").write_text(text, encoding="utf-8")
    _figures(folder, key, items)
    before, *rules = _blocks((folder / "regulations.toml").read_text(encoding="utf-8"), "regulation")
    rules = _of(rules, "item", items)
    (folder / f"{key}-regulations.toml").write_text(before + "".join(rules), encoding="utf-8")
    return folder


def _figures(folder: Path, key: str, items: tuple[str, ...]) -> None:
    heading, *lines = (folder / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    asked = [line for line in lines if line.split(",")[0] in items]
    (folder / f"{key}-figures.csv").write_text("".join([heading, *asked]), encoding="utf-8")


def _blocks(text: str, *names: str) -> list[str]:
    """Cut a TOML text before each of its tables of a name."""
    return re.split(rf"(?=^\[\[(?:{'|'.join(names)})\]\])", text, flags=re.MULTILINE)


def _of(blocks: list[str], field: str, items: tuple[str, ...]) -> list[str]:
    return [b for b in blocks for i in items if re.search(rf'^\[\[\w+\]\]\n{field} = "{re.escape(i)}"', b)]
