"""The journal's mark on paper: Monday's digest and the report hold what `verify` compares with."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from docx import Document

from notifications.memory import MemoryTransport
from tasks_lib.keeping.proof import verify
from tasks_lib.kernel.bootstrap import House
from tasks_lib.leading.proposals import release
from tests.support.life.letters import messages_to, text_of
from tests.support.life.stories import A_MU_SUNG, SIGNED, SO_NOI_VU, leave_only, morning, replay_with_mail

MARK = re.compile(r"Mã kiểm của nhật ký đến [^:]+: ([0-9a-f-]+)\.")
ONE = f"1.2/{A_MU_SUNG}/once"


def marked(text: str) -> str:
    found = MARK.search(text)
    assert found is not None, text[-600:]
    return found[1]


def of_paragraphs(paper: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(paper)).paragraphs)


def test_a_mark_kept_on_paper_tells_a_journal_that_was_made_anew(house: House) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-08-01", MemoryTransport())
    monday = next(m for m in messages_to(house, SO_NOI_VU) if str(m.mail_on) == "2022-07-25")
    of_digest = marked(text_of(monday.content))
    of_report = marked(of_paragraphs(release(house, SO_NOI_VU, morning("2022-08-01")).draft))

    assert of_digest != of_report
    for mark, on in ((of_digest, date(2022, 7, 25)), (of_report, date(2022, 8, 1))):
        assert verify(house, mark, on).ok, mark
    another = of_digest.replace(of_digest[0], "0" if of_digest[0] != "0" else "1", 1)
    told = verify(house, another, date(2022, 7, 25))
    assert (told.ok, told.cut) == (False, True)
