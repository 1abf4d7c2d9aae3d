"""Values of the language of days at random: every kind, with the words that plans use, of 2022 to 2035."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from hypothesis import strategies as st

from obligations.errors import Invalid
from obligations.period import Period
from obligations.terms import Before, By, Term, Unit, Within
from obligations.terms_again import MONTHS, Continuous, Each, Every, Window
from obligations.terms_open import AfterEvent, AfterSigning, AsRegulated, Directed, Goal, Step, Steps
from obligations.terms_parts import At, Part

FIRST, LAST = 2022, 2035
years = st.integers(FIRST, LAST)
days = st.dates(date(FIRST, 1, 1), date(LAST, 12, 31))
stretches = st.one_of(
    st.builds(Period.of_month, years, st.integers(1, 12)),
    days.map(Period.of_quarter),
    days.map(Period.of_half),
    years.map(Period.of_year),
)
edges = st.one_of(days, stretches)
recipients = st.sampled_from(["", "Sở Nội vụ", "UBND tỉnh", "Văn phòng UBND tỉnh", "Sở Tài chính"])
EVENTS = (
    "Nghị quyết được ban hành",
    "nhận đủ hồ sơ",
    "có hướng dẫn của Bộ Nội vụ",
    "Đề án được UBND tỉnh phê duyệt",
    "kết thúc hội nghị",
    "Luật có hiệu lực",
    "sắp xếp xong các đơn vị",
)
DIRECTIONS = (
    "Theo tiến độ của Bộ Công an",
    "Theo chỉ đạo",
    "Theo thời điểm có nhu cầu",
    "Khi có yêu cầu của UBND tỉnh",
    "Khi phát sinh",
    "Đột xuất",
    "Đơn vị tự xác định",
    "Do cơ quan chủ trì tự xác định",
)
PRODUCTS = ("", "ban hành kế hoạch", "Lựa chọn nhiệm vụ", "báo cáo kết quả", "tổ chức hội nghị", "Chạy thử")
HOLDERS = ("", "Sở Nội vụ", "Các sở, ban, ngành", "UBND các xã", "Công an tỉnh", "Ban Tổ chức Tỉnh ủy")

befores = st.builds(Before, at=edges, arrives=st.booleans()) | st.builds(
    Before, at=edges, arrives=st.just(True), recipient=recipients
)
bys = st.builds(By, on=days) | st.builds(By, on=days, arrives=st.just(True), recipient=recipients)
points = st.one_of(
    befores,
    bys,
    st.builds(Within, period=stretches),
    st.builds(At, part=st.sampled_from(Part), of=stretches),
    st.builds(AfterSigning, number=st.integers(1, 400), unit=st.sampled_from(Unit)),
)


@st.composite
def lives(draw: st.DrawFn) -> dict[str, object]:
    """From when until when, either of them or both or neither; never an end before the beginning."""
    since, until = draw(st.none() | edges), draw(st.none() | edges)
    with suppress(Invalid):
        Continuous(since=since, until=until)
        return {"since": since, "until": until}
    return {"since": until, "until": since} if draw(st.booleans()) and _sound(until, since) else {}


def _sound(since: object, until: object) -> bool:
    try:
        Continuous(since=since, until=until)  # type: ignore[arg-type]
    except Invalid:
        return False
    return True


@st.composite
def windows(draw: st.DrawFn) -> Term:
    """From one day or stretch to another."""
    first, second = draw(edges), draw(edges)
    return Window(since=first, until=second) if _sound(first, second) else Window(since=second, until=first)


@st.composite
def of_levels(draw: st.DrawFn, number: int) -> tuple[tuple[str, int], ...]:
    """Days of some levels, none, or all, from the lowest up and none after the day of all."""
    named = [level for level in ("commune", "district", "province") if draw(st.booleans())]
    days = sorted(draw(st.lists(st.integers(2, number), min_size=3, max_size=3))) if number > 1 else []
    found = tuple(zip(named, days, strict=False))
    # Days of levels in one sentence are in order, each another where the order of levels would be lost.
    return found if len({day for _, day in found}) == len(found) else ()


@st.composite
def eaches(draw: st.DrawFn) -> Each:
    """What comes again, in every way that is no contradiction."""
    every = draw(st.sampled_from(Every))
    length = MONTHS[every]
    way = draw(st.sampled_from(["whole", "day", "month", "part", "rule"]))
    life: dict[str, object] = draw(lives())
    running = draw(st.booleans()) and every in (Every.QUARTER, Every.HALF)
    counts = draw(st.booleans())
    if way == "rule":
        return Each(every=Every.QUARTER, by_rule=True)
    if way == "part":
        part = draw(st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2"]))
        return Each(every=Every.YEAR, part=part, **life)  # type: ignore[arg-type]
    if way == "month" and length:
        month = draw(st.integers(1, length + 1))
        return Each(every=every, month=month, running=running, **life)  # type: ignore[arg-type]
    if way == "day":
        most = 7 if every is Every.WEEK else 28
        number = draw(st.integers(1 if counts else 2, most))
        again = draw(st.integers(1, length + 1)) if length else None
        month = None if every is Every.MONTH and again == 1 else again
        own: dict[str, object] = (
            {"levels": ()} if every is Every.WEEK else {"levels": draw(of_levels(number))}
        )
        return Each(every=every, number=number, month=month, counts=counts, running=running, **life, **own)  # type: ignore[arg-type]
    return Each(every=every, running=running, **life)  # type: ignore[arg-type]


continuous = st.builds(
    lambda report, life: Continuous(report=report, **life), st.none() | st.sampled_from(Every), lives()
)
waiting = st.one_of(
    st.builds(
        AfterEvent,
        event=st.sampled_from(EVENTS),
        number=st.none() | st.integers(1, 400),
        unit=st.sampled_from(Unit),
    ).map(lambda t: t if t.number else AfterEvent(event=t.event)),
    st.builds(AsRegulated, basis=st.sampled_from(["", "của pháp luật", "hiện hành"])),
    st.builds(Directed, said=st.sampled_from(DIRECTIONS)),
)
dated = st.one_of(points, windows(), eaches().filter(lambda each: not each.by_rule and not each.levels))
goals = st.builds(Goal, term=dated)
singles = st.one_of(points, windows(), eaches(), continuous, waiting, goals)


@st.composite
def several(draw: st.DrawFn, inner: st.SearchStrategy[Term]) -> Term:
    """Milestones, each with a product and a holder or without; never one that is nothing but its day."""
    # Days of levels belong to a whole item: milestones have holders of their own.
    inner = inner.filter(lambda term: not getattr(term, "levels", ()))
    terms = draw(st.lists(inner, min_size=1, max_size=4, unique=True))
    bare = len(terms) > 1
    found = [
        Step(
            term=term,
            product=draw(st.sampled_from(PRODUCTS if bare else PRODUCTS[1:])),
            holder=draw(st.sampled_from(HOLDERS)),
        )
        for term in terms
    ]
    return Steps(steps=tuple(found))


terms = st.one_of(singles, several(singles))
