"""What is counted from something, waits for something, is striven for, or has several steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from obligations.errors import Invalid
from obligations.period import ONCE, Period
from obligations.terms import Again, Life, Once, Term, Turn, Unit, after, capital, counted_words
from obligations.words import day

LONGEST_COUNT = 3660
"""No wording counts further than ten years of days."""


def check_number(number: int) -> None:
    """Refuse a count that no wording has."""
    if not 1 <= number <= LONGEST_COUNT:
        raise Invalid(f"days: không có thời hạn {number}")


@dataclass(frozen=True, kw_only=True, slots=True)
class AfterSigning(Once):
    """So long after the signing; an end on a day off moves on (Civil Code 2015, articles 147, 148)."""

    key: ClassVar[str] = "after_signing"
    number: int
    unit: Unit = Unit.DAY

    def __post_init__(self) -> None:
        """Refuse a count that no wording has; raises Invalid."""
        check_number(self.number)

    def turns(self, life: Life) -> list[Turn]:
        """Return the day counted to, the day of signing not counted."""
        counted = after(life.first, self.number, self.unit, life.calendar)
        reason = f"ngày ký {day(life.first)} không tính, cộng {counted_words(self.number, self.unit)}"
        last = life.calendar.next_working(counted)
        return [Turn(period=ONCE, opens=life.first, counted=counted, last=last, reason=reason)]

    @property
    def printed(self) -> str:
        """Print "Trong 15 ngày kể từ ngày ký"."""
        return f"Trong {counted_words(self.number, self.unit)} kể từ ngày ký"


@dataclass(frozen=True, kw_only=True, slots=True)
class AfterEvent(Again):
    """So long after something happened; it waits until somebody records that it has."""

    key: ClassVar[str] = "after"
    event: str
    """What has to happen, as the wording says it after "sau khi"."""
    number: int | None = None
    """None for "ngay sau khi": how long is asked, and it waits without a day."""
    unit: Unit = Unit.DAY

    def __post_init__(self) -> None:
        """Refuse an event without words and a count that no wording has; raises Invalid."""
        if not self.event.strip():
            raise Invalid("event: thiếu sự kiện")
        if self.number is not None:
            check_number(self.number)

    def turns(self, life: Life) -> list[Turn]:  # noqa: ARG002 - nobody knows when it happens
        """Return nothing: nobody knows when it happens."""
        return []

    @property
    def waits(self) -> str:
        """Say what it is counted from."""
        return self._counted_from()

    @property
    def printed(self) -> str:
        """Print "10 ngày làm việc sau khi Nghị quyết được ban hành", "Ngay sau khi …"."""
        begins = "Ngay" if self.number is None else counted_words(self.number, self.unit)
        return f"{begins} sau khi {self.event}"

    def _counted_from(self) -> str:
        if self.number is None:
            return "chờ ghi nhận sự kiện; kế hoạch không ghi bao nhiêu ngày sau đó, không bị coi là quá hạn"
        count = counted_words(self.number, self.unit)
        return f"chờ ghi nhận sự kiện; ngày của sự kiện không tính, cộng {count}"


@dataclass(frozen=True, kw_only=True, slots=True)
class AsRegulated(Again):
    """As a law or regulation sets it: an event opens it by a rule of config/regulations.toml."""

    key: ClassVar[str] = "as_regulated"
    basis: str = ""
    """Which law, as the wording goes on: "của Luật Đất đai"."""

    def turns(self, life: Life) -> list[Turn]:  # noqa: ARG002 - an event's day decides
        """Return nothing: an event's day decides."""
        return []

    @property
    def waits(self) -> str:
        """Say that an event and a rule give its day."""
        return "khi ghi nhận sự kiện, tính theo quy định áp dụng ngày đó"

    @property
    def printed(self) -> str:
        """Print "Theo quy định", "Theo quy định của Luật Đất đai"."""
        return f"Theo quy định {self.basis}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Directed(Again):
    """As somebody directs or needs it: no day, a row in each cycle, never overdue."""

    key: ClassVar[str] = "as_directed"
    said: str
    """The wording itself: "Theo tiến độ của Bộ Công an"."""

    def __post_init__(self) -> None:
        """Refuse a wording without words; raises Invalid."""
        if not self.said.strip():
            raise Invalid("as_directed: thiếu lời ghi")

    def turns(self, life: Life) -> list[Turn]:  # noqa: ARG002 - there is no day until somebody types one
        """Return nothing: there is no day until somebody types one."""
        return []

    @property
    def waits(self) -> str:
        """Say that there is no day until somebody types one."""
        return "chưa có ngày; chờ văn bản ấn định hoặc sự kiện, không bị coi là quá hạn"

    @property
    def printed(self) -> str:
        """Print what is said."""
        return capital(self.said)


