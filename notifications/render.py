"""From a mail's values to its words: subject, plain text, HTML and the table that travels along."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifications import (
    bundle,
    buttons,
    card,
    days,
    handed_over,
    headlines,
    joint,
    monday,
    phrases,
    prospects,
    tables,
    wording,
)
from notifications.model import Mail, Section
from notifications.outgoing import Rendered
from notifications.sheets import digest_workbook
from obligations.deeds import HAND_OVER
from obligations.places import place_of, without_committee
from obligations.words import count

TEMPLATES = Path(__file__).parent / "templates"

HEADINGS = {
    "director": "Nhiệm vụ của cơ quan chưa ghi nhận kết quả",
    "focal": "Tổng hợp trong tuần",
    "list": "Danh mục đề xuất báo cáo",
    "superior": "Tình hình tại các {units}",
    HAND_OVER: "Nhận bàn giao",
    "overdue": "Chưa ghi nhận kết quả",
    "forwarded": "Nhờ chuyển đến đơn vị chưa nhận được thư",
    "review": "Báo cáo chờ xác nhận",
    "correction": "Đề nghị bổ sung báo cáo",
    "sheet": "Xem xét hằng tháng của người đứng đầu",
    "missed": "Bảng theo dõi tháng chưa được xem xét",
    "remind": "Sắp đến hạn",
    "request": "Đề nghị phối hợp, cung cấp thông tin",
    "opening": "Nhiệm vụ được giao",
}


def render(mail: Mail) -> Rendered:
    """Put a mail into words; the same mail always gives the same bytes."""
    if mail.also:
        return _joint(mail)
    sections = bundle.arrange(mail)
    values = _values(mail, sections)
    subject = _subject(mail, sections[0], values)
    values["preheader"] = card.preheader(mail, sections, subject)
    return Rendered(
        subject=subject,
        text=tidy(environment(html=False).get_template("layout.txt").render(values)),
        html=environment(html=True).get_template("layout.html").render(values) + "\n",
        attachments=(digest_workbook(mail),) if bundle.needs_table(mail) else (),
    )


def _joint(mail: Mail) -> Rendered:
    """Put a mail about several plans into words."""
    parts = joint.parts_of(mail)
    frame = joint.frame(parts)
    subject = headlines.fitting(f"[{', '.join(frame.plans)}]", joint.subject(parts), mail.recipient_short)
    values: dict[str, object] = {
        "mail": frame,
        "headings": HEADINGS,
        "letter": "parts/joint.j2",
        "parts": [_values(part.mail, part.sections) for part in parts],
        "together": joint.rows(parts),
        "preheader": subject.partition("] ")[2],
    }
    return Rendered(
        subject=subject,
        text=tidy(environment(html=False).get_template("layout.txt").render(values)),
        html=environment(html=True).get_template("layout.html").render(values) + "\n",
        attachments=tuple(digest_workbook(p.mail) for p in parts if bundle.needs_table(p.mail)),
    )


def _values(mail: Mail, sections: tuple[Section, ...]) -> dict[str, object]:
    """Gather what templates read; they reckon nothing beyond loops and plain conditions."""
    return {
        "mail": mail,
        "sections": sections,
        "headings": HEADINGS,
        "letter": "parts/letter.j2",
        "attached": bundle.needs_table(mail),
        "section_buttons": buttons.by_section(mail, sections),
        "weekly_buttons": buttons.of_weekly_line(mail, sections),
        "has_answer": "answer" in mail.links or any(line.link for s in sections for line in s.lines),
    }


def _subject(mail: Mail, section: Section, values: dict[str, object]) -> str:
    template = environment(html=False).get_template(f"{section.template}/subject.txt")
    wordings = template.render(values, section=section, lines=section.lines)
    return headlines.fitting(f"[{mail.plan_short}]", wordings, mail.recipient_short)


def tidy(text: str) -> str:
    """Leave one empty line between parts and nothing at line ends."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _bullet(text: str) -> str:
    return wording.paragraph(text, indent="  ", first="- ") + "\n"


def _heading(text: str) -> str:
    title = wording.one_line(text).upper()
    return f"\n{title}\n{'-' * len(title)}\n\n"


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "bullet": _bullet,
    "clip": wording.clip,
    "clock": wording.clock_time,
    "count": count,
    "date": wording.plain_date,
    "day": lambda moment: wording.local(moment).date(),
    "dates": wording.dates,
    "full_date": wording.full_date,
    "generic": wording.generic_name,
    "hanging": lambda text: wording.paragraph(text, indent="  ", first=""),
    "heading": _heading,
    "joined": wording.joined,
    "lower_first": wording.lower_first,
    "one_line": wording.one_line,
    "sentence": wording.sentence,
    "short_date": wording.short_date,
    "paragraph": lambda text: wording.paragraph(text) + "\n\n",
    "place": place_of,
    "upper_first": wording.upper_first,
    "without_committee": without_committee,
}
WORDS: Final[dict[str, ModuleType]] = {
    "say": phrases,
    "next": prospects,
    "over": handed_over,
    "head": headlines,
    "bundle": bundle,
    "press": buttons,
    "card": card,
    "by_day": days,
    "table": tables,
    "monday": monday,
}
"""What templates call the modules by whose words they speak."""


@cache
def environment(*, html: bool) -> Environment:
    """Build the environment once; text and HTML differ in escaping and in their block macros."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=html,  # noqa: S701 - the plain-text part has nothing to escape
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(WORDS)
    macros = environment.get_template(f"parts/blocks.{'html' if html else 'txt'}")
    environment.globals["w"] = macros.module
    environment.globals["suffix"] = "html" if html else "txt"
    return environment
