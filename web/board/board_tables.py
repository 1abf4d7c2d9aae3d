"""The tables of the home page: by content, at whom, by place, and what falls due."""

from __future__ import annotations

from dataclasses import replace

from notifications.wording import upper_first
from obligations.board import Holder, Sort
from obligations.model import TimeState
from obligations.reckoning import ASKED_DUE, FIELDS, SHARE_WORDS, Reckoning, Share
from obligations.rights import Act
from obligations.words import count
from tasks_lib.board.chosen import Chosen
from tasks_lib.board.overview import ContentLine, DueLine, Overview, is_district
from tasks_lib.kernel.wording import name_of
from web.board.filters import MATRICES, address, holder_words, holders, list_url
from web.frame.ask import Ask
from web.frame.table import Cell, Column, Table, Value

DATED = Chosen(sort=Sort.DATED)
SCORED_YEARS = 3
COUNT = "count"
ASKED_COLUMN = Column(key="asked", heading="Chậm so với ngày đề nghị, chưa xong", kind=COUNT)
NONE = Cell(value=0, tone="zero")
"""Nothing to count: left out where a phone has no room."""

STANDS = (
    (Share.IN_TIME, "Hoàn thành đúng hạn", "ok"),
    (Share.LATE, "Hoàn thành quá hạn", "soon"),
    (Share.OVERDUE, "Đang thực hiện, quá hạn", "late"),
    (Share.EXCUSED, "Quá hạn, tạm dừng theo địa bàn", "wait"),
    (Share.ASKED_OPEN, "Chậm so với ngày đề nghị, chưa xong", "asked"),
    (Share.ASKED_IN_TIME, "Hoàn thành kịp ngày đề nghị", ""),
    (Share.ASKED_LATE, "Hoàn thành sau ngày đề nghị", ""),
    (Share.RUNNING, "Đang thực hiện, còn hạn", ""),
    (Share.AHEAD, "Hoàn thành trước hạn", "ok"),
)
"""The columns of the reckoning: what has fallen due, what is late as asked, what has not."""
NOT_COUNTED = (Share.NOTHING_AROSE, Share.NOT_COMPETENT)
"""Outside the rate, said beside it."""
TOLD = ("late", "asked")
"""Tones that say more than a number does."""
SELDOM = (Share.EXCUSED, *ASKED_DUE, Share.AHEAD)
"""Shown where there is any."""


def stands_of(found: Reckoning) -> list[tuple[Share, str, str]]:
    """Return the columns that are shown of a reckoning, each with its words and tone."""
    return [line for line in STANDS if line[0] not in SELDOM or counted(found, line[0])]


def counted(found: Reckoning, share: Share) -> int:
    """Return one column's number."""
    number: int = getattr(found, FIELDS[share])
    return number


def of(part: int, whole: int) -> str:
    """Write two counts: 18/21."""
    return f"{count(part)}/{count(whole)}"


def _linked(ask: Ask, number: int, chosen: Chosen, tone: str = "") -> Cell:
    """Return a count with the list it counts; nothing has no list and no tone."""
    return Cell(value=number, href=list_url(ask, chosen), tone=tone) if number else NONE


def totals_table(found: Overview) -> Table:
    """Return the totals for the workbook; the page shows them as tiles."""
    of_all = found.reckoned
    rows: list[dict[str, Value]] = [{"what": "Đã đến hạn", "count": of_all.due}]
    rows += [{"what": w, "count": counted(of_all, share)} for share, w, _ in STANDS]
    rows += [{"what": upper_first(SHARE_WORDS[s]), "count": counted(of_all, s)} for s in NOT_COUNTED]
    if found.cycle is not None:
        words = "Thường xuyên (theo kỳ báo cáo, không tính vào tỷ lệ)"
        rows.append({"what": words, "count": found.cycle.total})
    return Table(
        name="tong-quan",
        title="Tổng quan",
        rows=rows,
        columns=(
            Column(key="what", heading="Nội dung", width=50),
            Column(key="count", heading="Số lượng", kind=COUNT),
        ),
    )


def contents_table(ask: Ask, found: Overview) -> Table:
    """Return how the work stands by content, the weak ones first, and how the scores have moved."""
    years = sorted({year for line in found.contents for year, _ in line.scores})[-SCORED_YEARS:]
    base = ask.house.plan.signed_on.year - 1
    moved = bool(years) and years[-1] > base
    columns = [
        Column(key="content", heading="Chỉ số nội dung", width=44),
        *(Column(key=str(s), heading=words, kind=COUNT) for s, words, _ in stands_of(found.reckoned)),
        Column(key="cycle", heading="Thường xuyên: đã báo cáo kỳ", kind=COUNT),
        *(Column(key=str(year), heading=f"Điểm PAPI {year}", kind=COUNT) for year in years),
        *([Column(key="moved", heading=f"So với năm {base}", kind=COUNT)] if moved else []),
    ]
    rows = [_content_row(ask, line, base) for line in found.contents]
    return Table(name="theo-noi-dung", title="Theo Chỉ số nội dung", columns=tuple(columns), rows=rows)


