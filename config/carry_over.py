"""A plan carried over into another year and tree: dates moved to their like, bodies to their successors.

What comes of it is a draft: every move is a line, with a doubt where law, calendar or tree ask for a person.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import tomlkit
from tomlkit import TOMLDocument

from config.carry_bodies import Bodies
from config.edits import edited, table_of
from config.export import NAMED_FILES, PLAN_FILE, export_plan, head_of
from config.load import Configuration, load_configuration
from obligations.deadlines import COUNTED_BY_CYCLE, item_dues
from obligations.errors import Invalid
from obligations.model import ASKED, Plan
from obligations.words import weekday

LISTS: Final = ("item", "duty", "request")
TEXTS: Final = ("title", "short", "leads_text", "cooperating_text", "deadline_text")
NUMBER_DOUBT = "số, ký hiệu, ngày ký do văn thư ghi khi ban hành"
LEAP_DOUBT = "năm đích không có ngày 29/02: lấy ngày 28/02"
ASKED_DOUBTS: Final = {
    "quantity": "số lượng cần đạt của năm cũ; đề nghị xác nhận cho năm mới",
    "leader": "lãnh đạo phụ trách của năm cũ; đề nghị xác nhận",
    "room": "phòng, bộ phận phụ trách của năm cũ; đề nghị xác nhận",
}
"""What is taken along from the year before only until somebody has confirmed it."""
YEAR_IN_WORDS = "nội dung nêu năm, đã đổi theo năm mới; đề nghị đọc lại"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that was changed on the way, or that a person has to look at."""

    where: str
    """An item's key; "" for the plan as a whole."""
    field: str
    old: str
    new: str
    doubt: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the document scripts read."""
        return {
            "item": self.where,
            "field": self.field,
            "from": self.old,
            "to": self.new,
            "doubt": self.doubt,
        }


class CarryOver:
    """The draft of one plan for another year, written into a folder of its own."""

    def __init__(self, configuration: Configuration, plan: Plan, year: int, tree: str) -> None:
        if year <= plan.signed_on.year:
            raise Invalid(f"--year: năm {year} không sau năm của kế hoạch ({plan.signed_on.year})")
        self._configuration, self._plan = configuration, plan
        self._years = year - plan.signed_on.year
        self.key = f"{plan.key.rpartition('-')[0] or plan.key}-{year}"
        self.moves: list[Move] = []
        self.bodies = Bodies(configuration, tree, self._day(plan.signed_on))

    def write(self, target: Path) -> Configuration:
        """Write the draft and read it back: a folder of its own, or beside the plans of an office's folder.

        Raises Invalid where something would be written over.
        """
        if (target / PLAN_FILE).exists():
            with TemporaryDirectory(prefix="dondoc-") as aside:
                self._write_alone(Path(aside) / "carried")
                _put_beside(Path(aside) / "carried", target, self.key)
            return load_configuration(target)
        return self._write_alone(target)

    def _write_alone(self, target: Path) -> Configuration:
        export_plan(self._configuration, self._plan, target)
        self._carry_plan(target / PLAN_FILE)
        head = head_of(target / PLAN_FILE)
        self._carry_cycles(target / head["cycles"])
        if head.get("figures"):
            self._carry_figures(target / head["figures"])
        carried = load_configuration(target)
        self.moves += self._days_off(carried)
        self._note_doubts(target / PLAN_FILE)
        return load_configuration(target)

    def _carry_plan(self, path: Path) -> None:
        with edited(path) as document:
            self._carry_head(table_of(document, "plan"))
            for row in rows_of(document):
                self._carry_row(row)

    def _carry_head(self, head: MutableMapping[str, object]) -> None:
        number = f"DT{self._year(self._plan.signed_on)}/{self._plan.number.partition('/')[2] or 'KH'}"
        for field, new, doubt in (
            ("key", self.key, ""),
            ("number", number, NUMBER_DOUBT),
            ("signed_on", self._day(self._plan.signed_on), NUMBER_DOUBT),
            ("valid_until", self._day(self._plan.valid_until), ""),
            ("title", self._words(self._plan.title), ""),
        ):
            self._moved("", field, head[field], new, doubt)
            head[field] = new
        head["draft"] = True
        self._moved("", "predecessor", head.get("predecessor", ""), self._plan.key)
        head["predecessor"] = self._plan.key
        for field in ("planners", "sheet_keepers", "invited"):
            before: list[str] = head[field]  # type: ignore[assignment]
            refs = self.bodies.each(before)
            self._moved("", field, "; ".join(before), "; ".join(refs.kept), refs.doubt)
            head[field] = list(refs.kept)

    def _carry_row(self, row: MutableMapping[str, object]) -> None:
        key = str(row["key"])
        for field in TEXTS:
            text = str(row.get(field, ""))
            new = self.bodies.words(self._words(text))
            if new != text or self.bodies.names_gone(text):
                doubt = YEAR_IN_WORDS if self._names_a_year(text) and field in ("title", "short") else ""
                self._moved(key, field, text, new, doubt or self.bodies.doubt_of_words(text))
                row[field] = new
        self._carry_asked(key, row)
        leads, seconds = self.bodies.of_item(row)
        self._moved(key, "leads", "; ".join(row["leads"]), "; ".join(leads.kept), leads.doubt)  # type: ignore[arg-type]
        row["leads"] = list(leads.kept)
        for line in seconds.said:
            self._moved(key, "second", *line)
        row["second"] = seconds.kept
        for field in ("deadline", "waits_until"):
            if field in row:
                row[field] = self._dated(key, field, row[field])
        self._carry_steps(key, row.get("deadline"))

    def _carry_asked(self, key: str, row: MutableMapping[str, object]) -> None:
        """Keep what is asked for and who answers for it; how much, and who, a person says anew each year."""
        for field in ASKED:
            if text := str(row.get(field, "")):
                row[field] = new = self.bodies.words(self._words(text))
                self._moved(key, field, text, new, ASKED_DOUBTS.get(field, ""))

    def _carry_steps(self, key: str, value: object) -> None:
        """Move whom milestones name: their own leads, wherever they stand, and the holder's words."""
        if isinstance(value, list):
            for one in value:
                self._carry_steps(key, one)
        if not isinstance(value, MutableMapping):
            return
        for one in value.values():
            self._carry_steps(key, one)
        if leads := value.get("leads"):
            refs = self.bodies.each(leads)
            self._moved(key, "deadline.steps.leads", "; ".join(leads), "; ".join(refs.kept), refs.doubt)
            value["leads"] = list(refs.kept)
        for field in ("holder", "product"):
            if text := str(value.get(field, "")):
                new = self.bodies.words(text)
                self._moved(key, f"deadline.steps.{field}", text, new)
                value[field] = new

    def _dated(self, key: str, field: str, value: object) -> object:
        """Move every date and every period written in a value, whatever its form."""
        if isinstance(value, date):
            new = self._day(value)
            leap = (value.month, value.day) == (2, 29) and new.day != value.day
            self._moved(key, field, value, new, LEAP_DOUBT if leap else "")
            return new
        if isinstance(value, str):
            moved = self._words(value)
            self._moved(key, field, value, moved)
            return moved
        if isinstance(value, MutableMapping):
            for name in list(value):
                if name != "wording":
                    value[name] = self._dated(key, f"{field}.{name}", value[name])
        if isinstance(value, list):
            for n, one in enumerate(value):
                value[n] = self._dated(key, field, one)
        return value

    def _carry_cycles(self, path: Path) -> None:
        with edited(path) as document:
            sheets = table_of(document, "sheets")
            months: list[str] = sheets["months"]  # type: ignore[assignment]
            sheets["months"] = [self._words(str(month)) for month in months]

    def _carry_figures(self, path: Path) -> None:
        text, said = self.bodies.figures(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        for item, old, new, doubt in said:
            self._moved(item, "figures", old, new, doubt)

    def _days_off(self, carried: Configuration) -> Iterator[Move]:
        """Yield what falls on a day off in its new year."""
        plan = carried.plan(self.key)
        for item in plan.everything:
            if item.deadline.wording in COUNTED_BY_CYCLE:
                continue
            for due in item_dues(item, plan, carried.calendar):
                if due.target != due.last_day:
                    doubt = f"hạn cuối {weekday(due.last_day)} là ngày nghỉ; đề nghị xác nhận ngày"
                    yield Move(
                        where=item.key, field="last_day", old="", new=due.last_day.isoformat(), doubt=doubt
                    )

    def _note_doubts(self, path: Path) -> None:
        """Write each doubt to its item, where `plan show` and `plan check` tell of it."""
        with edited(path) as document:
            for row in rows_of(document):
                mine = [m.doubt for m in self.moves if m.where == row["key"] and m.doubt]
                if mine:
                    before: list[str] = row.get("doubts", [])  # type: ignore[assignment]
                    doubts = tomlkit.array().multiline(multiline=True)
                    doubts.extend(dict.fromkeys([*map(self._words, map(str, before)), *mine]))
                    row["doubts"] = doubts

    def _moved(self, where: str, field: str, old: object, new: object, doubt: str = "") -> None:
        if str(old) != str(new) or doubt:
            self.moves.append(Move(where=where, field=field, old=str(old), new=str(new), doubt=doubt))

    def _day(self, day: date) -> date:
        try:
            return day.replace(year=self._year(day))
        except ValueError:
            return date(self._year(day), 2, 28)

    def _year(self, day: date) -> int:
        return day.year + self._years

    def _words(self, text: str) -> str:
        """Write the years of the plan's own life as those it is carried to."""
        return _years_of(self._plan).sub(lambda found: str(int(found[0]) + self._years), text)

    def _names_a_year(self, text: str) -> bool:
        return bool(_years_of(self._plan).search(text))


def rows_of(document: TOMLDocument) -> Iterator[MutableMapping[str, object]]:
    """Yield the items, duties and requests of a plan's file."""
    return (row for name in LISTS for row in document.get(name, ()))


def _years_of(plan: Plan) -> re.Pattern[str]:
    years = range(plan.signed_on.year, plan.valid_until.year + 1)
    return re.compile(rf"(?<!\d)(?:{'|'.join(map(str, years))})(?!\d)")


def _put_beside(source: Path, target: Path, key: str) -> None:
    """Put the plan of one folder beside those of another, with the files it goes by under names of its own.

    Raises Invalid, and puts nothing, where one of them is there already.
    """
    head = head_of(source / PLAN_FILE)
    named = {field: f"{key}-{head[field]}" for field in NAMED_FILES if head.get(field)}
    placed = {PLAN_FILE: f"plan-{key}.toml", **{head[field]: new for field, new in named.items()}}
    for name in sorted(placed.values()):
        if (target / name).exists():
            raise Invalid(f"--out: {target / name} đã có, không ghi đè")
    for old, new in placed.items():
        shutil.copyfile(source / old, target / new)
    with edited(target / placed[PLAN_FILE]) as document:
        table_of(document, "plan").update(named)
