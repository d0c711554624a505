"""The rules of the house, read from the source: who imports whom, and who touches what."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.address.page_list import PAGES, Page

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("indicators", "data_access", "dashboard", "pages")
OUTSIDE = ("sample_data", "tests", "deploy")
TOP = "pages"
STATE_OWNERS = {"dashboard/frame/frame.py"}
# Streamlit reads Markdown in most of its parts, labels included. Only this module calls those;
# all others may use what is named here, which reads none.
MARKDOWN_OWNERS = {"dashboard/frame/plain_text.py"}
WITHOUT_MARKDOWN = {
    *("cache_data", "columns", "container", "context", "fragment", "html", "pydeck_chart"),
    *("query_params", "rerun"),
    *("set_page_config", "stop", "switch_page", "vega_lite_chart"),
}
# Of a container too: `place.warning(...)` is as bad as `st.warning(...)`.
READS_MARKDOWN = {
    *("caption", "checkbox", "download_button", "error", "expander", "info", "link_button"),
    *("markdown", "metric", "multiselect", "popover", "radio", "selectbox", "status", "subheader"),
    *("success", "table", "tabs", "text_input", "toast", "toggle", "warning", "write"),
}
# The only package that knows Streamlit, besides the pages.
STREAMLIT_OWNER = "dashboard/frame/"
# What a package of the dashboard may import of the others: those before it. Pages come last.
PACKAGES = ("words", "charts", "tables", "address", "door", "comparison", "cartography", "elements")
LONGEST_PAGE = 12
MACHINE_PATHS = re.compile(r"(?<![\w.:])/(?:home|root|tmp|srv|mnt|work|Users)/\w|C:\\\\Users")
TEXT_FILES = {".py", ".toml", ".md", ".cfg", ".sh", ".json", ".txt", ".css", ".js", ".service"}


def _sources(*places: str) -> list[Path]:
    return sorted(
        path
        for place in places
        for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
        if path.exists()
    )


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert node.level == 0, f"{_name(path)}: import by full name, not relatively"
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _tops(path: Path) -> set[str]:
    return {each.split(".")[0] for each in _imports(path)}


def _layer(path: Path) -> str:
    first = _name(path).split("/")[0]
    return TOP if first == "app.py" else first


def _pages() -> list[Path]:
    return _sources("app.py", "pages")


PRODUCT = _sources("app.py", *LAYERS)


def test_there_is_something_to_check() -> None:
    assert len(PRODUCT) > 50
    assert {_name(path) for path in _pages()} == {page.path for page in PAGES}


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_imports_go_one_way(path: Path) -> None:
    allowed = set(LAYERS[: LAYERS.index(_layer(path)) + 1])
    if _layer(path) == TOP:
        allowed.discard(TOP)
    forbidden = (set(LAYERS) | set(OUTSIDE) | {"app"}) - allowed
    assert not _tops(path) & forbidden


@pytest.mark.parametrize("path", _sources("indicators"), ids=_name)
def test_the_vocabulary_needs_the_standard_library_only(path: Path) -> None:
    assert _tops(path) <= set(sys.stdlib_module_names) | {"indicators"}


@pytest.mark.parametrize("path", _sources("deploy/start.py"), ids=_name)
def test_the_start_needs_the_standard_library_only(path: Path) -> None:
    assert _tops(path) <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", _sources("sample_data"), ids=_name)
def test_the_sample_builder_knows_the_vocabulary_only(path: Path) -> None:
    assert not _tops(path) & {"data_access", "dashboard", "pages", "tests"}


@pytest.mark.parametrize(
    "path", [each for each in PRODUCT if _layer(each) != "data_access"], ids=_name
)
def test_only_data_access_knows_sql(path: Path) -> None:
    assert not _tops(path) & {"sqlalchemy", "psycopg", "sqlite3"}


@pytest.mark.parametrize(
    "path", [each for each in PRODUCT if _layer(each) in ("dashboard", TOP)], ids=_name
)
def test_the_dashboard_reads_through_the_door(path: Path) -> None:
    """Writing, register tables and true counts are out of its reach."""
    # `areas` and `deliveries` are questions of the door; only what lies inside them is behind it.
    behind = re.compile(
        r"data_access\.((register|measures|publish|disclosure|database|release_tables"
        r"|cbs|key_figures|same_wijk|schema|looking|migrations|exclusive|releases_kept"
        r"|release_file|status|pseudonyms|gemeente_keys|sample_deliveries)\b|(areas|deliveries)\.)"
    )
    assert not [each for each in _imports(path) if behind.match(each)]


def _uses(path: Path, names: set[str]) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.attr if isinstance(node, ast.Attribute) else node.name
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
    }


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_one_module_touches_the_session_and_the_url(path: Path) -> None:
    if _name(path) not in STATE_OWNERS:
        assert not _uses(path, {"session_state", "query_params"})


def _markdown_in(source: str) -> list[str]:
    """What a module uses of Streamlit that reads Markdown, or that hides whether it does."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [
                ast.unparse(node)
                for each in node.names
                if each.name.split(".")[0] == "streamlit"
                and (each.name, each.asname) != ("streamlit", "st")
            ]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit"):
            if {each.name for each in node.names} != {"DeltaGenerator"}:
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Attribute):
            of_streamlit = isinstance(node.value, ast.Name) and node.value.id == "st"
            if of_streamlit and node.attr not in WITHOUT_MARKDOWN:
                found.append(ast.unparse(node))
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            owner, _, name = called.rpartition(".")
            if owner and owner != "plain_text" and name in READS_MARKDOWN:
                found.append(called)
            if called == "getattr" and ast.unparse(node.args[0]) == "st":
                found.append(called)
            found += ["help=" for each in node.keywords if each.arg == "help"]
    return found


