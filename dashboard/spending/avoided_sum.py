"""The part of Besteding about avoided cost: the reader's assumptions, the result, and its ends."""

from collections.abc import Sequence

from dashboard.address.reader_choices import number_in
from dashboard.address.selection import Selection
from dashboard.comparison.avoided_cost import Assumptions, avoided_cost
from dashboard.door import Door
from dashboard.elements.choices import BackToUsual, Choice, NumberField
from dashboard.elements.view import (
    Chart,
    Columns,
    Element,
    Finding,
    Fold,
    KeyFigures,
    Note,
    Notice,
    Part,
    Table,
)
from dashboard.spending import avoided, charts
from dashboard.spending.subject import outcome_choice, place
from dashboard.words.copy import t
from dashboard.words.value_text import is_shown, remarks
from indicators.catalogue import OUTCOMES, outcome

_IN_A_ROW, _PRICE_YEARS = 4, 6


def avoided_cost_part(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return the assumptions, and what follows from them for a published count of an outcome."""
    language, year = selection.language, selection.period
    here, choice = place(selection, door.areas()), outcome_choice(selection)
    head = (
        Part(t("avoided.title", language, name=here.name)),
        Notice("warning", t("avoided.warning", language)),
        choice,
    )
    counted = outcome(choice.value).counted_by
    # Those of all outcomes at once, so that another choice asks nothing.
    measures = tuple(dict.fromkeys(each.counted_by.measure for each in OUTCOMES))
    counts = door.counts(measures, selection.wijk, "", (year,))
    cell = counts[
        (counts["measure"] == counted.measure)
        & (counts["category"] == counted.category)
        & (counts["item"] == "")
    ]
    if cell.empty or not is_shown(cell.iloc[0]):
        return *head, Note(t("avoided.no_count", language, name=here.name, year=year))
    row = cell.iloc[0]
    left_out = ", ".join(remarks(row, language))
    said = t("avoided.left_out", language, remarks=left_out) if left_out else ""
    sum_of = _sum(selection, int(row["value"]), float(row["error"]), choice.value)
    return *head, Note(said), *sum_of


def _sum(selection: Selection, count: int, error: float, chosen: str) -> tuple[Element, ...]:
    """Return the assumptions and what follows from them for a count of an outcome.

    `error`: how far rounding may have moved a count that is a sum of several places.
    """
    language = selection.language
    fields = [_central(selection, each, chosen) for each in avoided.PARAMETERS]
    values = {each.name: each.value for each in fields}
    asked = {name: selection.extra(name) for name in avoided.END_NAMES if selection.extra(name)}
    latest = int(selection.period)
    years = {str(each): str(each) for each in range(latest, latest - _PRICE_YEARS, -1)}
    answers = {each: t(f"avoided.answer_{each}", language) for each in ("nee", "ja")}
    price_year = Choice.of(selection, "prijspeil", t("avoided.price_year", language), years)
    cashable = Choice.of(selection, "inboekbaar", t("avoided.is_cashable", language), answers)
    names = (*avoided.URL_NAMES, price_year.name, cashable.name)
    is_cashable = cashable.value == "ja"
    made = avoided.assumptions(
        count,
        values,
        avoided.given_ends(asked),
        chosen,
        int(price_year.value),
        is_cashable,
        language,
        error,
    )
    return (
        Part(t("avoided.your_assumptions", language), t("avoided.your_lead", language)),
        *_in_rows(fields),
        _ends(selection, values, asked),
        *_in_rows([price_year, cashable]),
        BackToUsual(names, t("avoided.to_usual", language)),
        *_result(made, language),
    )


def _in_rows(fields: Sequence[Element]) -> list[Columns]:
    """Return fields side by side, so many in a row that the places of all rows are as wide."""
    rows = [fields[start : start + _IN_A_ROW] for start in range(0, len(fields), _IN_A_ROW)]
    return [
        Columns([*((each,) for each in row), *[()] * (_IN_A_ROW - len(row))], gap="medium")
        for row in rows
    ]


def _sign(each: avoided.Parameter) -> str:
    return {"unit_price": " (€)", "years": ""}.get(each.field, " (%)")


def _central(selection: Selection, each: avoided.Parameter, chosen: str) -> NumberField:
    language = selection.language
    return NumberField.of(
        selection,
        each.url,
        t(f"avoided.{each.field}", language) + _sign(each),
        avoided.usual(each, chosen),
        each.limits,
        avoided.step_shown(each, number_in(selection.extra(each.url))),
        explanation=t(f"avoided.{each.field}_help", language),
    )


def _ends(selection: Selection, values: dict[str, float], asked: dict[str, str]) -> Fold:
    """Return the fields of low and high, folded.

    What cannot be used of the ends in the link is said by its field; by a sentence while that is
    folded away.
    """
    language = selection.language
    fields = [
        _end(selection, each, end)
        for each in avoided.PARAMETERS
        for end in avoided.ends(each, values[each.url])
    ]
    moved = avoided.moved_ends(values, asked, language)
    return Fold(
        "bandbreedte",
        t("avoided.ends", language),
        (Note(t("avoided.ends_lead", language)), *_in_rows(fields)),
        if_folded=(Notice("warning", moved),) if moved else (),
    )


def _end(selection: Selection, each: avoided.Parameter, end: avoided.End) -> NumberField:
    language = selection.language
    name = t(f"avoided.{each.field}", language)
    asked = number_in(selection.extra(end.url))
    return NumberField.of(
        selection,
        end.url,
        t(f"avoided.{end.field}_of", language, name=name) + _sign(each),
        end.usual,
        end.limits,
        avoided.step_shown(each, asked, end.usual, *end.limits),
    )


def _result(made: Assumptions, language: str) -> tuple[Element, ...]:
    cashable = t("avoided.cashable" if made.cashable else "avoided.not_cashable", language)
    price_level = t("avoided.price_level", language, year=made.price_year)
    formula = t("avoided.formula", language)
    sources = [t("avoided.file_note", language), formula]
    rows = avoided.tornado_rows(made, language)
    title = avoided.tornado_title(rows, language)
    return (
        Finding(avoided.result_title(made, language), f"{cashable} {price_level}"),
        KeyFigures(avoided.result_cards(made, language)),
        Table(
            t("avoided.assumptions", language),
            avoided.assumption_columns(language),
            avoided.assumption_rows(made, language),
            sources,
            name="assumptions",
            opened=True,
        ),
        Part(t("avoided.tornado", language)),
        Finding(title),
        Chart(
            charts.tornado(rows, avoided_cost(made).central, language),
            t("avoided.tornado_alternative", language, summary=title),
        ),
        Table(title, avoided.tornado_columns(language), rows, sources, name="tornado"),
        Table(
            t("avoided.by_year", language),
            avoided.year_columns(language),
            avoided.year_rows(made, language),
            sources,
            name="avoided-years",
        ),
        Note(formula),
    )
