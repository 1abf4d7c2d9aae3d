"""Evidence that was handed in: shown to whoever may see its obligation, taken away by a desk with a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from obligations.chain import may_review
from obligations.errors import Invalid, Refused
from obligations.words import day as words
from store.engine import reading
from store.evidence import File, Owned, is_needed, mark_removed, owned_file
from store.ledger import Entry, find, write_history
from store.vault import Vault
from tasks_lib.duties.change import Change, actor, as_changed, changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day


def fetch(house: House, evidence_id: int) -> Owned:
    """Return a file and whose it is: the table of rights is asked before anything is said of it."""
    with reading(house.engine) as connection:
        return _known(owned_file(connection, house.plan.key, evidence_id), evidence_id)


def content(house: House, file: File) -> Iterator[bytes]:
    """Return what a file holds, piece by piece; raise Refused with the trace of one that was taken away."""
    if file.is_removed:
        raise Refused(how_removed(house, file))
    return Vault(house.settings.evidence_url).chunks(file.sha256)


def how_removed(house: House, file: File) -> str:
    """Return the trace of a removed file as one line: by whom, when and why."""
    if file.removed_at is None or file.removed_by is None:
        raise ValueError(f"file {file.id} has not been removed")
    known = house.configuration.agencies.get(file.removed_by)
    by = known.name if known else file.removed_by
    return (
        f"tệp '{file.name}': {by} đã gỡ ngày {words(local_day(file.removed_at))}, lý do: {file.removed_why}"
    )


def remove(
    house: House, evidence_id: int, by: str, as_of: datetime, reason: str, person: str | None = None
) -> Change:
    """Take a file away: its row stays as the trace, its content goes unless another report has the same.

    The day the report counts from stays: what was proven when it came in was in time (domain part 4).
    """
    why = reason.strip()
    if not why:
        raise Invalid("nêu lý do gỡ tệp")
    with changing(house, as_of) as connection:
        owned = _known(owned_file(connection, house.plan.key, evidence_id), evidence_id)
        _check_desk(house, owned, by)
        row = find(connection, house.plan.key, owned.obligation)
        if not mark_removed(connection, owned.file, by, as_of, why):
            raise Refused(f"{row.key}: tệp '{owned.file.name}' đã được gỡ trước đó")
        entry = Entry(
            at=as_of, by=by, person=person, what="remove-file", why=f"tệp '{owned.file.name}': {why}"
        )
        written = write_history(connection, row.id, entry, row.work_state, row.work_state)
        needed = is_needed(connection, owned.file.sha256)
        change = as_changed(connection, house, row.key, written)
    # Only now: were the transaction taken back, its file would have to be there.
    if not needed:
        Vault(house.settings.evidence_url).delete(owned.file.sha256)
    return change


def _known(owned: Owned | None, evidence_id: int) -> Owned:
    if owned is None:
        raise Invalid(f"không có tài liệu kiểm chứng số {evidence_id}")
    return owned


def _check_desk(house: House, owned: Owned, by: str) -> None:
    actor(house, by)
    if by != house.plan.focal and not may_review(by, house.agency(owned.agency_id), house.plan):
        raise Refused(f"{owned.obligation}: {house.agency(by).name} không được gỡ tệp của đơn vị này")
