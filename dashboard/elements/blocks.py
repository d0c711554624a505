"""The pieces a page is made of. Everything that a page shows goes through here or the frame."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from html import escape
from typing import Any, NoReturn

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard.comparison.figures import periods_of
from dashboard.elements import files as exports
from dashboard.elements import plain_text
from dashboard.elements.cards import KeyFigure, figures_html
from dashboard.elements.files import Sheet
from dashboard.elements.kept import kept, remember
from dashboard.elements.tables import Column, Row, html_table, sheet
from dashboard.frame import cached, frame
from dashboard.frame.page_list import DEFAULT_INDICATOR, page
from dashboard.frame.selection import Selection
from dashboard.map.choropleth import LAYER, Choropleth
from dashboard.map.legend import legend
from dashboard.words.copy import t
from dashboard.words.first_year import no_year_yet
from dashboard.words.numbers import period_label
from indicators.catalogue import indicator
from indicators.vocabulary import Indicator

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def heading(title: str, lead: str = "") -> None:
    """Show the page's title (its only h1) and one or two sentences below it."""
    below = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    st.html(f'<h1 class="page-title" id="page-title" tabindex="-1">{escape(title)}</h1>{below}')


def part(title: str, lead: str = "") -> None:
    """Show the title of a part of the page (h2) and a sentence below it."""
    show(part_html(title, lead))


def finding(title: str, below: str = "") -> None:
    """Show what a chart or map shows, as its title (h3): a finding, not a subject."""
    show(finding_html(title, below))


def sentences(lines: Sequence[str]) -> None:
    """Show plain sentences as a list."""
    show(sentences_html(lines))


def small_print(line: str) -> None:
    """Show one line of explanation in small type."""
    show(small_html(line))


def show(*pieces: str) -> None:
    """Show pieces of HTML as one element: each element costs the browser and the server time."""
    st.html("".join(pieces))


def part_html(title: str, lead: str = "") -> str:
    """Return the title of a part of the page (h2) and a sentence below it."""
    below = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    return f'<h2 class="part-title">{escape(title)}</h2>{below}'


def finding_html(title: str, below: str = "") -> str:
    """Return a finding (h3) and a line in small type below it."""
    small = f'<p class="small">{escape(below)}</p>' if below else ""
    return f'<h3 class="finding">{escape(title)}</h3>{small}'


def sentences_html(lines: Sequence[str]) -> str:
    """Return plain sentences as a list."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="sentences">{items}</ul>'


def small_html(line: str) -> str:
    """Return one line of explanation in small type."""
    return f'<p class="small">{escape(line)}</p>'


def data_state_note(published: pd.DataFrame, language: str) -> None:
    """Say how many wijken lack the figure or a part of it, and why; nothing when none does.

    `published` has columns area_code, status and reason (`data_access.values.published`).
    """
    line = _data_state(published, language)
    if line:
        small_print(line)


@kept
def _data_state(published: pd.DataFrame, language: str) -> str:
    wijken = published[published["area_code"].str.startswith("WK")]
    why = wijken["reason"].map(_WHY_NOT).fillna("missing")
    why = why.mask(wijken["status"] == "partial", "partial")
    why = why[wijken["status"] != "published"]
    lines = []
    for word in (
        "partial",
        "missing",
        "later",
        "no_organisation",
        "small",
        "hidden",
        "no_outcomes",
        "uncertain",
    ):
        count = int((why == word).sum())
        if count:
            form = "one" if count == 1 else "many"
            lines.append(t(f"common.{word}_{form}", language, count=count))
    return " ".join(lines)


# By the reason of a cell: the sentence about the wijken that have it.
_WHY_NOT = {
    "not_yet": "later",
    "not_closed": "later",
    "no_organisation": "no_organisation",
    "small_place": "small",
    "small_base": "hidden",
    "zero_outcomes": "no_outcomes",
    "uncertain": "uncertain",
}


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Show key figures as cards with sparkline and target."""
    st.html(figures_html(figures))


def show_chart(spec: dict[str, Any], alternative: str, *, key: str | None = None) -> None:
    """Show a finished Vega-Lite spec (`theme.finished`) with its text alternative."""
    ready = remember(_with_data_as_arrow, spec)
    st.vega_lite_chart(spec=ready, width="stretch", theme=None, alt=alternative, key=key)


def fold_chart(
    spec: dict[str, Any],
    alternative: str,
    title: str,
    selection: Selection,
    name: str,
    note: str = "",
) -> None:
    """Show a chart that is drawn once the reader unfolds it: on pages with more than a few.

    `note` is a line of explanation below it, shown in either case.
    """
    label = f"{t('common.show_figure', selection.language)}: {title}"
    below = small_html(note) if note else ""
    place = frame.fold(f"chart-{name}", label, below)
    if place is not None:
        with place:
            show_chart(spec, alternative)
            if below:
                show(below)


