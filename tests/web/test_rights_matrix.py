"""Every page × seat × relation, over HTTP, against a table written down here and not read from the code."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.load import Configuration
from obligations.rights import Act, Seat
from tests.support.pages.rights_table import ADDRESSES, RIGHTS, SEATS, Address
from tests.support.pages.seats import Visits, people
from web.routes import PAGES

DEPARTMENT, OTHER_DEPARTMENT, FOCAL, TOP = "so-tu-phap", "so-y-te", "so-noi-vu", "ubnd-tinh"
BAT_XAT, SA_PA, COMMUNE, OTHER_COMMUNE = "h082-2022", "h088-2022", "x02686-2022", "x03004-2022"
NAMED = re.compile(r"\{\w+(:\w+)?\}")
"""What an address names."""
GUIDED, NOT_GUIDED = "5.1", "1.2"
"""Items of communes that Sở Tư pháp guides and does not guide."""


@dataclass(frozen=True)
class Case:
    """Somebody, and an obligation that stands to them as the letters say (F: not at all)."""

    seat: str
    agency: str
    letters: str
    owner: str
    item: str | None = None


# Who the seats are tried by, and whose obligations: own, below, overseen, guided, foreign.
CASES = (
    Case("officer", DEPARTMENT, "O", DEPARTMENT),
    Case("officer", DEPARTMENT, "G", COMMUNE, GUIDED),
    Case("officer", DEPARTMENT, "F", COMMUNE, NOT_GUIDED),
    Case("officer", DEPARTMENT, "F", OTHER_DEPARTMENT),
    Case("officer", COMMUNE, "O", COMMUNE),
    Case("officer", COMMUNE, "F", OTHER_COMMUNE),
    # A district guides 2.3 in its own communes and nowhere else.
    Case("officer", BAT_XAT, "G", COMMUNE, "2.3"),
    Case("officer", BAT_XAT, "F", OTHER_COMMUNE, "2.3"),
    Case("leader", DEPARTMENT, "O", DEPARTMENT),
    Case("leader", DEPARTMENT, "G", COMMUNE, GUIDED),
    Case("leader", DEPARTMENT, "F", OTHER_DEPARTMENT),
    Case("chairperson", COMMUNE, "O", COMMUNE),
    Case("chairperson", COMMUNE, "F", OTHER_COMMUNE),
    Case("chairperson", BAT_XAT, "O", BAT_XAT),
    Case("chairperson", BAT_XAT, "B", COMMUNE),
    Case("chairperson", BAT_XAT, "F", OTHER_COMMUNE),
    Case("district-desk", BAT_XAT, "O", BAT_XAT),
    Case("district-desk", BAT_XAT, "B", COMMUNE),
    Case("district-desk", BAT_XAT, "F", OTHER_COMMUNE),
    Case("district-desk", BAT_XAT, "F", SA_PA),
    Case("guide", DEPARTMENT, "O", DEPARTMENT),
    Case("guide", DEPARTMENT, "G", COMMUNE, GUIDED),
    Case("guide", DEPARTMENT, "F", COMMUNE, NOT_GUIDED),
    Case("coordinator", FOCAL, "OV", FOCAL),
    Case("coordinator", FOCAL, "BV", BAT_XAT),
    Case("coordinator", FOCAL, "V", COMMUNE),
    Case("director", FOCAL, "OV", FOCAL),
    Case("director", FOCAL, "BV", DEPARTMENT),
    Case("director", FOCAL, "V", COMMUNE),
    Case("reader", TOP, "V", COMMUNE),
    Case("reader", TOP, "V", BAT_XAT),
    Case("ops", FOCAL, "BV", BAT_XAT),
    Case("ops", FOCAL, "OV", FOCAL),
    Case("answer-link", COMMUNE, "O", COMMUNE),
    Case("answer-link", COMMUNE, "F", OTHER_COMMUNE),
    Case("answer-link", BAT_XAT, "F", COMMUNE, NOT_GUIDED),
    Case("review-link", BAT_XAT, "O", BAT_XAT),
    Case("review-link", BAT_XAT, "B", COMMUNE),
    Case("review-link", BAT_XAT, "F", OTHER_COMMUNE),
    Case("review-link", FOCAL, "BV", DEPARTMENT),
    Case("review-link", FOCAL, "V", COMMUNE),
    Case("approve-link", COMMUNE, "O", COMMUNE),
    Case("approve-link", COMMUNE, "F", OTHER_COMMUNE),
)


def _addresses() -> list[Address]:
    rows = (line.split() for line in ADDRESSES.strip().splitlines())
    return [Address(method, path, act, about, link == "link") for method, path, act, about, link in rows]


def _rights() -> dict[str, dict[str, str]]:
    rows = (line.split() for line in RIGHTS.strip().splitlines())
    return {act: dict(zip(SEATS, letters, strict=True)) for act, *letters in rows}


MATRIX = _rights()
OF_ALL = [a for a in _addresses() if a.act != "none"]


def test_every_page_stands_in_the_matrix() -> None:
    written = {(a.method, a.path, a.act, a.about, a.link) for a in _addresses()}
    served = {(p.method, p.path, str(p.act or "none"), str(p.about), p.link) for p in PAGES}
    assert served == written


def test_every_act_and_seat_is_in_the_table() -> None:
    assert set(MATRIX) | {"see-draft"} == {str(act) for act in Act}
    assert set(SEATS) == {str(seat) for seat in Seat}


@pytest.fixture(scope="module")
def visits(
    configuration: Configuration, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visits]:
    """The portal on 12/9/2022, what is due open; the matrix changes nothing that the next case rests on."""
    home = tmp_path_factory.mktemp("matrix")
    shutil.copyfile(sqlite_template, home / "dondoc.db")
    with people(configuration, home) as found:
        yield found


def _label(case: Case) -> str:
    return f"{case.seat}-{case.letters}-{case.owner}-{case.item or 'own'}"


def _named(address: Address, value: str) -> str:
    """Return an address with what it names; where a number is asked for, any number."""
    number = address.about == "nothing" and ":number" in address.path
    return NAMED.sub("1" if number else value, address.path)


def _expected(address: Address, case: Case) -> bool:
    return bool(set(MATRIX[address.act][case.seat]) & set(case.letters))


def _wrong(visits: Visits, case: Case, addresses: list[Address], value: str) -> list[str]:
    """Try a case at addresses that name something; return where it ends otherwise than written down."""
    found = []
    for address in addresses:
        path = _named(address, value)
        status = visits.send(case.seat, case.agency, address.method, path)
        reached = status not in (401, 403)
        if "link" in case.seat and not address.link:
            reached = status != 404
        if reached != (_expected(address, case) and ("link" not in case.seat or address.link)):
            found.append(f"{address.method} {address.path}: {status}")
    return found


def _about(about: str) -> list[Address]:
    return [a for a in OF_ALL if a.about == about]


@pytest.mark.parametrize("case", CASES, ids=_label)
def test_an_obligation_opens_to_its_sides_only(visits: Visits, case: Case) -> None:
    key = visits.owed(case.owner, case.item)
    assert _wrong(visits, case, _about("obligation"), key) == []


@pytest.mark.parametrize("case", CASES, ids=_label)
def test_evidence_opens_to_the_same_sides(visits: Visits, case: Case) -> None:
    number = visits.file_of(case.owner, case.item)
    assert _wrong(visits, case, _about("evidence"), str(number)) == []


@pytest.mark.parametrize("case", [c for c in CASES if c.item is None], ids=_label)
def test_an_agencys_page_opens_to_its_sides_only(visits: Visits, case: Case) -> None:
    try:
        assert _wrong(visits, case, _about("agency"), case.owner) == []
    finally:
        # One of these pages revokes an agency's links and ends its sessions: whoever was in comes anew.
        visits.forget(case.owner)


@pytest.mark.parametrize("case", [c for c in CASES if c.item is None], ids=_label)
def test_a_mail_opens_to_the_sides_of_whom_it_went_to(visits: Visits, case: Case) -> None:
    assert _wrong(visits, case, _about("message"), str(visits.mail_to(case.owner))) == []


@pytest.mark.parametrize(("seat", "agency"), sorted({(c.seat, c.agency) for c in CASES}))
def test_pages_about_nobody_open_to_whom_the_act_is_given(visits: Visits, seat: str, agency: str) -> None:
    case = Case(seat, agency, "OBVG", agency)
    # Ending the agency's links or its session would end the visit.
    assert _wrong(visits, case, _about("nothing"), "1.2") == []


@pytest.mark.parametrize("address", OF_ALL, ids=lambda a: f"{a.method} {a.path}")
def test_nobody_gets_anywhere_without_signing_in(visits: Visits, address: Address) -> None:
    path = re.sub(NAMED, "1.2/x02686-2022/once" if address.about == "obligation" else "1", address.path)
    client = visits.stranger()
    response = client.get(path) if address.method == "GET" else client.post(path, data={})
    if address.method == "GET":
        assert (response.status_code, response.headers.get("location")) == (303, "/dang-nhap")
    else:
        assert response.status_code == 401
