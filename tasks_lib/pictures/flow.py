"""Pictures of time and work: weeks, the four to come, items, steps of the ladder, the index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from obligations.reckoning import NOTHING, Reckoning, added
from obligations.words import count, day
from tasks_lib.board.overview import in_order
from tasks_lib.mailing.mail_reasons import WAITS, step_in_words
from tasks_lib.pictures.asked import NONE_YET, Asked, percent, summed
from tasks_lib.pictures.bars import Bar, Part, bars
from tasks_lib.pictures.items import Spark, sparks
from tasks_lib.pictures.scores import Scored, decimal, slopes
from tasks_lib.pictures.shapes import Drawing, Picture, Tone, Value, Words
from tasks_lib.pictures.sql.counted import Days
from tasks_lib.pictures.weeks import WIDTH, curve, plot

AHEAD_WEEKS = 4
REPEATED, WORKING_DAYS = "repeat", " làm việc"
STEP_LABEL = 190.0
REPEATED_WORDS = "nhắc lại đến khi có kết quả"


def nothing(words: str) -> Drawing:
    """Draw nothing but why there is nothing."""
    return Drawing(width=WIDTH, height=30, shapes=(Words(x=4, y=20, text=words, tone=Tone.QUIET),))


def weeks(asked: Asked) -> Picture:
    """Draw what was due and what of it was done, week by week."""
    found = curve(asked.rows, asked.day.on)
    last = found[-1] if found else None
    said = (
        f"Đến {day(last.until)}: đến hạn {count(last.due)}, đã xong {count(last.done)},"
        f" còn {count(last.missing)}."
        if last
        else "Chưa có nội dung đến hạn."
    )
    return Picture(
        kind="weeks",
        title="Hoàn thành theo tuần so với đến hạn",
        said=said,
        headings=("Đến hết ngày", "Đã đến hạn", "Đã xong", "Chưa xong", "Xong trước hạn"),
        rows=tuple((day(w.until), w.due, w.done, w.missing, w.ahead) for w in found),
        drawing=plot(found) if found else nothing(said),
        note="Theo thời hạn ghi nhận đến ngày xem; việc xong trước hạn tính vào ngày đến hạn.",
    )


def ahead(asked: Asked) -> Picture:
    """Show what falls due in this week and the three behind it, and how much of it is done."""
    found = coming(asked)
    lines = [
        Bar(
            label=f"{day(first)[:-5]} - {day(last)[:-5]}",
            parts=(
                Part(tone=Tone.OK, number=counted.done, words="đã xong"),
                Part(tone=Tone.WAIT, number=counted.total - counted.done, words="chưa xong"),
            ),
            after=f"{count(counted.done)}/{count(counted.total)}",
        )
        for first, last, counted in found
    ]
    whole = added(counted for _, _, counted in found)
    return Picture(
        kind="ahead",
        title="Đến hạn trong bốn tuần tới",
        said=f"{count(whole.total)} nội dung đến hạn, đã xong {count(whole.done)}.",
        headings=("Từ ngày", "Đến ngày", "Đến hạn", "Đã xong", "Chưa xong"),
        rows=tuple((day(f), day(t), c.total, c.done, c.total - c.done) for f, t, c in found),
        drawing=bars(lines, shares=False),
        note="Tuần này tính từ ngày xem đến Chủ nhật.",
    )


def coming(asked: Asked) -> list[tuple[date, date, Reckoning]]:
    """Return the rest of this week and the weeks behind it: from, to, and what falls due between."""
    on = asked.day.on
    sunday = on + timedelta(days=6 - on.weekday())
    weeks_of = [sunday + timedelta(days=7 * n) for n in range(AHEAD_WEEKS)]
    spans = [(max(on, end - timedelta(days=6)), end) for end in weeks_of]
    return [(first, last, _between(asked.rows, first, last)) for first, last in spans]


def _between(rows: Sequence[Days], first: date, last: date) -> Reckoning:
    found = summed(("", row) for row in rows if first <= row.last_day <= last)
    return found.get("", NOTHING)


def items(asked: Asked) -> Picture:
    """Draw a small curve for each item that anything was due of."""
    by: dict[str, list[Days]] = defaultdict(list)
    for row in asked.rows:
        if row.item is not None:
            by[row.item].append(row)
    found = [
        Spark(item=item.key, title=item.title, weeks=weeks_of)
        for item in asked.house.plan.assigned
        if (weeks_of := curve(by.get(item.key, []), asked.day.on))
    ]
    missing = sum(spark.last.missing for spark in found)
    return Picture(
        kind="items",
        title="Từng nhiệm vụ theo tuần",
        said=f"{count(len(found))} nhiệm vụ có nội dung đã đến hạn; còn {count(missing)} nội dung chưa xong.",
        headings=("Nhiệm vụ", "Nội dung", "Đã đến hạn", "Đã xong", "Chưa xong"),
        rows=tuple((s.item, s.title, s.last.due, s.last.done, s.last.missing) for s in found),
        keys=tuple(spark.item for spark in found),
        drawing=sparks(found) if found else nothing("Chưa có nội dung đến hạn."),
        note="Nét đứt: đến hạn; nét liền: đã xong; thanh gạch chéo: còn lại. Mỗi nhiệm vụ một thang đo.",
    )


def steps(asked: Asked) -> Picture:
    """Show how many notices each step of the ladders has told."""
    totals: Counter[str] = Counter()
    for row in asked.by_step():
        of = row.template if row.template in WAITS else ""
        repeated = row.step.startswith(REPEATED)
        totals[REPEATED_WORDS if repeated else step_in_words(f"{of}{row.step}")] += row.total
    order = totals.most_common()
    lines = [
        Bar(
            label=words.removesuffix(WORKING_DAYS),
            parts=(Part(tone=Tone.WAIT, number=number, words="tin"),),
            after=count(number),
        )
        for words, number in order
    ]
    return Picture(
        kind="steps",
        title="Tin nhắc việc, đôn đốc theo bước",
        said=f"{count(totals.total())} tin đã ghi, nhiều nhất ở bước: {order[0][0] if order else NONE_YET}.",
        headings=("Bước", "Số tin"),
        rows=tuple(order),
        drawing=bars(lines, shares=False, label=STEP_LABEL),
        note="Ngày là ngày làm việc. Một thư gộp nhiều tin; tin đã thu hồi vẫn tính.",
    )


def papi(asked: Asked) -> Picture:
    """Show the index by content over the years that are known, beside the work on it."""
    plan, counted = asked.house.plan, asked.by_item()
    known = [scores for scores in plan.scores if scores.year < asked.day.on.year]
    found = []
    for content in in_order(asked.house):
        mine = [item.key for item in plan.items if item.content == content.number]
        scores = tuple((s.year, score) for s in known if (score := s.score(content.number)) is not None)
        work = added(counted.get(key, NOTHING) for key in mine)
        found.append(
            Scored(number=content.number, name=content.name, weak=content.weak, scores=scores, found=work)
        )
    years = sorted({year for line in found for year, _ in line.scores})
    return Picture(
        kind="papi",
        title="Điểm theo nội dung và việc đã đến hạn",
        said=f"{count(len(found))} nội dung; nội dung yếu xếp trước, chữ đậm.",
        headings=("Nội dung", *(f"Điểm {year}" for year in years), "Đã đến hạn", "Quá hạn", "Tỷ lệ đúng hạn"),
        rows=tuple(_scored(line, years) for line in found),
        keys=tuple(str(line.number) for line in found),
        drawing=slopes(found),
        note="Thang điểm của từng nội dung là riêng; nguồn: papi.org.vn.",
    )


def _scored(line: Scored, years: list[int]) -> tuple[Value, ...]:
    scores = dict(line.scores)
    work = line.found
    return (
        f"{line.number}. {line.name}",
        *(decimal(scores[year]) if year in scores else "" for year in years),
        work.due,
        work.overdue,
        percent(work.in_time, work.judged),
    )
