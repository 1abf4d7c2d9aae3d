"""What a run of the tests did not look at, and why: told plainly at its very end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from tests.support.pages.browser import NO_BROWSER


def told_of_skipped(reports: Iterable[pytest.TestReport]) -> Iterator[str]:
    """Return a line for each reason why tests were skipped, with how many they were."""
    found = Counter(_reason(report) for report in reports)
    for reason, count in sorted(found.items()):
        kind = "browser tests" if reason == NO_BROWSER else "tests"
        yield f"{count} {kind} skipped: {reason}"


def _reason(report: pytest.TestReport) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return " ".join(str(said).removeprefix("Skipped: ").split())
