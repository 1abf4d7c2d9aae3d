"""The periodic report of a commune, a department, a district or the province: every item of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from notifications.wording import generic_name, joined, sentence, upper_first
from obligations.errors import Invalid
from obligations.model import Content, Item, Kind
from obligations.period import Period
from obligations.reckoning import DUE, Share
from obligations.words import count
from tasks_lib.answering.cycle_words import rolled_up
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import full_name
from tasks_lib.papers.content_scores import score_table, scores_known, shown_score
from tasks_lib.papers.duties_told import owed, within
from tasks_lib.papers.figure_tables import figure_tables
from tasks_lib.papers.items import NOBODY, ItemStanding, by_place, item_standings, told_dated
from tasks_lib.papers.order import Desk, Written
from tasks_lib.papers.plots import plots
from tasks_lib.papers.sql.standing import StandingLine
from tasks_lib.papers.words import dated_plan, report_values
from tasks_lib.rollup.consolidate import RollUp, Scope, consolidate

TO_BE_WRITTEN = "……………………………………………………………………"
"""Stands where only people can write."""


def write_period_report(desk: Desk) -> Written:
    """Write the report: its figures, who is late and who is missing; judgement is left to people."""
    house, period = desk.house, cycle_of(desk)
    name = house.plan.period_name(period)
    roll_up = consolidate(house, desk.order.by, Scope(period=period), desk.as_of)
    lines = owed(desk, within(desk))
    items = item_standings(house, lines, roll_up)
    subject = dated_plan(desk.house)
    abstract = f"Kết quả {name} thực hiện {subject}"
    return Written(
        title=f"Báo cáo {name} của {desk.issuer.name}",
        values={
            **report_values(desk, abstract, recipient(desk)),
            "opening": f"Thực hiện {subject}, {desk.issuer.name} báo cáo kết quả {name} như sau:",
            "sections": _sections(desk, items, lines, roll_up),
            "scores": score_table(desk, items) if len(within(desk)) > 1 else None,
            "plots": plots(desk) if len(within(desk)) > 1 else [],
            "closing": _closing(desk),
            "items": item_rows(desk, items, roll_up),
            "figures": figure_tables(house, roll_up),
        },
        figures=_figures(items, lines),
    )


def reported_by(desk: Desk) -> list[StandingLine]:
    """Return the duty that the report settles: its office's own report of the cycle, where it owes one."""
    period = cycle_of(desk)
    mine = owed(desk, [desk.order.by])
    return [line for line in mine if line.kind is Kind.REPORT and line.period == period]


def cycle_of(desk: Desk) -> Period:
    """Return the cycle the report is of, or say which there are."""
    return cycle_meant(desk.house, desk.order.cycle)


def cycle_meant(house: House, text: str | None) -> Period:
    """Read a cycle as it is typed: 2022-Q3; raise Invalid naming those there are."""
    text = text or ""
    known = [cycle.key for cycle in house.plan.cycles]
    period = Period(text if text.endswith("-report") else f"{text}-report") if text else None
    if period is None or period.cycle not in known or period.year is None:
        year = house.plan.signed_on.year
        raise Invalid(f"--cycle: ghi kỳ báo cáo, một trong: {', '.join(f'{year}-{key}' for key in known)}")
    return period


def recipient(desk: Desk) -> str:
    """Say to whom it goes: up the chain, to UBND tỉnh by way of the collator."""
    house, top = desk.house, full_name(desk.house.agency(desk.house.plan.top))
    if desk.order.by == house.plan.focal:
        return top
    above = desk.issuer.next_desk
    return full_name(house.agency(above)) if above else f"{top} (qua {house.focal.name})"


def _closing(desk: Desk) -> str:
    if desk.order.by == desk.house.plan.focal:
        top = generic_name(desk.house.agency(desk.house.plan.top).name)
        return f"{desk.issuer.name} trân trọng báo cáo {top} xem xét, chỉ đạo"
    to = desk.issuer.next_desk or desk.house.plan.focal
    return f"{desk.issuer.name} báo cáo {desk.house.agency(to).name} tổng hợp"


