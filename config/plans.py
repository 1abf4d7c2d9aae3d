"""Reads one plan file and all it goes by into a `Plan`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from config.agencies import Directory
from config.checks import PlanCheck, check_cycles, check_quarters, check_regulations
from config.day_rows import DeadlineRow, term_of
from config.errors import FaultLog
from config.files import ContentRow, DutyRow, ItemRow, PlanRow, SecondRow
from config.reading import UNREAD, TomlFile
from config.rules import Times, load_figures, load_ladders, load_regulations, load_scores, load_times
from config.term_checks import check_told, event_rules
from config.tree import TreeCheck
from obligations.errors import Invalid
from obligations.model import (
    ASKED,
    Content,
    Deadline,
    Figure,
    GivenBy,
    Item,
    Ladder,
    Plan,
    Regulation,
    SecondBody,
    Wording,
    YearScores,
)
from obligations.period import Period
from obligations.terms_open import AsAbove

_AS_WRITTEN = (
    *("key", "number", "signed_on", "valid_until", "issuer", "title", "focal", "top"),
    *("draft", "predecessor"),
)
"""What of a plan's head is taken as it stands."""


def load_plan(path: Path, directory: Directory, log: FaultLog) -> Plan | None:
    """Read a plan file; None when its head is wrong, which the log then says."""
    file = TomlFile(path, log)
    head = file.table("plan", PlanRow)
    contents = tuple(Content(**row.model_dump()) for row in file.rows("content", ContentRow, "number"))
    written = file.rows("item", ItemRow), file.rows("duty", DutyRow), file.rows("request", DutyRow)
    file.finish()
    known = file.keys("item") | file.keys("duty") | file.keys("request") if file.sure else None
    figures, scores = _numbers(path, head, known, directory, log)
    items = [_items(rows, figures, file) for rows in written]
    appendix, part_three, asked = items
    check = _check_of(head, file, directory, known, log)
    check.contents(appendix, {content.number for content in contents})
    _check_twice(file, log)
    for item in (*appendix, *part_three, *asked):
        check.item(item)
    if head is None:
        return None
    check.head(head)
    times, ladders, regulations = _rules(path, head, (*appendix, *part_three), known, directory, log)
    if times.settings is None:
        return None
    plan = Plan(
        **head.model_dump(include=set(_AS_WRITTEN)),
        levels=directory.levels,
        planners=tuple(head.planners),
        sheet_keepers=tuple(head.sheet_keepers),
        invited=tuple(head.invited),
        contents=contents,
        items=appendix,
        duties=part_three,
        settings=times.settings,
        cycles=times.cycles,
        ladders=ladders,
        regulations=regulations,
        scores=scores,
        requests=asked,
    )
    return _in_its_tree(plan, directory, head.ladders, log)


def _check_of(
    head: PlanRow | None, file: TomlFile, directory: Directory, known: set[str] | None, log: FaultLog
) -> PlanCheck:
    life = (head.signed_on, head.valid_until) if head else (UNREAD, UNREAD)
    draft = head is not None and head.draft
    return PlanCheck(file.name, directory, life, None if known is None else frozenset(known), log, draft)


def _in_its_tree(plan: Plan, directory: Directory, ladders: str, log: FaultLog) -> Plan:
    """Check a plan against the tree it is carried out in, once nothing else is wrong."""
    if not log.faults:
        TreeCheck(plan, directory, ladders, log).check()
    return plan


def _check_twice(file: TomlFile, log: FaultLog) -> None:
    """Tell of a key that stands in two lists; within one list reading tells it."""
    items, duties, requests = (file.keys(name) for name in ("item", "duty", "request"))
    for key in (items & duties) | (requests & (items | duties)):
        log.add(file.name, f"nhiệm vụ {key}", "key", "trùng, đã có ở trên")


def _numbers(
    path: Path, head: PlanRow | None, known: set[str] | None, directory: Directory, log: FaultLog
) -> tuple[dict[str, tuple[Figure, ...]], tuple[YearScores, ...]]:
    """Read the figures and scores that the plan's head names."""
    named, published = (head.figures, head.scores) if head else (None, None)
    figures = load_figures(path.parent / named, known, directory.levels, log) if named else {}
    return figures, load_scores(path.parent / published, log) if published else ()


