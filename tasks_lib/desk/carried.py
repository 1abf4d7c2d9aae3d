"""What ticked reports carry, so that nobody says yes to many without seeing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from obligations.model import WorkState
from obligations.obligation import Obligation
from store.engine import reading
from store.evidence import files_of
from tasks_lib.desk.dossier import shown_figures
from tasks_lib.desk.sql.carried import carried_by
from tasks_lib.kernel.bootstrap import House

UNPROVEN = "chưa có tài liệu kiểm chứng và chưa được mở xem"


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What one report carries."""

    figures: Mapping[str, str]
    """By name, as tables show them."""
    text: str
    document: tuple[str, date] | None
    files: tuple[tuple[int, str], ...]
    """Number and name of each that is still there."""
    opened: bool
    """Whether the desk has opened it."""

    @property
    def is_proven(self) -> bool:
        """Whether a file or a signed document goes with it."""
        return bool(self.files) or self.document is not None


def carried(house: House, rows: Collection[Obligation]) -> dict[str, Carried]:
    """Return by key what the newest reports of some obligations carry."""
    items = {row.key: row.item for row in rows}
    with reading(house.engine) as connection:
        found = carried_by(connection, house.plan.key, items)
        files = files_of(connection, [row.report for row in found])
    return {
        row.key: Carried(
            figures=shown_figures(house, items[row.key], row.figures),
            text=row.text or "",
            document=(row.document.number, row.document.signed_on) if row.document is not None else None,
            files=tuple((f.id, f.name) for f in files.get(row.report, ()) if f.removed_at is None),
            opened=row.opened,
        )
        for row in found
    }


def unproven(house: House, rows: Collection[Obligation]) -> dict[str, str]:
    """Return by key why a report is not confirmed among many: nothing goes with it and nobody opened it."""
    sent = [row for row in rows if row.work_state == WorkState.SUBMITTED]
    found = carried(house, sent) if sent else {}
    return {key: UNPROVEN for key, it in found.items() if not it.is_proven and not it.opened}
