"""A small province in October, of which every kind of paper can be written: who is late, rests, or did."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from config.load import Configuration
from notifications.memory import MemoryTransport
from obligations.errors import Invalid, Refused
from obligations.period import Period
from store.schema import obligations
from tasks_lib.duties.pausing import Pause, pause_all
from tasks_lib.grading.grades import contest, draft, publish
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.papers.order import Order
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import opened
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
    "period-report": Order(kind="period-report", by=SO_NOI_VU, cycle="2022-Q3"),
    "period-report-department": Order(kind="period-report", by=SO_Y_TE, cycle="2022-Q3"),
    "period-report-district": Order(kind="period-report", by=BAT_XAT, cycle="2022-Q3"),
    "period-report-commune": Order(kind="period-report", by=MUONG_VI, cycle="2022-Q3"),
    "period-report-year": Order(kind="period-report", by=A_MU_SUNG, cycle="2022-year"),
}
"""One of every kind beside the letter that urges, which has stories of its own; reports of each level."""


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


@contextmanager
def at_home(place: Path, configuration: Configuration) -> Iterator[House]:
    """A house of the module's own: a home is named by the environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONDOC_HOME", str(place))
        patch.setenv("DONDOC_MAIL_TRANSPORT", "memory")
        with opened(configuration, f"sqlite:///{place / 'dondoc.db'}") as house:
            yield house


@contextmanager
def lived_in(place: Path, configuration: Configuration, template: Path) -> Iterator[House]:
    """The same house after half a year, begun from a database that is laid out."""
    shutil.copyfile(template, place / "dondoc.db")
    with at_home(place, configuration) as house:
        yield lived(house)


REFUSED: Mapping[str, tuple[Order, type[Exception], str]] = {
    "no unit": (Order(kind="minutes", by=SO_NOI_VU), Invalid, "--for: ghi đơn vị"),
    "a foreign unit": (Order(kind="invitation", by=BAT_XAT, for_=SO_Y_TE), Invalid, "không nói đến Sở Y tế"),
    "nothing late": (
        Order(kind="item-report", by="h088-2022", items=("3.1",)),
        Refused,
        "không phải báo cáo nhiệm vụ này",
    ),
    "no quarter": (Order(kind="completion-table", by=SO_NOI_VU), Invalid, "--cycle: ghi quý"),
    "nothing published": (
        Order(kind="completion-table", by=SO_NOI_VU, cycle="2022-Q4"),
        Refused,
        "chưa công bố",
    ),
    "no item": (Order(kind="extension-request", by=SO_NOI_VU), Invalid, "--item: ghi nhiệm vụ"),
    "two items": (Order(kind="item-report", by=BAT_XAT, items=("3.1", "3.3")), Invalid, "ghi một nhiệm vụ"),
    "no month": (Order(kind="follow-up", by=BAT_XAT, cycle="2022-03"), Invalid, "--cycle: ghi tháng"),
    "assigned": (
        Order(kind="cooperation", by=SO_NOI_VU, for_=SO_Y_TE, cycle="2022-year"),
        Invalid,
        "không mời phối hợp",
    ),
    "not its paper": (Order(kind="follow-up", by=SO_Y_TE), Refused, "không phải văn bản của Sở Y tế"),
}


def of_two_levels(commune: str) -> list[Order]:
    """Return orders that a tree without districts can write."""
    focal = {"by": SO_NOI_VU}
    return [
        Order(kind="meeting-page", **focal),
        Order(kind="invitation", for_=commune, **focal),
        Order(kind="minutes", for_=commune, **focal),
        Order(kind="follow-up", by=commune, cycle="2026-09"),
        Order(kind="extension-request", items=("3.1",), **focal),
        Order(kind="cooperation", cycle="2026-year", **focal),
        Order(kind="unit-plan", by=commune),
        Order(kind="period-report", cycle="2026-Q3", **focal),
    ]
