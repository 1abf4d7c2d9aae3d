"""The levels of a chain as data: ordered rows of words, the lowest level first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from obligations.words import folded

HEAD = "Thủ trưởng"
"""What the head of any agency can be called."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of the chain (cấp xã, cấp huyện, cấp tỉnh), a row of config/agencies.toml."""

    key: str
    """As commands, files and the database name it: commune, district, province."""
    name: str
    """As users read it: "cấp xã"."""
    plural: str
    """Its agencies together: "xã, phường, thị trấn", "sở, ban, ngành"."""
    short: str
    """How they are counted: "10 xã", "02 sở"."""
    unit: str = ""
    """What the state's list of units calls it: xa, huyen."""
    prefix: str = ""
    """What the ids of its units begin with."""
    desk: str = ""
    """What the office is called that receives for one of its agencies: "Phòng Nội vụ"."""
    head: str = ""
    """What the head of one of its agencies is called: "Chủ tịch"."""
    body: str = ""
    """The word its agencies' names begin with: "UBND"; "" where they share none."""
    head_of: tuple[tuple[str, str], ...] = ()
    """The same by the word an agency's name begins with: ("Sở", "Giám đốc")."""
    rank: int = 0
    """How many levels stand below it."""
    top: bool = False
    """Whether it is the highest: the province's own bodies and the collator stand there."""

    @property
    def heads(self) -> bool:
        """Whether others stand below its agencies, which review what those report (a district)."""
        return self.rank > 0 and not self.top

    @property
    def tag(self) -> str:
        """Its name in tags and addresses: cap-xa."""
        return folded(self.name).replace(" ", "-")

    @property
    def agency(self) -> str:
        """Name any one of its agencies: "UBND cấp huyện"."""
        return f"{self.body} {self.name}".strip()

    @property
    def bodies(self) -> str:
        """Name its agencies together: "UBND xã, phường, thị trấn", "Sở, ban, ngành"."""
        named = f"{self.body} {self.plural}".strip()
        return f"{named[:1].upper()}{named[1:]}"

    @property
    def post(self) -> str:
        """Name the post of who heads one of its agencies: "Chủ tịch"."""
        return self.head or HEAD

    @property
    def chair(self) -> str:
        """Name who heads any one of its agencies: "Chủ tịch UBND"."""
        return f"{self.post} {self.body}".strip()

    @property
    def whole(self) -> str:
        """Name all that stands below it, as below the highest: "toàn tỉnh"."""
        return f"toàn {self.name.removeprefix('cấp ')}"

    @property
    def heading(self) -> str:
        """Its name as a heading: "Cấp xã"."""
        return f"{self.name[:1].upper()}{self.name[1:]}"


@dataclass(frozen=True)
class Levels:
    """The levels of a province, the lowest first."""

    rows: tuple[Level, ...]

    @staticmethod
    def ordered(rows: Sequence[Level]) -> Levels:
        """Number rows that stand in their order, the lowest first."""
        last = len(rows) - 1
        return Levels(tuple(replace(row, rank=n, top=n == last) for n, row in enumerate(rows)))

    def __iter__(self) -> Iterator[Level]:
        """Go through them, the lowest first."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count them."""
        return len(self.rows)

    @property
    def keys(self) -> tuple[str, ...]:
        """Their keys, the lowest first."""
        return tuple(row.key for row in self.rows)

    @property
    def top(self) -> Level:
        """The highest: where the collator stands."""
        return self.rows[-1]

    @property
    def downwards(self) -> tuple[Level, ...]:
        """The highest first."""
        return self.rows[::-1]

    @property
    def below_desks(self) -> tuple[Level, ...]:
        """Those whose agencies report to a place of the chain where it has one, and not to the collator."""
        return self.rows[:-2]

    def of(self, key: str) -> Level:
        """Return the level with this key."""
        return next(row for row in self.rows if row.key == key)

    def above(self, level: Level) -> Level:
        """Return the next higher one; of the highest itself."""
        return self.rows[min(level.rank + 1, len(self.rows) - 1)]


def named_together(levels: Sequence[Level], each: Callable[[Level], str], joint: str = ", ") -> str:
    """Name the agencies of some levels, the word they share once: "UBND cấp huyện và cấp xã"."""
    by_body: dict[str, list[str]] = {}
    for level in levels:
        by_body.setdefault(level.body, []).append(each(level))
    return joint.join(f"{body} {joint.join(names)}".strip() for body, names in by_body.items())
