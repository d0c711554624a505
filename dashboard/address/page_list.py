"""The pages of the product, in the order of the menu, and the choices that each one offers."""

from dataclasses import dataclass
from typing import Literal

Filter = Literal["gemeente", "wijk", "indicator", "period"]
DEFAULT_INDICATOR = "volunteers_per_1000"
# The assumptions about avoided cost, by their names in the URL.
ASSUMPTIONS = (
    "bedrag",
    "deadweight",
    "verdringing",
    "anderen",
    "afname",
    "jaren",
    "disconto",
    "optimisme",
)


def range_names(assumption: str) -> tuple[str, str]:
    """Return the names in the URL of the low and the high of an assumption."""
    return f"{assumption}-laag", f"{assumption}-hoog"


@dataclass(frozen=True)
class Page:
    """One page. `path` is its file; `filters` are the shared choices it shows, in this order.

    `period_kind` is the kind of period the page is about: "year", "quarter", or "indicator" when
    the chosen indicator settles it. `extras` names the page's own choices in the URL; any other
    parameter in a link is ignored.
    """

    id: str
    path: str
    filters: tuple[Filter, ...]
    period_kind: Literal["year", "quarter", "indicator"]
    extras: tuple[str, ...]


PAGES: tuple[Page, ...] = (
    Page("overview", "app.py", ("gemeente", "period"), "quarter", ()),
    Page(
        "map", "pages/kaart.py", ("gemeente", "indicator", "period"), "indicator", ("achtergrond",)
    ),
    Page("wijk", "pages/wijk.py", ("gemeente", "wijk", "period"), "quarter", ()),
    Page(
        "compare",
        "pages/vergelijken.py",
        ("gemeente", "indicator", "period"),
        "indicator",
        ("soort", "keuze"),
    ),
    Page(
        "progress", "pages/doorstroom.py", ("gemeente", "wijk", "period"), "year", ("organisatie",)
    ),
    Page("results", "pages/resultaten.py", ("gemeente", "period"), "quarter", ("contract", "per")),
    Page(
        "spending",
        "pages/besteding.py",
        ("gemeente", "wijk", "period"),
        "year",
        (
            "deel",
            "uitkomst",
            *ASSUMPTIONS,
            *(end for each in ASSUMPTIONS for end in range_names(each)),
            "prijspeil",
            "inboekbaar",
        ),
    ),
    Page(
        "accountability",
        "pages/verantwoording.py",
        ("gemeente",),
        "quarter",
        ("van", "naar", "toen"),
    ),
)


def page(page_id: str) -> Page:
    """Return the page with this id. Raises KeyError when there is none."""
    return {each.id: each for each in PAGES}[page_id]
