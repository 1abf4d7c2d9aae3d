"""A desk on an ordinary morning: two communes have reported, one was asked for more, the rest is late."""

from __future__ import annotations

from tasks_lib.answering.submit import Answer
from tasks_lib.desk.review import ask_more
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, Y_TY, at, replay, reports_in
from tests.support.pages.visits import Somebody

OF_A_MU_SUNG, OF_MUONG_VI, OF_Y_TY = (f"1.2/{unit}/once" for unit in (A_MU_SUNG, MUONG_VI, Y_TY))


def three_communes(house: House) -> None:
    """A Mú Sung and Y Tý have reported on 1.2, Mường Vi is silent; it is the 18th of July."""
    reports_in(house, OF_Y_TY, "2022-07-12", Answer(text="Đã tuyên truyền tại 12 thôn"))
    reports_in(house, OF_A_MU_SUNG, "2022-07-13", Answer(text="=HYPERLINK(1)"))
    replay(house, "2022-07-18", "2022-07-18")


def asked_again(house: House) -> None:
    """Y Tý was asked for more and has handed in a second version."""
    ask_more(house, Decision(key=OF_Y_TY, by=BAT_XAT, as_of=at("2022-07-18T08:00"), reason="số thôn"))
    reports_in(house, OF_Y_TY, "2022-07-18T08:30", Answer(text="Đã tuyên truyền tại 15 thôn"))


def opens(desk: Somebody, *keys: str) -> None:
    """The desk opens some reports, as it does before it says yes to many at once."""
    for key in keys:
        assert desk.get(f"/nhiem-vu/{key}").status == 200
