"""Whatever goes wrong with one message parks that one, with its reason, and the others leave."""

from __future__ import annotations

import json

import pytest

from cli.main import REFUSED, run
from notifications.memory import MemoryTransport
from notifications.outgoing import Outcome, Outgoing
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tests.support.life.letters import all_messages
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, Y_TY, morning, reminders_of_7_july
from tests.support.mailing.parked import refuse_the_words_to

THREE = tuple(f"1.2/{c}/once" for c in (A_MU_SUNG, MUONG_VI, Y_TY))
AT = morning("2022-07-07")


class Stumbling(MemoryTransport):
    """Fails on one recipient in a way nobody has thought of."""

    def send(self, message: Outgoing) -> Outcome:
        if MUONG_VI in message.message_id:
            raise RuntimeError("chưa ai nghĩ tới; https://dondoc.example/l/bi-mat")
        return super().send(message)


def test_a_fault_nobody_thought_of_while_sending_parks_that_message(any_house: House) -> None:
    reminders_of_7_july(any_house, *THREE)
    post = Stumbling()

    report = deliver(any_house, AT, transport=post)

    assert (report.sent, report.held, report.went_wrong) == (2, 1, True)
    (held,) = (m for m in all_messages(any_house) if m.state == "held")
    assert held.recipient_id == MUONG_VI
    assert held.error == "không soạn được thư: dữ liệu của thư có lỗi (RuntimeError: chưa ai nghĩ tới; …)"
    assert deliver(any_house, AT, transport=post).held == 0


def test_a_fault_in_the_database_parks_its_message_and_poisons_no_other(any_house: House) -> None:
    reminders_of_7_july(any_house, *THREE)
    refuse_the_words_to(any_house, MUONG_VI)
    post = MemoryTransport()

    report = deliver(any_house, AT, transport=post)

    assert (report.sent, report.held) == (2, 1)
    (held,) = (m for m in all_messages(any_house) if m.state == "held")
    assert held.recipient_id == MUONG_VI
    assert held.error.startswith("không soạn được thư: cơ sở dữ liệu không nhận nội dung thư (")
    assert {m.recipient_id for m in all_messages(any_house) if m.state == "sent"} >= {A_MU_SUNG, Y_TY}


def test_scripts_are_told_of_a_parked_message_by_number_and_exit_status(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    reminders_of_7_july(house, *THREE)
    refuse_the_words_to(house, MUONG_VI)
    command = ["deliver", "--json", "--as-of", "2022-07-07"]

    assert run(command) == REFUSED
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert (document["sent"], document["held"], document["stopped"]) == (2, 1, None)
    assert printed.err.splitlines() == ["Giữ lại 1 thư không soạn được; lý do: dondoc messages --state held"]

    assert run(command) == 0
    assert json.loads(capsys.readouterr().out)["held"] == 0