def _rules(
    path: Path,
    head: PlanRow,
    items: tuple[Item, ...],
    known: set[str] | None,
    directory: Directory,
    log: FaultLog,
) -> tuple[Times, tuple[Ladder, ...], tuple[Regulation, ...]]:
    """Read and check the files that the plan's head names."""
    times = load_times(path.parent / head.cycles, log)
    life = (head.signed_on, head.valid_until)
    check_cycles(head.cycles, times.cycles, directory.levels, log)
    ladders = load_ladders(path.parent / head.ladders, times.settings, directory.levels, log)
    regulations: tuple[Regulation, ...] = ()
    if head.regulations is not None:
        name, regulations = load_regulations(path.parent / head.regulations, log)
        check_regulations(name, regulations, {item.key: item for item in items}, known, log)
    regulations = (*regulations, *(rule for item in items for rule in event_rules(item, head.signed_on)))
    check_told(path.name, items, times.cycles, log)
    check_quarters(path.name, items, regulations, life, log)
    return times, ladders, regulations


def _items(
    rows: Sequence[DutyRow], figures: Mapping[str, tuple[Figure, ...]], file: TomlFile
) -> tuple[Item, ...]:
    """Return the rows of a list as items; "như trên" is what the row above says."""
    found: list[Item] = []
    for row in rows:
        item = _item(row, figures.get(row.key, ()), file)
        if row.deadline.as_above:
            if found:
                above = found[-1].deadline
                inner = row.deadline.inner_working_days or above.inner_working_days
                item = replace(item, deadline=replace(above, inner_working_days=inner))
            else:
                file.log.add(file.name, f"nhiệm vụ {row.key}", "deadline.as_above", "không có dòng trên")
        found.append(item)
    return tuple(found)


def _item(row: DutyRow, figures: tuple[Figure, ...], file: TomlFile) -> Item:
    of_appendix = row if isinstance(row, ItemRow) else None
    given = of_appendix.given if of_appendix else None
    return Item(
        key=row.key,
        printed=row.printed,
        content=of_appendix.content if of_appendix else None,
        title=row.title,
        short=row.short or "",
        leads_text=row.leads_text,
        cooperating_text=row.cooperating_text,
        deadline_text=row.deadline_text,
        lead_mode=row.lead_mode,
        leads=tuple(row.leads),
        second=tuple(_second(body) for body in row.second),
        deadline=_deadline(row.deadline, row.key, file),
        figures=figures,
        sub_dimension=of_appendix.sub_dimension if of_appendix else None,
        doubts=tuple(row.doubts),
        waits_for=row.waits_for,
        waits_until=row.waits_until,
        nothing_may_arise=row.nothing_may_arise,
        owed_after_validity=row.owed_after_validity,
        given=GivenBy(**given.model_dump()) if given else None,
        **_asked(of_appendix),
    )


def _asked(row: ItemRow | None) -> dict[str, str]:
    """Return what an item of the appendix asks for and who answers for it, where its row says so."""
    return {} if row is None else row.model_dump(include=set(ASKED), exclude_none=True)


def _deadline(row: DeadlineRow, key: str, file: TomlFile) -> Deadline:
    """Return the deadline a row says; a fault stands in as continuous, so that the rest is still checked."""
    if row.wording is not None:
        known = {"wording", "day", "quarter", "inner_working_days"}
        for name in sorted(row.said() - known):
            file.log.add(file.name, f"nhiệm vụ {key}", f"deadline.{name}", "không dùng cùng 'wording'")
        quarter = Period(row.quarter) if row.quarter else None
        return Deadline(
            wording=row.wording, day=row.day, quarter=quarter, inner_working_days=row.inner_working_days
        )
    try:
        if isinstance(term := term_of(row), AsAbove):
            return Deadline(wording=Wording.CONTINUOUS)
        return Deadline.of(term, row.inner_working_days)
    except Invalid as error:
        field, _, words = str(error).partition(": ")
        file.log.add(file.name, f"nhiệm vụ {key}", f"deadline.{field}".rstrip("."), words)
        return Deadline(wording=Wording.CONTINUOUS)


def _second(row: SecondRow) -> SecondBody:
    return SecondBody(body=row.body or "", role=row.role, text=row.text, has_account=row.body is not None)
