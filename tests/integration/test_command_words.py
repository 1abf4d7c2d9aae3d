"""What click itself says is Vietnamese, from its help to its faults, and the shell completes words."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import click
import pytest

from cli.frame import LOCALE
from cli.main import run
from tests.support.running.commands import COMMANDS

CATALOG = LOCALE / "vi" / "LC_MESSAGES" / "messages.mo"

FRAME = {
    (): "Cách dùng: dondoc [TÙY_CHỌN] LỆNH",
    ("obligatons",): "Không có lệnh 'obligatons'. Gần nhất: 'obligations'.",
    ("plan", "strt"): "Gần nhất: 'start'",
    ("preview",): "Thiếu tùy chọn '--on'",
    ("history",): "Thiếu tham số 'NHIỆM_VỤ'",
    ("messages", "retry", "x"): "'x' không phải một số đúng",
    ("messages", "retry", "-5"): "Không có tùy chọn '-5'",
    ("obligations", "--ovrdue"): "Không có tùy chọn '--ovrdue'. Gần nhất: '--overdue'",
    ("obligations", "--state"): "Tùy chọn '--state' cần kèm giá trị",
    ("init", "thừa"): "Thừa tham số: thừa",
    ("plan", "dates", "--year", "1"): "ở ngoài khoảng",
    ("plan", "check", "--config", "/khong/co"): "Không có '/khong/co'",
    ("--version",): "phiên bản",
    ("obligations", "--help"): "Xem hướng dẫn này",
}
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Missing|Invalid|No such|Try|Did you|valid|range|TEXT|PATH)\b"
)


@pytest.mark.parametrize(
    ("words", "expected"), FRAME.items(), ids=lambda v: " ".join(v) or "-" if isinstance(v, tuple) else ""
)
def test_clicks_own_words_are_vietnamese(
    home: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    expected: str,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    run(list(words))
    out, err = capfd.readouterr()
    assert expected in out + err
    assert ENGLISH.findall(out + err) == []


def test_every_help_page_is_vietnamese(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert run([*name.split(), "--help"]) == 0
        out = capfd.readouterr().out
        assert ENGLISH.findall(out) == [], name


def test_the_translation_is_compiled_from_what_is_written() -> None:
    written = _written(CATALOG.with_suffix(".po"))
    with CATALOG.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert written
    for (one, many), said in written.items():
        assert (compiled.ngettext(one, many, 2) if many else compiled.gettext(one)) == said


def _written(path: Path) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    pair = re.compile(r'msgid (".*")\n(?:msgid_plural (".*")\n)?msgstr(?:\[0\])? (".*")\n')
    for one, many, said in pair.findall(path.read_text(encoding="utf-8") + "\n"):
        if one != '""':
            found[ast.literal_eval(one), ast.literal_eval(many or '""')] = ast.literal_eval(said)
    return found


OURS_NEVER = (
    "DeprecationWarning",
    "Could not determine name",
    "No options defined",
    "Arguments take exactly",
    "Name '{name}'",
    "Boolean option",
    "Confirm the action",
    "Invalid start character",
    "is not a valid UUID",
    "Choice(",
)
"""What click says to whoever writes a command, or of what ours do not have."""


def test_all_that_click_can_say_is_translated() -> None:
    """A newer click with other words shows here."""
    known = {one for one, _ in _written(CATALOG.with_suffix(".po"))}
    folder = Path(click.__file__).parent
    said = set()
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "ngettext")
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    said.add(first.value)
    assert {words for words in said - known if not any(part in words for part in OURS_NEVER)} == set()


def test_the_shell_completes_commands_and_words(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_DONDOC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "dondoc messages --state d")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setattr("sys.argv", ["dondoc"])
    with pytest.raises(SystemExit):
        run([])
    assert capfd.readouterr().out.split() == ["plain,dead"]
