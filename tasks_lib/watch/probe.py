"""The house tries itself: a duty of its own falls due, is told by mail, its link is opened and answered.

It goes the way of every real duty: the same tables, sweep, outbox, mail server, portal. It speaks to
the portal over HTTP, as a clerk's browser does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

import httpx
from sqlalchemy.exc import DatabaseError

from notifications.wording import plain_date
from obligations.errors import DomainError, Refused
from obligations.model import WorkState
from store.engine import reading, writing
from store.facts import put_fact
from tasks_lib.answering.look_over import SEEN
from tasks_lib.desk.review import accept
from tasks_lib.duties.change import Decision
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.clock import local_day
from tasks_lib.kernel.delivering import SendingHours
from tasks_lib.kernel.keys import PROBE, WELL, of_plan
from tasks_lib.mailing.deliver import deliver
from tasks_lib.rounds.sweep import sweep
from tasks_lib.watch.lane import AGENCY, ITEM, lane_of, lay
from tasks_lib.watch.sql import lane as lane_rows
from tasks_lib.watch.sql.lane import LaneStanding

PATIENCE_SECONDS = 20.0
SAID = "Tự kiểm: đã nhận được thư và mở được đường dẫn."
UNPROVEN = "Lượt tự kiểm không có số liệu, tài liệu."
SEE_OTHER, OK = 303, 200
_SHOWN = re.compile(rf'name="{SEEN}" value="([^"]+)"')


class Broken(DomainError):
    """One step of the way did not do what it does for every duty."""


@dataclass(frozen=True, kw_only=True)
class Probed:
    """How a trial ended."""

    ok: bool
    said: str
    steps: tuple[str, ...]
    """What was reached, in order."""

    def as_json(self) -> dict[str, object]:
        """Return the document scripts read."""
        return {"ok": self.ok, "said": self.said, "steps": list(self.steps)}


def probe(house: House, as_of: datetime, now: Callable[[], datetime] | None = None) -> Probed:
    """Try the whole way once and write down how it ended; out of hours nothing is tried."""
    held = SendingHours(house.calendar, house.settings).held_until(as_of)
    if held is not None:
        raise Refused(f"ngoài giờ gửi thư: tự kiểm được từ {held:%H:%M ngày %d/%m/%Y}")
    way = _Way(lane_of(house), as_of, now)
    said = WELL
    try:
        way.go()
    except DomainError as fault:
        said = str(fault)
    except DatabaseError as fault:
        said = f"cơ sở dữ liệu: {str(fault.orig).splitlines()[0]}"
    except httpx.HTTPError as fault:
        said = f"trang web không trả lời tại {way.lane.settings.public_url}: {type(fault).__name__}"
    with writing(house.engine) as connection:
        put_fact(connection, of_plan(PROBE, house.plan.key), said, as_of)
    return Probed(ok=said == WELL, said=said, steps=tuple(way.reached))


class _Way:
    """One walk from the due day to the answer."""

    def __init__(self, lane: House, as_of: datetime, now: Callable[[], datetime] | None) -> None:
        self.lane = lane
        self.as_of = as_of
        self.now = now
        self.reached: list[str] = []
        self._key = ""

    def go(self) -> None:
        """Take every step, and stop at the first that fails."""
        with writing(self.lane.engine) as connection:
            lay(connection, self.lane, self.as_of)
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("due", self._due),
            ("notice", self._notice),
            ("mail", self._mail),
            ("answer", self._answer),
            ("ended", self._ended),
        )
        for name, step in steps:
            step()
            self.reached.append(name)

    def _due(self) -> None:
        """Record what falls due: so that its day was yesterday, and today it is told."""
        day = local_day(self.as_of)
        event = Event(
            item=ITEM,
            agency=AGENCY,
            on=self.lane.calendar.add(day, -2),
            title=f"Tự kiểm {self.as_of:%H:%M:%S} ngày {plain_date(day)}",
        )
        self._key = record_event(self.lane, event, AGENCY, self.as_of).obligation

    def _notice(self) -> None:
        sweep(self.lane, self.as_of)
        if self._row().notices == 0:
            raise Broken("nhiệm vụ tự kiểm quá hạn nhưng không có tin đôn đốc")

    def _mail(self) -> None:
        report = deliver(self.lane, self.as_of, now=self.now)
        row = self._row()
        if row.state != "sent":
            why = report.stopped or row.error or "thư không rời hàng đợi"
            raise Broken(f"thư tự kiểm chưa gửi được: {why}")

    def _answer(self) -> None:
        """Open the link that the mail carries, and answer by the form behind it."""
        link = self._link()
        row = self._row()
        fields = {
            "viec": f"{self._key}@{row.version}",
            f"t{row.id}-text": SAID,
            f"t{row.id}-without": UNPROVEN,
            "do": f"send:{row.id}",
        }
        with httpx.Client(timeout=PATIENCE_SECONDS) as visitor:
            shown = visitor.get(link)
            if shown.status_code != OK or self._key not in shown.text:
                raise Broken(f"đường dẫn trong thư tự kiểm không mở được (mã {shown.status_code})")
            form = f"{link.rstrip('/')}/don-vi"
            looked = visitor.post(form, data=fields)
            # What was typed is shown once more; whoever has read it sends it with the mark of what was shown.
            mark = _SHOWN.search(looked.text)
            if looked.status_code != OK or mark is None:
                raise Broken(f"câu trả lời tự kiểm không được đưa ra xem lại (mã {looked.status_code})")
            sent = visitor.post(form, data={**fields, SEEN: mark[1]})
        if sent.status_code != SEE_OTHER:
            raise Broken(f"câu trả lời tự kiểm không được ghi nhận (mã {sent.status_code})")

    def _ended(self) -> None:
        row = self._row()
        if row.work_state != WorkState.SUBMITTED or row.awake:
            raise Broken(f"câu trả lời tự kiểm không dừng được việc đôn đốc (trạng thái {row.work_state})")
        # Confirmed at once, or Monday's mail would ask for it.
        accept(self.lane, Decision(key=self._key, by=AGENCY, as_of=self.as_of, version=row.version))
        with writing(self.lane.engine) as connection:
            lane_rows.forget_contents(connection, self.lane.plan.key)

    def _link(self) -> str:
        content = self._row().content
        text = "" if content is None else _plain(content)
        found = re.search(re.escape(f"{self.lane.settings.public_url}/l/") + r"[^\s#>]+", text)
        if found is None:
            raise Broken("thư tự kiểm không có đường dẫn")
        return found.group()

    def _row(self) -> LaneStanding:
        with reading(self.lane.engine) as connection:
            return lane_rows.standing(connection, self.lane.plan.key, self._key)


def _plain(content: bytes) -> str:
    part = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    return "" if part is None else str(part.get_content())
