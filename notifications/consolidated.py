"""The draft of a consolidated periodic report as a DOCX in the form of Decree 30/2020; people finish it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from notifications.docx_parts import (
    Cell,
    annex_page,
    font_sized,
    heading_table,
    new_document,
    paragraph,
    report_table,
    signature_table,
)

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
TO_BE_WRITTEN = "…………………………………………………………"
"""Stands where only people can write."""
NOTE_POINTS = 12
_HEADINGS = (
    Cell("STT", 1.2),
    Cell("Đơn vị", 8.0),
    Cell("Trong kỳ", 5.0),
    Cell("Lũy kế từ 01/01", 5.0),
    Cell("Ước đến cuối kỳ", 5.0),
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the body: its heading and its paragraphs, where none are given left to be written."""

    heading: str
    paragraphs: tuple[str, ...] = (TO_BE_WRITTEN,)


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """One unit's line of an annex, as written: of the period, since 1 January, expected at its end."""

    unit: str
    period: str
    cumulative: str
    estimate: str


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """One figure by units, with its total where it adds up."""

    heading: str
    units: tuple[UnitFigures, ...]
    total: UnitFigures | None


@dataclass(frozen=True, kw_only=True)
class Annex:
    """The figures of one content of the plan."""

    heading: str
    figures: tuple[FigureTable, ...]


@dataclass(frozen=True, kw_only=True)
class ConsolidatedReport:
    """All that the draft says."""

    above: str
    """The line over the issuing body: the superior body, or what kind of body it is."""
    issuer: str
    sign: str
    """The sign after the blank number: "BC-SNV"."""
    place: str
    as_of: date
    abstract: str
    recipient: str
    opening: str
    sections: tuple[Section, ...]
    closing: str
    """The last sentence, without the mark at its end."""
    annexes: tuple[Annex, ...]
    figures_until: str
    """"Số liệu chốt đến ngày 17/9/2022"."""
    signer_post: str
    filed_under: str
    signer_name: str = ""


def consolidated_report(data: ConsolidatedReport) -> bytes:
    """Write the draft: number, date and signature stay blank for the clerk and the signer."""
    document = new_document()
    # The library would stamp its template's own dates; the draft's are those of its data.
    document.core_properties.title = data.abstract
    document.core_properties.author = data.issuer
    document.core_properties.created = datetime.combine(data.as_of, time())
    document.core_properties.modified = datetime.combine(data.as_of, time())
    _head(document, data)
    paragraph(document, data.opening)
    for section in data.sections:
        paragraph(document, section.heading, bold=True)
        for text in section.paragraphs:
            paragraph(document, text)
    paragraph(document, f"{data.closing}./.")
    recipients = ("- Như trên;", f"- Lưu: {data.filed_under}.")
    signature_table(document, recipients, data.signer_post, data.signer_name)
    if data.annexes:
        _annexes(document, data)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _head(document: Document, data: ConsolidatedReport) -> None:
    heading_table(
        document,
        above=data.above,
        issuer=data.issuer.upper(),
        number=f"Số:        /{data.sign}",
        place=f"{data.place}, ngày      tháng      năm {data.as_of.year}",
    )
    paragraph(document, "BÁO CÁO", align=_CENTRE, bold=True, indent=False)
    paragraph(document, data.abstract, align=_CENTRE, bold=True, indent=False)
    paragraph(document, f"Kính gửi: {data.recipient}.", align=_CENTRE, indent=False)


def _annexes(document: Document, data: ConsolidatedReport) -> None:
    annex_page(document)
    for number, annex in enumerate(data.annexes, start=1):
        paragraph(document, f"PHỤ LỤC {number:02d}", align=_CENTRE, bold=True, indent=False)
        paragraph(document, annex.heading, align=_CENTRE, bold=True, indent=False)
        report_table(document, _HEADINGS, [row for figure in annex.figures for row in _rows(figure)])
        note = paragraph(document, f"{data.figures_until}.", indent=False)
        font_sized(note, NOTE_POINTS)


def _rows(figure: FigureTable) -> list[str | tuple[str, ...]]:
    lines = [_cells(f"{number}", unit) for number, unit in enumerate(figure.units, start=1)]
    total = [] if figure.total is None else [_cells("", figure.total)]
    return [figure.heading, *lines, *total]


def _cells(number: str, unit: UnitFigures) -> tuple[str, ...]:
    return number, unit.unit, unit.period, unit.cumulative, unit.estimate
