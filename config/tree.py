"""What only the whole tree shows: a reviewer with a seat for every report, somebody who hears every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.agencies import Directory
from config.errors import FaultLog
from obligations.chain import Roster, recipient_of, reviewer_of
from obligations.foresee import implementers, lead_agencies
from obligations.ladder import ladder_for
from obligations.model import Agency, Kind, Ladder, LadderStep, LegKind, Plan, Role, Wording
from obligations.rights import RIGHTS, Act, Relation, seats_of

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
        roster = self._roster()
        reviewed = {reviewer_of(agency, self.plan): agency for agency in reversed([*self._reporting(roster)])}
        for reviewer, agency in reviewed.items():
            self._reviewer(reviewer, agency, roster)
        seen: set[tuple[object, ...]] = set()
        for kind, wording, agency in self._owed(roster):
            alike = kind, wording, agency.level.key, len(agency.desks), agency.id == self.plan.focal
            if alike not in seen:
                seen.add(alike)
                self._climb(kind, wording, agency, roster)
        for ladder in self.plan.ladders:
            if ladder.leg is LegKind.REVIEW:
                self._steps(ladder, roster.agencies[self.plan.focal], roster)

    def _roster(self) -> Roster:
        signed = self.plan.signed_on
        return Roster(self.directory.agencies, lambda ref: self.directory.members(ref, signed))

    def _reporting(self, roster: Roster) -> Iterator[Agency]:
        items = (*self.plan.items, *self.plan.duties)
        found = [*roster.members(self.plan.planners)]
        for item in items:
            found += [*lead_agencies(item, roster), *implementers(item, roster)]
        return (roster.agencies[key] for key in dict.fromkeys(found))

    def _reviewer(self, key: str, agency: Agency, roster: Roster) -> None:
        """Tell by the first agency of a reviewer what is wrong for all."""
        reviewer = roster.agencies[key]
        label = f"cơ quan {agency.id}"
        seats = seats_of(reviewer, self.plan, guides=False)
        below = {Relation.BELOW, Relation.OWN} if key == agency.id else {Relation.BELOW}
        if not reviewer.exists_on(self.plan.signed_on):
            self.log.add(
                AGENCIES, label, "reports_to", f"'{key}' xem xét báo cáo, không còn vào ngày ký kế hoạch"
            )
        elif not any(RIGHTS[Act.REVIEW].get(seat, frozenset()) & below for seat in seats):
            self.log.add(
                AGENCIES, label, "reports_to", f"'{key}' không có vai trò xem xét báo cáo của cấp dưới"
            )

    def _owed(self, roster: Roster) -> Iterator[Owed]:
        for item in (*self.plan.items, *self.plan.duties):
            if item.deadline.wording is not Wording.CONTINUOUS:
                for key in lead_agencies(item, roster):
                    yield Kind.TASK, item.deadline.wording, roster.agencies[key]
        for key in roster.members(self.plan.planners):
            for kind in (Kind.REPORT, Kind.PLAN):
                yield kind, None, roster.agencies[key]
        for key in roster.members(self.plan.sheet_keepers):
            yield Kind.SHEET, None, roster.agencies[key]

    def _climb(self, kind: Kind, wording: Wording | None, agency: Agency, roster: Roster) -> None:
        ladder = ladder_for(self.plan, kind=kind, agency=agency, wording=wording)
        if ladder is None:
            said = f"không mức nhắc việc nào dành cho {NOUNS[kind]} của {agency.name} ({agency.level.name})"
            self.log.add(self.ladders, "", "", said)
            return
        self._steps(ladder, agency, roster)
        if not any(to.role in HEARD_BY_THE_COLLATOR for step in ladder.steps for to in step.to):
            why = f"không bước nào báo cơ quan đầu mối về {NOUNS[kind]} của {agency.name}"
            self.log.add(self.ladders, f"các mức nhắc việc {ladder.key}", "steps", why)

    def _steps(self, ladder: Ladder, agency: Agency, roster: Roster) -> None:
        for step in ladder.steps:
            for role in self._unheard(step, agency, roster):
                why = f"'{role}' không là cơ quan nào đối với {agency.name}"
                self.log.add(self.ladders, f"các mức nhắc việc {ladder.key}", f"{step.code}.to", why)

    def _unheard(self, step: LadderStep, agency: Agency, roster: Roster) -> Iterator[Role]:
        reviewer = reviewer_of(agency, self.plan)
        for to in step.to:
            meant = recipient_of(to.role, agency, reviewer, self.plan)
            if meant is None or not roster.agencies[meant].exists_on(self.plan.signed_on):
                yield to.role
