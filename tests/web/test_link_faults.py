"""Links that are forged, cut, expired, revoked, replayed or swapped: they open nothing and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from itsdangerous import Signer
from sqlalchemy import delete

from obligations.model import WorkState
from obligations.rights import Seat
from store.engine import writing
from store.schema import link_uses, links
from tasks_lib.access.revoke import revoke
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.links import Purpose, Wanted, issue, login_link
from tasks_lib.kernel.signing import SALT, secret_key, unsign
from tests.support.life.letters import messages_to
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SIGNED, at, replay, row
from tests.support.pages.unit import field, link_in, mail_to, number, opened, presses, two_communes
from tests.support.pages.visits import Site, visited

KEY, THEIRS = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
MADE, LATER = "2022-07-05T09:00", "2022-08-08T09:00"


@pytest.fixture
def site(house: House) -> Iterator[Site]:
    two_communes(house)
    replay(house, SIGNED, "2022-07-05")
    with visited(house, MADE) as open_site:
        yield open_site


def link(house: House, purpose: Purpose = Purpose.ANSWER) -> str:
    """The path of a link for A Mú Sung."""
    wanted = Wanted(purpose=purpose, agency=A_MU_SUNG, address=f"{A_MU_SUNG}@laocai.example")
    with writing(house.engine) as connection:
        return urlsplit(issue(connection, house, wanted, at(MADE), timedelta(days=30)).url).path


def test_an_expired_link_gives_the_typed_text_back_and_mails_a_new_one(site: Site) -> None:
    house = site.house
    clerk = site.by_path(link(house))
    typed = {
        **opened(clerk),
        field(house, KEY, "text"): "Đã phát thanh 12 buổi",
        field(house, KEY, "so-a"): "12",
        "do": f"send:{number(house, KEY)}",
    }
    site.clock.at(LATER)

    page = clerk.send("/don-vi", typed)

    assert page.status == 410
    assert "Đường dẫn đã hết hạn sử dụng" in page.text
    assert "Đã phát thanh 12 buổi" in page.html
    assert "Kết quả thực hiện" in page.text
    assert "Số liệu a" in page.text
    assert f"send:{number(house, KEY)}" not in page.html
    assert row(house, KEY).work_state == WorkState.OPEN
    assert "x0…@laocai.example" in page.text
    new = site.by_path(link_in(mail_to(house, A_MU_SUNG)))
    presses(new, f"send:{number(house, KEY)}", {field(house, KEY, "so-a"): "12"})
    assert row(house, KEY).work_state == WorkState.SUBMITTED


def test_opening_an_expired_link_mails_nothing_until_it_is_asked_for(site: Site) -> None:
    clerk = site.by_path(link(site.house))
    site.clock.at(LATER)

    page = clerk.get("/")
    assert page.status == 410
    assert "Gửi đường dẫn mới" in page.text
    assert messages_to(site.house, A_MU_SUNG) == []

    for _ in range(5):
        asked = clerk.post("/")

    assert asked.status == 410
    assert len(messages_to(site.house, A_MU_SUNG)) == 3  # so often within an hour, and no more


def test_a_renewed_link_is_for_what_the_old_one_was_for(site: Site) -> None:
    leader = site.by_path(link(site.house, Purpose.APPROVE))
    site.clock.at(LATER)

    leader.post("/")

    page = site.by_path(link_in(mail_to(site.house, A_MU_SUNG))).get("/")
    assert "Duyệt báo cáo" in page.text


@pytest.mark.parametrize("damage", ["cut", "changed", "made up"])
def test_a_forged_or_cut_link_opens_nothing(site: Site, damage: str) -> None:
    good = link(site.house)
    bad = {
        "cut": good[:-3],
        "changed": good[:-9] + ("A" if good[-9] != "A" else "B") + good[-8:],  # the last letter has idle bits
        "made up": "/l/abc.def",
    }

    page = site.by_path(bad[damage]).get("/")

    assert page.status == 403
    assert "không đúng hoặc bị cắt" in page.text
    assert "Gửi đường dẫn mới" not in page.text


def test_guessing_is_stopped_and_a_good_link_of_the_same_machine_still_opens(site: Site) -> None:
    guesser = site.by_path("/l/abc.def")
    for _ in range(30):
        assert guesser.get("/").status == 403

    assert guesser.get("/").status == 429
    assert site.by_path(link(site.house)).get("/").status == 200


def test_a_revoked_link_says_so_and_is_not_replaced(site: Site) -> None:
    clerk = site.by_path(link(site.house))
    revoke(site.house, A_MU_SUNG, "so-noi-vu", at(MADE))

    page = clerk.post("/don-vi", do="send")

    assert page.status == 410
    assert "đã được thu hồi" in page.text
    assert messages_to(site.house, A_MU_SUNG) == []


def test_a_login_link_is_no_link_to_a_form_and_the_other_way_round(site: Site) -> None:
    login = urlsplit(login_link(site.house, Seat.OFFICER, A_MU_SUNG, at(MADE)).url).path.rpartition("/")[2]
    answer = link(site.house).rpartition("/")[2]

    crossed = [site.by_path(f"/l/{login}").get("/"), site.by_path(f"/dang-nhap/{answer}").get("")]

    for page in crossed:
        assert page.status == 403
        assert "không dùng được ở đây" in page.text


def test_a_login_link_works_once(site: Site) -> None:
    path = urlsplit(login_link(site.house, Seat.OFFICER, A_MU_SUNG, at(MADE)).url).path
    door = site.by_path("")
    door.get(path)  # looking uses nothing up
    first = door.send(path, {"csrftoken": door.get(path).values("csrftoken")})

    again = site.by_path("")
    second = again.get(path)

    assert first.status == 200
    assert second.status == 410
    assert "mỗi đường dẫn chỉ dùng một lần" in second.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", f"/nhiem-vu/{THEIRS}"),
        ("get", f"/phieu/sheet/{MUONG_VI}/2022-07"),
        ("post", f"/phieu/sheet/{MUONG_VI}/2022-07"),
        ("get", f"/ky/report/{MUONG_VI}/2022-Q3-report"),
        ("post", f"/ky/report/{MUONG_VI}/2022-Q3-report/gui"),
        ("post", f"/duyet/{THEIRS}"),
        ("get", "/hang-doi"),
        ("get", "/duyet"),
    ],
)
def test_a_link_opens_nobody_elses_pages(site: Site, method: str, path: str) -> None:
    page = getattr(site.by_path(link(site.house)), method)(path)

    assert page.status == 403
    assert row(site.house, THEIRS).version == 0


def test_an_answer_for_another_units_task_changes_nothing(site: Site) -> None:
    clerk = site.by_path(link(site.house))
    swapped = {
        **opened(clerk),
        "viec": [f"{KEY}@0", f"{THEIRS}@0"],
        field(site.house, KEY, "text"): "Của mình",
        field(site.house, THEIRS, "text"): "Của xã khác",
        "do": "send",
    }

    page = clerk.send("/don-vi", swapped)

    assert page.status == 403
    assert "Của mình" in page.html
    assert (row(site.house, KEY).version, row(site.house, THEIRS).version) == (0, 0)


def forgotten(house: House) -> None:
    """A copy from before the links were mailed was restored."""
    with writing(house.engine) as connection:
        connection.execute(delete(link_uses))
        connection.execute(delete(links))


def test_a_link_whose_row_is_gone_is_known_as_ours_and_offers_a_new_one(site: Site) -> None:
    """It does not open by itself: whether it was revoked since is lost with its row."""
    clerk = site.by_path(link(site.house))
    forgotten(site.house)

    page = clerk.get("/")
    assert page.status == 410
    assert "không còn đường dẫn này" in page.text
    assert "Gửi đường dẫn mới" in page.text
    asked = clerk.post("/")

    assert "x0…@laocai.example" in asked.text
    new = site.by_path(link_in(mail_to(site.house, A_MU_SUNG)))
    assert new.get("/").status == 200


def test_a_lost_link_that_has_run_out_too_offers_a_new_one_as_any(site: Site) -> None:
    clerk = site.by_path(link(site.house))
    forgotten(site.house)
    site.clock.at(LATER)
    page = clerk.get("/")
    assert "đã hết hạn" in page.text
    assert "Gửi đường dẫn mới" in page.text


def test_a_lost_login_link_signs_nobody_in_and_mails_nothing(site: Site) -> None:
    path = urlsplit(login_link(site.house, Seat.OFFICER, A_MU_SUNG, at(MADE)).url).path
    forgotten(site.house)
    page = site.by_path(path).get("")
    assert page.status == 410
    assert "Gửi đường dẫn mới" not in page.text
    assert "Đề nghị đường dẫn đăng nhập mới" in page.text
    assert messages_to(site.house, A_MU_SUNG) == []


def test_a_link_mailed_by_an_earlier_version_still_opens(site: Site) -> None:
    """It carried its identifier alone."""
    signed = link(site.house).rpartition("/")[2]
    carried = unsign(site.house.settings, signed)
    assert carried is not None
    old = Signer(secret_key(site.house.settings), salt=SALT).sign(carried.token).decode()
    assert site.by_path(f"/l/{old}").get("/").status == 200


def test_the_longest_link_is_one_that_a_mail_can_bear(site: Site) -> None:
    longest = max(site.house.configuration.agencies, key=len)
    with writing(site.house.engine) as connection:
        wanted = Wanted(purpose=Purpose.APPROVE, agency=longest)
        path = urlsplit(issue(connection, site.house, wanted, at(MADE), timedelta(days=30)).url).path
    assert len(f"https://theodoi-kehoach.noivu.laocai.example{path}") < 200
