"""What happens in the eventful half-year: addresses break, people act, days move, events are written down."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Protocol

from sqlalchemy import select

from notifications.bounces import Raw
from obligations.calendar import ZONE
from obligations.errors import DomainError
from obligations.model import Contact
from obligations.rights import Seat
from store.engine import reading, writing
from store.schema import message_contents, messages, obligations
from tasks_lib.access.contact_changes import Decider, confirm_changes, proposals_as_json
from tasks_lib.access.contacts import Giver, save_contacts
from tasks_lib.access.login import request_login
from tasks_lib.access.official_address import Setting, set_addresses
from tasks_lib.answering.assign import Passing, pass_on
from tasks_lib.answering.drafts import Decision as Draft
from tasks_lib.answering.drafts import Writing, give_back, present
from tasks_lib.answering.report_draft import DocumentDraft, ReportDraft
from tasks_lib.duties.day_documents import Given, enter
from tasks_lib.duties.events import Event, record_event
from tasks_lib.duties.move_day import Extension, extend
from tasks_lib.duties.pausing import Altering, Pause, move_pauses_end, pause
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import import_contacts
from tasks_lib.leading.directives import direct
from tasks_lib.mailing.bounces import take_bounces
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SA_PA,
    SO_NOI_VU,
    UBND_TINH,
    Y_TY,
)
from tests.support.mailing.returned import returned

Happening = Callable[[House], object]
BAC_HA, CITY = "h085-2022", "h080-2022"


class Year(Protocol):
    """What of the half-year is told what happens on which day."""

    house: House
    unknown: set[str]
    """Addresses that the server does not know."""

    def on(self, day: str, what: Happening) -> None:
        """Let something happen in the afternoon of a day."""


def noon(day: date | str) -> datetime:
    """14:00 of a day, when people do what happens."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(on, time(14, 0), ZONE)


def fill(year: Year) -> None:
    """Write down for each day what happens on it."""
    _addresses(year)
    _people(year)
    _moved_days(year)
    _events(year)


def _communes(house: House, district: str) -> list[str]:
    return [key for key, a in house.configuration.agencies.items() if a.superior == district]


def _addresses(year: Year) -> None:
    lost = _communes(year.house, SA_PA)[2]
    gone = _communes(year.house, BAC_HA)[1]
    refused_at = _communes(year.house, CITY)[0]

    def lose(house: House) -> None:
        with writing(house.engine) as connection:
            import_contacts(connection, {lost: ()}, house.configuration.agencies, house.plan)

    def bounce(house: House) -> None:
        with reading(house.engine) as connection:
            content = connection.scalar(
                select(message_contents.c.content)
                .join(messages)
                .where(messages.c.recipient_id == gone, messages.c.state == "sent")
                .order_by(messages.c.id.desc())
            )
        assert content is not None
        take_bounces(house, [Raw("1.eml", returned(content, f"{gone}@laocai.example"))], noon("2022-07-08"))

    year.on("2022-07-05", lose)
    year.on("2022-07-08", bounce)
    year.on("2022-07-06", lambda _h: year.unknown.add(f"{refused_at}@laocai.example"))


def _people(year: Year) -> None:
    def contacts(role: str, name: str, address: str) -> Contact:
        return Contact(role=role, name=name, address=address, phone="0214 000 777")

    def propose(house: House) -> None:
        giver = Giver(agency=A_MU_SUNG, seat=Seat.ANSWER_LINK, person="", as_of=noon("2022-07-11"))
        save_contacts(house, giver, [contacts("officer", "Lý A Sử", "lysu@laocai.example")])

    def settled(house: House) -> None:
        waiting = [int(str(p["id"])) for p in proposals_as_json(house)]
        if waiting:
            desk = Decider(by=BAT_XAT, person="Phòng Nội vụ huyện Bát Xát", as_of=noon("2022-07-12"))
            confirm_changes(house, waiting, desk)

    def official(house: House) -> None:
        set_addresses(
            house,
            Setting(
                agency=Y_TY,
                addresses={"unit": "vanthu-yty@laocai.example"},
                by="",
                seat=Seat.OPS,
                person="",
                as_of=noon("2022-07-13"),
            ),
        )

    def leaders(house: House) -> None:
        giver = Giver(agency=MUONG_VI, seat=Seat.LEADER, person="Vàng Văn Páo", as_of=noon("2022-07-05"))
        save_contacts(
            house,
            giver,
            [
                contacts("leader", "Vàng Văn Páo", "pao@laocai.example"),
                contacts("officer", "Tẩn Thị Sểnh", "senh@laocai.example"),
            ],
        )

    year.on("2022-07-05", leaders)
    year.on("2022-07-11", propose)
    year.on("2022-07-12", settled)
    year.on("2022-07-13", official)
    year.on("2022-07-14", lambda h: request_login(h, f"{BAT_XAT}@laocai.example", noon("2022-07-14")))
    year.on(
        "2022-07-06",
        lambda h: pass_on(
            h,
            Passing(
                keys=(f"1.2/{MUONG_VI}/once",),
                by=MUONG_VI,
                person="Văn thư",
                as_of=noon("2022-07-06"),
                officer="senh@laocai.example",
                inner_day=date(2022, 7, 12),
                text="Đề nghị đồng chí làm sớm.",
            ),
        ),
    )

    def presented(house: House) -> None:
        content = ReportDraft(
            text="Đã tổ chức 3 buổi tuyên truyền.",
            document=DocumentDraft(number="12/BC-UBND", signed_on="11/7/2022"),
        )
        writing_ = Writing(
            key=f"1.2/{MUONG_VI}/once",
            by=MUONG_VI,
            person="Tẩn Thị Sểnh",
            as_of=noon("2022-07-11"),
            content=content,
        )
        present(house, [writing_], "pao@laocai.example", "Trình đồng chí xem xét.")
        give_back(
            house,
            Draft(
                key=f"1.2/{MUONG_VI}/once",
                by=MUONG_VI,
                person="Vàng Văn Páo",
                as_of=noon("2022-07-12"),
                version=1,
            ),
            "Bổ sung số người tham dự.",
        )

    year.on("2022-07-11", presented)
    year.on("2022-07-25", lambda h: _directed(h, BAT_XAT, "2022-07-25", "Chủ tịch UBND huyện Bát Xát"))
    year.on("2022-10-05", lambda h: _directed(h, SO_NOI_VU, "2022-10-05", "Giám đốc Sở Nội vụ"))


