"""From what stands in a form or a draft to the answer that is handed in: tasks, plans, cycle reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from obligations.errors import Fault, Faults, Gathering, Invalid
from obligations.obligation import NamedObligation
from obligations.reasons import REASON_WORDS, DelayReason
from obligations.true_days import COMPLETED, SIGNED, doubt, term_of
from store.reports import Document, Stored
from tasks_lib.bootstrap import House
from tasks_lib.figures import read_figures
from tasks_lib.usecases import typed
from tasks_lib.usecases.cycle_form import read_rows
from tasks_lib.usecases.explain import Explanation
from tasks_lib.usecases.submit import Answer
from tasks_lib.wording import work_name

Content = Mapping[str, Any]
"""A form's fields as they were typed, with the files that have been kept; see `answer_of`."""

REPORTING = ("completed_on", "text", "difficulty", "without")
REASON_FIELDS = ("reason", "reason_note", "expected_on", "ask_until")
DAYS_STATED = {"expected_on": "ngày dự kiến hoàn thành", "ask_until": "đề nghị điều chỉnh thời hạn"}
"""What the days beside a reason for delay are called."""


def answer_of(house: House, row: NamedObligation, content: Content, on: date) -> Answer:
    """Read an answer out of a form or a draft on a day; raise Faults naming the task and all that is wrong.

    `content` holds text: `completed_on`, `text`, `difficulty`, `without`, `figures` {key: "18/21"},
    `missing` [agency], `files` [{name, sha256, size, media_type}], `document` {number, signed_on, signer,
    summary}, `reason` with `reason_note`; of a cycle report also `rows` {row key: {text, figures, estimates,
    events}}; of a unit's own plan `people` {leader, officer}.
    """
    check_typed(house, row, content, on)
    text = str(content.get("text") or "")
    document = document_of(content)
    # A report that went by the document system stands there in full; its rows may be entered here as well.
    by_rows = row.is_cycle_report and (document is None or bool(content.get("rows")))
    return Answer(
        completed_on=_completed_on(content),
        text="\n".join(part for part in (text, _people(content)) if part),
        difficulty=str(content.get("difficulty") or ""),
        figures=typed.figures(content.get("figures") or {}),
        evidence=stored_files(content),
        document=document,
        reason=_reason(content),
        without=str(content.get("without") or "").strip(),
        rows=read_rows(house, row.key, _entries(content), work_name(row)) if by_rows else (),
        missing=tuple(content.get("missing") or ()),
    )


def check_typed(house: House, row: NamedObligation, content: Content, on: date) -> None:
    """Raise Faults with all that is wrong with the days, figures, document and reason that were typed."""
    wrong = Gathering(work_name(row))
    term = term_of(house.plan, row.opened_on, on)
    with wrong.at("completed_on"):
        doubt({COMPLETED: _completed_on(content)}, term)
    item = house.plan.item(row.item) if row.item else None
    if item is not None:
        with wrong.at("figures"):
            read_figures(item.key, item.figures, typed.figures(content.get("figures") or {}))
    with wrong.at("document"):
        document = document_of(content)
        with wrong.at("document.signed_on"):
            doubt({SIGNED: document.signed_on if document else None}, term)
    with wrong.at("reason"):
        _reason(content)
    wrong.settle()


def has_report(content: Content) -> bool:
    """Whether anything of a report was filled in."""
    return any(
        (
            any(str(content.get(name) or "").strip() for name in REPORTING),
            typed.figures(content.get("figures") or {}),
            content.get("files"),
            has_document(content),
            any(str(value).strip() for value in (content.get("people") or {}).values()),
            content.get("rows"),
        )
    )


def has_reason(content: Content) -> bool:
    """Whether a reason for delay was filled in."""
    return any(str(content.get(name) or "").strip() for name in REASON_FIELDS)


def has_document(content: Content) -> bool:
    """Whether a signed document was named."""
    return bool(str((content.get("document") or {}).get("number") or "").strip())


def is_blank(content: Content) -> bool:
    """Whether nothing at all was filled in."""
    return not (has_report(content) or has_reason(content) or content.get("nothing"))


def nothing_said(row: NamedObligation, content: Content, drafted_by: str, approved_by: str) -> str:
    """Return what goes with "nothing arose"; raise Faults where a report was filled in beside it."""
    if has_report({**content, "text": "", "difficulty": ""}):
        why = "đã chọn 'Không phát sinh' thì không nhập số liệu, ngày hoàn thành, văn bản, tệp"
        raise Faults([Fault("nothing", why)], work_name(row))
    said = [str(content.get(name) or "").strip() for name in ("text", "difficulty")]
    people = (("người soạn", drafted_by), ("người duyệt", approved_by))
    return "; ".join([*filter(None, said), *(f"{word} {name}" for word, name in people if name)])


def document_of(content: Content) -> Document | None:
    """Return the signed document named in a form; its number needs its day."""
    given = content.get("document") or {}
    number = str(given.get("number") or "").strip()
    wrong = Gathering()
    signed_on = None
    with wrong.at("signed_on"):
        signed_on = typed.day(str(given.get("signed_on") or ""), "ngày văn bản")
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
        signer=str(given.get("signer") or "").strip(),
        summary=str(given.get("summary") or "").strip(),
    )


def stored_files(content: Content) -> tuple[Stored, ...]:
    """Return the files a draft has kept."""
    return tuple(Stored(**file) for file in content.get("files") or ())


def explanation_of(row: NamedObligation, content: Content) -> Explanation:
    """Read the reason for a delay; raise Faults naming all that is wrong with it."""
    wrong = Gathering(work_name(row))
    reason, days = DelayReason.OTHER, dict.fromkeys(DAYS_STATED)
    with wrong.at("reason"):
        reason = _known(str(content.get("reason") or ""))
    for name, called in DAYS_STATED.items():
        with wrong.at(name):
            days[name] = typed.day(str(content.get(name) or ""), called)
    wrong.settle()
    return Explanation(
        reason=reason,
        note=str(content.get("reason_note") or ""),
        expected_on=days["expected_on"],
        ask_until=days["ask_until"],
        difficulty=str(content.get("difficulty") or ""),
    )


def _completed_on(content: Content) -> date | None:
    return typed.day(str(content.get("completed_on") or ""), COMPLETED)


def _known(chosen: str) -> DelayReason:
    if not chosen:
        raise Invalid("lý do chậm: chọn một lý do")
    try:
        return DelayReason(chosen)
    except ValueError:
        raise Invalid(f"lý do chậm: không có lý do '{chosen}'") from None


def _reason(content: Content) -> str:
    """A report handed in late may say why in the same form."""
    chosen = str(content.get("reason") or "")
    if not chosen:
        return ""
    words = [REASON_WORDS[_known(chosen)], str(content.get("reason_note") or "")]
    return "; ".join(" ".join(word.split()) for word in words if word.strip())


def _people(content: Content) -> str:
    """A unit's own plan names who leads it and who does it."""
    people = content.get("people") or {}
    words = (("leader", "Lãnh đạo phụ trách"), ("officer", "Công chức tham mưu"))
    said = [f"{label}: {people[key].strip()}" for key, label in words if str(people.get(key) or "").strip()]
    return "; ".join(said)


def _entries(content: Content) -> list[dict[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = content.get("rows") or {}
    return [_entry(key, fields) for key, fields in rows.items()]


def _entry(key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {"row": key, "text": str(fields.get("text") or "")}
    for name in ("figures", "estimates"):
        entry[name] = typed.figures(fields.get(name) or {})
    events = str(fields.get("events") or "").strip()
    if events:
        entry["events"] = events
    return entry
