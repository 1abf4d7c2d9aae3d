"""The unit's one form: what a link from a mail opens, and where somebody signed in answers for their unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from obligations.errors import DomainError, Faults, Invalid
from obligations.rights import Act
from tasks_lib.answering.assign import Passing, pass_on
from tasks_lib.answering.drafts import present
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.answering.unit_answers import Reply, Sent, save, send, writing_of
from tasks_lib.answering.unit_form import UnitForm, unit_form
from tasks_lib.desk.sides import whose_obligation
from tasks_lib.duties.stated_days import UNTIL_CONFIRMED
from tasks_lib.grading.slips import Waiting, slip_waiting
from tasks_lib.kernel.typed import day
from tasks_lib.papers.kinds import UNIT_PLAN
from tasks_lib.papers.unit_drafts import has_draft
from web.answering.unit_faults import by_card, check_paper, opened_by, placed_in
from web.answering.unit_look import look_over
from web.answering.unit_reply import (
    BY_PAPER,
    DOCUMENT,
    content_words,
    is_filled,
    is_touched,
    is_touched_by,
    named,
    reply_of,
    sender_of,
)
from web.answering.unit_typed import Typed
from web.answering.unit_words import DONE, drafter, keep_name, leaders, name_of_card, officers, words
from web.frame.ask import Ask, Page
from web.frame.render import page

FORM = "/don-vi"
SENT = "/don-vi/da-gui"
WRONG, REFUSED = 400, 409
NOTHING = ReportDraft()


def form(ask: Ask) -> Response:
    """Show the form."""
    return _shown(ask, Typed())


def answer(ask: Ask) -> Response:
    """Do what the pressed button says, with what stands in the form."""
    name, _, number = ask.text("do", "draft").partition(":")
    action = _ACTIONS.get(name)
    if action is None:
        raise Invalid("nút bấm không đúng; đề nghị tải lại trang rồi gửi lại")
    given = _Given(ask)
    try:
        return action(ask, given, number)
    except DomainError as fault:
        given.keep_files()
        return _shown(ask, given.typed(problem=fault))


def sent(ask: Ask) -> Response:
    """Say what has arrived, who looks at it until when, and what remains."""
    keys = ask.request.query_params.getlist("viec")
    found = unit_form(ask.house, ask.agency.id, ask.as_of, also=keys)
    cards = [card for key in keys if (card := found.card(key)) is not None]
    return page(
        ask,
        "answering/unit_sent.html",
        title="Đã gửi" if cards else "Việc của đơn vị",
        cards=cards,
        found=found,
        keep=keep_name(ask),
        UNTIL_CONFIRMED=UNTIL_CONFIRMED,
        also=words(ask),
    )


class _Given:
    """What a form gave: its replies by key, of cards that are still open and of such as are no more."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        versions = named(ask)
        self.found = unit_form(
            ask.house, ask.agency.id, ask.as_of, first=ask.visitor.obligation_id, also=versions
        )
        for key in versions:
            if self.found.card(key) is None:
                # Somebody else's: the table of rights answers, as it does for an address.
                ask.require(Act.ANSWER, *whose_obligation(ask.house, key))
        cards = [card for key in versions if (card := self.found.card(key)) is not None]
        self.cards = {card.key: card for card in cards}
        self.replies = {card.key: reply_of(ask, card, versions[card.key]) for card in cards}

    def numbered(self, number: str) -> Reply:
        """Return the reply of the card whose button was pressed."""
        for card in self.cards.values():
            if str(card.id) == number:
                return self.replies[card.key]
        raise Invalid("nhiệm vụ này không còn trên biểu mẫu; đề nghị tải lại trang")

    def touched(self, but: Sequence[Reply] = ()) -> list[Reply]:
        """Return the replies in which something was typed, without those named."""
        taken = {reply.key for reply in but}
        return [r for r in self.replies.values() if r.key not in taken and is_touched(self.cards[r.key], r)]

    def filled(self) -> list[Reply]:
        """Return the replies of all that was filled in, now or before."""
        return [r for r in self.replies.values() if is_filled(self.cards[r.key], r)]

    def keep_files(self) -> None:
        """Keep what came with files as drafts: a page gives back what was typed, and never a file."""
        save(self.ask.house, sender_of(self.ask), [r for r in self.replies.values() if r.uploads])

    def ticked(self, name: str) -> list[str]:
        """Return the keys of the cards ticked in a list."""
        numbers = set(self.ask.texts(name))
        return [card.key for card in self.cards.values() if str(card.id) in numbers]

    def typed(
        self,
        problem: DomainError | None = None,
        faults: dict[str, DomainError] | None = None,
        taken: Sent | None = None,
    ) -> Typed:
        """Return all that was typed, to be shown again."""
        done = [] if taken is None else [c.obligation for c in (*taken.handed_in, *taken.explained)]
        contents = {r.key: r.content for r in self.replies.values() if r.key not in done}
        status = REFUSED if any(not self.cards[k].is_open for k in faults or ()) else WRONG
        return Typed(
            contents=contents,
            faults=faults or {},
            problem=problem,
            status=status,
            sent=[name_of_card(self.cards[key]) for key in done],
        )


def _send_typed(ask: Ask, given: _Given, number: str) -> Response:
    """Send the card whose button was pressed, or all that was filled in."""
    replies = [given.numbered(number)] if number else given.filled()
    if not replies:
        raise Invalid("chưa nhập nội dung nào; nhập kết quả ở ít nhất một nhiệm vụ rồi gửi")
    return _looked_over(ask, given, replies) or _send(ask, given, replies)


