"""From pieces to a value: what the words of a wording come to together, and what has to be asked of them."""

from __future__ import annotations

import re

from config.wording_again import each_of
from config.wording_pieces import Often, Piece, Point, Sort, Tail, Thing, Word
from config.wording_texts import LAWFUL
from config.wording_years import Unclear, Years, day_of, edge_of, stretch_of
from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms import Before, By, Term, Unit, Within
from obligations.terms_again import Continuous, Each, Every, Window
from obligations.terms_edges import Edge, first_of
from obligations.terms_open import AfterEvent, AfterSigning, AsAbove, AsRegulated, Directed, Goal, Step, Steps
from obligations.terms_parts import At, Part

HOW_LONG = "Chưa ghi bao nhiêu ngày sau sự kiện"
STARTS = "“Đầu” kỳ hiểu là ngày đầu tiên (Bộ luật Dân sự 2015, Điều 146), đề nghị xác nhận ngày"
NOT_IN_LAW = "Luật không nói ngày nào của quý, nửa năm là “đầu”, “giữa”, “cuối”; đề nghị xác nhận ngày"
SEVERAL = "Nhiều thời hạn trong một câu: là các mốc riêng, hay cùng một thời hạn?"
YEARS_LONG = "Nhiều năm: làm xong một lần vào cuối khoảng thời gian, hay thường xuyên trong cả khoảng?"
WITH_AN_EVENT = {"counted": 3, "event": 2}
"""How many words the tails have that name an event."""
UNITS = (("làm việc", Unit.WORKING), ("tuần", Unit.WEEK), ("tháng", Unit.MONTH), ("ngày", Unit.DAY))
SIGNED = re.compile(
    r"(ký|ban hành|ký ban hành)(\s+ban hành)?(\s+(kế hoạch|văn bản)(\s+này)?)?"
    r"|(kế hoạch|văn bản)(\s+này)?\s+(được\s+)?(ký|ban hành|ký ban hành)",
    re.IGNORECASE,
)


def term_of_pieces(pieces: list[Piece], tail: Tail | None, years: Years) -> Term:
    """Return the value of the pieces; raises Unclear with the question."""
    goal = any(isinstance(piece, Word) and piece.sort == "GOAL" for piece in pieces)
    kept = [p for p in pieces if not (isinstance(p, Word) and p.sort in ("GOAL", "FILL"))]
    try:
        term = _term(kept, tail, years)
        return Goal(term=term) if goal else term
    except Invalid as error:
        raise Unclear(str(error).partition(": ")[2] or str(error)) from error


def _term(pieces: list[Piece], tail: Tail | None, years: Years) -> Term:
    points = [piece for piece in pieces if isinstance(piece, Point)]
    often = [piece for piece in pieces if isinstance(piece, Often)]
    continuous = any(isinstance(piece, Word) and piece.sort == "CONT" for piece in pieces)
    if tail is not None and tail.sort != "rest":
        by_rule = tail.sort == "regulated" and len(tail.words) == 1 and not points and not continuous
        if by_rule and often == [Often(Every.QUARTER)]:
            return Each(every=Every.QUARTER, by_rule=True)
        if points or often or continuous:
            raise Unclear("Hai cách ghi thời hạn trong một câu")
        return _waiting(tail, years)
    if len(often) > 1:
        raise Unclear("Hai kỳ báo cáo trong một câu")
    since, until, others = _edges(points, years, lasting=continuous or bool(often))
    if continuous:
        if others:
            raise Unclear("Thường xuyên, lại có ngày")
        return Continuous(report=often[0].every if often else None, since=since, until=until)
    if often or (others and others[0].thing.that_month and others[0].thing.sort is Sort.NUMBER):
        return each_of(often[0] if often else None, others, since, until)
    if since is None and until is None:
        return _points(pieces, others, years)
    if others:
        raise Unclear("Chưa rõ khoảng thời gian")
    return _lasting(since, until, years)


def _lasting(since: Edge | None, until: Edge | None, years: Years) -> Term:
    """Return what begins on one day, ends on another, or both."""
    if until is None:
        return Continuous(since=since)
    if since is None:
        return Within(period=until) if isinstance(until, Period) else By(on=until)
    return _window(since, until, years)


