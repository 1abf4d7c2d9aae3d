"""What of Prefect's inside the flows use is still what it was when it was written down."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import flows

CHANGED = "Prefect has changed {name}: see what flows/inside_prefect.py does with it, then pin it anew"
PINNED = {
    "prefect.flow_engine.run_flow_async": ("flow", "flow_run", "parameters", "return_type"),
    "prefect.context.get_settings_context": (),
    "prefect.context.SettingsContext": ("profile", "settings"),
    "prefect.context.AsyncClientContext.get_or_create": (),
    "prefect.context.SyncClientContext.get_or_create": (),
}
"""Every name, and the parameters it has to take."""
FIELDS = {
    "prefect.context.SettingsContext": {"profile", "settings"},
    "prefect.context.AsyncClientContext": {"client"},
}
"""What is read of an object."""
INSIDE = re.compile(r"^\s*(?:from|import) prefect\.(?:context|\w*engine|_\w+|utilities)\b.*", re.MULTILINE)


def named(name: str) -> object:
    """Find a name of Prefect, or tell which is gone."""
    parts = name.split(".")
    found: object = import_module(".".join(parts[:2]))
    for part in parts[2:]:
        if not hasattr(found, part):
            pytest.fail(CHANGED.format(name=name))
        found = getattr(found, part)
    return found


@pytest.mark.parametrize("name", PINNED)
def test_it_has_its_name_and_takes_what_it_took(name: str) -> None:
    found = named(name)
    assert callable(found)
    takes = inspect.signature(found).parameters
    assert set(PINNED[name]) <= set(takes), CHANGED.format(name=name)
    must = {key for key, one in takes.items() if one.default is one.empty and one.kind < one.VAR_POSITIONAL}
    assert must <= set(PINNED[name]), CHANGED.format(name=name)


@pytest.mark.parametrize("name", FIELDS)
def test_it_has_what_is_read_of_it(name: str) -> None:
    fields = getattr(named(name), "model_fields", {})
    assert FIELDS[name] <= set(fields), CHANGED.format(name=name)


def test_run_flow_async_gives_the_state_when_it_is_asked_for() -> None:
    found = named("prefect.flow_engine.run_flow_async")
    assert inspect.iscoroutinefunction(found), CHANGED.format(name="run_flow_async")
    asked = str(inspect.signature(found).parameters["return_type"].annotation)
    assert "state" in asked, CHANGED.format(name="run_flow_async(return_type)")


def test_nowhere_else_is_anything_of_prefects_inside_imported() -> None:
    root = Path(flows.__file__).parent.parent
    rooms = ("cli", "flows", "tasks_lib", "web", "tests/flows")
    found = {
        path.relative_to(root).as_posix()
        for room in rooms
        for path in (root / room).rglob("*.py")
        if INSIDE.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"flows/inside_prefect.py"}
