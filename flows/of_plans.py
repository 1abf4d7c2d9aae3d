"""The flows of every configured plan, by name: `flows.of_plans.plan_239_2022_1_2`.

None is bound by hand: an item, a cycle or a whole plan that ops adds to the data is a flow without touching
code. A name is looked up when it is asked for, in the data as it is then, so that a run never goes by what a
worker read when it started. prefect.yaml, and `dondoc deployments list`, have every name.
"""

from __future__ import annotations

from config.load import load_configuration
from flows.factory import SubjectFlow, subject_flow
from flows.subjects import Subject, subjects


def bound() -> dict[str, Subject]:
    """Return what there is a flow for, by its name, in the data as it is now."""
    found = load_configuration()
    return {subject.variable: subject for plan in found.plans for subject in subjects(found, plan)}


def __getattr__(name: str) -> SubjectFlow:
    """Give the flow of a name; Prefect asks so for an entrypoint's."""
    subject = bound().get(name) if name.startswith("plan_") else None
    if subject is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return subject_flow(subject)
