"""What only the whole tree shows: a reviewer with a seat for every report, somebody who hears every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.agencies import Directory
from config.errors import FaultLog
from obligations.chain import Roster, recipient_of, reviewer_of
from obligations.foresee import holders, implementers
from obligations.ladder import ladder_for
from obligations.model import Agency, Kind, Ladder, LadderStep, LegKind, Plan, Role, Wording
from obligations.rights import RIGHTS, Act, Relation
from obligations.seats import seats_of
from obligations.words import day as written

AGENCIES = "agencies.toml"
NOUNS = {Kind.TASK: "nhiệm vụ", Kind.REPORT: "báo cáo kỳ", Kind.SHEET: "phiếu tháng", Kind.PLAN: "kế hoạch"}
HEARD_BY_THE_COLLATOR = (Role.FOCAL, Role.DIRECTOR)
Owed = tuple[Kind, Wording | None, Agency]


@dataclass(frozen=True)
class TreeCheck:
    """Checks a plan that is sound in all else against the tree it is carried out in."""

    plan: Plan
    directory: Directory
    ladders: str
    """The name of the file the plan's ladders stand in."""
    log: FaultLog

    def check(self) -> None:
        """Every report has a reviewer, every holder a ladder, every step somebody who hears."""
        seen: set[tuple[object, ...]] = set()
        told: set[str] = set()
        for roster in self._rosters():
            for agency in self._reporting(roster):
                self._reviewer(agency, told)
            for kind, wording, agency in self._owed(roster):
                alike = kind, wording, agency.level.key, len(agency.desks), agency.id == self.plan.focal
                if alike not in seen:
                    seen.add(alike)
                    self._climb(kind, wording, agency)
        for ladder in self.plan.ladders:
            if ladder.leg is LegKind.REVIEW:
                self._steps(ladder, self._agency(self.plan.focal))

    def _rosters(self) -> Iterator[Roster]:
        """Return who there is at the signing, and on each later day of the plan's life on which one comes."""
        agencies, signed = self.directory.agencies, self.plan.signed_on
        later = {a.valid_from for a in agencies.values() if signed < a.valid_from <= self.plan.valid_until}
        return (Roster(agencies, self.directory.members, on) for on in (signed, *sorted(later)))

    def _agency(self, key: str) -> Agency:
        return self.directory.agencies[key]

    def _reporting(self, roster: Roster) -> Iterator[Agency]:
        found = [*roster.members(self.plan.planners)]
        for item in self.plan.assigned:
            found += [*holders(item, roster), *implementers(item, roster)]
        return (self._agency(key) for key in dict.fromkeys(found))

    def _reviewer(self, agency: Agency, told: set[str]) -> None:
        """Tell by the first agency of a reviewer what is wrong for all."""
        key = reviewer_of(agency, self.plan)
        if key in told:
            return
        seats = seats_of(self._agency(key), self.plan, guides=False)
        below = {Relation.BELOW, Relation.OWN} if key == agency.id else {Relation.BELOW}
        why = ""
        if not any(RIGHTS[Act.REVIEW].get(seat, frozenset()) & below for seat in seats):
            why = f"'{key}' không có vai trò xem xét báo cáo của cấp dưới"
        elif (missing := self._missing(key, agency)) is not None:
            why = f"'{key}' xem xét báo cáo, không còn hoặc chưa có vào ngày {written(missing)}"
        if why:
            told.add(key)
            self.log.add(AGENCIES, f"cơ quan {agency.id}", "reports_to", why)

    def _missing(self, key: str, agency: Agency) -> date | None:
        """Return a day of the plan's life on which an agency exists and another that it needs does not."""
        first = max(agency.valid_from, self.plan.signed_on)
        last = min(agency.valid_to or self.plan.valid_until, self.plan.valid_until)
        return next((on for on in (first, last) if not self._agency(key).exists_on(on)), None)

    def _owed(self, roster: Roster) -> Iterator[Owed]:
        for item in self.plan.assigned:
            if item.deadline.wording is not Wording.CONTINUOUS:
                for key in holders(item, roster):
                    yield Kind.TASK, item.deadline.wording, roster.agencies[key]
        for key in roster.members(self.plan.planners):
            for kind in (Kind.REPORT, Kind.PLAN):
                yield kind, None, roster.agencies[key]
        for key in roster.members(self.plan.sheet_keepers):
            yield Kind.SHEET, None, roster.agencies[key]

    def _climb(self, kind: Kind, wording: Wording | None, agency: Agency) -> None:
        ladder = ladder_for(self.plan, kind=kind, agency=agency, wording=wording)
        if ladder is None:
            said = f"không mức nhắc việc nào dành cho {NOUNS[kind]} của {agency.name} ({agency.level.name})"
            self.log.add(self.ladders, "", "", said)
            return
        self._steps(ladder, agency)
        if not any(to.role in HEARD_BY_THE_COLLATOR for step in ladder.steps for to in step.to):
            why = f"không bước nào báo cơ quan đầu mối về {NOUNS[kind]} của {agency.name}"
            self.log.add(self.ladders, f"các mức nhắc việc {ladder.key}", "steps", why)

    def _steps(self, ladder: Ladder, agency: Agency) -> None:
        for step in ladder.steps:
            for role in self._unheard(step, agency):
                why = f"'{role}' không là cơ quan nào đối với {agency.name}"
                self.log.add(self.ladders, f"các mức nhắc việc {ladder.key}", f"{step.code}.to", why)

    def _unheard(self, step: LadderStep, agency: Agency) -> Iterator[Role]:
        reviewer = reviewer_of(agency, self.plan)
        for to in step.to:
            meant = recipient_of(to.role, agency, reviewer, self.plan)
            if meant is None or self._missing(meant, agency) is not None:
                yield to.role
