"""Charts as templates: built and checked once per kind, filled with data at every visit.

Altair takes 50 to 150 milliseconds to build, copy and validate one chart. So a chart is written as
a function of what shapes it (language, titles, which layers), with its data left out by name, and
kept; a view only puts its rows in. `build_all` does so before the first reader comes.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import Any, TypeAlias

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.words.rows import plain
from indicators.vocabulary import LANGUAGES

Spec = dict[str, Any]
Filling: TypeAlias = "str | Sequence[str]"
Rows: TypeAlias = "pd.DataFrame | Sequence[Mapping[Any, Any]]"
Shape = tuple[Hashable, ...]
_MOST_KEPT = 1000
_templates: list[tuple[Callable[..., Spec], tuple[Shape, ...]]] = []


def named(name: str) -> alt.NamedData:
    """Return data that `filled` puts in; encodings on it need their types (`x="day:T"`)."""
    return alt.NamedData(name=name)


def to(parameter: str) -> alt.Scale:
    """Return a scale from 0 to one of the values that `filled` gives."""
    return alt.Scale(domainMin=0, domainMax=alt.ExprRef(parameter), nice=False)


def word(name: str) -> str:
    """Return the place of what `filled` gives in `titles`: for what differs per indicator."""
    return f"{{{name}}}"


def template(build: Callable[..., Any]) -> Callable[..., Spec]:
    """Make a function that returns an Altair chart without data return its spec, built once.

    Its argument is the language. The spec is shared: `filled` makes one with data of it, and leaves
    it as it is.
    """
    return template_in(())(build)


def template_in(*shapes: Shape) -> Callable[[Callable[..., Any]], Callable[..., Spec]]:
    """Do so for a function that takes a shape after the language: hashable arguments.

    `shapes`: all that there are, or the usual ones, which `build_all` builds.
    """

    def made(build: Callable[..., Any]) -> Callable[..., Spec]:
        @lru_cache(maxsize=_MOST_KEPT)
        @wraps(build)
        def once(language: str, *shape: Hashable) -> Spec:
            return theme.finished(build(language, *shape), language)

        _templates.append((once, shapes))
        return once

    return made


def build_all() -> None:
    """Build the templates of all charts that are imported, in every language."""
    for spec_of, shapes in _templates:
        for language in LANGUAGES:
            for shape in shapes:
                spec_of(language, *shape)


def filled(
    spec: Spec,
    height: float | None = None,
    values: Mapping[str, Any] = MappingProxyType({}),
    titles: Mapping[str, Filling] = MappingProxyType({}),
    **rows: Rows,
) -> Spec:
    """Return the spec of a template with rows for each of its names, and a height if it has none.

    `values` by the name under which expressions of the template use them (`alt.ExprRef`); `titles`:
    what stands where a template has `word(name)`: a text, or in place of a list of nothing but
    that a whole list.
    Missing values become null, as Vega-Lite wants them.
    """
    places = {word(name): each for name, each in titles.items()}
    found: Spec = _worded(spec, places) if places else dict(spec)
    found["datasets"] = {name: _records(each) for name, each in rows.items()}
    if height is not None:
        found["height"] = height
    if values:
        found["params"] = [{"name": name, "value": value} for name, value in values.items()]
    return found


def _worded(part: Any, places: Mapping[str, Filling]) -> Any:
    if isinstance(part, dict):
        return {name: _worded(each, places) for name, each in part.items()}
    if isinstance(part, list):
        given = places.get(part[0]) if len(part) == 1 and isinstance(part[0], str) else None
        if given is not None and not isinstance(given, str):
            return list(given)
        return [_worded(each, places) for each in part]
    return places.get(part, part) if isinstance(part, str) else part


def _records(rows: Rows) -> list[dict[str, Any]]:
    records = plain(rows) if isinstance(rows, pd.DataFrame) else rows
    # Only NaN differs from itself.
    return [
        {
            str(name): None if value is pd.NA or value != value else value
            for name, value in row.items()
        }
        for row in records
    ]
