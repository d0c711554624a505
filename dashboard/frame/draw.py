"""Shows a view with Streamlit. Asks nothing and works nothing out: all is in the view."""

from collections.abc import Callable, Sequence
from functools import singledispatch
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.address.selection import Selection
from dashboard.cartography.choropleth import LAYER, Choropleth
from dashboard.elements import choices
from dashboard.elements.view import (
    Cards,
    Chart,
    Columns,
    Element,
    Files,
    Finding,
    Fold,
    Html,
    KeyFigures,
    Link,
    Links,
    Map,
    Method,
    Note,
    Notice,
    Paper,
    Part,
    Printing,
    Sentences,
    Table,
    View,
)
from dashboard.frame import controls, frame, plain_text
from dashboard.tables import files
from dashboard.tables.files import Sheet, file_name
from dashboard.words.copy import t

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(view: View, selection: Selection) -> None:
    """Show a view: its title, then its elements."""
    lead = f'<p class="lead">{escape(view.lead)}</p>' if view.lead else ""
    st.html(f'<h1 class="page-title" id="page-title" tabindex="-1">{escape(view.title)}</h1>{lead}')
    _draw_all(view.elements, selection)


def _draw_all(elements: Sequence[Element], selection: Selection) -> None:
    """Show elements; sentences that follow each other are one, which costs the browser less."""
    for are_text, group in groupby(elements, key=lambda each: isinstance(each, _TEXTS)):
        if are_text:
            if text := "".join(map(text_html, group)):
                st.html(text)
        else:
            for each in group:
                _draw(each, selection)


_TEXTS = (Part, Finding, Sentences, Note)


@singledispatch
def text_html(element: Element) -> str:
    """Return an element that is only text as HTML."""
    raise TypeError(f"{type(element).__name__} is no text")


@text_html.register
def _(element: Part) -> str:
    below = f'<p class="lead">{escape(element.lead)}</p>' if element.lead else ""
    return f'<h2 class="part-title">{escape(element.title)}</h2>{below}'


@text_html.register
def _(element: Finding) -> str:
    below = f'<p class="small">{escape(element.below)}</p>' if element.below else ""
    return f'<h3 class="finding">{escape(element.text)}</h3>{below}'


@text_html.register
def _(element: Sentences) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in element.lines)
    return f'<ul class="sentences">{items}</ul>' if items else ""


@text_html.register
def _(element: Note) -> str:
    return f'<p class="small">{escape(element.line)}</p>' if element.line else ""


@singledispatch
def _draw(element: Element, selection: Selection) -> None:
    raise TypeError(f"{type(element).__name__} cannot be drawn")


@_draw.register
def _(element: Notice, _selection: Selection) -> None:
    show = {"problem": plain_text.problem, "warning": plain_text.warning, "note": plain_text.note}
    show[element.kind](element.line)


@_draw.register
def _(element: KeyFigures, _selection: Selection) -> None:
    st.html(element.html)


@_draw.register
def _(element: Cards, _selection: Selection) -> None:
    cards = "".join(
        f'<section class="figure organisation"><h3>{escape(name)}</h3>'
        + "".join(f"<p>{escape(line)}</p>" for line in lines)
        + "</section>"
        for name, lines in element.cards
    )
    st.html(f'<div class="figures">{cards}</div>')


@_draw.register
def _(element: Html, _selection: Selection) -> None:
    st.html(element.html)


@_draw.register
def _(element: Chart, selection: Selection) -> None:
    if not element.folded:
        _chart(element)
        return
    label = f"{t('common.show_figure', selection.language)}: {element.title}"
    below = text_html(Note(element.note))
    place = frame.fold(f"chart-{element.folded}", label, below)
    if place is not None:
        with place:
            _chart(element)
            if below:
                st.html(below)


def _chart(element: Chart) -> None:
    st.vega_lite_chart(
        spec=element.for_streamlit, width="stretch", theme=None, alt=element.alternative
    )


class _FinishedDeck:
    """A deck that was drawn before, in the shape in which st.pydeck_chart takes one."""

    def __init__(self, drawn: Choropleth) -> None:
        self._json = drawn.deck
        self._tooltip = drawn.tooltip
        self.layers: list[Any] = []

    def to_json(self) -> str:
        return self._json


@_draw.register
def _(element: Map, selection: Selection) -> None:
    deck, height = _FinishedDeck(element.drawn), element.height
    if not element.opens_wijk:
        st.pydeck_chart(deck, alt=element.alternative, height=height)
    else:
        state = st.pydeck_chart(
            deck,
            alt=element.alternative,
            on_select="rerun",
            selection_mode="single-object",
            key="map",
            height=height,
        )
        clicked = state["selection"]["objects"].get(LAYER, [])
        if clicked:
            frame.open_wijk(selection, clicked[0]["properties"]["area_code"])
    st.html(element.legend)


@_draw.register
def _(element: Table, selection: Selection) -> None:
    if element.opened:
        _table(element, selection)
        return
    label = f"{t('common.same_figures_as_table', selection.language)}: {element.title}"
    place = frame.fold(element.name or "figures", label)
    if place is not None:
        with place:
            _table(element, selection)


