"""How a cell becomes a value: one `Kind` for every sort of column.

A cell is text without blanks around it. Amounts become integer cents and never pass a float.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from data_access.deliveries.area_codes import parse_area, parse_gemeente, parse_wijk
from data_access.deliveries.misread import Misread
from data_access.deliveries.people import looks_like_birth_date, looks_like_name, tells_who
from data_access.deliveries.written_days import FIRST_YEAR, LAST_YEAR, parse_day
from data_access.deliveries.written_numbers import parse_cents, parse_decimal, parse_whole
from indicators import periods
from indicators.vocabulary import Text

Sort = Literal["day", "number", "choice", "code", "text"]

# Years ahead that a date may lie: further is a typing error, or a way to write "no end".
YEARS_AHEAD = 15

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HARD_BLANKS = re.compile("[\u00a0\u2007\u202f]")
# The mark of a lost character, and how UTF-8 looks when it was once read as Windows-1252.
_GARBLED = re.compile("\ufffd|[\u00c3\u00c2][\u00a0-\u00bf]|\u00e2(?:\u20ac|\u201a\u00ac)")
_YEAR = re.compile("[0-9]{4}")
_QUARTER = re.compile(
    r"([0-9]{4})[ -]?(?:Q|K|KW|KWARTAAL )([1-4])|(?:Q|K|KW|KWARTAAL )([1-4])[ -]([0-9]{4})",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_SIGNS_BETWEEN = re.compile(r"[\s_-]+")


@dataclass(frozen=True)
class Kind:
    """A sort of column. `parse` gets a non-empty cell and raises ValueError when it is wrong.

    `sort` says what else can be wrong with a cell, before it is parsed: a person's number in a
    code or text, digits that a spreadsheet lost in a code.
    """

    parse: Callable[[str], object]
    expected: Text
    example: str
    not_after_today: bool = False
    sort: Sort = "code"


def text(longest: int) -> Kind:
    """Return the kind of a text of at most `longest` characters; line ends become newlines."""

    def parse(cell: str) -> str:
        lines = _HARD_BLANKS.sub(" ", cell.replace("\r\n", "\n").replace("\r", "\n"))
        if len(lines) > longest or _UNWRITABLE.search(lines):
            raise ValueError(cell)
        if _GARBLED.search(cell):
            raise Misread(
                "een tekst met leesbare letters; een letter met een accent is onderweg verminkt. "
                "Bewaar het oorspronkelijke bestand in Excel als 'CSV UTF-8'",
                "a text with readable letters; a letter with an accent was garbled on the way. "
                "Save the original file in Excel as 'CSV UTF-8'",
            )
        return lines

    return Kind(
        parse,
        Text(
            f"een tekst van hoogstens {longest} tekens",
            f"a text of at most {longest} characters",
        ),
        "",
        sort="text",
    )


def one_of(choices: Mapping[str, object], also: Mapping[str, object] | None = None) -> Kind:
    """Return the kind of a column with a fixed choice of words.

    Capitals do not matter, nor whether parts of a word are kept apart by a blank, a hyphen or an
    underscore. `also` holds words that are read too, but not shown as a choice.
    """
    words = list(choices)
    known = {_joined(word): value for word, value in {**choices, **(also or {})}.items()}
    otherwise = "overig" in choices

    def parse(cell: str) -> object:
        written = _joined(cell)
        if written in known:
            return known[written]
        near = [word for word in words if len(word) > 3 and written.startswith(_joined(word))]
        near += difflib.get_close_matches(cell.casefold(), words, n=1, cutoff=0.7)
        if near:
            raise Misread(
                f"{expected.nl}; bedoelt u {near[0]}?", f"{expected.en}; do you mean {near[0]}?"
            )
        raise ValueError(cell)

    expected = Text(
        f"een van: {', '.join(words)}{' (overig als niets past)' if otherwise else ''}",
        f"one of: {', '.join(words)}{' (overig when nothing fits)' if otherwise else ''}",
    )
    return Kind(parse, expected, words[0], sort="choice")


def whole(lowest: int, highest: int, example: str) -> Kind:
    """Return the kind of a whole number from `lowest` up to and including `highest`."""

    def parse(cell: str) -> int:
        number = parse_whole(cell)
        if not lowest <= number <= highest:
            raise ValueError(cell)
        return number

    return Kind(
        parse,
        Text(
            f"een geheel getal van {lowest} tot en met {_grouped(highest, '.')}",
            f"a whole number from {lowest} up to and including {_grouped(highest, ',')}",
        ),
        example,
        sort="number",
    )


def year(first: int, last: int, example: str) -> Kind:
    """Return the kind of a year of four digits from `first` up to and including `last`."""

    def parse(cell: str) -> int:
        if re.fullmatch("[0-9]{4}", cell) is None or not first <= int(cell) <= last:
            raise ValueError(cell)
        return int(cell)

    return Kind(
        parse,
        Text(
            f"een jaar van vier cijfers, van {first} tot en met {last}",
            f"a year of four digits, from {first} up to and including {last}",
        ),
        example,
        sort="choice",
    )


def decimal(lowest: str, highest: str, places: int, example: str) -> Kind:
    """Return the kind of a decimal number within bounds, with at most `places` decimals."""

    def parse(cell: str) -> Decimal:
        if _CLOCK.fullmatch(cell):
            raise Misread(
                f"een getal met een komma, zoals {example}, geen tijd (7:30 is 7,5)",
                f"a number with a decimal comma, such as {example}, no time (7:30 is 7,5)",
            )
        number = parse_decimal(cell)
        wanted = round(number, places)
        if number != wanted or not Decimal(lowest) <= number <= Decimal(highest):
            raise ValueError(cell)
        return wanted

    return Kind(
        parse,
        Text(
            f"een getal van {_dutch(lowest)} tot en met {_dutch(highest)}, met een komma en "
            f"hoogstens {places} decimalen, zoals {example}",
            f"a number from {lowest} up to and including {highest}, with a decimal comma and at "
            f"most {places} decimals, such as {example}",
        ),
        example,
        sort="number",
    )


def coordinate(lowest: int, highest: int, example: str) -> Kind:
    """Return the kind of a WGS84 coordinate in degrees, rounded to six decimals (0.1 metre)."""

    def parse(cell: str) -> Decimal:
        # No thousands lie within these bounds, so a point can only stand before decimals.
        degrees = round(parse_decimal(cell.replace(".", ",")), 6)
        if not lowest <= degrees <= highest:
            raise ValueError(cell)
        return degrees

    return Kind(
        parse,
        Text(
            f"graden in WGS84 van {lowest} tot en met {highest}, met een komma, zoals {example}",
            f"degrees in WGS84 from {lowest} up to and including {highest}, with a decimal comma, "
            f"such as {example}",
        ),
        example,
        sort="choice",
    )


LARGEST_AMOUNT = 10_000_000_000_00


def _amount(cell: str) -> int:
    cents = parse_cents(cell)
    if abs(cents) > LARGEST_AMOUNT:
        raise ValueError(cell)
    return cents


def _positive_amount(cell: str) -> int:
    cents = _amount(cell)
    if cents <= 0:
        raise ValueError(cell)
    return cents


def _amount_not_zero(cell: str) -> int:
    cents = _amount(cell)
    if cents == 0:
        raise ValueError(cell)
    return cents


def _pseudonym(cell: str) -> str:
    shaped = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{2,63}", cell) is not None
    if not shaped or looks_like_name(cell) or looks_like_birth_date(cell) or tells_who(cell):
        raise ValueError(cell)
    return cell


def _slug(cell: str) -> str:
    # Keys have no capitals, so these can be no other key.
    if re.fullmatch("[A-Za-z0-9][A-Za-z0-9-]{0,59}", cell) is None:
        raise ValueError(cell)
    return cell.lower()


def _record_id(cell: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", cell) is None or tells_who(cell):
        raise ValueError(cell)
    return cell


def _quarter(cell: str) -> str:
    found = _QUARTER.fullmatch(cell) if cell.isascii() else None
    if found is None:
        raise ValueError(cell)
    return f"{found[1] or found[4]}-Q{found[2] or found[3]}"


def _period(cell: str) -> str:
    period = cell if _YEAR.fullmatch(cell) else _quarter(cell)
    if not FIRST_YEAR <= periods.year_of(period) <= LAST_YEAR:
        raise ValueError(cell)
    return period


def _joined(word: str) -> str:
    return _SIGNS_BETWEEN.sub("_", word.casefold())


def _grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


def _dutch(number: str) -> str:
    return number.replace(".", ",")


DAY = Kind(
    parse_day,
    Text(
        f"een datum zoals 31-12-2025 of 2025-12-31, vanaf {FIRST_YEAR} en hoogstens "
        f"{YEARS_AHEAD} jaar na vandaag",
        f"a date such as 31-12-2025 or 2025-12-31, from {FIRST_YEAR} on and at most "
        f"{YEARS_AHEAD} years after today",
    ),
    "31-12-2025",
    sort="day",
)
PAST_DAY = Kind(
    parse_day,
    Text(
        f"een datum zoals 31-12-2025 of 2025-12-31, vanaf {FIRST_YEAR} en niet na vandaag",
        f"a date such as 31-12-2025 or 2025-12-31, from {FIRST_YEAR} on and not after today",
    ),
    "31-12-2025",
    not_after_today=True,
    sort="day",
)
_YES = dict.fromkeys(("ja", "j", "yes", "y", "true", "waar", "1"), True)
_NO = dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), False)
YES_NO = one_of({"ja": True, "nee": False}, also={**_YES, **_NO})
TRUE_FALSE = one_of({"true": True, "false": False}, also={**_YES, **_NO})
ACHIEVED = one_of({"behaald": True, "niet_behaald": False})
POSITIVE_AMOUNT = Kind(
    _positive_amount,
    Text(
        "een bedrag in euro's boven nul, met een komma en hoogstens twee decimalen, zoals 1.234,50",
        "an amount in euros above zero, with a decimal comma and at most two decimals, "
        "such as 1.234,50",
    ),
    "1.234,50",
    sort="number",
)
AMOUNT_NOT_ZERO = Kind(
    _amount_not_zero,
    Text(
        "een bedrag in euro's dat niet nul is, met een komma en hoogstens twee decimalen, "
        "zoals 1.234,50 (een correctie is negatief)",
        "an amount in euros that is not zero, with a decimal comma and at most two decimals, "
        "such as 1.234,50 (a correction is negative)",
    ),
    "1.234,50",
    sort="number",
)
GEMEENTE_CODE = Kind(
    parse_gemeente,
    Text("GM met vier cijfers, zoals GM0080", "GM with four digits, such as GM0080"),
    "GM0080",
    sort="choice",
)
WIJK_CODE = Kind(
    parse_wijk,
    Text(
        "WK met vier cijfers en twee cijfers of hoofdletters, zoals WK008060 of WK0363AA",
        "WK with four digits and two digits or capitals, such as WK008060 or WK0363AA",
    ),
    "WK008060",
    sort="choice",
)
AREA_CODE = Kind(
    parse_area,
    Text(
        "een gemeentecode zoals GM0080 of een wijkcode zoals WK008060",
        "a gemeente code such as GM0080 or a wijk code such as WK008060",
    ),
    "GM0080",
    sort="choice",
)
EDITION = year(1995, 2100, "2023")
SLUG = Kind(
    _slug,
    Text(
        "een sleutel van hoogstens 60 kleine letters, cijfers en streepjes, "
        "zoals wijkbedrijf-bilgaard",
        "a key of at most 60 small letters, digits and hyphens, such as wijkbedrijf-bilgaard",
    ),
    "wijkbedrijf-bilgaard",
)
RECORD_ID = Kind(
    _record_id,
    Text(
        "een kenmerk van hoogstens 60 letters, cijfers, punten en streepjes, zoals vw-000123; "
        "geen burgerservicenummer, telefoonnummer of e-mailadres",
        "a key of at most 60 letters, digits, dots and hyphens, such as vw-000123; no citizen "
        "service number, phone number or e-mail address",
    ),
    "vw-000123",
)
PSEUDONYM = Kind(
    _pseudonym,
    Text(
        "een pseudoniem van 3 tot en met 64 letters, cijfers en streepjes met minstens één "
        "cijfer, zoals p-000123; geen naam, geboortedatum, burgerservicenummer, telefoonnummer "
        "of e-mailadres",
        "a pseudonym of 3 to 64 letters, digits and hyphens with at least one digit, such as "
        "p-000123; no name, birth date, citizen service number, phone number or e-mail address",
    ),
    "p-000123",
)
QUARTER = Kind(
    _quarter,
    Text("een kwartaal zoals 2025-Q4", "a quarter such as 2025-Q4"),
    "2025-Q4",
    sort="choice",
)
PERIOD = Kind(
    _period,
    Text("een kwartaal zoals 2025-Q4 of een jaar zoals 2025", "a quarter or year: 2025-Q4, 2025"),
    "2025",
    sort="choice",
)
SHARE = decimal("0.00001", "1", 5, "0,5")
