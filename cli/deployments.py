"""`dondoc deployments`: what Prefect is told to run, for every configured plan."""

from __future__ import annotations

from pathlib import Path

import click

from cli.common import json_option, print_entries, print_json


@click.group()
def deployments() -> None:
    """Lịch chạy của Prefect (prefect.yaml)."""


@deployments.command()
@click.option("--to", "path", type=click.Path(path_type=Path), default=Path("prefect.yaml"))
@click.option("--each-item", is_flag=True, help="Bật lịch riêng của từng nhiệm vụ (nhiều bộ chạy).")
def write(path: Path, each_item: bool) -> None:
    """Ghi lại prefect.yaml từ dữ liệu của các kế hoạch."""
    from flows.deployments import render_deployments  # Prefect costs two seconds

    path.write_text(render_deployments(each_item=each_item), encoding="utf-8")
    click.echo(f"Đã ghi {path}")


@deployments.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Xem mỗi nhiệm vụ, kỳ báo cáo của từng kế hoạch là luồng nào trong Prefect."""
    from flows.of_plans import bound  # Prefect costs two seconds

    found = bound().values()
    if as_json:
        print_json(
            [
                {
                    "plan": s.plan,
                    "subject": s.key,
                    "deployment": s.deployment,
                    "flow": s.name,
                    "entrypoint": s.entrypoint,
                }
                for s in found
            ]
        )
        return
    print_entries((s.deployment, (s.name, s.entrypoint)) for s in found)
