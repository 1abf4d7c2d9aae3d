"""Papers about units that are called as nobody hopes: names stay words, and a long one is printed whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from config.load import Configuration
from store.engine import reading
from tasks_lib.kernel.bootstrap import House
from tasks_lib.papers.kinds import URGING
from tasks_lib.papers.making import Draft, draft_in_word, drafts
from tasks_lib.papers.order import Order
from tests.support.life.stories import A_MU_SUNG, MUONG_VI, SO_NOI_VU, SO_Y_TE, Y_TY, morning
from tests.support.papers.measuring import needs_office, printed_well
from tests.support.papers.office import DAY, ORDERS, lived_in

HOSTILE = "UBND xã <b>{{ 7*7 }}</b> & 'Ô Quý Hồ' {% raw %}"
LONG = "UBND xã Nậm Chạc Thượng và các thôn, bản biên giới hợp nhất Lũng Pô, Dền Sáng, Trịnh Tường"
BRACED = "UBND xã {{ 7*7 }} 'Ô' <b> & \"Hồ\""
QUOTED = """Sở "Y tế" 'Dân số' < & >"""


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, configuration: Configuration, sqlite_template: Path
) -> Iterator[House]:
    with lived_in(tmp_path_factory.mktemp("office"), configuration, sqlite_template) as house:
        yield house


@pytest.fixture(scope="module")
def odd(office: House) -> Mapping[str, Draft]:
    """Papers of many names, where three communes and a department are called as nobody hopes."""
    known = office.configuration.agencies
    named = {
        key: replace(known[key], name=name, short_name=name.removeprefix("UBND "))
        for key, name in {A_MU_SUNG: BRACED, MUONG_VI: LONG, Y_TY: HOSTILE, SO_Y_TE: QUOTED}.items()
    }
    house = replace(office, configuration=replace(office.configuration, agencies={**known, **named}))
    orders = [Order(kind=URGING, by=SO_NOI_VU), ORDERS["period-report"], ORDERS["period-report-district"]]
    found = drafts(house, orders, morning(DAY))
    return dict(zip((URGING, "period-report", "period-report-district"), found, strict=True))


def test_hostile_names_stay_words_in_every_paper(office: House) -> None:
    known = office.configuration.agencies
    named = {A_MU_SUNG: replace(known[A_MU_SUNG], name=HOSTILE, short_name=HOSTILE.removeprefix("UBND "))}
    odd = replace(office, configuration=replace(office.configuration, agencies={**known, **named}))
    seen = 0
    with reading(odd.engine) as connection:
        for order in ORDERS.values():
            content = draft_in_word(connection, odd, order, morning(DAY)).content
            seen += "{{ 7*7 }}" in " ".join(str(content).replace("\\xa0", " ").split())
    assert seen >= 7


@needs_office
@pytest.mark.parametrize("name", ["urging", "period-report", "period-report-district"])
def test_hostile_and_long_names_are_printed_whole(odd: Mapping[str, Draft], name: str) -> None:
    pdf = odd[name].pdf
    assert pdf is not None
    pages = printed_well(odd[name].docx, pdf, f"{name}-odd-names")

    said = "".join("".join(page.text.split()) for page in pages)
    assert "{{7*7}}" in said
    assert "<b>" in said
