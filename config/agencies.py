"""Reads agencies.toml: the bodies it names, the units of the state lists, the groups, their contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from config.contacts import generated_contacts
from config.errors import FaultLog
from config.files import AgencyRow, ContactRow, GeneralRow, GroupRow, LevelRow, UnitsRow
from config.reading import TomlFile
from config.successions import check_successors, read_successors
from config.units import read_units
from obligations.chain import settled
from obligations.levels import Level, Levels
from obligations.model import Agency, Group
from obligations.successors import Successors

NAMED_BODIES = ""
"""The list that bodies named in agencies.toml themselves stand in."""


@dataclass(frozen=True)
class Directory:
    """All agencies and groups, and which names a plan may use."""

    agencies: dict[str, Agency]
    groups: dict[str, Group]
    known: frozenset[str] | None
    """Ids as written, unsound ones too; None when the file could not be read and nothing can be said."""
    top: str = ""
    levels: Levels = field(default_factory=lambda: Levels(()))
    """The levels of the chain, the lowest first."""
    successors: Successors = field(default_factory=Successors)

    def knows(self, ref: str) -> bool:
        """Whether this is the id of an agency or group, or nothing can be said."""
        return self.known is None or ref in self.known

    def members(self, ref: str, on: date) -> tuple[str, ...]:
        """Return the agencies an id stands for on a day: for who is no more, the successor."""
        group = self.groups.get(ref)
        ids = group.members if group else (ref,) if ref in self.agencies else ()
        held = dict.fromkeys(self.successors.holder(i, on) for i in ids)
        return tuple(i for i in held if i is not None and self.agencies[i].exists_on(on))


def load_agencies(directory: Path, log: FaultLog) -> Directory:
    """Read agencies.toml and the lists it names."""
    file = TomlFile(directory / "agencies.toml", log)
    general = file.table("general", GeneralRow)
    levels = Levels.ordered([_level(row) for row in file.rows("level", LevelRow)])
    lists = _lists(directory, file, general, levels)
    agencies = settled({agency.id: agency for units in lists.values() for agency in units})
    group_rows = file.rows("group", GroupRow, "id")
    written = agencies.keys() | file.keys("agency", "id") | file.keys("group", "id")
    # Where a whole list is missing or a key is lost, an unknown name cannot be told from a misspelt one.
    known = frozenset(written) if file.sure and all(lists.values()) else None
    _check_chain(file, agencies, known)
    _check_round(file, agencies)
    groups = {row.id: _group(file, row, lists, levels, known) for row in group_rows}
    top = general.top if general else ""
    if general and known is not None and top not in known:
        file.log.add(file.name, "[general]", "top", f"không có cơ quan '{top}'")
    rules = file.rows("contact", ContactRow, "role", unique=False)
    made = generated_contacts(file, rules, agencies, groups, top)
    successors = read_successors(directory, file)
    # Where a list has a fault, who is missing in it is not told a second time.
    check_successors(successors, agencies, None if log.faults else known, log)
    file.finish()
    agencies = {i: replace(agency, contacts=made.get(i, ())) for i, agency in agencies.items()}
    sound = tuple(row for _, _, row in successors if row.new is None or row.new in agencies)
    return Directory(agencies, groups, known, top, levels, Successors(sound))


def _level(row: LevelRow) -> Level:
    return Level(**row.model_dump(exclude={"head_of"}), head_of=tuple(row.head_of.items()))


def _lists(
    directory: Path, file: TomlFile, general: GeneralRow | None, levels: Levels
) -> dict[str, list[Agency]]:
    """Read who stands at each level: the bodies named here at the highest, the units of the lists below."""
    units, named = file.rows("units", UnitsRow, "name"), file.rows("agency", AgencyRow, "id")
    if not levels.rows:
        if file.sure:
            file.log.add(file.name, "[[level]]", "key", "thiếu các cấp, từ cấp thấp nhất đến cấp cao nhất")
        return {NAMED_BODIES: []}
    lists = {NAMED_BODIES: _named(file, named, general, levels)}
    return lists | {row.name: read_units(directory / row.file, row, levels, file.log) for row in units}


def _named(file: TomlFile, rows: list[AgencyRow], general: GeneralRow | None, levels: Levels) -> list[Agency]:
    """Return the bodies named one by one: at the highest level, unless another is said (rooms)."""
    since = general.valid_from if general else date.min
    known = {level.key: level for level in levels}
    for row in rows:
        if row.level is not None and row.level not in known:
            why = f"không có cấp '{row.level}', chỉ có {', '.join(known)}"
            file.log.add(file.name, f"cơ quan {row.id}", "level", why)
    return [
        Agency(
            id=row.id,
            name=row.name,
            level=known.get(row.level or "", levels.top),
            short_name=row.short_name or row.name,
            superior=row.superior,
            collator=row.collator,
            desk=row.desk,
            head=row.head,
            invited=row.invited,
            ranked=row.ranked,
            reports_to=row.reports_to,
            reports_through=row.reports_through,
            valid_from=row.valid_from or since,
            valid_to=row.valid_to,
        )
        for row in rows
    ]


def _check_chain(file: TomlFile, agencies: dict[str, Agency], known: frozenset[str] | None) -> None:
    """Whoever is named as superior, collator or carrier of a report must exist."""
    told: set[tuple[str, str]] = set()
    for agency in agencies.values():
        for named, ref in _chain(agency):
            if known is None or ref in known or (named, ref) in told:
                continue
            # A whole list shares its superior: one line says it.
            told.add((named, ref))
            file.log.add(file.name, f"cơ quan {agency.id}", named, f"không có cơ quan '{ref}'")


def _check_round(file: TomlFile, agencies: dict[str, Agency]) -> None:
    """Nobody is above themselves, whether at once or by way of others."""
    superiors = {a.id: [a.superior] for a in agencies.values() if a.superior is not None}
    # Who reviews follows the superior unless it is said; what is said can make a ring of its own.
    reviewers = {a.id: [a.reports_to] for a in agencies.values() if a.reports_to is not None}
    for named, above in (("superior", superiors), ("reports_to", reviewers)):
        try:
            TopologicalSorter(above).prepare()
        except CycleError as error:
            ring = [str(agency) for agency in error.args[1]][:-1]
            many = f"cấp trên nối thành vòng: {', '.join(sorted(ring))}"
            said = many if len(ring) > 1 else "là chính cơ quan này"
            file.log.add(file.name, f"cơ quan {min(ring)}", named, said)
            return


def _chain(agency: Agency) -> Iterator[tuple[str, str]]:
    fields = {
        "superior": agency.superior,
        "collator": agency.collator,
        "reports_to": agency.reports_to,
        "reports_through": agency.reports_through,
    }
    return ((field, ref) for field, ref in fields.items() if ref is not None)


def _group(
    file: TomlFile,
    row: GroupRow,
    lists: dict[str, list[Agency]],
    levels: Levels,
    known: frozenset[str] | None,
) -> Group:
    label = f"nhóm {row.id}"
    named = lists.get(row.list_, []) if row.list_ else []
    ids = (*row.members, *(unit.id for unit in named if row.level in (None, unit.level.key)))
    for ref in row.members:
        if known is not None and ref not in known:
            file.log.add(file.name, label, "members", f"không có cơ quan '{ref}'")
    if row.level is not None and len(levels) and row.level not in levels.keys:
        file.log.add(
            file.name, label, "level", f"không có cấp '{row.level}', chỉ có {', '.join(levels.keys)}"
        )
        return Group(id=row.id, name=row.name, members=())
    if row.list_ and row.list_ not in lists.keys() | file.keys("units", "name"):
        file.log.add(file.name, label, "list", f"không có danh sách đơn vị '{row.list_}'")
    elif not ids and (named or not row.list_):
        file.log.add(file.name, label, "members", "nhóm không có cơ quan nào")
    everyone = {unit.id for units in lists.values() for unit in units}
    return Group(id=row.id, name=row.name, members=tuple(i for i in ids if i in everyone))
