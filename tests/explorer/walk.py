"""Walks every state that a duty can come to, and tells what is wrong as a story of dates."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from obligations.model import Kind
from obligations.words import day as words
from store.engine import reading, writing
from tasks_lib.duties.events import Event, record_event
from tasks_lib.kernel.clock import morning_of
from tasks_lib.rounds.sweep import sweep
from tests.explorer.deeds import DEEDS, REFUSED
from tests.explorer.looks import Look, canonical, days_to_wait, faults, look
from tests.explorer.province import EVENT, FOCAL, Data, Province, Shape, at

OFF = 9
"""For how many days the machine is off, when it is."""
BEGINS = date(2022, 8, 8)
SHEET_BEGINS = date(2022, 9, 3)
ENDS = date(2022, 12, 1)
"""Nothing new comes after; a walk that got so far would not be exhausted."""
_SENT = text("UPDATE notices SET state = 'sent' WHERE state = 'waiting' AND mail_on <= :day")


@dataclass(frozen=True)
class Node:
    """One state as it was come to."""

    database: bytes
    data: Data
    at: Look
    used: int
    was_off: bool
    story: tuple[str, ...]


@dataclass
class Found:
    """What a walk found."""

    states: int = 0
    transitions: int = 0
    refused: int = 0
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By fault: the first, and so the shortest, story that leads to it."""
    often: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """Return every fault with its story, for an official to read."""
        return "\n\n".join(
            f"{fault} ({self.often[fault]} lần):\n  " + "\n  ".join(story)
            for fault, story in self.faults.items()
        )


class Walk:
    """One duty's province and the states seen of it; `depth` deeds or absences lie on a way at most."""

    def __init__(self, shape: Shape, home: Path, depth: int, deeds: Iterable[str] = DEEDS) -> None:
        self.shape, self.depth, self.deeds = shape, depth, tuple(deeds)
        self.province = Province(shape, home)
        self.found = Found()
        self._seen: dict[tuple[Any, ...], int] = {}
        self._next: deque[Node] = deque()

    def run(self, until: str | None = None) -> Found:
        """Walk until nothing new comes, or until a fault that is looked for."""
        for node in self._beginnings():
            self._meet(node)
        while self._next and not (until and any(until in fault for fault in self.found.faults)):
            node = self._next.popleft()
            self._sweep(node, days_to_wait(node.at))
            if node.used < self.depth:
                self._sweep(node, OFF, off=True)
                for name in self.deeds:
                    self._do(node, name)
        self.found.states = len(self._seen)
        return self.found

    def _beginnings(self) -> Iterator[Node]:
        """Return the duty before its day; of an event also long after it."""
        if self.shape.kind != EVENT:
            day = SHEET_BEGINS if self.shape.kind is Kind.SHEET else BEGINS
            sweep(self.province.house, morning_of(day))
            yield self._node(None, day, f"{words(day)}: rà soát")
            return
        sweep(self.province.house, morning_of(BEGINS - timedelta(days=60)))
        empty = self.province.snapshot()
        for days in (0, 22, 38):
            self.province.restore(empty, Data())
            on = BEGINS - timedelta(days=days)
            event = Event(item="2.5", agency=self.shape.holder, on=on, title="Phương án")
            record_event(self.province.house, event, FOCAL, at(BEGINS))
            yield self._node(None, BEGINS, f"{words(BEGINS)}: ghi nhận sự kiện ngày {words(on)}")

    def _node(self, before: Node | None, day: date, said: str, *, off: bool = False, cost: int = 0) -> Node:
        with reading(self.province.engine) as connection:
            now = look(self.province, connection, day)
        same = before is not None and len(before.at.own) == len(now.own)
        return Node(
            self.province.snapshot(),
            self.province.data,
            now,
            (before.used if before else 0) + cost,
            off or bool(before and before.was_off and same),
            (*(before.story if before else ()), said),
        )

    def _sweep(self, node: Node, days: int, *, off: bool = False) -> None:
        day = node.at.day + timedelta(days=days)
        if day > ENDS:
            return
        self.province.restore(node.database, node.data)
        sweep(self.province.house, morning_of(day))
        with writing(self.province.engine) as connection:
            connection.execute(_SENT, {"day": day.isoformat()})
        after = self._node(node, day, "", off=off, cost=int(off))
        known = {told.id for told in node.at.told}
        new = [f"báo '{t.code}'" for t in after.at.told if t.id not in known]
        absent = f" (máy nghỉ từ {words(node.at.day + timedelta(days=1))})" if off else ""
        said = f"{words(day)}: rà soát{absent}{': ' + ', '.join(new) if new else ''}"
        kept = (*node.story, said) if new or off else node.story
        self._come(node, Node(after.database, after.data, after.at, after.used, after.was_off, kept))

    def _do(self, node: Node, name: str) -> None:
        self.province.restore(node.database, node.data)
        try:
            said = DEEDS[name](self.province, node.at.duty, node.at.day)
        except REFUSED:
            self.found.refused += 1
            return
        self._come(node, self._node(node, node.at.day, f"{words(node.at.day)}: {said}", cost=1))

    def _come(self, before: Node, after: Node) -> None:
        self.found.transitions += 1
        for fault in faults(before.at, after.at, was_off=after.was_off):
            self.found.often[fault] += 1
            self.found.faults.setdefault(fault, (str(self.shape), *after.story))
        self._meet(after)

    def _meet(self, node: Node) -> None:
        state = canonical(node.at, (node.was_off,))
        if self._seen.get(state, self.depth + 1) > node.used:
            self._seen[state] = node.used
            self._next.append(node)
