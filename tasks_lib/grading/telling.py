"""The mail by which a unit gets its slip of a quarter: to its own addresses, and nobody else's."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from notifications.notes import ANSWER, Slip
from notifications.wording import LOCAL_ZONE
from obligations.errors import Invalid
from tasks_lib.grading.sql.grades import Drafted
from tasks_lib.grading.words import sum_words
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import Purpose, Wanted, issue
from tasks_lib.mailing.notes import Note, post
from tasks_lib.mailing.sql.notes import mail_goes_to

SLIP = "/doi-chieu"
"""Under a unit's link or session: the page of its slip."""


def tell(connection: Connection, house: House, drafted: Drafted) -> bool:
    """Write the mail with a draft; False where the unit has no address of its own.

    Another desk is not asked to pass it on: nothing of a draft is shown to others.
    """
    if mail_goes_to(connection, drafted.agency) != drafted.agency:
        return False
    valid = timedelta(days=house.settings.link_days)
    link = issue(connection, house, Wanted(purpose=Purpose.ANSWER, agency=drafted.agency), drafted.at, valid)
    note = Note(
        sort="slip",
        recipient=drafted.agency,
        sender=drafted.by,
        links={ANSWER: f"{link.url}{SLIP}?quy={drafted.quarter}"},
        text=drafted.reply or "",
        slip=Slip(
            quarter=drafted.quarter.name(),
            numbers=sum_words(drafted.content),
            as_of=drafted.as_of,
            until=drafted.contest_until,
        ),
        until=link.expires,
    )
    over = datetime.combine(drafted.contest_until + timedelta(days=1), time(), LOCAL_ZONE)
    try:
        post(connection, house, note, drafted.at, over)
    except Invalid:
        return False
    return True
