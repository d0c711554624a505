"""The money of one wijk or of the whole gemeente: per closed year, exact or in steps.

`money`: data_access.money_of_place of a wijk, or `whole` of a gemeente.
"""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import over_time
from dashboard.elements.view import Chart, Element, Finding, Note, Part, Sentences, Table
from dashboard.spending import by_nature
from dashboard.spending.amounts import classes
from dashboard.tables.columns import Column, text_column
from dashboard.words.copy import t
from dashboard.words.first_year import no_year_yet
from dashboard.words.numbers import euro_range
from dashboard.words.rows import plain
from data_access.amounts import BY_NATURE, BY_OUTCOME, TOTAL
from indicators.periods import is_year

_TOTAL = "total"


def money(
    spent: pd.DataFrame, sources: Sequence[str], closed: Sequence[str], name: str, language: str
) -> tuple[Element, ...]:
    """Return the part about money, by nature; of a small wijk in steps, per outcome.

    `spent`: money of the place; `sources`: where it comes from; `closed`: the closed
    periods of the gemeente.
    """
    title = Part(t("wijk.money", language))
    yearly = by_nature.in_closed_years(spent, closed)
    if yearly.empty and not any(map(is_year, closed)):
        return title, Note(no_year_yet(closed, language))
    if yearly.empty:
        return title, Note(t("common.nothing", language))
    if has_ranges(yearly):
        return title, *_in_steps(yearly, sources, name, language)
    return title, *_exact(split_by_nature(yearly), sources, name, language)


def _in_steps(
    spent: pd.DataFrame, sources: Sequence[str], name: str, language: str
) -> tuple[Element, ...]:
    said = finding(spent, name, language)
    return (
        Finding(said),
        Sentences(sentences(spent, language)),
        Note(t("wijk.money_steps", language)),
        Table(
            said,
            range_columns(language),
            ranges(spent, language),
            sources,
            name="money",
        ),
    )


def _exact(
    yearly: pd.DataFrame, sources: Sequence[str], name: str, language: str
) -> tuple[Element, ...]:
    title = t("wijk.money_title", language, name=name)
    summary = by_nature.money_summary(yearly, language)
    names = {nature: t(f"wijk.{nature}", language) for nature in by_nature.NATURES}
    words = t("wijk.money_alternative", language, summary=summary)
    return (
        Finding(title, summary),
        Chart(over_time.money_by_nature(yearly, names, language), words),
        Table(
            title,
            by_nature.money_columns(language),
            by_nature.money_table(yearly),
            sources,
            name="money",
        ),
    )


def whole(money: pd.DataFrame) -> pd.DataFrame:
    """Return exact money of a gemeente by nature (data_access.money) in the shape of a wijk's."""
    return money.assign(split=BY_NATURE, outcome="", step=0.0)


def split_by_nature(money: pd.DataFrame) -> pd.DataFrame:
    """Return year, nature, euros of the years that show it."""
    return money[money["split"] == BY_NATURE][["year", "nature", "euros"]].reset_index(drop=True)


def has_ranges(money: pd.DataFrame) -> bool:
    """Tell whether some amounts are only known in steps."""
    return bool((money["step"] > 0).any())


def finding(money: pd.DataFrame, name: str, language: str) -> str:
    """Return what was spent in the newest year, as a range where it is known in steps."""
    totals = money[money["split"] == TOTAL]
    if totals.empty:
        return t("common.nothing", language)
    last = totals.loc[totals["year"].idxmax()]
    amount = euro_range(last["euros"], last["euros"] + last["step"], language)
    return t("wijk.money_range", language, name=name, year=last["year"], amount=amount)


def sentences(money: pd.DataFrame, language: str) -> list[str]:
    """Return per outcome what was spent on it in the newest year."""
    year = money["year"].max()
    mine = money[(money["year"] == year) & (money["split"] == BY_OUTCOME)]
    amounts = {
        each["outcome"] or "unattributed": euro_range(
            each["euros"], each["euros"] + each["step"], language
        )
        for each in plain(mine)
    }
    return [
        f"{name}: {amounts[each]}" for each, name in classes(language).items() if each in amounts
    ]


def ranges(money: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a row per year: label, total and a column per outcome, all as text."""
    rows = []
    for year, mine in money.groupby("year"):
        row: dict[str, str] = {"label": str(year), _TOTAL: ""}
        for each in plain(mine[mine["split"].isin([TOTAL, BY_OUTCOME])]):
            outcome = each["outcome"] or "unattributed"
            column = _TOTAL if each["split"] == TOTAL else outcome
            row[column] = euro_range(each["euros"], each["euros"] + each["step"], language)
        rows.append(row)
    frame = pd.DataFrame(rows, columns=["label", _TOTAL, *classes(language)])
    return frame.fillna("")


def range_columns(language: str) -> list[Column]:
    """Return the columns of ranges."""

    def amount(header: str, name: str) -> Column:
        return Column(header, lambda row: row[name], lambda row: row[name], numeric=True)

    return [
        text_column(t("chart.year", language), "label"),
        amount(t("spending.total", language), _TOTAL),
        *(amount(name, each) for each, name in classes(language).items()),
    ]
