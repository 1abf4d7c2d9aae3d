"""What the mail server answered is kept with the message, for each address and each try."""

from __future__ import annotations

from pathlib import Path

from store.engine import reading
from store.replies import replies_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.delivering import transport_of
from tasks_lib.mailing.deliver import deliver
from tests.support.houses.houses import MailServer, with_settings
from tests.support.life.letters import messages_to
from tests.support.life.stories import A_MU_SUNG, morning, reminders_of_7_july

ONE = f"1.2/{A_MU_SUNG}/once"
AT = morning("2022-07-07")


def _said(house: House) -> list[tuple[object, ...]]:
    (mail,) = messages_to(house, A_MU_SUNG)[-1:]
    with reading(house.engine) as connection:
        rows = replies_of(connection, [mail.id])[mail.id]
    assert {row.at for row in rows} <= {AT, mail.next_try_at, mail.sent_at}
    return [(row.address, row.accepted, row.stage, row.code, row.enhanced, row.text) for row in rows]


def test_every_answer_is_kept_the_refusal_and_then_the_acceptance(any_house: House, smtp: MailServer) -> None:
    reminders_of_7_july(any_house, ONE)
    served = smtp.serving(any_house)
    address = any_house.agency(A_MU_SUNG).contacts[0].address
    smtp.box.data = ["451 4.3.0 đợi\x00 một lát", "250 2.0.0 Ok: queued as 4Q1x2y"]

    deliver(served, AT)
    deliver(served, messages_to(any_house, A_MU_SUNG)[-1].next_try_at)

    assert _said(any_house) == [
        (address, False, "final", 451, "4.3.0", "451 4.3.0 đợi một lát"),
        (address, True, "final", 250, "2.0.0", "250 2.0.0 Ok: queued as 4Q1x2y"),
    ]


def test_a_mail_written_to_a_file_says_so(house: House, tmp_path: Path) -> None:
    reminders_of_7_july(house, ONE)
    to_disk = with_settings(house, mail_transport="file", home=tmp_path)

    deliver(to_disk, AT, transport=transport_of(to_disk.settings))

    ((_, accepted, stage, code, _, text),) = _said(house)
    assert (accepted, stage, code, text) == (True, "final", None, "ghi ra tệp")
