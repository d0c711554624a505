"""What a page says, as one value: findings, figures, tables, notes and sources, in order.

A view is made once per selection by a page's `view` (no Streamlit, nothing asked while drawing) and
shown by `dashboard.frame.draw`. Its elements are in the reader's language; the rows of tables
and charts stay numbers, each with its status. Whoever gets a view may read it, never change it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from dashboard.cartography.choropleth import Choropleth
from dashboard.elements.cards import KeyFigure, figures_html
from dashboard.tables.columns import Column, html_table, sheet
from dashboard.tables.files import Sheet
from dashboard.words.rows import Row
from indicators.vocabulary import Indicator


@dataclass(frozen=True)
class Element:
    """One thing on a page."""

    def inside(self) -> Iterator["Element"]:
        """Give the element itself and all that lies within it, in reading order."""
        yield self


@dataclass(frozen=True)
class Part(Element):
    """The title of a part of the page (h2) and a sentence below it."""

    title: str
    lead: str = ""


@dataclass(frozen=True)
class Finding(Element):
    """What a chart, map or table shows, as its title (h3), and a line in small type below it."""

    text: str
    below: str = ""


@dataclass(frozen=True)
class Sentences(Element):
    """Plain sentences as a list."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Note(Element):
    """One line of explanation in small type."""

    line: str


@dataclass(frozen=True)
class Notice(Element):
    """A sentence in a box: a problem, a warning before reading on, or what the reader can do."""

    kind: Literal["problem", "warning", "note"]
    line: str


@dataclass(frozen=True)
class KeyFigures(Element):
    """Figures as cards, with sparkline and target."""

    figures: Sequence[KeyFigure]

    @cached_property
    def html(self) -> str:
        """The cards."""
        return figures_html(self.figures)


@dataclass(frozen=True)
class Cards(Element):
    """Short texts, each with a name, side by side."""

    cards: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, eq=False)
class Chart(Element):
    """A finished Vega-Lite spec (`theme.finished`) with its text alternative.

    A chart with a name in `folded` is drawn once the reader unfolds it, under `title`; `note` is a
    line of explanation below it, shown in either case.
    """

    spec: dict[str, Any]
    alternative: str
    folded: str = ""
    title: str = ""
    note: str = ""

    @cached_property
    def for_streamlit(self) -> dict[str, Any]:
        """The spec with its data in the form that Streamlit sends, else made in every run."""
        data = {
            name: pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)
            for name, rows in self.spec.get("datasets", {}).items()
        }
        # Streamlit fills in empty legend titles in place; the spec itself must stay as it is.
        return {**_copied(self.spec, without="datasets"), "datasets": data}


def _copied(value: Any, without: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _copied(each) for name, each in value.items() if name != without}
    return [_copied(each) for each in value] if isinstance(value, list) else value


@dataclass(frozen=True, eq=False)
class Map(Element):
    """A finished map of `indicator` with its text alternative and legend (HTML).

    A click may open a wijk's page.
    """

    drawn: Choropleth
    alternative: str
    legend: str
    indicator: Indicator
    opens_wijk: bool = True
    height: int = 520


@dataclass(frozen=True, eq=False)
class Table(Element):
    """The figures of a chart or map as a table, with CSV and XLSX of the same.

    `title` is the caption and the title in the files, `sources` go into the files, `name` tells
    two tables of one page apart, `total` marks rows that sum others up. Folded unless `opened`.
    `notes` are lines for the files besides the usual ones.
    """

    title: str
    columns: Sequence[Column]
    rows: pd.DataFrame
    sources: Sequence[str]
    name: str = ""
    total: Callable[[Row], bool] | None = None
    opened: bool = False

    @cached_property
    def html(self) -> str:
        """The table."""
        return html_table(self.title, self.columns, self.rows, self.total)

    def file(self, notes: Sequence[str], language: str) -> Sheet:
        """Return the table for a file; `notes` are the lines above it."""
        return sheet(self.title, notes, self.columns, self.rows, language)


@dataclass(frozen=True, eq=False)
class Html(Element):
    """A finished piece of HTML that no other element fits; everything in it is escaped."""

    html: str


@dataclass(frozen=True, eq=False)
class Files(Element):
    """Two download buttons of a table that is drawn in another way.

    `period` tells whether the chosen period goes into the notes above it.
    """

    table: Table
    period: bool = True


@dataclass(frozen=True)
class Printing:
    """What a file for paper says beside its figures: notes, and the address that reopens it."""

    notes: Sequence[str]
    address: str


@dataclass(frozen=True, eq=False)
class Paper(Element):
    """A button that downloads a PDF; `make` sets it when somebody asks for it."""

    label: str
    name: str
    file_parts: Sequence[str]
    sources: Sequence[str]
    make: Callable[[Printing], bytes]


@dataclass(frozen=True)
class Columns(Element):
    """Elements side by side; `widths` are the shares of the page (all the same when empty)."""

    places: Sequence[Sequence[Element]]
    widths: Sequence[int] = ()
    gap: Literal["small", "medium", "large"] = "large"

    def inside(self) -> Iterator[Element]:
        """Give the element itself and all that lies within it, in reading order."""
        yield self
        for place in self.places:
            yield from _all_in(place)


@dataclass(frozen=True)
class Fold(Element):
    """A part of the page that is folded until the reader opens it.

    `if_folded` is shown below it while it is folded.
    """

    name: str
    label: str
    elements: Sequence[Element]
    if_folded: Sequence[Element] = ()

    def inside(self) -> Iterator[Element]:
        """Give the element itself and all that lies within it, in reading order."""
        yield self
        yield from _all_in(self.elements)
        yield from _all_in(self.if_folded)


@dataclass(frozen=True)
class Link(Element):
    """A link to another page with the reader's choices kept, but for those in `changed`.

    `changed` is by name of the URL parameter; "" leaves one out. No label: the page's name.
    """

    page: str
    label: str = ""
    changed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Links(Element):
    """Links to other pages as a list."""

    links: Sequence[Link]


@dataclass(frozen=True)
class Method(Element):
    """The definition, the source and how counts are protected, folded."""

    indicator: Indicator


@dataclass(frozen=True)
class View:
    """A page: its title (the only h1), one or two sentences below it, and its elements in order."""

    title: str
    lead: str
    elements: Sequence[Element]

    def inside(self) -> Iterator[Element]:
        """Give all elements, in reading order, those within others too."""
        yield from _all_in(self.elements)


def _all_in(elements: Sequence[Element]) -> Iterator[Element]:
    for each in elements:
        yield from each.inside()
