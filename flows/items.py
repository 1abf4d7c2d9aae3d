"""The 39 items of the appendix, each bound by hand so that grep, editors and Prefect find it."""

from __future__ import annotations

from flows.factory import SubjectFlow, item_flow

item_1_1 = item_flow("1.1")
item_1_2 = item_flow("1.2")
item_1_3 = item_flow("1.3")
item_2_1 = item_flow("2.1")
item_2_2 = item_flow("2.2")
item_2_3 = item_flow("2.3")
item_2_4 = item_flow("2.4")
item_2_5 = item_flow("2.5")
item_2_6 = item_flow("2.6")
item_3_1 = item_flow("3.1")
item_3_2 = item_flow("3.2")
item_3_3 = item_flow("3.3")
item_3_4 = item_flow("3.4")
item_3_5 = item_flow("3.5")
item_4_1 = item_flow("4.1")
item_4_2 = item_flow("4.2")
item_4_3 = item_flow("4.3")
item_4_4 = item_flow("4.4")
item_4_5 = item_flow("4.5")
item_4_6 = item_flow("4.6")
item_5_1 = item_flow("5.1")
item_5_2 = item_flow("5.2")
item_5_3 = item_flow("5.3")
item_6_1 = item_flow("6.1")
item_6_2 = item_flow("6.2")
item_6_3 = item_flow("6.3")
item_6_4 = item_flow("6.4")
item_6_5 = item_flow("6.5")
item_6_6 = item_flow("6.6")
item_6_7 = item_flow("6.7")
item_6_8 = item_flow("6.8")
item_7_1 = item_flow("7.1")
item_7_2 = item_flow("7.2")
item_7_3 = item_flow("7.3")
item_8_1 = item_flow("8.1")
item_8_2 = item_flow("8.2")
item_8_3 = item_flow("8.3")
item_8_4 = item_flow("8.4")
item_8_5 = item_flow("8.5")

ITEM_FLOWS: dict[str, SubjectFlow] = {
    "1.1": item_1_1,
    "1.2": item_1_2,
    "1.3": item_1_3,
    "2.1": item_2_1,
    "2.2": item_2_2,
    "2.3": item_2_3,
    "2.4": item_2_4,
    "2.5": item_2_5,
    "2.6": item_2_6,
    "3.1": item_3_1,
    "3.2": item_3_2,
    "3.3": item_3_3,
    "3.4": item_3_4,
    "3.5": item_3_5,
    "4.1": item_4_1,
    "4.2": item_4_2,
    "4.3": item_4_3,
    "4.4": item_4_4,
    "4.5": item_4_5,
    "4.6": item_4_6,
    "5.1": item_5_1,
    "5.2": item_5_2,
    "5.3": item_5_3,
    "6.1": item_6_1,
    "6.2": item_6_2,
    "6.3": item_6_3,
    "6.4": item_6_4,
    "6.5": item_6_5,
    "6.6": item_6_6,
    "6.7": item_6_7,
    "6.8": item_6_8,
    "7.1": item_7_1,
    "7.2": item_7_2,
    "7.3": item_7_3,
    "8.1": item_8_1,
    "8.2": item_8_2,
    "8.3": item_8_3,
    "8.4": item_8_4,
    "8.5": item_8_5,
}
"""By the item's key, in the order of the appendix."""
