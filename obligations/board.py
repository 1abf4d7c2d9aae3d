"""How the board sorts what is owed: the words of its filters, each with what users read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from obligations.model import Kind, Part, TimeState
from obligations.reckoning import ASKED, COUNTED, DUE, MISSING, SHARE_WORDS, Share
from obligations.states import TIME_WORDS


class Sort(StrEnum):
    """What sort of duty; the value stands in addresses."""

    DATED = "co-thoi-han"
    TASK = "nhiem-vu"
    REPORT = "bao-cao"
    PLAN = "ke-hoach"
    SHEET = "phieu"
    CONTINUOUS = "thuong-xuyen"
    IMPLEMENTS = "thuc-hien"


SORT_WORDS: dict[Sort, str] = {
    Sort.DATED: "có thời hạn (nhiệm vụ, báo cáo, kế hoạch)",
    Sort.TASK: "nhiệm vụ có thời hạn",
    Sort.REPORT: "báo cáo kỳ",
    Sort.PLAN: "kế hoạch của đơn vị",
    Sort.SHEET: "phiếu theo dõi của {chairs}",
    Sort.CONTINUOUS: "thường xuyên, theo kỳ (cơ quan chủ trì)",
    Sort.IMPLEMENTS: "thường xuyên, theo kỳ (cơ quan thực hiện)",
}
KINDS_OF_SORT: dict[Sort, tuple[Kind, ...]] = {
    Sort.DATED: (Kind.TASK, Kind.REPORT, Kind.PLAN),
    Sort.TASK: (Kind.TASK,),
    Sort.REPORT: (Kind.REPORT,),
    Sort.PLAN: (Kind.PLAN,),
    Sort.SHEET: (Kind.SHEET,),
    Sort.CONTINUOUS: (Kind.ROW,),
    Sort.IMPLEMENTS: (Kind.ROW,),
}
PART_OF_SORT = {Sort.CONTINUOUS: Part.LEAD, Sort.IMPLEMENTS: Part.IMPLEMENTS}

RUNNING, PAST = "running", "past"
"""Not done and not late (with what is soon due, and what a pause excuses); past its day, whoever set that."""
TIMES: dict[str, tuple[TimeState, ...]] = {
    RUNNING: (TimeState.IN_TIME, TimeState.DUE_SOON, TimeState.PAUSED),
    PAST: (TimeState.OVERDUE, TimeState.PAST_ASKED),
    **{str(state): (state,) for state in TimeState},
}
TIMES_WORDS: dict[str, str] = {
    RUNNING: "đang thực hiện, còn hạn",
    PAST: "đang thực hiện, đã qua thời hạn hoặc ngày đề nghị",
    **{str(state): words for state, words in TIME_WORDS.items()},
    TimeState.OVERDUE: "đang thực hiện, quá hạn",
    TimeState.PAST_ASKED: "đang thực hiện, chậm so với ngày đề nghị",
}


ALL_DUE, ALL_MISSING, ALL_COUNTED = "den-han", "chua-hoan-thanh", "duoc-tinh"
ALL_ASKED = "sau-ngay-de-nghi"
SHARES: dict[str, tuple[Share, ...]] = {
    ALL_DUE: DUE,
    ALL_MISSING: MISSING,
    ALL_ASKED: ASKED,
    ALL_COUNTED: COUNTED,
    **{str(share): (share,) for share in SHARE_WORDS if share is not Share.NOT_OWED},
}
"""The columns of the one reckoning, and what adds up of them."""
SHARES_WORDS: dict[str, str] = {
    ALL_DUE: "đã đến hạn",
    ALL_MISSING: "đã đến hạn, chưa hoàn thành",
    ALL_ASKED: "chậm so với ngày đề nghị, đã xong hoặc chưa",
    ALL_COUNTED: "được tính (trừ không phát sinh, không thuộc thẩm quyền)",
    **{str(share): words for share, words in SHARE_WORDS.items() if share is not Share.NOT_OWED},
}


class Holder(StrEnum):
    """Who holds the ball."""

    UNIT = "don-vi"
    DESK = "phong-noi-vu"
    FOCAL = "dau-moi-tong-hop"
    DIRECTOR = "giam-doc"


class Only(StrEnum):
    """What else a list can be narrowed to; those called new count from a day."""

    NEWLY_LATE = "moi-qua-han"
    NEWLY_REPORTED = "moi-bao-cao"
    NEWLY_CLOSED = "moi-hoan-thanh"
    NEWLY_EXPLAINED = "moi-neu-ly-do"
    NEWLY_ASKED = "moi-xin-dieu-chinh"
    NEWLY_TOLD = "moi-bao-so"
    NOT_SUPPLIED = "chua-cung-cap"
    WAITS_BELOW = "cho-cap-duoi"
    WAITS_GUIDANCE = "cho-huong-dan"


NEW = (
    Only.NEWLY_LATE,
    Only.NEWLY_REPORTED,
    Only.NEWLY_CLOSED,
    Only.NEWLY_EXPLAINED,
    Only.NEWLY_ASKED,
    Only.NEWLY_TOLD,
)

ONLY_WORDS: dict[Only, str] = {
    Only.NEWLY_LATE: "mới quá hạn",
    Only.NEWLY_REPORTED: "mới báo cáo",
    Only.NEWLY_CLOSED: "mới được xác nhận, tiếp nhận",
    Only.NEWLY_EXPLAINED: "mới nêu lý do chậm",
    Only.NEWLY_ASKED: "mới đề nghị điều chỉnh thời hạn",
    Only.NEWLY_TOLD: "mới báo {focal}",
    Only.NOT_SUPPLIED: "chưa cung cấp (cơ quan phối hợp)",
    Only.WAITS_BELOW: "chờ cấp dưới",
    Only.WAITS_GUIDANCE: "chờ hướng dẫn của cấp trên",
}


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Whose duties a visitor sees: some agencies' and, of many or all, those in some items; or all."""

    agencies: tuple[str, ...] | None = None
    items: tuple[str, ...] = ()
    items_of: tuple[str, ...] | None = None
    """Whose duties in these items are seen; None is everybody's."""

    @property
    def reaches_all(self) -> bool:
        """Whether something of every unit is seen: the whole of it, or an item over all units."""
        return self.agencies is None or (bool(self.items) and self.items_of is None)


class Group(StrEnum):
    """Why something stands in a queue; the order is the queue's."""

    SUBMITTED = "1-submitted"
    MORE_ASKED = "2-more-asked"
    NOTHING = "2-nothing"
    """The unit says that nothing arose; its desk has not looked at it."""
    LATE = "3-late"
    ASKED = "3-past-asked"
    """Late against a day that is only proposed."""
    OPEN = "4-open"


WAITING_GROUPS = (Group.SUBMITTED, Group.MORE_ASKED, Group.NOTHING, Group.LATE, Group.ASKED)
"""What a desk has to see to; the rest is open and in time."""
