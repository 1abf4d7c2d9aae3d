"""Who is told what in whose name, and which days are the plan's and which are only asked for."""

import re
from datetime import date

from notifications.memory import MemoryTransport
from store.schema import obligations
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.bootstrap import House
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    keys,
    leave_only,
    morning,
    replay_with_mail,
    reports_in,
)


def sent(house: House, recipient: str, day: str) -> list[str]:
    """The texts of what somebody was sent on a day."""
    return [text_of(m.content) for m in messages_to(house, recipient) if str(m.mail_on) == day]


def test_on_a_monday_the_director_is_written_to_apart_from_mondays_table(house: House) -> None:
    leave_only(house, f"III.3.b/{SO_NOI_VU}/once")
    event = Event(item="2.5", agency=MUONG_VI, on=date(2022, 9, 6), title="Phương án bồi thường")
    record_event(house, event, MUONG_VI, morning("2022-09-07"))
    replay_with_mail(house, "2022-09-07", "2022-10-03", MemoryTransport())

    personal, table = (m for m in messages_to(house, SO_NOI_VU) if str(m.mail_on) == "2022-10-03")
    assert "Kính gửi: Đồng chí Giám đốc Sở Nội vụ" in text_of(personal.content)
    (director,) = personal.addresses
    assert director not in table.addresses
    assert "Số liệu chốt lúc" in text_of(table.content)
    assert "III.3.b" not in text_of(table.content)


def test_a_superior_reads_which_day_is_asked_for_and_which_is_the_plans(house: House) -> None:
    inner, cycle = f"3.1/{A_MU_SUNG}/once", f"report/{A_MU_SUNG}/2022-Q3-report"
    leave_only(house, inner, cycle, f"3.1/{MUONG_VI}/once", f"report/{MUONG_VI}/2022-Q3-report")
    replay_with_mail(house, SIGNED, "2022-08-01", MemoryTransport())
    (text,) = sent(house, BAT_XAT, "2022-08-01")
    # The day asked for was 26/7; by now the plan's own has passed, and that is what they are late against.
    assert "hạn cuối 29/7 (Kế hoạch ghi “Báo cáo kết quả về Sở Nội vụ trước" in text
    assert "nhiệm vụ 3.1 (quá hạn 01 ngày làm việc)" in text
    replay_with_mail(house, "2022-08-02", "2022-09-08", MemoryTransport())
    reports_in(house, f"report/{MUONG_VI}/2022-Q3-report", "2022-09-08T10:00")
    replay_with_mail(house, "2022-09-09", "2022-09-13", MemoryTransport())
    (text,) = sent(house, BAT_XAT, "2022-09-13")
    assert "đề nghị 09/9 (hạn của Kế hoạch: 14/9)" in text
    assert "(kịp ngày đề nghị 01)" in text
    assert "quá hạn" not in text
    # What waits is listed under its own heading, and not counted once more.
    assert "Báo cáo đang chờ" not in text


def test_an_opening_letter_tells_a_district_and_a_department_what_they_carry_out(house: House) -> None:
    leave_only(house, *keys(house, obligations.c.agency_id.in_((BAT_XAT, SO_Y_TE))))
    replay_with_mail(house, SIGNED, "2022-07-04", MemoryTransport())

    for unit, items in ((BAT_XAT, 12), (SO_Y_TE, 3)):
        (text,) = sent(house, unit, "2022-07-04")
        listed = text.partition("4. Thực hiện cùng cơ quan chủ trì")[2].partition("5. ")[0]
        assert len(re.findall(r"\b\d\.\d ", listed)) == items
        assert "trực thuộc" not in text
        assert "đồng chí cán bộ" not in text
