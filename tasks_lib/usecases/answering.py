"""From what stands in a form or a draft to the answer that is handed in: tasks, plans, cycle reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obligations.errors import Invalid
from obligations.model import Kind
from obligations.reasons import REASON_WORDS, DelayReason
from store.ledger import AnyRow
from store.reports import Document, Stored
from tasks_lib.bootstrap import House
from tasks_lib.usecases import typed
from tasks_lib.usecases.cycle_form import read_rows
from tasks_lib.usecases.explain import Explanation
from tasks_lib.usecases.submit import Answer

Content = Mapping[str, Any]
"""A form's fields as they were typed, with the files that have been kept; see `answer_of`."""

REPORTING = ("completed_on", "text", "difficulty", "without")
REASON_FIELDS = ("reason", "reason_note", "expected_on", "ask_until")


def answer_of(house: House, row: AnyRow, content: Content) -> Answer:
    """Read an answer out of a form or a draft; raise Invalid naming the task and the field.

    `content` holds text: `completed_on`, `text`, `difficulty`, `without`, `figures` {key: "18/21"},
    `missing` [agency], `files` [{name, sha256, size, media_type}], `document` {number, signed_on, signer,
    summary}, `reason` with `reason_note`; of a cycle report also `rows` {row key: {text, figures, estimates,
    events}}; of a unit's own plan `people` {leader, officer}.
    """
    where = name_of(row)
    text = str(content.get("text") or "")
    document = document_of(content, where)
    # A report that went by the document system stands there in full; its rows may be entered here as well.
    by_rows = row.kind == Kind.REPORT and (document is None or bool(content.get("rows")))
    return Answer(
        completed_on=typed.day(str(content.get("completed_on") or ""), f"{where}: ngày hoàn thành"),
        text="\n".join(part for part in (text, _people(content)) if part),
        difficulty=str(content.get("difficulty") or ""),
        figures=typed.figures(content.get("figures") or {}),
        evidence=stored_files(content),
        document=document,
        reason=_reason(content, where),
        without=str(content.get("without") or "").strip(),
        rows=read_rows(house, row.key, _entries(content), where) if by_rows else (),
        missing=tuple(content.get("missing") or ()),
    )


def name_of(row: AnyRow) -> str:
    """Return how a fault names what it is about: "nhiệm vụ 1.2"."""
    if row.item:
        return f"nhiệm vụ {row.item}"
    return {Kind.REPORT: "báo cáo kỳ", Kind.PLAN: "kế hoạch của đơn vị"}.get(Kind(row.kind), "phiếu tháng")


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


def nothing_said(row: AnyRow, content: Content, drafted_by: str, approved_by: str) -> str:
    """Return what goes with "nothing arose"; raise Invalid where a report was filled in beside it."""
    if has_report({**content, "text": "", "difficulty": ""}):
        raise Invalid(
            f"{name_of(row)}: đã chọn 'Không phát sinh' thì không nhập số liệu, ngày hoàn thành, văn bản, tệp"
        )
    said = [str(content.get(name) or "").strip() for name in ("text", "difficulty")]
    people = (("người soạn", drafted_by), ("người duyệt", approved_by))
    return "; ".join([*filter(None, said), *(f"{word} {name}" for word, name in people if name)])


def document_of(content: Content, where: str) -> Document | None:
    """Return the signed document named in a form; its number needs its day."""
    given = content.get("document") or {}
    number = str(given.get("number") or "").strip()
    signed_on = typed.day(str(given.get("signed_on") or ""), f"{where}: ngày văn bản")
    if not number:
        if signed_on is not None:
            raise Invalid(f"{where}: văn bản: nhập số, ký hiệu của văn bản")
        return None
    if signed_on is None:
        raise Invalid(f"{where}: văn bản số {number}: nhập ngày của văn bản")
    return Document(
        number=number,
        signed_on=signed_on,
        signer=str(given.get("signer") or "").strip(),
        summary=str(given.get("summary") or "").strip(),
    )


def stored_files(content: Content) -> tuple[Stored, ...]:
    """Return the files a draft has kept."""
    return tuple(Stored(**file) for file in content.get("files") or ())


def explanation_of(row: AnyRow, content: Content) -> Explanation:
    """Read the reason for a delay; raise Invalid naming the field."""
    where = name_of(row)
    chosen = str(content.get("reason") or "")
    if not chosen:
        raise Invalid(f"{where}: lý do chậm: chọn một lý do")
    return Explanation(
        reason=_known(chosen, where),
        note=str(content.get("reason_note") or ""),
        expected_on=typed.day(str(content.get("expected_on") or ""), f"{where}: ngày dự kiến hoàn thành"),
        ask_until=typed.day(str(content.get("ask_until") or ""), f"{where}: đề nghị điều chỉnh thời hạn"),
        difficulty=str(content.get("difficulty") or ""),
    )


def _known(chosen: str, where: str) -> DelayReason:
    try:
        return DelayReason(chosen)
    except ValueError:
        raise Invalid(f"{where}: lý do chậm: không có lý do '{chosen}'") from None


def _reason(content: Content, where: str) -> str:
    """A report handed in late may say why in the same form."""
    chosen = str(content.get("reason") or "")
    if not chosen:
        return ""
    words = [REASON_WORDS[_known(chosen, where)], str(content.get("reason_note") or "")]
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