def _table(element: Table, selection: Selection) -> None:
    st.html(element.html)
    _downloads(element, selection, period=True)


@_draw.register
def _(element: Files, selection: Selection) -> None:
    _downloads(element.table, selection, period=element.period)


def _downloads(table: Table, selection: Selection, *, period: bool) -> None:
    """Show the two download buttons; a file is only made when somebody asks for it."""
    language = selection.language
    parts = [
        t(f"menu.{selection.page}", language), table.name, selection.gemeente, selection.period,
        str(selection.release.number),
    ]  # fmt: skip

    def made(write: Callable[[Sheet], bytes]) -> bytes:
        notes = frame.file_notes(selection, table.sources, period=period)
        return write(table.file(notes, language))

    with st.container(horizontal=True, gap="small"):
        for ending, kind, write in (("csv", CSV, files.csv_file), ("xlsx", XLSX, files.xlsx_file)):
            plain_text.download_button(
                t(f"common.download_{ending}", language),
                data=lambda write=write: made(write),
                file_name=file_name(parts, ending),
                mime=kind,
                key=f"download_{selection.page}_{table.name}_{ending}",
                on_click="ignore",
            )


@_draw.register
def _(element: Paper, selection: Selection) -> None:
    # Asked for in this run: when the button is pressed there is no page to ask.
    address = frame.address(selection)
    notes = frame.file_notes(selection, element.sources, period=False)
    plain_text.download_button(
        element.label,
        data=lambda: element.make(Printing(notes, address)),
        file_name=file_name(element.file_parts, "pdf"),
        mime="application/pdf",
        key=f"download_{element.name}_pdf",
        on_click="ignore",
        type="primary",
    )


@_draw.register
def _(element: Columns, selection: Selection) -> None:
    widths = list(element.widths) or len(element.places)
    for column, inside in zip(st.columns(widths, gap=element.gap), element.places, strict=True):
        with column:
            _draw_all(inside, selection)


@_draw.register
def _(element: Fold, selection: Selection) -> None:
    place = frame.fold(element.name, element.label)
    if place is None:
        _draw_all(element.if_folded, selection)
        return
    with place:
        _draw_all(element.elements, selection)


@_draw.register
def _(element: Link, selection: Selection) -> None:
    st.html(f'<p class="go">{_link(element, selection)}</p>')


@_draw.register
def _(element: Links, selection: Selection) -> None:
    items = "".join(f"<li>{_link(each, selection)}</li>" for each in element.links)
    st.html(f'<ul class="go links">{items}</ul>')


def _link(element: Link, selection: Selection) -> str:
    words = element.label or t(f"menu.{element.page}", selection.language)
    return frame.link_to(element.page, words, **element.changed)


@_draw.register
def _(element: Method, selection: Selection) -> None:
    language, shown = selection.language, element.indicator
    place = frame.fold("method", t("common.definition", language))
    if place is not None:
        place.html(
            f"<p><strong>{escape(shown.name.in_language(language))}.</strong> "
            f"{escape(shown.definition.in_language(language))}</p>"
            f"<p>{escape(t('common.rounding', language))}</p>"
            f"<p>{escape(t('common.source', language, source=shown.source.in_language(language)))}"
            "</p>"
        )


@_draw.register
def _(element: choices.Choice, _selection: Selection) -> None:
    if element.refused:
        plain_text.warning(element.refused)
    drops = frame.dependents(element.name)
    st.html(
        controls.select(
            element.name,
            element.label,
            element.options,
            element.value,
            drops=drops,
            width=element.width,
        )
    )


@_draw.register
def _(element: choices.Several, selection: Selection) -> None:
    language, chosen = selection.language, element.value
    st.html(
        controls.several(
            element.name,
            element.label,
            element.options,
            chosen,
            at_most=element.at_most,
            words=(
                t("frame.add", language),
                t("frame.full", language, number=element.at_most),
                t("frame.take_away", language),
            ),
            without={
                each: frame.here_with(
                    selection, element.name, ",".join(other for other in chosen if other != each)
                )
                for each in chosen
                if len(chosen) > 1
            },
        )
    )


@_draw.register
def _(element: choices.Related, selection: Selection) -> None:
    links = {
        text: frame.here_with(selection, "indicator", each)
        for each, text in element.options.items()
    }
    now = element.options.get(selection.indicator, "")
    st.html(controls.one_of(element.label, links, now))


@_draw.register
def _(element: choices.NumberField, _selection: Selection) -> None:
    if element.refused:
        plain_text.warning(element.refused)
    st.html(
        controls.number(
            element.name, element.label, element.typed, element.explanation, element.limits
        )
    )


@_draw.register
def _(element: choices.Switch, _selection: Selection) -> None:
    st.html(controls.switch(element.name, element.label, element.explanation, element.value))


@_draw.register
def _(element: choices.BackToUsual, selection: Selection) -> None:
    st.html(f'<p class="go">{frame.without(selection, element.names, element.label)}</p>')
