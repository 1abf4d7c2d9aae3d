"""What the office that receives is called, and the head of an agency, is data: no sentence knows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.load import OWN_DIRECTORY, load_configuration
from obligations.levels import Level
from obligations.model import Agency
from obligations.rights import Seat
from tasks_lib.kernel.wording import director_of, head_called, head_of, seat_called

ROOT = OWN_DIRECTORY.parent
CALLED = ("phòng nội vụ", "giám đốc")
IMAGINED = ROOT / "tasks_lib" / "simulation" / "answers.py"
"""People of a replay sign as people do."""
AGENCIES = load_configuration(OWN_DIRECTORY).agencies

MINISTRY = Level(
    key="ministry",
    name="cấp Bộ",
    plural="vụ, cục",
    short="vụ",
    head="Thủ trưởng",
    head_of=(("Vụ", "Vụ trưởng"), ("Cục", "Cục trưởng")),
    top=True,
)
BRANCH = Level(
    key="branch",
    name="cấp chi cục",
    plural="chi cục",
    short="chi cục",
    desk="Văn phòng",
    head="Chi cục trưởng",
)
COLLATOR = Agency(id="tccb", name="Vụ Tổ chức cán bộ", level=MINISTRY, desk="Phòng Cải cách hành chính")
BUREAU = Agency(id="cc1", name="Chi cục Thủy lợi 1", level=BRANCH, desk="Văn phòng Chi cục Thủy lợi 1")
INSTITUTE = Agency(id="vien", name="Viện Quy hoạch", level=MINISTRY, head="Viện trưởng")


def test_plan_239_calls_its_desks_and_heads_as_letters_do() -> None:
    focal, district, commune = (AGENCIES[key] for key in ("so-noi-vu", "h082-2022", "x02719-2022"))
    assert (district.desk, district.office) == ("Phòng Nội vụ huyện Bát Xát", "Phòng Nội vụ")
    assert commune.office == "Phòng Nội vụ huyện Bát Xát"
    assert [agency.headed_by for agency in (focal, district, commune)] == ["Giám đốc", "Chủ tịch", "Chủ tịch"]
    assert (head_of(focal), head_called(focal)) == ("Giám đốc Sở Nội vụ", "Giám đốc Sở")
    assert director_of(focal) == "Đồng chí Giám đốc Sở Nội vụ"
    assert seat_called(district, Seat.DESK) == "Phòng Nội vụ"


def test_where_no_post_is_named_any_head_is_meant() -> None:
    office = AGENCIES["van-phong-ubnd-tinh"]
    assert head_of(office) == "Thủ trưởng Văn phòng UBND tỉnh"
    assert head_called(office) == "người đứng đầu Văn phòng UBND tỉnh"


def test_a_ministry_calls_its_own() -> None:
    assert head_of(COLLATOR) == "Vụ trưởng Vụ Tổ chức cán bộ"
    assert seat_called(COLLATOR, Seat.DIRECTOR) == "Vụ trưởng Vụ"
    assert seat_called(BUREAU, Seat.DESK) == "Văn phòng"
    assert head_of(BUREAU) == "Chi cục trưởng Chi cục Thủy lợi 1"
    assert head_of(INSTITUTE) == "Viện trưởng Viện Quy hoạch"


def test_a_commune_of_two_tiers_reports_to_a_department() -> None:
    assert AGENCIES["x02647-2025"].headed_by == "Chủ tịch"
    assert AGENCIES["x02647-2025"].office == ""
    assert seat_called(AGENCIES["x02647-2025"], Seat.DESK) == "nơi nhận báo cáo"


@pytest.mark.parametrize(
    "room", ["obligations", "notifications", "tasks_lib", "web", "flows", "cli", "config"]
)
def test_no_sentence_of_the_product_names_a_desk_or_a_post(room: str) -> None:
    files = [path for ending in ("py", "j2", "html") for path in (ROOT / room).rglob(f"*.{ending}")]
    told = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in files
        if path != IMAGINED
        for text in _texts(path)
        if any(called in text.lower() for called in CALLED)
    }
    assert not told


def _texts(path: Path) -> Iterator[str]:
    if path.suffix != ".py":
        yield from path.read_text(encoding="utf-8").splitlines()
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    prose = {id(statement.value) for statement in statements}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value
