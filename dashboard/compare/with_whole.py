"""How all units stand against their whole: funnel, sentences, intervals, table."""

import pandas as pd

from dashboard.compare import charts
from dashboard.compare.compared import Compared
from dashboard.comparison import members
from dashboard.comparison import said as comparing_words
from dashboard.comparison.compare_areas import Comparison
from dashboard.elements.choices import Related
from dashboard.elements.view import Chart, Element, Finding, Note, Part, Sentences, Table
from dashboard.tables.columns import text_column
from dashboard.words.copy import t


def other_base(page: Compared) -> tuple[Element, ...]:
    """Return the choice of the same count on another base, after why nothing can be compared."""
    language = page.language
    why_not = ""
    if page.comparison is None:
        why_not = members.why_not(page.shown, page.kind, language)
    label = "compare.base_choice"
    if not members.is_compared(page.shown, page.kind):
        label = "compare.other_indicator"
    options = members.related(page.shown, page.kind)
    named = {each.id: each.name.in_language(language) for each in options}
    return Note(why_not), *([Related(t(label, language), named)] if named else [])


def only_table(page: Compared) -> tuple[Element, ...]:
    """Return the figures of an indicator on which nothing can be compared."""
    rows = _in_order(page.rows, members.key_of(page.kind), page.names)
    rows = comparing_words.with_verdicts(rows, page.judged, page.kind, page.language)
    _, value, *rest = comparing_words.value_columns(page.shown, page.language)
    # Without a base there is no rate to show, only what it would be made of.
    shown = rest[:1] if members.without_base(page.shown, page.kind) else [value, *rest]
    columns = [text_column(page.said("compare.unit"), "name"), *shown]
    differ = comparing_words.differ_sentence(page.judged, page.kind, page.language)
    table = Table(page.title, columns, rows, page.sources, opened=True)
    return (Note(differ), table) if differ else (table,)


def _in_order(rows: pd.DataFrame, key: str, names: dict[str, str]) -> pd.DataFrame:
    """Return the rows of the units with their `name`, in order of name."""
    mine = rows[rows[key].isin(list(names))]
    order = list(names)
    return mine.assign(name=mine[key].map(names)).sort_values(
        key, key=lambda ids: ids.map(order.index), ignore_index=True
    )


def findings(page: Compared, comparison: Comparison) -> tuple[Element, ...]:
    """Return the funnel, what can be concluded, the intervals and the figures as a table."""
    language = page.language
    lacking = comparing_words.why_lacking(page.judged, page.names)
    told = comparing_words.conclusions(comparison, page.kind, lacking, language)
    rows = comparing_words.rows(comparison, page.rows, page.kind)
    given = (comparison, rows, page.shown, page.kind, language)
    in_words = " ".join(told)
    return (
        Finding(comparing_words.title(page.judged, page.names, page.kind, language)),
        Chart(charts.funnel(*given), page.said("compare.funnel_alternative", findings=in_words)),
        Part(t("compare.what_can_be_said", language)),
        Sentences(told),
        Finding(page.said("compare.intervals_title")),
        Chart(
            charts.intervals(*given),
            page.said("compare.intervals_alternative", findings=in_words),
        ),
        Note(t("compare.reading", language)),
        Table(
            page.title,
            comparing_words.columns(page.shown, page.kind, language),
            rows,
            page.sources,
        ),
    )
