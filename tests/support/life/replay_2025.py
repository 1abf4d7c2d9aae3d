"""The hand-over of 1/7/2025 in Lào Cai replayed over both trees, and the sums that docs/plans.md shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from obligations.figures import Value
from obligations.model import Kind, WorkState
from obligations.period import ONCE, Period
from store.engine import reading
from store.schema import hand_overs, obligations
from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.initialise import initialise
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rollup.consolidate import Scope, consolidate
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened
from tests.support.life.over_2025 import CHANGE, SIGNED, configuration_over_the_change
from tests.support.life.stories import communes, complete, days, morning, reports_in

KINDS = {
    Kind.TASK: "nhiệm vụ có thời hạn",
    Kind.REPORT: "báo cáo kỳ",
    Kind.ROW: "dòng trong báo cáo kỳ",
    Kind.SHEET: "phiếu tháng",
    Kind.PLAN: "kế hoạch của đơn vị",
}
OPEN = (WorkState.OPEN, WorkState.SUBMITTED, WorkState.MORE_ASKED)
H1 = "2025-H1-report"
FIGURES = (("1.2", Kind.TASK, ONCE), ("1.3", Kind.REPORT, Period(H1)))


@dataclass(frozen=True)
class Replay:
    """What the hand-over came to."""

    duties: list[list[str]]
    """By kind: open before with who ended, handed over, merged, ended with the holder; then all together."""
    figures: list[list[str]]
    """By item and figure: the province's sum on the eve and on the day."""


def replayed(folder: Path) -> Replay:
    """Live from the signing to the day of the change: a third accepted, a third waiting, a third silent."""
    with opened(
        configuration_over_the_change(folder / "config"), f"sqlite:///{folder / 'dondoc.db'}"
    ) as house:
        initialise(house)
        _swept(house, SIGNED, "2025-06-05")
        _report(house)
        _swept(house, "2025-06-10", "2025-06-30")
        sums = [_sums(house, item, kind, period) for item, kind, period in FIGURES]
        sweep(house, morning(CHANGE))
        after = [_sums(house, item, kind, period) for item, kind, period in FIGURES]
        figures = [
            [item, key, before[key], then[key]]
            for (item, _, _), before, then in zip(FIGURES, sums, after, strict=True)
            for key in before
        ]
        return Replay(_duties(house), figures)


def _swept(house: House, first: str, last: str) -> None:
    for day in days(first, last):
        sweep(house, morning(day))


def _report(house: House) -> None:
    """Of three communes one's task is accepted, one's waits; every second has handed in its cycle report."""
    for number, agency in enumerate(communes(house)):
        key, cycle = f"1.2/{agency}/once", f"report/{agency}/{H1}"
        if number % 3 < 2:
            given = {"a": str(number), "b": "2", "c": f"{number % 5}/5"}
            reports_in(house, key, "2025-06-06", replace(complete(house, key), figures=given))
        if number % 3 == 0:
            by = house.agency(agency).next_desk or house.plan.focal
            accept(house, Decision(key=key, version=1, by=by, as_of=morning("2025-06-09")))
        if number % 2 == 0:
            reports_in(house, cycle, "2025-06-09", _with_figures(complete(house, cycle), number))


def _with_figures(answer: Answer, number: int) -> Answer:
    """Fill the figures of item 1.3's row."""
    given: dict[str, Value] = {"a": [number % 4, 4], "b": str(10 * number), "c": 3}
    rows = (replace(row, figures=given) if "1.3" in row.row else row for row in answer.rows)
    return replace(answer, rows=tuple(rows))


def _duties(house: House) -> list[list[str]]:
    """Count by kind; what was open is what the table of hand-overs holds, and nothing is left open."""
    h, o = hand_overs.c, obligations.c
    query = (
        select(o.kind, func.count(), func.count(h.to_id), func.count(h.merged_into_id))
        .join(obligations, o.id == h.obligation_id)
        .group_by(o.kind)
    )
    left = select(func.count()).where(
        o.agency_id.in_(list(house.configuration.successors.whole)), o.work_state.in_(OPEN)
    )
    with reading(house.engine) as connection:
        assert connection.scalar(left) == 0
        found = {kind: (every, to, merged) for kind, every, to, merged in connection.execute(query)}
    lines, total = [], Counter[int]()
    for kind, name in KINDS.items():
        every, to, merged = found.get(kind, (0, 0, 0))
        counts = (every, to - merged, merged, every - to)
        total.update(dict(enumerate(counts)))
        lines.append([name, *map(str, counts)])
    return [*lines, ["cộng", *(str(total[n]) for n in range(4))]]


def _sums(house: House, item: str, kind: Kind, period: Period) -> dict[str, str]:
    found = consolidate(
        house,
        house.plan.top,
        Scope(kind=kind, item=None if kind is Kind.REPORT else item, period=period),
        morning(CHANGE),
    )
    line = found.line(item)
    assert line is not None
    return {figure.figure.key: figure.period.shown() for figure in line.figures}


def table(heading: list[str], rows: list[list[str]]) -> str:
    """Write a table of Markdown."""
    lines = [heading, ["---", *["--:"] * (len(heading) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


DUTIES = [
    "loại",
    "đang mở khi bàn giao",
    "bàn giao",
    "nhập vào nhiệm vụ cùng nội dung",
    "kết thúc cùng đơn vị",
]
SUMS = ["nhiệm vụ", "số liệu", "tổng toàn tỉnh 30/6", "tổng toàn tỉnh 01/7"]


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        came_to = replayed(Path(name))
    print(table(DUTIES, came_to.duties), "", table(SUMS, came_to.figures), sep="\n")
