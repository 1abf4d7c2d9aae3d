"""Who sees and may do what on the portal: one table (domain part 4, "Sides")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Seat(StrEnum):
    """In what capacity somebody is here: signed in, or by a link from a mail."""

    OFFICER = "officer"
    LEADER = "leader"
    CHAIRPERSON = "chairperson"
    DESK = "district-desk"
    GUIDE = "guide"
    COORDINATOR = "coordinator"
    DIRECTOR = "director"
    READER = "reader"
    OPS = "ops"
    ANSWER_LINK = "answer-link"
    REVIEW_LINK = "review-link"
    APPROVE_LINK = "approve-link"


SEAT_WORDS: dict[Seat, str] = {
    Seat.OFFICER: "công chức tham mưu",
    Seat.LEADER: "lãnh đạo đơn vị",
    Seat.CHAIRPERSON: "người đứng đầu đơn vị",
    Seat.DESK: "nơi nhận báo cáo",
    Seat.GUIDE: "cơ quan hướng dẫn, theo dõi",
    Seat.COORDINATOR: "chuyên viên tổng hợp",
    Seat.DIRECTOR: "thủ trưởng cơ quan",
    Seat.READER: "cơ quan ban hành (xem)",
    Seat.OPS: "quản trị hệ thống",
    Seat.ANSWER_LINK: "người mở đường dẫn cập nhật kết quả",
    Seat.REVIEW_LINK: "người mở đường dẫn xem xét báo cáo",
    Seat.APPROVE_LINK: "người mở đường dẫn duyệt",
}

BY_LINK = frozenset({Seat.ANSWER_LINK, Seat.REVIEW_LINK, Seat.APPROVE_LINK})
"""Seats of whoever came by a link of a mail, signed in nowhere."""


class Relation(StrEnum):
    """How the agency somebody acts for stands to the agency that owes something."""

    OWN = "own"
    BELOW = "below"
    """It reviews what that agency reports."""
    FAR_BELOW = "far-below"
    """It stands over that agency, and another place reviews what that reports."""
    OVERSEEN = "overseen"
    """It is the collator of the whole plan, or the body the plan's reports go up to."""
    GUIDED = "guided"
    """It guides the item (hướng dẫn, theo dõi)."""
    FOREIGN = "foreign"


class Act(StrEnum):
    """What can be seen or done."""

    SEE = "see"
    """An obligation: its reports, evidence and timeline."""
    SEE_DRAFT = "see-draft"
    ANSWER = "answer"
    """Hand in, answer "nothing arose", state a reason, enter the unit's own document, draft, pass on."""
    APPROVE = "approve"
    """Approve what an officer presented."""
    SHEET = "sheet"
    CONTACTS = "contacts"
    """Enter the unit's contacts; what is entered holds only where `settles_contacts` says so."""
    CONFIRM_CONTACTS = "confirm-contacts"
    """Let what was proposed hold, or refuse it."""
    SET_ADDRESS = "set-address"
    """Set the official address of a unit; the focal agency's own is for ops alone."""
    REVIEW = "review"
    """Accept, ask for more, confirm "not competent", reopen."""
    RECORD = "record"
    """Enter a document that arrived on paper, log a call."""
    REMARK = "remark"
    DIRECT = "direct"
    """Ý kiến chỉ đạo."""
    REMOVE_FILE = "remove-file"
    MOVE_INNER = "move-inner"
    """Move the day by which a lower level sends."""
    EXTEND = "extend"
    """Record UBND tỉnh's document that moves the plan's day."""
    CANCEL = "cancel"
    PAUSE = "pause"
    QUEUE = "queue"
    ROLL_UP = "roll-up"
    BOARD = "board"
    PROPOSE = "propose"
    RELEASE = "release"
    PAPERS = "papers"
    """Draft the office's papers, enter how they were signed."""
    SLIP = "slip"
    """Read the unit's slip of a quarter's grade, accept or contest it."""
    GRADES = "grades"
    """Read what units say of their slips, answer it."""
    PREVIEW = "preview"
    HOLD = "hold"
    START = "start"
    """Let the real clock run the plan."""
    MAIL = "mail"
    """Read a mail again that was sent to an agency."""
    MEND = "mend"
    """Say that an address that took no mail takes some again."""
    OPS = "ops"
    ENGINE = "engine"
    """Read Prefect's pages."""


