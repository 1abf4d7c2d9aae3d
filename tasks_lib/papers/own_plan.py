"""The unit's own plan as a prefilled draft: all the plan gives it, with days; people write the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from obligations.model import Item, Kind
from obligations.obligation import ObligationOnDay
from obligations.states import NO_LONGER_OWED
from obligations.words import count, day
from tasks_lib.desk.sql.listing import Wanted, list_obligations
from tasks_lib.duties.our_days import Papers, day_of, read_papers
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.period_report import recipient
from tasks_lib.papers.words import BLANK_DAY, dated_plan, report_values

CONTINUOUS = "Thường xuyên; báo cáo trong báo cáo kỳ"
WHERE_ARISES = "Khi phát sinh; báo cáo trong báo cáo kỳ"
ASKED = "đề nghị"
Row = dict[str, str]


def write_own_plan(desk: Desk) -> Written:
    """Write the draft: duties by content with last days and products, reports; who does what is blank."""
    house = desk.house
    owed = [
        row
        for row in list_obligations(
            desk.connection, Wanted(plan=house.plan.key, agency=desk.order.by), desk.on
        )
        if row.work_state not in NO_LONGER_OWED
    ]
    papers = read_papers(desk.connection, house, [row.id for row in owed])
    tasks = [row for row in owed if row.kind is Kind.TASK and not row.event]
    reports = sorted((row for row in owed if row.kind is Kind.REPORT), key=lambda row: row.last_day)
    lasting = dict.fromkeys(row.item for row in owed if row.kind is Kind.ROW and row.item)
    led = dict.fromkeys(row.item for row in owed if row.kind is Kind.ROW and row.item and row.part.leads)
    abstract = f"Triển khai thực hiện {dated_plan(house)}"
    return Written(
        title=f"Kế hoạch triển khai của {desk.issuer.name}",
        values={
            **report_values(desk, abstract, recipient(desk)),
            "office": full_name(desk.issuer),
            "given": (
                f"Kế hoạch giao đơn vị {count(len({row.item for row in tasks}))} nhiệm vụ có thời hạn và"
                f" {count(len(lasting))} nhiệm vụ thường xuyên, theo quy định (chi tiết tại Phụ lục)."
            ),
            "reports": [_report(desk, row, papers) for row in reports],
            "rows": _rows(desk, tasks, list(lasting), set(led), papers),
            "blank_day": BLANK_DAY,
        },
        figures={"tasks": len(tasks), "continuous": len(lasting), "reports": len(reports)},
    )


def _day(desk: Desk, row: ObligationOnDay, papers: Papers) -> str:
    last = day_of(desk.house, row, row.id, papers, desk.on)
    return f"{day(last.last_day)}{f' ({ASKED})' if row.proposed else ''}"


def _report(desk: Desk, row: ObligationOnDay, papers: Papers) -> str:
    return f"- Báo cáo {desk.house.plan.period_name(row.period)}: chậm nhất ngày {_day(desk, row, papers)};"


def _rows(
    desk: Desk, tasks: Sequence[ObligationOnDay], lasting: Sequence[str], led: set[str], papers: Papers
) -> list[Row]:
    """Return the duties under their contents, in the order of the plan."""
    plan = desk.house.plan
    names = {content.number: f"{content.number}. {content.name}" for content in plan.contents}
    rows: list[Row] = []
    heading = ""
    for item in plan.assigned:
        mine = [row for row in tasks if row.item == item.key]
        if not (mine or item.key in lasting):
            continue
        now = names.get(item.content or 0, "Nhiệm vụ khác theo Kế hoạch")
        if now != heading:
            rows.append({"group": now})
            heading = now
        part = "Chủ trì" if mine or item.key in led else "Thực hiện"
        rows.append(
            {
                "group": "",
                "n": item.key,
                "what": item.title.rstrip("."),
                "part": part,
                "day": "; ".join(_day(desk, row, papers) for row in mine) or _lasting(item),
                "product": _product(item),
                "who": item.in_charge if item.leads == (desk.order.by,) else "",
            }
        )
    return rows


def _lasting(item: Item) -> str:
    return WHERE_ARISES if item.nothing_may_arise else CONTINUOUS


def _product(item: Item) -> str:
    return _joined((*filter(None, (item.product, item.quantity)), *(figure.name for figure in item.figures)))


def _joined(names: Iterable[str]) -> str:
    return "; ".join(names)
