"""What nearly every command opens or says, imported only when one runs: a help needs no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House


def open_house(plan_name: str | None = None) -> House:
    """Open the house of the plan that is named, of the only one without a name."""
    from tasks_lib.kernel import bootstrap

    return bootstrap.open_house(plan_name)


def open_houses(plan_name: str | None = None) -> list[House]:
    """Open the house of one plan, or of every one on the one database."""
    from tasks_lib.kernel import bootstrap

    return bootstrap.open_houses(plan_name)


def name_of(house: House, agency: str) -> str:
    """Return what an agency is called."""
    from tasks_lib.kernel import wording

    return wording.name_of(house, agency)
