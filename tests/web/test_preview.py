"""The morning's preview over HTTP: what leaves, to whom, why; a mail kept back for the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from notifications.memory import MemoryTransport
from obligations.rights import Seat
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.mail_reasons import in_words
from tasks_lib.mailing.preview import preview
from tests.support.life.letters import all_messages
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    leave_only,
    replay,
    replay_with_mail,
    send,
)
from tests.support.pages.visits import Site, visited

TODAY = "/thu-hom-nay"
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    """Before the mail of 7/7 leaves: two communes are to be reminded of 1.2."""
    leave_only(house, ONE, TWO)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    replay(house, "2022-07-07", "2022-07-07")
    with visited(house, "2022-07-07T07:00") as open_site:
        yield open_site


def sent_on(house: House, day: str) -> list[str]:
    return [m.recipient_id for m in all_messages(house) if str(m.mail_on) == day and m.state == "sent"]


def test_the_preview_says_to_whom_and_why_and_changes_nothing(site: Site) -> None:
    before = len(all_messages(site.house))
    shown = site.login(Seat.COORDINATOR).get(TODAY)

    assert "Thứ Năm, ngày 07/7/2022: 02 thư sẽ gửi" in shown.text
    assert shown.values("recipient") == ["tat-ca", A_MU_SUNG, MUONG_VI]
    assert "nhiệm vụ 1.2, xã A Mú Sung, trước hạn 05 ngày làm việc" in shown.text
    assert "[KH 239] Hạn 14/7: nhiệm vụ 1.2 - UBND xã A Mú Sung" in shown.text
    assert len(all_messages(site.house)) == before


def test_the_whole_text_of_a_mail_stands_on_a_page_of_its_own(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    whole = coordinator.get(f"{TODAY}/{A_MU_SUNG}")
    (mail,) = [m for m in preview(site.house, site.clock().date()).mails if m.recipient == A_MU_SUNG]

    # Links are made for good only when a mail is composed; those of a rehearsal open nothing.
    words = [" ".join(part.split()) for part in re.split(r"http\S+", mail.text)]
    assert len(words) > 1
    assert all(part in whole.text for part in words)
    assert "Không có thư nào gửi UBND huyện Bát Xát" in coordinator.get(f"{TODAY}/{BAT_XAT}").text
    assert coordinator.get(f"{TODAY}/nobody").status == 404


def test_a_held_mail_stays_that_day_and_leaves_on_the_next(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    held = coordinator.post(f"{TODAY}/giu", recipient=A_MU_SUNG, reason="đang xác minh số văn bản")

    assert "Đã giữ lại thư của 01 nơi nhận" in held.text
    assert "đang xác minh số văn bản (Sở Nội vụ, 07:00 ngày 07/7/2022)" in held.text
    send(site.house, "2022-07-07")
    assert sent_on(site.house, "2022-07-07") == [MUONG_VI]
    send(site.house, "2022-07-08")
    assert sent_on(site.house, "2022-07-08") == [A_MU_SUNG]


def test_all_are_held_by_one_tick_and_lifted_again(site: Site) -> None:
    director = site.login(Seat.DIRECTOR)
    held = director.post(f"{TODAY}/giu", recipient="tat-ca", reason="chờ ý kiến Giám đốc")
    assert "(giữ lại 02)" in held.text

    lifted = director.post(f"{TODAY}/bo-giu", recipient=[A_MU_SUNG, MUONG_VI])

    assert "Đã bỏ giữ 02 nơi nhận" in lifted.text
    send(site.house, "2022-07-07")
    assert sorted(sent_on(site.house, "2022-07-07")) == [A_MU_SUNG, MUONG_VI]


def test_a_hold_needs_a_reason_and_somebody_and_gives_back_what_was_ticked(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)
    reasonless = coordinator.post(f"{TODAY}/giu", recipient=MUONG_VI, reason="")
    nobody = coordinator.post(f"{TODAY}/giu", reason="có lý do")

    assert (reasonless.status, nobody.status) == (409, 409)
    assert f'value="{MUONG_VI}" checked' in reasonless.html
    assert "có lý do" in nobody.html
    send(site.house, "2022-07-07")
    assert len(sent_on(site.house, "2022-07-07")) == 2


def test_what_left_before_the_hold_is_named(site: Site) -> None:
    send(site.house, "2022-07-07")
    coordinator = site.login(Seat.COORDINATOR)

    assert "00 thư còn chờ gửi; đã gửi 02 thư trong ngày" in coordinator.get(TODAY).text
    held = coordinator.post(f"{TODAY}/giu", recipient=A_MU_SUNG, reason="muộn")
    assert "đã gửi trước khi giữ: UBND xã A Mú Sung" in held.text


def test_who_runs_the_system_may_look_and_not_hold(site: Site) -> None:
    ops = site.login(Seat.OPS)
    shown = ops.get(TODAY)

    assert shown.status == 200
    assert shown.values("recipient") == []
    assert ops.post(f"{TODAY}/giu", recipient=A_MU_SUNG, reason="x").status == 403
    assert site.login(Seat.DESK, BAT_XAT).get(TODAY).status == 403


def test_a_day_off_says_until_when_mail_waits_and_no_far_day_is_rehearsed(site: Site) -> None:
    coordinator = site.login(Seat.COORDINATOR)

    assert "thư giữ đến 07:30 ngày 11/7/2022" in coordinator.get(f"{TODAY}?ngay=2022-07-09").text
    ahead = coordinator.get(f"{TODAY}?ngay=2022-07-13")
    assert "Thư sẽ gửi" in ahead.text
    assert "trước hạn 01 ngày làm việc" in ahead.text
    assert ahead.values("recipient") == []
    for day in ("2022-07-06", "2022-09-30", "hôm nay"):
        assert coordinator.get(f"{TODAY}?ngay={day}").status == 404


def test_reasons_are_said_in_words(house: House) -> None:
    assert in_words(house, f"sheet/{BAT_XAT}/2022-07 sheet") == "phiếu tháng, Bát Xát, nhắc phiếu tháng"
    assert in_words(house, f"report/{SO_NOI_VU}/2022-Q3-report +1") == (
        "báo cáo kỳ, Sở Nội vụ, quá hạn 01 ngày làm việc"
    )
    assert in_words(house, f"row/1.3/{A_MU_SUNG}/2022-Q3-report list").startswith(
        "nhiệm vụ 1.3, xã A Mú Sung"
    )
