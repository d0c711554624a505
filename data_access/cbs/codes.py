"""Codes of areas: NL00, GM0080, WK008061, BU00806101. Wijk and buurt codes may hold letters."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["gemeente", "wijk", "buurt", "other"]

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("gemeente", re.compile(r"GM\d{4}")),
    ("wijk", re.compile(r"WK\d{4}[0-9A-Z]{2}")),
    ("buurt", re.compile(r"BU\d{4}[0-9A-Z]{4}")),
    ("other", re.compile(r"(NL|LD|PV|CR|AM)\d+")),
)
_ABROAD = "0998"
_WATER_ENDING = "99"
_WATER_NAME = re.compile(r"\bwater\b", re.IGNORECASE)


@dataclass(frozen=True)
class AreaCode:
    """A code as CBS writes it and the kind of area that it stands for."""

    kind: Kind
    text: str

    @property
    def gemeente(self) -> str:
        """The code of the gemeente in which a wijk, buurt or gemeente lies: `GM0080`."""
        return f"GM{self.text[2:6]}"

    @property
    def is_abroad(self) -> bool:
        """Whether this is CBS's "Buitenland", which is no gemeente."""
        return self.kind != "other" and self.text[2:6] == _ABROAD

    def is_water(self, name: str) -> bool:
        """Tell whether a wijk is sea or lake: WK..99 with a name such as "Groot water".

        The name is needed: Buitengebied (WK010699) and Odoornerveen (WK168199) are wijken.
        """
        return (
            self.kind == "wijk"
            and self.text.endswith(_WATER_ENDING)
            and _WATER_NAME.search(name) is not None
        )


def area_code(given: object) -> AreaCode:
    """Return the code, without padding. Raises ValueError for what is not a code of CBS."""
    text = str(given).strip().upper()
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return AreaCode(kind, text)
    raise ValueError(f"not a code of an area: {given!r}")
