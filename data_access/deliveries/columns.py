"""The shape of a row: a pydantic model, one annotated field per column.

A field is named after the register's column; its `Column` holds the Dutch header. Rules between
columns are field validators of the later column, so that all faults of a row come out at once.
"""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from data_access.deliveries.kinds import YEARS_AHEAD, Kind
from data_access.deliveries.misread import Misread
from data_access.deliveries.people import holds_citizen_number
from data_access.deliveries.written_numbers import is_scientific
from indicators.vocabulary import Text

RULE = "rule"
_REQUIRED = object()

_LINE_ENDS = "\t\n\r"
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
_SPREADSHEET_ERROR = re.compile(
    r"#(?:N/[AB]|NV|VERW!|REF!|WAARDE!|VALUE!|DEEL/0!|DIV/0!|NAAM\?|NAME\?|GETAL!|NUM!|LEEG!|NULL!"
    r"|SPILL!|OVERLOOP!|#+)"
)


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
        """Return the value of a cell without blanks around it.

        Raises ValueError; Misread, which is one, where the fault has words of its own.
        """
        if not cell:
            if self.required:
                raise ValueError(cell)
            return self.empty
        _check_signs(cell, self.kind)
        if self.kind.sort in ("code", "text") and holds_citizen_number(cell):
            raise _CITIZEN_NUMBER
        value = self.kind.parse(cell)
        if self.kind.sort == "day" and isinstance(value, datetime.date):
            _check_not_ahead(value, today, self)
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


_CITIZEN_NUMBER = Misread(
    "iets zonder burgerservicenummer; hier staat een getal dat aan de elfproef voldoet. Is het een "
    "eigen nummer, gebruik dan hoogstens zeven cijfers of zet er een letter tussen, zoals "
    "2025a01234",
    "something without a citizen service number; here is a number that passes its check (the "
    "elfproef). If it is a number of your own, use at most seven digits or put a letter between "
    "them, such as 2025a01234",
)


def _check_signs(cell: str, kind: Kind) -> None:
    """Refuse what looks right on a screen, or stands for a value that a spreadsheet lost."""
    if not (cell.isascii() and cell.isprintable()):
        for place, sign in enumerate(cell, start=1):
            if _is_invisible(sign):
                raise Misread(
                    f"een waarde zonder onzichtbaar teken; op plaats {place} staat er een "
                    f"(U+{ord(sign):04X}). Typ de cel opnieuw",
                    f"a value without an invisible character; there is one at place {place} "
                    f"(U+{ord(sign):04X}). Type the cell again",
                )
            if kind.sort != "text" and not sign.isascii() and sign.isdecimal():
                raise Misread(
                    f"gewone cijfers, 0 tot en met 9; op plaats {place} staat een cijfer uit een "
                    "ander schrift",
                    f"plain digits, 0 to 9; at place {place} stands a digit of another script",
                )
    if cell.startswith("#") and _SPREADSHEET_ERROR.fullmatch(cell.upper()):
        raise Misread(
            "een waarde; dit is een foutmelding van het rekenblad. Verbeter de formule of de "
            "breedte van de kolom, en bewaar opnieuw",
            "a value; this is an error of the spreadsheet. Mend the formula or the width of the "
            "column, and save again",
        )
    if kind.sort in ("code", "choice") and is_scientific(cell):
        raise Misread(
            "de hele code; Excel heeft er een getal van gemaakt en het ingekort tot een macht van "
            "tien (E+), waardoor cijfers weg zijn. Maak de kolom op als tekst en vul haar opnieuw",
            "the whole code; Excel made a number of it and shortened that to scientific notation "
            "(E+), which lost digits. Format the column as text and fill it again",
        )


def _is_invisible(sign: str) -> bool:
    if sign in _LINE_ENDS:
        return False
    return unicodedata.category(sign) in _INVISIBLE_CATEGORIES or sign in _INVISIBLE_LETTERS


def _check_not_ahead(day: datetime.date, today: datetime.date, column: Column) -> None:
    if column.kind.not_after_today and day > today:
        raise ValueError(day)
    if day.year > today.year + YEARS_AHEAD:
        hint = Text("", "")
        if not column.required:
            hint = Text(
                "; laat de cel leeg als er geen einde bekend is",
                "; leave the cell empty when no end is known",
            )
        expected = column.kind.expected
        raise Misread(expected.nl + hint.nl, expected.en + hint.en)
