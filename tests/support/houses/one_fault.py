"""Faults of the configuration, one each: the file, what stands there, what in its place, how it is told."""

from __future__ import annotations

HCC = "trung-tam-phuc-vu-hanh-chinh-cong-tinh"

IN_1_2 = 'leads = ["ubnd-cap-xa"]\nsecond = [\n    { body = "ubnd-cap-huyen", role = "cooperates"'
BEFORE_1_2 = '{ wording = "before", day = 2022-07-15 }'
PLAN_1_2 = "plan.toml: nhiệm vụ 1.2: "
TASK_LADDER = "ladders.toml: các mức nhắc việc commune-task: "

ONE_FAULT = {
    "unknown lead": (
        "plan.toml",
        IN_1_2,
        IN_1_2.replace("ubnd-cap-xa", "x"),
        PLAN_1_2 + "leads: không có cơ quan 'x'",
    ),
    "unknown second body": (
        "plan.toml",
        IN_1_2,
        IN_1_2.replace("ubnd-cap-huyen", "y"),
        PLAN_1_2 + "second: không có cơ quan 'y'",
    ),
    "role that is none": (
        "plan.toml",
        'role = "cooperates"',
        'role = "helps"',
        PLAN_1_2 + "second.0.role: không nhận 'helps'",
    ),
    "date that does not exist": (
        "plan.toml",
        BEFORE_1_2,
        BEFORE_1_2.replace("07-15", "02-30"),
        PLAN_1_2 + "deadline.day: ngày 2022-02-30 không có thật hoặc viết sai (dòng ",
    ),
    "date written as text": (
        "plan.toml",
        BEFORE_1_2,
        BEFORE_1_2.replace("2022-07-15", '"2022-07-15"'),
        PLAN_1_2 + "deadline.day: phải là một ngày",
    ),
    "deadline without its day": (
        "plan.toml",
        BEFORE_1_2,
        '{ wording = "before" }',
        PLAN_1_2 + "deadline.day: cách ghi 'before' cần một ngày",
    ),
    "deadline outside the plan's life": (
        "plan.toml",
        BEFORE_1_2,
        BEFORE_1_2.replace("2022", "2023"),
        PLAN_1_2 + "deadline.day: 14/07/2023 nằm ngoài thời gian của kế hoạch (30/06/2022-31/12/2022)",
    ),
    "quarter outside the plan's life": (
        "plan.toml",
        '"2022-Q3"',
        '"2021-Q2"',
        "plan.toml: nhiệm vụ 3.5: deadline.quarter: 30/06/2021 nằm ngoài",
    ),
    "duplicate key": (
        "plan.toml",
        'key = "1.3"',
        'key = "1.2"',
        PLAN_1_2 + "key: trùng, đã có ở trên",
    ),
    "missing field": (
        "plan.toml",
        'leads_text = "UBND cấp xã"\n',
        "",
        PLAN_1_2 + "leads_text: thiếu trường này",
    ),
    "field that is none": (
        "plan.toml",
        IN_1_2,
        "leed = 1\n" + IN_1_2,
        PLAN_1_2 + "leed: không có trường này",
    ),
    "unknown content": (
        "plan.toml",
        'printed = "1.2"\ncontent = 1',
        'printed = "1.2"\ncontent = 9',
        PLAN_1_2 + "content: không có nội dung 9",
    ),
    "waiting for nothing": (
        "plan.toml",
        'waits_for = "III.3.a"',
        'waits_for = "III.9"',
        "plan.toml: nhiệm vụ 4.2: waits_for: không có nhiệm vụ 'III.9' để chờ",
    ),
    "unknown focal": (
        "plan.toml",
        'focal = "so-noi-vu"',
        'focal = "so-noi"',
        "plan.toml: [plan]: focal: không có cơ quan 'so-noi'",
    ),
    "broken syntax": (
        "plan.toml",
        'key = "1.2"',
        'key = "1.2',
        "plan.toml: ",
    ),
    "section that is none": (
        "plan.toml",
        "[[duty]]",
        "[[duties]]\nkey = 1\n\n[[duty]]",
        "plan.toml: duties: không có trường này",
    ),
    "figure of an unknown item": (
        "figures.csv",
        "1.1,a,",
        "9.9,a,",
        "figures.csv: dòng 2: item: không có nhiệm vụ '9.9'",
    ),
    "stock asked of communes and their district": (
        "figures.csv",
        "2.1,a,",
        "4.1,z,x,,count,as_of,,commune district,sum,\n2.1,a,",
        "figures.csv: nhiệm vụ 4.1: hands: số liệu z bị cộng hai lần: xã và huyện",
    ),
    "two figures asked of one implementer": (
        "figures.csv",
        "2.1,a,",
        "6.1,z,x,,count,period,,commune,sum,\n2.1,a,",
        "figures.csv: nhiệm vụ 6.1: hands: cấp xã được hỏi 2 số liệu",
    ),
    "figure asked at a tier that is none": (
        "figures.csv",
        "2.1,a,",
        "6.1,z,x,,count,period,xóm,,sum,\n2.1,a,",
        "figures.csv: dòng 11: lead: không nhận 'xóm', chỉ nhận commune, district, province",
    ),
    "figure twice": (
        "figures.csv",
        "1.1,b,",
        "1.1,a,",
        "figures.csv: dòng 3: key: số liệu a của nhiệm vụ 1.1 trùng",
    ),
    "figure of a kind that is none": (
        "figures.csv",
        "yes-no",
        "perhaps",
        "figures.csv: dòng 2: kind: không nhận 'perhaps'",
    ),
    "year of scores twice": (
        "papi.csv",
        "\n2021,",
        "\n2020,",
        "papi.csv: dòng 3: year: năm 2020 trùng, đã có ở trên",
    ),
    "score that is none": (
        "papi.csv",
        "5.0275598",
        "năm",
        "papi.csv: dòng 4: D1: phải là số, phần lẻ sau dấu chấm",
    ),
    "unknown agency in a group": (
        "agencies.toml",
        '    "so-y-te",\n',
        '    "so-y-te",\n    "so-z",\n',
        "agencies.toml: nhóm so-ban-nganh: members: không có cơ quan 'so-z'",
    ),
    "group of an unknown list": (
        "agencies.toml",
        'list = "laocai_2022"\nlevel = "district"',
        'list = "laocai_2021"\nlevel = "district"',
        "agencies.toml: nhóm ubnd-cap-huyen: list: không có danh sách đơn vị 'laocai_2021'",
    ),
    "group without members": (
        "agencies.toml",
        'list = "laocai_2022"\nlevel = "district"',
        'list = "laocai_2022"\nlevel = "province"',
        "agencies.toml: nhóm ubnd-cap-huyen: members: nhóm không có cơ quan nào",
    ),
    "agency twice": (
        "agencies.toml",
        'id = "so-y-te"',
        'id = "so-tu-phap"',
        "agencies.toml: cơ quan so-tu-phap: id: trùng",
    ),
    "unknown superior": (
        "agencies.toml",
        'superior = "van-phong-ubnd-tinh"',
        'superior = "van-phong"',
        f"agencies.toml: cơ quan {HCC}: superior: không có cơ quan 'van-phong'",
    ),
    "an agency above itself": (
        "agencies.toml",
        'superior = "van-phong-ubnd-tinh"',
        f'superior = "{HCC}"',
        f"agencies.toml: cơ quan {HCC}: superior: là chính cơ quan này",
    ),
    "a ring of superiors": (
        "agencies.toml",
        'name = "Văn phòng UBND tỉnh"\nsuperior = "ubnd-tinh"',
        f'name = "Văn phòng UBND tỉnh"\nsuperior = "{HCC}"',
        f"agencies.toml: cơ quan {HCC}: superior: cấp trên nối thành vòng: {HCC}, van-phong-ubnd-tinh",
    ),
    "contacts for nobody": (
        "agencies.toml",
        'for = ["so-noi-vu"]',
        'for = ["so-noi"]',
        "agencies.toml: đầu mối desk: for: không có cơ quan 'so-noi'",
    ),
    "generated address outside the reserved domain": (
        "agencies.toml",
        "giamdoc.{id}@laocai.example",
        "giamdoc.{id}@laocai.vn",
        "agencies.toml: đầu mối director: address: địa chỉ thật chưa được phép dùng",
    ),
    "unit twice in its list": (
        "units/laocai_2022.csv",
        "02641,",
        "02635,",
        "laocai_2022.csv: dòng 13: code: mã 02635 trùng",
    ),
    "steps out of order": (
        "ladders.toml",
        '{ code = "+5", to = ["focal"], template = "focal", rhythm = "monday" }',
        '{ code = "+3", to = ["focal"], template = "focal", rhythm = "monday" }',
        TASK_LADDER + "steps: mức +3 phải đứng trước mức +4",
    ),
    "template that is none": (
        "ladders.toml",
        'template = "director"',
        'template = "boss"',
        "ladders.toml: các mức nhắc việc focal: steps.3.template: không nhận 'boss'",
    ),
    "figures closed on the day of sending": (
        "cycles.toml",
        "close_day = { commune = 7,",
        "close_day = { commune = 9,",
        "cycles.toml: kỳ báo cáo Q1: close_day.commune: chốt số liệu ngày 9 không trước ngày gửi",
    ),
    "cycle with a key no period can be written with": (
        "cycles.toml",
        'key = "Q1"',
        'key = "Q-1"',
        "cycles.toml: kỳ báo cáo Q-1: key: ",
    ),
    "level without a day": (
        "cycles.toml",
        "close_day = { commune = 7, district = 12, province = 12, focal = 17 }",
        "close_day = { commune = 7, district = 12, province = 12 }",
        "cycles.toml: kỳ báo cáo Q1: close_day.focal: thiếu ngày của cấp này",
    ),
    "missing number": (
        "cycles.toml",
        "chronic_overdue = 3",
        "# chronic_overdue = 3",
        "cycles.toml: [numbers]: chronic_overdue: thiếu trường này",
    ),
    "regulation of an unknown item": (
        "regulations.toml",
        'item = "2.6"',
        'item = "2.9"',
        "regulations.toml: quy định 2.9: item: không có nhiệm vụ '2.9'",
    ),
    "regulation of a dated item": (
        "regulations.toml",
        'item = "2.6"',
        'item = "1.2"',
        "regulations.toml: quy định 1.2: item: nhiệm vụ không ghi thời hạn 'Theo quy định'",
    ),
    "quarter without a regulation": (
        "regulations.toml",
        "valid_from = 2017-02-15",
        "valid_from = 2022-07-01",
        "plan.toml: nhiệm vụ 2.3: deadline: không có quy định nào áp dụng cho Quý II/2022",
    ),
    "regulation of events that nobody may record": (
        "regulations.toml",
        'days = 10\nrecorders = ["lead"]',
        "days = 10",
        "regulations.toml: quy định 4.5: recorders: thiếu trường này",
    ),
    "overlapping regulations": (
        "regulations.toml",
        "valid_to = 2024-07-31",
        "valid_to = 2024-08-31",
        "regulations.toml: quy định 2.4: valid_from: 01/08/2024 trùng thời gian với quy định trước",
    ),
    "day off that is a working day too": (
        "calendar.toml",
        "date = 2026-01-10",
        "date = 2026-01-02",
        "calendar.toml: ngày nghỉ 2026-01-02: date: vừa là ngày nghỉ vừa là ngày làm việc",
    ),
    "signing day that does not exist": (
        "plan.toml",
        "signed_on = 2022-06-30",
        "signed_on = 2022-06-31",
        "plan.toml: [plan]: signed_on: ngày 2022-06-31 không có thật hoặc viết sai (dòng ",
    ),
}
