"""The composition root: settings become parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Engine

from config.load import Configuration, load_configuration
from config.settings import Settings, read_settings
from obligations.calendar import WorkingCalendar
from obligations.chain import Roster
from obligations.levels import Level
from obligations.model import Agency, Plan
from store.engine import open_engine, tell
from tasks_lib.kernel.home import enter_home
from tasks_lib.kernel.witness import keeper


@dataclass(frozen=True)
class House:
    """Everything a use case needs: what is configured, which plan is meant, where it is stored."""

    settings: Settings
    configuration: Configuration
    plan: Plan
    engine: Engine

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar all days are counted by."""
        return self.configuration.calendar

    @cached_property
    def roster(self) -> Roster:
        """The plan's agencies and what its groups expand to, on the day of its signing unless said."""
        return Roster(self.configuration.agencies, self.configuration.members, self.plan.signed_on)

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Whoever exists on some day of the plan's life."""
        life = self.plan.signed_on, self.plan.valid_until
        return tuple(a for a in self.configuration.agencies.values() if a.exists_within(*life))

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels at which somebody stands in the plan's life, the lowest first."""
        standing = {agency.level.key for agency in self.agencies}
        return tuple(level for level in self.plan.levels if level.key in standing)

    def reporting(self, desk: str | None = None) -> tuple[Level, ...]:
        """Return the levels from which somebody reports to a place, or to the collator, the highest first."""
        mine = {agency.level.key for agency in self.agencies if agency.next_desk == desk}
        return tuple(level for level in reversed(self.levels) if level.key in mine)

    @property
    def focal(self) -> Agency:
        """The agency that collates the plan (cơ quan đầu mối tổng hợp)."""
        return self.agency(self.plan.focal)

    @property
    def top(self) -> str:
        """The body the plan's reports go up to, as sentences name it: "UBND tỉnh"."""
        above = self.agency(self.plan.top)
        return above.short_name or above.name

    def of(self, plan: Plan) -> House:
        """Return the same house for another of its plans."""
        return replace(self, plan=plan)

    def agency(self, key: str) -> Agency:
        """Return a known agency."""
        return self.configuration.agencies[key]


def open_house(plan: str | None = None, settings: Settings | None = None) -> House:
    """Read settings and configuration and open the database; raises ConfigError with one line per fault."""
    settings = settings or read_settings()
    configuration = load_configuration(settings.config_dir)
    return _opened(settings, configuration, configuration.plan(plan))


def open_houses(plan: str | None = None) -> list[House]:
    """Open the house of one plan, or of every configured plan on the one database; raises ConfigError."""
    if plan is not None:
        return [open_house(plan)]
    settings = read_settings()
    configuration = load_configuration(settings.config_dir)
    first = _opened(settings, configuration, configuration.plans[0])
    return [first, *map(first.of, configuration.plans[1:])]


def _opened(settings: Settings, configuration: Configuration, plan: Plan) -> House:
    enter_home(settings)
    engine = open_engine(settings.database_url)
    tell(engine, keeper(settings))
    return House(settings, configuration, plan, engine)
