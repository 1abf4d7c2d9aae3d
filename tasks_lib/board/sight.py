"""Whose duties somebody sees on the board, by the table of rights, and the units these belong to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from notifications.wording import upper_first
from obligations.board import Sight
from obligations.levels import Level, named_together
from obligations.model import Agency
from obligations.places import bare
from obligations.rights import RIGHTS, Act, Relation, Visitor
from obligations.seats import guides_of, relations
from obligations.words import alphabetical
from tasks_lib.board.sql.board import Day
from tasks_lib.kernel.bootstrap import House
from tasks_lib.kernel.wording import district_of, name_of, place_name


def day_of(house: House, on: date) -> Day:
    """Return what the board's queries have to know of a day and its plan."""
    plan = house.plan
    return Day(
        plan=plan.key,
        on=on,
        soon=house.calendar.add(on, plan.settings.due_soon_working_days),
        focal=plan.focal,
        districts=tuple(a.id for a in districts(house)),
        invited=tuple(a.id for a in house.configuration.agencies.values() if a.invited),
    )


def sight_of(house: House, visitor: Visitor) -> Sight:
    """Return whose duties a visitor sees; equal to asking the table of rights for each of them."""
    plan, allowed = house.plan, RIGHTS[Act.BOARD].get(visitor.seat, frozenset())
    if Relation.OVERSEEN in allowed and visitor.agency in (plan.focal, plan.top):
        return Sight()
    items = plan.assigned if Relation.GUIDED in allowed else ()
    heads = house.agency(visitor.agency).heads
    return Sight(
        agencies=tuple(
            a.id for a in house.agencies if relations(visitor.agency, a, None, plan, house.roster) & allowed
        ),
        items=tuple(item.key for item in items if visitor.agency in guides_of(item, house.roster)),
        # A district guides what stands below it alone.
        items_of=below(house, visitor.agency) if heads else None,
    )


def below(house: House, place: str) -> tuple[str, ...]:
    """Return all that stand below a place, through however many levels."""
    return tuple(a.id for a in house.configuration.agencies.values() if place in a.above)


def is_wide(house: House, sight: Sight) -> bool:
    """Whether more than one unit of the province is seen: the whole of it, or an item over all units."""
    return sight.reaches_all or sight.agencies is None or len(_areas(house, sight.agencies)) > 1


def _areas(house: House, agencies: tuple[str, ...]) -> set[str]:
    return {area_of(house, house.agency(key)) for key in agencies}


def area_of(house: House, agency: Agency) -> str:
    """Return the unit of the province an agency stands under: a commune's district, else itself."""
    return agency.area if agency.area in house.configuration.agencies else agency.id


def districts(house: House) -> tuple[Agency, ...]:
    """Return the districts there are in the plan's life, by name."""
    found = [a for a in house.agencies if a.heads]
    return tuple(sorted(found, key=lambda a: alphabetical(a.short_name)))


def within(house: House, district: str) -> tuple[str, ...]:
    """Return a district and all that stand below it."""
    return (district, *below(house, district))


def unit_order(house: House, key: str) -> tuple[int, object]:
    """Return what units are sorted by: districts, communes, departments, then the bodies that are asked."""
    agency = house.configuration.agencies.get(key)
    if agency is None:
        return 3, key
    rank = 1 if agency.level.top else -agency.level.rank
    # Without its sort, so that a ward does not stand before all communes.
    return 2 if agency.invited else rank, (alphabetical(bare(agency.short_name)), key)


def described(house: House, visitor: Visitor, sight: Sight) -> str:
    """Say whose duties the board shows."""
    if sight.agencies is None:
        return upper_first(house.plan.levels.top.whole)
    agency = house.agency(visitor.agency)
    others = len(sight.agencies) - 1
    levels = house.plan.levels
    if others > 0 and agency.heads:
        seen = [level for level in levels.downwards if level.rank <= agency.level.rank]
        return f"{upper_first(place_name(agency))}: {_bodies(seen)}"
    if others > 0 and agency.id == house.plan.focal:
        standing = {house.agency(key).level for key in sight.agencies}
        places = _bodies([level for level in levels.downwards if level in standing and not level.top])
        return f"Các {levels.top.plural} và {places}" if places else f"Các {levels.top.plural}"
    guided = ", và nhiệm vụ đơn vị hướng dẫn, theo dõi" if sight.items else ""
    return f"{agency.name}: nhiệm vụ của đơn vị{guided}"


def _bodies(levels: Sequence[Level]) -> str:
    return named_together(levels, lambda level: level.name, " và ")


def place_of(house: House, key: str) -> str:
    """Name the district an agency stands in; nothing for bodies of the province."""
    agency = house.configuration.agencies.get(key)
    return district_of(house, agency) if agency else ""


def unit_name(house: House, key: str) -> str:
    """Name a unit as the heads of matrices do: "Bát Xát", "xã A Mú Sung", "Sở Y tế"."""
    agency = house.configuration.agencies.get(key)
    return agency.short_name if agency and agency.short_name else name_of(house, key)
