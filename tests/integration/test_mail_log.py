"""The mail log: on disk the moment a server said yes, and believed after a crash."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from obligations.errors import Unavailable
from store.engine import writing
from tasks_lib.access.login import request_login
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.mail_hold import hold_mail
from tasks_lib.mailing.mail_log import FOLDER, lines_of
from tasks_lib.mailing.notes import deliver_notes
from tests.support.houses.another import AFTER_ACCEPTING, AFTER_LOGGED, killed, start
from tests.support.houses.houses import MailServer
from tests.support.life.letters import all_messages, contents_of
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, Y_TY, leave_only, morning, replay, send

DAY = "2022-07-07"
THREE = tuple(f"1.2/{commune}/once" for commune in (A_MU_SUNG, MUONG_VI, Y_TY))


def written(house: House) -> list[dict[str, object]]:
    path = house.settings.home / FOLDER / "2022-07.jsonl"
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]


def three_reminders(house: House) -> None:
    leave_only(house, *THREE)
    replay(house, "2022-07-04", DAY)


def test_each_accepted_mail_is_a_line_that_names_what_it_told(any_house: House, smtp: MailServer) -> None:
    three_reminders(any_house)
    send(smtp.serving(any_house), DAY)
    found = {line["recipient"]: line for line in written(any_house)}
    assert set(found) == {A_MU_SUNG, MUONG_VI, Y_TY}
    line = found[MUONG_VI]
    assert line["at"] == "2022-07-07T07:30:00+07:00"
    assert line["message_id"] == f"<239-2022.{MUONG_VI}.20220707.1@laocai.example>"
    (taken,) = line["taken"]  # type: ignore[misc]
    assert (taken["address"], taken["code"]) == (f"{MUONG_VI}@laocai.example", 250)
    assert [f"1.2/{MUONG_VI}/once", "lead", "-5"] in line["said"]["notices"]  # type: ignore[index]


def test_what_was_refused_is_no_line(house: House, smtp: MailServer) -> None:
    three_reminders(house)
    smtp.box.refused[f"{MUONG_VI}@laocai.example"] = "550 5.1.1 no such user"
    send(smtp.serving(house), DAY)
    assert {line["recipient"] for line in written(house)} == {A_MU_SUNG, Y_TY}


def test_a_run_that_died_between_logged_and_marked_sends_nothing_twice(
    any_house: House, smtp: MailServer
) -> None:
    """The log has the line, the database does not: the log is believed."""
    served = smtp.serving(any_house)
    three_reminders(any_house)
    assert killed(start(served, "deliver", DAY, AFTER_LOGGED))
    assert len(written(any_house)) == len(smtp.box.taken) == 1
    assert {m.state for m in all_messages(any_house)} == {"sending"}

    assert send(served, DAY).sent == 2
    assert len(set(contents_of(smtp))) == len(smtp.box.taken) == 3
    assert {m.state for m in all_messages(any_house)} == {"sent"}
    assert send(served, DAY).sent == 0


def test_a_line_that_a_crash_cut_off_spoils_no_other(house: House, smtp: MailServer) -> None:
    served = smtp.serving(house)
    three_reminders(house)
    path = house.settings.home / FOLDER / "2022-07.jsonl"
    path.parent.mkdir()
    path.write_text('{"at":"2022-07-06T0', encoding="utf-8")
    send(served, DAY)
    instance = str(json.loads(path.read_text(encoding="utf-8").splitlines()[-1])["instance"])
    assert len(lines_of([path.parent], instance)) == 3


def test_where_the_log_cannot_be_written_nothing_is_sent(house: House, smtp: MailServer) -> None:
    three_reminders(house)
    (house.settings.home / FOLDER).write_text("in the way", encoding="utf-8")
    with pytest.raises(Unavailable, match="chưa gửi thư nào"):
        send(smtp.serving(house), DAY)
    assert smtp.box.taken == []


def test_killed_after_accepting_it_still_repeats_at_most_once(any_house: House, smtp: MailServer) -> None:
    served = smtp.serving(any_house)
    three_reminders(any_house)
    assert killed(start(served, "deliver", DAY, AFTER_ACCEPTING))
    send(served, DAY)
    assert len(contents_of(smtp)) == 4


def test_on_hold_nothing_leaves_and_it_is_said(any_house: House, smtp: MailServer) -> None:
    three_reminders(any_house)
    with writing(any_house.engine) as connection:
        hold_mail(connection, morning("2022-07-06"), morning(DAY))
    report = send(smtp.serving(any_house), DAY)
    assert report.as_json()["on_hold"] == "2022-07-07T07:30:00+07:00"
    assert (report.bundled, smtp.box.taken) == (0, [])


def test_the_bytes_of_a_login_mail_are_not_kept_once_it_is_sent(any_house: House, smtp: MailServer) -> None:

    at = morning(DAY)
    assert request_login(any_house, f"lanhdao.{MUONG_VI}@laocai.example", at) == 1
    (before,) = all_messages(any_house)
    assert before.content
    deliver_notes(smtp.serving(any_house), at)
    (after,) = all_messages(any_house)
    assert (len(smtp.box.taken), after.state, after.content) == (1, "sent", None)


def test_a_login_mail_that_ran_out_unsent_is_forgotten_too(any_house: House, smtp: MailServer) -> None:

    at = morning(DAY)
    request_login(any_house, f"lanhdao.{MUONG_VI}@laocai.example", at)
    deliver_notes(smtp.serving(any_house), at + timedelta(hours=3))
    (after,) = all_messages(any_house)
    assert (smtp.box.taken, after.state, after.content) == ([], "cancelled", None)
