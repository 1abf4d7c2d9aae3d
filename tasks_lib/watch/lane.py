"""The shadow lane: a plan of the program's own with one agency and one duty, in the very database it tests.

Every row of a plan carries the plan, so nothing of it shows where the real one is looked at.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from config.load import Configuration
from config.settings import Settings
from obligations.levels import Level, Levels
from obligations.model import (
    Agency,
    Contact,
    Deadline,
    Item,
    Kind,
    Ladder,
    LadderRole,
    LadderStep,
    LeadMode,
    Plan,
    Regulation,
    Rhythm,
    Role,
    StepRule,
    Wording,
)
from obligations.model import Settings as PlanNumbers
from store.journal import Happening, write
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.places import NO_PORTAL
from tasks_lib.watch.sql.lane import lay_lane

KEY = "tu-kiem"
AGENCY, ABOVE = "tu-kiem", "tu-kiem-tren"
ITEM = "1"
PREFIX = "/tu-kiem"
"""Where the portal opens links of the lane."""
ADDRESS = "tu-kiem@dondoc.example"
"""Reaches nobody: every mail of the lane is redirected to whoever runs the system."""
BEGINS, ENDS = date(2022, 1, 1), date(2099, 12, 31)

_LEVELS = Levels.ordered([Level(key="province", name="cấp tỉnh", plural="bộ phận", short="bộ phận")])
_AGENCY = Agency(
    id=AGENCY,
    name="Bộ phận tự kiểm",
    level=_LEVELS.top,
    superior=ABOVE,
    contacts=(Contact(role="unit", name="Tự kiểm", address=ADDRESS),),
)
_ITEM = Item(
    key=ITEM,
    printed=ITEM,
    content=None,
    title="Tự kiểm tra đường đi của thư nhắc việc và của câu trả lời",
    leads_text="Bộ phận tự kiểm",
    cooperating_text="",
    deadline_text="Theo quy định",
    lead_mode=LeadMode.EACH,
    leads=(AGENCY,),
    second=(),
    deadline=Deadline(wording=Wording.AS_REGULATED),
)
_LADDER = Ladder(
    key=KEY,
    kind=Kind.TASK,
    steps=(
        LadderStep(
            code="+1",
            rule=StepRule.OFFSET,
            days=1,
            to=(LadderRole(role=Role.SELF),),
            rhythm=Rhythm.DAILY,
            template="overdue",
        ),
    ),
)
_PLAN = Plan(
    key=KEY,
    number="01/TK-HT",
    signed_on=BEGINS,
    valid_until=ENDS,
    issuer="Hệ thống theo dõi",
    title="Tự kiểm hằng ngày",
    levels=_LEVELS,
    focal=AGENCY,
    top=ABOVE,
    planners=(),
    sheet_keepers=(),
    contents=(),
    items=(_ITEM,),
    duties=(),
    invited=(),
    cycles=(),
    ladders=(_LADDER,),
    regulations=(
        Regulation(
            item=ITEM,
            basis="tự kiểm",
            trigger="Tự kiểm",
            valid_from=BEGINS,
            days=1,
            count="working",
            ours=True,
        ),
    ),
    settings=PlanNumbers(
        plan_working_days=10,
        opening_working_days=2,
        urgent_working_days=5,
        due_soon_working_days=5,
        review_working_days=5,
        correction_working_days=3,
        updated_late_working_days=2,
        chronic_overdue=3,
        sheet_months=(),
        sheet_last_day=10,
    ),
)
"""One duty, due the working day after it is recorded, told on the next: by the rules of every other."""


def lane_of(house: House) -> House:
    """Return the lane of a house: the same database, mail server, key and calendar."""
    agencies = {AGENCY: _AGENCY, ABOVE: Agency(id=ABOVE, name="Hệ thống theo dõi", level=_LEVELS.top)}
    configuration = Configuration(
        (_PLAN,),
        agencies,
        {},
        _LEVELS,
        house.configuration.calendar,
        "tu-kiem-1",
        house.configuration.directory,
    )
    return replace(house, settings=_settings(house.settings), configuration=configuration, plan=_PLAN)


def _settings(settings: Settings) -> Settings:
    """Return the settings with links that lead into the lane, and with mail that reaches ops alone."""
    portal = (settings.probe_url or settings.public_url or NO_PORTAL).rstrip("/")
    address = settings.mail_redirect or settings.probe_mail or settings.ops_mail or settings.mail_from
    return settings.model_copy(update={"public_url": f"{portal}{PREFIX}", "mail_redirect": address})


def lay(connection: Connection, lane: House, at: datetime) -> None:
    """Write the lane's plan and agency down, once, without touching anybody else's."""
    if lay_lane(connection, lane.plan, lane.configuration.fingerprint, _AGENCY):
        write(connection, Happening(at=at, plan=lane.plan.key, what="probe-lay"))
