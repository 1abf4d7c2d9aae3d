"""Where `dondoc demo` keeps its things, and how other commands open them again."""

from __future__ import annotations

import os
from pathlib import Path

from obligations.errors import Refused

DAY_FILE = "day"
"""Which day the demo showed; the Makefile looks for it too."""
PLAN_FILE = "plan"
"""Which plan it showed; the Makefile looks whether it is the one that is asked for."""
CONFIG = "config"
"""Where a sample's data lies in the demo's home; the program's own is shown where there is none."""
NOT_THE_DEMOS = ("DONDOC_SMTP_", "DONDOC_MAIL_", "DONDOC_SENDING_", "DONDOC_PUBLIC_", "DONDOC_EVIDENCE_")
ALONE = ("DONDOC_DATABASE_URL", "PREFECT_API_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL")


def demo_home() -> Path:
    """Return the demo's own home, beside what is real."""
    from config.settings import read_settings

    return read_settings().home / "demo"


def enter(home: Path) -> None:
    """Point the program, and every process it starts, at the demo; nothing of the user's is touched."""
    for name in [n for n in os.environ if n.startswith(NOT_THE_DEMOS) or n in ALONE]:
        os.environ.pop(name)
    os.environ["DONDOC_HOME"] = str(home)
    os.environ.pop("DONDOC_CONFIG_DIR", None)
    if (home / CONFIG).is_dir():
        os.environ["DONDOC_CONFIG_DIR"] = str(home / CONFIG)


def remember(home: Path, plan: str, day: str) -> None:
    """Write down that the demo of a plan has come to its end, and on which day."""
    (home / PLAN_FILE).write_text(plan, encoding="ascii")
    (home / DAY_FILE).write_text(day, encoding="ascii")


def enter_demo() -> None:
    """Point the program at the last demo; raise Refused where there is none."""
    home = demo_home()
    if not (home / DAY_FILE).exists():
        raise Refused("chưa có số liệu trình diễn: chạy 'dondoc demo' trước")
    enter(home)


def demo_day() -> str:
    """Return the day the demo showed, once it has been entered."""
    from config.settings import read_settings

    return (read_settings().home / DAY_FILE).read_text(encoding="ascii").strip()
