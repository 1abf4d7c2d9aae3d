"""What a kind of obligation is, said once: everything of a kind asks this and compares nothing itself."""

from __future__ import annotations

from obligations.model import Kind


class OfKind:
    """Whatever is of a kind: an obligation, or what is said of one or of many alike."""

    __slots__ = ()

    kind: Kind

    @property
    def is_task(self) -> bool:
        """Whether it is dated work."""
        return self.kind is Kind.TASK

    @property
    def is_cycle_report(self) -> bool:
        """Whether it is a report of a cycle, whose rows follow it."""
        return self.kind is Kind.REPORT

    @property
    def is_row(self) -> bool:
        """Whether it is answered inside a cycle report: it has no ladder of its own and is never overdue."""
        return self.kind is Kind.ROW

    @property
    def is_sheet(self) -> bool:
        """Whether it is a chairperson's monthly sheet: nobody reviews it."""
        return self.kind is Kind.SHEET

    @property
    def is_own_plan(self) -> bool:
        """Whether it is the agency's own implementing plan."""
        return self.kind is Kind.PLAN
