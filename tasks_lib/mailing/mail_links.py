"""The links of a mail: one to answer, one to review, and one for each unit that it is passed on to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from notifications import bundle
from notifications.model import Line, Mail, Section
from obligations.deeds import HAND_OVER
from store.rows.portal import NewLink
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import Purpose, Wanted, prepare, public_url
from tasks_lib.mailing.sql.mail_data import Telling

ANSWERED = frozenset(
    {"opening", HAND_OVER, "remind", "overdue", "correction", "sheet", "director", bundle.FORWARDED}
)
"""Sections about what a unit itself owes; a request to an invited body is answered by reply."""
LISTED = frozenset({"list"})


@dataclass(kw_only=True)
class _Links:
    """Prepares links and keeps their rows, to be written with the mail's bytes."""

    house: House
    at: datetime
    rows: list[NewLink] = field(default_factory=list)

    def to(self, purpose: Purpose, agency: str, obligations: Collection[int]) -> str:
        """Return a new link's address; it shows the obligation first that the mail is about, if it is one."""
        only = next(iter(obligations)) if len(obligations) == 1 else None
        wanted = Wanted(purpose=purpose, agency=agency, obligation_id=only)
        valid = timedelta(days=self.house.settings.link_days)
        row, issued = prepare(self.house, wanted, self.at, valid)
        self.rows.append(row)
        return issued.url


def with_links(
    house: House, mail: Mail, recipient: str, notices: Sequence[Telling], at: datetime
) -> tuple[Mail, tuple[NewLink, ...]]:
    """Return a mail with its links, and the rows that make them open; unchanged where there is no portal."""
    if not house.settings.public_url:
        return mail, ()
    links = _Links(house=house, at=at)
    by_unit = _by_unit(mail, recipient, notices)
    found: dict[str, str] = {}
    answering = _one_unit(mail, by_unit) or recipient
    if answering in by_unit:
        owed = by_unit.pop(answering)
        answer = links.to(Purpose.ANSWER, answering, owed)
        found |= {"answer": answer, "reason": f"{answer}#ly-do"}
        found |= _opened_at(answer, notices, answering, owed)
    found |= _review(links, mail, recipient, notices)
    if mail.digest or any(section.template in LISTED for section in mail.sections):
        found["proposals"] = f"{public_url(house)}/danh-muc"
    if mail.digest:
        found["board"] = f"{public_url(house)}/"
    linked = replace(mail, links=found)
    if by_unit:
        linked = _passed_on(links, linked, by_unit, notices)
    return linked, tuple(links.rows)


def _opened_at(answer: str, notices: Sequence[Telling], agency: str, owed: Collection[int]) -> dict[str, str]:
    """Return what opens exactly the sheet or the cycle report that the mail is about."""
    own = [n for n in notices if n.agency_id == agency and n.obligation_id in owed]
    sheets = sorted((n.last_day, n.key) for n in own if n.is_sheet)
    found = {"sheet": f"{answer}/phieu/{sheets[-1][1]}"} if sheets else {}
    if len(owed) == 1 and own[0].is_cycle_report and own[0].template != "opening":
        found["answer"] = f"{answer}/ky/{own[0].key}"
    return found


def _by_unit(mail: Mail, recipient: str, notices: Sequence[Telling]) -> dict[str, set[int]]:
    """Return what the mail asks to be answered, by the unit that owes it."""
    owed = {notice.key: notice for notice in notices}
    found: dict[str, set[int]] = {}
    for section in mail.sections:
        for line in section.lines if section.template in ANSWERED else ():
            notice = owed[line.obligation]
            if notice.agency_id == recipient or line.forwarded_for == line.agency:
                found.setdefault(notice.agency_id, set()).add(notice.obligation_id)
    return found


def _one_unit(mail: Mail, by_unit: Mapping[str, set[int]]) -> str | None:
    """Return the unit for which the whole mail is passed on: then the mail's button is that unit's."""
    passed_on = all(line.forwarded_for == line.agency for s in mail.sections for line in s.lines)
    alone = len(by_unit) == 1 and passed_on and mail.digest is None and not mail.awaiting_review
    return next(iter(by_unit)) if alone else None


def _review(links: _Links, mail: Mail, recipient: str, notices: Sequence[Telling]) -> dict[str, str]:
    """Return the links to what others have reported or not, for whoever stands above them."""
    # The weekly table names what is overdue by itself; only what waits there is opened by a link.
    apart = LISTED | {"focal"} if mail.digest else LISTED
    others = (n for n in notices if n.meant_for_id != n.agency_id and n.template not in apart)
    told = {notice.obligation_id for notice in others}
    if not (told or mail.awaiting_review):
        return {}
    review = links.to(Purpose.REVIEW, recipient, told)
    return {
        "review": review,
        "details": review,
        "record": f"{review}#ghi-nhan",
        "directive": f"{review}/chi-dao",
    }


def _passed_on(
    links: _Links, mail: Mail, by_unit: Mapping[str, set[int]], notices: Sequence[Telling]
) -> Mail:
    """Give each unit that the mail is passed on to its own form, beside the lines that the mail shows."""
    holders = {notice.key: notice.agency_id for notice in notices}
    shown = [line for section in bundle.arrange(mail) for line in _shown(section)]
    named = dict.fromkeys(holders[line.obligation] for line in shown)
    urls = {unit: links.to(Purpose.ANSWER, unit, by_unit[unit]) for unit in named if unit in by_unit}
    to_link = {line.obligation: urls.get(holders[line.obligation]) for line in shown}
    sections = (
        replace(s, lines=tuple(replace(x, link=to_link.get(x.obligation)) for x in s.lines))
        if s.template in ANSWERED
        else s
        for s in mail.sections
    )
    return replace(mail, sections=tuple(sections))


def _shown(section: Section) -> tuple[Line, ...]:
    """Return the lines of other units that a section shows, in whichever way its template cuts them."""
    if section.template not in ANSWERED:
        return ()
    passed_on = tuple(line for line in section.lines if line.forwarded_for == line.agency)
    cut = {line.obligation for line in bundle.shown(section.lines)}
    return tuple(dict.fromkeys((*(x for x in passed_on if x.obligation in cut), *bundle.shown(passed_on))))
