"""Who holds work: the province's bodies and the communes and districts of the state's lists."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from config.contacts import read_contacts
from config.errors import ConfigError
from config.load import OWN_DIRECTORY, Configuration, load_configuration
from obligations.model import Agency

SIGNED = date(2022, 6, 30)
TWO_TIERS = date(2025, 7, 1)


@pytest.fixture(scope="module")
def config() -> Configuration:
    return load_configuration(OWN_DIRECTORY)


@pytest.fixture(scope="module")
def agencies(config: Configuration) -> dict[str, Agency]:
    return config.agencies


def test_the_groups_hold_152_communes_9_districts_and_20_departments(config: Configuration) -> None:
    counts = {group: len(config.members(group, SIGNED)) for group in config.groups}
    assert counts == {"ubnd-cap-xa": 152, "ubnd-cap-huyen": 9, "so-ban-nganh": 20, "ubnd-cap-xa-2025": 0}
    kinds = Counter(config.agencies[i].name.split()[1] for i in config.members("ubnd-cap-xa", SIGNED))
    assert kinds == {"xã": 127, "phường": 16, "thị": 9}


def test_a_later_list_of_units_changes_no_earlier_plan(config: Configuration) -> None:
    assert len(config.members("ubnd-cap-xa-2025", TWO_TIERS)) == 99
    # The old group stands for its members' successors: 48 of the 99, the others being Yên Bái's.
    assert len(config.members("ubnd-cap-xa", TWO_TIERS)) == 48
    assert set(config.members("ubnd-cap-xa", TWO_TIERS)) < set(config.members("ubnd-cap-xa-2025", TWO_TIERS))
    assert config.members("ubnd-cap-huyen", TWO_TIERS) == ()
    assert config.members("x02647-2025", SIGNED) == ()
    assert not any(i.endswith("-2025") for i in config.groups["ubnd-cap-xa"].members)


def test_a_code_used_again_is_another_agency(agencies: dict[str, Agency]) -> None:
    assert agencies["x02647-2022"].name == "UBND phường Kim Tân"
    assert agencies["x02647-2025"].name == "UBND phường Lào Cai"
    assert agencies["x02647-2022"].valid_to == date(2025, 6, 30)
    assert agencies["x02647-2025"].superior == "ubnd-tinh"


def test_both_communes_called_thanh_binh_are_kept_apart(agencies: dict[str, Agency]) -> None:
    named = {a.id: a.superior for a in agencies.values() if a.name == "UBND xã Thanh Bình"}
    assert named == {"x02779-2022": "h083-2022", "x03022-2022": "h088-2022"}


def test_names_as_texts_write_them(agencies: dict[str, Agency]) -> None:
    assert agencies["x02686-2022"].name == "UBND xã A Mú Sung"
    assert agencies["x02686-2022"].short_name == "xã A Mú Sung"
    assert agencies["x02683-2022"].name == "UBND thị trấn Bát Xát"
    assert (agencies["h080-2022"].name, agencies["h080-2022"].short_name) == (
        "UBND thành phố Lào Cai",
        "Lào Cai",
    )
    assert (agencies["h088-2022"].name, agencies["h088-2022"].short_name) == ("UBND thị xã Sa Pa", "Sa Pa")
    assert agencies["so-y-te"].short_name == "Sở Y tế"


def test_the_chain_runs_from_commune_to_province(agencies: dict[str, Agency]) -> None:
    commune, district = agencies["x02686-2022"], agencies["h082-2022"]
    assert (commune.level.key, commune.superior, commune.collator) == ("commune", "h082-2022", None)
    assert (district.level.key, district.superior, district.collator) == (
        "district",
        "ubnd-tinh",
        "so-noi-vu",
    )
    assert commune.desk == district.desk == "Phòng Nội vụ huyện Bát Xát"
    assert agencies["h088-2022"].desk == "Phòng Nội vụ thị xã Sa Pa"
    assert agencies["so-y-te"].collator == "so-noi-vu"
    assert agencies["so-noi-vu"].collator is None
    assert agencies["so-noi-vu"].desk == "Phòng Cải cách hành chính"
    assert agencies["ubnd-tinh"].superior is None


def test_the_one_stop_centre_reports_through_its_office(agencies: dict[str, Agency]) -> None:
    centre = agencies["trung-tam-phuc-vu-hanh-chinh-cong-tinh"]
    assert centre.superior == centre.reports_through == "van-phong-ubnd-tinh"


def test_invited_bodies_and_the_police_are_not_ranked(config: Configuration) -> None:
    invited = {a.id for a in config.agencies.values() if a.invited}
    assert invited == set(config.plan().invited)
    assert {a.id for a in config.agencies.values() if not a.ranked} == invited | {"cong-an-tinh"}
    assert not config.agencies["cong-an-tinh"].invited


def test_182_agencies_owe_a_plan_and_161_a_sheet(config: Configuration) -> None:
    plan = config.plan()
    assert sum(len(config.members(ref, SIGNED)) for ref in plan.planners) == 182
    assert sum(len(config.members(ref, SIGNED)) for ref in plan.sheet_keepers) == 161


def test_addresses_are_made_under_the_reserved_domain_and_none_for_the_province(
    agencies: dict[str, Agency],
) -> None:
    assert agencies["ubnd-tinh"].contacts == ()
    addresses = [c.address for a in agencies.values() for c in a.contacts]
    assert len(addresses) == len(set(addresses))
    assert all(address.endswith("@laocai.example") for address in addresses)
    assert all(a.contact("unit") for a in agencies.values() if a.id != "ubnd-tinh")


def test_desks_directors_and_substitutes(agencies: dict[str, Agency]) -> None:
    desk = agencies["h082-2022"].contact("desk")
    director = agencies["so-noi-vu"].contact("director")
    assert desk is not None
    assert director is not None
    assert (desk.address, desk.phone) == ("noivu.h082-2022@laocai.example", "0214 000 082")
    assert desk.name == "cán bộ phụ trách"
    assert director.address == "giamdoc.so-noi-vu@laocai.example"
    assert agencies["h082-2022"].contact("substitute")
    assert agencies["x02686-2022"].contact("desk") is None


def contacts_file(directory: Path, *lines: str) -> Path:
    path = directory / "contacts.csv"
    path.write_text("\n".join(("agency,role,name,address,phone", *lines)), encoding="utf-8")
    return path


def test_a_client_s_contacts_take_the_place_of_the_made_ones(
    agencies: dict[str, Agency], tmp_path: Path
) -> None:
    path = contacts_file(
        tmp_path,
        "so-y-te,unit,Văn thư,vanthu@soyte.example,0214 000 111",
        "so-y-te,substitute,Phó Chánh Văn phòng,pcvp@soyte.example,",
    )
    read = read_contacts(path, agencies)
    assert [c.address for c in read["so-y-te"]] == ["vanthu@soyte.example", "pcvp@soyte.example"]
    assert list(read) == ["so-y-te"]


def test_a_unit_known_by_telephone_only_has_no_address(agencies: dict[str, Agency], tmp_path: Path) -> None:
    path = contacts_file(tmp_path, "x02719-2022,unit,Văn thư,,0214 000 111")
    (contact,) = read_contacts(path, agencies)["x02719-2022"]
    assert (contact.address, contact.phone) == ("", "0214 000 111")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("so-y,unit,x,a@b.example,", "dòng 2: agency: không có cơ quan 'so-y'"),
        ("so-y-te,chief,x,a@b.example,", "dòng 2: role: không nhận 'chief'"),
        ("so-y-te,unit,x,khong-phai,", "dòng 2: address: không phải địa chỉ thư: 'khong-phai'"),
        ("so-y-te,unit,x,a@b.vn,", "dòng 2: address: địa chỉ thật chưa được phép dùng: 'a@b.vn'"),
        ("ubnd-tinh,unit,x,a@b.example,", "dòng 2: agency: UBND tỉnh Lào Cai không nhận thư tự động"),
        ("so-y-te,unit", "dòng 2: phải có 5 ô"),
    ],
)
def test_a_wrong_line_of_contacts_is_told_and_nothing_is_taken(
    agencies: dict[str, Agency], tmp_path: Path, line: str, told: str
) -> None:
    path = contacts_file(tmp_path, line, "so-y-te,unit,x,a@b.example,")
    with pytest.raises(ConfigError) as caught:
        read_contacts(path, agencies)
    assert len(caught.value.faults) == 1
    assert str(caught.value).startswith(f"contacts.csv: {told}")


def test_real_addresses_are_taken_only_when_asked_for(agencies: dict[str, Agency], tmp_path: Path) -> None:
    path = contacts_file(tmp_path, "so-y-te,unit,Văn thư,vanthu@soyte.gov.vn,")
    assert read_contacts(path, agencies, allow_real=True)["so-y-te"][0].address == "vanthu@soyte.gov.vn"


def test_a_file_without_its_columns_is_refused(agencies: dict[str, Agency], tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("agency,role,name,address\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"contacts\.csv: dòng 1: phone: thiếu cột này"):
        read_contacts(path, agencies)


NEW_STYLE = re.compile(r"(?:o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![a-zà-ỹ])", re.IGNORECASE)
"""Tone marks as "Hoà", "thuỷ" bear them; the plan itself writes "Ủy ban", "hòa", "thủy"."""


def test_tone_marks_have_one_spelling_in_names_and_texts() -> None:
    texts = [
        path
        for room in (OWN_DIRECTORY, OWN_DIRECTORY.parent / "notifications" / "templates")
        for path in room.rglob("*")
        if path.suffix in {".toml", ".csv", ".txt", ".j2", ".html"}
    ]
    assert len(texts) > 50
    written = {path.name: NEW_STYLE.findall(path.read_text(encoding="utf-8")) for path in texts}
    assert {name: found for name, found in written.items() if found} == {}


def test_no_unit_is_called_by_an_abbreviation_of_its_kind(agencies: dict[str, Agency]) -> None:
    assert agencies["x02902-2022"].name == "UBND thị trấn Nông trường Phong Hải"
    assert [a.name for a in agencies.values() if "." in a.name] == []
