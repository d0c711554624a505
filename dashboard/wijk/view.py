"""What the page Wijk says: what happens here? The profile of one wijk, or of the whole gemeente."""

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.charts import over_time
from dashboard.comparison import figures
from dashboard.door import Door
from dashboard.elements.view import (
    Chart,
    Columns,
    Element,
    Finding,
    KeyFigures,
    Method,
    Note,
    Part,
    Sentences,
    Table,
    View,
)
from dashboard.overview import headline
from dashboard.progress import ladder
from dashboard.spending.subject import sources
from dashboard.tables import columns as tables
from dashboard.wijk import group, money, organisations, outflow, profile
from dashboard.words import findings
from dashboard.words.copy import t
from dashboard.words.numbers import number
from indicators.vocabulary import Indicator


def view(selection: Selection, door: Door) -> View:
    """Return key figures, volunteers, outflow, ladder, money and organisations of a place."""
    language, gemeente, quarter = selection.language, selection.gemeente, selection.period
    areas, place = door.areas(), selection.wijk or gemeente
    here = areas[areas["area_code"] == place].iloc[0]
    name, closed = str(here["name"]), figures.periods_of(areas, gemeente)
    year = headline.year_before(quarter, closed)
    counts = door.counts(profile.MEASURES, place)
    values = figures.from_counts(
        counts, [door.indicator(each) for each in profile.KEY_INDICATORS], place
    )
    cards = [door.indicator(each) for each in profile.key_indicators(counts, quarter, year)]
    shown = door.indicator("volunteers")
    title, small = profile.small(counts, door.indicators(), quarter, year, language)
    spent = (
        door.money_of_place(place)
        if selection.wijk
        else money.whole(door.money(("year", "nature")))
    )
    known = door.organisations(quarter)
    settled = organisations.organisations_here(known, gemeente, selection.wijk)
    about_ladder = t("wijk.ladder", language)
    return View(
        t("wijk.title", language, name=name),
        "",
        (
            Note(_residents(here, language)),
            KeyFigures(headline.figures_of(values, cards, place, quarter, year, language)),
            *((Finding(title), Sentences(small)) if small else ()),
            Columns(
                (
                    (
                        *_volunteers(values, shown, quarter, name, language),
                        *outflow.outflow(
                            counts, door.measure("outflow"), year, quarter, name, language
                        ),
                    ),
                    (
                        *ladder.ladder(
                            counts,
                            door.measure(ladder.LEVELS),
                            about_ladder,
                            name,
                            quarter,
                            language,
                        ),
                        *money.money(spent, sources(door, language), closed, name, language),
                    ),
                )
            ),
            *group.together(counts, year, selection, door),
            *organisations.organisations(settled, shown, selection.wijk, quarter, language),
            Method(shown),
        ),
    )


def _residents(here: pd.Series, language: str) -> str:
    if pd.isna(here["residents"]):
        return ""
    count = number(here["residents"], language)
    return t("wijk.residents", language, count=count, source=here["figures_source"])


def _volunteers(
    values: pd.DataFrame, shown: Indicator, quarter: str, name: str, language: str
) -> tuple[Element, ...]:
    """Return the part about the number of volunteers over time."""
    series = figures.in_kind(figures.only(values, shown.id), quarter)
    said = findings.series_alternative(series, shown, name, language)
    drawn = over_time.trend(series, shown, None, language) if (series["value"] > 0).any() else None
    return (
        Part(t("wijk.volunteers", language)),
        Finding(said),
        *([Chart(drawn, said)] if drawn else []),
        Table(
            said,
            tables.series_columns(shown, language),
            tables.labelled(series, language),
            [shown.source.in_language(language)],
            name="volunteers",
        ),
    )
