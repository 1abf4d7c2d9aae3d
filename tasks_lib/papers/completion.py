"""Bảng mức độ hoàn thành and phiếu đối chiếu: a quarter's products, contested before others see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from obligations.errors import Invalid, Refused
from obligations.figures import Figures
from obligations.grading import GradeState, ProgressRule
from obligations.period import Period
from obligations.reckoning import SHARE_WORDS
from obligations.words import alphabetical, count, day
from store.rows import Grade
from tasks_lib.grading.grades import OfAgency, Quarter, content_of, grade_quarter, quarter_of
from tasks_lib.grading.sql.grades import Product
from tasks_lib.grading.words import STATED, product_title, rule_words, sum_words
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.duties_told import unit_meant
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.words import dated_plan, glued, report_values

NOT_RANKED = "Không xếp mức"
Row = dict[str, str]


def write_completion_table(desk: Desk) -> Written:
    """Write the table of a quarter: only what was accepted, or let pass and published; invited bodies out."""
    found = _quarter(desk, ())
    shown = [
        (one, one.grade.content) for one in found.agencies if one.grade is not None and _published(one.grade)
    ]
    if not shown:
        raise Refused(
            f"{_name(desk, found.quarter)}: chưa công bố mức độ hoàn thành của cơ quan nào; đơn vị có"
            f" {count(found.rule.contest_working_days)} ngày làm việc để đối chiếu trước khi công bố"
        )
    abstract = f"Mức độ hoàn thành nhiệm vụ {_name(desk, found.quarter)}"
    waiting = len(found.agencies) - len(shown)
    return Written(
        title=abstract,
        values={
            **report_values(desk, abstract, full_name(desk.house.agency(desk.house.plan.top))),
            "opening": f"Thực hiện {dated_plan(desk.house)}",
            "waiting": (
                f"Còn {count(waiting)} cơ quan, đơn vị đang đối chiếu số liệu, chưa nêu trong bảng."
                if waiting
                else ""
            ),
            "rule": rule_words(found.rule, in_force=found.in_force),
            "bands": _bands(shown, found.rule),
            "rows": _rows(shown, found.rule),
        },
        figures={
            f"{one.agency.id}: {name}": number
            for one, content in shown
            for name in STATED
            if isinstance(number := content[name], int)
        },
    )


def write_completion_slip(desk: Desk) -> Written:
    """Write the slip by which a unit compares, product by product, before the table is shown."""
    unit = unit_meant(desk)
    found = _quarter(desk, (unit.id,))
    one = found.agencies[0] if found.agencies else None
    if one is None or one.grade is None:
        raise Refused(f"{unit.name}: chưa lập dự thảo mức độ hoàn thành ('dondoc grade draft')")
    content = content_of(one, found.rule)
    abstract = f"Đối chiếu mức độ hoàn thành nhiệm vụ {_name(desk, found.quarter)}"
    return Written(
        title=f"Phiếu đối chiếu {_name(desk, found.quarter)} của {unit.name}",
        values={
            **report_values(desk, abstract, full_name(unit)),
            "unit": glued(unit.name),
            "quarter": _name(desk, found.quarter),
            "contest_until": day(one.grade.contest_until),
            "sum": sum_words(content),
            "since": _since(one.grade, content),
            "rule": rule_words(found.rule, in_force=found.in_force),
            "rows": [_product(desk, number, row) for number, row in enumerate(one.listed, start=1)],
        },
        figures={name: number for name in STATED if isinstance(number := content[name], int)},
    )


def _quarter(desk: Desk, agencies: Sequence[str]) -> Quarter:
    if not desk.order.cycle:
        raise Invalid(f"--cycle: ghi quý, ví dụ {desk.on.year}-Q3")
    return grade_quarter(desk.house, quarter_of(desk.order.cycle), desk.as_of, agencies)


def _published(grade: Grade) -> bool:
    return grade.state is GradeState.PUBLISHED


def _name(desk: Desk, quarter: Period) -> str:
    return desk.house.plan.period_name(quarter)


def _number(content: Figures, name: str) -> int:
    found = content[name]
    assert isinstance(found, int)
    return found


def band_words(rule: ProgressRule) -> dict[int | None, str]:
    """Return the bands by where they begin, the highest first; within one nobody stands before another."""
    highest, *lower = rule.band_limits
    found: dict[int | None, str] = {highest: f"Từ {highest}% trở lên"}
    for above, limit in pairwise((highest, *lower)):
        found[limit] = f"Từ {limit}% đến dưới {above}%"
    found[0] = f"Dưới {rule.band_limits[-1]}%"
    return found | {None: f"Dưới {count(rule.fewest_products)} sản phẩm, không xếp mức"}


def band(content: Figures, rule: ProgressRule, *, ranked: bool = True) -> str:
    """Return in which band an agency stands; of few products, or of a body that is not ranked, none."""
    if not ranked:
        return NOT_RANKED
    return band_words(rule)[rule.band(_number(content, "in_time"), _number(content, "assigned"))]


def _bands(shown: Sequence[tuple[OfAgency, Figures]], rule: ProgressRule) -> list[Row]:
    """Name the agencies of each band by level, in the order of the alphabet."""
    by_band: dict[str, list[str]] = defaultdict(list)
    for one, content in shown:
        by_band[band(content, rule, ranked=one.agency.ranked)].append(glued(one.agency.name))
    order = (*band_words(rule).values(), NOT_RANKED)
    return [
        {
            "band": words,
            "count": count(len(by_band[words])),
            "units": "; ".join(sorted(by_band[words], key=alphabetical)),
        }
        for words in order
        if by_band[words]
    ]


def _rows(shown: Sequence[tuple[OfAgency, Figures]], rule: ProgressRule) -> list[Row]:
    rows: list[Row] = []
    level = ""
    for number, (one, content) in enumerate(shown, start=1):
        if one.agency.level.heading != level:
            level = one.agency.level.heading
            rows.append({"group": level})
        said = {name: count(_number(content, name)) for name in STATED}
        words = band(content, rule, ranked=one.agency.ranked)
        rows.append({"group": "", "n": str(number), "unit": glued(one.agency.name), **said, "band": words})
    return rows


def _since(grade: Grade, content: Figures) -> str:
    """Say what has changed since the draft that the unit was shown."""
    if all(grade.content.get(name) == content[name] for name in STATED):
        return ""
    return f"Dự thảo ngày {day(grade.as_of)} ghi: {sum_words(grade.content)}"


def _product(desk: Desk, number: int, row: Product) -> Row:
    return {
        "n": str(number),
        "what": product_title(desk.house, row),
        "day": day(row.last_day),
        "done": day(row.done_on) if row.done_on else "",
        "state": SHARE_WORDS[row.share],
    }
