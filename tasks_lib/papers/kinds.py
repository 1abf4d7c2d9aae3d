"""The kinds of paper that can be written, each by its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from config.papers import load_forms
from obligations.errors import Invalid, Refused
from obligations.nearest import meant
from obligations.papers import PaperForms, office_of
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import in_tree
from tasks_lib.papers.completion import write_completion_slip, write_completion_table
from tasks_lib.papers.cooperation import write_cooperation
from tasks_lib.papers.extension import write_extension_letter, write_extension_request
from tasks_lib.papers.follow_up import write_follow_up
from tasks_lib.papers.item_report import write_item_report
from tasks_lib.papers.late_units import write_late_units
from tasks_lib.papers.meeting_page import write_meeting_page
from tasks_lib.papers.order import Desk, Order, Written
from tasks_lib.papers.own_plan import write_own_plan
from tasks_lib.papers.period_report import write_period_report
from tasks_lib.papers.reminder_record import write_reminder_record
from tasks_lib.papers.talk import write_invitation, write_minutes
from tasks_lib.papers.urging import write_urging

URGING: Final = "urging"
PERIOD_REPORT: Final = "period-report"
UNIT_PLAN: Final = "unit-plan"
LATE_UNITS: Final = "late-units"
OWN_PAPERS: Final = (PERIOD_REPORT, "follow-up", UNIT_PLAN, "item-report")
"""Whom such a paper is for, signs it."""
WRITERS: Final[Mapping[str, Callable[[Desk], Written]]] = {
    URGING: write_urging,
    PERIOD_REPORT: write_period_report,
    LATE_UNITS: write_late_units,
    "meeting-page": write_meeting_page,
    "invitation": write_invitation,
    "minutes": write_minutes,
    "follow-up": write_follow_up,
    "completion-table": write_completion_table,
    "completion-slip": write_completion_slip,
    "reminder-record": write_reminder_record,
    "extension-request": write_extension_request,
    "extension-letter": write_extension_letter,
    "cooperation": write_cooperation,
    UNIT_PLAN: write_own_plan,
    "item-report": write_item_report,
}


def forms_of(house: House) -> PaperForms:
    """Read the papers of a house's plan."""
    forms = load_forms(house.configuration.directory, house.plan.key)
    named = {key: replace(kind, name=in_tree(house, kind.name)) for key, kind in forms.kinds.items()}
    return replace(forms, kinds=named)


def office_words(house: House) -> dict[str, str]:
    """Name the sorts of office of a tree, for its papers."""
    levels = house.plan.levels
    heads = [level.agency for level in levels if level.heads]
    lowest = [level.agency for level in levels if not level.heads and not level.top]
    return {
        "collator": house.focal.name,
        "district": ", ".join(heads),
        "commune": ", ".join(lowest),
        "department": levels.top.plural,
        "province": house.agency(house.plan.top).name,
    }


def list_kinds(house: House) -> list[dict[str, object]]:
    """List the kinds of paper with whoever signs them; on a tree without districts those of none."""
    there = {office_of(agency, house.plan) for agency in house.agencies}
    called = office_words(house)
    return [
        {
            "kind": kind.key,
            "name": kind.name,
            "signed_by": [called[office] for office in kind.by if office in there],
        }
        for kind in forms_of(house).kinds.values()
        if kind.key in WRITERS and any(office in there for office in kind.by)
    ]


def check_order(house: House, forms: PaperForms, order: Order) -> None:
    """Refuse what is no paper, or not this office's."""
    kind = forms.kinds.get(order.kind)
    if kind is None or order.kind not in WRITERS:
        near = meant(order.kind, tuple(WRITERS))
        raise Invalid(f"không có loại văn bản '{order.kind}'{f' ({near})' if near else ''}")
    agency = house.configuration.agencies.get(order.by)
    if agency is None:
        raise Invalid(f"--by: không có cơ quan '{order.by}'")
    office = office_of(agency, house.plan)
    if office not in kind.by:
        raise Refused(f"{kind.name}: không phải văn bản của {agency.name}")
    if order.authority is not None and order.authority not in forms.offices[office].posts:
        known = ", ".join(forms.offices[office].posts)
        raise Invalid(f"quyền hạn '{order.authority}': {agency.name} ký {known}")


def kind_names(house: House) -> dict[str, str]:
    """Return what kinds of paper are called."""
    return {kind.key: kind.name for kind in forms_of(house).kinds.values()}
