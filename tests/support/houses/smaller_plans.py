"""Plans with a few items of the first: alone, where a whole one only takes longer, or beside it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from config.carry_over import CarryOver
from config.load import OWN_DIRECTORY, load_configuration
from config.sample import TREE, YEAR
from config.sample_name import KEY as SAMPLE

KEY, NUMBER = "240-2022", "240/KH-UBND"


def of_few_items(folder: Path, *items: str) -> Path:
    """Write the configuration into a folder of its own, its plan with these items alone, and no duty."""
    _copied(folder)
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(_with(text, items), encoding="utf-8")
    for file, few in (("figures.csv", _figures), ("regulations.toml", _regulations)):
        (folder / file).write_text(few(folder, items), encoding="utf-8")
    return folder


def two_plans(folder: Path, *items: str, key: str = KEY, number: str = NUMBER) -> Path:
    """Write both plans into a folder of their own; of the second only these items, and no duty."""
    if not folder.exists():
        _copied(folder)
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    text = text.replace('"239-2022"', f'"{key}"', 1).replace('"239/KH-UBND"', f'"{number}"', 1)
    for file, few in (("figures.csv", _figures), ("regulations.toml", _regulations)):
        text = text.replace(f'"{file}"', f'"{key}-{file}"', 1)
        (folder / f"{key}-{file}").write_text(few(folder, items), encoding="utf-8")
    (folder / f"plan-{key}.toml").write_text(_with(text, items), encoding="utf-8")
    return folder


def beside_the_sample(folder: Path, *items: str) -> Path:
    """Write these items of plan 239, and beside them the same of this year's sample on two levels."""
    of_few_items(folder, *items)
    configuration = load_configuration(folder)
    carried = CarryOver(configuration, configuration.plan(), YEAR, TREE)
    carried.key = SAMPLE
    carried.write(folder)
    for path in folder.glob("plan-*.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("draft = true\n", "", 1), encoding="utf-8")
    return folder


def _copied(folder: Path) -> None:
    shutil.copytree(OWN_DIRECTORY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def _with(text: str, items: tuple[str, ...]) -> str:
    head, *blocks = _blocks(text, "item", "duty", "request")
    return head + "".join(_of(blocks, "key", items))


def _figures(folder: Path, items: tuple[str, ...]) -> str:
    heading, *lines = (folder / "figures.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join([heading, *(line for line in lines if line.split(",")[0] in items)])


def _regulations(folder: Path, items: tuple[str, ...]) -> str:
    head, *rules = _blocks((folder / "regulations.toml").read_text(encoding="utf-8"), "regulation")
    return head + "".join(_of(rules, "item", items))


def _blocks(text: str, *names: str) -> list[str]:
    """Cut a TOML text before each of its tables of a name."""
    return re.split(rf"(?=^\[\[(?:{'|'.join(names)})\]\])", text, flags=re.MULTILINE)


def _of(blocks: list[str], field: str, items: tuple[str, ...]) -> list[str]:
    return [b for b in blocks for i in items if re.search(rf'^\[\[\w+\]\]\n{field} = "{re.escape(i)}"', b)]