@pytest.mark.parametrize(
    "path", [each for each in PRODUCT if _layer(each) in ("dashboard", TOP)], ids=_name
)
def test_one_module_shows_what_is_read_as_markdown(path: Path) -> None:
    if _name(path) not in MARKDOWN_OWNERS:
        assert _markdown_in(path.read_text(encoding="utf-8")) == []


def test_that_module_makes_everything_text() -> None:
    """Every sentence and label it hands to Streamlit went through as_text."""
    [owner] = MARKDOWN_OWNERS
    tree = ast.parse((ROOT / owner).read_text(encoding="utf-8"))
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.")
    ]
    assert len(calls) == 4
    for call in calls:
        assert len(call.args) == 1
        assert ast.unparse(call.args[0]).startswith("as_text(")
        assert {each.arg for each in call.keywords} <= {None}


@pytest.mark.parametrize(
    "source",
    [
        "st.error(t('refusal', value=value))",
        "place.warning(name)",
        "st.sidebar",
        "st.title(name)",
        "from streamlit import error",
        "import streamlit",
        "import streamlit as other",
        "getattr(st, 'error')(name)",
        "write = st.write",
        "field(label, help=name)",
    ],
)
def test_the_search_for_markdown_finds_it(source: str) -> None:
    assert _markdown_in(source)


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_views_are_kept_in_one_place(path: Path) -> None:
    """What st.cache_data keeps is unpickled at each run (docs/decisions/0006-speed.md)."""
    assert not _uses(path, {"cache_data", "cache_resource"})


DASHBOARD = [each for each in PRODUCT if _layer(each) == "dashboard"]


@pytest.mark.parametrize("path", DASHBOARD, ids=_name)
def test_what_a_page_says_is_made_without_streamlit(path: Path) -> None:
    if not _name(path).startswith(STREAMLIT_OWNER):
        assert not {"streamlit", "starlette"} & _tops(path)
        assert not [each for each in _imports(path) if each.startswith("dashboard.frame")]


def _package(path: Path) -> str:
    return _name(path).split("/")[1].removesuffix(".py")


def _packages_of(path: Path) -> set[str]:
    names = [each.split(".") for each in _imports(path)]
    return {each[1] for each in names if each[0] == "dashboard" and len(each) > 1}


@pytest.mark.parametrize("path", DASHBOARD, ids=_name)
def test_shared_parts_of_the_dashboard_import_one_way(path: Path) -> None:
    if _package(path) in PACKAGES:
        before = set(PACKAGES[: PACKAGES.index(_package(path)) + 1])
        assert _packages_of(path) <= before


def test_pages_do_not_lean_on_each_other_in_a_circle() -> None:
    needs: dict[str, set[str]] = {}
    for path in DASHBOARD:
        needs.setdefault(_package(path), set()).update(_packages_of(path))
    assert len(needs) > 15

    def reached(start: str, seen: set[str]) -> set[str]:
        for each in needs.get(start, set()) - seen - {start}:
            seen |= {each} | reached(each, seen | {each})
        return seen

    circles = {
        each for each in needs for other in needs[each] - {each} if each in reached(other, {other})
    }
    assert circles == set()


@pytest.mark.parametrize(
    "path", [each for each in DASHBOARD if not _name(each).startswith(STREAMLIT_OWNER)], ids=_name
)
def test_only_views_ask(path: Path) -> None:
    """Answers come through the door, so that drawing, words and charts ask nothing."""
    asks = {each for each in _imports(path) if each == "data_access" or "data_access.door" in each}
    assert not asks or _name(path) == "dashboard/door.py"


@pytest.mark.parametrize("path", _pages(), ids=_name)
def test_every_page_opens_itself_and_draws_its_view(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    calls = [
        ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
    ]
    assert calls == ["frame.open_page", "draw", "frame.view"]
    assert len(text.splitlines()) <= LONGEST_PAGE


@pytest.mark.parametrize("here", PAGES, ids=lambda each: each.id)
def test_every_page_has_a_folder_with_one_view(here: Page) -> None:
    source = (ROOT / "dashboard" / here.id / "view.py").read_text(encoding="utf-8")
    public = [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert public == ["view"]


def _tracked_texts() -> list[Path]:
    hidden = {".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "data"}
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.suffix in TEXT_FILES
        and path.is_file()
        and not hidden & set(path.relative_to(ROOT).parts)
        and not path.relative_to(ROOT).parts[0].startswith(".venv")
        and path != Path(__file__).resolve()
    )


def test_no_path_of_a_machine() -> None:
    found = [
        f"{_name(path)}:{number}"
        for path in [*_tracked_texts(), ROOT / ".ci" / "run"]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["cd /srv/a", "open('/root/x')", "/home/piet/a"])
def test_the_search_for_paths_finds_them(line: str) -> None:
    assert MACHINE_PATHS.search(line)
