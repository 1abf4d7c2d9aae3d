"""Reads the files a plan goes by: cycles, ladders, regulations, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from config.cycles import turns_of
from config.errors import FaultLog
from config.files import (
    CycleRow,
    FigureRow,
    LadderRow,
    NumbersRow,
    RegulationRow,
    ScoresRow,
    SheetsRow,
    StepRow,
)
from config.reading import TomlFile, csv_models
from obligations.levels import Levels
from obligations.model import (
    Cycle,
    Figure,
    Kind,
    Ladder,
    LadderRole,
    LadderStep,
    LegKind,
    Regulation,
    Settings,
    StepRule,
    YearScores,
)
from obligations.period import Period

SIGNED = re.compile(r"[+-]\d+")


@dataclass(frozen=True)
class Times:
    """What cycles.toml holds."""

    cycles: tuple[Cycle, ...]
    settings: Settings | None


def load_times(path: Path, log: FaultLog) -> Times:
    """Read the report cycles, the sheets' months and the program's numbers."""
    file = TomlFile(path, log)
    rows = file.rows("cycle", CycleRow)
    sheets, numbers = file.table("sheets", SheetsRow), file.table("numbers", NumbersRow)
    file.finish()
    cycles = tuple(cycle for row in rows for cycle in turns_of(row, file.name, log))
    if sheets is None or numbers is None:
        return Times(cycles, None)
    settings = Settings(
        **numbers.model_dump() | {"briefings": tuple(numbers.briefings)},
        sheet_months=tuple(Period(month) for month in sheets.months),
        sheet_last_day=sheets.last_day,
    )
    return Times(cycles, settings)


def load_ladders(path: Path, settings: Settings | None, levels: Levels, log: FaultLog) -> tuple[Ladder, ...]:
    """Read the ladders in their order; a table for several kinds or levels makes one ladder of each."""
    file = TomlFile(path, log)
    rows = file.rows("ladder", LadderRow)
    file.finish()
    opening = settings.opening_working_days if settings else 1
    for row in rows:
        _levels(file.name, f"các mức nhắc việc {row.key}", "levels", " ".join(row.levels), levels, log)
    return tuple(ladder for row in rows for ladder in _ladders(row, opening, file))


def _ladders(row: LadderRow, opening: int, file: TomlFile) -> Iterator[Ladder]:
    steps = tuple(_step(row, step, opening, file) for step in row.steps)
    _check_steps(row, steps, file)
    for kind in row.kinds:
        for level in (*row.levels,) or (None,):
            yield Ladder(
                key=_ladder_key(row, kind, level),
                kind=kind,
                steps=steps,
                leg=LegKind(row.leg),
                level=level,
                desks=row.desks,
                focal=row.focal,
                wording=row.wording,
            )


def _ladder_key(row: LadderRow, kind: Kind, level: str | None) -> str:
    parts = [row.key, kind if len(row.kinds) > 1 else "", (level or "") if len(row.levels) > 1 else ""]
    return "-".join(part for part in parts if part)


def _step(row: LadderRow, step: StepRow, opening: int, file: TomlFile) -> LadderStep:
    for role in step.min_streak.keys() - set(step.to):
        file.log.add(
            file.name,
            f"các mức nhắc việc {row.key}",
            f"{step.code}.min_streak",
            f"'{role}' không có trong to",
        )
    return LadderStep(
        code=step.code,
        rule=step.rule,
        days=_step_days(row, step, opening, file),
        to=tuple(LadderRole(role=role, min_streak=step.min_streak.get(role, 0)) for role in step.to),
        rhythm=step.rhythm,
        template=step.template,
    )


def _step_days(row: LadderRow, step: StepRow, opening: int, file: TomlFile) -> int:
    """Return a step's days: of its own, of its code ("-5"), or the opening letter's of cycles.toml."""
    if step.rule is StepRule.OPENING:
        return opening
    if step.rule in (StepRule.AFTER_LAST_DAY, StepRule.REPEAT):
        return 0
    spoken = int(step.code) if SIGNED.fullmatch(step.code) else None
    days = step.days if step.days is not None else spoken
    label = f"các mức nhắc việc {row.key}"
    if days is None:
        file.log.add(file.name, label, f"{step.code}.days", "thiếu số ngày")
    elif step.rule is StepRule.OFFSET and spoken not in (None, days):
        file.log.add(file.name, label, f"{step.code}.days", f"mức {step.code} lại ghi {days} ngày")
    return days or 0


def _check_steps(row: LadderRow, steps: tuple[LadderStep, ...], file: TomlFile) -> None:
    """Steps stand in the order of their days, each code once."""
    label = f"các mức nhắc việc {row.key}"
    codes = [step.code for step in steps]
    for code in {code for code in codes if codes.count(code) > 1}:
        file.log.add(file.name, label, "steps", f"mức {code} trùng")
    for before, after in pairwise(steps):
        if before.code != after.code and _rank(before) >= _rank(after):
            file.log.add(file.name, label, "steps", f"mức {after.code} phải đứng trước mức {before.code}")
            return


def _rank(step: LadderStep) -> tuple[int, int]:
    """Order steps by when they come: the opening, before the last day, after it."""
    match step.rule:
        case StepRule.OPENING:
            return 0, 0
        case StepRule.UP_TO_DAY:
            return 1, step.days
        case StepRule.AFTER_LAST_DAY:
            return 2, 1
        case StepRule.OFFSET:
            return 2, step.days
        case StepRule.REPEAT:
            return 3, 0


def load_regulations(path: Path, log: FaultLog) -> tuple[str, tuple[Regulation, ...]]:
    """Read the dated rules of as-regulated items, with the name of their file."""
    file = TomlFile(path, log)
    rows = file.rows("regulation", RegulationRow, "item", unique=False)
    file.finish()
    values = (row.model_dump() | {"recorders": tuple(row.recorders)} for row in rows)
    return file.name, tuple(Regulation(**value) for value in values)


def load_figures(
    path: Path, known: set[str] | None, levels: Levels, log: FaultLog
) -> dict[str, tuple[Figure, ...]]:
    """Read the figures by item; `known` are the plan's items, None when they could not be read."""
    figures: dict[str, tuple[Figure, ...]] = {}
    for label, row in csv_models(path, FigureRow, log):
        if known is not None and row.item not in known:
            log.add(path.name, label, "item", f"không có nhiệm vụ '{row.item}'")
        elif row.key in {figure.key for figure in figures.get(row.item, ())}:
            log.add(path.name, label, "key", f"số liệu {row.key} của nhiệm vụ {row.item} trùng")
        elif (figure := _figure(path.name, label, row, levels, log)) is not None:
            figures[row.item] = (*figures.get(row.item, ()), figure)
    _check_hands(path.name, figures, levels, log)
    return figures


