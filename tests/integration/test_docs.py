"""What the documents say is true: commands, settings, links and every example."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import COMMANDS, run
from cli.reference import END, START, written
from config.settings import PREFIX, PROJECT_ROOT, Settings
from tasks_lib.watch.checks import CHECKS

DOCS = PROJECT_ROOT / "docs"
PAGES = [
    page
    for page in sorted(PROJECT_ROOT.rglob("*.md"))
    if not any(part.startswith(".") for part in page.relative_to(PROJECT_ROOT).parts)
]
LEFT_OUT = "…"
SESSION = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)#\s]+)?(#[^)\s]+)?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_the_reference_is_what_the_commands_say_themselves() -> None:
    page = read(DOCS / "cli.md")
    assert START in page
    assert END in page
    assert page == written(page), "run: python -m cli.reference"


def test_every_command_stands_on_the_page_for_scripts() -> None:
    page = read(DOCS / "cli.md")
    assert [name for name in COMMANDS if f"dondoc {name}" not in page] == []


def test_every_setting_stands_on_the_page_for_operations() -> None:
    page = read(DOCS / "operations.md")
    names = [PREFIX + field.upper() for field in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_what_to_do_is_told_for_every_check_of_the_watch() -> None:
    page = read(DOCS / "operations.md")
    assert [check.name for check in CHECKS if f"`{check.name}`" not in page] == []


def test_no_setting_is_told_that_does_not_exist() -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    told = {name for page in PAGES for name in re.findall(r"\bDONDOC_[A-Z_]*[A-Z]\b", read(page))}
    assert told - known - {"DONDOC_SMTP"} == set()  # "DONDOC_SMTP_*" means all of them


def test_readme_names_the_command_that_checks_a_clean_checkout() -> None:
    called = read(PROJECT_ROOT / ".ci" / "run").strip().splitlines()[-1]
    assert read(PROJECT_ROOT / "README.md").count(called) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT_ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(read(page)):
        if "://" in target:
            continue
        place = (page.parent / target).resolve() if target else page
        assert place.exists(), f"{page.name} links to {target}"
        if anchor:
            assert anchor[1:] in anchors(place), f"{page.name} links to {target}{anchor}"


def anchors(page: Path) -> set[str]:
    """The names that a page's headings are reached by."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(read(page)))
    return {text.strip().replace(" ", "-") for text in plain}


def test_every_file_that_the_documents_name_exists() -> None:
    folders = (
        "obligations",
        "config",
        "store",
        "notifications",
        "tasks_lib",
        "flows",
        "cli",
        "tests",
        "docs",
    )
    named = re.compile(rf"`((?:{'|'.join(folders)})/[\w./-]*\w)`")
    missing = {
        f"{page.name}: {name}"
        for page in PAGES
        for name in named.findall(read(page))
        if not (PROJECT_ROOT / name).exists()
    }
    assert missing == set()


def test_every_example_is_true(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    for command, expected in examples(DOCS / "cli.md"):
        capsys.readouterr()
        status = run(shlex.split(command)[1:])
        printed = capsys.readouterr()
        if expected.endswith("]") and (said := re.fullmatch(r"(.*)\n\[([12])\]", expected, re.DOTALL)):
            assert (status, printed.err.strip()) == (int(said[2]), said[1]), command
            assert printed.out == "", command
            continue
        assert status == 0, f"{command}: {printed.err}"
        if expected:
            assert differences(json.loads(expected), json.loads(printed.out)) == [], command


def examples(page: Path) -> Iterator[tuple[str, str]]:
    """Every command of a page's sessions with what it is said to print."""
    for session in SESSION.findall(read(page)):
        for piece in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, expected = piece.partition("\n")
            yield command, expected.strip()


def differences(said: object, printed: object, where: str = "") -> list[str]:
    """Where a shortened document says other than was printed; "…" stands for anything."""
    if said in (LEFT_OUT, printed):
        return []
    if isinstance(said, dict) and isinstance(printed, dict):
        return _of_objects(said, printed, where)
    if isinstance(said, list) and isinstance(printed, list):
        return _of_lists(said, printed, where)
    return [f"{where}: said {said!r}, printed {printed!r}"]


def _of_objects(said: dict[str, Any], printed: dict[str, Any], where: str) -> list[str]:
    named = [key for key in said if key != LEFT_OUT]
    if set(named) - set(printed) or (LEFT_OUT not in said and set(named) != set(printed)):
        return [f"{where}: keys said {sorted(said)}, printed {sorted(printed)}"]
    return [fault for key in named for fault in differences(said[key], printed[key], f"{where}.{key}")]


def _of_lists(said: list[Any], printed: list[Any], where: str) -> list[str]:
    """A list that ends in "…" shows some of the entries; any other shows them all."""
    shown = [entry for entry in said if entry != LEFT_OUT]
    if LEFT_OUT not in said and len(shown) != len(printed):
        return [f"{where}: said {len(shown)} entries, printed {len(printed)}"]
    return [fault for entry in shown for fault in _nearest(entry, printed, where)]


def _nearest(entry: object, printed: list[Any], where: str) -> list[str]:
    found = (differences(entry, other, where) for other in printed)
    return min(found, key=len, default=[f"{where}: nothing printed"])