_OWN = frozenset({Relation.OWN})
_REVIEWED = frozenset({Relation.BELOW})
_OWN_OR_REVIEWED = _OWN | _REVIEWED
_BELOW = frozenset({Relation.BELOW, Relation.FAR_BELOW})
_AREA = _OWN | _BELOW
_GUIDED = frozenset({Relation.GUIDED})
_OWN_OR_GUIDED = _OWN | _GUIDED
_ALL = _AREA | {Relation.OVERSEEN}

_WHO_ANSWERS: dict[Seat, frozenset[Relation]] = {
    Seat.OFFICER: _OWN,
    Seat.LEADER: _OWN,
    Seat.CHAIRPERSON: _OWN,
    Seat.DESK: _OWN,
    Seat.COORDINATOR: _OWN,
    Seat.DIRECTOR: _OWN,
    Seat.ANSWER_LINK: _OWN,
    Seat.APPROVE_LINK: _OWN,
}
"""Whoever may hand in sees what is still being written, and nobody else."""
_WHO_SPEAKS: dict[Seat, frozenset[Relation]] = {
    Seat.OFFICER: _OWN,
    Seat.LEADER: _OWN,
    Seat.CHAIRPERSON: _OWN,
    Seat.DESK: _OWN,
    Seat.COORDINATOR: _OWN,
    Seat.DIRECTOR: _OWN,
    Seat.ANSWER_LINK: _OWN,
}
"""Whoever may speak for the unit as a whole; a link to approve one report does not."""
_WHO_LOOKS: dict[Seat, frozenset[Relation]] = {
    Seat.OFFICER: _OWN_OR_GUIDED,
    Seat.LEADER: _OWN_OR_GUIDED,
    Seat.CHAIRPERSON: _AREA,
    Seat.DESK: _AREA,
    Seat.GUIDE: _OWN_OR_GUIDED,
    Seat.COORDINATOR: _ALL,
    Seat.DIRECTOR: _ALL,
    Seat.READER: _ALL,
    Seat.REVIEW_LINK: _ALL,
}
"""Whoever reads the board reads what it adds up."""
RIGHTS: dict[Act, dict[Seat, frozenset[Relation]]] = {
    Act.SEE: {
        Seat.OFFICER: _OWN_OR_GUIDED,
        Seat.LEADER: _OWN_OR_GUIDED,
        Seat.CHAIRPERSON: _AREA,
        Seat.DESK: _AREA,
        Seat.GUIDE: _OWN_OR_GUIDED,
        Seat.COORDINATOR: _ALL,
        Seat.DIRECTOR: _ALL,
        Seat.READER: _ALL,
        Seat.ANSWER_LINK: _OWN,
        Seat.REVIEW_LINK: _ALL,
        Seat.APPROVE_LINK: _OWN,
    },
    Act.SEE_DRAFT: _WHO_ANSWERS,
    Act.ANSWER: _WHO_ANSWERS,
    Act.APPROVE: {
        Seat.LEADER: _OWN,
        Seat.CHAIRPERSON: _OWN,
        Seat.DIRECTOR: _OWN,
        Seat.APPROVE_LINK: _OWN,
    },
    Act.SHEET: {Seat.CHAIRPERSON: _OWN, Seat.ANSWER_LINK: _OWN, Seat.APPROVE_LINK: _OWN},
    Act.CONTACTS: _WHO_SPEAKS,
    Act.SLIP: _WHO_SPEAKS,
    # Whoever sits in the focal agency can do most: who that is, ops alone decide.
    Act.CONFIRM_CONTACTS: {
        Seat.LEADER: _OWN,
        Seat.CHAIRPERSON: _OWN,
        Seat.DESK: _REVIEWED,
        Seat.COORDINATOR: _REVIEWED,
        Seat.OPS: _ALL,
    },
    Act.SET_ADDRESS: {Seat.COORDINATOR: _ALL, Seat.OPS: _ALL},
    # What the focal agency owes itself is confirmed by its director (domain part 6).
    Act.REVIEW: {
        Seat.DESK: _REVIEWED,
        Seat.COORDINATOR: _REVIEWED,
        Seat.DIRECTOR: _OWN_OR_REVIEWED,
        Seat.REVIEW_LINK: _REVIEWED,
    },
    Act.RECORD: {
        Seat.DESK: _OWN_OR_REVIEWED,
        Seat.COORDINATOR: _ALL,
        Seat.REVIEW_LINK: _REVIEWED,
    },
    Act.REMARK: {Seat.OFFICER: _GUIDED, Seat.LEADER: _GUIDED, Seat.GUIDE: _GUIDED},
    Act.DIRECT: {
        Seat.CHAIRPERSON: _REVIEWED,
        Seat.DIRECTOR: _REVIEWED,
        Seat.REVIEW_LINK: _REVIEWED,
    },
    Act.REMOVE_FILE: {Seat.DESK: _REVIEWED, Seat.COORDINATOR: _ALL},
    Act.MOVE_INNER: {Seat.DESK: _REVIEWED},
    Act.EXTEND: {Seat.COORDINATOR: _ALL},
    Act.CANCEL: {Seat.COORDINATOR: _ALL},
    Act.PAUSE: {Seat.DESK: _AREA, Seat.COORDINATOR: _ALL},
    Act.QUEUE: {
        Seat.DESK: _AREA,
        Seat.COORDINATOR: _ALL,
        Seat.DIRECTOR: _ALL,
        Seat.REVIEW_LINK: _ALL,
    },
    Act.ROLL_UP: _WHO_LOOKS,
    Act.BOARD: _WHO_LOOKS,
    Act.PROPOSE: {Seat.COORDINATOR: _ALL, Seat.DIRECTOR: _ALL},
    Act.RELEASE: {Seat.DIRECTOR: _ALL},
    Act.PAPERS: {Seat.DESK: _OWN, Seat.COORDINATOR: _OWN, Seat.DIRECTOR: _OWN},
    Act.GRADES: {Seat.COORDINATOR: _ALL, Seat.DIRECTOR: _ALL},
    Act.PREVIEW: {Seat.COORDINATOR: _ALL, Seat.DIRECTOR: _ALL, Seat.OPS: _ALL},
    Act.HOLD: {Seat.COORDINATOR: _ALL, Seat.DIRECTOR: _ALL},
    # A chuyên viên prepares it; mail to the whole province leaves on the director's word, or of who runs it.
    Act.START: {Seat.DIRECTOR: _ALL, Seat.OPS: _ALL},
    Act.MAIL: {
        Seat.OFFICER: _OWN,
        Seat.LEADER: _OWN,
        Seat.CHAIRPERSON: _AREA,
        Seat.DESK: _AREA,
        Seat.COORDINATOR: _ALL,
        Seat.DIRECTOR: _ALL,
        Seat.OPS: _ALL,
    },
    Act.MEND: {Seat.DESK: _BELOW, Seat.COORDINATOR: _ALL, Seat.OPS: _ALL},
    Act.OPS: {Seat.COORDINATOR: _ALL, Seat.OPS: _ALL},
    Act.ENGINE: {Seat.COORDINATOR: _ALL, Seat.DIRECTOR: _ALL, Seat.OPS: _ALL},
}
"""Act → seat → to whom it may be done. Who is not named may not."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody on the portal: for which agency, in what seat, and as whom."""

    agency: str
    seat: Seat
    holder: str
    """As the history names them."""
    address: str = ""
    obligation_id: int | None = None
    """What a link's page shows first."""
    link: str | None = None
    """The signed link they came by; None for somebody signed in."""


def may(seat: Seat, act: Act) -> bool:
    """Whether a seat may do this to anybody at all."""
    return seat in RIGHTS[act]


def may_to(seat: Seat, act: Act, relations: frozenset[Relation]) -> bool:
    """Whether a seat may do this to an agency that stands so to its own."""
    return bool(RIGHTS[act].get(seat, frozenset()) & relations)
