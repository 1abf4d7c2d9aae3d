"""The list "Đề xuất báo cáo UBND tỉnh": filled by the ladder, edited and released by Sở Nội vụ."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from notifications.reminded import NOT_REACHED
from obligations.errors import Invalid, Refused
from obligations.papers import HARD
from obligations.states import WITH_THE_UNIT
from store.engine import reading
from store.journal import Happening, write
from store.ledger import Entry as Act
from store.ledger import write_history
from store.proposed import DROPPED, LISTED, RELEASED, Entry, entries, write_decision
from tasks_lib.duties.change import actor, changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.wording import district_of, name_of
from tasks_lib.papers.kinds import LATE_UNITS
from tasks_lib.papers.late_units import meant_by
from tasks_lib.papers.making import Draft, draft_in_word, keep
from tasks_lib.papers.order import Order

MOST_LETTERS = 2000
_WAITING = {LISTED: "đang chờ", DROPPED: "đã đưa ra"}
DRAFT_NAME = re.compile(r"bao-cao-ubnd-tinh-\d{8}(-\d{1,3})?\.docx")
"""What drafts are called; nothing else in their folder is ever handed out."""


@dataclass(frozen=True, kw_only=True)
class Released:
    """What a release returns: the entries and the draft to be signed."""

    entries: list[dict[str, object]]
    draft: Path

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {"released": self.entries, "draft": str(self.draft)}


def list_entries(house: House, state: str | None = LISTED) -> list[dict[str, object]]:
    """List the entries, communes under their district."""
    with reading(house.engine) as connection:
        rows = entries(connection, house.plan.key, state)
    return [
        {
            "id": row.id,
            "cause": row.cause,
            "agency": row.agency_id,
            "district": district_of(house, house.agency(row.agency_id)) or None,
            "obligation": row.key,
            "item": row.item,
            "last_day": row.last_day.isoformat() if row.last_day else None,
            "entered_on": row.entered_on.isoformat(),
            "state": row.state,
            "reason": row.reason,
        }
        for row in rows
    ]


def drop(
    house: House, keys: Collection[int], by: str, as_of: datetime, reason: str, person: str = ""
) -> list[dict[str, object]]:
    """Take entries off the list with one reason."""
    _check_reason(reason, "đưa ra khỏi danh mục")
    with changing(house, as_of) as connection:
        rows = _listed(connection, house, by, keys)
        act = Act(at=as_of, by=by, what="proposal-drop", why=reason.strip(), person=person or None)
        return [_decide(connection, row, DROPPED, act) for row in rows]


def restore(
    house: House, keys: Collection[int], by: str, as_of: datetime, reason: str, person: str = ""
) -> list[dict[str, object]]:
    """Put entries that were taken off by mistake back onto the list, with the standing text."""
    _check_reason(reason, "đưa lại vào danh mục")
    with changing(house, as_of) as connection:
        rows = _entries(connection, house, by, keys, DROPPED)
        for row in rows:
            if row.work_state is not None and row.work_state not in WITH_THE_UNIT:
                raise Refused(f"danh mục đề xuất, dòng {row.id}: nhiệm vụ không còn chờ đơn vị thực hiện")
        act = Act(at=as_of, by=by, what="proposal-restore", why=reason.strip(), person=person or None)
        return [_decide(connection, row, LISTED, act) for row in rows]


def edit(
    house: House, keys: Collection[int], by: str, as_of: datetime, text: str, person: str = ""
) -> list[dict[str, object]]:
    """Set what Sở Nội vụ proposes about entries; the draft's column "Đề xuất" carries it.

    The hard form needs a unit that a reminder has reached: nothing is held against who heard nothing.
    """
    if not text.strip():
        raise Invalid("nội dung đề xuất: chưa nhập")
    _check_length("nội dung đề xuất", text)
    with changing(house, as_of) as connection:
        rows = _listed(connection, house, by, keys)
        if text.strip() == HARD:
            _require_reached(connection, house, rows, local_day(as_of))
        act = Act(at=as_of, by=by, what="proposal-edit", why=text.strip(), person=person or None)
        return [_decide(connection, row, LISTED, act) for row in rows]


def _check_reason(reason: str, of: str) -> None:
    if not reason.strip():
        raise Invalid(f"--reason: nêu lý do {of}")
    _check_length("lý do", reason)


def _check_length(what: str, text: str) -> None:
    if len(text) > MOST_LETTERS:
        raise Invalid(f"{what}: dài quá {MOST_LETTERS} chữ")


def _require_reached(connection: Connection, house: House, rows: Sequence[Entry], on: date) -> None:
    meant = meant_by(connection, house, rows, on)
    reached = {one.duty.agency_id for one in meant if one.told.arrived}
    unheard = sorted({name_of(house, row.agency_id) for row in rows if row.agency_id not in reached})
    if unheard:
        raise Refused(f"chưa thể đề nghị làm rõ trách nhiệm: {', '.join(unheard)} {NOT_REACHED} nào")


def release(
    house: House,
    by: str,
    as_of: datetime,
    keys: Collection[int] | None = None,
    number: str = "",
    person: str = "",
) -> Released:
    """Release the list as a report to be signed by the director; a machine sends nothing to UBND tỉnh.

    The draft is kept among the papers and as a DOCX; number and date are the clerk's unless one is known.
    """
    with changing(house, as_of) as connection:
        rows = _listed(connection, house, by, keys)
        path = _new_draft(house, as_of)
        written = _draft(connection, house, rows, by, as_of, person)
        path.write_bytes(keep(connection, house, written, as_of).docx)
        why = f"báo cáo {house.top}{f', văn bản số {number}' if number else ''}"
        act = Act(at=as_of, by=by, what="proposal-release", why=why, person=person or None)
        return Released(entries=[_decide(connection, row, RELEASED, act, number) for row in rows], draft=path)


def look_ahead(house: House, by: str, as_of: datetime) -> bytes:
    """Return the draft of all that is listed, as a release would write it now; nothing is decided."""
    with reading(house.engine) as connection:
        rows = _listed(connection, house, by, None)
        return _draft(connection, house, rows, by, as_of).docx


def _draft(
    connection: Connection, house: House, rows: Sequence[Entry], by: str, as_of: datetime, person: str = ""
) -> Draft:
    order = Order(kind=LATE_UNITS, by=by, entries=tuple(row.id for row in rows), person=person)
    return draft_in_word(connection, house, order, as_of)


def drafts(house: House) -> list[str]:
    """Return the names of the drafts that releases wrote, the newest first."""
    found = [p.name for p in _folder(house).glob("*.docx") if DRAFT_NAME.fullmatch(p.name)]
    return sorted(found, key=lambda name: (name.partition(".")[0].split("-")[4:], name), reverse=True)


def read_draft(house: House, name: str) -> bytes:
    """Return a draft; a name that no release gave is refused, whatever stands at that place."""
    path = _folder(house) / name
    if not DRAFT_NAME.fullmatch(name) or not path.is_file():
        raise Invalid("không có dự thảo này")
    return path.read_bytes()


def _folder(house: House) -> Path:
    return house.settings.home / "letters"


def _new_draft(house: House, as_of: datetime) -> Path:
    """Return a free name: a second release of a day leaves the first one's draft alone."""
    folder, stem = _folder(house), f"bao-cao-ubnd-tinh-{local_day(as_of):%Y%m%d}"
    folder.mkdir(parents=True, exist_ok=True)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(path for name in names if not (path := folder / f"{name}.docx").exists())


