"""The shape of a row: a pydantic model, one annotated field per column.

A field is named after the register's column; its `Column` holds the Dutch header. Rules between
columns are field validators of the later column, so that all faults of a row come out at once.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from data_access.deliveries.kinds import Kind
from indicators.vocabulary import Text

RULE = "rule"
_REQUIRED = object()


@dataclass(frozen=True)
class Column:
    """A column: its Dutch header, its kind and what it means in both languages.

    `empty` is the value of an empty cell; without it the cell must be filled. A column that
    `may_be_absent` came later: files without it still load, as if its cells were empty.
    """

    header: str
    kind: Kind
    nl: str
    en: str
    empty: object = _REQUIRED
    may_be_absent: bool = False

    def __post_init__(self) -> None:
        if self.may_be_absent and self.required:
            raise TypeError(f"{self.header} may be absent, so it needs a value for empty cells")

    @property
    def required(self) -> bool:
        """Whether the cell must be filled."""
        return self.empty is _REQUIRED

    @property
    def expected(self) -> Text:
        """What a cell must hold, as half a sentence in both languages."""
        if self.required:
            return self.kind.expected
        return Text(f"{self.kind.expected.nl}; of leeg", f"{self.kind.expected.en}; or empty")

    def parse(self, cell: str, today: datetime.date) -> Any:
        """Return the value of a cell without blanks around it. Raises ValueError."""
        if not cell:
            if self.required:
                raise ValueError(cell)
            return self.empty
        value = self.kind.parse(cell)
        if self.kind.not_after_today and isinstance(value, datetime.date) and value > today:
            raise ValueError(cell)
        return value


class Row(BaseModel):
    """One row of a delivery file. Validate with context {"today": date} and cells by field."""

    model_config = ConfigDict(strict=True, frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _parsed(cls, cell: str, info: ValidationInfo) -> Any:
        context: dict[str, datetime.date] = info.context or {}
        return columns_of(cls)[info.field_name or ""].parse(cell, context["today"])


@cache
def columns_of(model: type[Row]) -> Mapping[str, Column]:
    """Return the columns of a model by field name, in the order of the file."""
    return {
        name: next(each for each in field.metadata if isinstance(each, Column))
        for name, field in model.model_fields.items()
    }


def broken_rule(nl: str, en: str) -> PydanticCustomError:
    """Return the error of a rule between columns; the texts say what was expected."""
    return PydanticCustomError(RULE, "{nl}", {"nl": nl, "en": en})


def known(info: ValidationInfo, *fields: str) -> bool:
    """Tell whether the earlier columns of this row were right, so that a rule can be judged."""
    return all(field in info.data for field in fields)


def check_not_before(
    day: datetime.date | None, info: ValidationInfo, earlier: str, header: str
) -> None:
    """Refuse a day before the day in the field `earlier`, whose header is `header`.

    Empty days pass, and so does a row in which the earlier day itself was wrong.
    """
    start = info.data.get(earlier)
    if day is not None and start is not None and day < start:
        raise broken_rule(
            f"een datum op of na {header} ({start:%d-%m-%Y})",
            f"a date on or after {header} ({start:%d-%m-%Y})",
        )
