"""What the wijk page says: the profile of one wijk, or of a whole gemeente. Pure functions."""

from collections.abc import Sequence

import pandas as pd

from dashboard.elements.kept import kept
from dashboard.elements.tables import Column, number_column, text_column
from dashboard.progress import chain as progress
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import date_long, euros, number, period_label
from dashboard.words.value_text import cell_text, is_shown, remarks, shown_in, state_text
from indicators.catalogue import LADDER_CLASSES, WORK_KINDS, indicator
from indicators.periods import is_year
from indicators.vocabulary import Count, Indicator

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
def key_indicators(counts: pd.DataFrame, quarter: str, year: str) -> tuple[str, ...]:
    """Return the key figures of a place: in a small one only those that it shows."""
    small = counts[counts["reason"] == "small_place"]
    hidden = set(zip(small["measure"], small["category"], small["period"], strict=True))
    return tuple(
        each.id
        for each in map(indicator, KEY_INDICATORS)
        if not isinstance(each.numerator, Count)
        or (each.numerator.measure, each.numerator.category, _usual_period(each, quarter, year))
        not in hidden
    )


def _usual_period(each: Indicator, quarter: str, year: str) -> str:
    return quarter if each.frequency[0] == "quarter" else year


@kept
def small_sentences(counts: pd.DataFrame, quarter: str, year: str, language: str) -> list[str]:
    """Return what a small place shows and what it does not, and why; [] for any other place.

    `counts`: data_access.counts of MEASURES of the place.
    """
    left_out = set(KEY_INDICATORS) - set(key_indicators(counts, quarter, year))
    if not left_out:
        return []
    names = [indicator(each).name.in_language(language) for each in KEY_INDICATORS]
    hidden = [
        f"‘{name}’" for each, name in zip(KEY_INDICATORS, names, strict=True) if each in left_out
    ]
    coarse = progress.shown_classes(counts, "ladder_level") == LADDER_CLASSES
    ladder = "ladder_in_three" if coarse else "no_ladder_here"
    return [
        t("wijk.small_shown", language),
        t("wijk.small_hidden", language, names=listed(hidden, language)),
        t(f"wijk.{ladder}", language),
    ]


@kept
def outflow_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn of the outflow per year: by kind of work where shown.

    Columns: period, category (a kind of work, or '' for all or the rest of it), value, status,
    known (False for a rest: that is no published number).
    """
    columns = ["period", "category", "value", "status"]
    mine = counts[(counts["measure"] == "outflow") & counts["period"].map(is_year)]
    rows = []
    for _, year in mine.groupby("period", sort=True):
        kinds, whole = year[year["category"] != ""], year[year["category"] == ""]
        if len(kinds) and shown_in(kinds).all():
            rest = (whole["value"] - kinds["value"].sum()).clip(lower=0)
            rows.append(kinds[columns].assign(known=True))
            rows.append(whole[columns].assign(value=rest, known=False))
        else:
            rows.append(whole[columns].assign(known=True))
    empty = pd.DataFrame(columns=[*columns, "known"])
    found = pd.concat(rows, ignore_index=True) if rows else empty
    return found[shown_in(found) & (found["known"] | (found["value"] > 0))]


@kept
def outflow_finding(counts: pd.DataFrame, year: str, name: str, language: str) -> str:
    """Return how many people moved on to paid work in a year, by kind of work where shown."""
    mine = counts[(counts["measure"] == "outflow") & (counts["period"] == year)]
    whole = mine[mine["category"] == ""]
    if whole.empty or not is_shown(whole.iloc[0]):
        return t("wijk.outflow_unknown", language, name=name, year=year)
    row = whole.iloc[0]
    left_out = remarks(row, language)
    said = t(
        "wijk.outflow_finding",
        language,
        name=f"{name} ({', '.join(left_out)})" if left_out else name,
        year=year,
        count=progress.about(float(row["value"]), language, row["error"]),
    )
    kinds = mine[mine["category"] != ""].set_index("category")
    if kinds.empty or not shown_in(kinds).all():
        return said
    parts = ", ".join(
        f"{each.name.in_language(language)} {number(kinds.loc[each.id, 'value'], language)}"
        for each in WORK_KINDS
    )
    key = "wijk.of_some" if kinds["without"].any() else "wijk.of_all"
    return t(key, language, said=said, parts=parts)


@kept
def outflow_notes(counts: pd.DataFrame, year: str, language: str) -> str:
    """Return why the kinds of work of a year are not there or do not add up; '' for nothing."""
    mine = counts[(counts["measure"] == "outflow") & (counts["period"] == year)]
    kinds, whole = mine[mine["category"] != ""], mine[mine["category"] == ""]
    if kinds.empty or whole.empty:
        return ""
    kind, said = kinds.iloc[0], []
    if not is_shown(kind):
        said.append(t("wijk.no_kinds", language, reason=state_text(kind, language)))
    elif kind["without"]:
        people = number(float(kind["without"]), language)
        said.append(t("wijk.kinds_without", language, count=people))
    error = whole.iloc[0]["error"]
    if error > 0:
        said.append(t("progress.sums", language, error=number(float(error), language)))
    return " ".join(said)


@kept
def outflow_table(counts: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a row per year: label, total, a column per kind of work (None: not shown), state."""
    mine = counts[(counts["measure"] == "outflow") & counts["period"].map(is_year)]
    rows = []
    for year, cells in mine.groupby("period", sort=True):
        by_kind = cells.set_index("category")
        rows.append(
            {
                "label": str(year),
                **{
                    category or "total": by_kind.loc[category, "value"]
                    if category in by_kind.index and is_shown(by_kind.loc[category])
                    else None
                    for category in ("", *(each.id for each in WORK_KINDS))
                },
                "state": "; ".join(
                    dict.fromkeys(state_text(row, language) for _, row in by_kind.iterrows())
                ),
            }
        )
    names = ["label", "total", *(each.id for each in WORK_KINDS), "state"]
    return pd.DataFrame(rows, columns=names)


@kept
def outflow_columns(language: str) -> list[Column]:
    """Return the columns of outflow_table."""

    def shown(value: float) -> str:
        return number(value, language)

    return [
        text_column(t("common.period", language), "label"),
        number_column(t("progress.total", language), "total", shown),
        *(number_column(each.name.in_language(language), each.id, shown) for each in WORK_KINDS),
        text_column(t("common.status", language), "state"),
    ]


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
