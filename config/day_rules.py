"""A value of the language of days as a plan file writes it: the way back from `config.day_rows`."""

from __future__ import annotations

import json
from datetime import date
from functools import singledispatch

from obligations.period import Period
from obligations.terms import Before, By, Term, Unit, Within
from obligations.terms_again import Continuous, Each, Window
from obligations.terms_edges import Edge
from obligations.terms_open import AfterEvent, AfterSigning, AsAbove, AsRegulated, Directed, Goal, Step, Steps
from obligations.terms_parts import At

COUNTED_IN = {Unit.DAY: "days", Unit.WORKING: "days", Unit.WEEK: "weeks", Unit.MONTH: "months"}
Rule = dict[str, object]


@singledispatch
def rule_of(term: Term) -> Rule:
    """Return what plan.toml says for a value; days as dates, stretches as "2026-Q2", "2026"."""
    raise TypeError(term)


@rule_of.register
def _(term: Before) -> Rule:
    return _filled(before=_edge(term.at), arrives=term.arrives, recipient=term.recipient)


@rule_of.register
def _(term: By) -> Rule:
    return _filled(by=term.on, arrives=term.arrives, recipient=term.recipient)


@rule_of.register
def _(term: Within) -> Rule:
    return {"within": _edge(term.period)}


@rule_of.register
def _(term: At) -> Rule:
    return {"at": str(term.part), "of": _edge(term.of)}


@rule_of.register
def _(term: Window) -> Rule:
    return {"from": _edge(term.since), "to": _edge(term.until)}


@rule_of.register
def _(term: Continuous) -> Rule:
    edges = {"from": _edge(term.since), "to": _edge(term.until)}
    return _filled(continuous=True, report=term.report and str(term.report), **edges)


@rule_of.register
def _(term: Each) -> Rule:
    return _filled(
        each=str(term.every),
        **{"by" if term.counts else "before": term.number},
        month=term.month,
        **{"in": term.part, "from": _edge(term.since), "to": _edge(term.until)},
        running=term.running,
        by_rule=term.by_rule,
        levels=dict(term.levels) or None,
    )


@rule_of.register
def _(term: AfterSigning) -> Rule:
    return {"after": "signing", **_count(term.number, term.unit)}


@rule_of.register
def _(term: AfterEvent) -> Rule:
    return {"after": "event", "event": term.event, **_count(term.number, term.unit)}


@rule_of.register
def _(term: AsRegulated) -> Rule:
    return _filled(as_regulated=True, basis=term.basis)


@rule_of.register
def _(term: AsAbove) -> Rule:  # noqa: ARG001 - it says nothing else
    return {"as_above": True}


@rule_of.register
def _(term: Directed) -> Rule:
    return {"as_directed": term.said}


@rule_of.register
def _(term: Goal) -> Rule:
    return {"goal": rule_of(term.term)}


@rule_of.register
def _(term: Steps) -> Rule:
    return {"steps": [_step(step) for step in term.steps]}


def _step(step: Step) -> Rule:
    return rule_of(step.term) | _filled(product=step.product, holder=step.holder, leads=list(step.leads))


def _count(number: int | None, unit: Unit) -> Rule:
    if number is None:
        return {}
    return {COUNTED_IN[unit]: number, **({"working": True} if unit is Unit.WORKING else {})}


def _edge(edge: Edge | None) -> date | str | None:
    return str(edge).removesuffix("-Y") if isinstance(edge, Period) else edge


def _filled(**fields: object) -> Rule:
    return {name: value for name, value in fields.items() if value not in (None, "", False, [])}


def inline(rule: object) -> str:
    """Write a rule as plan.toml has it: { each = "quarter", before = 15, month = 3 }."""
    if isinstance(rule, dict):
        return f"{{ {', '.join(f'{name} = {inline(value)}' for name, value in rule.items())} }}"
    if isinstance(rule, list):
        return f"[{', '.join(map(inline, rule))}]"
    if isinstance(rule, bool):
        return str(rule).lower()
    return json.dumps(rule, ensure_ascii=False) if isinstance(rule, str) else str(rule)
