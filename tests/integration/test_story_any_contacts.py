"""Whatever stands in the table of contacts: delivery goes on, and whoever can be reached is reached."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from config.addresses import is_usable
from config.contacts import ROLES, read_contacts
from config.load import Configuration
from notifications.memory import MemoryTransport
from store.engine import reading, writing
from store.schema import contacts
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.reach import import_contacts, point_mail
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tests.support.databases.databases import Cluster
from tests.support.houses.houses import opened
from tests.support.life.letters import all_messages, letter, messages_to, text_of
from tests.support.life.stories import BAT_XAT, MUONG_VI, SO_NOI_VU, leave_only, morning

DAY = "2022-07-04"
WRITTEN_TO = (SO_NOI_VU, BAT_XAT, MUONG_VI, "x02719-2022", "so-y-te", "h089-2022")
OWED = tuple(f"plan/{agency}/once" for agency in WRITTEN_TO)
Factory: TypeAlias = pytest.TempPathFactory


def _listed(house: House, folder: Path, *lines: str) -> None:
    """Import a list of contacts as ops do."""
    path = folder / "contacts.csv"
    path.write_text("agency,role,name,address,phone\n" + "\n".join(lines) + "\n", encoding="utf-8")
    given = read_contacts(path, house.configuration.agencies)
    with writing(house.engine) as connection:
        import_contacts(connection, given, house.configuration.agencies, house.plan)


def _as_before(house: House, agency: str, *rows: tuple[str, str]) -> None:
    """Put addresses into the database that no entrance would take today."""
    with writing(house.engine) as connection:
        connection.execute(delete(contacts).where(contacts.c.agency_id == agency))
        for role, address in rows:
            row = {"agency_id": agency, "role": role, "address": address, "name": "", "phone": ""}
            connection.execute(insert(contacts).values(row | {"imported": True}))


def _opening_letters(house: House) -> tuple[MemoryTransport, int]:
    post = MemoryTransport()
    sweep(house, morning(DAY))
    report = deliver(house, morning(DAY), transport=post)
    return post, report.held


def test_a_desk_known_by_telephone_alone_stops_nobodys_mail(house: House, tmp_path: Path) -> None:
    _listed(house, tmp_path, f"{BAT_XAT},desk,Nguyễn Văn A,,0214 000 001")

    post, held = _opening_letters(house)

    assert held == 0
    assert {m.state for m in all_messages(house)} == {"sent"}
    (mail,) = (m for m in post.sent if MUONG_VI in m.message_id)
    # In the name of the desk, which is called by telephone; the desk above reads what is written back.
    assert str(letter(mail.content)["From"]).startswith("Phòng Nội vụ huyện Bát Xát")
    assert f"{SO_NOI_VU}@laocai.example" in str(letter(mail.content)["Reply-To"])
    told = text_of(mail.content)
    assert "đồng chí Nguyễn Văn A, Phòng Nội vụ huyện Bát Xát" in told
    assert "0214 000 001" in told
    assert f"{SO_NOI_VU}@laocai.example (Sở Nội vụ nhận thay)" in " ".join(told.split())


def test_without_any_desks_address_replies_go_to_the_systems_own(house: House, tmp_path: Path) -> None:
    _listed(house, tmp_path, f"{BAT_XAT},desk,A,,0214 000 001", f"{SO_NOI_VU},desk,B,,0214 000 002")

    post, held = _opening_letters(house)

    # Its own letter can go nowhere; everybody else's leaves.
    assert held == 1
    assert [m.recipient_id for m in all_messages(house) if m.state != "sent"] == [SO_NOI_VU]
    (mail,) = (m for m in post.sent if MUONG_VI in m.message_id)
    assert house.settings.mail_from in str(letter(mail.content)["Reply-To"])


def test_an_address_from_before_that_is_none_is_left_out_and_if_none_is_left_the_mail_is_held(
    any_house: House,
) -> None:
    _as_before(any_house, MUONG_VI, ("unit", "ă@x.example"), ("substitute", "thay@laocai.example"))
    _as_before(any_house, BAT_XAT, ("unit", "ubnd@huyện.example"), ("desk", "a b@x.example"))

    post, held = _opening_letters(any_house)

    assert held == 1
    (commune,) = (m for m in post.sent if MUONG_VI in m.message_id)
    assert commune.addresses == ("thay@laocai.example",)
    (mail,) = messages_to(any_house, BAT_XAT)
    assert (mail.state, mail.error) == ("held", "UBND huyện Bát Xát: chưa có địa chỉ thư dùng được")
    assert {m.state for m in all_messages(any_house) if m.id != mail.id} == {"sent"}


NO_ADDRESSES = (
    "",
    " ",
    "ă@x.example",
    "a@huyện.example",
    "a b@x.example",
    "a@b.example\r\nBcc: c@d.example",
    "a@b",
    "@",
    "a@",
    "@b.example",
    "a@b..example",
    "'\"@b.example",
    "a" * 300 + "@b.example",
    "Tên <a@b.example>",
    "a@b.example, c@d.example",
    "a@[127.0.0.1]",
    "a@b.test",
)
ADDRESSES = st.one_of(
    st.sampled_from(NO_ADDRESSES),
    st.text(max_size=40),
    st.emails(),
    st.from_regex(r"[a-z0-9.]{1,12}@[a-z0-9-]{1,12}\.example", fullmatch=True),
)
ODD_NAMES = ("", "Nguyễn Văn A", "A\r\nBcc: x@y.example", "\ufffe", "x" * 5000, "<b>&amp;")
NAMES = st.one_of(st.sampled_from(ODD_NAMES), st.text(max_size=30))


def _storable(text: str) -> str:
    """Neither database takes a lone surrogate, and PostgreSQL no NUL."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "\x01")


