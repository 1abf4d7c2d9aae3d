"""Sở Nội vụ's Monday table: true counts by district and tier, the worst fifty, all lines in the workbook."""

from datetime import date

from notifications.memory import MemoryTransport
from obligations.reasons import DelayReason
from store.engine import writing
from store.schema import notices
from tasks_lib.answering.explain import Explanation, explain
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.life.letters import all_messages, letter, messages_to, table_beside, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    communes,
    communes_of,
    leave_only,
    morning,
    replay,
    replay_with_mail,
    reports_in,
    row,
)

WAITS = Explanation(reason=DelayReason.GUIDANCE)


def _table(content: bytes) -> list[tuple[object, ...]]:
    return [tuple(values) for values in table_beside(content).worksheets[0].iter_rows(values_only=True)]


def _digest(house: House, day: str) -> bytes:
    found = next(m for m in messages_to(house, SO_NOI_VU) if str(m.mail_on) == day)
    content: bytes = found.content
    return content


def test_mondays_table_counts_by_tier_and_place(house: House) -> None:
    bat_xat = [f"1.2/{c}/once" for c in communes_of(house, BAT_XAT)]
    van_ban = [f"1.2/{c}/once" for c in communes_of(house, "h089-2022")]
    leave_only(house, *bat_xat, *van_ban)
    replay(house, SIGNED, "2022-07-06")
    for key in (*bat_xat[:-3], *van_ban[:-4]):
        reports_in(house, key, "2022-07-06T09:00")
    reports_in(house, bat_xat[-3], "2022-07-06T10:00")
    replay_with_mail(house, "2022-07-07", "2022-07-25", MemoryTransport())

    content = _digest(house, "2022-07-25")
    text = text_of(content)
    done = len(bat_xat) + len(van_ban) - 6
    assert "06 quá hạn (xã 06)" in str(letter(content)["Subject"])
    assert f"đến hạn {done + 6:02d}: đúng hạn {done:02d}, chưa hoàn thành 06." in text
    assert "Quá hạn: 06 nội dung (xã 06), đều đã quá 05 ngày làm việc" in text
    assert "chưa đến hạn" not in text
    assert "Tuần trước: 06 (sáng 18/7/2022); trong tuần: không đổi" in text
    assert "Văn Bàn: quá hạn 04 (04 đơn vị)" in text
    assert text.index("Văn Bàn: quá hạn 04") < text.index("Bát Xát: quá hạn 02 (02 đơn vị)")
    assert f"Toàn tỉnh: quá hạn 06 (06 đơn vị); đúng hạn/đến hạn {done:02d}/{done + 6:02d}" in text
    assert "Sở, ban, ngành" not in text


def test_the_workbook_has_every_line_and_the_mail_the_numbers(house: House) -> None:
    everyone = [f"1.2/{c}/once" for c in communes(house)]
    leave_only(house, *everyone)
    replay(house, SIGNED, "2022-07-24")
    sweep(house, morning("2022-07-25"))
    _only_so_noi_vu_is_written_to(house)
    deliver(house, morning("2022-07-25"), transport=MemoryTransport())

    content = _digest(house, "2022-07-25")
    rows = _table(content)
    assert sum(str(row[1]).startswith("UBND ") for row in rows) == 152
    assert sum("UBND xã A Mú Sung" in row for row in rows) == 1
    assert "UBND xã" not in text_of(content)
    assert "TP. Lào Cai: quá hạn" in text_of(content)
    assert "TX. Sa Pa: quá hạn" in text_of(content)
    assert "152 quá hạn (xã 152)" in str(letter(content)["Subject"])


def _only_so_noi_vu_is_written_to(house: House) -> None:
    """The earlier mails have left; rendering hundreds of them proves nothing here."""
    with writing(house.engine) as connection:
        connection.execute(notices.update().where(notices.c.recipient_id != SO_NOI_VU).values(state="sent"))


def test_a_department_a_district_and_a_commune_are_counted_each_in_its_tier(house: House) -> None:
    keys = (f"4.6/{A_MU_SUNG}/once", f"4.6/{BAT_XAT}/once", f"6.2/{SO_Y_TE}/once")
    leave_only(house, *keys)
    replay_with_mail(house, "2022-09-01", "2022-10-10", MemoryTransport())

    content = _digest(house, "2022-10-10")
    assert "03 quá hạn (sở 01, huyện 01, xã 01)" in str(letter(content)["Subject"])
    assert "Sở Y tế 01" in text_of(content)


def test_done_late_and_not_done_stay_apart(house: House) -> None:
    late, never = (f"1.2/{c}/once" for c in communes_of(house, BAT_XAT)[:2])
    leave_only(house, late, never)
    replay_with_mail(house, SIGNED, "2022-07-19", MemoryTransport())
    reports_in(house, late, "2022-07-19T10:00")
    explain(house, never, row(house, never).agency_id, morning("2022-07-20"), WAITS)
    accept(house, Decision(key=late, by=BAT_XAT, as_of=morning("2022-07-20")))

    replay_with_mail(house, "2022-07-20", "2022-07-25", MemoryTransport())

    text = text_of(_digest(house, "2022-07-25"))
    assert "đến hạn 02: sau thời hạn 01, chưa hoàn thành 01" in text
    assert "Tuần trước: 02 (sáng 18/7/2022); trong tuần: đã xong 01" in text
    assert "Lý do chậm mới nêu: 01" in text

    replay_with_mail(house, "2022-07-26", "2022-08-01", MemoryTransport())
    assert "Lý do chậm mới nêu" not in text_of(_digest(house, "2022-08-01"))


def test_what_falls_due_this_week_is_named(house: House) -> None:
    leave_only(house, f"1.2/{A_MU_SUNG}/once", f"3.1/{A_MU_SUNG}/once", f"3.1/{BAT_XAT}/once")
    replay_with_mail(house, SIGNED, "2022-07-25", MemoryTransport())

    text = text_of(_digest(house, "2022-07-25"))
    assert (
        "nhiệm vụ 3.1 của cấp xã (đề nghị 26/7, đã có 00/01); nhiệm vụ 3.1 của cấp huyện (29/7, đã có 00/01)"
    ) in text


def test_a_same_day_mail_leaves_mondays_lines_for_monday(house: House) -> None:
    """On Tuesday 2/8 the +5 of 3.1 goes at once; the +5 of the own plan, recorded 21/7, went on 25/7."""
    same_day, weekly = f"4.6/{BAT_XAT}/once", f"4.6/{A_MU_SUNG}/once"
    leave_only(house, same_day, weekly)
    replay_with_mail(house, "2022-09-01", "2022-10-10", MemoryTransport())

    to_so_noi_vu = [m for m in all_messages(house) if m.recipient_id == SO_NOI_VU]
    # Last day 29/9: +4 of the district is 5/10, +5 of the commune 6/10, its mail on Monday 10/10.
    assert [m.mail_on for m in to_so_noi_vu] == [date(2022, 10, 5), date(2022, 10, 10)]
    assert "UBND xã A Mú Sung" not in text_of(to_so_noi_vu[0].content)


def test_nothing_late_and_nothing_waiting_no_digest(house: House) -> None:
    key = f"1.2/{A_MU_SUNG}/once"
    leave_only(house, key)
    replay_with_mail(house, SIGNED, "2022-07-06", MemoryTransport())
    reports_in(house, key, "2022-07-06T09:00")
    accept(house, Decision(key=key, by=BAT_XAT, as_of=morning("2022-07-07")))

    replay_with_mail(house, "2022-07-07", "2022-08-31", MemoryTransport())

    assert messages_to(house, SO_NOI_VU) == []
