"""What the flows of a plan are about: names, descriptions, tags, all from its data; no Prefect here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from config.load import Configuration
from obligations.errors import Invalid
from obligations.levels import HEAD, Level
from obligations.model import Agency, Cycle, Item, Plan, Wording
from tasks_lib.rounds.outlook import DESK, OWN_PLAN, REQUEST, SHEET

NAME_LENGTH = 60
KIND_TAGS = {
    Wording.CONTINUOUS: "thuong-xuyen",
    Wording.AS_REGULATED: "theo-quy-dinh",
    Wording.AFTER: "theo-su-kien",
    Wording.AS_DIRECTED: "theo-chi-dao",
}
DATED_TAG = "co-thoi-han"


class Sort(StrEnum):
    """What sort of work a flow follows; its schedule goes by it."""

    ITEM = "item"
    CYCLE = "cycle"
    SHEET = "sheet"
    OWN_PLAN = "own-plan"
    REQUEST = "request"
    DESK = "desk"
    DUTY = "duty"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One flow's subject."""

    plan: str
    """The key of its plan."""
    key: str
    """As `tasks_lib.rounds.outlook` knows it: "1.2", "Q3", "sheet"."""
    sort: Sort
    name: str
    description: str
    label: str
    """Short form that opens a run's name: "1.2", "Quý III"."""
    tags: tuple[str, ...]
    deployment: str
    """The name its deployment goes by."""
    item: str | None = None
    """The item to sweep when the flow runs alone; None sweeps the plan."""

    @property
    def variable(self) -> str:
        """The name by which `flows.of_plans` has the flow: plan_239_2022_1_2."""
        return f"plan_{_word(self.plan)}_{_word(self.key)}"

    @property
    def entrypoint(self) -> str:
        """How Prefect is told where the flow is: in module form, for the file form would import it twice."""
        return f"flows.of_plans.{self.variable}"


def subjects(configuration: Configuration, plan: Plan) -> tuple[Subject, ...]:
    """Return all that a plan obliges to: its items, then cycles, sheets and the rest, each once."""
    found = (
        *(_item(configuration, plan, item, Sort.ITEM) for item in plan.items),
        *(_cycle(configuration, plan, cycle) for cycle in plan.cycles),
        *_of_units(configuration, plan),
        *(_item(configuration, plan, duty, Sort.DUTY) for duty in plan.duties),
    )
    _each_once(plan, found)
    return found


def _each_once(plan: Plan, found: tuple[Subject, ...]) -> None:
    known: dict[str, Subject] = {}
    for subject in found:
        if (other := known.setdefault(subject.variable, subject)) is not subject:
            raise Invalid(f"{plan.key}: '{subject.key}' và '{other.key}' khác nhau quá ít để đặt tên luồng")


