"""A real Prefect server for the flows' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows.local_server import PASSING, TUNED


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """Prefect's own server on a database of its own, for the session."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {**TUNED, **PASSING}.items():
            patched.setenv(name, value)
        with prefect_test_harness(server_startup_timeout=120):
            yield
