"""The money of one wijk or of the whole gemeente on the page Wijk. Pure functions.

`money`: data_access.money_of_place of a wijk, or `whole` of a gemeente.
"""

import pandas as pd

from dashboard.elements.kept import kept
from dashboard.elements.tables import Column, text_column
from dashboard.spending.amounts import classes
from dashboard.words.copy import t
from dashboard.words.numbers import euro_range
from data_access.amounts import BY_NATURE, BY_OUTCOME, TOTAL

_TOTAL = "total"


@kept
def whole(money: pd.DataFrame) -> pd.DataFrame:
    """Return exact money of a gemeente by nature (data_access.money) in the shape of a wijk's."""
    return money.assign(split=BY_NATURE, outcome="", step=0.0)


@kept
def by_nature(money: pd.DataFrame) -> pd.DataFrame:
    """Return year, nature, euros of the years that show it."""
    return money[money["split"] == BY_NATURE][["year", "nature", "euros"]].reset_index(drop=True)


@kept
def has_ranges(money: pd.DataFrame) -> bool:
    """Tell whether some amounts are only known in steps."""
    return bool((money["step"] > 0).any())


@kept
def finding(money: pd.DataFrame, name: str, language: str) -> str:
    """Return what was spent in the newest year, as a range where it is known in steps."""
    totals = money[money["split"] == TOTAL]
    if totals.empty:
        return t("common.nothing", language)
    last = totals.loc[totals["year"].idxmax()]
    amount = euro_range(last["euros"], last["euros"] + last["step"], language)
    return t("wijk.money_range", language, name=name, year=last["year"], amount=amount)


@kept
def sentences(money: pd.DataFrame, language: str) -> list[str]:
    """Return per outcome what was spent on it in the newest year."""
    year = money["year"].max()
    mine = money[(money["year"] == year) & (money["split"] == BY_OUTCOME)]
    amounts = {
        each["outcome"] or "unattributed": euro_range(
            each["euros"], each["euros"] + each["step"], language
        )
        for each in mine.to_dict("records")
    }
    return [
        f"{name}: {amounts[each]}" for each, name in classes(language).items() if each in amounts
    ]


@kept
def ranges(money: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a row per year: label, total and a column per outcome, all as text."""
    rows = []
    for year, mine in money.groupby("year"):
        row: dict[str, str] = {"label": str(year), _TOTAL: ""}
        for each in mine[mine["split"].isin([TOTAL, BY_OUTCOME])].to_dict("records"):
            outcome = each["outcome"] or "unattributed"
            column = _TOTAL if each["split"] == TOTAL else outcome
            row[column] = euro_range(each["euros"], each["euros"] + each["step"], language)
        rows.append(row)
    frame = pd.DataFrame(rows, columns=["label", _TOTAL, *classes(language)])
    return frame.fillna("")


@kept
def range_columns(language: str) -> list[Column]:
    """Return the columns of ranges."""

    def amount(header: str, name: str) -> Column:
        return Column(header, lambda row: row[name], lambda row: row[name], numeric=True)

    return [
        text_column(t("chart.year", language), "label"),
        amount(t("spending.total", language), _TOTAL),
        *(amount(name, each) for each, name in classes(language).items()),
    ]
