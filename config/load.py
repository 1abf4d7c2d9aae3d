"""Reads the whole configuration, or raises with every fault; nothing is half loaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from config.agencies import Directory, load_agencies
from config.calendar import load_calendar
from config.chains import check_chains
from config.errors import ConfigError, Fault, FaultLog
from config.plans import load_plan
from config.settings import read_settings
from config.shared_reports import check_shared
from config.successions import doubts_of
from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.levels import Level, Levels
from obligations.model import Agency, Group, Plan
from obligations.successors import Successors

OWN_DIRECTORY = Path(__file__).resolve().parent
DIRECTORIES = 4
"""As many are kept once read: an office has one, and another beside it while it makes next year's plan."""


@dataclass(frozen=True)
class Configuration:
    """Plans, agencies and calendar as read from one directory."""

    plans: tuple[Plan, ...]
    agencies: dict[str, Agency]
    groups: dict[str, Group]
    levels: Levels
    """The levels of the chain, the lowest first."""
    calendar: WorkingCalendar
    fingerprint: str
    """Changes whenever a file of the directory does."""
    directory: Path
    successors: Successors = field(default_factory=Successors)
    """Who answers for what an agency owed once it is no more."""

    def plan(self, name: str | None = None) -> Plan:
        """Return the plan named "239", "239-2022" or "239/KH-UBND"; without a name, the only one."""
        named = [plan for plan in self.plans if name is None or name in _names(plan)]
        if len(named) == 1:
            return named[0]
        choice = ", ".join(plan.key for plan in self.plans)
        if name is None:
            raise ConfigError([Fault("", "", "--plan", f"có nhiều kế hoạch, đề nghị chọn một: {choice}")])
        what = "là tên của nhiều kế hoạch" if named else "không phải kế hoạch nào"
        raise ConfigError([Fault("", "", "--plan", f"'{name}' {what}; hiện có: {choice}")])

    def doubts(self, plan: Plan) -> list[str]:
        """Return what the client should confirm of the changes of tree within a plan's life."""
        roster = Roster(self.agencies, self.members, plan.signed_on)
        return doubts_of(plan, roster, self.successors.rows)

    def levels_of(self, plan: Plan) -> tuple[Level, ...]:
        """Return the levels at which somebody stands in a plan's life, the lowest first."""
        life = plan.signed_on, plan.valid_until
        there = {agency.level.key for agency in self.agencies.values() if agency.exists_within(*life)}
        return tuple(level for level in self.levels.rows if level.key in there)

    def members(self, ref: str, on: date) -> tuple[str, ...]:
        """Return the ids of the agencies that a group's or agency's id stands for on a day."""
        if ref not in self.agencies and ref not in self.groups:
            raise ConfigError([Fault("agencies.toml", "", "", f"không có cơ quan '{ref}'")])
        return Directory(self.agencies, self.groups, None, successors=self.successors).members(ref, on)


def calendar_of(directory: Path) -> WorkingCalendar:
    """Read the working calendar of a directory alone; raises ConfigError."""
    log = FaultLog()
    calendar = load_calendar(directory, log)
    log.raise_if_any()
    return calendar


def _names(plan: Plan) -> tuple[str, str, str]:
    return plan.key, plan.number, plan.number.split("/")[0]


def load_configuration(directory: Path | None = None) -> Configuration:
    """Read a directory: the one given, else DONDOC_CONFIG_DIR, else the package's own.

    What has been read is known by what its files hold, and is read again only once they hold something else.
    """
    directory = (directory or read_settings().config_dir or OWN_DIRECTORY).resolve()
    return _read(directory, _fingerprint(directory))


@lru_cache(maxsize=DIRECTORIES)
def _read(directory: Path, fingerprint: str) -> Configuration:
    log = FaultLog()
    calendar = load_calendar(directory, log)
    known = load_agencies(directory, log)
    paths = [directory / "plan.toml", *sorted(directory.glob("plan-*.toml"))]
    plans = [load_plan(path, known, log) for path in paths if path.exists() or len(paths) == 1]
    whole = tuple(plan for plan in plans if plan is not None)
    for key in {plan.key for plan in whole if [other.key for other in whole].count(plan.key) > 1}:
        log.add("plan.toml", "[plan]", "key", f"nhiều tệp cùng mang mã '{key}'")
    check_chains(whole, log)
    if not log.faults:
        check_shared(whole, log)
    log.raise_if_any()
    return Configuration(
        whole,
        known.agencies,
        known.groups,
        known.levels,
        calendar,
        fingerprint,
        directory,
        known.successors,
    )


def _fingerprint(directory: Path) -> str:
    """Digest the names and bytes of all data files."""
    digest = hashlib.sha256()
    for path in sorted((*directory.rglob("*.toml"), *directory.rglob("*.csv"))):
        digest.update(path.relative_to(directory).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
