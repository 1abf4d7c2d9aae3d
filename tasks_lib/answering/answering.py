"""From what stands in a form or a draft to the answer that is handed in: tasks, plans, cycle reports."""

from __future__ import annotations

from datetime import date

from obligations.answers import Document
from obligations.errors import Fault, Faults, Gathering, Invalid
from obligations.obligation import NamedObligation
from obligations.reasons import REASON_WORDS, DelayReason
from obligations.true_days import COMPLETED, SIGNED, doubt, term_of
from tasks_lib.answering.cycle_form import read_rows
from tasks_lib.answering.explain import Explanation, check_stated
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.answering.submit import Answer
from tasks_lib.kernel import typed
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.figures import read_figures
from tasks_lib.kernel.wording import work_name

DAYS_STATED = {"expected_on": "ngày dự kiến hoàn thành", "ask_until": "đề nghị điều chỉnh thời hạn"}
"""What the days beside a reason for delay are called."""


def answer_of(house: House, row: NamedObligation, content: ReportDraft, on: date) -> Answer:
    """Read an answer on a day out of what was typed; raise Faults naming the task and all that is wrong."""
    check_typed(house, row, content, on)
    document = document_of(content)
    # A report that went by the document system stands there in full; its rows may be entered here as well.
    by_rows = row.is_cycle_report and (document is None or bool(content.rows))
    return Answer(
        completed_on=_completed_on(content),
        text="\n".join(part for part in (content.text, _people(content)) if part),
        difficulty=content.difficulty,
        figures=content.filled,
        evidence=content.files,
        document=document,
        reason=_reason(content),
        without=content.without.strip(),
        rows=read_rows(house, row.key, content.rows, work_name(row)) if by_rows else (),
        missing=content.missing,
    )


def check_typed(house: House, row: NamedObligation, content: ReportDraft, on: date) -> None:
    """Raise Faults with all that is wrong with the days, figures, document and reason that were typed."""
    wrong = Gathering(work_name(row))
    term = term_of(house.plan, row.opened_on, on)
    with wrong.at("completed_on"):
        doubt({COMPLETED: _completed_on(content)}, term)
    item = house.plan.item(row.item) if row.item else None
    if item is not None:
        with wrong.at("figures"):
            read_figures(item.key, item.figures, content.filled)
    with wrong.at("document"):
        document = document_of(content)
        with wrong.at("document.signed_on"):
            doubt({SIGNED: document.signed_on if document else None}, term)
    with wrong.at("reason"):
        _reason(content)
    wrong.settle()


def nothing_said(
    row: NamedObligation, content: ReportDraft, drafted_by: str, approved_by: str, *, with_files: bool = False
) -> str:
    """Return what goes with "nothing arose"; raise Faults where a report was filled in beside it."""
    if with_files or content.but(text="", difficulty="").has_report:
        why = "đã chọn 'Không phát sinh' thì không nhập số liệu, ngày hoàn thành, văn bản, tệp"
        raise Faults([Fault("nothing", why)], work_name(row))
    said = [content.text.strip(), content.difficulty.strip()]
    people = (("người soạn", drafted_by), ("người duyệt", approved_by))
    return "; ".join([*filter(None, said), *(f"{word} {name}" for word, name in people if name)])


def document_of(content: ReportDraft) -> Document | None:
    """Return the signed document named in a form; its number needs its day."""
    given = content.document
    number = given.number.strip()
    wrong = Gathering()
    signed_on = None
    with wrong.at("signed_on"):
        signed_on = typed.day(given.signed_on, "ngày văn bản")
        if number and signed_on is None:
            raise Invalid(f"văn bản số {number}: nhập ngày của văn bản")
    with wrong.at("number"):
        if signed_on is not None and not number:
            raise Invalid("văn bản: nhập số, ký hiệu của văn bản")
    wrong.settle()
    if signed_on is None:
        return None
    return Document(
        number=number,
        signed_on=signed_on,
        signer=given.signer.strip(),
        summary=given.summary.strip(),
    )


def explanation_of(house: House, row: NamedObligation, content: ReportDraft, on: date) -> Explanation:
    """Read the reason for a delay on a day; raise Faults naming all that is wrong with it."""
    wrong = Gathering(work_name(row))
    # Until one is chosen, a reason that asks for no word of its own: the rest is looked at all the same.
    reason, days = DelayReason.GUIDANCE, dict.fromkeys(DAYS_STATED)
    with wrong.at("reason"):
        reason = _known(content.reason)
    for name, called in DAYS_STATED.items():
        with wrong.at(name):
            days[name] = typed.day(getattr(content, name), called)
    stated = Explanation(
        reason=reason,
        note=content.reason_note,
        expected_on=days["expected_on"],
        ask_until=days["ask_until"],
        difficulty=content.difficulty,
    )
    with wrong.at():
        check_stated(house, row, stated, on)
    wrong.settle()
    return stated


def _completed_on(content: ReportDraft) -> date | None:
    return typed.day(content.completed_on, COMPLETED)


def _known(chosen: str) -> DelayReason:
    if not chosen:
        raise Invalid("lý do chậm: chọn một lý do")
    try:
        return DelayReason(chosen)
    except ValueError:
        raise Invalid(f"lý do chậm: không có lý do '{chosen}'") from None


def _reason(content: ReportDraft) -> str:
    """A report handed in late may say why in the same form."""
    if not content.reason:
        return ""
    words = [REASON_WORDS[_known(content.reason)], content.reason_note]
    return "; ".join(" ".join(word.split()) for word in words if word.strip())


def _people(content: ReportDraft) -> str:
    """A unit's own plan names who leads it and who does it."""
    words = (
        ("Lãnh đạo phụ trách", content.people.leader.strip()),
        ("Công chức tham mưu", content.people.officer.strip()),
    )
    return "; ".join(f"{label}: {name}" for label, name in words if name)
