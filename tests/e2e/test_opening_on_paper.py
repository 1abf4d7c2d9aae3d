"""An opening letter is one page of paper: a chairperson prints it and keeps it at hand."""

from __future__ import annotations

import re

from notifications.memory import MemoryTransport
from store.schema import obligations
from tasks_lib.kernel.bootstrap import House
from tests.support.houses.houses import with_settings
from tests.support.life.letters import letter
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    SIGNED,
    SO_NOI_VU,
    SO_Y_TE,
    keys,
    leave_only,
    replay_with_mail,
)
from tests.support.pages.browser import Chromium

EDGE = dict.fromkeys(("top", "bottom", "left", "right"), "10mm")
LONGEST_NAME = "x02902-2022"
"""Thị trấn Nông trường Phong Hải."""


def test_an_opening_letter_prints_on_one_page(house: House, browser: Chromium) -> None:
    units = (A_MU_SUNG, LONGEST_NAME, BAT_XAT, SO_Y_TE, SO_NOI_VU)
    leave_only(house, *keys(house, obligations.c.agency_id.in_(units)))
    post = MemoryTransport()
    replay_with_mail(with_settings(house, public_url="https://theodoi.example"), SIGNED, "2022-07-04", post)

    letters = [
        letter(m.content) for m in post.sent if "Nhiệm vụ được giao" in str(letter(m.content)["Subject"])
    ]
    assert len(letters) == len(units)
    with browser.visiting("https://theodoi.example") as (page, _):
        for each in letters:
            html = each.get_body(("html",))
            assert html is not None
            page.set_content(html.get_content())
            printed = page.pdf(format="A4", margin=EDGE)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, each["Subject"]
