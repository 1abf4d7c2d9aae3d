"""A mail about several plans lists on top what there is to do by day, the plan named at each line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from notifications import joint
from notifications.model import Line, Mail, Section
from notifications.render import render
from tests.support.mailing.mails import late_line, line, mail, missing, to_district


def both(first: Mail, second: Mail) -> Mail:
    """One mail of plan 239, and of a plan 240 beside it."""
    return replace(first, also=(replace(second, plan_short="KH 240", plan_number="240/KH-UBND"),))


def due(item: str, on: date, **changes: Any) -> Line:  # noqa: ANN401 - any field of a line
    said = {"short": f"Việc {item}", "obligation": f"{item}/x/once", "days_left": 3}
    return line(item=item, last_day=on, **{**said, **changes})


def rows(mail: Mail) -> list[tuple[str, str]]:
    return list(joint.rows(joint.parts_of(mail)))


def test_what_is_due_stands_by_day_whichever_plan_it_is_of() -> None:
    first = mail("remind", due("1.1", date(2022, 7, 14)), due("1.3", date(2022, 7, 28)))
    second = mail("remind", due("2.1", date(2022, 7, 12)), due("2.2", date(2022, 7, 20)))
    assert rows(both(first, second)) == [
        ("Hạn 12/7", "2.1 Việc 2.1 (KH 240)"),
        ("Hạn 14/7", "1.1 Việc 1.1 (KH 239)"),
        ("Hạn 20/7", "2.2 Việc 2.2 (KH 240)"),
        ("Hạn 28/7", "1.3 Việc 1.3 (KH 239)"),
    ]
    said = render(both(first, second)).text
    # The letters below stand in the same order: the plan whose day comes first.
    assert said.index("KẾ HOẠCH SỐ 240/KH-UBND") < said.index("KẾ HOẠCH SỐ 239/KH-UBND")


def test_what_is_overdue_stands_first_and_a_day_that_is_asked_for_is_none() -> None:
    first = mail("remind", due("1.1", date(2022, 7, 10), ours=True, days_left=-2))
    second = mail(
        "overdue", late_line(item="2.1", short="Việc 2.1", last_day=date(2022, 7, 12), days_left=-3)
    )
    assert rows(both(first, second)) == [
        ("Hạn 12/7", "2.1 Việc 2.1 (KH 240), quá hạn 03 ngày làm việc"),
        ("Chậm nhất 10/7", "1.1 Việc 1.1 (KH 239), đã qua 02 ngày làm việc"),
    ]


def test_what_many_units_owe_alike_is_one_row_and_what_is_too_much_is_counted() -> None:
    units = Section(template="superior", lines=tuple(missing(n, f"xã số {n}") for n in range(1, 4)))
    many = mail("remind", *(due(f"3.{n}", date(2022, 8, n)) for n in range(1, 13)))
    found = rows(both(to_district(units), many))
    assert found[0][1].endswith(", 03 đơn vị (KH 239), quá hạn 04 ngày làm việc"), found[0]
    assert len(found) == joint.MOST_ROWS + 1
    assert found[-1] == ("Nội dung khác", "KH 240: 03 nội dung")


def test_a_plan_that_only_tells_how_it_goes_has_its_row() -> None:
    weekly = mail("remind", awaiting_review=2)
    assert rows(both(mail("remind", due("1.1", date(2022, 7, 14))), weekly))[-1] == ("KH 240", joint.NEWS)
