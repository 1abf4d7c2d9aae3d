"""What goes with a paper that a desk records for a unit: its scan, and the figures that stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from obligations.model import Figure
from obligations.obligation import Obligation
from obligations.rights import Act
from tasks_lib.answering.cycle_form import asked_figures
from tasks_lib.answering.cycle_sums import share
from tasks_lib.evidence.carried import Chosen
from tasks_lib.evidence.looking import Upload
from tasks_lib.kernel.figures import read_figures
from web.frame.ask import Ask

FILES, CARRIED, LEFT_OUT = "tep", "tep-da-luu", "bo-tep"
FIGURE = "so-"
"""What the names of fields for figures begin with."""


def figures_asked(ask: Ask, rows: Sequence[Obligation]) -> tuple[Figure, ...]:
    """Return the figures asked for of one duty; of many none, nor of a report with rows of its own."""
    if len(rows) != 1 or not rows[0].item:
        return ()
    item = ask.house.plan.item(rows[0].item)
    return asked_figures(ask.house, item, rows[0]) if item is not None else ()


def figures_given(ask: Ask, rows: Sequence[Obligation]) -> dict[str, object]:
    """Read the figures as they were typed; raise Faults naming all that are wrong."""
    asked = figures_asked(ask, rows)
    given: dict[str, object] = {f.key: value for f in asked if (value := typed_figure(ask, f))}
    if asked:
        read_figures(rows[0].item or "", asked, given)
    return given


def typed_figure(ask: Ask, figure: Figure) -> str:
    """Return a figure as it was typed: of two counts, two fields of one name."""
    values = [v.strip() for v in ask.form.getlist(f"{FIGURE}{figure.key}") if isinstance(v, str)]
    return "/".join(values) if any(values) else ""


def chosen(ask: Ask) -> Chosen:
    """Return the files of a form; they belong to one seat of one agency."""
    return Chosen(
        settings=ask.house.settings,
        holder=f"{ask.agency.id}.{ask.visitor.seat}",
        uploads=tuple(Upload(name=f.filename or "", content=f.file) for f in ask.files(FILES)),
        texts=ask.texts(CARRIED),
        left_out=set(ask.texts(LEFT_OUT)),
    )


def shown(ask: Ask, rows: Sequence[Obligation]) -> dict[str, object]:
    """Return what the fields for both are made of; what came and is sound is not asked for again."""
    files = chosen(ask)
    return {
        "kept_files": files.sound() if ask.may(Act.RECORD) else (),
        "carry_file": files.carry,
        "figures_of": figures_asked(ask, rows),
        "typed_figure": lambda figure: typed_figure(ask, figure),
        "share": share,
    }
