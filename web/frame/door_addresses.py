"""Which addresses of Prefect the door passes on: its pages' files, and what of its API only reads.

The list is of what may, not of what may not: whatever a newer Prefect adds stays closed until somebody has
read it. Left out on purpose: all that writes, runs or schedules; blocks and variables, for they hold secrets;
a run's inputs; the administrator's pages; and what reads as "get" but marks a queue as polled (`get_runs`).
"""

from __future__ import annotations

import re

ONE = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NAME = "[A-Za-z0-9][A-Za-z0-9_-]*"
RESOURCE = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
"""As events name things: prefect.deployment.<id>, dondoc.item.1-2."""

GETS = (
    "version",
    "health",
    "observed-states",
    "events/filter/next",
    f"flows/{ONE}",
    f"deployments/{ONE}",
    f"deployments/{ONE}/(?:schedules|work_queue_check)",
    f"flow_runs/{ONE}",
    f"flow_runs/{ONE}/(?:graph|graph-v2|logs/download)",
    f"task_runs/{ONE}",
    f"ui/task_runs/{ONE}",
    "flow_run_states/",
    "task_run_states/",
    f"(?:flow|task)_run_states/{ONE}",
    f"artifacts/{ONE}",
    f"artifacts/{NAME}/latest",
    f"automations/{ONE}",
    f"automations/related-to/{RESOURCE}",
    f"work_pools/{NAME}",
    f"work_pools/{NAME}/queues/{NAME}",
    f"work_queues/{ONE}",
    f"work_queues/{ONE}/status",
    f"(?:v2/)?concurrency_limits/{ONE}",
)
POSTS = (
    "(?:flows|deployments|task_runs)/(?:filter|count|paginate)",
    "flow_runs/(?:filter|count|paginate|history|lateness)",
    "task_runs/history",
    "artifacts/(?:latest/)?(?:filter|count)",
    "automations/(?:filter|count)",
    "logs/filter",
    "events/filter",
    "events/count-by/(?:day|time|event|resource)",
    "work_pools/(?:filter|count)",
    f"work_pools/{NAME}/(?:queues|workers)/filter",
    "work_queues/filter",
    "(?:v2/)?concurrency_limits/filter",
    "ui/flow_runs/(?:history|count-task-runs)",
    "ui/flows/(?:count-deployments|next-runs)",
    "ui/task_runs/(?:count|dashboard/counts)",
)

_API = "/api/"
_READS = {
    "GET": re.compile("|".join(f"(?:{pattern})" for pattern in GETS)),
    "POST": re.compile("|".join(f"(?:{pattern})" for pattern in POSTS)),
}
_PAGE = re.compile(r"/|/ui-settings|/favicon[a-z-]*\.ico|/v2(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?")
"""Its newer pages alone: the older ones stand still without the administrator's addresses."""


def is_of_the_api(path: str) -> bool:
    """Whether an address asks for data rather than for a page, however it is written."""
    return path.lstrip("/").partition("/")[0].lower() == "api"


def passes(method: str, raw: bytes) -> bool:
    """Whether a request may go on; `raw` is the address as it came, before anybody decoded anything.

    Nothing that is passed on needs an escaped letter, a dot segment or two slashes, so that the door and
    Prefect cannot read one address in two ways.
    """
    try:
        path = raw.decode("ascii")
    except UnicodeDecodeError:
        return False
    if path.startswith(_API):
        reads = _READS.get(method)
        return reads is not None and reads.fullmatch(path, len(_API)) is not None
    return method == "GET" and _PAGE.fullmatch(path) is not None
