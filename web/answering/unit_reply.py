"""A unit's form, read back: what was typed for each card, which button was pressed, which ticks stand."""

from __future__ import annotations

from collections.abc import Mapping

from obligations.errors import Invalid
from obligations.figures import Value
from obligations.model import Figure
from tasks_lib.answering.report_draft import DocumentDraft, PeopleDraft, ReportDraft
from tasks_lib.answering.unit_answers import Reply, Sender
from tasks_lib.answering.unit_cards import Card, as_typed
from tasks_lib.evidence.looking import Upload
from web.frame.ask import Ask, is_whole, whole_number
from web.frame.labels import label

PLAIN = (
    "completed_on",
    "text",
    "difficulty",
    "without",
    "reason",
    "reason_note",
    "expected_on",
    "ask_until",
)
DOCUMENT = ("number", "signed_on", "signer", "summary")
PEOPLE = ("leader", "officer")
BY_PAPER = "doc"
"""Ticks of what one signed document answers, and what the fields of that document begin with."""
SHOWN = "viec"
"""Hidden fields: the obligations that were on the screen, each with its report's version."""


def named(ask: Ask) -> dict[str, int]:
    """Return the obligations that were on the screen, with the versions that were seen."""
    found: dict[str, int] = {}
    for value in ask.texts(SHOWN):
        key, _, version = value.rpartition("@")
        if not (key and is_whole(version)):
            raise Invalid("biểu mẫu không đầy đủ; đề nghị tải lại trang rồi gửi lại")
        found[key] = int(version)
    return found


def sender_of(ask: Ask) -> Sender:
    """Return who sends, and who drafted and approved it as the form says."""
    return Sender(
        by=ask.agency.id,
        person=ask.person,
        as_of=ask.as_of,
        seat=ask.visitor.seat,
        drafted_by=ask.text("drafted_by"),
        approved_by=ask.text("approved_by"),
    )


def reply_of(ask: Ask, card: Card, version: int, *, reason_only: bool = False) -> Reply:
    """Return what the form says of one card."""
    prefix = prefix_of(card)
    return Reply(
        key=card.key,
        version=version,
        content=content_of(ask, card),
        reason_only=reason_only,
        uploads=tuple(Upload(name=f.filename or "", content=f.file) for f in ask.files(f"{prefix}files")),
        draft_version=whole_number(ask.text(f"{prefix}draft"), 0),
    )


def prefix_of(card: Card) -> str:
    """Return what the names of a card's fields begin with."""
    return f"t{card.id}-"


def has_own_document(ask: Ask, card: Card) -> bool:
    """Whether a card names a document in its own fields: a unit's plan."""
    return card.is_own_plan and any(ask.text(f"{prefix_of(card)}{name}") for name in DOCUMENT)


def content_of(ask: Ask, card: Card) -> ReportDraft:
    """Return a card's fields as they were typed; with its figures carried over where that was ticked."""
    prefix = prefix_of(card)
    carried = card.before if ask.text(f"{prefix}carry") else {}
    figures = {f.key: value for f in card.figures if (value := _figure(ask, prefix, f, carried))}
    dropped = set(ask.texts(f"{prefix}bo-tep"))
    people = PeopleDraft(**{name: ask.text(f"{prefix}{name}") for name in PEOPLE})
    return ReportDraft(
        **{name: ask.text(f"{prefix}{name}") for name in PLAIN},
        figures=figures,
        files=tuple(file for file in card.content.files if file.sha256 not in dropped),
        document=_document(ask, card),
        nothing=bool(ask.text(f"{prefix}nothing")),
        people=people if card.is_own_plan else PeopleDraft(),
    )


def is_touched(card: Card, reply: Reply) -> bool:
    """Whether anything was typed beside what stood in the card when it was opened."""
    return bool(reply.uploads) or is_touched_by(card, reply.content)


def is_touched_by(card: Card, content: ReportDraft | None) -> bool:
    """Whether a content says something else than the card did when it was opened."""
    return content is not None and _plain(content) != _plain(card.content)


def content_words(content: ReportDraft, card: Card | None = None) -> list[tuple[str, str]]:
    """Return what was typed, field by field, to be given back where there is no field for it any more."""
    groups = ((content, PLAIN), (content.document, DOCUMENT), (content.people, PEOPLE))
    said = [(name, getattr(group, name)) for group, names in groups for name in names]
    found = [(label(name), value) for name, value in said if value.strip()]
    names_of = {figure.key: figure.name for figure in card.figures} if card is not None else {}
    return [*found, *((names_of.get(key, "Số liệu"), str(value)) for key, value in content.figures.items())]


def is_filled(card: Card, reply: Reply) -> bool:
    """Whether "send all" means this card too: changed now, or written before and not with a leader."""
    written = card.draft is not None and not card.is_presented and not reply.content.is_blank
    return is_touched(card, reply) or written


def _plain(content: ReportDraft) -> tuple[object, ...]:
    """Return what a content says, whatever stands in it without saying anything."""
    groups = ((content, PLAIN), (content.document, DOCUMENT), (content.people, PEOPLE))
    said = [getattr(group, name).strip() for group, names in groups for name in names]
    figures = {key: text for key, value in content.figures.items() if (text := str(value).strip())}
    return *said, figures, {file.sha256 for file in content.files}, content.nothing


def _figure(ask: Ask, prefix: str, figure: Figure, carried: Mapping[str, Value]) -> str:
    """Read a figure: of two counts, two fields of one name."""
    values = [v.strip() for v in ask.form.getlist(f"{prefix}so-{figure.key}") if isinstance(v, str)]
    if any(values):
        return "/".join(values)
    return as_typed(carried[figure.key]) if figure.key in carried else ""


def _document(ask: Ask, card: Card) -> DocumentDraft:
    """Read the signed document: the plan's own, or the one that answers every ticked card."""
    if has_own_document(ask, card):
        return DocumentDraft(**{name: ask.text(f"{prefix_of(card)}{name}") for name in DOCUMENT})
    ticked = str(card.id) in ask.texts(BY_PAPER)
    shared = {name: ask.text(f"{BY_PAPER}-{name}") for name in DOCUMENT}
    return DocumentDraft(**shared) if ticked else DocumentDraft()
