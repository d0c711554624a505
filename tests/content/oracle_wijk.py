"""What a release says of one place and of a cohort year, worked out with sqlite3 and pandas.

Imports nothing of the product. Names and ways of writing are those that a reader sees.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

import pandas as pd

from tests.content.oracle import SHOWN, Oracle

LEVELS = ("1", "2", "3", "4", "5", "6")
CLASSES = ("1-2", "3-4", "5-6")
KINDS = ("paid_without_support", "paid_with_support", "self_employed")
MOVES = ("up", "same", "down")
KEY_FIGURES = (
    ("volunteers", "", "quarter"),
    ("new_volunteers", "", "year"),
    ("volunteer_hours", "", "quarter"),
    ("outflow", "", "year"),
    ("ladder_moves", "up", "year"),
)
NAMES = {
    "nl": (
        "Vrijwilligers",
        "Nieuwe vrijwilligers",
        "Uren vrijwilligerswerk per week",
        "Uitstroom naar betaald werk",
        "Stappen omhoog op de Participatieladder",
    ),
    "en": (
        "Volunteers",
        "New volunteers",
        "Hours of volunteering a week",
        "Outflow to paid work",
        "Steps up the Participatieladder",
    ),
}
WORK = {
    "nl": ("betaald werk zonder steun", "betaald werk met steun", "als zelfstandige"),
    "en": ("paid work without support", "paid work with support", "self-employed"),
}
STAGES = {
    "volunteers": ("active_volunteers", "", ""),
    "steps": ("ladder_moves", "up", ""),
    "outflow": ("outflow", "", "volunteers"),
    "still_6": ("still_in_work_6", "", "outflow"),
    "still_12": ("still_in_work_12", "", "outflow"),
    "still_18": ("still_in_work_18", "", "outflow"),
}
OUTCOMES = {
    "participation": {"nl": "Meedoen als vrijwilliger", "en": "Taking part as a volunteer"},
    "step_up": {
        "nl": "Een trede hoger op de Participatieladder",
        "en": "A step up the Participatieladder",
    },
    "paid_work": {"nl": "Betaald werk", "en": "Paid work"},
    "": {"nl": "Niet aan een uitkomst toegerekend", "en": "Not attributed to an outcome"},
}
REGISTER = {
    "nl": "Register van gemeente en wijkbedrijven",
    "en": "Register of municipality and wijkbedrijven",
}
SPENDING = {
    "nl": "Bestedingen in het register, per Iv3-taakveld",
    "en": "Spending in the register, by Iv3 taakveld",
}
_CELL = r"<t[hd][^>]*>.*?</t[hd]>"
_MONTHS = {
    "nl": ("maart", "juni", "september", "december"),
    "en": ("March", "June", "September", "December"),
}
_ALL_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)


@dataclass(frozen=True)
class Cell:
    """One published count. `value` is None where none is shown."""

    value: int | None
    status: str
    reason: str
    without: int
    missing: str
    error: int


NOTHING = Cell(None, "no_data", "not_delivered", 0, "", 0)


class PlaceOracle(Oracle):
    """One release file, asked about a place or an organisation."""

    @property
    def quarters(self) -> list[str]:
        """The closed quarters, oldest first."""
        return [each for each in self.periods if "Q" in each]

    @property
    def years(self) -> list[str]:
        """The closed years, oldest first."""
        return [each for each in self.periods if "Q" not in each]

    def year_at(self, quarter: str) -> str:
        """Return the newest closed year that is over at the end of a quarter; '' for none."""
        return max((each for each in self.years if f"{each}-Q4" <= quarter), default="")

    def told(
        self, measure: str, area: str, period: str, category: str = "", organisation: str = ""
    ) -> Cell:
        """Return a cell with all that is said of it."""
        return self._told.get((measure, area, period, category, organisation), NOTHING)

    @cached_property
    def _told(self) -> dict[tuple[str, str, str, str, str], Cell]:
        names = ["measure", "area_code", "period", "category", "organisation_id"]
        said = ["value", "status", "reason", "without", "missing", "error"]
        cells = self.cells[self.cells["item"] == ""]
        return {
            row[:5]: Cell(int(row[5]) if row[6] in SHOWN else None, *row[6:])
            for row in cells[[*names, *said]].itertuples(index=False, name=None)
        }

    @cached_property
    def _together(self) -> pd.DataFrame:
        return self.table("pub_together")

    def levels_at(self, area: str, quarter: str, organisation: str = "") -> tuple[str, ...]:
        """Return the classes of the ladder that a quarter shows: six, three, or none."""
        for classes in (LEVELS, CLASSES):
            cells = [
                self.told("ladder_level", area, quarter, each, organisation) for each in classes
            ]
            if all(each.value is not None for each in cells):
                return classes
        return ()

    def in_group(self, area: str, period: str, part: str = "group") -> pd.DataFrame:
        """Return the rows that say in which groups a place is counted, or in nothing."""
        rows = self._together
        return rows[
            (rows["area_code"] == area)
            & (rows["period"] == period)
            & (rows["part"] == part)
            & (rows["item"] == "")
        ]

    def members(self, breakdown: str, organisation: str, period: str) -> list[str]:
        """Return the area codes of a group."""
        rows = self._together
        mine = rows[
            (rows["breakdown"] == breakdown)
            & (rows["organisation_id"] == organisation)
            & (rows["period"] == period)
            & (rows["part"] == "group")
            & (rows["item"] == "")
        ]
        return list(mine["area_code"])

    def stepped(self, area: str) -> pd.DataFrame:
        """Return the amounts of a place: year, split, outcome, nature, cents, step."""
        rows = self.table("pub_place_amount")
        mine = rows[(rows["area_code"] == area) & rows["year"].astype(str).isin(self.years)]
        keys = ["year", "split", "outcome", "nature"]
        return mine.groupby(keys, as_index=False)[["cents", "step"]].sum()

    def settled(self, wijk: str) -> pd.DataFrame:
        """Return the organisations of a wijk ('' for all), invented ones last, by name."""
        rows = self.table("pub_organisation").sort_values(["invented", "name"])
        here = [not wijk or wijk in codes.split(",") for codes in rows["wijk_codes"]]
        return rows[here]

    def statements(self, organisation: str) -> pd.DataFrame:
        """Return what an organisation says itself."""
        rows = self.table("pub_statement")
        return rows[rows["organisation_id"] == organisation]


def written(value: float, language: str) -> str:
    """Return a whole number as the language writes it."""
    shown = f"{value:,.0f}"
    return shown.replace(",", ".") if language == "nl" else shown


def amount(cents: float, language: str) -> str:
    """Return cents as whole euros."""
    space = "\N{NO-BREAK SPACE}" if language == "nl" else ""
    return f"€{space}{written(cents / 100, language)}"


def amount_range(cents: float, step: float, language: str) -> str:
    """Return an amount that is known in steps."""
    if step <= 0:
        return amount(cents, language)
    top = amount(cents + step, language)
    if cents <= 0:
        return f"minder dan {top}" if language == "nl" else f"less than {top}"
    between = "tot" if language == "nl" else "to"
    return f"{amount(cents, language)} {between} {top}"


def label(period: str, language: str) -> str:
    """Return a period in words."""
    if "Q" not in period:
        return period
    year, quarter = period.split("-Q")
    return f"{quarter}e kwartaal {year}" if language == "nl" else f"Q{quarter} {year}"


def last_day(quarter: str, language: str) -> str:
    """Return the last day of a quarter in words."""
    year, number = quarter.split("-Q")
    month = 3 * int(number)
    day = calendar.monthrange(int(year), month)[1]
    return f"{day} {_MONTHS[language][int(number) - 1]} {year}"


def day_in_words(iso: str) -> str:
    """Return a date as Dutch writes it: 22 juni 2023."""
    year, month, day = iso[:10].split("-")
    return f"{int(day)} {_ALL_MONTHS[int(month) - 1]} {year}"


def numbers_in(text: str, *left_out: str) -> list[int]:
    """Return the whole numbers in a sentence, in order; `left_out` are names that hold some."""
    for each in left_out:
        text = text.replace(each, "")
    return [int(re.sub(r"[.,]", "", each)) for each in re.findall(r"\d+(?:[.,]\d{3})*", text)]


def shown_rows(html: str) -> list[list[str]]:
    """Return the text of the body of an HTML table, a list per row."""
    body = html.split("<tbody>")[1]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, flags=re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(_CELL, row)] for row in rows
    ]


def drawn_rows(spec: dict[str, Any], *columns: str) -> list[dict[str, Any]]:
    """Return the rows of a chart's data that have all of `columns`."""
    rows = [row for each in spec.get("datasets", {}).values() for row in each]
    return [row for row in rows if set(columns) <= set(row)]


def colours_in(spec: Any, field: str) -> dict[str, str]:
    """Return the colour of each name in the legend of a chart's field."""
    found: dict[str, str] = {}
    if isinstance(spec, dict):
        if spec.get("field") == field and "range" in (spec.get("scale") or {}):
            scale = spec["scale"]
            found |= dict(zip(scale["domain"], scale["range"], strict=True))
        for name, each in spec.items():
            if name != "datasets":
                found |= colours_in(each, field)
    if isinstance(spec, list):
        for each in spec:
            found |= colours_in(each, field)
    return found


def lightness(colour: str) -> float:
    """Return how light a colour such as #e9eeb4 is, from 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nothing_shines_through(texts: Sequence[str]) -> list[str]:
    """Return the texts in which a missing value or an unfilled place shows."""
    broken = re.compile(r"\b(?:nan|None|NaT)\b|[{}]|  |<NA>")
    return [each for each in texts if broken.search(each)]
