"""What is typed wrongly is refused with what comes nearest; what is typed as people say it is understood."""

from __future__ import annotations

import ast
import gettext
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from sqlalchemy import update

from cli.chosen import named
from cli.common import DAY
from cli.frame import LOCALE
from cli.main import BAD_INPUT, REFUSED, dondoc, run
from config.settings import PROJECT_ROOT
from notifications.memory import MemoryTransport
from store.engine import writing
from store.schema import messages, obligations
from tasks_lib.kernel.bootstrap import House
from tasks_lib.mailing.holds import hold
from tests.support.life.stories import (
    A_MU_SUNG,
    BAT_XAT,
    MUONG_VI,
    SIGNED,
    SO_NOI_VU,
    at,
    leave_only,
    replay,
    replay_with_mail,
    reports_in,
)

Say = Callable[..., str]
ONE, TWO = f"1.2/{A_MU_SUNG}/once", f"1.2/{MUONG_VI}/once"
CATALOG = LOCALE / "vi" / "LC_MESSAGES" / "messages.mo"
WIDTH = 80


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Say:
    """Run a command and return what it said on stderr."""

    def _said(*words: str, status: int) -> str:
        capfd.readouterr()
        assert run(list(words)) == status
        out, err = capfd.readouterr()
        assert out == ""
        assert len(err.strip().splitlines()) == 1, err
        return err.strip()

    return _said


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("obligations", "--state", "overdu"), "gần nhất: overdue"),
        (("obligations", "--state", "quá hạng"), "qua han"),
        (("obligations", "--kind", "king"), "task, row, report, sheet, plan"),
        (("obligations", "--kind", "repport"), "gần nhất: report"),
        (("obligations", "--agency", "bat-xta"), "h082-2022 (UBND huyện Bát Xát)"),
        (("obligations", "--agency", "so-y-tte"), "so-y-te (Sở Y tế)"),
        (("obligations", "--item", "9.9"), "gần nhất: 8.5"),
        (("notices", "--item", "1.22"), "1.2"),
        (("notices", "--agency", "so y tee"), "so-y-te"),
        (("notices", "--recipient", "so-noi-vuu"), "so-noi-vu (Sở Nội vụ)"),
        (("messages", "--state", "zz"), "chọn một trong: waiting, sending, sent"),
        (("messages", "--state", "senttt"), "gần nhất: sent"),
        (("messages", "retry", "99999"), "không có thư số 99999"),
        (("messages", "show", "99999"), "99999"),
        (("sweep", "--item", "9.9", "--as-of", "2022-07-07"), "gần nhất: 8.5"),
        (("proposals", "list", "--state", "listd"), "gần nhất: listed"),
        (("history", "1.2/x02719-2022/onec"), "gần nhất: 1.2/x02719-2022/once"),
        (("event", "record", "2.44", "--agency", BAT_XAT, "--on", "2022-08-01", "--title", "x"), "2.4"),
        (("event", "record", "2.4", "--agency", "bat-xatt", "--on", "2022-08-01", "--title", "x"), BAT_XAT),
        (("pause", "sa-paa", "--from", "2022-08-01", "--to", "2022-08-02", "--reason", "lũ"), "Sa Pa"),
        (("report", "accept", ONE, "--by", "bat-xatt"), BAT_XAT),
        (("report", "nothing-arose", ONE, "--by", A_MU_SUNG, "--missing", "muong-vii"), MUONG_VI),
        (("document", "record", ONE, "--by", "bat-xatt", "--number", "1", "--on", "2022-07-08"), BAT_XAT),
        (("extend", ONE, "--until", "2022-08-01", "--by", "so-noi-vuu"), SO_NOI_VU),
        (("link", "muong-vii"), MUONG_VI),
        (("link", MUONG_VI, "--for", "reviw"), "gần nhất: review"),
        (("login-link", "--role", "oficer"), "gần nhất: officer"),
        (("login-link", "--role", "officer", "--agency", "so-y-tte"), "so-y-te"),
        (("revoke", "muong-vii"), MUONG_VI),
        (("contacts", "lift", "muong-vii"), MUONG_VI),
        (("contacts", "confirm", "77777"), "77777"),
        (("journal", "--what", "sweeep"), "gần nhất: sweep"),
        (("obligations", "--as-of", "0001-01-01T00:00+14:00"), "năm phải trong khoảng"),
        (("obligations", "--as-of", "9999-12-31T23:59-12:00"), "năm phải trong khoảng"),
        (("obligations", "--as-of", "32/10/2022"), "viết 18/7/2022"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else "",
)
def test_a_typing_error_is_no_empty_list(house: House, said: Say, words: tuple[str, ...], near: str) -> None:
    assert near in said(*words, status=BAD_INPUT)


def test_a_mail_that_needs_no_try_is_refused(house: House, said: Say) -> None:
    leave_only(house, ONE)
    replay_with_mail(house, SIGNED, "2022-07-07", MemoryTransport())
    assert "không còn ở trạng thái" in said("messages", "retry", "1", status=REFUSED)
    assert "không có thư số 99 (số cuối là" in said("messages", "retry", "1", "99", status=BAD_INPUT)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("bat xat", [BAT_XAT]),
        ("Bát Xát", [BAT_XAT]),
        ("bat-xat", [BAT_XAT]),
        ("UBND huyện Bát Xát", [BAT_XAT]),
        ("thi tran bat xat", ["x02683-2022"]),
        ("muong vi", [MUONG_VI]),
        ("xã mường vi bát xát", [MUONG_VI]),
        ("so y te", ["so-y-te"]),
        ("xa muong bo sa pa", ["x03043-2022"]),
        ("nowhere", []),
    ],
)
def test_a_name_finds_the_agency_it_means(house: House, name: str, ids: list[str]) -> None:
    assert [agency.id for agency in named(house, name)] == ids


