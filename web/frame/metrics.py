"""Numbers for Prometheus, in a registry of the portal's own."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tasks_lib.watch.numbers import Numbers, numbers
from tasks_lib.watch.watchman import Watchman

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """What the portal measures of itself, and what it counts in the database when it is asked."""

    def __init__(self, watchman: Watchman) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Counted(watchman))
        self.requests = Histogram(
            "dondoc_request_seconds",
            "Time to answer a request of the portal.",
            ("method", "status"),
            buckets=SECONDS,
            registry=self._registry,
        )

    def text(self) -> bytes:
        """Return all numbers as Prometheus reads them."""
        return generate_latest(self._registry)


class _Counted(Collector):
    """Asks the house at every reading."""

    def __init__(self, watchman: Watchman) -> None:
        self._watchman = watchman

    def describe(self) -> list[Metric]:
        """Name nothing in advance: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Count what is in the house now."""
        yield _family(
            "dondoc_check_ok",
            "Whether a check of the watchman found all well.",
            "check",
            {finding.name: float(bool(finding.ok)) for finding in self._watchman.ready()},
        )
        found = numbers(self._watchman.house, self._watchman.clock())
        if found is not None:
            yield from _of_the_house(found)


def _of_the_house(found: Numbers) -> Iterator[Metric]:
    yield _family("dondoc_obligations", "Duties by state.", "state", found.obligations)
    yield _family("dondoc_obligations_overdue", "Duties past their last day.", None, {"": found.overdue})
    yield _family("dondoc_notices", "Notices recorded.", None, {"": found.notices})
    yield _family("dondoc_messages", "Mails by state.", "state", found.messages)
    yield _family(
        "dondoc_message_oldest_waiting_seconds",
        "How long the oldest ready mail waits.",
        None,
        {"": found.oldest_waiting},
    )
    yield _family(
        "dondoc_last_success_timestamp_seconds",
        "When something last ended well.",
        "what",
        {name: at.timestamp() for name, at in found.last.items()},
    )


def _family(name: str, words: str, label: str | None, values: dict[str, float] | dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label] if label else [])
    for key, value in values.items():
        family.add_metric([key] if label else [], float(value))
    return family


class Timed:
    """Measures every request; addresses are no labels, for links would stand in them."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._requests = metrics.requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note how long its answer took to begin."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = f"{message['status'] // 100}xx"
                self._requests.labels(_method(scope), status).observe(perf_counter() - begun)
            await send(message)

        await self._app(scope, receive, noted)


def _method(scope: Scope) -> str:
    """Return a known method: a stranger must not make labels."""
    method = str(scope["method"])
    return method if method in {"GET", "HEAD", "POST"} else "other"