def shortened(text: str, length: int) -> str:
    """Cut a text at a word so that it keeps to about `length` letters, and mark the cut."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[: text.rindex(" ", 0, length + 1)].rstrip(" ,;.") + "…"


def _word(text: str) -> str:
    """Write a key as part of a Python name."""
    return re.sub(r"\W", "_", text)


@dataclass(frozen=True, kw_only=True)
class Called:
    """What a flow is about, before the plan stands in its names."""

    key: str
    sort: Sort
    name: str
    deployment: str
    tags: tuple[str, ...]
    text: str
    label: str
    item: str | None = None


def _subject(plan: Plan, called: Called) -> Subject:
    """Put the plan to what a flow is called by, so that the same item of two plans is told apart."""
    return Subject(
        plan=plan.key,
        key=called.key,
        sort=called.sort,
        name=f"{called.name} · {plan.key}",
        label=called.label,
        item=called.item,
        deployment=f"{plan.key}-{called.deployment}",
        tags=(*called.tags, f"ke-hoach-{plan.key}"),
        description=f"{called.text}\n\nKế hoạch số {plan.number} của {plan.issuer}",
    )


def _item(configuration: Configuration, plan: Plan, item: Item, sort: Sort) -> Subject:
    called = Called(
        key=item.key,
        sort=sort,
        name=shortened(f"{item.key} {item.title}", NAME_LENGTH + len(item.key)),
        deployment="nhiem-vu-" + item.key.replace(".", "-").lower(),
        tags=_item_tags(configuration, plan, item),
        text=_description(item),
        label=item.key,
        item=item.key,
    )
    return _subject(plan, called)


def _item_tags(configuration: Configuration, plan: Plan, item: Item) -> tuple[str, ...]:
    """Return the tags by content, level of the leads and kind of deadline."""
    content = f"noi-dung-{item.content}" if item.content else "phan-iii"
    leading = {agency.level for agency in _leads(configuration, plan, item)}
    kind = KIND_TAGS.get(item.deadline.wording, DATED_TAG)
    return (content, *(level.tag for level in plan.levels if level in leading), kind)


def _leads(configuration: Configuration, plan: Plan, item: Item) -> list[Agency]:
    members = (m for ref in item.leads for m in configuration.members(ref, plan.signed_on))
    return [configuration.agencies[member] for member in members]


def _description(item: Item) -> str:
    printed = f" (Phụ lục in là {item.printed})" if item.printed != item.key else ""
    lines = [
        f"**Nhiệm vụ {item.key}**{printed}: {item.title}",
        f"**Cơ quan chủ trì:** {item.leads_text}",
        f"**Cơ quan thực hiện, phối hợp:** {item.cooperating_text or '-'}",
        f"**Thời gian hoàn thành:** {item.deadline_text}",
        *([f"**Giao tại:** {item.given}"] if item.given else ()),
        *(f"**{name}:** {text}" for name, text in item.asked_in_words),
    ]
    return "\n\n".join(lines)


def _below_the_top(configuration: Configuration, plan: Plan) -> tuple[Level, ...]:
    """Return the levels below the highest at which somebody stood at the signing, the lowest first."""
    standing = {a.level.key for a in configuration.agencies.values() if a.exists_on(plan.signed_on)}
    return tuple(level for level in plan.levels if level.key in standing and not level.top)


def _cycle(configuration: Configuration, plan: Plan, cycle: Cycle) -> Subject:
    below = (level.short for level in _below_the_top(configuration, plan))
    holders = ", ".join((*below, plan.levels.top.plural))
    called = Called(
        key=cycle.key,
        sort=Sort.CYCLE,
        name=f"Báo cáo kết quả thực hiện kỳ {cycle.name}",
        deployment=f"ky-bao-cao-{cycle.key.lower()}",
        tags=("ky-bao-cao", DATED_TAG),
        text=f"Báo cáo kết quả thực hiện kỳ {cycle.name} của {holders}: mở kỳ, "
        "nhắc việc, chốt số liệu, đôn đốc; ai đã báo cáo, ai chưa.",
        label=cycle.name,
    )
    return _subject(plan, called)


BESIDE: Final = (
    Called(
        key=OWN_PLAN,
        sort=Sort.OWN_PLAN,
        name="Kế hoạch thực hiện của từng cơ quan, đơn vị",
        deployment="ke-hoach-don-vi",
        tags=("ke-hoach-don-vi", DATED_TAG),
        text="Kế hoạch của từng cơ quan, đơn vị để thực hiện Kế hoạch của {top} (mục III).",
        label="Kế hoạch đơn vị",
    ),
    Called(
        key=REQUEST,
        sort=Sort.REQUEST,
        name="Đề nghị các cơ quan phối hợp, cung cấp thông tin",
        deployment="de-nghi-phoi-hop",
        tags=("de-nghi-phoi-hop",),
        text="Đề nghị gửi trước mỗi kỳ báo cáo tới các cơ quan không thuộc {top}; không đôn đốc.",
        label="Đề nghị phối hợp",
    ),
    Called(
        key=DESK,
        sort=Sort.DESK,
        name="Báo cáo chờ xác nhận tại các cơ quan đầu mối",
        deployment="cho-xac-nhan",
        tags=("cho-xac-nhan",),
        text="Dòng hằng tuần gửi mỗi cơ quan đầu mối: số báo cáo đang chờ xác nhận.",
        label="Chờ xác nhận",
    ),
)
"""What is the same in every plan; {top} is the body above the collator."""


def _of_units(configuration: Configuration, plan: Plan) -> Iterator[Subject]:
    """What units owe beside items and cycles, and what lies with those who review."""
    below = _below_the_top(configuration, plan)
    chairs = ", ".join(dict.fromkeys(level.chair for level in below)) or HEAD
    of_levels = ", ".join(level.name for level in below)
    above = configuration.agencies[plan.top]
    top = above.short_name or above.name
    day = plan.settings.sheet_last_day
    sheets = Called(
        key=SHEET,
        sort=Sort.SHEET,
        name=f"Phiếu xem xét hằng tháng của {chairs}",
        deployment="phieu-thang",
        tags=("phieu-thang", *(level.tag for level in below)),
        text=f"Phiếu hằng tháng của {chairs} {of_levels}; hạn cuối ngày {day} tháng sau.",
        label="Phiếu tháng",
    )
    yield _subject(plan, sheets)
    for called in BESIDE:
        yield _subject(plan, replace(called, text=called.text.format(top=top)))