@st.composite
def _tables(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """Contacts of some agencies, desks among them: any roles, names, addresses; perhaps none at all."""
    whose = draw(st.lists(st.sampled_from(WRITTEN_TO), unique=True))
    return [
        (agency, role, _storable(draw(NAMES)), _storable(draw(ADDRESSES)))
        for agency in whose
        for role in draw(st.lists(st.sampled_from(ROLES), max_size=4))
    ] + [(agency, "", "", "") for agency in whose]


def _put(house: House, table: list[tuple[str, str, str, str]]) -> None:
    """Write contacts as they are, past every entrance, and point the mail of whoever cannot be reached."""
    with writing(house.engine) as connection:
        connection.execute(delete(contacts).where(contacts.c.agency_id.in_({row[0] for row in table})))
        for agency, role, name, address in table:
            row = {"agency_id": agency, "role": role, "name": name, "address": address, "phone": name}
            if role:
                connection.execute(insert(contacts).values(row | {"imported": True}))
        point_mail(connection, house.configuration.agencies, house.plan)


def _reachable(house: House) -> set[str]:
    with reading(house.engine) as connection:
        found = connection.execute(select(contacts.c.agency_id, contacts.c.address))
        return {row.agency_id for row in found if is_usable(row.address)} & set(WRITTEN_TO)


def _delivers_whatever_stands_there(house: House, table: list[tuple[str, str, str, str]]) -> None:
    _put(house, table)

    post, held = _opening_letters(house)

    reached = {m.recipient_id for m in all_messages(house) if m.state == "sent"}
    assert _reachable(house) <= reached
    assert held == len([m for m in all_messages(house) if m.state == "held"])
    assert {m.state for m in all_messages(house)} <= {"sent", "held"}
    for mail in post.sent:
        assert all(is_usable(address) for address in mail.addresses)
        assert letter(mail.content)["Bcc"] is None


@pytest.fixture(scope="module")
def small_template(sqlite_template: Path, configuration: Configuration, tmp_path_factory: Factory) -> Path:
    """A small province: only the plans of a few agencies are owed."""
    path = tmp_path_factory.mktemp("small") / "dondoc.db"
    shutil.copyfile(sqlite_template, path)
    with opened(configuration, f"sqlite:///{path}") as house:
        leave_only(house, *OWED)
    return path


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=_tables())
def test_for_any_contacts_delivery_goes_on_and_whoever_can_be_reached_is(
    home: Path, configuration: Configuration, small_template: Path, table: list[tuple[str, str, str, str]]
) -> None:
    for name in ("any.db", "any.db-wal", "any.db-shm"):
        (home / name).unlink(missing_ok=True)
    shutil.copyfile(small_template, home / "any.db")
    with opened(configuration, f"sqlite:///{home / 'any.db'}") as house:
        _delivers_whatever_stands_there(house, table)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=_tables())
def test_so_it_is_on_postgresql(
    home: Path,
    configuration: Configuration,
    postgres: Cluster,
    postgres_template: str,
    table: list[tuple[str, str, str, str]],
) -> None:
    with postgres.database(postgres_template) as url, opened(configuration, url) as house:
        leave_only(house, *OWED)
        _delivers_whatever_stands_there(house, table)
