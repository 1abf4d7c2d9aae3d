"""A small province in October, of which every kind of paper can be written: who is late, rests, or did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from notifications.memory import MemoryTransport
from obligations.period import Period
from store.schema import obligations
from tasks_lib.duties.pausing import Pause, pause_all
from tasks_lib.grading.grades import contest, draft, publish
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.papers.order import Order
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.small import leave_only
from tests.support.life.days import set_days
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SO_NOI_VU,
    SO_Y_TE,
    UBND_TINH,
    Y_TY,
    keys,
    morning,
    reports_in,
)

COURT = "toa-an-nhan-dan-tinh"
PLAYERS = (A_MU_SUNG, MUONG_VI, Y_TY, BAT_XAT, SO_Y_TE, SO_NOI_VU, COURT)
DAY, QUARTER = "2022-10-13", Period("2022-Q3")
MORNINGS = ("2022-06-30", "2022-07-07", "2022-07-18", "2022-07-28", "2022-08-01", "2022-09-20", "2022-10-05")

ORDERS: Mapping[str, Order] = {
    "late-units": Order(kind="late-units", by=SO_NOI_VU),
    "meeting-page": Order(kind="meeting-page", by=SO_NOI_VU),
    "meeting-page-district": Order(kind="meeting-page", by=BAT_XAT),
    "invitation": Order(kind="invitation", by=SO_NOI_VU, for_=A_MU_SUNG),
    "minutes": Order(kind="minutes", by=BAT_XAT, for_=A_MU_SUNG),
    "follow-up": Order(kind="follow-up", by=BAT_XAT, cycle="2022-09"),
    "completion-table": Order(kind="completion-table", by=SO_NOI_VU, cycle="2022-Q3"),
    "completion-slip": Order(kind="completion-slip", by=SO_NOI_VU, for_=BAT_XAT, cycle="2022-Q3"),
    "reminder-record": Order(kind="reminder-record", by=SO_NOI_VU, for_=A_MU_SUNG),
    "extension-request": Order(kind="extension-request", by=SO_NOI_VU, items=("3.1",)),
    "extension-letter": Order(kind="extension-letter", by=UBND_TINH, items=("3.1",)),
    "cooperation": Order(kind="cooperation", by=SO_NOI_VU, cycle="2022-year"),
    "unit-plan": Order(kind="unit-plan", by=A_MU_SUNG),
    "item-report": Order(kind="item-report", by=BAT_XAT, items=("3.1",)),
}
"""One of every kind beside those that have stories of their own."""


def lived(house: House) -> House:
    """Let the small province live until October: a quarter put before its agencies, one of which contests."""
    leave_only(house, *keys(house, obligations.c.agency_id.in_(PLAYERS)))
    set_days(house, "plan", "3.1")
    post = MemoryTransport()
    for day in MORNINGS:
        sweep(house, morning(day))
        deliver(house, morning(day), transport=post)
        if day == "2022-07-07":
            reports_in(house, f"1.2/{MUONG_VI}/once", day)
            rest = Pause(place=Y_TY, from_day=date(2022, 9, 25), to_day=date(2022, 10, 20), reason="Mưa lũ")
        if day == "2022-07-18":
            reports_in(house, f"3.1/{MUONG_VI}/once", day)
            reports_in(house, f"1.2/{Y_TY}/once", day)
    pause_all(house, [rest], SO_NOI_VU, morning("2022-09-26"))
    draft(house, QUARTER, SO_NOI_VU, morning("2022-10-05"))
    contest(house, A_MU_SUNG, QUARTER, A_MU_SUNG, morning("2022-10-06"), "Đã gửi bằng văn bản")
    publish(house, QUARTER, SO_NOI_VU, morning("2022-10-13"))
    sweep(house, morning(DAY))
    return house
