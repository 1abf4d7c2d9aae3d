"""To whom a plan's bodies are carried over: groups to their like in a tree, agencies to their successors."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from datetime import date

from config.load import Configuration
from obligations.errors import Invalid
from obligations.model import Agency

GONE = "cơ quan, đơn vị không còn; đề nghị xác định nơi tiếp nhận"
LOWER = "cấp này không còn; chuyển về cấp dưới còn lại, đề nghị xác nhận"
GUIDES_GONE = "nơi hướng dẫn, kiểm tra không còn; đề nghị xác định nơi khác nếu cần"
NAMES_GONE = "nội dung nêu cấp không còn; đề nghị đọc lại"
FIGURE_GONE = "số liệu trước đây hỏi cấp không còn, nay không hỏi nơi nào"
ASIDE = ("guides", "inspected")
"""Roles that do not pass to whoever stands lower."""


@dataclass(frozen=True, kw_only=True)
class Refs:
    """Bodies after the move, each once, and what of it is doubted."""

    kept: tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class Seconds:
    """The second column after the move: its rows, and a line (old, new, doubt) for each that changed."""

    kept: list[dict[str, object]] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)


class Bodies:
    """Whom an id of the old plan stands for in the new year's tree."""

    def __init__(self, configuration: Configuration, tree: str, on: date) -> None:
        self._configuration, self._on = configuration, on
        self._lowest = self._group_of(tree)
        self._lowest_level = self._agency(configuration.groups[self._lowest].members[0]).level
        every = {agency.level.key: agency.level for agency in configuration.agencies.values()}
        self._there = {agency.level.key for agency in configuration.agencies.values() if agency.exists_on(on)}
        self._gone = [level for key, level in every.items() if key not in self._there]
        self._renamed = self._names()

    def each(self, refs: Iterable[str]) -> Refs:
        """Move several ids; whoever is named twice afterwards is named once."""
        moved = [self._moved(ref) for ref in refs]
        kept = tuple(dict.fromkeys(new for new, _ in moved if new is not None))
        return Refs(kept=kept, doubt="; ".join(dict.fromkeys(doubt for _, doubt in moved if doubt)))

    def of_item(self, row: MutableMapping[str, object]) -> tuple[Refs, Seconds]:
        """Move an item's leads and its second column; who leads does not stand in the second as well."""
        leads = self.each(row["leads"])  # type: ignore[arg-type]
        seconds, held = Seconds(), set(leads.kept)
        for body in row["second"]:  # type: ignore[attr-defined]
            said = dict(body)
            if "body" not in said:
                seconds.kept.append(said | {"text": self.words(str(said["text"]))})
                continue
            new, doubt = self._moved(said["body"])
            if doubt == LOWER and said["role"] in ASIDE:
                new, doubt = None, GUIDES_GONE
            if new is None or new in held:
                seconds.said.append((str(said["body"]), new or "", doubt))
                continue
            held.add(new)
            if new != said["body"] or doubt:
                seconds.said.append((str(said["body"]), new, doubt))
            seconds.kept.append(said | {"body": new, "text": self.words(str(said["text"]))})
        return leads, seconds

    def words(self, text: str) -> str:
        """Call bodies in a text what they are called now; a list names each once."""
        for old, new in self._renamed.items():
            text = text.replace(old, new)
        parts = [part.strip() for part in text.split(";")]
        return "; ".join(dict.fromkeys(parts)) if len(parts) > 1 else text

    def doubt_of_words(self, text: str) -> str:
        """Return why somebody should read a text again: it names bodies or levels that are others now."""
        if any(old in text for old in self._renamed):
            return "tên cơ quan, đơn vị trong văn bản đã đổi"
        return NAMES_GONE if self.names_gone(text) else ""

    def names_gone(self, text: str) -> bool:
        """Whether a text names a level at which nobody stands any more."""
        return any(level.short in text for level in self._gone)

    def figures(self, text: str) -> tuple[str, list[tuple[str, str, str, str]]]:
        """Ask figures at the levels there are: what a level that is gone was asked, the lowest is asked.

        Of an implementer one figure of an item is asked: where the lowest level has one, the other's goes.
        """
        rows = list(csv.DictReader(io.StringIO(text)))
        lowest = self._lowest_level.key
        asked = {row["item"] for row in rows if lowest in (row["hands"] or "").split()}
        said = []
        for row in rows:
            for column in ("lead", "hands"):
                before = (row[column] or "").split()
                after = self._levels_asked(before, free=column == "lead" or row["item"] not in asked)
                if not set(after) <= set(before) or (before and not after):
                    lost = "" if after else FIGURE_GONE
                    said.append((row["item"], f"{row['key']}: {' '.join(before)}", " ".join(after), lost))
                row[column] = " ".join(after)
                asked |= {row["item"]} if column == "hands" and lowest in after else set()
            if self.names_gone(row["name"]):
                said.append((row["item"], row["name"], row["name"], NAMES_GONE))
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue(), said

    def _levels_asked(self, before: list[str], *, free: bool) -> list[str]:
        lowest = self._lowest_level.key
        moved = (
            key if key in self._there else lowest if free or lowest in before else None for key in before
        )
        return [key for key in dict.fromkeys(moved) if key is not None]

    def _moved(self, ref: str) -> tuple[str | None, str]:
        group = self._configuration.groups.get(ref)
        if group is not None:
            return self._moved_group(ref)
        agency = self._agency(ref)
        if agency.exists_on(self._on):
            return ref, ""
        new = self._configuration.successors.holder(ref, self._on)
        return new, f"{agency.name}: {self._doubt(ref) if new is not None else GONE}"

    def _moved_group(self, ref: str) -> tuple[str | None, str]:
        members = self._configuration.groups[ref].members
        there = [key for key in members if self._agency(key).exists_on(self._on)]
        if there:
            return ref, ""
        level = self._agency(members[0]).level
        return self._lowest, "" if level.key == self._lowest_level.key else LOWER

    def _doubt(self, ref: str) -> str:
        row = self._configuration.successors.whole.get(ref)
        return (row.doubt or row.resolution) if row is not None else GONE

    def _names(self) -> dict[str, str]:
        """Return what is called otherwise: levels that are gone, agencies that were merged."""
        found = {level.name: self._lowest_level.name for level in self._gone}
        for agency in self._configuration.agencies.values():
            new = self._configuration.successors.holder(agency.id, self._on)
            if agency.code is None and new not in (None, agency.id):
                found[agency.name] = self._agency(str(new)).name
        return found

    def _group_of(self, tree: str) -> str:
        """Return the group of a list of units whose members stand lowest."""
        text = (self._configuration.directory / "agencies.toml").read_text(encoding="utf-8")
        table = tomllib.loads(text)
        known = [units["name"].replace("_", "-") for units in table.get("units", ())]
        wanted = tree.replace("_", "-")
        if wanted not in known:
            raise Invalid(f"--tree: không có danh mục đơn vị '{tree}'; hiện có: {', '.join(known)}")
        groups = [str(g["id"]) for g in table["group"] if str(g.get("list", "")).replace("_", "-") == wanted]
        alive = [
            ref
            for ref in groups
            if any(self._agency(key).exists_on(self._on) for key in self._configuration.groups[ref].members)
        ]
        if not alive:
            raise Invalid(f"--tree: danh mục '{tree}' không có đơn vị nào vào ngày {self._on:%d/%m/%Y}")
        return min(alive, key=lambda ref: self._agency(self._configuration.groups[ref].members[0]).level.rank)

    def _agency(self, key: str) -> Agency:
        return self._configuration.agencies[key]
