"""Every code that the history knows has words; readers never meet a code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.load import Configuration
from tasks_lib.kernel.deed_words import DEED_WORDS, NOTICE_WORDS

ROOMS = ("obligations", "store", "tasks_lib")
ROOT = Path(__file__).parents[2]


def trees() -> Iterator[ast.Module]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def constants() -> dict[str, str]:
    """The words that modules give a name: CALL, REMARK = "call", "remark"."""
    found: dict[str, str] = {}
    for node in (n for tree in trees() for n in tree.body):
        if isinstance(node, ast.Assign):
            found |= _named(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            found |= _named(node.target, node.value)
    return found


def _named(target: ast.expr, value: ast.expr) -> dict[str, str]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
        return {name: word for one, other in pairs for name, word in _named(one, other).items()}
    if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
        return {target.id: value.value}
    return {}


def codes() -> set[str]:
    """What is written as `what=` of an entry, or as a decision's word."""
    named = constants()
    found = set()
    for call in (n for tree in trees() for n in ast.walk(tree) if isinstance(n, ast.Call)):
        called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        given = [k.value for k in call.keywords if k.arg == "what" and called in ("Entry", "values")]
        given += call.args[:1] if called == "entry" else []
        given += call.args[5:6] if called == "_close" else []
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found.add(value.value)
            elif isinstance(value, ast.Name) and value.id in named:
                found.add(named[value.id])
    return found


def test_every_deed_the_program_writes_down_has_words() -> None:
    found = codes()

    assert {"accept", "ask-more", "submit", "call", "explain", "recompute", "directive"} <= found
    assert found <= DEED_WORDS.keys()
    assert {"open", "receive", "pause"} <= DEED_WORDS.keys()  # written by statements of their own


def test_every_notice_of_every_ladder_has_words(configuration: Configuration) -> None:
    templates = {step.template for ladder in configuration.plan().ladders for step in ladder.steps}

    assert templates <= NOTICE_WORDS.keys()


@pytest.mark.parametrize(
    "word", ["nghĩa vụ", "bậc thang", "trả lại", "miễn", "vi phạm", "cảnh báo", "nhắc nhở"]
)
def test_no_word_of_them_is_one_that_offices_do_not_use(word: str) -> None:
    assert not [text for text in (*DEED_WORDS.values(), *NOTICE_WORDS.values()) if word in text]
