"""What `dondoc up` looks at after its start: whether the scheduler has made the next runs."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

from flows.local_server import LocalServer
from obligations.calendar import ZONE
from obligations.errors import Refused
from tasks_lib.kernel.clock import now

PATIENCE_SECONDS = 180
"""The scheduler looks every minute, at new deployments every few seconds."""
LOOK_SECONDS = 1


def say_next_round(
    server: LocalServer, meanwhile: Callable[[], None], note: str = "", patience: float = PATIENCE_SECONDS
) -> None:
    """Say when the next round runs, or end with what is missing; `meanwhile` is called while it waits."""
    from prefect.client.orchestration import SyncPrefectClient  # Prefect costs two seconds

    from flows.deployments import ROUND_NAME
    from flows.standing import standing

    until = time.monotonic() + patience
    with SyncPrefectClient(server.api, auth_string=server.auth) as client:
        while (found := standing(client, ROUND_NAME, now())).missing:
            if time.monotonic() > until:
                raise Refused(
                    f"Prefect không lập được lượt chạy tiếp theo của {', '.join(found.missing)};"
                    f" xem {server.log}"
                )
            meanwhile()
            time.sleep(LOOK_SECONDS)
    if found.next_start is not None:
        local = found.next_start.astimezone(ZONE)
        click.echo(f"Lượt tiếp theo: {local:%-H:%M} ngày {local:%d/%m/%Y}{note}", err=True)