def _directed(house: House, by: str, day: str, person: str) -> None:
    """Leaders tell up to three units that are late to hurry."""
    with reading(house.engine) as connection:
        late = connection.execute(
            select(obligations.c.key, obligations.c.agency_id).where(
                obligations.c.last_day < date.fromisoformat(day),
                obligations.c.work_state == "open",
                obligations.c.reviewer_id == by,
                obligations.c.kind == "task",
                obligations.c.agency_id != by,
            )
        ).all()
    keys = list({row.agency_id: row.key for row in late}.values())[:3]
    if keys:
        direct(
            house,
            by,
            noon(day),
            keys,
            "Đề nghị hoàn thành trước ngày 15, báo cáo rõ nguyên nhân chậm.",
            person,
        )


def _moved_days(year: Year) -> None:
    commune = _communes(year.house, SA_PA)[1]
    numbers: list[int] = []

    def rest(house: House) -> None:
        given = Pause(place=commune, from_day=date(2022, 9, 6), to_day=None, reason="dịch bệnh")
        numbers.append(pause(house, given, SA_PA, noon("2022-09-05")))

    def go_on(house: House) -> None:
        altering = Altering(number=numbers[0], by=SA_PA, as_of=noon("2022-09-23"), reason="hết dịch")
        move_pauses_end(house, altering, date(2022, 9, 23))

    def extended(house: House) -> None:
        paper = Extension(
            until=date(2022, 10, 14),
            document_number="3001/UBND-NC",
            document_on=date(2022, 9, 26),
            reason="chờ hướng dẫn",
        )
        extend(house, f"5.2/{A_MU_SUNG}/once", SO_NOI_VU, noon("2022-09-27"), paper)

    year.on("2022-09-05", rest)
    year.on("2022-09-23", go_on)
    year.on("2022-09-27", lambda h: _tried(extended, h))
    of_the_district = Given(
        rule="report",
        number="512/UBND-NV",
        signed_on=date(2022, 7, 29),
        issuer="UBND huyện Bát Xát",
        place=BAT_XAT,
        tier="commune",
    )
    of_the_province = Given(
        rule="sheet", number="1450/UBND-NC", signed_on=date(2022, 9, 9), issuer="UBND tỉnh", place=UBND_TINH
    )
    year.on("2022-08-01", lambda h: enter(h, of_the_district, BAT_XAT, noon("2022-08-01")))
    year.on("2022-09-12", lambda h: enter(h, of_the_province, SO_NOI_VU, noon("2022-09-12")))


def _tried(what: Happening, house: House) -> None:
    """Do what may have been overtaken by what units did."""
    with suppress(DomainError):
        what(house)


def _events(year: Year) -> None:
    def happened(item: str, agency: str, on: str, known: str, title: str, by: str = SO_NOI_VU) -> None:
        event = Event(item=item, agency=agency, on=date.fromisoformat(on), title=title)
        year.on(known, lambda h: record_event(h, event, by, noon(known)))

    happened("2.5", MUONG_VI, "2022-07-11", "2022-07-12", "Dự án đường Mường Vi - Bản Xèo", MUONG_VI)
    happened("2.5", MUONG_VI, "2022-07-11", "2022-07-12", "Dự án kè suối Ngòi Phát", MUONG_VI)
    happened("2.4", A_MU_SUNG, "2022-08-15", "2022-08-16", "Quy hoạch sử dụng đất huyện Bát Xát đến năm 2030")
    happened("2.4", Y_TY, "2022-08-15", "2022-10-10", "Quy hoạch sử dụng đất huyện Bát Xát đến năm 2030")
    happened(
        "4.5",
        "so-tai-chinh",
        "2022-08-22",
        "2022-08-23",
        "Kết luận thanh tra số 05/KL-TTr về ngân sách huyện Bát Xát",
        "so-tai-chinh",
    )
    happened(
        "2.6",
        "van-phong-ubnd-tinh",
        "2022-12-20",
        "2022-12-21",
        "Quyết định 45/2022/QĐ-UBND về bảng giá đất năm 2023",
    )
