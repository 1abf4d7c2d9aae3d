"""Delivery as a Prefect task; only the deliver flow imports this."""

from __future__ import annotations

from prefect import get_run_logger

from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.shift import Shift
from tasks_lib.rounds.tasks import Summary, link


@link("gui-thu")
async def send_mail(shift: Shift) -> Summary:
    """Bundle what has been recorded and send what may leave now."""
    report = deliver(shift.house, shift.as_of, beside=shift.beside)
    held = f"; giữ đến {report.held_until:%H:%M %d/%m/%Y}" if report.held_until else ""
    get_run_logger().info(
        "Gộp %d thư, đã gửi %d, chưa gửi được %d%s", report.bundled, report.sent, report.failed, held
    )
    return report.as_json()
