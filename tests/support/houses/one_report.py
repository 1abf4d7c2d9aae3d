"""Two plans of which one's cycle reports are given in the other's: some items alike under other numbers."""

from __future__ import annotations

from pathlib import Path

from tests.support.houses.smaller_plans import KEY, of_few_items, two_plans

FIRST, SECOND = "239-2022", KEY
CYCLES = f"cycles-{SECOND}.toml"


def of_one_report(folder: Path, given_in: str = FIRST) -> Path:
    """Write the first plan with 1.3 and 2.5, the second with 1.3 as its 2.9, a figure more of it, and 4.1."""
    two_plans(of_few_items(folder, "1.3", "2.5"), "1.3")
    shipped = of_few_items(folder.with_name("aside"), "4.1")
    _, blocks = (shipped / "plan.toml").read_text(encoding="utf-8").split("[[item]]", 1)
    file = folder / f"plan-{SECOND}.toml"
    text = file.read_text(encoding="utf-8").replace('key = "1.3"', 'key = "2.9"')
    text = text.replace('"cycles.toml"', f'"{CYCLES}"')
    file.write_text(f"{text}\n[[item]]{blocks}", encoding="utf-8")
    figures = folder / f"{SECOND}-figures.csv"
    of_41 = (shipped / "figures.csv").read_text(encoding="utf-8").partition("\n")[2]
    more = "2.9,d,Số cuộc giám sát tại thôn,cuộc,count,period,commune district province,,sum,\n"
    said = figures.read_text(encoding="utf-8").replace("\n1.3,", "\n2.9,")
    figures.write_text(f"{said}{more}{of_41}", encoding="utf-8")
    cycles = (folder / "cycles.toml").read_text(encoding="utf-8")
    (folder / CYCLES).write_text(
        cycles.replace("[[cycle]]\n", f'[[cycle]]\nanswered_in = "{given_in}"\n'), encoding="utf-8"
    )
    return folder
