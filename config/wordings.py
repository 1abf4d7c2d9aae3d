"""Reads how a plan words time into a value of the language of days; what it does not understand it asks.

Nothing is guessed in silence: a reading without doubts is meant, one with doubts is only proposed, and words
that stay are quoted in a question. It reads offline, by a grammar, in time that grows with the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from config.wording_levels import of_levels
from config.wording_pieces import Often, Point, Sort, Tail, Word, before_colon, pieces_of
from config.wording_terms import term_of_pieces
from config.wording_texts import (
    ARRIVING,
    BRACKETS,
    PUNCTUATION,
    SHOWN,
    TELLING,
    Said,
    around,
    cleaned,
    in_brackets,
    is_about_time,
    parts_of,
    question,
)
from config.wording_years import Unclear, Years
from obligations.calendar import FIRST_YEAR, LAST_YEAR
from obligations.errors import Invalid
from obligations.terms import Before, By, Term
from obligations.terms_again import Continuous, Each
from obligations.terms_open import AfterEvent, AsAbove, AsRegulated, Directed, Goal, Step, Steps

NOTHING = Said()
LONGEST = 600
"""Letters of a cell that are read; a longer one is a text, and asked."""
MOST_PARTS = 12
YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)")
BEGINS = re.compile(
    r"(?<!\w)(?=(?:trước|chậm|muộn|không|đến|tới|hết|hạn|trong|vào|từ|bắt|kể|đầu|giữa|cuối|ngày|tháng|qu[ýí]|năm|cả"
    r"|giai|thứ|chủ|hằng|hàng|mỗi|theo|từng|định|báo|thường|phấn|sau|ngay|khi|tùy|đột|làm|một|ít|tối)(?!\w)|\d"
    r"|t\d{1,2}\s*/|q\.?\s*(?:\d|I{1,3}|IV)\s*[/\-]"
    r"|như\s+\S+(?:\s+hạn)?(?:\s+trên)?(?!\w)|(?:do\s+)?(?:các\s+)?(?:đơn\s+vị|cơ\s+quan|địa\s+phương)\s+(?:\S+\s+\S+\s+)?tự(?!\w)"
    r"|tự\s)",
    re.IGNORECASE,
)
DITTO = re.compile(r"-?\s*(//|nt|n\.t\.?)\s*-?", re.IGNORECASE)
"""How a table's cell says "như trên"."""
STRIVING = re.compile(r"phấn\s+đấu(\s+hoàn\s+thành)?(\s+xong)?\s+", re.IGNORECASE)
ONWARD = "trở đi"
MOST_BEGINNINGS = 24


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a wording was read as."""

    term: Term | None
    """None where nothing was understood."""
    doubts: tuple[str, ...] = ()
    """Questions for a person, with the words they are about; a value with doubts is only proposed."""

    year: int | None = None
    """The one year that the wording itself writes, if it writes one."""

    @property
    def confidence(self) -> float:
        """1 without doubts, 0 where nothing was understood, one half for a value that is only proposed."""
        if self.term is None:
            return 0.0
        return 0.5 if self.doubts else 1.0


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One stretch of a cell as read: its value, and the words around it."""

    text: str
    term: Term | None
    said: Said = NOTHING


def read(text: str, *, signed: date | None = None, year: int | None = None) -> Reading:
    """Read a wording; a year that is not written is `year`, else the signing's, with a doubt."""
    words = cleaned(text)
    if not words or len(words) > LONGEST or len(parts_of(words)) > MOST_PARTS:
        return Reading(term=None, doubts=(question("Chưa rõ thời hạn", words),))
    if DITTO.fullmatch(words):
        return Reading(term=AsAbove())
    words = f"năm {words}" if YEAR.fullmatch(words) else words
    if (found := _with_levels(words, signed, year)) is not None:
        return found
    years = Years(year, signed, tuple(int(found) for found in YEAR.findall(words)))
    parts = [part for piece in parts_of(words) for part in _read_part(piece, years)]
    term = _together(parts, words, years)
    if term is not None and not _thinkable(years.stated):
        years.doubt(f"Năm nằm ngoài {FIRST_YEAR}-{LAST_YEAR}")
        term = None
    if term is not None and signed is not None:
        _check_signing(term, signed, years)
    stated = set(years.stated)
    return Reading(term=term, doubts=tuple(years.doubts), year=stated.pop() if len(stated) == 1 else None)


