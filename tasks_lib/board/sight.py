"""Whose duties somebody sees on the board, by the table of rights, and the units these belong to."""

from __future__ import annotations

from datetime import date

from config.agencies import is_valid
from obligations.model import Agency, Tier
from obligations.rights import RIGHTS, Act, Relation, Visitor, guides_of, relations
from obligations.words import alphabetical
from store.board import Day, Sight
from tasks_lib.bootstrap import House
from tasks_lib.wording import district_of, name_of, place_name


def day_of(house: House, on: date) -> Day:
    """Return what the board's queries have to know of a day and its plan."""
    plan = house.plan
    return Day(
        plan=plan.key, on=on, soon=house.calendar.add(on, plan.settings.due_soon_working_days),
        focal=plan.focal, districts=tuple(a.id for a in districts(house)),
        invited=tuple(a.id for a in house.configuration.agencies.values() if a.invited),
    )  # fmt: skip


def sight_of(house: House, visitor: Visitor) -> Sight:
    """Return whose duties a visitor sees; equal to asking the table of rights for each of them."""
    plan, allowed = house.plan, RIGHTS[Act.BOARD].get(visitor.seat, frozenset())
    if Relation.OVERSEEN in allowed and visitor.agency in (plan.focal, plan.top):
        return Sight()
    items = (*plan.items, *plan.duties) if Relation.GUIDED in allowed else ()
    in_district = house.agency(visitor.agency).tier is Tier.DISTRICT
    return Sight(
        agencies=tuple(
            a.id
            for a in house.configuration.agencies.values()
            if relations(visitor.agency, a, None, plan, house.roster) & allowed
        ),
        items=tuple(item.key for item in items if visitor.agency in guides_of(item, house.roster)),
        # A district guides its own communes alone.
        items_of=_below(house, visitor.agency) if in_district else None,
    )


def _below(house: House, superior: str) -> tuple[str, ...]:
    return tuple(a.id for a in house.configuration.agencies.values() if a.superior == superior)


def is_wide(house: House, sight: Sight) -> bool:
    """Whether more than one unit of the province is seen: the whole of it, or an item over all units."""
    return sight.reaches_all or sight.agencies is None or len(_areas(house, sight.agencies)) > 1


def _areas(house: House, agencies: tuple[str, ...]) -> set[str]:
    return {area_of(house, house.agency(key)) for key in agencies}


def area_of(house: House, agency: Agency) -> str:
    """Return the unit of the province an agency stands under: a commune's district, else itself."""
    superior = house.configuration.agencies.get(agency.superior or "")
    under_district = agency.tier is Tier.COMMUNE and superior is not None and superior.tier is Tier.DISTRICT
    return superior.id if under_district and superior is not None else agency.id


def districts(house: House) -> tuple[Agency, ...]:
    """Return the districts there were when the plan was signed, by name."""
    signed = house.plan.signed_on
    found = [
        a for a in house.configuration.agencies.values() if a.tier is Tier.DISTRICT and is_valid(a, signed)
    ]
    return tuple(sorted(found, key=lambda a: alphabetical(a.short_name)))


def within(house: House, district: str) -> tuple[str, ...]:
    """Return a district and the communes below it."""
    return (district, *(a.id for a in house.configuration.agencies.values() if a.superior == district))


def unit_order(house: House, key: str) -> tuple[int, object]:
    """Return what units are sorted by: districts, communes, departments, then the bodies that are asked."""
    agency = house.configuration.agencies.get(key)
    if agency is None:
        return 4, key
    rank = {Tier.DISTRICT: 0, Tier.COMMUNE: 1, Tier.PROVINCE: 2}[agency.tier]
    return 3 if agency.invited else rank, (alphabetical(_bare(agency.short_name)), key)


def _bare(short_name: str) -> str:
    """Name a place without its kind, so that a ward does not stand before all communes."""
    for sort in ("xã ", "phường ", "thị trấn "):
        short_name = short_name.removeprefix(sort)
    return short_name


def described(house: House, visitor: Visitor, sight: Sight) -> str:
    """Say whose duties the board shows."""
    if sight.agencies is None:
        return "Toàn tỉnh"
    agency = house.agency(visitor.agency)
    below = len(sight.agencies) - 1
    if below > 0 and agency.tier is Tier.DISTRICT:
        return f"{place_name(agency)[:1].upper()}{place_name(agency)[1:]}: UBND cấp huyện và cấp xã"
    if below > 0 and agency.id == house.plan.focal:
        return "Các sở, ban, ngành và UBND cấp huyện"
    guided = ", và nhiệm vụ đơn vị hướng dẫn, theo dõi" if sight.items else ""
    return f"{agency.name}: nhiệm vụ của đơn vị{guided}"


def place_of(house: House, key: str) -> str:
    """Name the district an agency stands in; nothing for bodies of the province."""
    agency = house.configuration.agencies.get(key)
    return district_of(house, agency) if agency else ""


def unit_name(house: House, key: str) -> str:
    """Name a unit as the heads of matrices do: "Bát Xát", "xã A Mú Sung", "Sở Y tế"."""
    agency = house.configuration.agencies.get(key)
    return agency.short_name if agency and agency.short_name else name_of(house, key)
