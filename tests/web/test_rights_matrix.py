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
from tests.support.pages.seats import Visits, people
from web.routes import PAGES

SEATS = (
    "officer",
    "leader",
    "chairperson",
    "district-desk",
    "guide",
    "coordinator",
    "director",
    "reader",
    "ops",
    "answer-link",
    "review-link",
    "approve-link",
)

# For each act and seat, to whom: O its own agency, B those it reviews, V all that a collator or UBND tỉnh
# oversees, G those whose item it guides, - nobody. Columns as in SEATS.
RIGHTS = """
see          OG  OG  OB  OB  OG  OBV OBV OBV -   O   OBV O
answer       O   O   O   O   -   O   O   -   -   O   -   O
approve      -   O   O   -   -   -   O   -   -   -   -   O
sheet        -   -   O   -   -   -   -   -   -   O   -   O
contacts     O   O   O   O   -   O   O   -   -   O   -   -
confirm-contacts -   O   O   B   -   B   -   -   OBV -   -   -
set-address  -   -   -   -   -   OBV -   -   OBV -   -   -
review       -   -   -   B   -   B   OB  -   -   -   B   -
record       -   -   -   OB  -   OBV -   -   -   -   B   -
remark       G   G   -   -   G   -   -   -   -   -   -   -
direct       -   -   B   -   -   -   B   -   -   -   B   -
remove-file  -   -   -   B   -   OBV -   -   -   -   -   -
move-inner   -   -   -   B   -   -   -   -   -   -   -   -
extend       -   -   -   -   -   OBV -   -   -   -   -   -
cancel       -   -   -   -   -   OBV -   -   -   -   -   -
pause        -   -   -   OB  -   OBV -   -   -   -   -   -
queue        -   -   -   OB  -   OBV OBV -   -   -   OBV -
roll-up      OG  OG  OB  OB  OG  OBV OBV OBV -   -   OBV -
board        OG  OG  OB  OB  OG  OBV OBV OBV -   -   OBV -
propose      -   -   -   -   -   OBV OBV -   -   -   -   -
release      -   -   -   -   -   -   OBV -   -   -   -   -
papers       -   -   -   O   -   O   O   -   -   -   -   -
preview      -   -   -   -   -   OBV OBV -   OBV -   -   -
hold         -   -   -   -   -   OBV OBV -   -   -   -   -
start        -   -   -   -   -   -   OBV -   OBV -   -   -
mail         O   O   OB  OB  -   OBV OBV -   OBV -   -   -
mend         -   -   -   B   -   OBV -   -   OBV -   -   -
ops          -   -   -   -   -   OBV -   -   OBV -   -   -
engine       -   -   -   -   -   OBV OBV -   OBV -   -   -
"""