def _figure(file: str, label: str, row: FigureRow, levels: Levels, log: FaultLog) -> Figure | None:
    if row.most and not row.most.isdecimal():
        log.add(file, label, "most", f"'{row.most}' không phải số đếm")
        return None
    return Figure(
        item=row.item,
        key=row.key,
        name=row.name,
        unit=row.unit,
        kind=row.kind,
        nature=row.nature,
        lead=_levels(file, label, "lead", row.lead, levels, log),
        hands=_levels(file, label, "hands", row.hands, levels, log),
        across=row.across,
        most=int(row.most or 0),
    )


def _levels(file: str, label: str, field: str, text: str, levels: Levels, log: FaultLog) -> tuple[str, ...]:
    # Where the levels could not be read, nothing can be said of a word.
    for unknown in (word for word in text.split() if len(levels) and word not in levels.keys):
        log.add(file, label, field, f"không nhận '{unknown}', chỉ nhận {', '.join(levels.keys)}")
    return tuple(word for word in text.split() if word in levels.keys)


def _check_hands(file: str, figures: dict[str, tuple[Figure, ...]], levels: Levels, log: FaultLog) -> None:
    """An implementer gives one figure of an item; a stock of places is not also that of those above them."""
    for item, known in figures.items():
        for level in levels:
            asked = [figure.key for figure in known if level.key in figure.hands]
            if len(asked) > 1:
                log.add(file, f"nhiệm vụ {item}", "hands", f"{level.name} được hỏi {len(asked)} số liệu")
        for figure in known:
            twice = [level.short for level in levels if not level.top and level.key in figure.hands]
            if len(twice) > 1 and figure.nature == "as_of" and figure.across in ("sum", "two_counts"):
                why = f"số liệu {figure.key} bị cộng hai lần: {' và '.join(twice)}"
                log.add(file, f"nhiệm vụ {item}", "hands", why)


def load_scores(path: Path, log: FaultLog) -> tuple[YearScores, ...]:
    """Read the published scores, oldest year first."""
    found: dict[int, YearScores] = {}
    for label, row in csv_models(path, ScoresRow, log):
        if row.year in found:
            log.add(path.name, label, "year", f"năm {row.year} trùng, đã có ở trên")
            continue
        by_content = (row.D1, row.D2, row.D3, row.D4, row.D5, row.D6, row.D7, row.D8)
        found[row.year] = YearScores(
            year=row.year, by_content=by_content, total=row.total_unweighted, rank=row.rank_among_valid
        )
    return tuple(found[year] for year in sorted(found))
