"""The page of pictures: one or the first three, of all or of one place and item; each as a file too."""

from __future__ import annotations

from starlette.responses import Response

from obligations.errors import Invalid
from obligations.rights import Act
from tasks_lib.board.chosen import all_items
from tasks_lib.board.sight import described, districts, sight_of
from tasks_lib.kernel.wording import place_name
from tasks_lib.pictures.asked import Asked
from tasks_lib.pictures.drawn import alone
from tasks_lib.pictures.kinds import KINDS, draw, kind_words
from web.board.filters import Select, address_of
from web.frame.ask import Ask, Page
from web.frame.render import page

PICTURES = "/bieu-do"
FIRST = ("weeks", "districts", "ahead")
"""What is shown where none is chosen."""
KIND, ITEM, PLACE = "hinh", "nhiem_vu", "dia_ban"


def asked_of(ask: Ask) -> Asked:
    """Return what pictures are asked for by a page's address: never more than the visitor sees."""
    item, place = ask.query(ITEM), ask.query(PLACE)
    if item and item not in {found.key for found in all_items(ask.house)}:
        raise Invalid(f"bộ lọc '{ITEM}': không có giá trị '{item}'")
    if place and place not in {found.id for found in districts(ask.house)}:
        raise Invalid(f"bộ lọc '{PLACE}': không có giá trị '{place}'")
    return Asked(
        house=ask.house,
        as_of=ask.as_of,
        sight=sight_of(ask.house, ask.visitor),
        item=item or None,
        agency=place or None,
    )


def pictures(ask: Ask) -> Response:
    """Show the pictures the address names, each with its table."""
    kind = ask.query(KIND)
    if kind and kind not in KINDS:
        raise Invalid(f"không có biểu đồ '{kind}'")
    asked = asked_of(ask)
    chosen = {ITEM: asked.item or "", PLACE: asked.agency or ""}
    return page(
        ask,
        "board/pictures.html",
        title="Biểu đồ",
        found=[draw(one, asked) for one in ((kind,) if kind else FIRST)],
        tabs=[(_url(ask, {**chosen, KIND: one}), words, one == kind) for one, words in _tabs(ask)],
        file=lambda one: _url(ask, chosen, f"{PICTURES}/{one}"),
        fields=_fields(ask, asked),
        kind=kind,
        action=ask.url(PICTURES),
        scope=described(ask.house, ask.visitor, asked.sight),
    )


def _tabs(ask: Ask) -> list[tuple[str, str]]:
    return [("", "Chung"), *((kind, kind_words(ask.house, kind)) for kind in KINDS)]


def _url(ask: Ask, chosen: dict[str, str], path: str = PICTURES) -> str:
    return address_of(ask, path, chosen)


def _fields(ask: Ask, asked: Asked) -> list[Select]:
    """Offer items, and districts to those who see several."""
    items = [("", "Tất cả"), *((i.key, f"{i.key}. {i.title}"[:80]) for i in all_items(ask.house))]
    seen = asked.sight.agencies
    places = [(a.id, place_name(a)) for a in districts(ask.house) if seen is None or a.id in seen]
    fields = [Select(name=ITEM, label="Nhiệm vụ", options=items, value=asked.item or "")]
    if len(places) > 1:
        whole = [("", "Tất cả"), *places]
        fields.append(Select(name=PLACE, label="Địa bàn", options=whole, value=asked.agency or ""))
    return fields


def as_file(ask: Ask) -> Response:
    """Give one picture as a file that stands alone: for a paper, or a mail."""
    kind = ask.param("kind")
    if kind not in KINDS:
        raise Invalid(f"không có biểu đồ '{kind}'")
    name = f"{kind}-{ask.on:%Y-%m-%d}.svg"
    return Response(
        alone(draw(kind, asked_of(ask))),
        media_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


PAGES = (
    Page("GET", PICTURES, pictures, Act.BOARD),
    Page("GET", PICTURES + "/{kind}", as_file, Act.BOARD),
)
