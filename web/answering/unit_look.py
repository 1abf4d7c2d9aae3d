"""What a unit is about to send, shown once more: words, day, figures as they are read, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from obligations.model import Figure
from obligations.reasons import REASON_WORDS
from tasks_lib.answering.look_over import SEEN, Echo, as_read, mark_of
from tasks_lib.answering.unit_answers import Reply, can_be_sent
from tasks_lib.answering.unit_cards import Card
from tasks_lib.evidence.looking import sound
from web.answering.unit_reply import content_words, sender_of
from web.answering.unit_typed import Look, Seen
from web.answering.unit_words import name_of_card
from web.frame.ask import Ask
from web.frame.render import day_typed

REASONS = {str(reason): words for reason, words in REASON_WORDS.items()}
NOTHING_AROSE = ("Trả lời", "Không phát sinh trong kỳ")


def look_over(ask: Ask, cards: Mapping[str, Card], replies: Iterable[Reply]) -> Look | None:
    """Return what is to be shown before it is sent; None where it was, or all is refused."""
    found = [seen for reply in replies if (seen := _seen(ask, cards[reply.key], reply)) is not None]
    mark = mark_of(seen.said for seen in found)
    if not found or ask.text(SEEN) == mark:
        return None
    return Look(seen=found, mark=mark, button=ask.text("do"))


def _seen(ask: Ask, card: Card, reply: Reply) -> Seen | None:
    """Return what one reply will send; None where it cannot be sent, which is told at its fields."""
    if not card.is_open or not can_be_sent(ask.house, sender_of(ask), reply):
        return None
    brought = sound(ask.house.settings, reply.uploads)
    if len(brought) < len(reply.uploads):
        return None
    content = reply.content
    names = {file.sha256: file.name for file in (*brought, *content.files)}
    reason = REASONS.get(content.reason, content.reason)
    typed = content_words(content.but(figures={}, reason=reason), card)
    lines = [(label, day_typed(value)) for label, value in typed]
    return Seen(
        name=name_of_card(card),
        lines=[NOTHING_AROSE, *lines] if content.nothing else lines,
        figures=_figures(ask, card, card.figures, reply),
        files=tuple(names.values()),
    )


def _figures(ask: Ask, card: Card, asked: Iterable[Figure], reply: Reply) -> tuple[Echo, ...]:
    if card.item is None:
        return ()
    times = ask.house.plan.settings.doubted_times
    return as_read(card.item.key, asked, reply.content, card.before, times)
