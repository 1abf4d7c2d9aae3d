"""Everybody in the province at once: what they do on a day, through the same use cases as real people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from obligations.calendar import ONE_DAY, ZONE
from obligations.model import WorkState
from obligations.obligation import Obligation
from store.engine import reading
from tasks_lib.answering.cycle_form import asked_figures, template
from tasks_lib.answering.enough import why_no_nothing
from tasks_lib.answering.report_file import ReportFile
from tasks_lib.answering.sql.agenda import Standing, newly_open, standings, wanted
from tasks_lib.answering.submit import Answer, Nothing, nothing_arose, record_document, submit
from tasks_lib.desk.review import accept, ask_more, not_competent
from tasks_lib.duties.change import Change, Decision
from tasks_lib.duties.closing import closes_on
from tasks_lib.duties.events import record_event
from tasks_lib.duties.pausing import pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.sign_off import missing_below
from tasks_lib.simulation import answers
from tasks_lib.simulation.behaviours import Cast, Course, Duty, Manner, Verdict
from tasks_lib.simulation.happenings import Recorded, events, flood

OFFICE_OPENS, OFFICE_CLOSES = time(8, 0), time(16, 45)
OFFICE_MINUTES = 8 * 60 + 30


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What somebody has set out to do on a day; dropped if things have changed by then."""

    key: str
    place: str
    """Whose pause holds it up."""
    expects: Standing
    do: Callable[[datetime], Change]
    then: Callable[[Change, date], None]


