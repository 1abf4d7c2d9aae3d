"""The command `dondoc`: its groups, loaded only when called, and how errors are said."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from typing import Any

import click
from click.exceptions import NoSuchCommand
from sqlalchemy.exc import ArgumentError, DBAPIError

from cli.frame import dressed, in_vietnamese
from cli.who import at_the_keyboard
from config.errors import ConfigError
from obligations.errors import DomainError, Invalid
from obligations.words import legible
from store.engine import breakdown_words, is_breakdown
from store.journal import acting

BAD_INPUT = 2
REFUSED = 1
MENDABLE = (ConfigError, DomainError, DBAPIError, ArgumentError, OSError)

COMMANDS = {
    "agencies": "cli.plan:agencies",
    "assignment": "cli.record:assignment",
    "backup": "cli.keep:backup",
    "bounces": "cli.bounces:bounces",
    "contacts": "cli.contacts:contacts",
    "day-document": "cli.day_documents:day_document",
    "deliver": "cli.mail:deliver",
    "demo": "cli.demo:command",
    "deployments": "cli.run:deployments",
    "document": "cli.record:document",
    "door": "cli.door:command",
    "event": "cli.record:event",
    "extend": "cli.record:extend",
    "extension": "cli.record:extension",
    "history": "cli.lists:history",
    "init": "cli.run:init",
    "journal": "cli.journal:journal",
    "link": "cli.access:link",
    "login-link": "cli.access:login_link",
    "messages": "cli.mail:messages",
    "notices": "cli.lists:notices",
    "obligations": "cli.lists:obligations",
    "pause": "cli.pause:pause",
    "pauses": "cli.pause:pauses",
    "plan": "cli.plan:plan",
    "preview": "cli.mail:preview",
    "probe": "cli.watch:probe",
    "proposals": "cli.proposals:proposals",
    "report": "cli.report:report",
    "restore": "cli.keep:restore",
    "revoke": "cli.access:revoke",
    "round": "cli.run:round_",
    "simulate": "cli.simulate:simulate",
    "sweep": "cli.run:sweep",
    "up": "cli.run:up",
    "verify": "cli.journal:verify",
    "watch": "cli.watch:watch",
    "web": "cli.web:command",
}


class LazyGroup(click.Group):
    """Imports a command's module only when it is called: Prefect alone costs two seconds."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names without importing anything."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
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
    except MENDABLE as error:
        if isinstance(error, DBAPIError) and not is_breakdown(error):
            raise
        text, status = _in_one_line(error)
        click.echo(text, err=True)
        return status
    return result if isinstance(result, int) else 0


def _check_legible(args: list[str]) -> None:
    """Refuse what no database takes and no terminal shows: bytes that are no UTF-8, control characters."""
    for number, word in enumerate(args, start=1):
        if legible(word) != word:
            raise Invalid(f"tham số thứ {number} có ký tự không đọc được: {word!a}")


def _in_one_line(error: Exception) -> tuple[str, int]:
    """Return what is said about an error somebody can mend, and the exit status."""
    if isinstance(error, DBAPIError):
        return breakdown_words(error), REFUSED
    if isinstance(error, OSError):
        return f"{error.filename or 'hệ thống tệp'}: {error.strerror or error}", REFUSED
    if isinstance(error, ArgumentError):
        return f"DONDOC_DATABASE_URL: {str(error).splitlines()[0]}", BAD_INPUT
    return str(error), BAD_INPUT if isinstance(error, (ConfigError, Invalid)) else REFUSED


if __name__ == "__main__":
    main()