def _with_levels(words: str, signed: date | None, year: int | None) -> Reading | None:
    """Read what comes again with a day for each level; None where it is none of that kind."""
    try:
        term = of_levels(words, lambda part: _sure(part, signed, year))
    except Unclear as unclear:
        return Reading(term=None, doubts=(question(str(unclear), words),))
    stated = {int(found) for found in YEAR.findall(words)}
    return None if term is None else Reading(term=term, year=stated.pop() if len(stated) == 1 else None)


def _sure(text: str, signed: date | None, year: int | None) -> Term | None:
    """Return what a part of a wording means by itself, where nothing of it is doubted."""
    found = read(text, signed=signed, year=year)
    return None if found.doubts else found.term


def _thinkable(stated: tuple[int, ...]) -> bool:
    return all(FIRST_YEAR <= year <= LAST_YEAR for year in stated)


def _check_signing(term: Term, signed: date, years: Years) -> None:
    """Ask of a named day that lies before the plan was signed."""
    for single in (step.term for step in term.steps) if isinstance(term, Steps) else (term,):
        inner = single.term if isinstance(single, Goal) else single
        named = inner.named if isinstance(inner, Before) else inner.on if isinstance(inner, By) else None
        if named is not None and named <= signed:
            years.doubt("Ngày này không sau ngày ký")


def _read_part(text: str, years: Years) -> list[_Part]:
    """Read one stretch, with what stands in brackets; two where a comma turns out to part two."""
    core, remarks = _without_brackets(text, years)
    strives = STRIVING.match(core)
    core = core[strives.end() :] if strives else core
    found = _found(core)
    if found is None:
        return [_Part(text=text, term=None)]
    at, pieces, tail = found
    tail, rest = before_colon(tail)
    comma_before = pieces and pieces[-1] == Word("SEP", ",")
    for comma in re.finditer(r"^|,\s+" if comma_before else r",\s+", rest):
        left, right = rest[: comma.start()], rest[comma.end() :]
        if not is_about_time(left) and _is_another(right):
            first = text[: strives.end()] if strives else ""
            first += core[: len(core) - len(rest) + comma.start()]
            return [*_read_part(first, years), *_read_part(f"{right} {' '.join(remarks)}", years)]
    before = core[:at].strip(PUNCTUATION)
    try:
        term = term_of_pieces(pieces, tail, years)
        term, before = _arriving(term, before)
        term = Goal(term=term) if strives else term
    except Invalid:
        years.doubt(question("Không có ngày để phấn đấu", text))
        return [_Part(text=text, term=None)]
    except Unclear as unclear:
        years.doubt(question(str(unclear), text))
        return [_Part(text=text, term=None)]
    onward = isinstance(term, Continuous) and rest.strip(PUNCTUATION).lower() == ONWARD
    said = [
        around(before),
        around("" if onward else rest),
        *(in_brackets(remark.strip("()")) for remark in remarks),
    ]
    if isinstance(term, (AfterEvent, AsRegulated, Directed)) and is_about_time(term.printed[len("Theo") :]):
        _ask_of_time_within(term, years)
    return [_Part(text=text, term=term, said=_merged(said))]


def _ask_of_time_within(term: AfterEvent | AsRegulated | Directed, years: Years) -> None:
    """Ask where the words of an event or a direction speak of time themselves."""
    words = term.event if isinstance(term, AfterEvent) else term.printed
    if is_about_time(words.replace("thời điểm", "")):
        years.doubt(question("Chưa rõ thời hạn trong câu", words))


def _is_another(text: str) -> bool:
    """Whether words after a comma are a milestone of their own: what is done, if anything, then a day."""
    found = _found(text)
    if found is None or not found[1] or around(text[: found[0]]).unread:
        return False
    first = found[1][0]
    return isinstance(first, Point) and first.thing.sort not in (Sort.NUMBER, Sort.WEEKDAY)


