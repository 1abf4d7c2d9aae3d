"""What units say of their slips of a quarter, those that contest it first, and the collator's answer."""

from __future__ import annotations

from collections import Counter

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Invalid
from obligations.grading import GRADE_WORDS, GradeState
from obligations.rights import Act
from obligations.words import count
from tasks_lib.grading.grades import quarter_of, reply
from tasks_lib.grading.slips import Said, drafted_quarters, words_said
from web.frame.ask import Ask, Page
from web.frame.faults import plain
from web.frame.form_faults import At
from web.frame.render import page
from web.frame.table import Column, Refusal, Table, Value, tabled

GRADES = "/muc-do-hoan-thanh"
TITLE = "Mức độ hoàn thành theo quý"
WRONG, REFUSED = 400, 409


def show(ask: Ask) -> Response:
    """Show what has been said of a quarter: of the one asked for, else of the newest."""
    return _shown(ask)


def answer(ask: Ask) -> Response:
    """Answer what a unit contests: its draft is reckoned anew and mailed to it with the answer."""
    unit, said, quarter = ask.text("don-vi"), ask.text("tra-loi"), ask.text("quy")
    if unit not in ask.house.configuration.agencies:
        raise Invalid(f"không có cơ quan '{unit}'")
    if not said:
        return _shown(ask, faults=[At(_field(unit), "nhập nội dung trả lời đơn vị")], status=WRONG)
    try:
        reply(ask.house, unit, quarter_of(quarter), ask.agency.id, ask.as_of, said)
    except DomainError as fault:
        return _shown(ask, plain(fault), status=REFUSED)
    ask.notes_wait()
    return RedirectResponse(ask.url(f"{GRADES}?quy={quarter}&xong=1"), status_code=303)


def _field(unit: str) -> str:
    return f"f-tra-loi-{unit}"


def _shown(ask: Ask, problem: str = "", faults: list[At] | None = None, status: int = 200) -> Response:
    quarters = drafted_quarters(ask.house)
    asked = ask.text("quy") or ask.query("quy")
    chosen = next((key for key, _ in quarters if key == asked), quarters[0][0] if quarters else "")
    also: dict[str, object] = {
        "quarters": quarters,
        "chosen": chosen,
        "address": GRADES,
        "said": "Đã trả lời; phiếu lập lại đã gửi đơn vị." if ask.query("xong") else "",
    }
    if not chosen:
        return page(ask, "leading/grades.html", title=TITLE, status=status, problem=problem, also=also)
    found = words_said(ask.house, quarter_of(chosen))
    states = Counter(one.grade.state for one in found)
    shown = {
        "contested": [one for one in found if one.is_contested],
        "states": "; ".join(f"{GRADE_WORDS[state]} {count(states[state])}" for state in GradeState),
        "untold": [one.agency.name for one in found if _is_untold(one)],
        "field": _field,
        "typed": {ask.text("don-vi"): ask.text("tra-loi")},
    }
    return tabled(
        ask,
        "leading/grades.html",
        title=TITLE,
        tables=[_table(found)],
        refusal=Refusal(status=status, problem=problem, faults=faults or ()),
        also={**also, **shown},
    )


def _is_untold(one: Said) -> bool:
    return one.grade.told_at is None and one.grade.state is GradeState.DRAFT


def _table(found: list[Said]) -> Table:
    rows: list[dict[str, Value]] = [
        {
            "unit": one.agency.name,
            "state": GRADE_WORDS[one.grade.state],
            "until": one.grade.contest_until,
            "numbers": one.numbers,
            "answer": one.grade.answer or "",
            "reply": one.grade.reply or "",
        }
        for one in found
    ]
    return Table(
        name="y-kien-cua-don-vi",
        title="Ý kiến của từng đơn vị",
        columns=(
            Column(key="unit", heading="Đơn vị", width=30),
            Column(key="state", heading="Trạng thái", width=24),
            Column(key="until", heading="Đối chiếu đến", kind="date", width=12),
            Column(key="numbers", heading="Số liệu dự thảo", width=50),
            Column(key="answer", heading="Ý kiến của đơn vị", width=40),
            Column(key="reply", heading="Đã trả lời", width=40),
        ),
        rows=rows,
    )


PAGES = (
    Page("GET", GRADES, show, Act.GRADES, link=False),
    Page("POST", GRADES, answer, Act.GRADES, link=False),
)
