"""Every command of the command line, and words with which it gets as far as the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

PLAUSIBLE: Mapping[str, str] = {
    "obligation": "1.2/x02719-2022/once",
    "obligations": "1.2/x02719-2022/once",
    "by": "x02719-2022",
    "agency": "x02719-2022",
    "on_day": "2022-07-08",
    "until": "2022-07-20",
    "places": "h082-2022",
    "from_day": "2022-07-08",
    "to_day": "2022-07-12",
    "number": "1",
    "numbers": "1",
    "item": "2.4",
    "title": "Nghị quyết",
    "wording": "Quý II/2022",
    "role": "ops",
    "rule": "plan",
    "issuer": "UBND tỉnh",
    "signed_on": "2022-07-07",
    "reason": "lý do",
    "status": "",
    "path": "bang.xlsx",
    "quarter": "2022-Q3",
    "out": "bang",
    "kind": "urging",
    "drawing": "weeks",
    "file": "bieu-do.svg",
    "number_of": "1",
    "signer": "Nguyễn Văn An",
    "leads": "so-y-te",
}
"""By a parameter's name; what is asked for only by the rules of the command stands here too."""
ASKED_BY_RULE = ("reason", "to_day", "status", "quarter")


def leaves(
    command: click.Command, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Give every command that does something itself, with the words that call it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    if command.invoke_without_command:
        yield words, click.Command(command.name, params=command.params)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from leaves(found, (*words, name))


def called(words: tuple[str, ...], command: click.Command, **more: str) -> list[str]:
    """Return a command line with what the command must be given."""
    known = {**PLAUSIBLE, **more}
    found = list(words)
    for param in command.params:
        if not (param.required or param.name in (*ASKED_BY_RULE, *more)):
            continue
        value = known[param.name or ""]
        found += (
            [value] if isinstance(param, click.Argument) else [param.opts[0], *([value] if value else [])]
        )
    return found
