"""What the wijk page says: the profile of one wijk, or of a whole gemeente. Pure functions."""

from collections.abc import Sequence

import pandas as pd

from dashboard.cells import cell_text
from dashboard.findings import latest_of
from dashboard.kept import kept
from dashboard.numbers import date_long, euros, number, period_label
from dashboard.tables import Column, number_column, text_column
from dashboard.text import t
from indicators.catalogue import indicator
from indicators.periods import is_year
from indicators.vocabulary import Category

KEY_INDICATORS = (
    "volunteers",
    "new_volunteers",
    "volunteer_hours",
    "outflow",
    "ladder_steps_up",
)
MEASURES = (
    "volunteers",
    "new_volunteers",
    "volunteer_hours",
    "outflow",
    "ladder_moves",
    "ladder_level",
)
NATURES = ("structureel", "incidenteel")


@kept
def organisations_here(organisations: pd.DataFrame, gemeente: str, wijk: str) -> pd.DataFrame:
    """Return the rows of `data_access.organisations` for a wijk ('' for the whole gemeente)."""
    mine = organisations[organisations["gemeente_code"] == gemeente]
    if not wijk:
        return mine
    return mine[[wijk in codes.split(",") for codes in mine["wijk_codes"]]]


@kept
def organisation_sentences(
    rows: pd.DataFrame, period: str, language: str
) -> list[tuple[str, list[str]]]:
    """Return (name, sentences) per organisation: what it is, what it says itself, the register.

    `rows`: organisations_here, with the register's number of volunteers in `period`.
    """
    told = []
    for _, statements in rows.groupby("organisation_id", sort=False):
        first = statements.iloc[0]
        sentences = [first["description"]] if first["description"] and language == "nl" else []
        if first["invented"]:
            sentences.append(t("wijk.invented", language))
        if pd.notna(first["founded_year"]):
            sentences.append(t("wijk.founded", language, year=int(first["founded_year"])))
        sentences += [
            t(
                "wijk.statement",
                language,
                text=row[f"text_{language}"],
                source=_source(row, language),
            )
            for _, row in statements.iterrows()
            if isinstance(row["source"], str)
        ]
        if isinstance(first["status"], str):
            value = cell_text(first, indicator("volunteers"), language)
            when = period_label(period, language)
            sentences.append(t("wijk.register", language, value=value, period=when))
        told.append((str(first["name"]), sentences))
    return told


def _source(row: pd.Series, language: str) -> str:
    if pd.isna(row["stated_on"]):
        return str(row["source"])
    day = date_long(pd.Timestamp(row["stated_on"]).date(), language)
    source = str(row["source"])
    return source if day in source else f"{source}, {day}"


@kept
def by_class(counts: pd.DataFrame, measure: str, years: bool) -> pd.DataFrame:
    """Return period, category, value of the classes of a measure; one kind of period."""
    mine = counts[(counts["measure"] == measure) & (counts["category"] != "")]
    return mine[mine["period"].map(is_year) == years].sort_values(["period", "category"])


@kept
def class_summary(rows: pd.DataFrame, categories: tuple[Category, ...], language: str) -> str:
    """Return the classes of the latest period with a figure: "4e kwartaal 2025: ... 15, ... 5"."""
    known = rows[rows["status"] == "published"]
    last = latest_of(known.assign(status="published")) if len(known) else None
    if last is None:
        return t("common.nothing", language)
    values = known[known["period"] == last["period"]].set_index("category")["value"]
    parts = [
        f"{category.name.in_language(language)}: {number(values[category.id], language)}"
        for category in categories
        if category.id in values.index
    ]
    return f"{period_label(str(last['period']), language)}: {', '.join(parts)}"


@kept
def class_columns(categories: tuple[Category, ...], language: str) -> list[Column]:
    """Return the columns of a table with a row per period and a column per class."""
    return [
        text_column(t("common.period", language), "label"),
        *(
            number_column(
                category.name.in_language(language),
                category.id,
                lambda value: number(value, language),
            )
            for category in categories
        ),
    ]


@kept
def class_table(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return one row per period with the value of each class."""
    wide = rows.pivot(index="period", columns="category", values="value").reset_index()
    return wide.assign(label=[period_label(period, language) for period in wide["period"]])


@kept
def in_closed_years(money: pd.DataFrame, closed: Sequence[str]) -> pd.DataFrame:
    """Return the rows about whole years: money of a year under way would look like a fall.

    `money`: data_access.money with a column year; `closed`: the closed periods of the gemeente.
    """
    return money[money["year"].astype(str).isin(list(closed))]


@kept
def money_summary(money: pd.DataFrame, language: str) -> str:
    """Return what was spent in the last year, by nature."""
    if money.empty:
        return t("common.nothing", language)
    last = money[money["year"] == money["year"].max()]
    parts = [
        f"{t('wijk.' + row.nature, language)}: {euros(row.euros, language)}"
        for row in last.itertuples()
    ]
    return f"{last['year'].iloc[0]}: {', '.join(parts)}"


@kept
def money_table(money: pd.DataFrame) -> pd.DataFrame:
    """Return one row per year with structureel and incidenteel in euros."""
    wide = money.pivot(index="year", columns="nature", values="euros").reset_index()
    for nature in NATURES:
        if nature not in wide:
            wide[nature] = 0.0
    return wide.fillna(0.0).assign(label=wide["year"].astype(str))


@kept
def money_columns(language: str) -> list[Column]:
    """Return the columns of money_table."""
    return [
        text_column(t("chart.year", language), "label"),
        *(
            number_column(t(f"wijk.{nature}", language), nature, lambda v: euros(v, language))
            for nature in NATURES
        ),
    ]
