"""An address takes no mail: it is marked, and what it was sent goes to the desk above ("nhờ chuyển").

One way, whether a server refused the address at once or sent the mail back later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from obligations.chain import forwarding_desk
from obligations.errors import Refused
from store.journal import Happening, write
from store.marks import lift, mark
from store.plans import lock
from store.replies import replies_of
from store.rows import Message
from tasks_lib.duties.change import changing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.reach import point_mail
from tasks_lib.mailing.breaker import has_no_mailbox
from tasks_lib.mailing.sql.bounces import failed_addresses, given_up, handed_on, pass_on
from tasks_lib.mailing.sql.notes import mail_goes_to


def mark_addresses(
    connection: Connection, house: House, agency: str, faults: Mapping[str, str], as_of: datetime
) -> int:
    """Mark addresses of an agency that take no mail, each with why; from now on its mail goes another way."""
    marked = mark(connection, agency, faults, as_of)
    if marked:
        point_mail(connection, house.configuration.agencies, house.plan)
    return marked


def lift_marks(house: House, agency: str, address: str | None, by: str, as_of: datetime) -> int:
    """Lift the marks of an agency, or of one of its addresses: mail goes there again; return how many."""
    known = house.agency(agency)
    with changing(house, as_of) as connection:
        lock(connection, house.plan.key)
        lifted = lift(connection, known.id, address, by, as_of)
        point_mail(connection, house.configuration.agencies, house.plan)
        if lifted:
            details = {"address": address or "all", "count": lifted}
            write(
                connection,
                Happening(
                    at=as_of,
                    plan=house.plan.key,
                    what="address-lift",
                    subject=known.id,
                    by=by,
                    details=details,
                ),
            )
    if not lifted:
        raise Refused(f"{known.name}: không có địa chỉ nào đang bị đánh dấu không nhận thư")
    return lifted


def hand_on(connection: Connection, house: House, message: Message, as_of: datetime) -> int:
    """Record the notices of a mail that reached nobody for the desk above; return how many.

    They leave with the next delivery.
    """
    handed_on(connection, message.id, as_of)
    desk = _desk_above(connection, house, message.recipient_id)
    if desk is None:
        return 0
    on = local_day(as_of)
    return pass_on(connection, message.id, desk, on, house.calendar.next_working(on))


def hand_on_given_up(connection: Connection, house: House, as_of: datetime) -> int:
    """Do so for every message given up since; addresses refused as none are marked. Return how many notices.

    Before a delivery and not in the midst of one: only at its end is it known whose fault the refusals were.
    """
    dead = given_up(connection, house.plan.key)
    replies = replies_of(connection, [row.id for row in dead]) if dead else {}
    count = marked = 0
    for row in dead:
        said = {reply.address: reply for reply in replies.get(row.id, [])}
        refused = {address: reply for address, reply in said.items() if not reply.accepted}
        none = {a: r.text for a, r in refused.items() if has_no_mailbox(r, alone=len(said) == 1)}
        marked += mark_addresses(connection, house, row.recipient_id, none, as_of)
        back = failed_addresses(connection, row.id, None)
        if any(address.lower() not in back for address in row.accepted):
            handed_on(connection, row.id, as_of)
        else:
            count += hand_on(connection, house, row, as_of)
    if dead:
        details = {"messages": [row.message_id for row in dead], "marked": marked, "notices": count}
        write(connection, Happening(at=as_of, plan=house.plan.key, what="mail-pass-on", details=details))
    return count


def _desk_above(connection: Connection, house: House, agency: str) -> str | None:
    """Return who is asked to pass a mail on; None where nobody stands above, or mail may not go up."""
    known = house.configuration.agencies.get(agency)
    if known is None:
        return None
    target = mail_goes_to(connection, forwarding_desk(known, house.plan))
    return None if target in (agency, house.plan.top) else target