@dataclass(frozen=True, kw_only=True, slots=True)
class AsAbove(Again):
    """The same as the row above it in the table: reading a plan puts that row's value in its place."""

    key: ClassVar[str] = "as_above"

    def turns(self, life: Life) -> list[Turn]:  # noqa: ARG002 - the row above has the turns
        """Return nothing: the row above has the turns."""
        return []

    @property
    def waits(self) -> str:
        """Say that the row above gives the day."""
        return "theo thời hạn của dòng trên trong bảng"

    @property
    def printed(self) -> str:
        """Print "Như trên"."""
        return "Như trên"


UNDATED = (AfterEvent, AsRegulated, Directed, AsAbove)
"""What has no day until somebody records one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(Term):
    """What is striven for ("phấn đấu"): told of, and never red."""

    key: ClassVar[str] = "goal"
    term: Term

    def __post_init__(self) -> None:
        """Refuse what has no day to strive for; raises Invalid."""
        undated = isinstance(self.term, (*UNDATED, Goal, Steps)) or self.term.key == "continuous"
        if undated or self.term.ladder == "every_quarter":
            raise Invalid("goal: không có ngày để phấn đấu")

    @property
    def once(self) -> Period | None:
        """The period of what it strives for."""
        return self.term.once

    def turns(self, life: Life) -> list[Turn]:
        """Return the days of what is striven for, marked so."""
        return [
            replace(turn, reason=f"phấn đấu, {turn.reason}", strived=True) for turn in self.term.turns(life)
        ]

    @property
    def printed(self) -> str:
        """Print "Phấn đấu trước ngày 30/9/2026"."""
        inner = self.term.printed
        return f"Phấn đấu {inner if inner.startswith('Quý') else inner[:1].lower() + inner[1:]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One milestone of a wording: when, what comes of it, who holds it."""

    term: Term
    product: str = ""
    """What is done or handed in by then, as the wording says it."""
    holder: str = ""
    """Who does it, as the wording says it; empty where the row's leads do."""
    leads: tuple[str, ...] = ()
    """The agencies or groups meant, as the plan's data says; empty where the row's leads do."""

    @property
    def printed(self) -> str:
        """Print "Quý I/2026: lựa chọn nhiệm vụ (Sở Nội vụ chủ trì)"."""
        product = f": {self.product}" if self.product else ""
        return f"{self.term.printed}{product}{f' ({self.holder} chủ trì)' if self.holder else ''}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps(Again):
    """Several milestones in one cell, each with its own day, product and holder."""

    key: ClassVar[str] = "steps"
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        """Refuse steps without steps, within steps and said twice; raises Invalid."""
        if not self.steps:
            raise Invalid("steps: thiếu các mốc")
        if any(isinstance(step.term, Steps) for step in self.steps):
            raise Invalid("steps: mốc không chia thành mốc nữa")
        if len(set(self.steps)) < len(self.steps):
            raise Invalid("steps: hai mốc như nhau")

    def turns(self, life: Life) -> list[Turn]:
        """Return the turns of each milestone; what comes once is of a period of its own."""
        return [
            replace(
                turn,
                period=turn.period if step.term.key == "each" else Period.of_step(number),
                reason=self._reason(number, step, turn.reason),
                step=number,
            )
            for number, step in enumerate(self.steps, start=1)
            for turn in step.term.turns(life)
        ]

    def _reason(self, number: int, step: Step, reason: str) -> str:
        product = f" ({step.product})" if step.product else ""
        return f"mốc {number}/{len(self.steps)}{product}: {reason}"

    @property
    def waits(self) -> str:
        """Say which of the milestones have no day of themselves."""
        return "; ".join(
            f"mốc {number}: {step.term.waits}"
            for number, step in enumerate(self.steps, start=1)
            if step.term.waits
        )

    @property
    def printed(self) -> str:
        """Print the milestones one after the other."""
        return "; ".join(step.printed for step in self.steps)
