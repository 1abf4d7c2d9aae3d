"""What every mirror of a file's table is: strict, closed, frozen."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]


class Mirror(BaseModel):
    """A table of a file; unknown fields and near types are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
