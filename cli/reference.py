"""Every command with its options as text; `python -m cli.reference` writes it into docs/cli.md anew."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from cli.main import dondoc
from config.settings import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "cli.md"
START = "<!-- reference: written by `python -m cli.reference` -->"
END = "<!-- end of reference -->"
EVERYWHERE = frozenset({"as_of", "plan_name", "as_json"})
"""Options that mean the same in every command; the page explains them once."""
WIDTH = 110
GLUE = "\N{NO-BREAK SPACE}"
"""Keeps an option and its value on one line."""


def reference() -> str:
    """Return every command with its usage, its purpose and its own options."""
    return "```text\n" + "\n\n".join(_entry(context) for context in _commands(_root())) + "\n```"


def written(page: str) -> str:
    """Return the page with the text between the marks replaced by the present reference."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{reference()}\n{END}{after}"


def _root() -> click.Context:
    return click.Context(dondoc, info_name="dondoc")


def _commands(context: click.Context) -> Iterator[click.Context]:
    """Walk the groups down to what can be run, in the order of their names."""
    command = context.command
    if not isinstance(command, click.Group):
        yield context
        return
    if command.invoke_without_command:
        yield context
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from _commands(click.Context(found, info_name=name, parent=context))


def _entry(context: click.Context) -> str:
    command = context.command
    parameters = command.params  # get_params would make the help option here, outside Vietnamese, and keep it
    pieces = [context.command_path, *(_usage(p, context) for p in parameters)]
    usage = " ".join(piece.replace(" ", GLUE) for piece in pieces)
    purpose = " ".join((command.help or "").split())
    own = [p for p in parameters if p.name not in EVERYWHERE]
    lines = [
        textwrap.fill(usage, WIDTH, subsequent_indent="        ", break_on_hyphens=False),
        textwrap.fill(purpose, WIDTH, initial_indent="    ", subsequent_indent="    "),
        *(_described(p) for p in own if isinstance(p, click.Option) and p.help),
    ]
    return "\n".join(lines).replace(GLUE, " ")


def _usage(parameter: click.Parameter, context: click.Context) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context)
    flag = isinstance(parameter, click.Option) and parameter.is_flag
    text = parameter.opts[0] if flag else f"{parameter.opts[0]} {parameter.make_metavar(context)}"
    if parameter.required:
        return text
    return f"[{text}]…" if parameter.multiple else f"[{text}]"


def _described(option: click.Option) -> str:
    indent = " " * 21
    text = textwrap.fill(option.help or "", WIDTH, initial_indent=indent, subsequent_indent=indent)
    return f"      {option.opts[0]:<14} {text[21:]}"


def main(page: Path = PAGE) -> None:
    """Write the reference into the page."""
    page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
