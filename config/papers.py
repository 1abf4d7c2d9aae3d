"""Reads papers/papers.toml: which papers there are, who signs them; and finds their Word files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from config.errors import FaultLog
from config.load import OWN_DIRECTORY
from config.mirror import Mirror, Text
from config.reading import TomlFile
from obligations.papers import Office, PaperForms, PaperKind

FOLDER, FILE = "papers", "papers.toml"
Offices = Literal["collator", "district", "commune", "department", "province"]
Authority = Literal["self", "kt", "tl", "tuq"]


class OfficeRow(Mirror):
    """[[office]]: how one sort of agency signs."""

    key: Offices
    symbol: Text
    filed: Text
    copies: list[Text]
    posts: dict[Authority, list[Text]]


class PaperRow(Mirror):
    """[[paper]]: a kind of paper."""

    key: Text
    name: Text
    sort: Text
    title: Text
    by: dict[Offices, Authority]


def load_forms(directory: Path, plan: str) -> PaperForms:
    """Read what papers a plan has; raises ConfigError with one line per fault."""
    log = FaultLog()
    file = TomlFile(form_file(directory, plan, FILE), log)
    offices = file.rows("office", OfficeRow)
    kinds = file.rows("paper", PaperRow)
    file.finish()
    posts = {row.key: row.posts for row in offices}
    for kind in kinds:
        for office, authority in kind.by.items():
            if authority not in posts.get(office, {}):
                log.add(FILE, f"văn bản {kind.key}", f"by.{office}", f"không có quyền hạn '{authority}'")
    log.raise_if_any()
    return PaperForms(
        offices={
            row.key: Office(
                key=row.key,
                symbol=row.symbol,
                filed=row.filed,
                copies=tuple(row.copies),
                posts={key: tuple(lines) for key, lines in row.posts.items()},
            )
            for row in offices
        },
        kinds={
            row.key: PaperKind(
                key=row.key, name=row.name, sort=row.sort, title=row.title, by=dict(row.by.items())
            )
            for row in kinds
        },
    )


def form_file(directory: Path, plan: str, name: str) -> Path:
    """Return a file of the forms: the plan's own, else the directory's, else the shipped one."""
    places = (directory / FOLDER / plan, directory / FOLDER, OWN_DIRECTORY / FOLDER)
    return next((place / name for place in places if (place / name).is_file()), places[-1] / name)
