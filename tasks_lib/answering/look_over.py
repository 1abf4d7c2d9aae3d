"""What a unit should see once more before it is sent: numbers as they are read, and numbers far off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from obligations.errors import Invalid
from obligations.figures import Value, doubt, spelled
from obligations.model import Figure
from obligations.rollup import shown_value
from tasks_lib.answering.report_draft import ReportDraft
from tasks_lib.kernel.figures import read_figures

SEEN = "da-xem"
"""The field of a form that says what was shown, by its mark."""


@dataclass(frozen=True, kw_only=True)
class Echo:
    """One figure that was read, and why it is shown."""

    name: str
    value: str
    """As tables show it: 1.234."""
    spelled: str
    """So that it cannot be mistaken: "1 nghìn 234"; "" where it cannot be anyway."""
    doubt: str
    """How far it is from the last period's; "" where it is not."""


def echoes(
    item: str, asked: Iterable[Figure], content: ReportDraft, before: Mapping[str, Value], times: int
) -> tuple[Echo, ...]:
    """Return the figures of a form that may be meant otherwise, or are far off."""
    return tuple(e for e in as_read(item, asked, content, before, times) if e.spelled or e.doubt)


def as_read(
    item: str, asked: Iterable[Figure], content: ReportDraft, before: Mapping[str, Value], times: int
) -> tuple[Echo, ...]:
    """Return the figures of a form as they are read; what cannot be read is told on sending.

    Doubted is what is so many `times` the last period's.
    """
    found = []
    given = content.filled
    for figure in asked:
        with suppress(Invalid):
            value = read_figures(item, (figure,), {figure.key: given.get(figure.key)}).get(figure.key)
            if value is not None:
                found.append(_echo(figure, value, before.get(figure.key), times))
    return tuple(found)


def mark_of(shown: Iterable[str]) -> str:
    """Return a short mark of the lines that were shown, so that nothing else is sent on it."""
    return sha256("\n".join(shown).encode()).hexdigest()[:16]


def _echo(figure: Figure, value: Value, last: Value | None, times: int) -> Echo:
    unit = f" {figure.unit}" if figure.unit and figure.kind in ("count", "amount") else ""
    return Echo(
        name=figure.name,
        value=f"{shown_value(figure, value)}{unit}",
        spelled=spelled(value),
        doubt=doubt(figure, value, last, times) if last is not None else "",
    )