def _listed(connection: Connection, house: House, by: str, keys: Collection[int] | None) -> list[Entry]:
    return _entries(connection, house, by, keys, LISTED)


def _entries(
    connection: Connection, house: House, by: str, keys: Collection[int] | None, state: str
) -> list[Entry]:
    actor(house, by)
    if by != house.plan.focal:
        raise Refused(f"chỉ {house.focal.name} được chỉnh sửa, phát hành danh mục")
    rows = entries(connection, house.plan.key, state)
    chosen = [row for row in rows if keys is None or row.id in keys]
    missing = set(keys or ()) - {row.id for row in chosen}
    for key in sorted(missing):
        raise Invalid(f"danh mục đề xuất không có dòng {key} {_WAITING[state]}")
    if not chosen:
        raise Refused("danh mục đề xuất đang trống")
    return chosen


def _decide(connection: Connection, row: Entry, state: str, act: Act, number: str = "") -> dict[str, object]:
    # What was edited is what the report said: it stays with the entry when the report is released.
    keeps_text = state == RELEASED and row.edited
    # What is put back stands as if nobody had decided anything.
    is_anew = row.state == DROPPED
    write_decision(
        connection,
        row.id,
        state=state,
        reason=row.reason if keeps_text else "" if is_anew else act.why,
        by=None if is_anew else act.by,
        at=None if is_anew else act.at,
        document=number or None,
    )
    written = None
    if row.obligation_id is not None:
        written = write_history(connection, row.obligation_id, act, row.work_state, row.work_state)
    else:
        write(
            connection,
            Happening(at=act.at, what=act.what, subject=row.agency_id, by=act.by, person=act.person or ""),
        )
    return {
        "obligation": row.key,
        "version": row.version,
        "work_state": row.work_state,
        "history_id": written,
    }
