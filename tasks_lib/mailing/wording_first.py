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
from tasks_lib.mailing.compose import Draft
from tasks_lib.mailing.mail_faults import explained
from tasks_lib.mailing.together import Together, compose_together


class Unworded(Exception):
    """Nothing of a message can be put into words."""


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A message's draft with its words."""

    draft: Draft
    rendered: Rendered


def first_words(connection: Connection, message: Message, read: Together) -> Worded | None:
    """Word a message, without the lines that cannot be; None when nothing of it is valid any more.

    Raises Unworded when nothing is left to send.
    """
    try:
        return _worded(connection, message, read)
    except SQLAlchemyError:
        # After a fault of the database nothing more can be asked in this transaction.
        raise
    except Exception as fault:
        rest = _without_faulty(connection, message, read)
        if rest is None:
            raise Unworded(explained(fault)) from fault
        return rest


def _worded(
    connection: Connection, message: Message, read: Together, skip: frozenset[int] = frozenset()
) -> Worded | None:
    draft = compose_together(connection, message, read, skip)
    return None if draft is None else Worded(draft=draft, rendered=render(draft.mail))


def _without_faulty(connection: Connection, message: Message, read: Together) -> Worded | None:
    """Try each obligation alone, park those that cannot be worded, and word the rest."""
    by_obligation: dict[int, set[int]] = defaultdict(set)
    for notice in read.notices(message.id):
        by_obligation[notice.obligation_id].add(notice.id)
    everything = frozenset().union(*by_obligation.values())
    parked: set[int] = set()
    for ids in by_obligation.values():
        try:
            _worded(connection, message, read, everything - ids)
        except SQLAlchemyError:
            raise
        except Exception as fault:
            parked |= ids
            for key in ids:
                hold_notice(connection, key, explained(fault))
    try:
        return _worded(connection, message, read, frozenset(parked)) if parked else None
    except SQLAlchemyError:
        raise
    except Exception:
        return None
