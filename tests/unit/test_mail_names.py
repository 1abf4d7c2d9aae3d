"""What mails call a duty: a few words that tell it from every other, whatever its title begins with."""

from __future__ import annotations

from datetime import date

from notifications.render import render
from obligations.model import Plan
from tests.support.mailing import mails

IN_A_BOX = 48


def test_every_item_is_called_in_a_few_words_of_its_own(plan: Plan) -> None:
    called = {item.key: item.short for item in (*plan.items, *plan.duties)}
    assert {key: words for key, words in called.items() if not 0 < len(words) <= IN_A_BOX} == {}
    assert len(set(called.values())) == len(called)
    assert [item.key for item in plan.requests if not item.short] == []


def test_titles_that_begin_alike_are_told_apart() -> None:
    alike = "Kiểm tra, thực hiện đúng quy trình giải quyết TTHC, phí, lệ phí đối với "
    lines = (
        mails.line(obligation="5.1/x/once", item="5.1", title=f"{alike}chứng thực", short="TTHC chứng thực"),
        mails.line(obligation="5.2/x/once", item="5.2", title=f"{alike}xây dựng", short="TTHC xây dựng"),
    )
    text = render(mails.mail("remind", *lines)).text
    assert "5.1 TTHC chứng thực: 14/7" in text
    assert "5.2 TTHC xây dựng: 14/7" in text


def test_two_quarters_of_one_item_are_told_apart() -> None:
    second = mails.line(
        obligation="2.3/x/2022-Q2", item="2.3", short="Công khai thu, chi", quarter="Quý II/2022"
    )
    third = mails.line(
        obligation="2.3/x/2022-Q3",
        item="2.3",
        short="Công khai thu, chi",
        quarter="Quý III/2022",
        last_day=date(2022, 10, 17),
    )
    text = render(mails.mail("remind", second, third)).text
    assert "2.3 Công khai thu, chi, Quý II/2022: 14/7" in text
    assert "2.3 Công khai thu, chi, Quý III/2022: 17/10" in text
