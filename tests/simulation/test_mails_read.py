"""A replay's mails as those who get them read them: how long, what they say, which belong together."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from config.load import Configuration
from notifications.headlines import SUBJECT_WIDTH
from tasks_lib.simulation.simulate import simulate
from tests.support.mailing.read_mails import Read, all_read, replayed_in

SIGNED, MONDAY = date(2022, 6, 30), date(2022, 7, 11)
REMINDER_WORDS = 120
PAGE_WORDS = 400
TOLD_ONCE = 0.97
"""So many subjects at least fit; the rest belongs to bodies whose names alone are too long."""


@pytest.fixture(scope="module")
def read(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    """Every mail of the plan's first days, opening letters, reminders and a Monday among them."""
    folder: Path = tmp_path_factory.mktemp("read")
    with replayed_in(folder, configuration) as scratch:
        simulate(scratch, SIGNED, MONDAY, "mixed", 1)
        return all_read(scratch)


def test_subjects_begin_with_the_day_and_are_never_cut(read: list[Read]) -> None:
    subjects = [mail.head["Subject"] for mail in read]
    assert len(subjects) > 400
    assert [s for s in subjects if s.endswith("…")] == []
    short = [s for s in subjects if len(s) <= SUBJECT_WIDTH]
    assert len(short) / len(subjects) > TOLD_ONCE
    reminders = [mail.head["Subject"] for mail in read if mail.kinds == {"remind"}]
    assert [s for s in reminders if not re.match(r"\[KH 239\] (Hạn|Chậm nhất) \d\d/\d+: ", s)] == []
    assert "[KH 239] Hạn 14/7: nhiệm vụ 1.2 - UBND xã A Mú Sung" in reminders


def test_a_reminder_of_one_duty_has_at_most_120_words(read: list[Read]) -> None:
    # A desk's weekly line on what waits for it stands below, and is counted with the desk's own mails.
    alone = [mail for mail in read if mail.kinds == {"remind"} and mail.duties == 1]
    found = [mail for mail in alone if "đang chờ" not in mail.text]
    assert len(found) > 100
    too_long = {f"{mail.recipient} {mail.on}": mail.words for mail in found if mail.words > REMINDER_WORDS}
    assert too_long == {}


def test_an_opening_letter_is_one_page_and_names_all_that_a_commune_does(read: list[Read]) -> None:
    letters = {mail.recipient: mail for mail in read if mail.kinds == {"opening"} and mail.duties > 1}
    assert len(letters) > 180
    assert {who: m.words for who, m in letters.items() if m.words > PAGE_WORDS} == {}
    commune = " ".join(letters["x02686-2022"].text.split())
    for item in ("2.1", "2.6", "6.1", "6.5", "6.6", "6.8", "7.1", "7.2", "8.1", "8.2", "8.3"):
        assert f" {item} " in commune.partition("Thực hiện cùng cơ quan chủ trì")[2]
    assert "Chủ tịch xem xét bảng theo dõi hằng tháng: đề nghị ngày 10 tháng sau." in commune
    assert "Báo cáo Quý III năm 2022 (chốt số liệu 07/9): đề nghị 09/9." in commune


def test_the_first_mail_to_so_noi_vu_begins_with_what_is_urgent(read: list[Read]) -> None:
    first = next(mail for mail in read if mail.recipient == "so-noi-vu")
    assert first.head["Subject"] == "[KH 239] Hạn 04/7: nhiệm vụ 1.1 mới giao - Sở Nội vụ"
    assert "Việc: 1.1" in first.text
    # A table in which nothing stands yet says nothing.
    assert "TỔNG HỢP" not in first.text


def test_the_steps_of_one_task_to_one_recipient_are_one_thread(read: list[Read]) -> None:
    by_id = {mail.head["Message-ID"]: mail for mail in read}
    answered = [mail for mail in read if mail.head["References"]]
    assert answered
    for mail in answered:
        earlier = [by_id[each] for each in mail.head["References"].split()]
        assert {each.recipient for each in earlier} == {mail.recipient}
        assert all(each.on <= mail.on for each in earlier)
        assert mail.head["In-Reply-To"] == earlier[-1].head["Message-ID"]
    # An opening letter speaks of everything, and begins no thread.
    assert not {each for mail in answered for each in mail.head["References"].split()} & {
        mail.head["Message-ID"] for mail in read if mail.kinds == {"opening"}
    }


def test_days_of_ours_are_never_overdue_by_the_plan(read: list[Read]) -> None:
    plans = [mail for mail in read if mail.kinds == {"remind"} and "kế hoạch" in mail.head["Subject"]]
    assert plans
    for mail in plans:
        assert str(mail.head["Subject"]).startswith("[KH 239] Chậm nhất ")
        assert "Đề nghị chậm nhất: " in mail.text
        assert "quá hạn" not in mail.text
