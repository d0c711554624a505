"""The parts of the page Besteding: each draws itself, and only one runs at a time."""

from dataclasses import dataclass, replace

import pandas as pd

import data_access
from dashboard.charts import over_time
from dashboard.comparison.figures import periods_of
from dashboard.elements import blocks, plain_text
from dashboard.elements.kept import kept
from dashboard.frame import cached, frame
from dashboard.frame.selection import Selection
from dashboard.spending import allowance, charts
from dashboard.spending import amounts as spending
from dashboard.spending import avoided_parts as avoided_blocks
from dashboard.spending import lapsing as cover
from dashboard.wijk import profile as wijk_profile
from dashboard.words.copy import t
from dashboard.words.value_text import is_shown, remarks
from indicators.catalogue import OUTCOMES, measure, outcome
from indicators.catalogue import indicator as catalogue_indicator

PARTS = ("wijken", "organisaties", "stromen", "dekking", "vermeden", "vergoedingen")


@dataclass(frozen=True)
class Place:
    """The wijk or the whole gemeente that the page is about. `residents` is NaN when unknown."""

    code: str
    name: str
    residents: float


def place(selection: Selection, areas: pd.DataFrame) -> Place:
    """Return the chosen wijk, or the gemeente. `areas`: data_access.areas."""
    return _place(selection.wijk or selection.gemeente, areas)


@kept
def _place(code: str, areas: pd.DataFrame) -> Place:
    row = areas[areas["area_code"] == code].iloc[0]
    return Place(row["area_code"], row["name"], float(row["residents"]))


def draw(part: str, selection: Selection, areas: pd.DataFrame) -> None:
    """Draw one of PARTS."""
    here = place(selection, areas)
    if part == "wijken":
        _wijken(selection, areas, here)
    elif part == "organisaties":
        _organisations(selection, areas, here)
    elif part == "stromen":
        _flows(selection, here)
    elif part == "dekking":
        _cover(selection, here)
    elif part == "vermeden":
        _avoided(selection, here)
    else:
        _allowances(selection, here)


def _spending_source(language: str) -> list[str]:
    return [measure("spending").source.in_language(language)]


def _outcome(selection: Selection) -> str:
    language = selection.language
    options = {each.id: each.name.in_language(language) for each in reversed(OUTCOMES)}
    return frame.choose(selection, "uitkomst", t("spending.outcome", language), options, width=420)


def _wijken(selection: Selection, areas: pd.DataFrame, here: Place) -> None:
    language, year = selection.language, selection.period
    values = cached.ask(
        data_access.panel,
        selection.release,
        spending.INDICATORS_ASKED,
        (year,),
        "",
    )
    names = spending.names_of(areas, selection.gemeente)
    rows = cached.spec(spending.by_place, values, "area_code", names)
    others = _elsewhere(selection, "area_code", t("spending.outside_wijken", language))
    rows = spending.with_elsewhere(rows, others)
    mine = rows[rows["place"] == here.code]
    title = (
        spending.spread_title(mine.iloc[0], year, language)
        if len(mine)
        else t("common.nothing", language)
    )
    _amounts(selection, rows, title, t("common.area", language), "spending")
    whole = names[selection.gemeente]
    _costs(selection, values, "area_code", names, (here.code, selection.gemeente), whole)


def _organisations(selection: Selection, areas: pd.DataFrame, here: Place) -> None:
    language, year, gemeente = selection.language, selection.period, selection.gemeente
    asked = cached.ask(
        data_access.by_organisation,
        selection.release,
        spending.INDICATORS_ASKED,
        (year,),
    )
    values = spending.with_whole(asked, gemeente)
    organisations = cached.ask(data_access.organisation_names, selection.release)
    names = spending.organisation_names(organisations, selection.wijk)
    if not names:
        blocks.small_print(t("spending.no_organisations", language, name=here.name))
        return
    everyone = place(replace(selection, wijk=""), areas)
    if not selection.wijk:
        names = {**names, gemeente: everyone.name}
    others = _elsewhere(selection, "organisation_id", t("spending.no_organisation", language))
    rows = spending.by_organisation(values, names, everyone.residents, others)
    note = "whole_organisations" if selection.wijk else "elsewhere"
    blocks.small_print(t(f"spending.{note}", language, name=here.name))
    title = spending.flow_title(
        spending.organisations_only(rows), year, language, "spending.largest_organisation"
    )
    _amounts(selection, rows, title, t("spending.organisation", language), "organisations")
    whole = "" if selection.wijk else everyone.name
    _costs(selection, values, "organisation_id", names, ("", gemeente), whole)