def _looked_over(ask: Ask, given: _Given, replies: list[Reply]) -> Response | None:
    """Show what will be sent before it is sent; what is typed is kept meanwhile."""
    look = look_over(ask, given.cards, replies)
    if look is None:
        return None
    faults = save(ask.house, sender_of(ask), given.touched())
    if faults:
        return _shown(ask, given.typed(faults=faults))
    return _shown(ask, Typed(look=look))


def _explain(ask: Ask, given: _Given, number: str) -> Response:
    reply = given.numbered(number)
    only = reply_of(ask, given.cards[reply.key], reply.version or 0, reason_only=True)
    return _send(ask, given, [only])


def _by_paper(ask: Ask, given: _Given, _number: str) -> Response:
    check_paper(ask)
    keys = given.ticked("doc")
    replies = [r for r in given.replies.values() if r.key in keys]
    return _looked_over(ask, given, replies) or _send(ask, given, replies)


def _send(ask: Ask, given: _Given, replies: list[Reply]) -> Response:
    """Hand in; whatever else was typed is kept as a draft, so that nothing is lost by going on."""
    taken = send(ask.house, sender_of(ask), replies)
    others = [r for r in given.touched(replies) if given.cards[r.key].is_open]
    faults = {**taken.faults, **save(ask.house, sender_of(ask), others)}
    if faults:
        return _shown(ask, given.typed(faults=faults, taken=taken))
    if not taken.handed_in:
        return _to(ask, f"{FORM}?xong=ly-do")
    done = [change.obligation for change in (*taken.handed_in, *taken.explained)]
    return _to(ask, f"{SENT}?{urlencode([('viec', key) for key in done])}")


def _draft(ask: Ask, given: _Given, _number: str) -> Response:
    replies = given.touched()
    if not replies:
        raise Invalid("chưa nhập nội dung nào để lưu")
    faults = save(ask.house, sender_of(ask), replies)
    return _shown(ask, given.typed(faults=faults)) if faults else _to(ask, f"{FORM}?xong=luu")


def _present(ask: Ask, given: _Given, number: str) -> Response:
    replies = [given.numbered(number)] if number else given.filled()
    sender = sender_of(ask)
    writings = [writing_of(sender, reply) for reply in replies]
    try:
        present(ask.house, writings, ask.text("leader"), ask.text("note"))
    except Faults as wrong:
        given.keep_files()
        return _shown(ask, given.typed(faults=by_card(wrong, given.cards.values())))
    ask.notes_wait()
    return _to(ask, f"{FORM}?xong=trinh")


def _pass(ask: Ask, given: _Given, _number: str) -> Response:
    pass_on(
        ask.house,
        Passing(
            keys=tuple(given.ticked("giao")),
            by=ask.agency.id,
            person=ask.person,
            as_of=ask.as_of,
            officer=ask.text("officer"),
            text=ask.text("giao-note"),
            inner_day=day(ask.text("inner_day"), "thời hạn trong đơn vị"),
        ),
    )
    ask.notes_wait()
    save(ask.house, sender_of(ask), given.touched())
    return _to(ask, f"{FORM}?xong=giao")


_ACTIONS: dict[str, Callable[[Ask, _Given, str], Response]] = {
    "send": _send_typed,
    "explain": _explain,
    "document": _by_paper,
    "draft": _draft,
    "present": _present,
    "pass": _pass,
}


def _shown(ask: Ask, typed: Typed) -> Response:
    first = ask.visitor.obligation_id
    wanted = ask.query("viec")
    found = unit_form(
        ask.house, ask.agency.id, ask.as_of, first=first, also=[*typed.faults, *([wanted] if wanted else ())]
    )
    faults = placed_in(ask, found, typed.problem, typed.faults)
    return page(
        ask,
        "answering/unit_form.html",
        status=typed.status,
        title="Việc của đơn vị",
        found=found,
        typed=typed,
        keep=keep_name(ask),
        problem=str(typed.problem or "") if not isinstance(typed.problem, Faults) else "",
        faults=faults,
        also={**opened_by(faults), **drafter(ask, found), **words(ask)},
        said=DONE.get(ask.query("xong"), ""),
        opened=_opened(ask, found),
        posted=ask.posted,
        touched=lambda card: is_touched_by(card, typed.contents.get(card.key)),
        content_words=content_words,
        lost={key: typed.contents.get(key, NOTHING) for key in typed.faults if not _is_open(found, key)},
        paper={name: ask.text(f"{BY_PAPER}-{name}") for name in DOCUMENT},
        ticked=ask.texts(BY_PAPER),
        slip=_slip(ask),
        takes_plan=lambda: has_draft(ask.house, UNIT_PLAN, ask.agency.id),
        passed=ask.texts("giao"),
        leaders=leaders(found),
        officers=officers(found),
    )


def _slip(ask: Ask) -> Waiting | None:
    """Return the unit's slip that waits for its word, to whoever may speak for it."""
    return slip_waiting(ask.house, ask.agency.id, ask.on) if ask.may(Act.SLIP) else None


def _is_open(found: UnitForm, key: str) -> bool:
    card = found.card(key)
    return card is not None and card.is_open


def _opened(ask: Ask, found: UnitForm) -> str:
    """Return the key of the card that stands open: the one asked for, the link's, else the first."""
    asked = ask.query("viec")
    card = found.card(asked) if asked else None
    if card is None:
        card = next(iter(found.open), None)
    return card.key if card is not None else ""


def _to(ask: Ask, address: str) -> Response:
    return RedirectResponse(ask.url(address), status_code=303)


PAGES = (
    Page("GET", SENT, sent, Act.ANSWER),
    Page("GET", FORM, form, Act.ANSWER),
    Page("POST", FORM, answer, Act.ANSWER),
)