def _content_row(ask: Ask, line: ContentLine, base: int) -> dict[str, Value]:
    content = line.content
    chosen = replace(DATED, content=line.key)
    name = f"{content.number}. {content.name}" if content else "Kế hoạch, báo cáo kỳ, Mục III"
    weak = " (nội dung yếu)" if content and content.weak else ""
    row: dict[str, Value] = {
        "content": Cell(value=f"{name}{weak}", href=address(ask, MATRICES, Chosen(content=line.key))),
        "cycle": "",
    }
    for share, _, tone in STANDS:
        number, listed = counted(line.reckoned, share), replace(chosen, time=str(share))
        row[str(share)] = _linked(ask, number, listed, tone if tone in TOLD else "")
    if line.cycle is not None:
        listed = Chosen(content=line.key, sort=Sort.CONTINUOUS, period=line.cycle.period)
        row["cycle"] = Cell(value=of(line.cycle.done, line.cycle.total), href=list_url(ask, listed))
    return {**row, **_scores(line, base)}


def _scores(line: ContentLine, base: int) -> dict[str, Value]:
    """Write the scores, and how far the newest has moved from the year before the plan."""
    scores = dict(line.scores)
    row: dict[str, Value] = {str(year): f"{score:.2f}".replace(".", ",") for year, score in scores.items()}
    if base in scores and max(scores) > base:
        by = scores[max(scores)] - scores[base]
        words = f"{by:+.2f}".replace(".", ",").replace("-", "−")
        row["moved"] = Cell(value=words, tone="ok" if by > 0 else "soon")
    return row


def holders_table(ask: Ask, found: Overview) -> Table:
    """Return what waits at whom."""
    rows: list[dict[str, Value]] = []
    for holder in holders(ask):
        held = replace(DATED, holder=holder)
        row: dict[str, Value] = {
            "who": holder_words(ask)[holder],
            "count": _linked(ask, found.holders[holder], held),
            "late": NONE,
            "asked": NONE,
        }
        if holder is Holder.UNIT:
            of_all = found.reckoned
            row["late"] = _linked(ask, of_all.overdue, replace(held, time=TimeState.OVERDUE), "late")
            row["asked"] = _linked(ask, of_all.asked_open, replace(held, time=TimeState.PAST_ASKED), "asked")
        rows.append(row)
    columns = (
        Column(key="who", heading="Đang ở", width=44),
        Column(key="count", heading="Số lượng", kind=COUNT),
        Column(key="late", heading="Trong đó quá hạn", kind=COUNT),
        *([ASKED_COLUMN] if found.reckoned.asked_open else []),
    )
    return Table(name="dang-o-dau", title="Việc đang ở đâu", columns=columns, rows=rows)


def areas_table(ask: Ask, found: Overview) -> Table:
    """Return the districts and bodies of the province with anything late."""
    rows: list[dict[str, Value]] = []
    for line in found.areas:
        district = is_district(ask.house, line.agency)
        whose = Chosen(district=line.agency) if district else Chosen(agency=line.agency)
        href = address(ask, MATRICES, whose) if district else agency_url(ask, line.agency)
        chosen = replace(whose, sort=Sort.DATED)
        rows.append(
            {
                "area": Cell(value=name_of(ask.house, line.agency), href=href),
                "units": line.units,
                "late": _linked(ask, line.late, replace(chosen, time=TimeState.OVERDUE), "late"),
                "asked": _linked(ask, line.asked, replace(chosen, time=TimeState.PAST_ASKED), "asked"),
            }
        )
    columns = (
        Column(key="area", heading="Địa bàn, cơ quan", width=44),
        Column(key="units", heading="Đơn vị có nội dung quá hạn", kind=COUNT),
        Column(key="late", heading="Đang thực hiện, quá hạn", kind=COUNT),
        *([ASKED_COLUMN] if any(line.asked for line in found.areas) else []),
    )
    return Table(
        name="theo-dia-ban",
        title="Chậm theo địa bàn, cơ quan",
        columns=columns,
        rows=rows,
        empty="Không có nội dung quá hạn.",
    )


def agency_url(ask: Ask, agency: str) -> str:
    """Return the page of an agency; for those who may not see all of it, the list of what they may."""
    if ask.may_to(Act.BOARD, agency):
        return ask.url(f"/co-quan/{agency}")
    return list_url(ask, Chosen(agency=agency))


def due_address(ask: Ask, line: DueLine) -> str:
    """Return the list of what falls due together."""
    sort = {"task": Sort.TASK, "report": Sort.REPORT, "plan": Sort.PLAN}[line.kind]
    chosen = Chosen(
        sort=sort, item=line.item or "", period=line.period, due_from=line.last_day, due_to=line.last_day
    )
    return list_url(ask, chosen)


def due_table(ask: Ask, found: Overview) -> Table:
    """Return what falls due before the week ends, with how many have reported."""
    rows: list[dict[str, Value]] = []
    for line in found.due:
        words = f"{line.item}. {line.title}" if line.item else line.title
        rows.append(
            {
                "what": Cell(value=words, href=due_address(ask, line)),
                "day": line.last_day,
                "done": of(line.done, line.total),
            }
        )
    columns = (
        Column(key="what", heading="Nội dung", width=60),
        Column(key="day", heading="Thời hạn hoàn thành", kind="date"),
        Column(key="done", heading="Đã báo cáo", kind=COUNT),
    )
    return Table(
        name="den-han-trong-tuan",
        title="Đến hạn trong tuần",
        columns=columns,
        rows=rows,
        empty="Không có nội dung đến hạn từ nay đến hết Chủ nhật.",
    )
