"""`python -m bench [sweep|years|growth|delivery|round|replay|pages|letters …]`: measure and print, or all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.table import Table

from bench.measure import Line


def _sweep() -> Iterable[Line]:
    from bench import sweeps  # noqa: PLC0415 - each part imports only what it measures

    return sweeps.lines()


def _delivery() -> Iterable[Line]:
    from bench import deliveries  # noqa: PLC0415

    return deliveries.lines()


def _round() -> Iterable[Line]:
    from bench import rounds  # noqa: PLC0415

    return rounds.lines()


def _replay() -> Iterable[Line]:
    from bench import replays  # noqa: PLC0415

    return replays.lines()


def _pages() -> Iterable[Line]:
    from bench import pages  # noqa: PLC0415

    return pages.lines()


def _letters() -> Iterable[Line]:
    from bench import letters  # noqa: PLC0415

    return letters.lines()


def _years() -> Iterable[Line]:
    from bench import years  # noqa: PLC0415

    return years.lines()


def _growth() -> Iterable[Line]:
    from bench import growth  # noqa: PLC0415

    return growth.lines()


PARTS: dict[str, Callable[[], Iterable[Line]]] = {
    "sweep": _sweep,
    "years": _years,
    "growth": _growth,
    "delivery": _delivery,
    "round": _round,
    "replay": _replay,
    "pages": _pages,
    "letters": _letters,
}


def main(names: list[str]) -> None:
    """Measure the parts named and print one table."""
    console, progress = Console(width=150), Console(stderr=True)
    table = Table(
        title="Đo so với mức sàn trong cùng lượt chạy: trung vị (nhanh nhất–chậm nhất)", title_justify="left"
    )
    for heading in ("Nội dung", "Hệ thống", "Mức sàn", "Tỷ số", "Mục tiêu", "Ghi chú"):
        table.add_column(heading)
    for name in names or PARTS:
        progress.print(f"Đang đo: {name}")
        for line in PARTS[name]():
            progress.print(f"  {line.what}: {line.ours.shown} {line.ratio}")
            floor = line.floor.shown if line.floor else ""
            table.add_row(line.what, line.ours.shown, floor, line.ratio, line.target, line.note)
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