def _with_data_as_arrow(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a copy for Streamlit, with data in the form it sends, else made in every run."""
    data = {
        name: pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
        for name, rows in spec.get("datasets", {}).items()
    }
    words = {name: each for name, each in spec.items() if name != "datasets"}
    # Streamlit fills in empty legend titles in place; the spec that is kept must stay as it is.
    return {**deepcopy(words), "datasets": data}


class _FinishedDeck:
    """A deck that was drawn before, in the shape in which st.pydeck_chart takes one."""

    def __init__(self, drawn: Choropleth) -> None:
        self._json = drawn.deck
        self._tooltip = drawn.tooltip
        self.layers: list[Any] = []

    def to_json(self) -> str:
        return self._json


def show_map(
    drawn: Choropleth,
    selection: Selection,
    alternative: str,
    *,
    shown: Indicator,
    height: int = 520,
    opens_wijk: bool = True,
) -> None:
    """Show a finished map and its legend; a click on a wijk opens the page of that wijk."""
    if not opens_wijk:
        st.pydeck_chart(_FinishedDeck(drawn), height=height, alt=alternative)
    else:
        state = st.pydeck_chart(
            _FinishedDeck(drawn),
            height=height,
            alt=alternative,
            on_select="rerun",
            selection_mode="single-object",
            key="map",
        )
        clicked = state["selection"]["objects"].get(LAYER, [])
        if clicked:
            frame.open_wijk(selection, clicked[0]["properties"]["area_code"])
    st.html(legend(drawn, shown, selection.language))


def streets_switch(selection: Selection) -> bool:
    """Let the reader choose a street map as background; return whether it was chosen."""
    return frame.switch(
        selection,
        "achtergrond",
        t("map.streets", selection.language),
        t("map.streets_help", selection.language),
    )


def table_and_download(
    title: str,
    columns: Sequence[Column],
    rows: pd.DataFrame,
    selection: Selection,
    sources: Sequence[str],
    *,
    name: str = "",
    total: Callable[[Row], bool] | None = None,
    opened: bool = False,
) -> None:
    """Show the figures of a chart or map as a table, with CSV and XLSX of the same.

    `title` is the caption and the title in the files, `sources` go into the files, `name` tells
    two tables of one page apart.
    """
    language = selection.language
    label = t("common.same_figures_as_table", language)
    place = st.container() if opened else frame.fold(name or "figures", f"{label}: {title}")
    if place is None:
        return
    with place:
        st.html(html_table(title, columns, rows, total))
        downloads(
            lambda: sheet(title, file_notes(selection, sources), columns, rows, language),
            selection,
            name,
        )


def downloads(make: Callable[[], Sheet], selection: Selection, name: str = "") -> None:
    """Show the two download buttons; a file is only made when somebody asks for it."""
    language = selection.language
    parts = [
        t(f"menu.{selection.page}", language), name, selection.gemeente, selection.period,
        str(selection.release.number),
    ]  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for ending, kind, write in (
            ("csv", CSV, exports.csv_file),
            ("xlsx", XLSX, exports.xlsx_file),
        ):
            plain_text.download_button(
                t(f"common.download_{ending}", language),
                data=lambda write=write: write(make()),
                file_name=exports.file_name(parts, ending),
                mime=kind,
                key=f"download_{selection.page}_{name}_{ending}",
                on_click="ignore",
            )


def file_notes(selection: Selection, sources: Sequence[str]) -> list[str]:
    """Return the lines above a table in a file: sample banner, releases, rounding, sources."""
    language = selection.language
    known = {each.key: each for each in cached.releases()}
    shown = [known[key] for key in selection.shown if key in known]
    notes = [t("frame.sample", language)] if any(each.sample for each in shown) else []
    notes += [exports.made_on(each.gemeente, each.made_on, each.number, language) for each in shown]
    if selection.period:
        notes.append(f"{t('filter.period', language)}: {period_label(selection.period, language)}")
    notes.append(t("common.rounding", language))
    return notes + [t("common.source", language, source=source) for source in sources]


def nothing_per_year(selection: Selection, title: str) -> NoReturn:
    """Say that no year is closed yet, on a page that is about one, with a way on; and stop."""
    language = selection.language
    closed = periods_of(cached.areas(selection.release), selection.gemeente)
    heading(title, no_year_yet(closed, language))
    if page(selection.page).period_kind == "indicator":
        name = indicator(DEFAULT_INDICATOR).name.in_language(language)
        words = t("common.per_quarter", language, indicator=name)
        link(selection.page, language, words, indicator=DEFAULT_INDICATOR)
    link("overview", language)
    st.stop()


def method_note(shown: Indicator, language: str) -> None:
    """Show the definition, the source and how counts are protected, folded."""
    place = frame.fold("method", t("common.definition", language))
    if place is not None:
        place.html(
            f"<p><strong>{escape(shown.name.in_language(language))}.</strong> "
            f"{escape(shown.definition.in_language(language))}</p>"
            f"<p>{escape(t('common.rounding', language))}</p>"
            f"<p>{escape(t('common.source', language, source=shown.source.in_language(language)))}"
            "</p>"
        )


def link(page_id: str, language: str, label: str = "", **changed: str) -> None:
    """Show a link to another page with the reader's choices kept (see `frame.link_to`)."""
    words = label or t(f"menu.{page_id}", language)
    st.html(f'<p class="go">{frame.link_to(page_id, words, **changed)}</p>')
