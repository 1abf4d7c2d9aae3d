"""Trees that are no province: a ministry with departments and institutes, a commune with its own rooms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from config.load import Configuration, load_configuration
from tests.support.houses.smaller_plans import of_few_items

ITEMS = ("1.2", "1.3")


@dataclass(frozen=True)
class Body:
    """Somebody of a tree: id, name, and the level below the highest where it stands there."""

    key: str
    name: str
    level: str = ""


@dataclass(frozen=True)
class Tree:
    """A body at the top, its collator, and who carries out its plans, on two levels."""

    lower: tuple[str, str, str]
    """Key, name and plural of the lower level."""
    upper: tuple[str, str, str]
    top: Body
    focal: Body
    holders: tuple[Body, ...]
    number: str = "12/KH-UBND"
    """Of its plan."""


MINISTRY = Tree(
    ("institute", "cấp viện, trường", "viện, trường"),
    ("ministry", "cấp bộ", "vụ, cục"),
    Body("bo", "Bộ Khoa học"),
    Body("van-phong-bo", "Văn phòng Bộ"),
    (
        Body("vu-phap-che", "Vụ Pháp chế"),
        Body("cuc-thong-tin", "Cục Thông tin"),
        Body("vien-chien-luoc", "Viện Chiến lược", "institute"),
        Body("vien-cong-nghe", "Viện Công nghệ", "institute"),
    ),
    "12/KH-BKH",
)
COMMUNE = Tree(
    ("room", "cấp phòng", "phòng, trung tâm"),
    ("commune", "cấp xã", "cơ quan của xã"),
    Body("ubnd-xa", "UBND xã Bát Xát"),
    Body("van-phong", "Văn phòng HĐND và UBND xã"),
    (
        Body("phong-kinh-te", "Phòng Kinh tế", "room"),
        Body("phong-van-hoa-xa-hoi", "Phòng Văn hóa - Xã hội", "room"),
        Body("trung-tam-hanh-chinh-cong", "Trung tâm Phục vụ hành chính công xã", "room"),
    ),
)


def configuration_of(tree: Tree, folder: Path) -> Configuration:
    """Write the shipped plan's two items for a tree of its own, and read it."""
    of_few_items(folder, *ITEMS)
    (folder / "agencies.toml").write_text(_agencies(tree), encoding="utf-8")
    lower, upper = tree.lower[0], tree.upper[0]
    _rewrite(
        folder / "plan.toml",
        (r"^leads = \[.*?\]$", 'leads = ["don-vi"]'),
        (r"^second = \[.*?^\]$", "second = []"),
        (r"^planners = .*?$", 'planners = ["don-vi"]'),
        (r"^sheet_keepers = .*?$", "sheet_keepers = []"),
        (r"^invited = \[.*?^\]$", "invited = []"),
        (r'^focal = ".*?"', f'focal = "{tree.focal.key}"'),
        (r'^top = ".*?"', f'top = "{tree.top.key}"'),
        ("UBND tỉnh Lào Cai", tree.top.name),
        ("239/KH-UBND", tree.number),
        # The plan's own words are those of whoever issues it.
        (r'^title = ".*?"$', 'title = "Tổ chức thông tin, tuyên truyền về chương trình công tác"'),
        (r'^leads_text = ".*?"$', 'leads_text = "Các đơn vị"'),
        (r'^cooperating_text = ".*?"$', 'cooperating_text = ""'),
        (r"^doubts = \[.*?^\]$", ""),
    )
    both = f'levels = ["{lower}", "{upper}"]'
    _rewrite(
        folder / "ladders.toml",
        (r'^levels = \["district", .*?\]$', both),
        (r'^levels = \["(district|commune)"\]$', f'levels = ["{lower}"]'),
    )
    _rewrite(
        folder / "cycles.toml",
        (r"commune = (\d+), district = \d+, province = (\d+)", rf"{lower} = \1, {upper} = \2"),
    )
    _rewrite(folder / "figures.csv", ("commune district province", f"{lower} {upper}"))
    return load_configuration(folder)


def _rewrite(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        text, found = re.subn(old, new, text, flags=re.MULTILINE | re.DOTALL)
        assert found, f"{path.name} has no {old!r}"
    path.write_text(text, encoding="utf-8")


def _agencies(tree: Tree) -> str:
    levels = [
        f'[[level]]\nkey = "{key}"\nname = "{name}"\nplural = "{plural}"\nshort = "{plural.split(",")[0]}"'
        for key, name, plural in (tree.lower, tree.upper)
    ]
    bodies = [f'[[agency]]\nid = "{tree.top.key}"\nname = "{tree.top.name}"']
    bodies += [_body(tree, body) for body in (tree.focal, *tree.holders)]
    members = ", ".join(f'"{body.key}"' for body in tree.holders)
    return "\n\n".join(
        [
            f'[general]\ntop = "{tree.top.key}"\nvalid_from = 2022-01-01',
            *levels,
            *bodies,
            f'[[group]]\nid = "don-vi"\nname = "Các đơn vị"\nmembers = [{members}]',
            _contact("unit", "*", "văn thư", "{id}"),
            _contact("desk", tree.focal.key, "cán bộ phụ trách", "tonghop.{id}"),
            _contact("director", tree.focal.key, "Chánh Văn phòng", "lanhdao.{id}"),
        ]
    )


def _body(tree: Tree, body: Body) -> str:
    more = f'\nlevel = "{body.level}"' if body.level else ""
    collator = "" if body is tree.focal else f'\ncollator = "{tree.focal.key}"'
    return f'[[agency]]\nid = "{body.key}"\nname = "{body.name}"\nsuperior = "{tree.top.key}"{collator}{more}'


def _contact(role: str, whose: str, name: str, address: str) -> str:
    return (
        f'[[contact]]\nrole = "{role}"\nfor = ["{whose}"]\nname = "{name}"'
        f'\naddress = "{address}@dondoc.example"'
    )
