"""A browser, a running portal, and people at their screens.

A test that asks for `any_house` (or `postgres_house`) has its portal on that house, any other on SQLite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.pages.browser import DESKTOP, PHONE, Chromium, Watch, chromium
from tests.support.pages.portal import Portal, portal_of

Visit = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """A real Chromium; tests that need it are skipped where there is none."""
    with chromium() as found:
        yield found


@pytest.fixture
def portal(request: pytest.FixtureRequest) -> Iterator[Portal]:
    """The portal on a server of its own; `portal.at("2022-07-18T09:00")` says what time it is there."""
    asked = [name for name in ("any_house", "postgres_house") if name in request.fixturenames]
    with portal_of(request.getfixturevalue(asked[0] if asked else "house")) as running:
        yield running


@pytest.fixture
def visit(browser: Chromium, portal: Portal) -> Iterator[Visit]:
    """Somebody more at the portal: `page, watch = visit(PHONE)`; everybody has cookies of their own."""
    with ExitStack() as visits:

        def _visit(device: Mapping[str, Any] = DESKTOP) -> tuple[Page, Watch]:
            return visits.enter_context(browser.visiting(portal.url, device))

        yield _visit


@pytest.fixture
def phone(visit: Visit) -> Page:
    """The page of somebody with a phone: 390 by 844, touched, not clicked."""
    return visit(PHONE)[0]


@pytest.fixture
def desktop(visit: Visit) -> Page:
    """The page of somebody at an office PC: 1280 by 900."""
    return visit(DESKTOP)[0]
