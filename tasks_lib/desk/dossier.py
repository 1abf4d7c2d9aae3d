"""The record of one obligation as its page shows it: how it stands, what was reported, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from obligations.errors import Invalid
from obligations.figures import EVENTS, Figures, events_figure
from obligations.model import Agency, Contact, Kind, Part, TimeState, WorkState
from obligations.period import ONCE
from obligations.rollup import shown_value
from obligations.states import Standing, time_state
from obligations.words import day as words
from store.evidence import File, files_of
from store.people import contacts_of
from store.rows import SignedDocument
from tasks_lib.answering.doubts import doubts_of
from tasks_lib.desk.sql import dossier as stored
from tasks_lib.desk.sql.dossier import DossierRow, LineRow, ReportOnPaper
from tasks_lib.desk.timeline import Moment, told
from tasks_lib.duties.our_days import ToldDay, read_papers, told_day
from tasks_lib.evidence.evidence import how_removed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.difference import Moved, Piece, values_between, words_between
from tasks_lib.kernel.duty_views import reviewer_called
from tasks_lib.kernel.looking_back import reading_on
from tasks_lib.kernel.wording import deadline_text, name_of, title
from tasks_lib.mailing.compose_line import is_excused
from tasks_lib.rollup.sign_off import missing_below

OTHER_FIGURE = "số liệu khác"
"""A figure that the configuration no longer names."""
BARE_KINDS = ("percent", "yes-no")
"""Figures whose value says its unit itself."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A file as a page lists it."""

    id: int
    name: str
    size: int
    removed: str
    """By whom, when and why it was taken away; "" while it is there."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a report, its figures and units named."""

    number: int
    entered_at: datetime
    entered_by: str
    completed_on: date | None
    counts_on: date
    arrived_on: date
    text: str
    difficulty: str
    figures: dict[str, str]
    estimates: dict[str, str]
    missing: tuple[str, ...]
    drafted_by: str
    approved_by: str
    document: str
    """Số, ký hiệu, ngày, người ký, trích yếu in one line; "" where it came by the portal."""
    files: tuple[Shown, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What one version says otherwise than an older one."""

    older: int
    newer: int
    text: tuple[Piece, ...]
    difficulty: tuple[Piece, ...]
    values: tuple[Moved, ...]
    """Figures, days, documents and files that came, went or changed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing a reader sees has changed."""
        return not self.values and all(p.sort == "same" for p in (*self.text, *self.difficulty))


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """What a cycle report says of one item."""

    item: str
    title: str
    part: Part
    text: str
    figures: dict[str, str]
    answered: bool


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """One obligation with all that is known of it."""

    row: DossierRow
    agency: Agency
    title: str
    deadline_text: str
    told_day: ToldDay
    reviewer_name: str
    state: WorkState
    stands: TimeState
    excused: bool
    """Late, and a pause of its place covers the lateness."""
    missing_below: tuple[str, ...]
    """The names of the units below that it waits for."""
    versions: tuple[Version, ...]
    """Newest first."""
    lines: tuple[ReportLine, ...]
    doubts: tuple[str, ...]
    """Figures of the newest version that are far from the last period's."""
    moments: tuple[Moment, ...]
    contacts: tuple[Contact, ...]

    @property
    def name(self) -> str:
        """Its number and title, as lists show it."""
        return f"{self.row.item}. {self.title}" if self.row.item else self.title

    @property
    def newest(self) -> Version | None:
        """The version that counts."""
        return self.versions[0] if self.versions else None

    @property
    def holder(self) -> str:
        """Who has to act next, in words; "" when nobody has."""
        if self.row.is_with_the_unit:
            return "chờ cấp dưới" if self.missing_below else self.agency.name
        return self.reviewer_name if self.row.is_with_its_reviewer else ""

    def since(self, version: int) -> Difference | None:
        """Return what the newest version says otherwise than an older one; None without either."""
        older = next((v for v in self.versions if v.number == version), None)
        newest = self.newest
        if newest is None or older is None or older.number >= newest.number:
            return None
        return difference(older, newest)

    @property
    def changes(self) -> Difference | None:
        """What the newest version says otherwise than the one before."""
        return self.since(self.versions[1].number) if len(self.versions) > 1 else None


def dossier(house: House, key: str, as_of: datetime) -> Dossier:
    """Return the record of one obligation; what its unit has only drafted is never in it."""
    on = local_day(as_of)
    with reading_on(house, on) as connection:
        row = stored.obligation_row(connection, house.plan.key, key, on)
        if row is None:
            raise Invalid(f"{key}: không có nhiệm vụ được giao nào với mã này")
        return _dossier(connection, house, row, as_of)


def _dossier(connection: Connection, house: House, row: DossierRow, as_of: datetime) -> Dossier:
    on = local_day(as_of)
    agency = house.agency(row.agency_id)
    soon = house.calendar.add(on, house.plan.settings.due_soon_working_days)
    derived = row.standing(on)
    deeds = stored.history_rows(connection, row.id)
    lines = stored.line_rows(connection, row.id) if row.is_cycle_report else []
    pauses = stored.pauses_at(connection, house.plan.key, (agency.id, *agency.above))
    return Dossier(
        row=row,
        agency=agency,
        title=title(house, row.kind, row.item, row.period, row.event),
        deadline_text=deadline_text(house, row.kind, row.item, row.why),
        told_day=told_day(house, row, read_papers(connection, house, [row.id]), on),
        reviewer_name=reviewer_called(house, row.agency_id, row.reviewer_id),
        state=row.work_state,
        stands=time_state(derived, on, soon),
        excused=_is_late(derived, on) and is_excused(agency, row.last_day, derived.done_on or on, pauses),
        missing_below=_missing(connection, house, row),
        versions=_versions(connection, house, row),
        lines=tuple(_line(house, line) for line in lines),
        doubts=doubts_of(connection, house, row, as_of),
        moments=tuple(told(house, deeds, stored.notice_rows(connection, row.id), agency.id)),
        contacts=contacts_of(connection, [agency.id]).get(agency.id, ()),
    )


def difference(older: Version, newer: Version) -> Difference:
    """Return what differs between two versions: texts word by word, the rest by name."""
    return Difference(
        older=older.number,
        newer=newer.number,
        text=words_between(older.text, newer.text),
        difficulty=words_between(older.difficulty, newer.difficulty),
        values=values_between(_values(older), _values(newer)),
    )


def shown_figures(house: House, item: str | None, figures: Figures | None) -> dict[str, str]:
    """Return figures by name, as tables show them: "18/21 (85,7%)", "12 lượt", "có"."""
    found = house.plan.item(item) if item else None
    known = {f.key: f for f in found.figures} | {EVENTS: events_figure(found)} if found else {}
    shown = {}
    for key, value in (figures or {}).items():
        figure = known.get(key)
        if figure is None:
            shown[OTHER_FIGURE] = str(value)
            continue
        unit = "" if figure.kind in BARE_KINDS or not figure.unit else f" {figure.unit}"
        shown[figure.name] = f"{shown_value(figure, value)}{unit}"
    return shown


def _is_late(derived: Standing, on: date) -> bool:
    return not derived.is_row and (derived.done_on or on) > derived.last_day


def _missing(connection: Connection, house: House, row: DossierRow) -> tuple[str, ...]:
    if not row.is_with_the_unit:
        return ()
    return tuple(name_of(house, key) for key in missing_below(connection, house, row))


def _versions(connection: Connection, house: House, row: DossierRow) -> tuple[Version, ...]:
    found = stored.version_rows(connection, row.id)
    files = files_of(connection, [version.id for version in found])
    return tuple(_version(house, row, version, files.get(version.id, ())) for version in reversed(found))


def _version(house: House, row: DossierRow, version: ReportOnPaper, files: tuple[File, ...]) -> Version:
    return Version(
        number=version.version,
        entered_at=version.entered_at,
        entered_by=name_of(house, version.entered_by),
        completed_on=version.completed_on,
        counts_on=version.counts_on,
        arrived_on=version.arrived_on,
        text=version.text,
        difficulty=version.difficulty,
        figures=shown_figures(house, row.item, version.figures),
        estimates=shown_figures(house, row.item, version.estimates),
        missing=tuple(name_of(house, key) for key in version.missing or ()),
        drafted_by=version.drafted_by or "",
        approved_by=version.approved_by or "",
        document=_document(version.document),
        files=tuple(_file(house, file) for file in files),
    )


def _document(document: SignedDocument | None) -> str:
    if document is None:
        return ""
    parts = [f"số {document.number} ngày {words(document.signed_on)}"]
    parts += [f"người ký {document.signer}"] if document.signer else []
    parts += [document.summary] if document.summary else []
    return "; ".join(parts)


def _file(house: House, file: File) -> Shown:
    removed = how_removed(house, file) if file.is_removed else ""
    return Shown(id=file.id, name=file.name, size=file.size, removed=removed)


def _line(house: House, line: LineRow) -> ReportLine:
    return ReportLine(
        item=line.item,
        title=title(house, Kind.ROW, line.item, ONCE),
        part=line.part,
        text=line.text or "",
        figures=shown_figures(house, line.item, line.figures),
        answered=line.of_version is not None,
    )


def _values(version: Version) -> dict[str, str]:
    """Return what a version says beside its texts, by the names readers know."""
    said = {
        "Ngày hoàn thành": words(version.completed_on) if version.completed_on else "",
        "Văn bản": version.document,
        "Đơn vị chưa báo cáo": ", ".join(version.missing),
        "Tài liệu kiểm chứng": ", ".join(f.name for f in version.files if not f.removed),
    }
    expected = {f"{name} (ước cả kỳ)": value for name, value in version.estimates.items()}
    return {name: value for name, value in (version.figures | expected | said).items() if value}