def _edges(
    points: list[Point], years: Years, *, lasting: bool
) -> tuple[Edge | None, Edge | None, list[Point]]:
    """Take out since when and until when; a year written beside what comes again is both."""
    since: Edge | None = None
    until: Edge | None = None
    others = []
    for point in points:
        if point.rel == "FROM" and since is None and point.part is None:
            since = edge_of(point.thing, years)
        elif point.rel == "TO" and until is None and point.part is None:
            until = edge_of(point.thing, years)
        elif lasting and _is_a_stretch_of_its_own(point) and since is None and until is None:
            since = until = edge_of(point.thing, years)
        elif point.thing.sort is Sort.YEARS:
            since, until = Period.of_year(point.thing.number), Period.of_year(point.thing.year or 0)
        elif point.rel in ("FROM", "TO"):
            raise Unclear("Chưa rõ khoảng thời gian")
        else:
            others.append(point)
    return since, until, others


def _is_a_stretch_of_its_own(point: Point) -> bool:
    thing = point.thing
    whole = point.rel in ("", "IN") and point.part is None and thing.sort not in (Sort.DATE, Sort.YEARS)
    return whole and (thing.year is not None or (thing.sort is Sort.YEAR and point.rel == "IN"))


def _window(since: Edge, until: Edge, years: Years) -> Window:
    window = Window(since=since, until=until)
    if isinstance(until, Period) and first_of(until).year > first_of(since).year:
        years.doubt(YEARS_LONG)
    return window


def _points(pieces: list[Piece], points: list[Point], years: Years) -> Term:
    if not points:
        raise Unclear("Chưa rõ thời hạn")
    if len(points) == 1:
        return _single(points[0], years)
    dash = [p for p in pieces if isinstance(p, Word) and p.sort == "SEP" and p.text == "-"]
    plain = all(point.rel in ("", "IN") and point.part is None for point in points)
    if dash and plain and len(points) == 2:  # noqa: PLR2004 - a beginning and an end
        first, second = (point.thing for point in points)
        until = edge_of(second, years)
        if first.year is None and first.sort is not Sort.YEAR:
            first = Thing(sort=first.sort, number=first.number, month=first.month, year=first_of(until).year)
        return _window(edge_of(first, years), until, years)
    if dash:
        raise Unclear("Chưa rõ khoảng thời gian")
    if len({(point.rel, point.part, point.thing.sort) for point in points}) > 1:
        years.doubt(SEVERAL)
    return Steps(steps=tuple(Step(term=_single(point, years)) for point in points))


def _single(point: Point, years: Years) -> Term:
    thing = point.thing
    if thing.sort is Sort.DATE:
        if point.part is not None:
            raise Unclear("Chưa rõ ngày")
        day = day_of(thing, years)
        if point.hour:
            years.doubt(f"Giờ không theo dõi được, hiểu là hết ngày {day.day}/{day.month}/{day.year}")
        return Before(at=day) if point.rel == "BEFORE" and not point.hour else By(on=day)
    if point.hour:
        raise Unclear("Chưa rõ ngày")
    stretch = stretch_of(thing, years)
    if point.part is None:
        return Before(at=stretch) if point.rel == "BEFORE" else Within(period=stretch)
    if point.rel == "BEFORE":
        raise Unclear("Chưa rõ trước ngày nào")
    at = At(part=point.part, of=stretch)
    if not at.in_law and point.part is not Part.END:
        years.doubt(NOT_IN_LAW)
    elif point.part is Part.START:
        years.doubt(STARTS)
    return at


def _waiting(tail: Tail, years: Years) -> Term:
    if tail.sort in WITH_AN_EVENT and len(tail.words) < WITH_AN_EVENT[tail.sort]:
        raise Unclear("Chưa rõ sự kiện nào")
    match tail.sort:
        case "counted":
            return _counted(*tail.words)
        case "event":
            begins, event = tail.words
            years.doubt(HOW_LONG)
            return AfterEvent(event=f"có {event}" if begins.lower().endswith("có") else event)
        case "above":
            return AsAbove()
        case "directed":
            return Directed(said=tail.whole)
        case "regulated":
            basis = " ".join(tail.words[1:])
            if basis and not LAWFUL.fullmatch(basis):
                raise Unclear("Chưa rõ theo quy định nào")
            return AsRegulated(basis=basis)
    raise Unclear("Chưa rõ thời hạn")


def _counted(counted: str, _: str, event: str) -> Term:
    number = int(re.findall(r"\d+", counted)[0])
    unit = next(unit for words, unit in UNITS if words in counted.lower())
    if SIGNED.fullmatch(event):
        return AfterSigning(number=number, unit=unit)
    return AfterEvent(event=event, number=number, unit=unit)
