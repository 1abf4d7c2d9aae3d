"""A template of an office and what it is to say become the bytes of a paper."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tc
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from notifications.wording import one_line
from obligations.errors import Invalid

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURE, WIDTH = "png", "width"
"""A value that is a picture: its PNG in base64, and how many centimetres it is wide."""
GLUE = "\N{NO-BREAK SPACE}"
PARTS = {"{{ letterhead }}": "letterhead.docx", "{{ signature }}": "signature.docx"}
"""A paragraph of a template that says this is replaced by what that file holds: one letterhead for all."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a document says of itself: the library would stamp its own template's name and day."""

    title: str
    author: str
    on: date


def fill(template: Path, parts: Mapping[str, Path], values: Mapping[str, object], stamp: Stamp) -> bytes:
    """Fill in a template; a fault in it is told with its name, for an office may have edited it."""
    try:
        paper = DocxTemplate(template)
        document: Document = paper.get_docx()
        for mark, name in PARTS.items():
            _put_in(document, mark, parts[name])
        # An office's template is data: it reads values and reaches nothing else.
        environment = SandboxedEnvironment(undefined=StrictUndefined)
        paper.render(_with_pictures(paper, cleaned(values)), environment, autoescape=True)
    except (TemplateError, LxmlError, PackageNotFoundError, BadZipFile, KeyError, ValueError) as fault:
        raise Invalid(f"mẫu văn bản {template.name}: {one_line(str(fault))}") from fault
    _share_room(document)
    properties = document.core_properties
    properties.title, properties.author = one_line(stamp.title), one_line(stamp.author)
    properties.created = properties.modified = datetime.combine(stamp.on, time())
    properties.last_modified_by = one_line(stamp.author)
    buffer = BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue(), stamp.on)


def cleaned(value: object) -> object:
    """Return values without line ends and signs that no document takes, whatever a user wrote."""
    if isinstance(value, str):
        # Blanks that hold a name together, and the room left for a number, are no line ends.
        return GLUE.join(one_line(part) for part in value.split(GLUE))
    if isinstance(value, Mapping):
        return {key: cleaned(found) for key, found in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(found) for found in value]
    return value


def _with_pictures(paper: DocxTemplate, value: object) -> object:
    """Return values with the pictures among them as Word takes them."""
    if isinstance(value, Mapping):
        if PICTURE in value:
            content = BytesIO(b64decode(str(value[PICTURE])))
            return InlineImage(paper, content, width=Cm(float(str(value[WIDTH]))))
        return {key: _with_pictures(paper, found) for key, found in value.items()}
    if isinstance(value, list):
        return [_with_pictures(paper, found) for found in value]
    return value


def _put_in(document: Document, mark: str, part: Path) -> None:
    """Put what a part holds in the place of its mark."""
    for place in document.paragraphs:
        if place.text.strip() == mark:
            body = DocxTemplate(part).get_docx().element.body
            for element in body:
                if not element.tag.endswith("}sectPr"):
                    place._p.addprevious(deepcopy(element))  # noqa: SLF001
            place._p.getparent().remove(place._p)  # noqa: SLF001


def _share_room(document: Document) -> None:
    """Give the columns a template left without a width what the others leave, in equal parts."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [row.findall(qn("w:tc")) for row in table.iter(qn("w:tr"))]
        widths = [[_width(cell) for cell in row] for row in rows]
        longest = max(widths, key=len, default=[])
        columns = table.find(qn("w:tblGrid")).findall(qn("w:gridCol"))
        if 0 not in longest or len(columns) != len(longest):
            continue
        room = sum(int(column.get(qn("w:w"))) for column in columns)
        share = (room - sum(longest)) // longest.count(0)
        for place, column in enumerate(columns):
            column.set(qn("w:w"), str(longest[place] or share))
        for row in rows:
            for cell in row:
                if _width(cell) == 0:
                    cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(share))


def _width(cell: CT_Tc) -> int:
    found = cell.tcPr.find(qn("w:tcW")) if cell.tcPr is not None else None
    return int(found.get(qn("w:w"))) if found is not None else -1


def _undated(content: bytes, on: date) -> bytes:
    """Pack a document anew with the hour of its data: the same data give the same bytes."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(buffer, "w", ZIP_DEFLATED) as again:
        for entry in packed.infolist():
            info = ZipInfo(entry.filename, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            again.writestr(info, packed.read(entry))
    return buffer.getvalue()
