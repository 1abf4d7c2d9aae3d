"""A message is put into words once; what cannot be worded is parked, so that the rest leaves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from notifications.outgoing import Rendered
from notifications.render import render
from store.outbox import hold_notice
from store.rows import Message
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.compose import Batch, Draft, compose
from tasks_lib.mailing.mail_faults import explained


class Unworded(Exception):
    """Nothing of a message can be put into words."""


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A message's draft with its words."""

    draft: Draft
    rendered: Rendered


def first_words(connection: Connection, house: House, message: Message, batch: Batch) -> Worded | None:
    """Word a message, without the lines that cannot be; None when nothing of it is valid any more.

    Raises Unworded when nothing is left to send.
    """
    try:
        return _worded(connection, house, message, batch)
    except SQLAlchemyError:
        # After a fault of the database nothing more can be asked in this transaction.
        raise
    except Exception as fault:
        rest = _without_faulty(connection, house, message, batch)
        if rest is None:
            raise Unworded(explained(fault)) from fault
        return rest


def _worded(
    connection: Connection, house: House, message: Message, batch: Batch, skip: frozenset[int] = frozenset()
) -> Worded | None:
    draft = compose(connection, house, message, batch, skip)
    return None if draft is None else Worded(draft=draft, rendered=render(draft.mail))


def _without_faulty(connection: Connection, house: House, message: Message, batch: Batch) -> Worded | None:
    """Try each obligation alone, park those that cannot be worded, and word the rest."""
    by_obligation: dict[str, set[int]] = defaultdict(set)
    for notice in batch.notices.get(message.id, []):
        by_obligation[notice.key].add(notice.id)
    everything = frozenset().union(*by_obligation.values())
    parked: set[int] = set()
    for ids in by_obligation.values():
        try:
            _worded(connection, house, message, batch, everything - ids)
        except SQLAlchemyError:
            raise
        except Exception as fault:
            parked |= ids
            for key in ids:
                hold_notice(connection, key, explained(fault))
    try:
        return _worded(connection, house, message, batch, frozenset(parked)) if parked else None
    except SQLAlchemyError:
        raise
    except Exception:
        return None