class Player:
    """Holds the agenda of the whole province and plays it day by day."""

    def __init__(self, house: House, cast: Cast, start: date, end: date) -> None:
        self._house = house
        self._cast = cast
        self._seen_until = date.min
        self._agenda: dict[date, list[Deed]] = defaultdict(list)
        self._flood = flood(house, cast, start)
        self._events: dict[date, list[Recorded]] = defaultdict(list)
        for recorded in events(house, cast, start, end):
            self._events[recorded.on].append(recorded)
        self.done = 0

    def play(self, day: date) -> None:
        """Let everybody do what they do on a day, after its mails have arrived."""
        self._stop_for_flood(day)
        if not self._house.calendar.is_working(day):
            return
        self._look(day)
        for recorded in self._events.pop(day, []):
            self._record(recorded, day)
        self._act(day)

    def _stop_for_flood(self, day: date) -> None:
        """Enter the pause on its eve, when the storm is announced: the next morning's sweep must know."""
        if self._flood is not None and self._flood.from_day == day + ONE_DAY:
            pause(self._house, self._flood, self._flood.place, _instant(day, OFFICE_CLOSES))

    def _look(self, day: date) -> None:
        with reading(self._house.engine) as connection:
            opened = newly_open(connection, self._house.plan.key, self._seen_until, day)
        self._seen_until = day
        for row in opened:
            if not row.period.is_event:
                self._set_out(row, day)

    def _record(self, recorded: Recorded, day: date) -> None:
        change = record_event(self._house, recorded.event, recorded.by, _instant(day, OFFICE_OPENS))
        self.done += 1
        with reading(self._house.engine) as connection:
            row = wanted(connection, self._house.plan.key, change.obligation)
        if row is not None:
            self._set_out(row, day)

    def _act(self, day: date) -> None:
        due = self._agenda.pop(day, [])
        with reading(self._house.engine) as connection:
            now = standings(connection, self._house.plan.key, [deed.key for deed in due])
        timed = sorted(((self._time_of(deed, day), deed.key, deed) for deed in due), key=lambda t: t[:2])
        for at, key, deed in timed:
            if now[key] == deed.expects:
                change = deed.do(at)
                self.done += 1
                deed.then(change, day)

    def _time_of(self, deed: Deed, day: date) -> datetime:
        minutes = self._cast.dice("time", deed.key, day.isoformat()).randrange(OFFICE_MINUTES)
        return _instant(day, OFFICE_OPENS) + timedelta(minutes=minutes)

    def _set_out(self, row: Obligation, day: date) -> None:
        duty = Duty(
            key=row.key,
            kind=row.kind,
            agency=row.agency_id,
            opened_on=max(row.opened_on, day, self._closes_on(row)),
            last_day=row.last_day,
            nothing_may_arise=not why_no_nothing(self._house, row),
        )
        course = self._cast.course(duty)
        if course.on is None:
            return
        if course.manner is Manner.NOT_COMPETENT:
            self._plan(course.on, row, row.reviewer_id, self._not_competent(row), _nothing_follows)
        else:
            self._plan(course.on, row, self._entrant(row), self._entry(row, course), self._reviewed(row))

    def _closes_on(self, row: Obligation) -> date:
        """Return the day from which it can be handed in: a cycle report's figures have to close first."""
        if not row.is_cycle_report:
            return date.min
        return closes_on(self._house, self._house.agency(row.agency_id), row.period)

    def _plan(
        self,
        on: date,
        row: Obligation,
        place: str,
        do: Callable[[datetime], Change],
        then: Callable[[Change, date], None],
        expects: Standing | None = None,
    ) -> None:
        standing = expects or Standing(row.work_state, row.version)
        deed = Deed(key=row.key, place=place, expects=standing, do=do, then=then)
        self._agenda[self._reachable(on, place)].append(deed)

    def _reachable(self, on: date, place: str) -> date:
        """Return the day itself, or the first working day after the flood where it holds."""
        flooded = self._flood
        if flooded is None or flooded.to_day is None or not flooded.from_day <= on <= flooded.to_day:
            return on
        here = flooded.place in (place, *self._house.agency(place).above)
        return self._house.calendar.next_working(flooded.to_day + ONE_DAY) if here else on

    def _entrant(self, row: Obligation) -> str:
        """Return who enters: the unit, or Sở Nội vụ for an invited body's reply."""
        return self._house.plan.focal if self._house.agency(row.agency_id).invited else str(row.agency_id)

    def _entry(self, row: Obligation, course: Course) -> Callable[[datetime], Change]:
        dice = self._cast.dice("answer", row.key)
        if row.is_own_plan:
            return self._own_plan(row, course, dice)
        if course.manner is Manner.PAPER and course.signed_on is not None:
            return self._on_paper(row, course.signed_on, dice)
        if course.manner is Manner.NOTHING_AROSE:
            entrant = self._entrant(row)
            return lambda at: nothing_arose(
                self._house, Nothing(key=row.key, by=entrant, missing=self._missing(row)), at
            )
        by = self._entrant(row)
        return lambda at: submit(self._house, row.key, by, at, self._answer(row, dice, course.reason, at))

    def _answer(self, row: Obligation, dice: Random, reason: str, at: datetime) -> Answer:
        answer = Answer(
            text=answers.text(dice),
            difficulty=dice.choice(answers.DIFFICULTIES),
            reason=reason,
            missing=self._missing(row),
        )
        item = self._house.plan.item(row.item) if row.item else None
        if row.is_cycle_report:
            form = ReportFile.model_validate(template(self._house, row.key))
            return replace(answer, rows=answers.rows(self._house, dice, form))
        if item is None:
            return answer
        if asked := asked_figures(self._house, item, row):
            return replace(answer, figures=dict(answers.figures(dice, item.key, asked)))
        agency = self._house.agency(row.agency_id)
        return replace(answer, document=answers.document(dice, agency, at.date()))

    def _missing(self, row: Obligation) -> tuple[str, ...]:
        """A district that signs off names whoever has not reported."""
        with reading(self._house.engine) as connection:
            return missing_below(connection, self._house, row)

    def _own_plan(self, row: Obligation, course: Course, dice: Random) -> Callable[[datetime], Change]:
        """A plan is a document in any case; the unit enters it, or its desk does."""
        agency = self._house.agency(row.agency_id)
        by = row.reviewer_id if course.manner is Manner.PAPER else agency.id

        def do(at: datetime) -> Change:
            paper = answers.own_plan(dice, agency, course.signed_on or at.date())
            return record_document(self._house, (row.key,), by, at, paper)[0]

        return do

    def _on_paper(self, row: Obligation, signed_on: date, dice: Random) -> Callable[[datetime], Change]:
        paper = answers.document(dice, self._house.agency(row.agency_id), signed_on)
        return lambda at: record_document(self._house, (row.key,), row.reviewer_id, at, paper)[0]

    def _not_competent(self, row: Obligation) -> Callable[[datetime], Change]:
        reason = "không thuộc thẩm quyền của đơn vị"
        return lambda at: not_competent(
            self._house, Decision(key=row.key, by=row.reviewer_id, as_of=at, reason=reason)
        )

    def _reviewed(self, row: Obligation) -> Callable[[Change, date], None]:
        """Return what follows an entry: the desk's answer, on a later day or never."""

        def then(change: Change, day: date) -> None:
            if change.work_state != WorkState.SUBMITTED:
                return
            review = self._cast.review(row.key, change.version, day)
            if review.on is None:
                return
            expects = Standing(WorkState.SUBMITTED, change.version)
            decide = self._decision(row, review.verdict, change.version)
            after = self._corrected(row) if review.verdict is Verdict.ASK_MORE else _nothing_follows
            self._plan(review.on, row, row.reviewer_id, decide, after, expects)

        return then

    def _decision(self, row: Obligation, verdict: Verdict, version: int) -> Callable[[datetime], Change]:
        question = self._cast.dice("question", row.key).choice(answers.QUESTIONS)
        if verdict is Verdict.ASK_MORE:
            return lambda at: ask_more(self._house, self._decided(row, at, version, question))
        return lambda at: accept(self._house, self._decided(row, at, version))

    def _decided(self, row: Obligation, at: datetime, version: int, reason: str = "") -> Decision:
        return Decision(key=row.key, by=row.reviewer_id, as_of=at, reason=reason, version=version)

    def _corrected(self, row: Obligation) -> Callable[[Change, date], None]:
        def then(change: Change, day: date) -> None:
            on = self._cast.correction(row.key, change.version, day)
            if on is None:
                return
            dice = self._cast.dice("correction-answer", row.key, str(change.version))
            by = self._entrant(row)
            self._plan(
                on,
                row,
                by,
                lambda at: submit(
                    self._house, row.key, by, at, self._answer(row, dice, "", at), change.version
                ),
                self._reviewed(row),
                Standing(WorkState.MORE_ASKED, change.version),
            )

        return then


def _nothing_follows(_change: Change, _day: date) -> None:
    """End a story."""


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE)