def _sections(
    desk: Desk, items: Sequence[ItemStanding], lines: Sequence[StandingLine], roll_up: RollUp
) -> list[dict[str, object]]:
    own = [text.text for text in roll_up.texts if text.agency == desk.order.by and text.text]
    led = [desk.said.text] if desk.said.text else own
    faults = [text.difficulty for text in roll_up.texts if text.difficulty]
    faults += [desk.said.difficulty] if desk.said.difficulty else []
    reasons = dict.fromkeys(unit.reason for unit in roll_up.standing.missing if unit.reason)
    return [
        _section(
            "I. Công tác lãnh đạo, chỉ đạo; thông tin, tuyên truyền; kiểm tra, giám sát",
            [line for text in led for line in text.splitlines() if line.strip()],
        ),
        {
            **_section(
                f"II. Kết quả thực hiện {count(len(desk.house.plan.contents))} Chỉ số nội dung",
                ["Tình hình từng nhiệm vụ nêu tại Phụ lục I; số liệu (nếu có) tại Phụ lục II."],
            ),
            "scores": True,
        },
        *(_content(desk, content, items) for content in desk.house.plan.contents),
        *_beyond(items),
        _section("III. Đánh giá chung", [], blank=False),
        _section("1. Kết quả", _judged(desk, lines, roll_up)),
        _section(
            "2. Tồn tại, hạn chế", [*_missing(desk, lines), *_silent(desk, roll_up), *dict.fromkeys(faults)]
        ),
        _section("3. Nguyên nhân", [f"{sentence(reason)}" for reason in reasons]),
        _section("IV. Nhiệm vụ trọng tâm kỳ tới", []),
        _section("V. Kiến nghị, đề xuất", []),
    ]


def _section(heading: str, texts: Sequence[str], *, blank: bool = True) -> dict[str, object]:
    """Return one part; where nobody has said anything, room to write is left."""
    return {"heading": heading, "texts": list(texts) or ([TO_BE_WRITTEN] if blank else []), "scores": False}


def _content(desk: Desk, content: Content, items: Sequence[ItemStanding]) -> dict[str, object]:
    mine = [found for found in items if found.item.content == content.number and found.is_owed]
    known = [year for year in scores_known(desk)[-1:] if year.score(content.number) is not None]
    weak = "; nội dung cần tập trung cải thiện" if content.weak else ""
    beside = f" (điểm PAPI năm {known[0].year}: {shown_score(known[0], content)}{weak})" if known else ""
    if len(within(desk)) > 1:
        # The scores stand in the table above the contents.
        return _section(f"{content.number}. {content.name}", _summed(mine) or [f"{NOBODY} trong kỳ."])
    texts = [text for found in mine for text in _told(desk, found)]
    return _section(f"{content.number}. {content.name}{beside}", texts or [f"{NOBODY} trong kỳ."])


def _summed(items: Sequence[ItemStanding]) -> list[str]:
    """Tell a content in a few lines: each item stands in the annex."""
    dated, rows = [found for found in items if found.lines], [found for found in items if found.rows]
    texts = []
    if dated:
        lines = [line for found in dated for line in found.lines]
        keys = ", ".join(found.item.key for found in dated)
        texts.append(f"- Nhiệm vụ có thời hạn ({keys}): {told_dated(lines)}.")
    if rows:
        keys = ", ".join(found.item.key for found in rows)
        texts.append(f"- Thường xuyên, theo quy định (báo cáo kỳ): {keys}.")
    return texts


def _beyond(items: Sequence[ItemStanding]) -> list[dict[str, object]]:
    """Return what part III of the plan asks for beyond its contents."""
    mine = [found for found in items if found.item.content is None and found.is_owed]
    texts = [
        f"- {found.item.key}. {found.item.short or _titled(found.item)}: {found.result()}" for found in mine
    ]
    return [_section("Nhiệm vụ khác theo Kế hoạch", texts)] if texts else []


def _told(desk: Desk, found: ItemStanding) -> list[str]:
    """Tell one item: how far it is, and of an office's own report what it wrote itself."""
    if desk.said.by and found.rows:
        return _answered_here(desk, found)
    said = f"- Nhiệm vụ {found.item.key}. {_titled(found.item)}: {found.result()}"
    own = [
        text.text
        for row in found.rows
        for text in row.texts
        if text.agency == desk.order.by and text.text and text.text != rolled_up(row)
    ]
    return [said, *(sentence(text) for text in dict.fromkeys(own))]


