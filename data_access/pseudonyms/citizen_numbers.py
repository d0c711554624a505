"""Finding a citizen service number (burgerservicenummer) in a cell or as the subject of a column.

It is never asked, hashed or accepted: hashing it with a key would still be processing it, which the
law reserves for those it names (article 46 UAVG, article 10 Wabb).
"""

import re
import unicodedata
from collections.abc import Iterator

from data_access.deliveries.people import is_citizen_number
from data_access.pseudonyms.birth_dates import dates_in

_HEADERS = re.compile(
    r"bsn|burger\W*service|sofi\W*(?:nummer|nr|no\b|$)|citizen\W*service|elfproef"
)
_SEPARATORS = r"[ .\-/_]"
_RUN = re.compile(rf"[0-9](?:{_SEPARATORS}*[0-9])*")
_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}([-./ ])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([-./ ])[0-9]{1,2}\2[0-9]{1,2})"
    r"(?![0-9])"
)
# Dutch phone numbers in two or more groups: 06-12345678, +31 6 12345678.
_PHONE = re.compile(r"0[1-9][0-9]{8}|(?:00)?31[1-9][0-9]{8}")
_YEARS = range(1900, 2101)
_GROUPINGS = ((3, 3, 3), (4, 2, 3), (2, 3, 3), (3, 2, 3))


def is_about_citizen_numbers(header: str) -> bool:
    """Tell whether a column is meant for citizen service numbers, whatever it holds."""
    return _HEADERS.search(header.casefold()) is not None


def holds_citizen_number(text: str) -> bool:
    """Tell whether a cell holds a number that passes the elfproef.

    Nine digits, or eight with the leading zero lost; with blanks, dots and hyphens between them;
    alone, or with other text and numbers around. A date with separators is no such number.
    """
    plain = "".join(_digit_or_itself(each) for each in unicodedata.normalize("NFKC", text))
    return any(_passes(digits) for digits in _numbers(_DATE.sub(_unless_possible, plain)))


def _numbers(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        groups = re.findall("[0-9]+", run)
        if len(groups) > 1 and 2 <= len(groups[0]) <= 4 and _PHONE.fullmatch("".join(groups)):
            continue
        yield "".join(groups)
        yield from groups
        # In a row of numbers ("2 123 456 782") only the usual groups are tried: with every
        # grouping one phone number in six would look like one.
        sizes = tuple(len(group) for group in groups)
        for grouping in _GROUPINGS:
            for at in range(len(groups) - len(grouping) + 1):
                if sizes[at : at + len(grouping)] == grouping:
                    yield "".join(groups[at : at + len(grouping)])


def _unless_possible(date_like: re.Match[str]) -> str:
    """Return "#" for a date that can exist, so that its digits are not read as a number."""
    text = date_like[0]
    return "#" if any(day.year in _YEARS for day in dates_in(text)) else text


def _passes(digits: str) -> bool:
    return len(digits) in (8, 9) and is_citizen_number(digits.zfill(9))


def _digit_or_itself(character: str) -> str:
    """Return 0-9 for a digit of any script, a blank for any blank or dash, else the character."""
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    category = unicodedata.category(character)
    if category in ("Zs", "Pd", "Cf"):
        return "-" if category == "Pd" else " "
    return character