# Every page: method, address, act (none: open to all), what the address names, whether a link reaches it.
ADDRESSES = """
GET  /                                            none         nothing     link
POST /                                            none         nothing     link
GET  /dang-nhap                                   none         nothing     only
POST /dang-nhap                                   none         nothing     only
GET  /dang-nhap/{one_time}                        none         nothing     only
POST /dang-nhap/{one_time}                        none         nothing     only
POST /dang-xuat                                   none         nothing     only
GET  /don-vi/da-gui                               answer       nothing     link
GET  /don-vi                                      answer       nothing     link
POST /don-vi                                      answer       nothing     link
GET  /duyet                                       approve      nothing     link
GET  /duyet/da-gui                                approve      nothing     link
POST /duyet/{key:path}/de-nghi-sua                approve      obligation  link
POST /duyet/{key:path}                            approve      obligation  link
GET  /dau-moi                                     contacts     nothing     link
POST /dau-moi                                     contacts     nothing     link
POST /dau-moi/dung                                contacts     nothing     link
GET  /dau-moi/cho-xac-nhan                        confirm-contacts nothing only
POST /dau-moi/cho-xac-nhan                        confirm-contacts nothing only
POST /dau-moi/rut                                 contacts     nothing     link
GET  /phieu/{key:path}                            sheet        obligation  link
POST /phieu/{key:path}                            sheet        obligation  link
GET  /tep/{number:number}/go                         remove-file  evidence    link
POST /tep/{number:number}/go                         remove-file  evidence    link
GET  /tep/{number:number}                            see          evidence    link
GET  /ky/{key:path}/gui                           answer       obligation  link
POST /ky/{key:path}/gui                           answer       obligation  link
POST /ky/{key:path}/ly-do                         answer       obligation  link
GET  /ky/{key:path}/xong                          answer       obligation  link
GET  /ky/{key:path}/nguon                         answer       obligation  link
GET  /ky/{key:path}/du-thao                       answer       obligation  link
GET  /ky/{key:path}                               answer       obligation  link
POST /ky/{key:path}                               answer       obligation  link
GET  /bao-cao-huyen/{key:path}/gui                answer       obligation  link
POST /bao-cao-huyen/{key:path}/gui                answer       obligation  link
POST /bao-cao-huyen/{key:path}/ly-do              answer       obligation  link
GET  /bao-cao-huyen/{key:path}/xong               answer       obligation  link
GET  /bao-cao-huyen/{key:path}/nguon              answer       obligation  link
GET  /bao-cao-huyen/{key:path}/du-thao            answer       obligation  link
GET  /bao-cao-huyen/{key:path}                    answer       obligation  link
POST /bao-cao-huyen/{key:path}                    answer       obligation  link
GET  /hang-doi                                    queue        nothing     link
POST /hang-doi/chon                               queue        nothing     link
POST /hang-doi/lam                                queue        nothing     link
GET  /nhiem-vu/{key:path}/nhac-viec               see          obligation  link
GET  /nhac-viec/{agency}                          see          agency      link
GET  /tong-hop                                    roll-up      nothing     link
GET  /tong-hop/nguon                              roll-up      nothing     link
GET  /tong-hop/noi-dung                           roll-up      nothing     link
GET  /huong-dan                                   board        nothing     link
GET  /huong-dan/{key:path}                        remark       obligation  link
POST /huong-dan/{key:path}                        remark       obligation  link
POST /nhiem-vu/{key:path}/tiep-nhan               review       obligation  link
POST /nhiem-vu/{key:path}/bo-sung                 review       obligation  link
POST /nhiem-vu/{key:path}/khong-thuoc-tham-quyen  review       obligation  link
POST /nhiem-vu/{key:path}/xac-nhan-ngay           review       obligation  link
POST /nhiem-vu/{key:path}/ghi-nhan-thay           record       obligation  link
POST /nhiem-vu/{key:path}/nhap-thay               record       obligation  link
POST /nhiem-vu/{key:path}/dien-thoai              record       obligation  link
POST /nhiem-vu/{key:path}/giao-nham               cancel       obligation  link
POST /nhiem-vu/{key:path}/mo-lai                  review       obligation  link
POST /nhiem-vu/{key:path}/y-kien                  remark       obligation  link
POST /nhiem-vu/{key:path}/thoi-han                move-inner   obligation  link
POST /nhiem-vu/{key:path}/gia-han                 extend       obligation  link
POST /nhiem-vu/{key:path}/rut-thoi-han            move-inner   obligation  link
POST /nhiem-vu/{key:path}/rut-gia-han             extend       obligation  link
POST /nhiem-vu/{key:path}/rut-lai                 answer      obligation  link
GET  /nhiem-vu/{key:path}                         see          obligation  link
GET  /tam-dung                                    pause        nothing     only
POST /tam-dung                                    pause        nothing     only
GET  /tam-dung/{number:number}                     pause        nothing     only
POST /tam-dung/{number:number}/ngay                pause        nothing     only
POST /tam-dung/{number:number}/rut                 pause        nothing     only
GET  /dieu-chinh                                  extend       nothing     only
POST /dieu-chinh                                  extend       nothing     only
GET  /bang                                        board        nothing     link
GET  /danh-sach                                   board        nothing     link
GET  /nhiem-vu-kh/{item}                          board        nothing     link
GET  /co-quan/{agency}                            board        agency      link
GET  /tim                                         board        nothing     link
GET  /chi-dao                                     direct       nothing     link
POST /chi-dao                                     direct       nothing     link
GET  /chi-dao/da-gui                              direct       nothing     link
GET  /van-ban                                     papers       nothing     only
GET  /van-ban/lap                                 papers       nothing     only
POST /van-ban/lap                                 papers       nothing     only
GET  /van-ban/{number:number}                     papers       nothing     only
POST /van-ban/{number:number}/ky                  papers       nothing     only
GET  /van-ban/{number:number}/docx                papers       nothing     only
GET  /van-ban/{number:number}/pdf                 papers       nothing     only
GET  /danh-muc                                    propose      nothing     only
GET  /danh-muc/phat-hanh                          release      nothing     only
POST /danh-muc/phat-hanh                          release      nothing     only
GET  /danh-muc/du-thao                            propose      nothing     only
GET  /danh-muc/du-thao/{name}                     propose      nothing     only
GET  /danh-muc/chon                               propose      nothing     only
POST /danh-muc/lam                                propose      nothing     only
GET  /bat-dau                                     preview      nothing     only
POST /bat-dau                                     start        nothing     only
GET  /thu-hom-nay                                 preview      nothing     only
POST /thu-hom-nay/giu                             hold         nothing     only
POST /thu-hom-nay/bo-giu                          hold         nothing     only
GET  /thu-hom-nay/{agency}                        preview      agency      only
GET  /thu/{number:number}                         mail         message     only
GET  /dia-chi                                     mend         nothing     only
POST /dia-chi                                     mend         nothing     only
GET  /dia-chi/{agency}                            set-address  agency      only
POST /dia-chi/{agency}                            set-address  agency      only
GET  /van-hanh                                    ops          nothing     only
POST /van-hanh/gui-lai                            ops          nothing     only
GET  /van-hanh/duong-dan                          ops          nothing     only
GET  /van-hanh/duong-dan/{agency}                 ops          agency      only
POST /van-hanh/duong-dan/{agency}                 ops          agency      only
"""

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


@dataclass(frozen=True)
class Address:
    """One page as it is written down here."""

    method: str
    path: str
    act: str
    about: str
    link: bool


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
