"""The command `dondoc`: its groups, loaded only when called, and how errors are said."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from typing import Any

import click
from click.exceptions import NoSuchCommand

from cli.commands import COMMANDS, GROUPS
from cli.frame import dressed, in_vietnamese
from cli.who import at_the_keyboard
from config.errors import ConfigError
from obligations.errors import DomainError, Invalid
from obligations.words import legible
from store.actor import acting

BAD_INPUT = 2
REFUSED = 1
LONGEST_PATH = 300
"""So much of the end of a path is told: a line is to be read."""


class LazyGroup(click.Group):
    """Imports a command's module only when it is called: Prefect alone costs two seconds."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names without importing anything."""
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands by what they are for, each with its line, without importing anything."""
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, place.purpose) for name, place in commands.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return dressed(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; a typing error is answered with what comes nearest."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as fault:
            raise NoSuchCommand(fault.command_name, possibilities=COMMANDS, ctx=ctx) from None


@click.group(cls=LazyGroup, options_metavar="[TÙY_CHỌN]", subcommand_metavar="LỆNH [THAM_SỐ]…")
@click.version_option(package_name="dondoc", help="Xem phiên bản.", message="%(prog)s, phiên bản %(version)s")
def dondoc() -> None:
    """Đôn Đốc: biến nhiệm vụ trong kế hoạch thành tiến trình có hạn, có nhắc, có báo cáo."""


def main(args: list[str] | None = None) -> None:
    """Run the command line; every error a user can mend is one clear line on stderr."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 1 refused by a rule, 2 bad input."""
    try:
        given = sys.argv[1:] if args is None else args
        _check_legible(given)
        with in_vietnamese(), acting(at_the_keyboard(os.environ)):
            result: Any = dondoc.main(args=given, prog_name="dondoc", standalone_mode=False)
    except click.ClickException as error:
        with in_vietnamese():
            error.show(file=sys.stderr)
        return error.exit_code
    except click.Abort:
        return REFUSED
    except BrokenPipeError:
        return REFUSED  # whoever read our output has gone; nobody is left to be told
    except Exception as error:
        mendable = _in_one_line(error)
        if mendable is None:
            raise
        text, status = mendable
        click.echo(text, err=True)
        return status
    return result if isinstance(result, int) else 0


def _check_legible(args: list[str]) -> None:
    """Refuse what no database takes and no terminal shows: bytes that are no UTF-8, control characters."""
    for number, word in enumerate(args, start=1):
        if legible(word) != word:
            raise Invalid(f"tham số thứ {number} có ký tự không đọc được: {word!a}")


def _in_one_line(error: Exception) -> tuple[str, int] | None:
    """Return what is said about an error somebody can mend, and the exit status; None for a fault of ours."""
    if isinstance(error, (ConfigError, DomainError)):
        return str(error), BAD_INPUT if isinstance(error, (ConfigError, Invalid)) else REFUSED
    if isinstance(error, OSError):
        return f"{str(error.filename or 'hệ thống tệp')[-LONGEST_PATH:]}: {error.strerror or error}", REFUSED
    return _of_the_database(error) if "sqlalchemy" in sys.modules else None


def _of_the_database(error: Exception) -> tuple[str, int] | None:
    """Say what the database did not do; its library is asked only where it has been used."""
    from sqlalchemy.exc import ArgumentError, DBAPIError  # half of a short command's time

    from store.breakdown import breakdown_words, is_breakdown

    if isinstance(error, ArgumentError):
        return f"DONDOC_DATABASE_URL: {str(error).splitlines()[0]}", BAD_INPUT
    if isinstance(error, DBAPIError) and is_breakdown(error):
        return breakdown_words(error), REFUSED
    return None


if __name__ == "__main__":
    main()
