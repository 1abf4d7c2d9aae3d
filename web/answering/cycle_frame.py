"""What pages of a report's form have in common, and what lies beside it: its letter, its numbers' origins."""

from __future__ import annotations

from functools import partial

from starlette.responses import RedirectResponse, Response

from obligations.errors import Invalid
from obligations.figures import EVENTS
from obligations.model import PART_WORDS, Kind, Part
from obligations.rollup import OWN_FIGURES
from tasks_lib.answering.cycle_letter import draft_letter
from tasks_lib.answering.cycle_page import HEAD, CyclePage, cycle_page
from tasks_lib.answering.cycle_sums import share, since_january
from tasks_lib.answering.cycle_words import apart, carried, closing_day
from tasks_lib.answering.one_report import one_form
from tasks_lib.duties.closing import closes_on
from tasks_lib.duties.our_days import told_day_of
from tasks_lib.kernel.wording import head_called, name_of, title
from tasks_lib.papers.unit_drafts import report_in_word
from web.frame.ask import Ask
from web.frame.render import page
from web.frame.security import PRIVATE
from web.rollup.rollup_tables import traced_tables

CYCLE, TASK = "/ky", "/bao-cao-huyen"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOCAL_FIGURES = "Chỉ nhập số liệu của chính cơ quan; số liệu của các cơ quan, địa phương hệ thống tự cộng."


INLINE = 60_000
"""Characters of what units wrote that stand in one form; longer texts are cut, and read in full elsewhere."""


def letter(ask: Ask) -> Response:
    """Give the draft of the periodic report as a document to be edited and signed."""
    found = read(ask)
    consolidated = found.signs_off or found.is_task
    write = draft_letter if consolidated else report_in_word
    content = write(ask.house, found, ask.as_of)
    return word_file(f"du-thao-bao-cao-{found.row.period}-{found.row.agency_id}", content)


def word_file(name: str, content: bytes) -> Response:
    """Hand out a draft in Word; it is kept nowhere."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.docx"', "Cache-Control": PRIVATE}
    return Response(content, media_type=DOCX, headers=headers)


def origins(ask: Ask) -> Response:
    """Show what a number beside the form is made of, unit by unit."""
    found = read(ask)
    item, part, key = ask.query("muc"), ask.query("phan", Part.LEAD), ask.query("so")
    beside = [line for row in found.rows for line in (row.beside.below, row.beside.hands) if line is not None]
    lines = [line for line in (*beside, *found.others) if (line.item.key, line.part) == (item, part)]
    figures = [(line, figure) for line in lines for figure in line.figures if figure.figure.key == key]
    if not figures:
        raise Invalid("không có số liệu này trong báo cáo đang mở")
    line, figure = figures[0]
    return page(
        ask,
        "rollup/rollup_sources.html",
        title=f"{line.item.key}. {figure.figure.name}",
        line=line,
        figure=figure,
        part_words=PART_WORDS,
        tables=traced_tables(ask, figure),
        xlsx="",
        back=ask.url(f"{prefix(found)}/{found.row.key}"),
        place=ask.agency.name,
        subject=_name(ask, found),
    )


def read(ask: Ask) -> CyclePage:
    """Return the report that is asked for; raise Invalid where it has another address."""
    # A report that is answered in another plan's opens that one's form, by whichever plan's link one comes.
    ask.house = one_form(ask.house, ask.param("key"), ask.on)
    found = cycle_page(ask.house, ask.param("key"), ask.as_of)
    if found.is_task == ask.request.url.path.removeprefix(ask.root).startswith(f"{CYCLE}/"):
        raise Invalid(f"{found.row.key}: không có báo cáo này ở địa chỉ đang mở")
    return found


def common(ask: Ask, found: CyclePage) -> dict[str, object]:
    """Return what every page of the form shows."""
    house, row = ask.house, found.row
    reviewer = house.agency(row.reviewer_id)
    review_by = row.answer_by or house.calendar.add(ask.on, house.plan.settings.review_working_days)
    return {
        "it": found,
        "told_day": told_day_of(house, row, ask.on),
        "HEAD": HEAD,
        "EVENTS": EVENTS,
        "agency": house.agency(row.agency_id),
        "name": _name(ask, found),
        "reviewer": reviewer,
        "reviewer_desk": _desk(ask, found),
        "review_by": review_by,
        "base": ask.url(f"{prefix(found)}/{row.key}"),
        "keep": f"ky:{row.key}",
        "closing": closing_day(house, row),
        "closes": None if found.is_task else closes_on(house, house.agency(row.agency_id), row.period),
        "own_figures": OWN_FIGURES if row.agency_id != house.plan.focal else FOCAL_FIGURES,
        "unit_name": partial(name_of, house),
        "apart": apart,
        "carried": carried,
        "share": share,
        "since_january": since_january,
        "names": [house.agency(key).name for key in found.beside.missing],
    }


def _desk(ask: Ask, found: CyclePage) -> str:
    """Name who looks at it: the superior's desk, or for the focal agency's own its director."""
    if found.row.agency_id == ask.house.plan.focal:
        return head_called(ask.house.focal)
    return ask.house.agency(found.row.reviewer_id).desk or ""


def _name(ask: Ask, found: CyclePage) -> str:
    row = found.row
    if found.is_task:
        return f"Nhiệm vụ {row.item}"
    if row.agency_id == ask.house.plan.focal:
        return title(ask.house, Kind.REPORT, None, row.period).replace("Báo cáo", "Báo cáo tổng hợp", 1)
    return title(ask.house, Kind.REPORT, None, row.period)


def title_of(ask: Ask, found: CyclePage) -> str:
    """Return what the pages are called."""
    return f"{_name(ask, found)} - {ask.house.agency(found.row.agency_id).name}"


def prefix(found: CyclePage) -> str:
    """Return where the form stands: a cycle report, or a district's own."""
    return TASK if found.is_task else CYCLE


def to(ask: Ask, page_of: str, query: str = "") -> Response:
    """Lead to another page of the same form."""
    where = CYCLE if ask.request.url.path.removeprefix(ask.root).startswith(f"{CYCLE}/") else TASK
    return RedirectResponse(ask.url(f"{where}/{ask.param('key')}{page_of}{query}"), status_code=303)
