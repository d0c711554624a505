"""What the page Overzicht says: how does a gemeente stand, in one screen?"""

from dashboard.address.selection import Selection
from dashboard.cartography import choropleth
from dashboard.cartography import words as map_words
from dashboard.cartography.legend import legend
from dashboard.comparison import figures, members
from dashboard.comparison import said as comparing_words
from dashboard.comparison.members import UnitKind
from dashboard.door import Door
from dashboard.elements.view import (
    Columns,
    KeyFigures,
    Link,
    Map,
    Method,
    Note,
    Part,
    Sentences,
    Table,
    View,
)
from dashboard.overview import headline
from dashboard.tables import columns as tables
from dashboard.words import lacking
from dashboard.words.copy import t
from dashboard.words.value_text import with_names


def view(selection: Selection, door: Door) -> View:
    """Return the key figures, what stands out beyond chance, and a map."""
    language, gemeente, quarter = selection.language, selection.gemeente, selection.period
    areas = door.areas()
    here = areas[areas["area_code"] == gemeente].iloc[0]
    year = headline.year_before(quarter, here["periods"].split())

    known = door.indicators()
    wanted = dict.fromkeys((*headline.KEY_INDICATORS, *headline.LOOKED_AT))
    asked = tuple(each for each in wanted if each in known)
    looked_at = headline.looked_at(known, quarter, year)
    values = door.panel(asked, tuple(filter(None, (quarter, year))), gemeente)
    cards = headline.key_figures(known, values, door.targets(), gemeente, quarter, year, language)
    named = with_names(values, areas)
    found = headline.standing_out(named, looked_at, language)
    sentences = [each.sentence for each in found] or [t("overview.nothing", language)]

    shown = door.indicator(headline.ON_THE_MAP)
    on_map = figures.only(named, shown.id, quarter)
    judged = members.wijken_judged(on_map, shown)
    on_map = comparing_words.with_verdicts(on_map, judged, UnitKind.WIJKEN, language)
    differ = comparing_words.differ_sentence(judged, UnitKind.WIJKEN, language)
    title = map_words.title(shown, quarter, here["name"], language)
    drawn = choropleth.choropleth(on_map.drop(columns="name"), areas, shown, language)
    names = dict(zip(on_map["area_code"], on_map["name"], strict=True))
    who_differs = comparing_words.title(judged, names, UnitKind.WIJKEN, language)
    finding = map_words.finding(on_map, shown, who_differs, language)
    alternative = map_words.alternative(finding, shown, quarter, here["name"], language)
    return View(
        t("overview.title", language, name=here["name"]),
        "",
        (
            KeyFigures(cards),
            Columns(
                (
                    (
                        Part(t("overview.standing_out", language)),
                        Sentences(sentences),
                        Note(headline.looked_at_text(looked_at, language)),
                        Link("compare"),
                    ),
                    (
                        Part(title),
                        Note(lacking.data_state(on_map, language)),
                        *([Note(differ)] if differ else []),
                        Map(drawn, alternative, legend(drawn, shown, language), shown),
                    ),
                ),
                widths=(2, 3),
            ),
            Table(
                title,
                comparing_words.value_columns(shown, language),
                on_map,
                [shown.source.in_language(language)],
                total=tables.is_gemeente,
            ),
            Method(shown),
        ),
    )
