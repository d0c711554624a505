"""What the page Doorstroom says: do people get ahead? A cohort year, and the ladder."""

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.comparison import figures
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.nothing_yet import nothing_per_year
from dashboard.elements.view import (
    Chart,
    Columns,
    Element,
    Finding,
    Link,
    Note,
    Sentences,
    Table,
    View,
)
from dashboard.progress import chain, charts, ladder
from dashboard.words.copy import t


def view(selection: Selection, door: Door) -> View:
    """Return the chain of the cohort year, and the ladder, of a place or an organisation."""
    language, year, gemeente = selection.language, selection.period, selection.gemeente
    title, areas = t("progress.title", language), door.areas()
    closed = figures.periods_of(areas, gemeente)
    if not year:
        return nothing_per_year(selection, title, closed, door.indicators())
    chosen = _organisation(selection, door)
    wijk = "" if chosen.value else selection.wijk
    name = chosen.options[chosen.value] if chosen.value else chain.name_of(areas, wijk or gemeente)
    everywhere = t("progress.organisation_everywhere", language, name=name)
    periods = chain.periods_asked(closed, year)
    counts = door.counts(chain.MEASURES, wijk, chosen.value, periods)
    levels, moves = (
        ladder.ladder(
            counts, door.measure(each), t(f"progress.{each}", language), name, until, language
        )
        for each, until in ((ladder.LEVELS, f"{year}-Q4"), (ladder.MOVES, year))
    )
    return View(
        title,
        t("progress.lead", language, year=year),
        (
            chosen,
            Note(everywhere if chosen.value and selection.wijk else ""),
            *_chain(selection, door, chain.chain(counts, year, language), name, chosen.value),
            Columns((levels, moves)),
        ),
    )


def _organisation(selection: Selection, door: Door) -> Choice:
    language = selection.language
    found = door.organisations(selection.period)
    here = found[found["gemeente_code"] == selection.gemeente]
    options = {
        "": t("progress.all_organisations", language),
        **dict(zip(here["organisation_id"], here["name"], strict=True)),
    }
    label = t("progress.organisation", language)
    return Choice.of(selection, "organisatie", label, options, width=270)


def _chain(
    selection: Selection, door: Door, rows: pd.DataFrame, name: str, organisation: str
) -> tuple[Element, ...]:
    """Return the chain as a picture and a table, with what is left out of it."""
    language, year = selection.language, selection.period
    wijk = "" if organisation else selection.wijk
    title = chain.chain_finding(rows, name, year, language)
    members = door.small_places(year)
    if organisation:
        members = members[members["organisation_id"] == organisation]
    to_group = t("progress.to_group", language, name=name)
    reading = (t("progress.reading", language), chain.sums_note(rows, language))
    return (
        Finding(title, chain.too_young(rows, year, language)),
        Chart(charts.flow(rows, language), chain.chain_alternative(rows, name, year, language)),
        Sentences(chain.left_out(rows, members, wijk, year, language)),
        *(
            [Link("wijk", to_group, {"periode": f"{year}-Q4"})]
            if wijk and (rows["reason"] == "small_place").any()
            else []
        ),
        Note(" ".join(filter(None, reading))),
        Table(
            title,
            chain.chain_columns(language),
            rows,
            [door.measure("outflow").source.in_language(language)],
            name="chain",
        ),
    )
