"""What a flow is about: its name, description, label and tags, all from the plan's data; no Prefect here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from config.load import Configuration, load_configuration
from obligations.errors import Invalid
from obligations.model import Agency, Cycle, Item, Plan, Tier, Wording
from tasks_lib.usecases.outlook import DESK, OWN_PLAN, REQUEST, SHEET

NAME_LENGTH = 60
TIER_TAGS = {Tier.COMMUNE: "cap-xa", Tier.DISTRICT: "cap-huyen", Tier.PROVINCE: "cap-tinh"}
KIND_TAGS = {Wording.CONTINUOUS: "thuong-xuyen", Wording.AS_REGULATED: "theo-quy-dinh"}
DATED_TAG = "co-thoi-han"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One flow's subject."""

    key: str
    """As `tasks_lib.usecases.outlook` knows it: "1.2", "Q3", "sheet"."""
    name: str
    description: str
    label: str
    """Short form that opens a run's name: "1.2", "Quý III"."""
    tags: tuple[str, ...]
    deployment: str
    """The name its deployment goes by."""
    item: str | None = None
    """The item to sweep when the flow runs alone; None sweeps the plan."""


@cache
def configuration() -> Configuration:
    """Read the configuration whose first plan the flows are named after."""
    return load_configuration()


def named_plan() -> Plan:
    """Return the plan that names the flows."""
    return configuration().plans[0]


def item_subject(key: str) -> Subject:
    """Describe an item of the appendix, or a duty of part III."""
    item = named_plan().item(key)
    if item is None:
        raise Invalid(f"plan.toml: không có nhiệm vụ {key}")
    return Subject(
        key=key,
        name=shortened(f"{key} {item.title}", NAME_LENGTH + len(key)),
        description=_description(item),
        label=key,
        tags=item_tags(item),
        deployment="nhiem-vu-" + key.replace(".", "-").lower(),
        item=key,
    )


def shortened(text: str, length: int) -> str:
    """Cut a text at a word so that it keeps to about `length` letters, and mark the cut."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[: text.rindex(" ", 0, length + 1)].rstrip(" ,;.") + "…"


def item_tags(item: Item) -> tuple[str, ...]:
    """Return the tags by content, tier of the leads and kind of deadline."""
    content = f"noi-dung-{item.content}" if item.content else "phan-iii"
    tiers = {agency.tier for agency in _leads(item)}
    kind = KIND_TAGS.get(item.deadline.wording, DATED_TAG)
    return (content, *(TIER_TAGS[tier] for tier in Tier if tier in tiers), kind)


def _leads(item: Item) -> list[Agency]:
    found = configuration()
    members = (m for ref in item.leads for m in found.members(ref, named_plan().signed_on))
    return [found.agencies[member] for member in members]


def _description(item: Item) -> str:
    printed = f" (Phụ lục in là {item.printed})" if item.printed != item.key else ""
    lines = [
        f"**Nhiệm vụ {item.key}**{printed}: {item.title}",
        f"**Cơ quan chủ trì:** {item.leads_text}",
        f"**Cơ quan thực hiện, phối hợp:** {item.cooperating_text or '-'}",
        f"**Thời gian hoàn thành:** {item.deadline_text}",
        f"Kế hoạch số {named_plan().number} của {named_plan().issuer}",
    ]
    return "\n\n".join(lines)


def cycle_subject(key: str) -> Subject:
    """Describe a report cycle of every year."""
    cycle = cycle_of(key)
    return Subject(
        key=key,
        name=f"Báo cáo kết quả thực hiện kỳ {cycle.name}",
        description=f"Báo cáo kết quả thực hiện kỳ {cycle.name} của xã, huyện, sở, ban, ngành: mở kỳ, "
        "nhắc việc, chốt số liệu, đôn đốc; ai đã báo cáo, ai chưa.",
        label=cycle.name,
        tags=("ky-bao-cao", DATED_TAG),
        deployment=f"ky-bao-cao-{key.lower()}",
    )


def cycle_of(key: str) -> Cycle:
    """Return a cycle by its key."""
    for cycle in named_plan().cycles:
        if cycle.key == key:
            return cycle
    raise Invalid(f"cycles.toml: không có kỳ báo cáo {key}; mỗi kỳ là một luồng trong flows/cycles.py")


DUTIES: dict[str, Subject] = {
    SHEET: Subject(
        key=SHEET,
        name="Phiếu xem xét hằng tháng của Chủ tịch UBND",
        description="Phiếu hằng tháng của Chủ tịch UBND cấp xã, cấp huyện; hạn cuối ngày 10 tháng sau.",
        label="Phiếu tháng",
        tags=("phieu-thang", "cap-xa", "cap-huyen"),
        deployment="phieu-thang",
    ),
    OWN_PLAN: Subject(
        key=OWN_PLAN,
        name="Kế hoạch thực hiện của từng cơ quan, đơn vị",
        description="Kế hoạch của từng cơ quan, đơn vị để thực hiện Kế hoạch của UBND tỉnh (mục III).",
        label="Kế hoạch đơn vị",
        tags=("ke-hoach-don-vi", DATED_TAG),
        deployment="ke-hoach-don-vi",
    ),
    REQUEST: Subject(
        key=REQUEST,
        name="Đề nghị các cơ quan phối hợp, cung cấp thông tin",
        description="Đề nghị gửi trước mỗi kỳ báo cáo tới các cơ quan không thuộc UBND tỉnh; không đôn đốc.",
        label="Đề nghị phối hợp",
        tags=("de-nghi-phoi-hop",),
        deployment="de-nghi-phoi-hop",
    ),
    DESK: Subject(
        key=DESK,
        name="Báo cáo chờ xác nhận tại các cơ quan đầu mối",
        description="Dòng hằng tuần gửi mỗi cơ quan đầu mối: số báo cáo đang chờ xác nhận.",
        label="Chờ xác nhận",
        tags=("cho-xac-nhan",),
        deployment="cho-xac-nhan",
    ),
}
