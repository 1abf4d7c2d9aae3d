"""Who may do what on which page, written down here and not read from the code."""

from __future__ import annotations

from dataclasses import dataclass

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
slip         O   O   O   O   -   O   O   -   -   O   -   -
grades       -   -   -   -   -   OBV OBV -   -   -   -   -
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
GET  /don-vi/{key:path}/du-thao                   answer       obligation  link
GET  /don-vi                                      answer       nothing     link
POST /don-vi                                      answer       nothing     link
GET  /bang-excel                                  answer       nothing     link
POST /bang-excel                                  answer       nothing     link
POST /bang-excel/gui                              answer       nothing     link
GET  /ky/{key:path}/bang-excel                    answer       obligation  link
POST /ky/{key:path}/bang-excel                    answer       obligation  link
GET  /bao-cao-huyen/{key:path}/bang-excel         answer       obligation  link
POST /bao-cao-huyen/{key:path}/bang-excel         answer       obligation  link
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
GET  /doi-chieu                                   slip         nothing     link
POST /doi-chieu                                   slip         nothing     link
GET  /muc-do-hoan-thanh                           grades       nothing     only
POST /muc-do-hoan-thanh                           grades       nothing     only
GET  /phieu/{key:path}                            sheet        obligation  link
POST /phieu/{key:path}                            sheet        obligation  link
GET  /tep/{number:number}/nho                        see          evidence    link
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
POST /nhiem-vu/{key:path}/hoan-tac                review       obligation  link
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
GET  /bieu-do                                     board        nothing     link
GET  /bieu-do/{kind}                              board        nothing     link
GET  /nhiem-vu-kh/{item}                          board        nothing     link
GET  /co-quan/{agency}                            board        agency      link
GET  /tim                                         board        nothing     link
GET  /chi-dao                                     direct       nothing     link
POST /chi-dao                                     direct       nothing     link
GET  /chi-dao/da-gui                              direct       nothing     link
GET  /van-ban                                     papers       nothing     only
GET  /van-ban/lap                                 papers       nothing     only
POST /van-ban/lap                                 papers       nothing     only
GET  /van-ban/lap-khac                            papers       nothing     only
POST /van-ban/lap-khac                            papers       nothing     only
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


@dataclass(frozen=True)
class Address:
    """One page as it is written down here."""

    method: str
    path: str
    act: str
    about: str
    link: bool
