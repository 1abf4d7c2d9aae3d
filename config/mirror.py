"""What every mirror of a file's table is: strict, closed, frozen."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

Text = Annotated[str, StringConstraints(min_length=1)]
TELEPHONE = re.compile(r"(?:\+84|\b0)(?:[ .-]?\d){8,10}\b|@")
NO_ADDRESS = "không ghi điện thoại, thư điện tử ở đây; ghi ở đầu mối của đơn vị"


def _without_address(text: str) -> str:
    if TELEPHONE.search(text):
        raise PydanticCustomError("no_address", NO_ADDRESS)
    return text


AnInCharge = Annotated[Text, AfterValidator(_without_address)]
"""A leader or a room, without the telephone that papers print beside it: personal data are a contact's."""


class Mirror(BaseModel):
    """A table of a file; unknown fields and near types are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AskedRow(Mirror):
    """What an item asks for beside its day, and who answers for it."""

    product: Text | None = None
    quantity: Text | None = None
    leader: AnInCharge | None = None
    room: AnInCharge | None = None
