"""The house as it is drawn: arrows, the one clock, sizes, and what each room may know."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("obligations", "config", "store", "notifications", "tasks_lib", "flows", "web", "cli")
BELOW_COMMANDS = ROOMS[:-1]
CLOCK = "tasks_lib/kernel/clock.py"
READS_THE_CLOCK = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("func", "now"),
    ("func", "current_timestamp"),
    ("func", "current_date"),
    ("pendulum", "now"),
}
FILE_LINES, FUNCTION_LINES = 300, 40
MIGRATIONS = "store/migrations/versions/"
"""Lists of tables as they were: long, and nothing in them to follow."""
OF_ONE_PLAN = re.compile(r"Sở Nội vụ|SNV|so-noi-vu|Lào Cai|\b8 Chỉ số|\b39 nhiệm vụ|\b239\b|\b239[-/]")
"""What is true of the plan that is shipped, and of no other."""
OF_ITS_LEVELS = re.compile(
    r"UBND|Ủy ban nhân dân|ỦY BAN NHÂN DÂN|Phòng Nội vụ"
    r"|(?<!\w)(?:[Xx]ã(?! hội)|[Hh]uyện|[Tt]ỉnh|phường|thị trấn)(?!\w)"
)
"""What the levels of a province and their agencies are called; a ministry has others."""
NOT_OF_A_TREE = {
    "obligations/places.py": "how the state names its places and their committees, in every tree",
    "config/wording_texts.py": "a grammar of what plans say about whoever leads",
    "config/wording_levels.py": "a grammar of what plans say about whose day it is",
    "obligations/terms_levels.py": "the same printed back as a plan says it",
    "config/sample_name.py": "the sample is plan 239 carried over, its number too",
    "tasks_lib/watch/lane.py": "the self-test has a plan and a tree of its own",
    "tasks_lib/simulation/answers.py": "made up for a replay of plan 239",
}
"""Files of code where such a word is nobody's level, and why."""
REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
ADDRESS = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-zA-Z]{2,}")


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield every module of the rooms with its path and tree."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """Return the full names of all modules a module imports, also within functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_arrows_point_down() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout[-3000:] + linted.stderr


def test_the_rules_know_the_standard_library_only() -> None:
    for path, tree in modules("obligations"):
        tops = {name.split(".")[0] for name in imported(tree)}
        strange = tops - sys.stdlib_module_names - {"obligations"}
        assert not strange, f"{path} imports {strange}: hand it in as a value, or keep it in config or store"


def test_one_place_reads_the_clock() -> None:
    found = {
        path
        for path, tree in modules(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr, node.attr)
        in READS_THE_CLOCK
    }
    assert found == {CLOCK}, f"{found - {CLOCK}} read the clock: take the day as a parameter, `as_of`"


def test_nothing_imports_a_clock_by_another_name() -> None:
    clocks = {"time.time", "time.localtime", "pendulum", "prefect.types._datetime"}
    for path, tree in modules(*ROOMS):
        found = imported(tree) & clocks
        assert not found, f"{path} imports {found}: take the day as a parameter, `as_of`"


def test_below_the_entrances_nobody_asks_for_the_present() -> None:
    """The watchman alone looks from outside: whether the machine's own clock is right."""
    asking = {
        path
        for path, tree in modules("obligations", "config", "store", "notifications", "tasks_lib")
        if "tasks_lib.kernel.clock.now" in imported(tree)
    }
    more = asking - {"tasks_lib/watch/watchman.py"}
    assert not more, f"{more} ask for now(): let the entrance ask and hand on `as_of`"


def test_what_a_function_needs_is_handed_to_it() -> None:
    """Who sits at the keyboard, and what a round shares with the flows it starts, stand in the context."""
    found = {path for path, tree in modules(*ROOMS) if "contextvars.ContextVar" in imported(tree)}
    more = found ^ {"store/actor.py", "tasks_lib/rounds/shift.py"}
    assert not more, f"{more}: hand it on as a parameter (ADR 0040)"


def test_statements_stand_in_the_store_and_in_the_rooms_sql() -> None:
    """Whoever else holds a connection hands it on: of SQLAlchemy they know its type and its errors."""
    for path, tree in modules(*ROOMS):
        if path.startswith("store/") or "/sql/" in path:
            continue
        database = {name for name in imported(tree) if name.split(".")[0] == "sqlalchemy"}
        passed_on = {"sqlalchemy", "sqlalchemy.Connection", "sqlalchemy.Engine"}
        found = {n for n in database if n not in passed_on and not n.startswith("sqlalchemy.exc")}
        found |= {"store.schema", "store.door"} & imported(tree)
        assert not found, (
            f"{path} imports {found}: put the statement into a folder `sql` of the room, or store"
        )


def test_a_rooms_sql_knows_the_store_and_other_rooms_sql() -> None:
    for path, tree in modules("tasks_lib"):
        if "/sql/" in path:
            ours = {name for name in imported(tree) if name.startswith("tasks_lib.")}
            upward = {name for name in ours if ".sql." not in f"{name}."}
            assert not upward, f"{path} imports {upward}: hand in what it needs, or move the word to store"


def test_the_store_keeps_and_does_not_decide() -> None:
    """Who hears for whom, which address may be written to: a use case hands it in."""
    decides = {"obligations.chain", "obligations.rights", "obligations.seats"}
    for path, tree in modules("store"):
        found = {name for name in imported(tree) if name in decides or name.startswith("config")}
        found -= {"config.disk", "config.disk.sync_folder"}
        assert not found, f"{path} imports {found}: let the room that owns it decide, and hand in the outcome"