def _answered_here(desk: Desk, found: ItemStanding) -> list[str]:
    """Tell an item that this report itself answers: what stands in its form, else room to write."""
    dated = told_dated(found.lines)
    said = f"- Nhiệm vụ {found.item.key}. {_titled(found.item)}:{f' {sentence(dated)}' if dated else ''}"
    return [said, *(sentence(text) for text in desk.said.rows.get(found.item.key) or (TO_BE_WRITTEN,))]


def _result(desk: Desk, found: ItemStanding) -> str:
    """Say in the annex how far an item is; what this report itself answers stands above."""
    if not (desk.said.by and found.rows):
        return found.result()
    above = "nêu tại mục II" if desk.said.rows.get(found.item.key) else ""
    told = [text for text in (told_dated(found.lines), above) if text]
    return sentence("; ".join(told)) if told else ""


def _titled(item: Item) -> str:
    return item.title.rstrip(".")


def _judged(desk: Desk, lines: Sequence[StandingLine], roll_up: RollUp) -> list[str]:
    due = [line for line in lines if line.share in DUE]
    in_time = sum(line.share is Share.IN_TIME for line in due)
    late = sum(line.share is Share.LATE for line in due)
    resting = sum(line.share is Share.EXCUSED for line in due)
    missing = len(due) - in_time - late
    rest = f", trong đó {count(resting)} tạm dừng theo địa bàn" if resting else ""
    dated = (
        f"Nhiệm vụ có thời hạn đã đến hạn: {count(len(due))} lượt; hoàn thành đúng hạn {count(in_time)},"
        f" sau thời hạn {count(late)}, chưa hoàn thành {count(missing)}{rest}."
    )
    counts = () if desk.said.by else roll_up.standing.counts
    reports = [
        f"{count(c.reported)}/{count(c.total)} {c.noun} (trong thời hạn {count(c.in_time)})" for c in counts
    ]
    return [dated, *([f"Báo cáo kỳ đã nhận: {joined(reports)}."] if reports else [])]


def _missing(desk: Desk, lines: Sequence[StandingLine]) -> list[str]:
    late = dict.fromkeys(line.agency_id for line in lines if line.share is Share.OVERDUE)
    if not late:
        return []
    number = sum(line.share is Share.OVERDUE for line in lines)
    units = f"{count(len(late))} đơn vị: {by_place(desk.house, late)}"
    return [f"Còn {count(number)} lượt nhiệm vụ quá hạn của {units}."]


def _silent(desk: Desk, roll_up: RollUp) -> list[str]:
    """Name who has sent no report of the cycle."""
    missing = (unit.agency for unit in roll_up.standing.missing)
    names = dict.fromkeys(agency for agency in missing if agency != desk.said.by)
    return [f"Chưa gửi báo cáo kỳ: {by_place(desk.house, names)}."] if names else []


def item_rows(desk: Desk, items: Sequence[ItemStanding], roll_up: RollUp) -> list[dict[str, str]]:
    """Return the rows of the annex on all items, under their contents."""
    names = {content.number: f"{content.number}. {content.name}" for content in desk.house.plan.contents}
    rows: list[dict[str, str]] = []
    heading, silent = "", {unit.agency for unit in roll_up.standing.missing}
    whole = desk.order.by == desk.house.plan.focal
    for found in items:
        if not (whole or found.is_owed):
            continue
        now = names.get(found.item.content or 0, "Nhiệm vụ khác theo Kế hoạch")
        if now != heading:
            rows.append({"group": now})
            heading = now
        rows.append(
            {
                "group": "",
                "n": found.item.key,
                "title": _titled(found.item)
                if len(within(desk)) == 1
                else found.item.short or _titled(found.item),
                "leads": found.item.leads_text,
                "deadline": found.item.deadline_text,
                "result": upper_first(_result(desk, found)),
                "missing": found.missing(desk.house, silent, desk.said.by),
            }
        )
    return rows


def _figures(items: Sequence[ItemStanding], lines: Sequence[StandingLine]) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for standing in items:
        found |= standing.figures()
    found["due"] = sum(line.share in DUE for line in lines)
    found["overdue"] = sum(line.share is Share.OVERDUE for line in lines)
    return found
