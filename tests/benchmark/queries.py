"""How many queries and rows a page asks the database for, cold and warm."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CursorResult, Engine, event
from streamlit.testing.v1 import AppTest

from dashboard.frame import kept_views
from tests.benchmark.servers import ROOT

SECONDS_AT_MOST = 60


@dataclass
class Asked:
    """What a run asked: `queries` sent, `rows` that came back."""

    queries: int = 0
    rows: int = 0


def cold_and_warm(path: str, query: dict[str, str]) -> tuple[Asked, Asked]:
    """Run the page at `path` twice, the first time with empty caches."""
    kept_views.forget()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS_AT_MOST)
    page.query_params.update(query)
    if path != "app.py":
        page.switch_page(path)
    answers = []
    for _ in range(2):
        with _counting() as asked:
            page.run()
        if page.exception:
            raise RuntimeError(f"{path} fails: {page.exception[0].message}")
        answers.append(asked)
    return answers[0], answers[1]


@contextmanager
def _counting() -> Iterator[Asked]:
    asked = Asked()

    def sent(*_given: Any) -> None:
        asked.queries += 1

    original = CursorResult.all

    def counted(result: CursorResult[Any]) -> Any:
        rows = original(result)
        asked.rows += len(rows)
        return rows

    event.listen(Engine, "before_cursor_execute", sent)
    CursorResult.all = counted  # type: ignore[method-assign]
    try:
        yield asked
    finally:
        CursorResult.all = original  # type: ignore[method-assign]
        event.remove(Engine, "before_cursor_execute", sent)
