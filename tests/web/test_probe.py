"""The house tries itself every day: a duty of its own goes from due to answered, and nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from cli.main import run
from obligations.errors import Refused
from obligations.rights import Seat
from store.engine import reading
from store.schema import legs, message_contents, messages, notices, obligations
from tasks_lib.duties.initialise import initialise
from tasks_lib.keeping.proof import Wanted, read
from tasks_lib.kernel.bootstrap import House
from tasks_lib.watch.lane import KEY, lane_of
from tasks_lib.watch.ops import operations
from tasks_lib.watch.probe import probe
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import contents_of, letter, text_of
from tests.support.life.stories import A_MU_SUNG, BAT_XAT, MUONG_VI, at, leave_only
from tests.support.pages.visits import visited
from tests.support.running.watching import Monitor, lives, monitored, started

ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
OPS_MAIL = "van-hanh@laocai.example"
MORNING = "2022-07-07T08:10"
EVERY_STEP = ("due", "notice", "mail", "answer", "ended")


@pytest.fixture
def lived(any_house: House, smtp: MailServer) -> House:
    """Rounds and mails of 6 and 7/7 are done; mail goes to a real server."""
    leave_only(any_house, ONE, TWO)
    started(any_house, "2022-07-05")
    lives(any_house, "2022-07-06", "2022-07-07")
    return with_settings(smtp.serving(any_house, timeout=5), ops_mail=OPS_MAIL)


@pytest.fixture
def monitor(lived: House) -> Iterator[Monitor]:
    with monitored(lived, MORNING) as found:
        yield found


def test_a_duty_of_its_own_goes_the_whole_way(monitor: Monitor, smtp: MailServer) -> None:
    before = len(read(monitor.portal.house, Wanted()))

    tried = probe(monitor.portal.house, at(MORNING))

    assert (tried.said, tried.steps) == ("ok", EVERY_STEP)
    assert [row["what"] for row in read(monitor.portal.house, Wanted())][before:] == [
        "probe-lay",
        "event",
        "sweep",
        "deliver",
        "submit",
        "accept",
    ]
    assert tried.ok
    (content,) = contents_of(smtp)
    assert letter(content)["To"] == OPS_MAIL
    assert f"{monitor.portal.url}/tu-kiem/l/" in text_of(content)
    with reading(monitor.portal.house.engine) as connection:
        duty = connection.execute(select(obligations).where(obligations.c.plan == KEY)).one()
        assert duty.work_state == "accepted"
        assert connection.scalar(select(func.count()).select_from(notices).where(notices.c.plan == KEY)) == 1
        awake = select(legs.c.next_on).where(legs.c.obligation_id == duty.id)
        assert connection.scalars(awake).all() == [None]
        kept = select(message_contents.c.message_id).join(messages).where(messages.c.plan == KEY)
        assert connection.scalars(kept).all() == []
    monitor.at("2022-07-08T08:30")
    assert "probe" not in monitor.faults()


def test_it_can_be_tried_again_on_the_same_day_and_on_the_next(monitor: Monitor) -> None:
    for moment in (MORNING, "2022-07-07T08:12", "2022-07-08T08:10", "2022-07-11T08:10"):
        monitor.at(moment)
        assert probe(monitor.portal.house, at(moment)).said == "ok"


def test_its_silence_is_told(monitor: Monitor) -> None:
    probe(monitor.portal.house, at(MORNING))
    monitor.at("2022-07-08T08:39")
    assert "probe" not in monitor.faults()
    monitor.at("2022-07-08T08:40")
    assert monitor.faults()["probe"] == "tự kiểm hôm nay chưa chạy (gần nhất 08:10 ngày 07/7/2022)"


def test_a_mail_server_that_refuses_is_what_it_says(monitor: Monitor, smtp: MailServer) -> None:
    smtp.box.refused[OPS_MAIL] = "550 5.1.1 không có hộp thư này"
    tried = probe(monitor.portal.house, at(MORNING))
    assert (tried.ok, tried.steps) == (False, ("due", "notice"))
    assert "thư tự kiểm chưa gửi được" in tried.said
    monitor.at("2022-07-07T08:11")
    assert "tự kiểm 08:10 ngày 07/7/2022 không đạt" in monitor.faults()["probe"]


def test_a_portal_that_does_not_answer_is_what_it_says(lived: House) -> None:
    tried = probe(with_settings(lived, public_url="http://127.0.0.1:9"), at(MORNING))
    assert (tried.ok, tried.steps) == (False, ("due", "notice", "mail"))
    assert tried.said.startswith("trang web không trả lời tại http://127.0.0.1:9/tu-kiem")


def test_out_of_hours_nothing_is_tried(lived: House) -> None:
    for moment in ("2022-07-07T17:30", "2022-07-09T09:00"):
        with pytest.raises(Refused, match="ngoài giờ gửi thư"):
            probe(lived, at(moment))


PAGES = (
    "/",
    "/bang",
    "/hang-doi",
    "/tong-hop",
    "/danh-muc",
    "/thu-hom-nay",
    "/tim?q=tu+kiem",
    "/tim?q=nhiem+vu",
    "/chi-dao",
    "/dau-moi",
    "/bang?dang=xlsx",
)
COMMANDS = (
    "obligations --json",
    "notices --json",
    "messages --json",
    "agencies --json",
    "plan check",
    "proposals list --json",
    "history 1.2/x02686-2022/once --json",
    "preview --on 2022-07-08 --json",
    "contacts --json",
)


def test_nobody_sees_it(lived: House, capsys: pytest.CaptureFixture[str]) -> None:
    """Every page and command says the same before and after it."""

    def seen() -> list[str]:
        capsys.readouterr()
        found = []
        for command in COMMANDS:
            run(command.split())
            printed = capsys.readouterr()
            found.append(printed.out + printed.err)
        found += [somebody.get(path).text for somebody in people for path in PAGES]
        told = operations(site.house, site.clock())
        found.append(repr((told.outbox, told.troubled, told.coming, told.forwarded, told.parked)))
        return found

    with visited(lived, MORNING) as site:
        seats = ((Seat.COORDINATOR, None), (Seat.READER, None), (Seat.DESK, BAT_XAT))
        people = [site.login(seat, agency) for seat, agency in seats]
        initialise(site.house, at(MORNING))
        before = seen()
        assert probe(site.house, at(MORNING)).ok
        initialise(site.house, at(MORNING))
        after = seen()
        assert [(x, y) for x, y in zip(before, after, strict=True) if x != y] == []
        assert not any("tu-kiem" in text for text in before)


def test_a_changed_configuration_leaves_it_alone_and_it_leaves_the_units_contacts(monitor: Monitor) -> None:
    house = monitor.portal.house
    assert probe(house, at(MORNING)).ok
    lives(house, "2022-07-07", "2022-07-08")
    initialise(house, at("2022-07-08T09:00"))
    monitor.at("2022-07-11T08:10")
    assert probe(house, at("2022-07-11T08:10")).ok
    with reading(house.engine) as connection:
        forwarded = operations(house, at(MORNING)).forwarded
        assert forwarded == ()
        assert connection.scalar(select(func.count()).where(messages.c.state == "dead")) == 0


def test_the_lane_is_of_the_same_house(house: House) -> None:
    lane = lane_of(house)
    assert lane.engine is house.engine
    assert lane.calendar is house.calendar
    assert lane.settings.mail_from == house.settings.mail_from
