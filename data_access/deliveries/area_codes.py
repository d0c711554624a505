"""Codes of gemeenten and wijken as people write them: GM0193, WK019330.

Small letters and blanks do not matter. What could be another area, or something else than an area,
is refused with the code that may be meant.
"""

import re
from functools import lru_cache

from data_access.deliveries.misread import Misread

_BLANKS = re.compile(r"[\s.\-_/]+")
_GEMEENTE = re.compile(r"(?:GM)?([0-9]{4})")
_WIJK = re.compile(r"WK([0-9]{4}[0-9A-Z]{2})|([0-9]{6})")
_WIJK_WITHOUT_ZERO = re.compile(r"(?:WK)?([1-9][0-9]{4})")
_BUURT = re.compile(r"BU([0-9]{4}[0-9A-Z]{2})[0-9A-Z]{2}")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?(?:[A-Z]{2})?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d]*", re.DOTALL)


def parse_gemeente(cell: str) -> str:
    """Return the gemeente code in `cell`: GM0193, gm 0193, 0193 or 193. Raises ValueError.

    Three digits are a code of which a spreadsheet dropped the zero: CBS codes have four.
    """
    code = _bare(cell)
    if re.fullmatch("[0-9]{3}", code):
        code = code.zfill(4)
    if found := _GEMEENTE.fullmatch(code):
        return f"GM{found[1]}"
    if found := re.fullmatch("GM([0-9]{1,3})", code):
        raise _meant(f"GM{found[1].zfill(4)}", "GM met vier cijfers", "GM with four digits")
    if _NAME.fullmatch(cell) and code != "GM":
        raise Misread(
            "de code van de gemeente (GM met vier cijfers, zoals GM0080), niet de naam",
            "the code of the gemeente (GM with four digits, such as GM0080), not its name",
        )
    raise ValueError(cell)


# The same few come back in every row of a file.
@lru_cache(maxsize=10_000)
def parse_wijk(cell: str) -> str:
    """Return the wijk code in `cell`: WK019330, wk 0193 30 or 019330. Raises ValueError."""
    code = _bare(cell)
    if found := _WIJK.fullmatch(code):
        return f"WK{found[1] or found[2]}"
    if found := _WIJK_WITHOUT_ZERO.fullmatch(code):
        meant = f"WK{found[1].zfill(6)}"
        raise _meant(meant, "WK met zes tekens", "WK with six characters")
    if found := _BUURT.fullmatch(code):
        raise Misread(
            f"de wijk; dit is een buurt. De wijk ervan is WK{found[1]}",
            f"the wijk; this is a buurt. Its wijk is WK{found[1]}",
        )
    if _POSTCODE.fullmatch(cell):
        raise Misread(
            "de code van de wijk, zoals WK008060; dit lijkt een postcode. Zoek op in welke wijk "
            "die ligt",
            "the code of the wijk, such as WK008060; this looks like a postcode. Look up in which "
            "wijk it lies",
        )
    if re.fullmatch("GM[0-9]{4}", code):
        raise Misread(
            "de code van een wijk, zoals WK008060; dit is een gemeente",
            "the code of a wijk, such as WK008060; this is a gemeente",
        )
    if _NAME.fullmatch(cell) and not re.fullmatch("(?:WK|BU|GM)[A-Z]{0,1}", code):
        raise Misread(
            "de code van de wijk (zoals WK008060, te vinden bij het CBS en in wijken.csv), niet "
            "de naam",
            "the code of the wijk (such as WK008060, to be found at CBS and in wijken.csv), not "
            "its name",
        )
    raise ValueError(cell)


def parse_area(cell: str) -> str:
    """Return the code of a gemeente (`GM0193`) or wijk (`WK019330`). Raises ValueError."""
    code = _bare(cell)
    if code.startswith("GM"):
        return parse_gemeente(cell)
    if code.startswith("WK"):
        return parse_wijk(cell)
    raise ValueError(cell)


def _bare(cell: str) -> str:
    bare = _BLANKS.sub("", cell)
    return bare.upper() if bare.isascii() else bare


def _meant(code: str, nl: str, en: str) -> Misread:
    return Misread(
        f"{nl}; bedoelt u {code}? Een spreadsheet laat een nul vooraan weg: maak de kolom op als "
        "tekst",
        f"{en}; do you mean {code}? A spreadsheet drops a zero in front: format the column as text",
    )
