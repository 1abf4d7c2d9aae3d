"""What is typed on the command line: found, also by its name, or refused with what comes nearest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from obligations.errors import Invalid
from obligations.model import Agency
from obligations.nearest import meant, nearest
from obligations.words import folded

if TYPE_CHECKING:
    from tasks_lib.kernel.bootstrap import House


AGENCIES, ITEMS = "xem 'dondoc agencies'", "xem 'dondoc plan show'"
_TITLES = ("ubnd ", "uy ban nhan dan ")
_SORTS = ("tinh ", "huyen ", "thi xa ", "thanh pho ", "thi tran ", "phuong ", "xa ")


class OneOf(click.ParamType[str]):
    """One word of a few, or what it is called in Vietnamese; another is refused with the nearest.

    Where the few stand beside what does them, a function that finds them is given: a help does not call it.
    """

    name = "từ"

    def __init__(
        self, choices: Collection[str] | Callable[[], Collection[str]], words: Mapping[str, str] | None = None
    ) -> None:
        self._choices = choices
        self._called = words or {}

    @property
    def choices(self) -> tuple[str, ...]:
        """The words."""
        return tuple(self._choices() if callable(self._choices) else self._choices)

    @property
    def _words(self) -> dict[str, str]:
        return {folded(said): key for key, said in self._called.items() if key in self.choices}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the word as it is kept."""
        found = folded(value).replace("-", "_")
        for choice in self.choices:
            if choice in (value, value.lower()) or folded(choice).replace("-", "_") == found:
                return choice
        if folded(value) in self._words:
            return self._words[folded(value)]
        near = meant(value, (*self.choices, *self._words))
        option = f"{param.opts[-1]}: " if param is not None else ""
        raise Invalid(
            f"{option}không có '{value}'{f' ({near})' if near else ''}; chọn một trong:"
            f" {', '.join(self.choices)}"
        )

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the words that begin so."""
        return [CompletionItem(choice) for choice in self.choices if choice.startswith(incomplete)]


def agency_id(house: House, text: str, option: str) -> str:
    """Return the id of the agency meant: its id, or a name that is one agency's alone."""
    if text in house.configuration.agencies:
        return text
    found = named(house, text)
    if len(found) == 1:
        click.echo(f"{option}: {found[0].name} ({found[0].id})", err=True)
        return found[0].id
    if found:
        shown = "; ".join(f"{a.id} ({_full(house, a)})" for a in found[:MOST_SHOWN])
        more = "; …" if len(found) > MOST_SHOWN else ""
        raise Invalid(f"{option}: '{text}' có thể là {len(found)} cơ quan, ghi mã: {shown}{more}")
    near = _near(house, text)
    raise Invalid(f"{option}: không có cơ quan '{text}'{f' (gần nhất: {near})' if near else ''}; {AGENCIES}")


MOST_SHOWN = 5


def agency_or_none(house: House, text: str | None, option: str) -> str | None:
    """Do the same for an option that may be left out."""
    return None if text is None else agency_id(house, text, option)


def actor(house: House, by: str | None) -> str:
    """Return the agency that acts, by default the focal one."""
    return house.plan.focal if by is None else agency_id(house, by, "--by")


def item_key(house: House, text: str | None, option: str = "--item") -> str | None:
    """Return the key of an item or duty of the plan; None where none was named."""
    known = [found.key for found in house.plan.assigned]
    if text is None or text in known:
        return text
    near = meant(text, known, faint=True)
    raise Invalid(f"{option}: không có nhiệm vụ '{text}'{f' ({near})' if near else ''}; {ITEMS}")


def each_item(house: House, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of several items or duties of the plan."""
    return tuple(key for text in texts if (key := item_key(house, text)))


def named(house: House, text: str) -> list[Agency]:
    """Return the agencies of the plan's day that a name fits; "bat xat" is the district, not its town."""
    said = folded(text.replace("-", " "))
    known = _of_the_day(house)
    exact = [a for a in known if said in _names(a)]
    if exact:
        highest = max(a.level.rank for a in exact)
        return [a for a in exact if a.level.rank == highest]
    words = said.split()
    return [
        a for a in known if words and set(words) <= set(folded(_full(house, a)).replace(",", " ").split())
    ]


def _of_the_day(house: House) -> list[Agency]:
    on = house.plan.signed_on
    agencies = house.configuration.agencies.values()
    return [a for a in agencies if a.exists_on(on)]


def _names(agency: Agency) -> set[str]:
    """Return all that an agency is called: its name, shortly, without its title, without its sort."""
    found = {folded(agency.name), folded(agency.short_name), folded(agency.code or "")}
    for title in _TITLES:
        found |= {name.removeprefix(title) for name in found}
    for sort in _SORTS:
        found |= {name.removeprefix(sort) for name in found}
    return found - {""}


def _full(house: House, agency: Agency) -> str:
    above = house.configuration.agencies.get(agency.next_desk or "")
    return f"{agency.name}, {above.short_name}" if above is not None else agency.name


def _near(house: House, text: str) -> str:
    by_name = {name: a for a in reversed(_of_the_day(house)) for name in _names(a)}
    by_name |= {a.id: a for a in _of_the_day(house)}
    found = dict.fromkeys(by_name[name] for name in nearest(text.replace("-", " "), by_name))
    return ", ".join(f"{a.id} ({a.name})" for a in found)


def each_agency(house: House, texts: Iterable[str], option: str) -> tuple[str, ...]:
    """Return the ids of several agencies."""
    return tuple(agency_id(house, text, option) for text in texts)
