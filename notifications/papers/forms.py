"""The parts that the shipped templates share: letterhead, signature, addressees, heads, an annex's table."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document

from notifications.papers.drawing import (
    BODY,
    CENTRE,
    LEFT,
    RIGHT,
    TABLE_POINTS,
    TITLE,
    Column,
    Type,
    filled_table,
    line,
    mark,
    new_document,
    paragraph,
    plain_table,
    rule,
)
from notifications.papers.widths import HEAD_POINTS, STROKE

HEAD_WIDTHS = (6.3, 10.2)
"""The motto of the state needs 9.6 cm at 13 points."""
MOTTO_STROKES = 43
"""The rule below the motto is as long as the motto."""
SIGNED_WIDTHS = (8.0, 8.5)
SIGNATURE_LINES = 4
LAST = Type(after=6, indent=1.27, keep_next=True)
"""Whoever signs does not sign a page without a word of the text."""
HEADING = Type(bold=True, after=6, indent=1.27, keep_next=True)
SMALL = Type(points=12, italic=True, align=LEFT, before=4)
CAPITALS = Type(points=HEAD_POINTS, align=CENTRE)
BOLD = Type(points=HEAD_POINTS, bold=True, align=CENTRE)


def letterhead() -> Document:
    """The part at the head: issuing body, motto, number, place and day, what it is about."""
    document = new_document()
    table = plain_table(document, HEAD_WIDTHS, rows=2)
    left, right = table.rows[0].cells
    for loop, kind in (("above", CAPITALS), ("issuer", BOLD)):
        line(left, f"{{%p for text in head.{loop} %}}", kind)
        line(left, "{{ text }}", kind)
        line(left, "{%p endfor %}", kind)
    rule(left, "{{ head.rule }}")
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD)
    line(right, "Độc lập - Tự do - Hạnh phúc", Type(points=14, bold=True, align=CENTRE))
    rule(right, STROKE * MOTTO_STROKES)
    left, right = table.rows[1].cells
    line(left, "Số: {{ head.number }}/{{ head.symbol }}", CAPITALS)
    line(left, "{%p if head.about %}", CAPITALS)
    line(left, "V/v {{ head.about }}", Type(points=12, align=CENTRE, before=3))
    line(left, "{%p endif %}", CAPITALS)
    line(right, "{{ head.place }}, {{ head.day }}", Type(points=14, italic=True, align=CENTRE))
    paragraph(document, "", Type(points=8))
    return document


def signature() -> Document:
    """The part at the end: who gets it on the left, who signs on the right."""
    document = new_document()
    paragraph(document, "", Type(points=6, keep_next=True))
    left, right = plain_table(document, SIGNED_WIDTHS).rows[0].cells
    line(left, "Nơi nhận:", Type(points=12, bold=True, italic=True, align=LEFT))
    line(left, "{%p for text in sign.recipients %}", CAPITALS)
    line(left, "{{ text }}", Type(points=11, align=LEFT))
    line(left, "{%p endfor %}", CAPITALS)
    line(right, "{%p for text in sign.posts %}", CAPITALS)
    line(right, "{{ text }}", Type(points=14, bold=True, align=CENTRE))
    line(right, "{%p endfor %}", CAPITALS)
    for _ in range(SIGNATURE_LINES):
        line(right, " ", Type(points=14, align=CENTRE))
    line(right, "{%p if sign.name %}", CAPITALS)
    line(right, "{{ sign.name }}", Type(points=14, bold=True, align=CENTRE))
    line(right, "{%p endif %}", CAPITALS)
    return document


def addressed(document: Document) -> None:
    """Draw "Kính gửi": one addressee behind it, several below it."""
    kind = Type(align=CENTRE, before=4, after=8)
    mark(document, "{%p if to|length == 1 %}")
    paragraph(document, "Kính gửi: {{ to[0] }}.", kind)
    mark(document, "{%p else %}")
    table = plain_table(document, (4.5, 11.0))
    left, right = table.rows[0].cells
    line(left, "Kính gửi:", Type(align=RIGHT))
    line(right, "{%p for one in to %}", CAPITALS)
    line(right, "\N{NO-BREAK SPACE}- {{ one }}{{ '.' if loop.last else ';' }}", Type(align=LEFT))
    line(right, "{%p endfor %}", CAPITALS)
    paragraph(document, "", Type(points=8))
    mark(document, "{%p endif %}")


def texts(document: Document, loop: str, kind: Type = BODY) -> None:
    """Draw a paragraph for each text of a list."""
    mark(document, f"{{%p for text in {loop} %}}")
    paragraph(document, "{{ text }}", kind)
    mark(document, "{%p endfor %}")


def annex_head(document: Document, number: str, title: str) -> None:
    """Draw the head of an annex: its number (none where it is the only one), its title, whose it is."""
    paragraph(document, f"Phụ lục {number}".strip(), TITLE)
    paragraph(document, title, TITLE)
    paragraph(document, "(Kèm theo {{ belongs }})", Type(italic=True, align=CENTRE, after=8))


def titled(document: Document) -> None:
    """Draw what stands over a paper with a sort of its own: its sort, what it is about, a rule."""
    mark(document, "{{ letterhead }}")
    paragraph(document, "{{ kind }}", TITLE)
    paragraph(document, "{{ abstract }}", TITLE)
    rule(document, "{{ abstract_rule }}")


def report_head(document: Document) -> None:
    """Draw what stands over a report, and to whom it goes."""
    titled(document)
    addressed(document)


def said_if(document: Document, field: str, kind: Type = BODY) -> None:
    """Draw a paragraph that stands there only where there is something to say."""
    mark(document, f"{{%p if {field} %}}")
    paragraph(document, f"{{{{ {field} }}}}", kind)
    mark(document, "{%p endif %}")


def dated_table(
    document: Document, columns: Sequence[Column], rows: str, *, group: str = "", points: int = TABLE_POINTS
) -> None:
    """Draw a table with the day of its figures below it."""
    filled_table(document, columns, rows, group=group, points=points)
    paragraph(document, "{{ as_of }}", SMALL)


def closed(document: Document) -> None:
    """Draw the last sentence and who signs."""
    paragraph(document, "{{ closing }}./.", LAST)
    mark(document, "{{ signature }}")
