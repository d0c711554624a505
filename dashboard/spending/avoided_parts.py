"""The sum of avoided cost on the page Besteding: the reader's assumptions, the result, its ends."""

import streamlit as st

from dashboard.comparison.avoided_cost import Assumptions, avoided_cost
from dashboard.elements import blocks, plain_text
from dashboard.frame import cached, frame
from dashboard.frame.reader_choices import number_in
from dashboard.frame.selection import Selection
from dashboard.spending import avoided, charts
from dashboard.words.copy import t

_IN_A_ROW, _PRICE_YEARS = 4, 6


def draw(selection: Selection, count: int, error: float, chosen: str) -> None:
    """Draw the assumptions and what follows from them for a published count of an outcome.

    `error`: how far rounding may have moved a count that is a sum of several places.
    """
    language = selection.language
    values, given, price_year, cashable = _assumptions(selection, chosen)
    made = avoided.assumptions(count, values, given, chosen, price_year, cashable, language, error)
    blocks.finding(
        avoided.result_title(made, language),
        t("avoided.cashable" if cashable else "avoided.not_cashable", language)
        + " "
        + t("avoided.price_level", language, year=price_year),
    )
    blocks.key_figures(avoided.result_cards(made, language))
    sources = [t("avoided.file_note", language), t("avoided.formula", language)]
    blocks.table_and_download(
        t("avoided.assumptions", language),
        avoided.assumption_columns(language),
        avoided.assumption_rows(made, language),
        selection,
        sources,
        name="assumptions",
        opened=True,
    )
    _tornado(selection, made, sources)
    blocks.table_and_download(
        t("avoided.by_year", language),
        avoided.year_columns(language),
        avoided.year_rows(made, language),
        selection,
        sources,
        name="avoided-years",
    )
    blocks.small_print(t("avoided.formula", language))


def _assumptions(
    selection: Selection, chosen: str
) -> tuple[dict[str, float], dict[str, float], int, bool]:
    """Let the reader set everything. Return central values and ends by URL name, and the rest."""
    language = selection.language
    blocks.part(t("avoided.your_assumptions", language), t("avoided.your_lead", language))
    values: dict[str, float] = {}
    for start in range(0, len(avoided.PARAMETERS), _IN_A_ROW):
        row = avoided.PARAMETERS[start : start + _IN_A_ROW]
        for column, each in zip(st.columns(_IN_A_ROW, gap="medium"), row, strict=False):
            with column:
                values[each.url] = _central(selection, each, chosen)
    given = _ends(selection, values)
    latest = int(selection.period)
    years = {str(each): str(each) for each in range(latest, latest - _PRICE_YEARS, -1)}
    answers = {each: t(f"avoided.answer_{each}", language) for each in ("nee", "ja")}
    first, second, *_ = st.columns(_IN_A_ROW, gap="medium")
    with first:
        price_year = frame.choose(selection, "prijspeil", t("avoided.price_year", language), years)
    with second:
        cashable = frame.choose(
            selection, "inboekbaar", t("avoided.is_cashable", language), answers
        )
    names = (*avoided.URL_NAMES, "prijspeil", "inboekbaar")
    frame.back_to_usual(selection, names, t("avoided.to_usual", language))
    return values, given, int(price_year), cashable == "ja"


def _sign(each: avoided.Parameter) -> str:
    return {"unit_price": " (€)", "years": ""}.get(each.field, " (%)")


def _central(selection: Selection, each: avoided.Parameter, chosen: str) -> float:
    language = selection.language
    return frame.choose_number(
        selection,
        each.url,
        t(f"avoided.{each.field}", language) + _sign(each),
        avoided.usual(each, chosen),
        each.limits,
        avoided.step_shown(each, number_in(selection.extra(each.url))),
        explanation=t(f"avoided.{each.field}_help", language),
    )


def _ends(selection: Selection, values: dict[str, float]) -> dict[str, float]:
    """Let the reader set low and high, and return those that were set, by URL name.

    They come from the link, so that they count while the part is folded as well. What cannot be
    used is said by its field; by a sentence when that is folded away.
    """
    language = selection.language
    asked = {name: selection.extra(name) for name in avoided.END_NAMES if selection.extra(name)}
    place = frame.fold("bandbreedte", t("avoided.ends", language))
    if place:
        with place:
            _end_fields(selection, values)
    elif said := avoided.moved_ends(values, asked, language):
        plain_text.warning(said)
    return avoided.given_ends(asked)


def _end_fields(selection: Selection, values: dict[str, float]) -> None:
    blocks.small_print(t("avoided.ends_lead", selection.language))
    fields = [
        (each, end) for each in avoided.PARAMETERS for end in avoided.ends(each, values[each.url])
    ]
    for start in range(0, len(fields), _IN_A_ROW):
        row = fields[start : start + _IN_A_ROW]
        for column, (each, end) in zip(st.columns(_IN_A_ROW, gap="medium"), row, strict=True):
            with column:
                _end(selection, each, end)


def _end(selection: Selection, each: avoided.Parameter, end: avoided.End) -> None:
    language = selection.language
    name = t(f"avoided.{each.field}", language)
    asked = number_in(selection.extra(end.url))
    frame.choose_number(
        selection,
        end.url,
        t(f"avoided.{end.field}_of", language, name=name) + _sign(each),
        end.usual,
        end.limits,
        avoided.step_shown(each, asked, end.usual, *end.limits),
    )


def _tornado(selection: Selection, made: Assumptions, sources: list[str]) -> None:
    language = selection.language
    rows = avoided.tornado_rows(made, language)
    central = avoided_cost(made).central
    blocks.part(t("avoided.tornado", language))
    title = avoided.tornado_title(rows, language)
    blocks.finding(title)
    blocks.show_chart(
        cached.spec(charts.tornado, rows, central, language),
        t("avoided.tornado_alternative", language, summary=title),
    )
    blocks.table_and_download(
        title, avoided.tornado_columns(language), rows, selection, sources, name="tornado"
    )
