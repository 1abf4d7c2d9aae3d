"""A second plan starts: an office that both ask gets one mail a send, each duty with its own link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from config.load import Configuration, load_configuration
from notifications.memory import MemoryTransport
from notifications.outgoing import Outgoing
from obligations.model import WorkState
from store.engine import reading
from store.schema import obligations
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.houses.houses import of_every_plan
from tests.support.houses.smaller_plans import KEY as SECOND
from tests.support.houses.smaller_plans import of_few_items, two_plans
from tests.support.life.letters import all_messages, html_of, letter, text_of
from tests.support.life.stories import A_MU_SUNG, days, morning
from tests.support.pages.visits import visited

FIRST, TASK = "239-2022", f"1.2/{A_MU_SUNG}/once"
LINK = re.compile(r'href="([^"]*/l/[^"#]+)')


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    folder = of_few_items(tmp_path_factory.mktemp("two") / "config", "1.2", "2.3")
    return load_configuration(two_plans(folder, "1.2", "3.5"))


@pytest.fixture
def houses(any_empty_url: str, configuration: Configuration, home: Path) -> Iterator[list[House]]:
    with of_every_plan(configuration, any_empty_url, home=home, public_url="http://127.0.0.1:8239") as found:
        yield found


def live(houses: list[House], first: str, last: str) -> list[Outgoing]:
    """Both plans are swept, then what they have to tell leaves, every morning."""
    post = MemoryTransport()
    for day in days(first, last):
        for house in houses:
            sweep(house, morning(day))
        for house in houses:
            beside = [other.plan.key for other in houses if other is not house]
            deliver(house, morning(day), transport=post, beside=beside)
    return post.sent


def state_of(house: House) -> str:
    query = select(obligations.c.work_state).where(
        obligations.c.plan == house.plan.key, obligations.c.key == TASK
    )
    with reading(house.engine) as connection:
        return str(connection.scalar(query))


def to(sent: list[Outgoing], agency: str) -> list[Outgoing]:
    return [mail for mail in sent if f"{agency}@laocai.example" in mail.addresses]


def test_a_second_plan_starts_and_its_units_get_one_mail(houses: list[House]) -> None:
    first = houses[0]
    live(houses[:1], "2022-06-30", "2022-07-05")
    live(houses[1:], "2022-06-30", "2022-07-05")
    sent = live(houses, "2022-07-06", "2022-07-07")

    assert max(Counter(address for mail in sent for address in mail.addresses).values()) == 1
    (mail,) = to(sent, A_MU_SUNG)
    subject = letter(mail.content)["Subject"]
    assert subject == "[KH 239, KH 240] Hạn 14/7: 02 nội dung - UBND xã A Mú Sung"
    said = text_of(mail.content)
    for fact in (
        "Hạn 14/7: 1.2 Tuyên truyền PAPI, Pháp lệnh dân chủ (KH 239)",
        "Hạn 14/7: 1.2 Tuyên truyền PAPI, Pháp lệnh dân chủ (KH 240)",
        "Kế hoạch số 239/KH-UBND ngày 30/6/2022",
        "Kế hoạch số 240/KH-UBND ngày 30/6/2022",
    ):
        assert fact in said or fact.upper() in said, said
    assert "Hệ thống theo dõi thực hiện Kế hoạch 239, Kế hoạch 240," in said
    assert said.count("Trân trọng./.") == 1
    assert {message.state for message in all_messages(first)} == {"sent"}


def test_each_link_opens_its_own_plan_s_duty_and_an_answer_to_one_leaves_the_other(
    houses: list[House],
) -> None:
    first, second = houses
    for house in houses:
        live([house], "2022-06-30", "2022-07-05")
    with visited(first, "2022-07-07T09:00") as site:
        served = [site.house.of(house.plan) for house in houses]
        (mail,) = to(live(served, "2022-07-06", "2022-07-07"), A_MU_SUNG)
        links = list(dict.fromkeys(LINK.findall(html_of(mail.content))))
        assert len(links) == 2
        pages = [site.by_path(urlsplit(link).path).get("/don-vi") for link in links]
        assert [page.status for page in pages] == [200, 200]
        assert [re.findall(r"Kế hoạch (?:số )?(\d+)", page.text)[0] for page in pages] == ["239", "240"]

    submit(second, TASK, A_MU_SUNG, morning("2022-07-08"), Answer(text="Đã làm", without="văn bản ký sau"))
    assert {house.plan.key: state_of(house) for house in houses} == {
        FIRST: WorkState.OPEN,
        SECOND: WorkState.SUBMITTED,
    }
    (mail,) = to(live(houses, "2022-07-13", "2022-07-13"), A_MU_SUNG)
    said = text_of(mail.content)
    # All there is to do stands on top by day, the plan named at each line; the other plan's answer is in.
    on_top = said[: said.index("KẾ HOẠCH SỐ 239/KH-UBND")]
    assert re.findall(r"(?:Hạn|Chậm nhất) ([0-9/]+): (\S+) .*?\((KH \d+)\)", on_top) == [
        ("14/7", "1.2", "KH 239"),
        ("14/7", "Kế", "KH 239"),
        ("14/7", "Kế", "KH 240"),
        ("15/7", "2.3", "KH 239"),
    ]
    assert said.count("1.2 Tuyên truyền PAPI") == 2, said