def _elsewhere(selection: Selection, key: str, outside: str) -> pd.DataFrame:
    """Return the money of small places together and of no place (`spending.elsewhere`)."""
    year = (int(selection.period),)
    money = cached.ask(data_access.money_of_places, selection.release, (key, "outcome"), "", year)
    return spending.elsewhere(money, key, {}, outside, selection.language)


def _amounts(selection: Selection, rows: pd.DataFrame, title: str, first: str, name: str) -> None:
    language = selection.language
    places = spending.drawn_places(rows)
    stepped = bool((rows["total_step"] > 0).any())
    blocks.finding(title, t("spending.small_in_table", language) if stepped else "")
    if len(places):
        blocks.show_chart(
            cached.spec(charts.by_outcome, places, spending.classes(language), language),
            t("spending.spread_alternative", language, summary=title),
        )
    blocks.table_and_download(
        title,
        spending.amount_columns(first, language),
        rows,
        selection,
        _spending_source(language),
        name=name,
        total=spending.is_gemeente,
    )


def _costs(
    selection: Selection,
    values: pd.DataFrame,
    key: str,
    names: dict[str, str],
    about: tuple[str, str],
    whole: str,
) -> None:
    language, year = selection.language, selection.period
    blocks.part(t("spending.costs", language), t("spending.costs_lead", language))
    chosen = _outcome(selection)
    rows = cached.spec(spending.costs, values, key, names, chosen)
    drawn = spending.drawable_costs(rows, language)
    kind = "organisation" if key == "organisation_id" else "wijk"
    title, said = _cost_words(rows, about, bool(whole), chosen, year, kind, language)
    blocks.finding(title)
    if said:
        blocks.sentences(said)
    if len(drawn):
        blocks.show_chart(
            cached.spec(charts.costs, drawn, language),
            t("spending.costs_alternative", language, summary=" ".join([title, *said])),
        )
    first = t({"organisation": "spending.organisation", "wijk": "common.area"}[kind], language)
    blocks.table_and_download(
        title,
        spending.cost_columns(first, chosen, language),
        rows,
        selection,
        [catalogue_indicator(f"cost_per_{chosen}").source.in_language(language)],
        name="costs",
        total=spending.is_gemeente,
    )
    blocks.method_note(catalogue_indicator(f"cost_per_{chosen}"), language)


@kept
def _cost_words(
    rows: pd.DataFrame,
    about: tuple[str, str],
    compared: bool,
    chosen: str,
    year: str,
    kind: str,
    language: str,
) -> tuple[str, list[str]]:
    """Return the finding about `costs`, and what else can be said.

    `about`: the place the page is about ('' for none) and the whole to compare with.
    """
    said: list[str] = []
    if compared:
        others = rows[rows["place"] != about[1]]
        estimates = rows.loc[rows["place"] == about[1], "estimate"]
        reference = float(estimates.iloc[0]) if len(estimates) else float("nan")
        said = spending.cost_verdicts(others, reference, kind, language)
    mine = rows[rows["place"] == about[0]]
    if len(mine):
        return spending.cost_title(mine.iloc[0], chosen, year, language), said
    if said:
        return said[0].removesuffix("."), said[1:]
    one = outcome(chosen).one.in_language(language)
    return t("spending.costs_title", language, one=one, year=year), said


def _gaps(selection: Selection) -> None:
    gaps = cached.ask(
        data_access.counts,
        selection.release,
        ("spending",),
        selection.wijk,
    )
    years = cover.years_with_gaps(gaps)
    if years:
        blocks.small_print(t("spending.gaps", selection.language, years=", ".join(years)))


def _flows(selection: Selection, here: Place) -> None:
    language, year = selection.language, selection.period
    groups = ("taakveld", "financier_id", "outcome")
    money = cached.ask(
        data_access.money,
        selection.release,
        groups,
        (int(year),),
    )
    if selection.wijk:
        here = _place(selection.gemeente, cached.areas(selection.release))
        blocks.small_print(t("spending.flows_of_gemeente", language, name=here.name))
    financiers = cached.ask(data_access.names_of_financiers_and_taakvelden, selection.release)
    _gaps(selection)
    if money.empty:
        blocks.small_print(t("spending.nothing", language, name=here.name, year=year))
        return
    for group, names in (("financier_id", financiers), ("taakveld", spending.taakveld_names())):
        word = t(f"spending.{group}", language)
        rows = cached.spec(spending.flows, money, group, names, here.residents)
        blocks.part(t(f"spending.by_{group}", language, name=here.name))
        _amounts(selection, rows, spending.flow_title(rows, year, language), word, group)
    blocks.small_print(t("spending.no_count_per_flow", language))