def test_of_use_cases_three_modules_know_prefect() -> None:
    found = {
        path
        for path, tree in modules("tasks_lib")
        if any(n.split(".")[0] == "prefect" for n in imported(tree))
    }
    knowing = {
        "tasks_lib/mailing/mail_tasks.py",
        "tasks_lib/rounds/step_tasks.py",
        "tasks_lib/rounds/tasks.py",
    }
    assert found == knowing, f"{found ^ knowing}: a use case is wrapped as a task in one of {knowing}"


def test_unit_tests_need_neither_database_nor_prefect() -> None:
    for path, tree in modules("tests/unit"):
        tops = {name.split(".")[0] for name in imported(tree)}
        heavy = tops & {"store", "flows", "cli", "sqlalchemy", "prefect", "alembic", "psycopg"}
        assert not heavy, f"{path} imports {heavy}: it belongs in tests/integration or tests/flows"


def test_files_can_be_read_at_a_sitting() -> None:
    long = {
        path: lines
        for path, _ in modules(*ROOMS, "tests")
        if not path.startswith(MIGRATIONS)
        and (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert not long, f"over {FILE_LINES} lines: {long}; split by what each part is about"


def test_functions_can_be_read_at_a_glance() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules(*ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
        and not path.startswith(MIGRATIONS)
    ]
    assert not long, f"over {FUNCTION_LINES} lines: {long}; give a part of it a name of its own"


EDGES = {
    "store/door.py": 7,  # what SQLAlchemy's statements, columns and rows are before they are nouns
    "store/engine.py": 6,  # the drivers' own connections
    "store/migrate.py": 1,
    "store/proof.py": 1,  # the journal's JSON as it stands there, before it is proven
    "store/sets.py": 1,
    "store/sealing.py": 2,  # what SQLAlchemy hands to a listener
    "tasks_lib/mailing/mail_log.py": 1,  # a line of a file that a crash may have cut off
    "tasks_lib/rounds/tasks.py": 10,  # Prefect's tasks, states and parameters
    "tasks_lib/rounds/step_tasks.py": 2,
    "flows/factory.py": 11,
    "flows/probe.py": 1,
    "flows/reporting.py": 2,
    "flows/round.py": 2,
    "flows/run.py": 1,
    "flows/inside_prefect.py": 3,  # a flow that returns a state is one to Prefect's types and two to mypy
    "flows/turns.py": 1,
    "cli/common.py": 1,  # click's commands
    "cli/main.py": 1,
    "web/frame/table.py": 2,  # a workbook's formats, which have no type
}
"""Where `Any` stands, how often and why: where something enters that nobody has typed yet (ADR 0027)."""


def test_only_the_named_edges_let_anything_in() -> None:
    """A figure that is smaller now is a better one: write it down."""
    found = {
        path: number
        for path, tree in modules(*ROOMS)
        if not path.startswith("store/migrations/")
        and (number := sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree)))
    }
    differ = {p: (found.get(p, 0), EDGES.get(p, 0)) for p in {*found, *EDGES} if found.get(p) != EDGES.get(p)}
    assert not differ, f"`Any` by file, found and allowed by EDGES: {differ}; give it a type (ADR 0027)"


def test_code_speaks_of_no_province_and_of_no_collating_agency() -> None:
    """Whose plan it is stands in its data; only docstrings tell of the one that is shipped."""
    found = [f"{path}:{text.lineno}" for path, text in texts(*ROOMS) if OF_ONE_PLAN.search(text.value)]
    assert not found, f"words of one plan: {found}; read them from the plan, its agencies or its levels"


def test_help_and_templates_speak_of_no_province_and_of_no_collating_agency() -> None:
    """A command's docstring is its help, and what a template says is read by users."""
    helps = [
        f"{path}:{node.lineno}"
        for path, tree in modules("cli")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.decorator_list
        and OF_ONE_PLAN.search(ast.get_docstring(node) or "")
    ]
    pages = [path for path, said in templates() if OF_ONE_PLAN.search(said)]
    found = helps + pages
    assert not found, f"words of one plan: {found}; say it neutrally, or let the page hand the name in"


def test_code_and_templates_take_the_words_of_levels_from_the_tree() -> None:
    """Only the helps of commands may say them: they are read before there is a plan (docs/cli.md)."""
    code = {path for path, text in texts(*BELOW_COMMANDS) if OF_ITS_LEVELS.search(text.value)}
    pages = {path for path, said in templates() if OF_ITS_LEVELS.search(said)}
    said = (code | pages) ^ NOT_OF_A_TREE.keys()
    assert not said, f"words of levels: {said}; take them from the level, or in_tree(house, …)"


def templates() -> Iterator[tuple[str, str]]:
    """Yield what is read by users in pages and mails, without remarks."""
    for room in ("web", "notifications"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in {".html", ".j2", ".txt", ".js", ".css"}:
                said = REMARK.sub("", path.read_text(encoding="utf-8"))
                yield path.relative_to(ROOT).as_posix(), said


def texts(*rooms: str) -> Iterator[tuple[str, Text]]:
    """Yield every text of the rooms' code that is no docstring."""
    for path, tree in modules(*rooms):
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield path, Text(node.lineno, node.value)


class Text(NamedTuple):
    """A text in the code, with its line."""

    lineno: int
    value: str


def test_no_address_could_reach_anybody() -> None:
    """Whatever looks like a mail address ends in .example, in code, data, pages and templates."""
    kinds = {".py", ".toml", ".csv", ".md", ".txt", ".html", ".yaml", ".json"}
    for room in (*ROOMS, "docs"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in kinds:
                found = ADDRESS.findall(path.read_text(encoding="utf-8"))
                real = [address for address in found if not address.endswith(".example")]
                assert not real, f"{path}: {real} could reach somebody; end them in .example"
