"""What is wrong with a unit's form, each fault at the field of its card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from obligations.errors import DomainError, Faults, Gathering, Invalid
from tasks_lib.answering.report_draft import REASON_FIELDS
from tasks_lib.answering.unit_cards import Card
from tasks_lib.answering.unit_form import UnitForm
from tasks_lib.kernel.typed import day
from web.answering.unit_reply import BY_PAPER, has_own_document, prefix_of
from web.answering.unit_words import name_of_card
from web.frame.ask import Ask
from web.frame.form_faults import At, by_field, once, placed


def check_paper(ask: Ask) -> None:
    """Raise Faults where the signed document is not named in full, or answers nothing."""
    wrong = Gathering()
    with wrong.at("doc-number"):
        if not ask.text("doc-number"):
            raise Invalid("văn bản: nhập số, ký hiệu của văn bản")
    with wrong.at("doc-signed_on"):
        if day(ask.text("doc-signed_on"), "ngày văn bản") is None:
            raise Invalid("văn bản: nhập ngày của văn bản")
    with wrong.at(BY_PAPER):
        if not ask.texts(BY_PAPER):
            raise Invalid("văn bản: đánh dấu ít nhất một nhiệm vụ mà văn bản này trả lời")
    wrong.settle()


def by_card(wrong: Faults, cards: Iterable[Card]) -> dict[str, DomainError]:
    """Return by key what is wrong with several cards at once."""
    found = {card.key: wrong.under(card.key, name_of_card(card)) for card in cards}
    return {key: faults for key, faults in found.items() if faults is not None}


def placed_in(
    ask: Ask, found: UnitForm, problem: DomainError | None, faults: Mapping[str, DomainError]
) -> list[At]:
    """Return all that is wrong, in the order of the form; what is closed has no field any more."""
    shown = placed(problem, by_field) if isinstance(problem, Faults) else []
    for key, fault in faults.items():
        card = found.card(key)
        where = partial(_place, ask, card) if card is not None and card.is_open else lambda _: ""
        shown += placed(fault, where, key, name_of_card(card) if card is not None else "")
    return once(shown)


def opened_by(faults: Iterable[At]) -> dict[str, object]:
    """Return what a fault keeps unfolded, so that its field can be reached."""
    wrong = {fault.id for fault in faults}
    return {
        "wrong_paper": any(where.startswith(by_field(BY_PAPER)) for where in wrong),
        "wrong_reason": lambda card: any(by_field(prefix_of(card) + name) in wrong for name in REASON_FIELDS),
    }


def _place(ask: Ask, card: Card, field: str) -> str:
    """Return where on the page a field of a card stands that a fault names: "figures.a"."""
    group, _, name = field.rpartition(".")
    own = f"f-{prefix_of(card)}"
    if group == "document" and not has_own_document(ask, card):
        return f"f-{BY_PAPER}-{name}"
    if field == "figures":
        return f"{own}{card.figures[0].key}" if card.figures else f"{own}files"
    return f"{own}{name}" if name else f"t{card.id}"
