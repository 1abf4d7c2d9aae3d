"""What units write in a replay: plausible texts, figures by their kind, numbered and dated documents."""

from __future__ import annotations

from datetime import date
from random import Random

from obligations.answers import Document
from obligations.figures import EVENTS, Figures
from obligations.model import Agency, Figure
from obligations.places import initials
from obligations.words import day as words
from tasks_lib.answering.one_report import RowAnswer
from tasks_lib.answering.report_file import ReportFile, RowOfFile
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.figures import read_figures

TEXTS = (
    "Đã hoàn thành theo kế hoạch; kết quả thể hiện ở số liệu kèm theo.",
    "Đã triển khai đến các thôn, tổ dân phố; người dân được thông tin đầy đủ.",
    "Đã tổ chức thực hiện, niêm yết công khai tại trụ sở và nhà văn hóa thôn.",
    "Đã thực hiện thường xuyên trong kỳ; không có kiến nghị tồn đọng.",
)
DIFFICULTIES = (
    "",
    "",
    "",
    "",
    "Kinh phí tuyên truyền còn hạn chế.",
    "Địa bàn rộng, một số thôn chưa có sóng di động.",
    "Cán bộ đầu mối mới được phân công, còn lúng túng khi tổng hợp số liệu.",
)
QUESTIONS = (
    "đề nghị bổ sung số liệu theo từng thôn",
    "đề nghị gửi tài liệu kiểm chứng",
    "đề nghị nêu rõ nguyên nhân và thời gian hoàn thành",
)
SIGNERS = ("Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc")


def text(dice: Random) -> str:
    """Return what a report says."""
    return dice.choice(TEXTS)


def figures(dice: Random, item: str, asked: tuple[Figure, ...]) -> Figures:
    """Return a value for each figure, read the way a unit's own entry is."""
    return dict(read_figures(item, asked, {figure.key: _entry(dice, figure) for figure in asked}))


def _entry(dice: Random, figure: Figure) -> object:
    match figure.kind:
        case "yes-no":
            return "có" if dice.random() < 0.9 else "không"  # noqa: PLR2004 - a likely answer
        case "percent":
            whole = dice.randint(8, 60)
            return f"{dice.randint(int(whole * 0.6), whole)}/{whole}"
        case "amount":
            return str(dice.randint(5, 400) * 100_000)
        case _:
            return str(dice.randint(0, 40))


def rows(house: House, dice: Random, form: ReportFile) -> tuple[RowAnswer, ...]:
    """Fill the form of a cycle report: every row a line and its figures, as-regulated ones their events."""
    return tuple(_row(house, dice, entry) for entry in form.rows)


def _row(house: House, dice: Random, entry: RowOfFile) -> RowAnswer:
    item = house.plan.item(str(entry.item))
    asked = tuple(f for f in item.figures if f.key in entry.figures) if item else ()
    found = figures(dice, str(entry.item), asked)
    if EVENTS in entry.model_fields_set:
        found[EVENTS] = max(0, dice.randint(-3, 3))
    return RowAnswer(row=entry.row, text=text(dice), figures=found)


def document(dice: Random, agency: Agency, signed_on: date) -> Document:
    """Return the signed document a unit reports by."""
    return Document(
        number=f"{dice.randint(20, 480)}/BC-{initials(agency.name)}",
        signed_on=signed_on,
        signer=f"{dice.choice(SIGNERS)} {agency.name}",
        summary="Báo cáo kết quả thực hiện nhiệm vụ được giao",
    )


def own_plan(dice: Random, agency: Agency, signed_on: date) -> Document:
    """Return a unit's own implementing plan."""
    return Document(
        number=f"{dice.randint(20, 180)}/KH-{initials(agency.name)}",
        signed_on=signed_on,
        signer=f"{dice.choice(SIGNERS)} {agency.name}",
        summary="Kế hoạch thực hiện các nhiệm vụ được giao",
    )


def event_title(dice: Random, trigger: str, on: date) -> str:
    """Return how an event is written down: what was decided, by which document."""
    return f"Quyết định số {dice.randint(100, 3900)}/QĐ-UBND ngày {words(on)}: {trigger}"