def _cover(selection: Selection, here: Place) -> None:
    language, year = selection.language, selection.period
    money = cached.ask(data_access.money_of_places, selection.release, cover.GROUPS, selection.wijk)
    organisations = cached.ask(data_access.organisation_names, selection.release)
    names = spending.organisation_names(organisations, "")
    closed = periods_of(cached.areas(selection.release), selection.gemeente)
    money = wijk_profile.in_closed_years(money, closed)
    _gaps(selection)
    if selection.wijk and money[money["year"] == int(year)].empty:
        blocks.small_print(t("spending.cover_small", language, name=here.name, year=year))
        return
    blocks.part(t("spending.nature", language))
    _nature(selection, money, here)
    rows = cover.lapsing(money, names, year, language)
    blocks.part(t("spending.lapsing", language), t("spending.lapsing_lead", language, year=year))
    if rows.empty:
        blocks.small_print(t("spending.nothing", language, name=here.name, year=year))
        return
    title, said = cover.cliff_title(rows, language), cover.cliff_sentences(rows, year, language)
    blocks.finding(title)
    blocks.sentences(said)
    parts, lasting = cover.parts_in_order(rows, language), t("spending.lasting", language)
    blocks.show_chart(
        cached.spec(charts.lapsing, rows.drop(columns="ends_on"), parts, lasting, language),
        t("spending.lapsing_alternative", language, summary=" ".join([title, *said])),
    )
    blocks.table_and_download(
        t("spending.calendar", language, name=here.name, year=year),
        cover.calendar_columns(year, language),
        cover.calendar(rows),
        selection,
        _spending_source(language),
        name="calendar",
        opened=True,
    )


def _nature(selection: Selection, money: pd.DataFrame, here: Place) -> None:
    language = selection.language
    yearly = cover.by_nature(money)
    title = cover.nature_title(yearly, selection.period, here.name, language)
    names = {nature: t(f"wijk.{nature}", language) for nature in wijk_profile.NATURES}
    blocks.finding(title)
    if len(yearly):
        blocks.show_chart(
            cached.spec(over_time.money_by_nature, yearly, names, language),
            t("wijk.money_alternative", language, summary=title),
        )
    blocks.table_and_download(
        title,
        wijk_profile.money_columns(language),
        wijk_profile.money_table(yearly),
        selection,
        _spending_source(language),
        name="nature",
    )


def _avoided(selection: Selection, here: Place) -> None:
    language, year = selection.language, selection.period
    blocks.part(t("avoided.title", language, name=here.name))
    plain_text.warning(t("avoided.warning", language))
    chosen = _outcome(selection)
    counted = outcome(chosen).counted_by
    counts = cached.ask(
        data_access.counts,
        selection.release,
        tuple(dict.fromkeys(each.counted_by.measure for each in OUTCOMES)),
        selection.wijk,
        "",
        (year,),
    )
    cell = counts[
        (counts["measure"] == counted.measure)
        & (counts["category"] == counted.category)
        & (counts["item"] == "")
    ]
    if cell.empty or not is_shown(cell.iloc[0]):
        blocks.small_print(t("avoided.no_count", language, name=here.name, year=year))
        return
    row = cell.iloc[0]
    left_out = remarks(row, language)
    if left_out:
        said = t("avoided.left_out", language, remarks=", ".join(left_out))
        blocks.small_print(said)
    avoided_blocks.draw(selection, int(row["value"]), float(row["error"]), chosen)


def _allowances(selection: Selection, here: Place) -> None:
    language, year = selection.language, selection.period
    counts = cached.ask(
        data_access.counts,
        selection.release,
        (allowance.MEASURE,),
        selection.wijk,
    )
    shown = measure(allowance.MEASURE)
    rows = allowance.by_year(counts, language)
    title = allowance.title(rows, year, here.name, language)
    blocks.finding(title)
    closed = [int(each) for each in rows["year"]]
    for sentence in allowance.unknown_years(
        [*closed, max(closed, default=int(year)) + 1], language
    ):
        plain_text.note(sentence)
    if rows["value"].notna().any():
        blocks.show_chart(
            cached.spec(charts.allowances, rows, language),
            t("spending.allowance_alternative", language, summary=title),
        )
    blocks.table_and_download(
        title,
        allowance.columns(language),
        rows,
        selection,
        [shown.source.in_language(language), t("spending.maximum_source", language)],
        name="allowances",
        opened=True,
    )
    blocks.small_print(shown.definition.in_language(language))
    blocks.small_print(t("spending.allowance_tax", language))
    blocks.small_print(t("common.rounding", language))