def test_a_name_of_two_is_refused_with_both(house: House, said: Say) -> None:
    both = said("obligations", "--agency", "thanh binh", status=BAD_INPUT)
    assert "có thể là 2 cơ quan" in both
    assert both.count("UBND xã Thanh Bình") == 2


def test_whom_a_name_meant_is_said_beside_the_result(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    replay(house, SIGNED, SIGNED)
    assert run(["obligations", "--agency", "muong vi", "--item", "1.2", "--as-of", "5/7/2022"]) == 0
    out, err = capfd.readouterr()
    assert err.strip() == f"--agency: UBND xã Mường Vi ({MUONG_VI})"
    assert TWO in out.splitlines()


def _commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(words), command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from _commands(found, (*words, name))


COMMANDS = dict(_commands(dondoc))


def test_every_day_may_be_typed_as_people_write_it() -> None:
    other = [
        (name, param.name)
        for name, command in COMMANDS.items()
        for param in command.params
        if param.metavar == "NGÀY" and param.type is not DAY and param.name != "as_of"
    ]
    assert other == []


def test_a_word_of_a_few_is_looked_at_in_one_place() -> None:
    loose = [
        (name, param.name)
        for name, command in COMMANDS.items()
        for param in command.params
        if param.name in ("state", "kind", "what", "purpose") and type(param.type).__name__ != "OneOf"
    ]
    assert loose == []


def test_no_line_names_a_command_that_does_not_exist() -> None:
    told = re.compile(r"dondoc ((?:[a-z]+(?:-[a-z]+)*)(?: [a-z]+(?:-[a-z]+)*)?)")
    places = ("cli", "config", "flows", "notifications", "obligations", "store", "tasks_lib", "web", "docs")
    files = [
        p
        for place in places
        for s in ("*.py", "*.html", "*.j2", "*.md")
        for p in (PROJECT_ROOT / place).rglob(s)
    ]
    wrong = set()
    for path in files:
        for match in told.findall(path.read_text(encoding="utf-8")):
            first, _, second = match.partition(" ")
            command = COMMANDS.get(first)
            group = isinstance(command, click.Group) and not command.invoke_without_command
            if command is None or (group and second and match not in COMMANDS):
                wrong.add((path.name, match))
    assert wrong == set()


@pytest.fixture
def lived(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Two communes, one of which answered late for what it had done in time; a mail is kept back."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    report = "report/so-nong-nghiep-va-phat-trien-nong-thon/2022-Q3-report"
    leave_only(house, ONE, TWO, report, "5.1/x02686-2022/once")
    replay_with_mail(house, SIGNED, "2022-07-19", MemoryTransport())
    reports_in(house, ONE, "2022-07-19T09:00")
    with writing(house.engine) as connection:
        late = update(obligations).where(obligations.c.key == ONE)
        connection.execute(late.values(updated_late=True))
    return house


LISTS = (
    "agencies",
    "obligations --as-of 2022-07-19",
    "notices",
    f"history {ONE}",
    "messages",
    "journal",
    "contacts proposals",
    "plan dates",
    "plan show",
)


@pytest.mark.parametrize("words", LISTS)
def test_a_list_fits_eighty_columns_and_breaks_no_id(
    lived: House, capfd: pytest.CaptureFixture[str], words: str
) -> None:
    assert run(words.split()) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > WIDTH and " " in line.strip()] == []
    assert all(line.count("│") in (0, 7) for line in lines)  # plan show is a table of six columns


def test_people_read_names_and_copy_whole_ids(lived: House, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["obligations", "--as-of", "19/7/2022"]) == 0
    out = capfd.readouterr().out
    assert ONE in out.splitlines()
    assert "report/so-nong-nghiep-va-phat-trien-nong-thon/2022-Q3-report" in out.splitlines()
    assert "UBND xã A Mú Sung: 1.2. Tổ chức thông tin" in out
    assert "cập nhật chậm" in " ".join(out.split())
    assert run(["history", TWO]) == 0
    told = capfd.readouterr().out
    assert "nhắc việc lần 1, gửi UBND xã Mường Vi" in told
    assert run(["notices", "--agency", "muong vi"]) == 0
    assert "gửi UBND xã Mường Vi (chính đơn vị): máy chủ đã nhận" in " ".join(capfd.readouterr().out.split())


def _json(capfd: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - a JSON document
    capfd.readouterr()
    assert run([*words, "--json"]) == 0
    return json.loads(capfd.readouterr().out)


def test_scripts_read_what_was_entered_late_and_what_is_held(
    lived: House, capfd: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in _json(capfd, "obligations", "--item", "1.2")}
    assert (found[ONE]["updated_late"], found[TWO]["updated_late"]) == (True, False)

    hold(
        lived,
        [BAT_XAT],
        at("2022-07-20T07:00").date(),
        by=SO_NOI_VU,
        as_of=at("2022-07-20T07:00"),
        reason="chờ",
    )
    replay(lived, "2022-07-20", "2022-07-20")
    with writing(lived.engine) as connection:
        faulty = update(messages).where(messages.c.id == 1)
        connection.execute(faulty.values(state="held", error="không soạn được"))
    first, *_ = _json(capfd, "messages", "--state", "held")
    assert (first["id"], first["held"]) == (1, "không soạn được")
    about = {row["id"]: row["held"] for row in _json(capfd, "obligations")}
    assert [key for key, held in about.items() if held == "không soạn được"]


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