def _without_brackets(text: str, years: Years) -> tuple[str, list[str]]:
    """Take brackets out of a stretch; those that are time by themselves stay in, as words.

    A year alone beside another time is no milestone: it says of which year that is.
    """
    remarks: list[str] = []

    def placed(found: re.Match[str]) -> str:
        inner = found[1].strip(PUNCTUATION)
        read_as = pieces_of(inner) if inner else None
        if read_as is not None and read_as[0] and read_as[1] is None:
            if years.is_meant(read_as[0]) and is_about_time(text[: found.start()]):
                return " "
            return f", {inner} "
        remarks.append(f"({inner})")
        return " "

    core = " ".join(BRACKETS.sub(placed, text).split())
    return core.replace(" ,", ","), [remark for remark in remarks if remark != "()"]


def _found(core: str) -> tuple[int, list[Point | Often | Word], Tail | None] | None:
    """Return where the first time in a stretch begins, with its pieces and what ends it."""
    for number, begins in enumerate(BEGINS.finditer(core)):
        if number >= MOST_BEGINNINGS:
            return None
        found = pieces_of(core[begins.start() :])
        if found is None:
            continue
        pieces, tail = found
        means = any(not isinstance(p, Word) or p.sort == "CONT" for p in pieces)
        if means or (tail is not None and tail.sort != "rest"):
            return begins.start(), pieces, tail
    return None


def _arriving(term: Term, before: str) -> tuple[Term, str]:
    """Read "Báo cáo kết quả về Sở … trước ngày …": what is judged is the arrival."""
    if isinstance(term, (Each, Continuous)) and TELLING.fullmatch(before):
        return term, ""
    told = ARRIVING.fullmatch(before)
    if told is None or not isinstance(term, (Before, By)):
        return term, before
    return replace(term, arrives=True, recipient=(told["to"] or "").strip()), ""


def _merged(said: list[Said]) -> Said:
    """Put together what words before, after and in brackets say; two products are a question."""
    products = [found.product for found in said if found.product]
    holders = [found.holder for found in said if found.holder]
    unread = [words for found in said for words in found.unread]
    unread += [*products[1:], *holders[1:]]
    return Said(
        product=products[0] if products else "", holder=holders[0] if holders else "", unread=tuple(unread)
    )


def _together(parts: list[_Part], words: str, years: Years) -> Term | None:
    """Make one value of all stretches, and ask of what stayed unread in any of them."""
    for part in parts:
        for unread in part.said.unread:
            years.doubt(question("Chưa hiểu", unread))
    read_parts = [part for part in parts if part.term is not None]
    for part in parts:
        if part.term is None and not any(part.text[:SHOWN] in doubt for doubt in years.doubts):
            years.doubt(question("Chưa rõ thời hạn", part.text))
    if not read_parts:
        if not years.doubts:
            years.doubt(question("Chưa rõ thời hạn", words))
        return None
    told = _told(read_parts)
    if told is not None:
        return told
    steps = [step for part in read_parts for step in _steps_of(part)]
    if len(steps) == 1 and not steps[0].product and not steps[0].holder:
        return steps[0].term
    try:
        return Steps(steps=tuple(steps))
    except Invalid as error:
        years.doubt(question(f"Chưa rõ các mốc ({str(error).partition(': ')[2]})", words))
        return None


def _told(parts: list[_Part]) -> Term | None:
    """Read "Thường xuyên; báo cáo hằng quý" as one: it goes on, and is told of so often."""
    terms = [part.term for part in parts]
    if len(terms) != 2 or any(part.said != NOTHING for part in parts):  # noqa: PLR2004 - the two of them
        return None
    goes_on, told = terms
    plain = isinstance(told, Each) and told == Each(every=told.every)
    if isinstance(goes_on, Continuous) and goes_on.report is None and isinstance(told, Each) and plain:
        return replace(goes_on, report=told.every)
    return None


def _steps_of(part: _Part) -> list[Step]:
    if isinstance(part.term, Steps):
        return [replace(s, product=part.said.product, holder=part.said.holder) for s in part.term.steps]
    assert part.term is not None
    return [Step(term=part.term, product=part.said.product, holder=part.said.holder)]
