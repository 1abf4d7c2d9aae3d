"""Invited bodies are not assigned work: one polite request before a cycle, nothing after it."""

from notifications.memory import MemoryTransport
from tasks_lib.answering.submit import Answer, submit
from tasks_lib.kernel.bootstrap import House
from tasks_lib.rounds.outlook import REQUEST, duty_outlooks, outlooks
from tests.support.life.letters import letter, text_of
from tests.support.life.stories import (
    SO_NOI_VU,
    Told,
    at,
    leave_only,
    morning,
    notices_of,
    replay,
    replay_with_mail,
    row,
)

COURT, ELECTRICITY, INSURANCE = "toa-an-nhan-dan-tinh", "cong-ty-dien-luc-lao-cai", "bao-hiem-xa-hoi-tinh"
FRONT, PRESS, NETWORKS = "ubmttq-tinh", "bao-lao-cai", "nha-mang-vien-thong"
ASKED = f"row/3.4/{COURT}/2022-Q3-report"
NEVER_SAID = ("quá hạn", "đôn đốc", "xử lý", "chưa ghi nhận")


ROWS = [
    ASKED,
    f"row/6.1/{INSURANCE}/2022-Q3-report",
    f"row/6.6/{ELECTRICITY}/2022-Q3-report",
    f"row/III.1/{FRONT}/2022-Q3-report",
    f"row/III.5/{PRESS}/2022-Q3-report",
    f"row/8.5/{NETWORKS}/2022-Q3-report",
]


def test_one_request_before_each_cycle_and_nothing_after(any_house: House) -> None:
    rows = ROWS
    leave_only(any_house, *rows)

    replay(any_house, "2022-08-15", "2022-10-31")

    for key in rows:
        (told,) = notices_of(any_house, key)
        assert told == Told(told.day, "-10", "self", key.split("/")[2])
        assert told.day < str(row(any_house, key).last_day)


def test_the_request_is_polite(house: House) -> None:
    leave_only(house, ASKED)
    post = MemoryTransport()

    replay_with_mail(house, "2022-08-15", "2022-09-30", post)

    request = next(m for m in post.sent if COURT in m.message_id)
    text = text_of(request.content)
    assert "trân trọng đề nghị" in text.lower()
    assert "phối hợp, cung cấp" in text
    assert [word for word in NEVER_SAID if word in text.lower()] == []
    assert "Đề nghị phối hợp, 14/9: 3.4 - Tòa án nhân dân tỉnh" in str(letter(request.content)["Subject"])


def test_all_six_get_one_mail_each_and_what_is_missing_is_named(house: House) -> None:
    """Whom the plan gives nothing to lead is asked for what part III or an item names it in."""
    leave_only(house, *ROWS)
    post = MemoryTransport()

    replay_with_mail(house, "2022-08-15", "2022-09-19", post)

    bodies = (COURT, INSURANCE, ELECTRICITY, FRONT, PRESS, NETWORKS)
    mails = {body: [m for m in post.sent if f".{body}." in m.message_id] for body in bodies}
    assert {body: len(found) for body, found in mails.items()} == dict.fromkeys(bodies, 1)
    front, networks = (text_of(mails[body][0].content) for body in (FRONT, NETWORKS))
    assert "trân trọng đề nghị" in front.lower()
    assert (
        "Ban Thanh tra nhân dân, Ban giám sát đầu tư cộng đồng; số liệu về đối tượng khảo sát PAPI" in front
    )
    assert "Sử dụng internet tại địa phương" in networks
    said = [word for word in NEVER_SAID if word in (front + networks).lower()]
    assert said == []
    digest = text_of(next(m for m in post.sent if f".{SO_NOI_VU}." in m.message_id).content)
    for name in ("Tòa án nhân dân tỉnh", "Ủy ban Mặt trận Tổ quốc", "Báo Lào Cai", "doanh nghiệp viễn thông"):
        assert digest.count(name) == 1, name
    # Item 8.5 is Sở Thông tin và Truyền thông's: who is only asked is not counted with it.
    assert outlooks(house, morning("2022-09-14"), "8.5")["8.5"].opened == 0
    assert duty_outlooks(house, morning("2022-09-14"))[REQUEST].opened == len(ROWS)
    done = submit(house, ROWS[-1], SO_NOI_VU, at("2022-09-19T09:00"), Answer(text="Công văn 7/VT"))
    assert done.work_state == "accepted"


def test_what_is_missing_is_a_line_for_so_noi_vu_without_a_red_mark(house: House) -> None:
    leave_only(house, ASKED)
    post = MemoryTransport()
    replay_with_mail(house, "2022-08-15", "2022-09-19", post)

    digest = text_of(next(m for m in post.sent if f".{SO_NOI_VU}." in m.message_id).content)
    assert "Cơ quan phối hợp chưa cung cấp: Tòa án nhân dân tỉnh (Quý III năm 2022)." in digest
    assert outlooks(house, morning("2022-09-19"), "3.4")["3.4"].late == 0
    assert duty_outlooks(house, morning("2022-09-19"))[REQUEST].late == 0


def test_supplied_it_is_entered_by_so_noi_vu_and_the_line_goes(house: House) -> None:
    leave_only(house, ASKED)
    replay(house, "2022-08-15", "2022-09-12")

    done = submit(house, ASKED, SO_NOI_VU, at("2022-09-12T09:00"), Answer(text="Công văn 12/TA"))

    assert done.work_state == "accepted"
    post = MemoryTransport()
    replay_with_mail(house, "2022-09-13", "2022-09-19", post)
    assert not any("Tòa án nhân dân tỉnh" in text_of(m.content) for m in post.sent)
