"""What the page Kaart says: where? One indicator, every wijk, one period."""

from dashboard.address.selection import Selection
from dashboard.cartography import choropleth
from dashboard.cartography import words as map_words
from dashboard.cartography.legend import legend
from dashboard.charts import over_time
from dashboard.comparison import figures, members
from dashboard.comparison import said as comparing_words
from dashboard.comparison.members import UnitKind
from dashboard.door import Door
from dashboard.elements.choices import Switch
from dashboard.elements.nothing_yet import nothing_per_year
from dashboard.elements.view import Chart, Columns, Finding, Map, Method, Note, Table, View
from dashboard.tables import columns as tables
from dashboard.words import findings, lacking, value_text
from dashboard.words.copy import t


def view(selection: Selection, door: Door) -> View:
    """Return the map of the chosen indicator, the course of the gemeente, and all figures."""
    language, areas = selection.language, door.areas()
    here = areas[areas["area_code"] == selection.gemeente].iloc[0]
    shown = door.indicator(selection.indicator)
    sources = [shown.source.in_language(language)]
    if not selection.period:
        title = map_words.title(shown, "", here["name"], language)
        closed = figures.periods_of(areas, selection.gemeente)
        return nothing_per_year(selection, title, closed, door.indicators())
    values = door.published(shown.id, selection.period)
    published = value_text.with_names(values, areas)
    title = map_words.title(shown, selection.period, here["name"], language)
    judged = members.wijken_judged(published, shown)
    names = dict(zip(published["area_code"], published["name"], strict=True))
    who_differs = comparing_words.title(judged, names, UnitKind.WIJKEN, language)
    finding = map_words.finding(published, shown, who_differs, language)
    differ = comparing_words.differ_sentence(judged, UnitKind.WIJKEN, language)
    published = comparing_words.with_verdicts(published, judged, UnitKind.WIJKEN, language)
    streets = Switch.of(
        selection, "achtergrond", t("map.streets", language), t("map.streets_help", language)
    )
    drawn = choropleth.choropleth(
        published.drop(columns="name"), areas, shown, language, streets.value
    )
    alternative = map_words.alternative(finding, shown, selection.period, here["name"], language)

    series = door.series(shown.id, selection.gemeente)
    series = figures.in_kind(series, selection.period)
    course = findings.series_alternative(series, shown, here["name"], language)
    trend = [Chart(over_time.trend(series, shown, None, language), course)]
    return View(
        title,
        finding,
        (
            Note(lacking.data_state(published, language)),
            *([Note(differ)] if differ else []),
            Columns(
                (
                    (streets, Map(drawn, alternative, legend(drawn, shown, language), shown)),
                    (
                        Finding(course),
                        *(trend if figures.any_known(series) else ()),
                        Table(
                            course,
                            tables.series_columns(shown, language),
                            tables.labelled(series, language),
                            sources,
                            name="series",
                        ),
                    ),
                ),
                widths=(3, 2),
            ),
            Table(
                title,
                comparing_words.value_columns(shown, language),
                published,
                [*sources, *tables.area_sources(areas, selection.gemeente)],
                total=tables.is_gemeente,
            ),
            Method(shown),
        ),
    )
