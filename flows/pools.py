"""The work pools of a server of ours: one for all flows, and one for delivery, which holds the password."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.workers.process import ProcessWorker

from flows.deployments import MAIL_POOL, ORDINARY, WORK_POOL

AT_ONCE = 6
"""Runs of the ordinary queue under way on all machines together; each is a process [ours]."""


def make_pools(api: str, auth: str) -> None:
    """Make both pools of a server, or bring them up to date."""
    template = ProcessWorker.get_default_base_job_template()
    with SyncPrefectClient(api, auth_string=auth) as client:
        for name in (WORK_POOL, MAIL_POOL):
            pool = WorkPoolCreate(name=name, type=ProcessWorker.type, base_job_template=template)
            client.create_work_pool(pool, overwrite=True)
        queue = client.read_work_queue_by_name(ORDINARY, work_pool_name=WORK_POOL)
        client.update_work_queue(queue.id, concurrency_limit=AT_ONCE)
