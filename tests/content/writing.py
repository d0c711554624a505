"""Numbers and dates as a reader writes them, without the product; and what a view says."""

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pandas as pd

from dashboard.elements.view import (
    Chart,
    Element,
    Finding,
    Note,
    Notice,
    Part,
    Sentences,
    Table,
    View,
)
from tests.content.views import all_of

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
QUARTER_ENDS = {"1": (3, 31), "2": (6, 30), "3": (9, 30), "4": (12, 31)}
BROKEN = re.compile(r"\b(?:nan|NaN|None|NaT)\b|[{}]|  ")


def number(value: float, language: str, digits: int = 0) -> str:
    """Return 1234.5 as "1.234,5" or "1,234.5"; a half goes to the even side."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    english = f"{exact:,}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def euros(value: float, language: str, digits: int = 0) -> str:
    """Return an amount: "€ 1.234" with a space that does not break, or "€1,234"."""
    sign = "€\N{NO-BREAK SPACE}" if language == "nl" else "€"
    return sign + number(value, language, digits)


def day(when: date, language: str) -> str:
    """Return "31 december 2025"."""
    return f"{when.day} {MONTHS[language].split()[when.month - 1]} {when.year}"


def last_day(quarter: str) -> date:
    """Return the last day of "2025-Q3"."""
    year, number_of_quarter = quarter.split("-Q")
    return date(int(year), *QUARTER_ENDS[number_of_quarter])


def quarter_name(quarter: str, language: str) -> str:
    """Return "3e kwartaal 2025" or "Q3 2025"."""
    year, which = quarter.split("-Q")
    return f"{which}e kwartaal {year}" if language == "nl" else f"Q{which} {year}"


def texts(view: View) -> list[str]:
    """Return all sentences of a view, in reading order, with those of its tables and charts."""
    found = [view.title, view.lead]
    for each in view.inside():
        found += _texts_of(each)
    return [text for text in found if text]


def _texts_of(element: Element) -> list[str]:
    match element:
        case Part():
            return [element.title, element.lead]
        case Finding():
            return [element.text, element.below]
        case Sentences():
            return list(element.lines)
        case Note() | Notice():
            return [element.line]
        case Chart():
            return [element.alternative, element.title, element.note]
        case Table():
            return [element.title, *element.sources, *cells(element).to_numpy().ravel()]
    return []


def cells(table: Table) -> pd.DataFrame:
    """Return a table as its reader sees it: words, by the heads of the columns."""
    return pd.DataFrame(
        [
            {column.header: column.shown(row) for column in table.columns}
            for row in table.rows.to_dict("records")
        ],
        columns=[column.header for column in table.columns],
    )


def table_named(view: View, name: str) -> Table:
    """Return the table with a name; there is one."""
    [found] = [each for each in all_of(view, Table) if each.name == name]
    return found


def charts_with(view: View, words: str) -> list[Chart]:
    """Return the charts whose text alternative begins with some words."""
    return [each for each in all_of(view, Chart) if each.alternative.startswith(words)]


def drawn(chart: Chart, column: str) -> pd.DataFrame:
    """Return the rows of a chart's data set that has a column."""
    found = [rows for rows in chart.spec["datasets"].values() if rows and column in rows[0]]
    return pd.DataFrame(found[0])


def findings(view: View) -> list[str]:
    """Return the findings, in reading order."""
    return [each.text for each in all_of(view, Finding)]


def sentences(view: View) -> list[str]:
    """Return the sentences of all lists, in reading order."""
    return [line for each in all_of(view, Sentences) for line in each.lines]


def faults_in(view: View) -> list[str]:
    """Return what is broken in any view: empty titles, placeholders, missing alternatives."""
    found = [text for text in texts(view) if BROKEN.search(text)]
    found += ["no title"] * (not view.title.strip())
    found += [each.alternative for each in all_of(view, Chart) if len(each.alternative) <= 20]
    return found
