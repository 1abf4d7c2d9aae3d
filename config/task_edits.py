"""Tasks given by a letter beside the plan's own: added to a plan's file, or to one of such tasks alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

import tomlkit

from config.export import head_of, plan_file
from config.load import Configuration
from config.office_file import OfficeFile, inline, office_folder, write_new
from obligations.errors import Invalid
from obligations.model import GivenBy, Plan, Wording
from obligations.places import initials
from obligations.words import day as in_words

KEY = "VB."
"""How the keys of given tasks begin: "VB.3" is the third of its plan."""
STANDING = "van-ban"
"""How the key of a plan begins that holds a year's given tasks and nothing else."""
CONTENT = 1
"""The one content of such a plan."""
SAID = {Wording.BEFORE: "Trước ngày", Wording.BY_DAY: "Chậm nhất ngày"}
"""How a letter may set a day: not itself in time, or itself in time."""


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """A task as a letter gives it."""

    title: str
    leads: tuple[str, ...]
    """Agencies' or groups' ids: each answers for itself."""
    leads_text: str
    wording: Wording
    """`before` or `by_day`."""
    day: date
    given: GivenBy
    product: str = ""
    short: str = ""
    content: int | None = None
    """None where the plan has one content only."""


class TaskFile(OfficeFile):
    """A plan's own file, to which tasks are added."""

    def __init__(self, configuration: Configuration, plan: Plan) -> None:
        super().__init__(configuration.directory, plan_file(configuration.directory, plan).name)
        self._plan = plan

    def add(self, new: NewTask) -> str:
        """Add a task after those there are; return its key."""
        taken = {str(row["key"]) for row in self.rows("item")}
        key = next(f"{KEY}{number}" for number in range(1, len(taken) + 2) if f"{KEY}{number}" not in taken)
        row = tomlkit.table()
        row.update({"key": key, "printed": key, "content": self._content(new), "title": new.title})
        row.update({name: text for name, text in (("short", new.short), ("product", new.product)) if text})
        row.update(
            {
                "leads_text": new.leads_text,
                "cooperating_text": "",
                "deadline_text": f"{SAID[new.wording]} {in_words(new.day)}",
                "leads": list(new.leads),
                "second": [],
                "deadline": inline({"wording": str(new.wording), "day": new.day}),
                "given": inline(asdict(new.given)),
            }
        )
        self.rows("item").append(row)
        return key

    def _content(self, new: NewTask) -> int:
        numbers = [content.number for content in self._plan.contents]
        if new.content is None and len(numbers) == 1:
            return numbers[0]
        if new.content not in numbers:
            known = "; ".join(f"{content.number}: {content.name}" for content in self._plan.contents)
            raise Invalid(f"--content: ghi số của nội dung mà nhiệm vụ thuộc về; hiện có: {known}")
        return new.content


def write_standing(configuration: Configuration, like: Plan, year: int) -> str:
    """Write a plan of a year's given tasks beside another, with its bodies and ladders; return its key."""
    folder = office_folder(configuration.directory)
    key = f"{STANDING}-{year}"
    target, cycles = folder / f"plan-{key}.toml", f"cycles-{key}.toml"
    if target.exists() or key in {plan.key for plan in configuration.plans}:
        raise Invalid(f"--year: đã có {target.name}")
    source = head_of(plan_file(folder, like))
    numbers = tomlkit.parse((folder / source["cycles"]).read_text(encoding="utf-8"))
    numbers.pop("cycle", None)
    numbers["sheets"]["months"] = []
    document = tomlkit.document()
    document.add(
        tomlkit.comment("Nhiệm vụ giao theo văn bản: thêm bằng 'dondoc task add', mỗi văn bản một dòng.")
    )
    document["plan"] = {
        "key": key,
        "number": f"GIAO-{year}/VB-{initials(like.issuer)}",
        "signed_on": date(year, 1, 1),
        "valid_until": date(year, 12, 31),
        "issuer": like.issuer,
        "title": f"Nhiệm vụ giao theo văn bản năm {year}",
        "focal": like.focal,
        "top": like.top,
        "planners": [],
        "sheet_keepers": [],
        "invited": [],
        "cycles": cycles,
        "ladders": source["ladders"],
    }
    contents = tomlkit.aot()
    contents.append(tomlkit.item({"number": CONTENT, "name": "Nhiệm vụ giao theo văn bản"}))
    document["content"] = contents
    write_new(folder, {cycles: tomlkit.dumps(numbers), target.name: tomlkit.dumps(document)})
    return key
