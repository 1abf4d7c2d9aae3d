"""Sweep, delivery and report are killed at any moment, over and over: the end is as without a kill."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from config.load import Configuration
from store.engine import reading, tell
from store.schema import evidence, history, obligations, reports
from store.vault import Vault
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.duties.initialise import initialise
from tasks_lib.keeping.proof import verify
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.witness import keeper
from tests.support.houses.another import killed, start
from tests.support.houses.houses import MailServer, opened, with_settings
from tests.support.life.letters import all_messages, contents_of, letter
from tests.support.life.samples import PDF
from tests.support.life.stories import (
    A_MU_SUNG,
    MUONG_VI,
    Y_TY,
    every_notice,
    leave_only,
    morning,
    replay,
    send,
    versions_of,
)

THREE = tuple(f"1.2/{commune}/once" for commune in (A_MU_SUNG, MUONG_VI, Y_TY))
MAILS = ("2022-07-04", "2022-07-07", "2022-07-13", "2022-07-18", "2022-07-20")
"""Days on which something leaves."""
ANSWERS = {"2022-07-07": THREE[0], "2022-07-18": THREE[1]}
FEWEST = 20
LONGEST = {"sweep": 0.3, "deliver": 0.4, "submit": 0.3}
"""Seconds after which a process is killed at the latest; its work takes about half of that."""


@dataclass
class Killer:
    """Has one thing done after the other, however often its process is killed."""

    house: House
    file: Path
    chance: random.Random
    times: int
    """So often each thing is begun with a killer behind it, then once without."""
    kills: int = 0

    def lives(self) -> None:
        """Go through the days."""
        for day in MAILS:
            for what in ("sweep", "deliver"):
                for _ in range(self.times):
                    self.is_killed(what, day)
                assert not killed(start(self.house, what, day))
            if key := ANSWERS.get(day):
                self.answers(key, day)

    def answers(self, key: str, day: str) -> None:
        """Hand in until it is there, as somebody would who looks before they send again."""
        more = (key, str(self.file))
        for _ in range(self.times):
            self.is_killed("submit", day, *more)
            if versions_of(self.house, key):
                return
        assert not killed(start(self.house, "submit", day, "", *more))

    def is_killed(self, what: str, day: str, *more: str) -> None:
        """Begin something whose process is killed, unless it is done before."""
        dies = f"{self.chance.uniform(0.001, LONGEST[what]):.4f}"
        self.kills += killed(start(self.house, what, day, dies, *more))


@pytest.fixture
def plain(home: Path, configuration: Configuration) -> Iterator[House]:
    """Another house, in which nobody is killed."""
    with opened(configuration, f"sqlite:///{home / 'plain.db'}") as house:
        apart = with_settings(house, home=home / "plain", evidence_url=str(home / "plain" / "evidence"))
        tell(house.engine, keeper(apart.settings))  # the end of its journal stands in its own home
        initialise(apart)
        yield apart


def lives_in_peace(house: House, file: Path) -> None:
    leave_only(house, *THREE)
    for day in MAILS:
        replay(house, day, day)
        send(house, day)
        if key := ANSWERS.get(day):
            answer = Answer(text="Đã tuyên truyền", evidence=(file,))
            submit(house, key, key.split("/")[1], morning(day), answer)


def told(house: House) -> Counter[tuple[str, ...]]:
    """Every notice with what became of it."""
    return Counter(
        (n.key, n.leg, n.step, n.recipient_id, n.role, str(n.recorded_on), str(n.mail_on), n.state)
        for n in every_notice(house)
    )


def written(house: House) -> list[list[tuple[object, ...]]]:
    """The states of duties, the reports with their files, and the history."""
    of = obligations.c.id
    queries = (
        select(obligations.c.key, obligations.c.work_state, obligations.c.version),
        select(obligations.c.key, reports.c.version, reports.c.text, evidence.c.name, evidence.c.sha256)
        .select_from(reports)
        .join(obligations, of == reports.c.obligation_id)
        .join(evidence, evidence.c.report_id == reports.c.id),
        select(obligations.c.key, history.c.what, history.c.from_state, history.c.to_state)
        .select_from(history)
        .join(obligations, of == history.c.obligation_id),
    )
    with reading(house.engine) as connection:
        return [sorted(map(tuple, connection.execute(query)), key=repr) for query in queries]


def mails(house: House) -> Counter[tuple[str, str, str, str]]:
    return Counter((m.recipient_id, str(m.mail_on), m.state, str(m.subject)) for m in all_messages(house))


def killed_often(house: House, plain: House, smtp: MailServer, times: int, seed: int) -> int:
    """Compare a house whose processes are killed with one in peace; return how often one was killed."""
    file = house.settings.home / "scan.pdf"
    file.write_bytes(PDF)
    lives_in_peace(plain, file)
    leave_only(house, *THREE)
    killer = Killer(smtp.serving(house), file, random.Random(seed), times)
    killer.lives()

    assert told(house) == told(plain)
    assert written(house) == written(plain)
    assert mails(house) == mails(plain)
    assert verify(house).ok
    for _, _, _, name, digest in written(house)[1]:
        assert name == file.name
        assert b"".join(Vault(house.settings.evidence_url).chunks(str(digest))) == PDF
    came = Counter(str(letter(content)["Message-ID"]) for content in contents_of(smtp))
    assert set(came) == {m.message_id for m in all_messages(house) if m.state == "sent"}
    # Between "accepted" and "written down" a mail may come once more, with the same bytes.
    assert came.total() - len(came) <= killer.kills
    assert len({*contents_of(smtp)}) == len(came)
    return killer.kills


@pytest.mark.soak
def test_a_house_whose_processes_are_killed_ends_as_one_in_peace(
    any_house: House, plain: House, smtp: MailServer
) -> None:
    kills = killed_often(any_house, plain, smtp, 5, seed=239)
    print(f"{kills} kills")
    assert kills > FEWEST
